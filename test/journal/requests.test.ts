import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import request from 'supertest';
import { createMockMor, didCreateHash, type MockMor, type RequestView } from '../../src/index.ts';
import { PARAM_NAMES, SECRET_PARAMS } from '../support/call-names.ts';

const DID = '37060000123';
const HASH = didCreateHash({ provider_id: 1, did: DID, api_secret_key: 'secret' });
const PATH = '/billing/api/did_create';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

afterEach(() => mor.close());

async function post(params: Readonly<Record<string, string>>): Promise<request.Response> {
  return request(mor.handler).post(PATH).type('form').send(params);
}

const only = (): RequestView => mor.requests().requests[0] as RequestView;

it('an entry tells what came, who called, and what it came to', async () => {
  const { headers, text } = await post({ u: 'admin', provider_id: '1', did: DID, hash: HASH });
  expect(headers['x-mock-mor-request-id']).toBe('1');
  expect(only()).toEqual({
    id: 1,
    request_id: '1',
    at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    state: 'completed',
    method: 'POST',
    path: PATH,
    call: 'did_create',
    headers: {
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
      'accept-encoding': 'gzip, deflate',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '83',
      connection: 'close',
    },
    params: [
      { name: 'u', value: 'admin', from: 'form' },
      { name: 'provider_id', value: '1', from: 'form' },
      { name: 'did', value: DID, from: 'form' },
      { name: 'hash', value: '***', from: 'form' },
    ],
    caller: { id: 0, username: 'admin', type: 'admin' },
    outcome: 'DID created',
    fault: null,
    answer: { status: 200, body: text },
    duration_ms: expect.any(Number) as number,
  });
});

it('an entry and its trace say what the body looks like, if that is not what was sent as its type', async () => {
  const note = 'The body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded", so it was read as a form.';
  await request(mor.handler)
    .post(PATH)
    .type('form')
    .send(JSON.stringify({ u: 'admin', did: DID }));
  expect(only()).toMatchObject({ outcome: 'Access Denied', notes: [note] });
  expect(mor.request(1)).toMatchObject({ notes: [note], trace: { outcome: 'Access Denied', notes: [note] } });
  await post({ u: 'admin' });
  expect(mor.request(2)).not.toHaveProperty('notes');
  expect(mor.request(2).trace).not.toHaveProperty('notes');
});

it('a key of the world in a content type is masked', async () => {
  const body = JSON.stringify({ u: 'admin' });
  await request(mor.handler)
    .post(PATH)
    .set('Content-Type', 'application/x-www-form-urlencoded; x=secret')
    .serialize((data: unknown) => data as string)
    .send(body);
  const note = 'The body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded; x=***", so it was read as a form.';
  expect(mor.request(1)).toMatchObject({ notes: [note], trace: { notes: [note] } });
});

it('a body that was not read is noted next to the query that was', async () => {
  await request(mor.handler).post(`${PATH}?u=nobody`).type('text/plain').send('did=5');
  expect(only()).toMatchObject({
    params: [{ name: 'u', value: 'nobody', from: 'query' }],
    notes: ['Only the query was read, not the body: the Content-Type is "text/plain"; it looks like a form.'],
  });
});

