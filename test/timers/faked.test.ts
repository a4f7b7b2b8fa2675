/** The handler serves in a test that fakes its clock; what is a time of the tester's runs by that clock. */
import { connect } from 'node:net';
import { once } from 'node:events';
import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { signed } from '../../src/contract/signed.ts';
import { send } from '../support/send.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { successAnswer } from '../support/expected-answer.ts';

const WORLD = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' as const }],
  providers: [{ id: 1 }],
};

const good = (did: string, by: (typeof TRANSPORTS)[number] = 'query') => carried(signed({ u: 'admin', provider_id: '1', did }), by);

let mor: MockMor;

afterEach(() => {
  jest.useRealTimers();
});

describe.each<[title: string, config: Parameters<typeof jest.useFakeTimers>[0]]>([
  ['everything faked', {}],
  ['everything faked, at a date far away', { now: new Date('2099-01-01') }],
  ['time that goes on by itself', { advanceTimers: true }],
  ['all but nextTick', { doNotFake: ['nextTick'] }],
])('%s', (title, config) => {
  beforeEach(async () => {
    jest.useFakeTimers(config);
    mor = await createMockMor({ fixtures: WORLD });
  });

  // Its parser goes on by process.nextTick: a test that sends multipart must not fake that.
  const isMultipartRead = title !== 'everything faked' && !title.includes('date');

  test.each(TRANSPORTS.filter((by) => by !== 'multipart' || isMultipartRead))('a call over %s is answered', async (by) => {
    expect(await send(mor, good('5', by))).toEqual(successAnswer(1));
  });

  test('what is refused, an admin route and a sandbox are answered', async () => {
    const sandbox = mor.createSandbox();
    const refused = [
      { path: '/nowhere' },
      { method: 'PUT' },
      { type: 'application/json', body: '{' },
      { path: '/__admin/nothing' },
      { query: 'u=%zz' },
    ];
    for (const sent of refused) expect((await send(mor, sent)).status).toBeGreaterThanOrEqual(400);
    expect((await request(sandbox.handler).get('/__admin/health')).body).toMatchObject({ status: 'ok' });
    expect((await request(mor.handler).post('/__admin/dids').send({ did: '7', provider_id: 1 })).status).toBe(201);
  });

  test('it listens, serves and closes, also with an answer in flight', async () => {
    const url = new URL(await mor.listen());
    mor.addFault({ connection: 'hang' });
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    expect(await mor.waitForRequests({ state: 'pending', outcome: 'fault 1: connection hang' })).toMatchObject({ complete: true });
    await mor.close();
    if (!socket.destroyed) await once(socket.resume(), 'close');
  });
});

test('a clock that jumps by a year ends no sandbox that is in use', async () => {
  mor = await createMockMor({ fixtures: WORLD });
  const sandbox = mor.createSandbox();
  jest.useFakeTimers({ now: Date.now() + 365 * 86_400_000 });
  expect(await send(Object.assign(Object.create(mor) as MockMor, { handler: sandbox.handler }), good('5'))).toEqual(successAnswer(1));
  expect(sandbox.countDids()).toBe(1);
});

test('the delay of a fault runs by the clock of the test', async () => {
  mor = await createMockMor({ fixtures: WORLD });
  mor.addFault({ delay_ms: 600_000 });
  jest.useFakeTimers();
  const answer = send(mor, good('5'));
  await mor.waitForRequests({ state: 'pending' });
  await jest.advanceTimersByTimeAsync(600_000);
  expect(await answer).toEqual(successAnswer(1));
});
