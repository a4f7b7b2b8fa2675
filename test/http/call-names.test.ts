/** How a request names its call: by the path, by `action`, by an old name; what the journal, the log, faults and coverage make of it. */
import request from 'supertest';
import { callHash, createMockMor, type LogEntry, type MockMor } from '../../src/index.ts';

const WORLD = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }],
  devices: [{ id: 7, user_id: 8 }],
  dids: [{ id: 1, did: '370', provider_id: 1 }],
};

const ASSIGN = { u: 'admin', device_id: '7', did: '370' };

let mor: MockMor;
let log: LogEntry[];

beforeEach(async () => {
  log = [];
  mor = await createMockMor({ fixtures: structuredClone(WORLD) as never, log: (entry) => void log.push(entry) });
});

afterEach(() => mor.close());

const send = (path: string, params: Readonly<Record<string, string>>) =>
  request(mor.handler)
    .post(path)
    .type('form')
    .send({ ...params, hash: callHash('did_device_assign', params, 'secret') });

test.each<[how: string, path: string, params: Readonly<Record<string, string>>, asSent: string | undefined]>([
  ["today's name", '/billing/api/did_device_assign', ASSIGN, undefined],
  ['an old name', '/billing/api/did_assign_device', ASSIGN, 'did_assign_device'],
  ['an action', '/api', { ...ASSIGN, action: 'did_device_assign' }, undefined],
  ['an old name as the action', '/api/', { ...ASSIGN, action: 'did_assign_device' }, 'did_assign_device'],
])('%s -> journal, log and coverage have the name of today, and keep another one that was sent', async (_, path, params, asSent) => {
  await send(path, params).expect(200, /Device assigned to DID/);
  const [view] = mor.requests({ call: 'did_device_assign' }).requests;
  expect(view).toMatchObject({ call: 'did_device_assign', outcome: 'Device assigned to DID' });
  expect(view?.call_as_sent).toBe(asSent);
  expect(view?.params.filter(({ ignored }) => ignored !== undefined)).toEqual([]);
  expect(mor.requests({ call: 'did_assign_device' }).requests).toHaveLength(1);
  expect(mor.request(1).trace).toMatchObject({ call: 'did_device_assign' });
  const [line] = log.filter(({ request_id }) => request_id === '1');
  expect([line?.call, line?.call_as_sent]).toEqual(['did_device_assign', asSent]);
  const coverage = mor.coverage().calls.find(({ call }) => call === 'did_device_assign');
  expect(coverage?.outcomes.filter(({ met }) => met).map(({ outcome }) => outcome)).toEqual(['Device assigned to DID']);
});

test('an action next to a name in the path takes no part', async () => {
  await send('/billing/api/did_device_assign', { ...ASSIGN, action: 'dids_get' }).expect(200, /Device assigned to DID/);
  expect(mor.requests().requests[0]?.params.find(({ name }) => name === 'action')?.ignored).toBe('unknown');
});

test.each([
  ['did_device_assign', '/billing/api/did_assign_device', ASSIGN],
  ['did_assign_device', '/billing/api/did_device_assign', ASSIGN],
  ['did_assign_device', '/api', { ...ASSIGN, action: 'did_device_assign' }],
])('a fault for %s fires at %s', async (call, path, params) => {
  mor.addFault({ match: { call }, error: 'Failed to unassign DID' });
  await send(path, params).expect(200, /<error>Failed to unassign DID<\/error>/);
});

test('explain and hash take an old name', () => {
  expect(mor.explain({ ...ASSIGN, hash: 'x' }, { call: 'did_assign_device' })).toMatchObject({
    call: 'did_device_assign',
    outcome: 'Incorrect hash',
  });
  expect(mor.hash('did_assign_device', { device_id: '7', did: '370' }).hash).toBe(callHash('did_device_assign', ASSIGN, 'secret'));
});

test('no name anywhere -> There is no such API, counted as an unknown call', async () => {
  await send('/api', ASSIGN).expect(200, /There is no such API/);
  expect(mor.coverage().unknown_call).toMatchObject({ met: true, count: 1 });
});
