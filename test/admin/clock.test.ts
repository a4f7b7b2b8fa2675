/** The clock of a world, over HTTP and in the library, and the closed DIDs that become free by it. */
import request from 'supertest';
import { callHash, type CallName, type FixturesInput, type MockMor, type MockMorSandbox } from '../../src/index.ts';
import { withMock } from '../support/mock.ts';

const DAY_MS = 86_400_000;

/** Whole seconds far in the future, so that real time does not come near. */
const END = Date.parse('2100-01-01T00:00:00Z') / 1000;

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }],
  devices: [{ id: 7, user_id: 8 }],
  dids: [
    { id: 1, did: '3701', provider_id: 1, status: 'active', device_id: 7 },
    { id: 2, did: '3702', provider_id: 1, status: 'closed', user_id: 8 },
    { id: 3, did: '3703', provider_id: 1, status: 'closed', user_id: 8, closed_till: END, comment: 'kept' },
    { id: 4, did: '3704', provider_id: 1, status: 'closed', closed_till: END + 10, reseller_id: 5 },
    { id: 10, from: '37100', to: '37102', provider_id: 1, status: 'closed', user_id: 8, closed_till: END },
  ],
};

const statuses = (mor: MockMor | MockMorSandbox): Readonly<Record<string, string>> =>
  Object.fromEntries(mor.dids().map(({ did, stored_status }) => [did, stored_status]));

const AS_LOADED = { 3701: 'active', 3702: 'closed', 3703: 'closed', 3704: 'closed', 37100: 'closed', 37101: 'closed', 37102: 'closed' };
const AT_END = { ...AS_LOADED, 3703: 'free', 37100: 'free', 37101: 'free', 37102: 'free' };

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

const call = (mor: MockMor, name: CallName, params: Readonly<Record<string, string>>) =>
  request(mor.handler)
    .post(`/billing/api/${name}`)
    .type('form')
    .send({ ...params, hash: callHash(name, params, 'secret') });

test('runs with real time, moves, and shows by how much', async () => {
  await withMock(WORLD, async (mor) => {
    const before = Date.now();
    const first = await request(mor.handler).get('/__admin/clock').expect(200);
    expect(first.body).toEqual({ now: expect.any(String), moved_ms: 0 });
    expect(Date.parse((first.body as { now: string }).now)).toBeGreaterThanOrEqual(before);
    const advanced = await request(mor.handler).post('/__admin/clock').send({ advance: '90d' }).expect(200);
    expect(advanced.body).toEqual({ now: expect.any(String), moved_ms: 90 * DAY_MS });
    expect(mor.advanceClock('12h').moved_ms).toBe(90.5 * DAY_MS);
    expect(mor.advanceClock('0ms').moved_ms).toBe(90.5 * DAY_MS);
    const set = mor.setClock('2020-02-29T12:00:00+02:00');
    expect(Date.parse(set.now) - Date.parse('2020-02-29T10:00:00Z')).toBeLessThan(1000);
    expect(set.moved_ms).toBeLessThan(0);
    mor.reset(['faults', 'requests', 'settings']);
    expect(mor.clock().moved_ms).toBe(set.moved_ms);
    mor.reset();
    expect(mor.clock().moved_ms).toBe(0);
  });
});

