import { once } from 'node:events';
import { connect } from 'node:net';
import { createMockMor, type LogEntry, type MockMor, type MockMorOptions } from '../../src/index.ts';
import { send } from '../support/send.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';
import request from 'supertest';

const entries: LogEntry[] = [];
const logged = (options: MockMorOptions = {}): Promise<MockMor> => createMockMor({ ...options, log: (entry) => entries.push(entry) });

beforeEach(() => {
  entries.length = 0;
});

const GOOD = signed({ u: 'admin', provider_id: '1', did: '370600009' });

it('a call is one entry: a line for people, and its fields', async () => {
  await send(await logged(), carried(GOOD, 'query'));
  expect(entries).toEqual([
    {
      level: 'info',
      message: expect.stringMatching(/^1 did_create "370600009" by "admin": DID created \(200, \d+\.\d ms\)$/),
      request_id: '1',
      sandbox: undefined,
      method: 'POST',
      call: 'did_create',
      u: 'admin',
      caller_id: 0,
      did: '370600009',
      outcome: 'DID created',
      fault: undefined,
      status: 200,
      duration_ms: expect.any(Number),
    },
  ]);
});

it('a request to a sandbox names it', async () => {
  const sandbox = (await logged()).createSandbox({ name: 't42' });
  await request(sandbox.handler).post('/billing/api/did_create').query({ u: 'admin' });
  expect(entries).toMatchObject([{ request_id: 't42-1', sandbox: 't42', outcome: 'Incorrect hash' }]);
  expect(entries[0]?.message).toMatch(/^t42-1 did_create by "admin": Incorrect hash /);
});

it.each<[title: string, sent: Parameters<typeof send>[1], about: object, message: RegExp]>([
  ['no caller', {}, { u: undefined, outcome: 'Access Denied' }, /^1 did_create by nobody: /],
  ['an unknown caller', { query: 'u=stranger' }, { u: 'stranger', caller_id: undefined }, / by "stranger" \(unknown\): /],
  [
    'the query goes before the body',
    { query: 'u=admin', body: 'u=user', type: 'application/x-www-form-urlencoded' },
    { u: 'admin' },
    /"admin"/,
  ],
  ['a call that is not there', { path: '/billing/api/did_find' }, { call: 'did_find', outcome: 'There is no such API' }, /^1 did_find by /],
  ['no call at all', { path: '/billing/api' }, { call: '' }, /^1 no call by /],
  ['a list', { query: 'u[]=admin' }, { u: undefined }, / by nobody: /],
  ['another method', { method: 'PUT' }, { outcome: 'refused', status: 405, method: 'PUT' }, /^1 PUT did_create by nobody: refused \(405, /],
  ['an older text under its current one', { query: 'u=nobody' }, { outcome: 'Access Denied' }, /Access Denied/],
])('%s', async (_title, sent, about, message) => {
  await send(await logged({ fixtures: { settings: { dialect: 'legacy' }, users: [{ id: 0, username: 'admin', type: 'admin' }] } }), sent);
  expect(entries).toEqual([expect.objectContaining(about)]);
  expect(entries[0]?.message).toMatch(message);
});

it('a fault that took the answer’s place is reported', async () => {
  const mor = await logged();
  mor.addFault({ http: { status: 503 } });
  await send(mor, carried(GOOD, 'query'));
  expect(entries).toMatchObject([{ outcome: 'fault', fault: 'fault 1: HTTP 503', status: 503 }]);
  expect(entries[0]?.message).toMatch(/: fault \(503, \d+\.\d ms, fault 1: HTTP 503\)$/);
});

it('a client that is gone before its answer: aborted, without a status', async () => {
  const mor = await logged();
  const { port } = new URL(await mor.listen());
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /billing/api/did_create HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  while (entries.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await mor.close();
  expect(entries).toMatchObject([{ outcome: 'aborted', status: undefined }]);
  expect(entries[0]?.message).toMatch(/: aborted \(no answer, /);
});

it.each<[title: string, path: string, line: string]>([
  [
    'a path that is none of MOR’s',
    '/billing/did_create?u=admin',
    'POST /billing/did_create… reached no world (404): There is no such thing',
  ],
  [
    'a question mark that was forgotten',
    '/api_did_create&key=secret',
    'POST /api_did_create… reached no world (404): There is no such thing',
  ],
  [
    'a sandbox that is not there',
    '/__sandboxes/typo/billing/api/did_create',
    'POST /__sandboxes/typo/billing/api/did_create reached no world (404): There is no such sandbox',
  ],
])('what no journal has is reported by a warning: %s', async (_, path, message) => {
  const mor = await logged();
  expect((await request(mor.handler).post(path)).status).toBe(404);
  expect(entries).toEqual([{ level: 'warn', message }]);
});

it('admin and health requests are not logged', async () => {
  const mor = await logged();
  await request(mor.handler).get('/__admin/health');
  await request(mor.handler).get('/');
  expect(entries).toEqual([]);
});

it('nothing is logged for a request where no log is given', async () => {
  const spies = [jest.spyOn(console, 'error'), jest.spyOn(console, 'log'), jest.spyOn(process.stderr, 'write')];
  await send(await createMockMor(), carried(GOOD, 'query'));
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  jest.restoreAllMocks();
});

describe('neither hash nor key gets into it', () => {
  const SECRETS = [GOOD['hash']!, 'secret', 'letmein'];

  it.each<[string, Parameters<typeof send>[1]]>([
    ['as parameters', { query: `u=admin&p=letmein&key=secret&hash=${GOOD['hash']!}` }],
    ['where the question mark was forgotten', { path: `/billing/api/did_create&u=admin&hash=${GOOD['hash']!}&key=secret` }],
    ['as a number and as a caller', { query: `u=reseller-secret&did=${GOOD['hash']!}` }],
    ['in a number', { query: 'u=admin&did=1secret' }],
    ['in a broken query', { query: `hash=${GOOD['hash']!}%zz&key=secret%zz` }],
    ['in broken JSON', { type: 'application/json', body: `{"key":"secret","hash":"${GOOD['hash']!}` }],
    ['under a type that is not read', { type: 'text/secret', body: GOOD['hash'] }],
  ])('%s', async (_title, sent) => {
    await send(await logged({ adminToken: 'letmein' }), sent);
    expect(entries).toHaveLength(1);
    for (const secret of SECRETS) expect(JSON.stringify(entries)).not.toContain(secret);
  });
});

it('a line stays short whatever is sent', async () => {
  const long = 'x'.repeat(100_000);
  await send(await logged(), { type: 'application/x-www-form-urlencoded', body: `u=${long}&did=${long}` });
  expect(JSON.stringify(entries).length).toBeLessThan(2000);
});