it.each<[title: string, query: string, body: string | undefined, expected: object[]]>([
  [
    'unknown, which may hold anything',
    'foo=1&bar=',
    undefined,
    [
      { name: 'foo', value: '***', from: 'query', ignored: 'unknown' },
      { name: 'bar', value: '', from: 'query', ignored: 'unknown' },
    ],
  ],
  [
    'a near miss',
    'provder_id=1',
    undefined,
    [{ name: 'provder_id', value: '1', from: 'query', ignored: 'unknown: did you mean provider_id?' }],
  ],
  ['another case', 'DID=1', undefined, [{ name: 'DID', value: '1', from: 'query', ignored: 'wrong case: MOR reads did' }]],
  [
    'repeated in one place',
    'did=1&did=2',
    undefined,
    [
      { name: 'did', value: '1', from: 'query', ignored: 'repeated: a later one, in the query, wins' },
      { name: 'did', value: '2', from: 'query' },
    ],
  ],
  [
    'in the body and the query',
    'did=2',
    'did=1',
    [
      { name: 'did', value: '1', from: 'form', ignored: 'repeated: a later one, in the query, wins' },
      { name: 'did', value: '2', from: 'query' },
    ],
  ],
  [
    'a list, whose items count together',
    'did[]=1&did[]=2',
    undefined,
    [
      { name: 'did[]', value: '1', from: 'query', is_text: false },
      { name: 'did[]', value: '2', from: 'query', is_text: false },
    ],
  ],
  [
    'a list beside a text, in any order: the parameter is not a string',
    'did=1&did[]=2&did=3',
    undefined,
    [
      { name: 'did', value: '1', from: 'query', ignored: 'repeated: one that is not a string is there too, and wins' },
      { name: 'did[]', value: '2', from: 'query', is_text: false },
      { name: 'did', value: '3', from: 'query', ignored: 'repeated: one that is not a string is there too, and wins' },
    ],
  ],
  [
    'a list in the body, and a text in the query, which wins',
    'did=1',
    'did[]=2',
    [
      { name: 'did[]', value: '2', from: 'form', is_text: false, ignored: 'repeated: a later one, in the query, wins' },
      { name: 'did', value: '1', from: 'query' },
    ],
  ],
  ['a list', 'did[]=1', undefined, [{ name: 'did[]', value: '1', from: 'query', is_text: false }]],
  ['empty, which absent is not', 'comment=', undefined, [{ name: 'comment', value: '', from: 'query' }]],
  [
    'secrets, masked whatever their names',
    'p=x&API_Secret_Key=y&hash=z&password=w',
    undefined,
    [
      { name: 'p', value: '***', from: 'query', ignored: 'unknown' },
      { name: 'API_Secret_Key', value: '***', from: 'query', ignored: 'unknown' },
      { name: 'hash', value: '***', from: 'query' },
      { name: 'password', value: '***', from: 'query', ignored: 'unknown' },
    ],
  ],
])('parameters: %s', async (_, query, body, expected) => {
  const call = request(mor.handler).post(`${PATH}?${query}`);
  await (body === undefined ? call : call.type('form').send(body));
  expect(only().params).toEqual(expected);
});

it.each(['api_key', 'apikey', 'auth', 'signature', 'hsh', 'hash ', 'HASH', 'api_secret_key', 'access_token', 'pwd'])(
  'the value of %j is masked',
  async (name) => {
    await post({ [name]: 'tell nobody' });
    expect(only().params).toMatchObject([{ name, value: '***' }]);
  },
);

it('a key of the world is masked wherever it stands', async () => {
  await post({ u: 'secret', did: '1secret', comment: 'reseller-secret!' });
  expect(JSON.stringify(mor.requests())).not.toContain('secret');
});

it('a key that was changed since is masked still', async () => {
  await post({ u: 'admin', comment: 'my secret is here' });
  mor.patchSettings({ api_secret_key: 'another-key' });
  expect(JSON.stringify(mor.requests())).not.toContain('my secret');
});

it('a hundred thousand repeats are looked at once', async () => {
  mor = await createMockMor({ journalBytes: 200_000_000, maxParameters: 100_000 });
  await request(mor.handler).post(PATH).type('form').send('u&'.repeat(100_000));
  expect(only().params).toHaveLength(100_000);
});

it.each([
  ['a list in JSON', 'json', JSON.stringify({ u: 'admin', did: ['x'.repeat(200_000)] })],
  ['a text in JSON', 'json', JSON.stringify({ u: 'x'.repeat(200_000) })],
  ['a form of percent signs', 'form', `u=${'%41'.repeat(67_000)}`],
  ['a form of one name', 'form', 'x'.repeat(200_000)],
])('%s takes the room that it is kept in', async (_, type, body) => {
  mor = await createMockMor({ journalBytes: 1_000_000 });
  for (let i = 0; i < 6; i++) await request(mor.handler).post(PATH).type(type).send(body);
  const { requests, dropped } = mor.requests();
  expect(requests.length).toBeLessThanOrEqual(5);
  expect(requests.length + dropped).toBe(6);
});

