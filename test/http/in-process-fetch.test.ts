/** `mor.fetch`: the answers and faults that a client gets over TCP, in the process and without a port. */
import { createMockMor, didCreateHash, type FaultInput, type MockMor } from '../../src/index.ts';

const URL_OF_CALL = 'https://mor.example.com/billing/api/did_create';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});
afterEach(() => mor.close());

function callBody(did: string): URLSearchParams {
  const params = { u: 'admin', provider_id: '1', did };
  return new URLSearchParams({ ...params, hash: didCreateHash({ ...params, api_secret_key: 'secret' }) });
}

const create = (did = '37060000123', init: RequestInit = {}): Promise<Response> =>
  mor.fetch(URL_OF_CALL, { method: 'POST', body: callBody(did), ...init });

/** What an answer is made of, but for the date. */
async function read(response: Response): Promise<unknown> {
  const { date: _, connection: _c, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, statusText: response.statusText, headers, body: await response.text() };
}

it('answers as over a port, and the journal has the request', async () => {
  const overPort = await createMockMor();
  const url = await overPort.listen();
  const expected = await read(await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: callBody('37060000123') }));
  await overPort.close();
  const response = await create();
  expect(response).toBeInstanceOf(Response);
  const { 'keep-alive': _, ...headers } = (expected as { headers: Record<string, string> }).headers;
  expect(await read(response)).toEqual({ ...(expected as object), headers });
  expect(mor.url).toBeUndefined();
  expect(mor.requests().requests).toMatchObject([
    {
      state: 'completed',
      method: 'POST',
      outcome: 'DID created',
      headers: { host: 'mor.example.com', 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    },
  ]);
});

it.each<[title: string, send: () => Promise<Response>]>([
  ['a Request', () => mor.fetch(new Request(URL_OF_CALL, { method: 'POST', body: callBody('5') }))],
  ['a Request and what changes it', () => mor.fetch(new Request(URL_OF_CALL), { method: 'POST', body: callBody('5') })],
  ['a URL', () => mor.fetch(new URL(URL_OF_CALL), { method: 'POST', body: callBody('5') })],
  ['a path', () => mor.fetch('/billing/api/did_create', { method: 'POST', body: callBody('5') })],
  ['a stream as body', () => mor.fetch(new Request(URL_OF_CALL, { method: 'POST', body: callBody('5'), duplex: 'half' }))],
  ['a query and a fragment', () => mor.fetch(`${URL_OF_CALL}?u=admin#x`, { method: 'POST', body: callBody('5') })],
])('takes %s', async (_, send) => {
  expect(await (await send()).text()).toContain('DID created');
});

it('takes every byte of a body and of headers', async () => {
  const comment = 'ü\u{1F600}\r\n'.repeat(20_000);
  const body = callBody('6');
  body.set('comment', comment);
  expect(await (await create('6', { body, headers: { 'X-Name': 'caf\u00e9' } })).text()).toContain('DID created');
  expect(mor.didNumbered('6').comment).toBe(comment);
  expect(mor.request(1).headers['x-name']).toBe('caf\u00e9');
});

it('the admin API is there under any host, and a long list is streamed', async () => {
  mor.replaceFixtures({ providers: [{ id: 1 }], dids: [{ from: '1000', to: '4999', provider_id: 1 }] });
  const response = await mor.fetch('http://mor.example.com/__admin/dids?limit=4000');
  expect(((await response.json()) as { dids: unknown[] }).dids).toHaveLength(4000);
  const head = await mor.fetch('/__admin/health', { method: 'HEAD' });
  expect([head.status, head.body]).toEqual([200, null]);
  expect((await mor.fetch('/nowhere')).status).toBe(404);
});

it('a list of MOR that is longer than one piece comes whole', async () => {
  mor.replaceFixtures({
    settings: { disable_hash_checking: true, allow_get_api: true },
    users: [{ id: 0, username: 'admin', type: 'admin' }],
    providers: [{ id: 1 }],
    dids: [{ from: '10000', to: '19999', provider_id: 1 }],
  });
  const xml = await (await mor.fetch('/billing/api/dids_get?u=admin')).text();
  expect(xml.match(/<did>\d/g)).toHaveLength(10_000);
  expect(xml.endsWith('</page>\n')).toBe(true);
});

it('that of a sandbox reaches the sandbox alone', async () => {
  const sandbox = mor.createSandbox({ name: 'a' });
  await sandbox.fetch(URL_OF_CALL, { method: 'POST', body: callBody('7') });
  expect([sandbox.countDids({ did: '7' }), mor.countDids({ did: '7' })]).toEqual([1, 0]);
  await mor.fetch('/__sandboxes/a/billing/api/did_create', { method: 'POST', body: callBody('8') });
  expect([sandbox.countDids({ did: '8' }), mor.countDids({ did: '8' })]).toEqual([1, 0]);
});

it.each<[rule: FaultInput, cause: string]>([
  [{ connection: 'reset' }, 'the connection was reset'],
  [{ connection: 'empty' }, 'the connection ended without an answer'],
])('a lost answer rejects as fetch does: %j', async (rule, cause) => {
  mor.addFault({ ...rule, phase: 'after' });
  await expect(create('9')).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { message: cause } });
  expect(mor.countDids({ did: '9', created: true })).toBe(1);
});

it('an answer that is cut off breaks while it is read', async () => {
  mor.addFault({ connection: 'truncated' });
  const response = await create('37060000123');
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(/^the answer ended after \d+ of \d+ bytes$/);
});

it('other faults are answers', async () => {
  mor.addFault({ http: { status: 302, headers: { Location: '/elsewhere' } } });
  mor.addFault({ connection: 'drip', drip_ms: 1 });
  const moved = await create();
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere']);
  expect(await (await create('10')).text()).toContain('DID created');
});

it('a signal ends a request that hangs, before and while it waits', async () => {
  mor.addFault({ connection: 'hang' });
  const reason = new Error('too slow');
  await expect(create('11', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(mor.requests().requests).toEqual([]);
  const controller = new AbortController();
  const pending = create('11', { signal: controller.signal });
  await mor.waitForRequests({ state: 'pending' });
  controller.abort(reason);
  await expect(pending).rejects.toBe(reason);
  expect((await mor.waitForRequests({ state: 'aborted' })).requests).toMatchObject([{ fault: 'fault 1: connection hang' }]);
});

it('a body that is not read to its end is given up', async () => {
  mor.addFault({ connection: 'drip', drip_ms: 1 });
  const { body } = await create('12');
  await body?.cancel();
  expect((await mor.waitForRequests({ state: 'aborted' })).complete).toBe(true);
});

it('a close ends what hangs', async () => {
  mor.addFault({ connection: 'hang' });
  const pending = create();
  const outcome = expect(pending).rejects.toThrow('fetch failed');
  await mor.waitForRequests({ state: 'pending' });
  await mor.close();
  await outcome;
});

it('an environment without Request and Response gets a sentence', async () => {
  const { Response: kept } = globalThis;
  Reflect.deleteProperty(globalThis, 'Response');
  try {
    await expect(mor.fetch('/billing/api/did_create')).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message:
        'mor.fetch needs the globals Request and Response, which this environment lacks (jsdom does): use the environment "node", or mor.handler',
    });
  } finally {
    globalThis.Response = kept;
  }
});
