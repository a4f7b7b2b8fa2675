import type { Did } from '../../src/mor/model.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { makeDid, makeFixtures, makeRange, SETTINGS } from '../support/did-factory.ts';

const newStore = (): StateStore => new StateStore(makeFixtures([makeRange('100', '109', 1), makeDid('7', 20)]));

const numbers = (store: StateStore): readonly string[] => Array.from(store.listDids(), ({ did }) => did);

function create(store: StateStore, number: string): void {
  store.apply({ kind: 'did.add', did: makeDid(number, store.nextDidId) });
}

describe('changes', () => {
  it('of each kind are carried out, for a call unless the tester is named', () => {
    const store = newStore();
    store.apply({ kind: 'did.add', did: makeDid('55', 21) });
    store.apply({ kind: 'did.add', did: makeDid('56', 22) }, 'tester');
    store.apply({ kind: 'did.update', id: 5, fields: { status: 'closed' } });
    store.apply({ kind: 'did.update', id: 6, fields: { status: 'closed' } }, 'tester');
    store.apply({ kind: 'did.remove', id: 20 });
    expect(store.counts).toEqual({ dids: 12, created: 1, added: 2, removed: 1 });
    expect([5, 6].map((id) => [store.findDidById(id)?.status, store.isChanged(id), store.isCreated(id)])).toEqual([
      ['closed', true, false],
      ['closed', false, false],
    ]);
    expect([21, 22].map((id) => [store.findDidById(id)?.did, store.isCreated(id)])).toEqual([
      ['55', true],
      ['56', false],
    ]);
    expect([store.findDidByNumber('7'), store.nextDidId]).toEqual([undefined, 23]);
  });

  it('a reset of the state puts back what was added, updated and removed, in and out of ranges, and the ids', () => {
    const store = newStore();
    create(store, '55');
    for (const id of [5, 20, 21]) store.apply({ kind: 'did.update', id, fields: { status: 'closed', comment: 'c' } });
    for (const id of [6, 20]) store.apply({ kind: 'did.remove', id });
    store.resetState();
    expect([...store.listDids()]).toEqual([...newStore().listDids()]);
    expect([store.findDidById(5), store.findDidByNumber('7')]).toEqual([makeDid('104', 5), makeDid('7', 20)]);
    expect([store.isChanged(5), store.isCreated(21), store.nextDidId, store.counts]).toEqual([false, false, 21, newStore().counts]);
  });

  it('the id of a removed DID is given again only after a reset', () => {
    const store = newStore();
    create(store, '55');
    store.apply({ kind: 'did.remove', id: 21 });
    expect(store.nextDidId).toBe(22);
    store.resetState();
    expect(store.nextDidId).toBe(21);
  });
});

describe('settings', () => {
  it('a reset of the state leaves the settings, and the other way round', () => {
    const store = newStore();
    create(store, '55');
    store.patchSettings({ allow_api: false });
    store.resetState();
    expect([store.findDidByNumber('55'), store.settings.allow_api]).toEqual([undefined, false]);
    create(store, '55');
    store.resetSettings();
    expect([store.findDidByNumber('55')?.id, store.settings]).toEqual([21, SETTINGS]);
  });

  it('the next id is patched with them, and put back with the state', () => {
    const store = newStore();
    store.patchSettings({ dialect: 'legacy' }, 90);
    expect([store.nextDidId, store.settings]).toEqual([90, { ...SETTINGS, dialect: 'legacy' }]);
    store.resetState();
    expect(store.nextDidId).toBe(21);
  });

  it('nobody can change them, patched or not', () => {
    const store = newStore();
    expect(Object.isFrozen(store.settings)).toBe(true);
    store.patchSettings({ dialect: 'legacy' });
    expect(Object.isFrozen(store.settings)).toBe(true);
  });
});

test('other fixtures drop all that changed, and begin another epoch', () => {
  const store = newStore();
  create(store, '55');
  store.patchSettings({ allow_api: false });
  const fixtures = makeFixtures([makeDid('30', 1)]);
  store.replaceFixtures(fixtures);
  expect([store.fixtures, numbers(store), store.settings, store.epoch]).toEqual([fixtures, ['30'], SETTINGS, 1]);
});

describe('lists', () => {
  it('are of the time when they were asked for, whatever changes while they are read', () => {
    const store = newStore();
    create(store, '55');
    const before = numbers(store);
    const list = store.listDids()[Symbol.iterator]();
    const read = [list.next(), list.next()].map(({ value }) => (value as Did).did);
    store.apply({ kind: 'did.remove', id: 4 });
    create(store, '56');
    store.apply({ kind: 'did.update', id: 20, fields: { comment: 'later' } });
    store.resetState();
    store.replaceFixtures(makeFixtures());
    const rest = [...{ [Symbol.iterator]: () => list }];
    expect([...read, ...rest.map(({ did }) => did)]).toEqual(before);
    expect(rest.every(({ comment }) => comment === '')).toBe(true);
  });

  it('may be read again, and later', () => {
    const store = newStore();
    const list = store.listDids(({ id }) => id > 9);
    const before = [makeDid('109', 10), makeDid('7', 20)];
    expect([...list]).toEqual(before);
    create(store, '55');
    expect([...list]).toEqual(before);
    expect([...store.listDids(({ id }) => id > 9)]).toEqual([...before, makeDid('55', 21)]);
  });
});

describe('as fixtures', () => {
  it('a changed state makes fixtures of the same state', () => {
    const store = newStore();
    create(store, '55');
    store.apply({ kind: 'did.remove', id: 5 });
    store.apply({ kind: 'did.update', id: 7, fields: { status: 'closed' } });
    store.patchSettings({ dialect: 'legacy' }, 90);
    const data = store.toFixtureData();
    expect([data.dids, data.ranges]).toEqual([
      [makeDid('105', 6), { ...makeDid('106', 7), status: 'closed' }, makeDid('7', 20), makeDid('55', 21)],
      [makeRange('100', '103', 1), makeRange('107', '109', 8)],
    ]);
    const twin = new StateStore(new FixtureState(data));
    expect([[...twin.listDids()], twin.nextDidId, twin.settings]).toEqual([[...store.listDids()], 90, store.settings]);
  });

  it('more entries than are wanted are given up', () => {
    const store = newStore();
    expect([store.toFixtureData(1), store.toFixtureData(2)?.ranges.length]).toEqual([undefined, 1]);
  });
});