it('what is refused before a call is reached is in it too, by our own words', async () => {
  await request(mor.handler).post(PATH).type('text/xml').send('<a/>');
  await request(mor.handler).put(PATH);
  expect(mor.requests().requests).toMatchObject([
    {
      state: 'completed',
      outcome: expect.stringMatching(/^a body of type "text\/xml"/) as string,
      answer: { status: 415, body: null },
      caller: null,
    },
    { method: 'PUT', outcome: "MOR's API knows GET and POST, not PUT", answer: { status: 405 } },
  ]);
});

it('admin requests, health and other paths are not in it', async () => {
  for (const path of ['/__admin/health', '/__admin/requests', '/', '/nowhere']) await request(mor.handler).get(path);
  expect(mor.requests()).toEqual({ requests: [], dropped: 0 });
});

it('the request id can be switched off', async () => {
  mor = await createMockMor({ requestIds: false });
  expect((await post({ u: 'x' })).headers).not.toHaveProperty('x-mock-mor-request-id');
});

it.each([
  ['u=admin', [1, 2]],
  ['u=nobody', [3]],
  [`did=${DID}`, [1, 2]],
  ['outcome=DID%20already%20exists', [2]],
  ['call=did_create&since=2', [3]],
  ['call=other', []],
])('filter %s leaves %j', async (query, ids) => {
  for (const u of ['admin', 'admin', 'nobody'])
    await post({
      u,
      provider_id: '1',
      did: u === 'admin' ? ` ${DID}` : '5',
      hash: didCreateHash({ provider_id: 1, did: ` ${DID}`, api_secret_key: 'secret' }),
    });
  const { body } = (await request(mor.handler).get(`/__admin/requests?${query}`)) as { body: { requests: RequestView[] } };
  expect(body.requests.map(({ id }) => id)).toEqual(ids);
});

it.each([
  [
    'outcme=x',
    `unknown query parameter "outcme". Did you mean "outcome"? Allowed: u, did, outcome, call, state, trace_id, fault, since, before, kind, q, touches_did, limit, view, wait, count, param.u, ${PARAM_NAMES.filter(
      (name) => !SECRET_PARAMS.includes(name),
    )
      .map((name) => `param.${name}`)
      .join(', ')}, pretty.`,
  ],
  ['wait=soon', 'wait: must be a time such as 5s or 500ms'],
  ['wait=61s', 'wait: must be at most 60s'],
  ['wait=60001ms', 'wait: must be at most 60s'],
  ['count=0', 'count: must be at least 1'],
])('the filter %s is refused', async (query, detail) => {
  expect((await request(mor.handler).get(`/__admin/requests?${query}`)).body).toMatchObject({ status: 400, detail });
});

it('one is reported with its decision, and deleted; all are cleared', async () => {
  await post({ u: 'nobody' });
  await post({ u: 'nobody' });
  const { body } = await request(mor.handler).get('/__admin/requests/1');
  expect(body).toMatchObject({ id: 1, outcome: 'Access Denied', trace: { call: 'did_create', outcome: 'Access Denied' } });
  expect((await request(mor.handler).delete('/__admin/requests/1')).status).toBe(200);
  expect((await request(mor.handler).get('/__admin/requests/1')).body).toMatchObject({
    status: 404,
    detail: 'the journal has no request 1; it may have been dropped or reset: it has 2',
  });
  expect((await request(mor.handler).delete('/__admin/requests')).body).toEqual({ requests: [], dropped: 0 });
});

it('a reset empties it and counts again; a reset of another part does not', async () => {
  await post({ u: 'nobody' });
  mor.reset(['state']);
  expect(mor.requests().requests).toHaveLength(1);
  expect(mor.reset()).toMatchObject({ requests_dropped: 1 });
  await post({ u: 'nobody' });
  expect(only().id).toBe(1);
});

