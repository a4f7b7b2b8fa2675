import type { Device } from '../../src/mor/model.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { ATTRIBUTES, SETTINGS } from '../support/did-factory.ts';

const makeDevice = (id: number): Device => ({
  ...{ id, user_id: 0, type: 'SIP', username: String(id), secret: '', ipaddr: '', port: 5060, callerid: '' },
  ...{ devicegroup_id: 1, pin: String(id), primary: false, hidden: false, trunk: 0 },
});

function newStore(next_device_id?: number): StateStore {
  const devices = [makeDevice(9), makeDevice(7)];
  const dids = [
    { ...ATTRIBUTES, id: 1, did: '370', status: 'active' as const, device_id: 7 },
    { ...ATTRIBUTES, id: 2, did: '371' },
  ];
  const range = { firstId: 10, firstNumber: '400', count: 3, attributes: { ...ATTRIBUTES, status: 'active' as const, device_id: 7 } };
  const rest = { settings: SETTINGS, users: [], providers: [], dial_plans: [] };
  return new StateStore(new FixtureState({ ...rest, next_device_id, devices, dids, ranges: [range] }));
}

const ids = ({ devices }: Pick<StateStore, 'devices'>): readonly number[] => devices.map(({ id }) => id);

function add(store: StateStore): void {
  store.apply({ kind: 'device.add', device: makeDevice(store.nextDeviceId) });
}

it('added, updated and removed devices show in look-ups and lists', () => {
  const store = newStore();
  add(store);
  add(store);
  store.apply({ kind: 'device.update', id: 9, fields: { secret: 's', pin: undefined } });
  store.apply({ kind: 'device.update', id: 10, fields: { port: 1 } });
  store.apply({ kind: 'device.delete', id: 7 });
  const { pin: _, ...withoutPin } = makeDevice(9);
  expect(store.devices).toEqual([{ ...withoutPin, secret: 's' }, { ...makeDevice(10), port: 1 }, makeDevice(11)]);
  expect('pin' in store.devices[0]!).toBe(false);
  expect([7, 9, 10].map((id) => store.findDeviceById(id)?.id)).toEqual([undefined, 9, 10]);
  expect([9, 10].map((id) => [store.isDeviceCreated(id), store.isDeviceChanged(id)])).toEqual([
    [false, true],
    [true, false],
  ]);
});

it('the id of a removed device is given again only after a reset', () => {
  const store = newStore();
  add(store);
  store.apply({ kind: 'device.delete', id: 10 });
  add(store);
  expect([ids(store), store.nextDeviceId]).toEqual([[9, 7, 11], 12]);
  store.apply({ kind: 'device.delete', id: 11 });
  const again = new StateStore(new FixtureState(store.toFixtureData()));
  expect([ids(again), again.nextDeviceId]).toEqual([[9, 7], 12]);
  store.resetState();
  expect([ids(store), store.nextDeviceId]).toEqual([[9, 7], 10]);
});

it('what is not there is neither updated nor removed', () => {
  const store = newStore();
  store.apply({ kind: 'device.delete', id: 7 });
  expect(() => store.apply({ kind: 'device.delete', id: 7 })).toThrow('there is no device with the id 7');
  expect(() => store.apply({ kind: 'device.update', id: 7, fields: {} })).toThrow('there is no device with the id 7');
});

it('snapshots and what goes on from them do not see each other', () => {
  const store = newStore();
  add(store);
  const snapshot = store.takeSnapshot();
  store.apply({ kind: 'device.delete', id: 9 });
  store.apply({ kind: 'device.update', id: 10, fields: { port: 1 } });
  const fork = new StateStore(store.fixtures);
  fork.restore(snapshot);
  expect([ids(store), ids(fork), fork.findDeviceById(10)?.port]).toEqual([[7, 10], [9, 7, 10], 5060]);
  fork.apply({ kind: 'device.delete', id: 10 });
  store.restore(snapshot);
  expect([ids(store), ids(fork)]).toEqual([
    [9, 7, 10],
    [9, 7],
  ]);
});

it('the first id may be set, by the fixtures or until a reset', () => {
  const store = newStore(50);
  add(store);
  store.setNextIds({ nextDeviceId: 60 });
  add(store);
  expect(ids(store)).toEqual([9, 7, 50, 60]);
});

it('the DIDs of a device are found, in ranges too', () => {
  const store = newStore();
  store.apply({ kind: 'did.update', id: 2, fields: { status: 'active', device_id: 7 } });
  store.apply({ kind: 'did.update', id: 11, fields: { status: 'reserved', device_id: undefined } });
  expect(store.listDidsOfDevice(7).map(({ did }) => did)).toEqual(['370', '371', '400', '402']);
  expect(store.listDidsOfDevice(9)).toEqual([]);
});