test.each<[what: string, body: unknown, says: string]>([
  ['nothing', {}, 'must have either advance or set'],
  ['both', { advance: '1d', set: '2027-01-01T00:00:00Z' }, 'must have either advance or set'],
  ['an unknown field', { advance: '1d', to: 1 }, 'to'],
  ['a negative advance', { advance: '-1d' }, 'advance must be a whole number and ms, s, m, h or d'],
  ['a fraction', { advance: '1.5d' }, 'advance must be a whole number'],
  ['no unit', { advance: '90' }, 'advance must be a whole number'],
  ['an unknown unit', { advance: '1w' }, 'advance must be a whole number'],
  ['a unit in capitals', { advance: '1D' }, 'advance must be a whole number'],
  ['an empty advance', { advance: '' }, 'advance must be a whole number'],
  ['more than any date', { advance: '999999999999999d' }, 'beyond the last date'],
  ['a word as the time', { set: 'tomorrow' }, 'set must be a date and time with a zone'],
  ['a time without a zone', { set: '2027-01-01T00:00:00' }, 'set must be a date and time with a zone'],
  ['a day alone', { set: '2027-01-01' }, 'set must be a date and time with a zone'],
  ['a day that no month has', { set: '2027-02-30T00:00:00Z' }, 'set must be a date and time with a zone'],
  ['an hour that no day has', { set: '2027-02-01T25:00:00Z' }, 'set must be a date and time with a zone'],
])('%s -> 422, and the clock does not move', async (_, body, says) => {
  await withMock(WORLD, async (mor) => {
    const { status, text } = await request(mor.handler)
      .post('/__admin/clock')
      .send(body as object);
    expect([status, text]).toEqual([422, expect.stringContaining(says)]);
    expect(mor.clock().moved_ms).toBe(0);
  });
});

test('a closed DID is free from the second of its closed_till on; one without stays closed', async () => {
  await withMock(WORLD, (mor) => {
    mor.setClock(at(END - 60));
    expect(statuses(mor)).toEqual(AS_LOADED);
    mor.setClock(at(END));
    expect(statuses(mor)).toEqual(AT_END);
    const { user_id, closed_till, ...freed } = mor.did(3);
    expect([user_id, closed_till]).toEqual([undefined, undefined]);
    expect(freed).toMatchObject({ status: 'free', comment: 'kept', created: false, changed: true });
    mor.advanceClock('10s');
    expect(mor.did(4)).toMatchObject({ stored_status: 'free', status: 'reserved', reseller_id: 5 });
    expect(statuses(mor)).toEqual({ ...AT_END, 3704: 'free' });
    mor.reset();
    expect(statuses(mor)).toEqual(AS_LOADED);
  });
});

test('to move the clock is no look: moved on and back, nothing is free; what is free stays so when it goes back', async () => {
  await withMock(WORLD, async (mor) => {
    mor.setClock(at(END + 100));
    mor.setClock(at(END - 100));
    expect(statuses(mor)).toEqual(AS_LOADED);
    mor.setClock(at(END));
    await call(mor, 'providers_get', { u: 'admin' }).expect(200);
    mor.setClock(at(END - 100));
    expect(statuses(mor)).toEqual(AT_END);
  });
});

test('did_close, and 90 days later the number can be assigned again', async () => {
  await withMock(WORLD, async (mor) => {
    await call(mor, 'did_close', { u: 'admin', dids_id: '1' }).expect(200, /successfully closed/);
    const assign = { u: 'admin', device_id: '7', did: '3701' };
    await call(mor, 'did_device_assign', assign).expect(200, /DID is not free/);
    await request(mor.handler).post('/__admin/clock').send({ advance: '89d' }).expect(200);
    await call(mor, 'did_device_assign', assign).expect(200, /DID is not free/);
    await request(mor.handler).post('/__admin/clock').send({ advance: '1d' }).expect(200);
    await call(mor, 'did_device_assign', assign).expect(200, /Device assigned to DID/);
  });
});

test('each sandbox has a clock, and a snapshot keeps its DIDs as they were', async () => {
  await withMock(WORLD, async (mor) => {
    const sandbox = mor.createSandbox({ name: 'later' });
    mor.takeSnapshot('before');
    await request(mor.handler)
      .post('/__sandboxes/later/__admin/clock')
      .send({ set: at(END) })
      .expect(200);
    expect([statuses(sandbox), statuses(mor)]).toEqual([AT_END, AS_LOADED]);
    expect(mor.clock().moved_ms).toBe(0);
    mor.setClock(at(END));
    expect(statuses(mor)).toEqual(AT_END);
    mor.reset();
    mor.restoreSnapshot('before');
    expect(statuses(mor)).toEqual(AS_LOADED);
  });
});