describe('waiting', () => {
  it('answers as soon as the requests are there', async () => {
    const waiting = request(mor.handler)
      .get('/__admin/requests?outcome=Access%20Denied&wait=10s&count=2')
      .then((answer) => answer);
    await post({ u: 'nobody' });
    await post({ u: 'nobody' });
    const { status, body } = await waiting;
    expect([status, body]).toMatchObject([200, { complete: true, requests: [{ id: 1 }, { id: 2 }] }]);
  });

  it('answers 408 with what did come', async () => {
    await post({ u: 'nobody' });
    const { status, body } = await request(mor.handler).get('/__admin/requests?wait=20ms&count=2');
    expect([status, body]).toMatchObject([408, { complete: false, requests: [{ id: 1 }] }]);
  });

  it('on the library object too', async () => {
    const waiting = mor.waitForRequests({ u: 'nobody' });
    await post({ u: 'nobody' });
    expect(await waiting).toMatchObject({ complete: true, requests: [{ id: 1 }] });
  });
});

describe('requests that take their time', () => {
  /** Sends the head of a request and the first bytes of its body. */
  async function halfSent(): Promise<Socket> {
    const { port } = new URL(await mor.listen());
    const socket = connect(Number(port), '127.0.0.1');
    const arrived = mor.waitForRequests({ state: 'pending' });
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nu=n`);
    await arrived;
    return socket;
  }

  it('are pending until they are answered', async () => {
    const socket = await halfSent();
    expect(only()).toMatchObject({ state: 'pending', outcome: null, answer: null, duration_ms: null });
    socket.write('obody');
    await once(socket, 'data');
    const { requests } = await mor.waitForRequests();
    expect(requests).toMatchObject([{ state: 'completed', outcome: 'Access Denied' }]);
    socket.destroy();
  });

  it('are aborted where the client gives up', async () => {
    const socket = await halfSent();
    const aborted = mor.waitForRequests({ state: 'aborted' });
    socket.destroy();
    await aborted;
    expect(only()).toMatchObject({ state: 'aborted', answer: null });
  });

  it('are aborted by the time that close is done', async () => {
    mor.addFault({ connection: 'hang' });
    const url = new URL(await mor.listen());
    const socket = connect(Number(url.port), url.hostname);
    socket.on('error', () => undefined);
    socket.write('POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await mor.waitForRequests({ state: 'pending', outcome: 'fault 1: connection hang' });
    await mor.close();
    expect(only()).toMatchObject({ state: 'aborted' });
    socket.destroy();
  });

  it('that began before a reset change nothing after it, and are not in the journal', async () => {
    const socket = await halfSent();
    mor.reset();
    socket.write('obody');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).not.toMatch(/request-id/i);
    expect(answer.toString()).toMatch(
      /^HTTP\/1\.1 409 [\s\S]*mock-mor: the world was reset while this request was in flight, so nothing was done\n$/,
    );
    expect(mor.requests()).toEqual({ requests: [], dropped: 0 });
    socket.destroy();
  });

  it.each<[title: string, act: () => void, status: number, hasId: boolean]>([
    ['the journal is emptied', () => mor.reset(['requests']), 200, false],
    ['the journal is emptied by clearRequests', () => mor.clearRequests(), 200, false],
    ['the state is reset', () => mor.reset(['state']), 409, true],
    ['a snapshot is restored', () => mor.restoreSnapshot('before'), 409, true],
    ['nothing happens', () => undefined, 200, true],
  ])('carry an id that is in the journal, or none: %s', async (_, act, status, hasId) => {
    mor.takeSnapshot('before');
    const socket = await halfSent();
    act();
    socket.write('obody');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    const id = /x-mock-mor-request-id: (\S+)/i.exec(answer.toString())?.[1];
    expect([answer.toString().slice(0, 12), id]).toEqual([`HTTP/1.1 ${String(status)}`, hasId ? '1' : undefined]);
    expect(mor.requests().requests.map(({ request_id }) => request_id)).toEqual(hasId ? ['1'] : []);
  });
});
