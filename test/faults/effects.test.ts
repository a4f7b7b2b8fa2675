/** Every effect over a real socket, by its bytes. */
import request from 'supertest';
import { createMockMor, type FaultInput, type MockMor } from '../../src/index.ts';
import { MOR_ERRORS, type MorError } from '../../src/mor/errors.ts';
import { errorXml, successXml, bareErrorXml } from '../../src/contract/expected-xml.ts';
import { DEFAULT_PATH } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';
import { signed } from '../../src/contract/signed.ts';
import { dial, hear, requestFor, undated } from './wire.ts';

const NUMBER = '37060000123';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
  await mor.listen();
});

afterEach(async () => {
  await mor.close();
});

/** An answer as Node writes it, to a request that asks to close. */
function answerBytes(status: string, headers: readonly string[], body: string, length = Buffer.byteLength(body)): string {
  return [
    `HTTP/1.1 ${status}`,
    'X-Mock-Mor-Request-Id: 1',
    ...headers,
    `Content-Length: ${String(length)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

const XML = ['Content-Type: text/xml; charset=utf-8'];
const SUCCESS = answerBytes('200 OK', XML, successXml(3));
const HALF = successXml(3).slice(0, Math.floor(successXml(3).length / 2));

function nginxPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

const NGINX = ['Server: nginx', 'Content-Type: text/html'];

type State = 'completed' | 'aborted';

/** What is heard, how the connection ends, what the journal tells, and whether the DID is created `before` and `after`. */
type EffectRow = readonly [title: string, effect: FaultInput, bytes: string, end: string, state: State, storedBefore: boolean];

const EFFECTS: readonly EffectRow[] = [
  ['an error', { error: 'DID creation failed' }, answerBytes('200 OK', XML, errorXml('DID creation failed')), 'end', 'completed', false],
  ['a delay', { delay_ms: 5 }, SUCCESS, 'end', 'completed', true],
  ['a reset', { connection: 'reset' }, '', 'ECONNRESET', 'aborted', false],
  ['an empty reply', { connection: 'empty' }, '', 'end', 'aborted', false],
  ['cut-off XML', { connection: 'truncated' }, answerBytes('200 OK', XML, HALF, successXml(3).length), 'end', 'aborted', false],
  ['a slow drip', { connection: 'drip', drip_ms: 1 }, SUCCESS, 'end', 'completed', true],
  ...(
    [
      [500, '500 Internal Server Error', '500 Internal Server Error'],
      [502, '502 Bad Gateway', '502 Bad Gateway'],
      [503, '503 Service Unavailable', '503 Service Temporarily Unavailable'],
      [504, '504 Gateway Timeout', '504 Gateway Time-out'],
      [429, '429 Too Many Requests', '429 Too Many Requests'],
    ] as const
  ).map(([status, line, title]): EffectRow => [
    `HTTP ${String(status)}`,
    { http: { status } },
    answerBytes(line, NGINX, nginxPage(title)),
    'end',
    'completed',
    false,
  ]),
  [
    'HTTP with a body and headers of its own',
    { http: { status: 503, body: '{"busy":"ü"}', headers: { 'content-type': 'application/json', 'Retry-After': '2' } } },
    answerBytes('503 Service Unavailable', ['Server: nginx', 'content-type: application/json', 'Retry-After: 2'], '{"busy":"Ã¼"}', 13),
    'end',
    'completed',
    false,
  ],
  [
    'a wrong content type',
    { content_type: 'text/html' },
    answerBytes('200 OK', ['Content-Type: text/html'], successXml(3)),
    'end',
    'completed',
    true,
  ],
];

const wasCreated = (): boolean => mor.countDids({ created: true }) === 1;

async function onlyRequest(state: 'pending' | State): Promise<ReturnType<MockMor['request']>> {
  const { complete, requests } = await mor.waitForRequests({ state });
  expect(complete).toBe(true);
  return mor.request(requests[0]!.id);
}

describe.each(['before', 'after'] as const)('phase %s', (phase) => {
  it.each(EFFECTS)('%s: the client hears exactly this', async (_title, effect, bytes, end, state, storedBefore) => {
    mor.addFault({ ...effect, phase });
    const heard = await hear(mor, NUMBER);
    expect({ ...heard, bytes: undated(heard.bytes) }).toEqual({ bytes, end });
    expect(wasCreated()).toBe(phase === 'after' || storedBefore);
    const { fault, trace } = await onlyRequest(state);
    expect(fault).toMatch(phase === 'after' ? /^fault 1: .* after the call$/ : /^fault 1: /);
    // What MOR decides is reported whether it was let or not.
    expect(trace).toMatchObject({ call: 'did_create', outcome: 'DID created' });
    // The next one is served as ever: it was created, or it is now.
    const nextBody = wasCreated() ? errorXml('DID already exists') : successXml(3);
    expect((await hear(mor, NUMBER)).bytes.endsWith(`\r\n\r\n${nextBody}`)).toBe(true);
  });
});

it('a DID that is created and whose answer is lost exists when the client tries again', async () => {
  mor.addFault({ connection: 'reset', phase: 'after' });
  expect(await hear(mor, NUMBER)).toEqual({ bytes: '', end: 'ECONNRESET' });
  expect(mor.dids({ created: true })).toMatchObject([{ id: 3, did: NUMBER }]);
  expect((await hear(mor, NUMBER)).bytes).toContain(errorXml('DID already exists'));
  const lost = await onlyRequest('aborted');
  expect(lost).toMatchObject({ outcome: 'DID created', fault: 'fault 1: connection reset after the call', answer: null });
});

it('an answer that hangs ends when the client gives up, and nothing was stored', async () => {
  mor.addFault({ connection: 'hang' });
  const { socket, heard } = dial(mor, requestFor(NUMBER));
  await mor.waitForRequests({ state: 'pending', outcome: 'fault 1: connection hang' });
  socket.destroy();
  expect(await heard).toEqual({ bytes: '', end: 'end' });
  expect(await onlyRequest('aborted')).toMatchObject({ fault: 'fault 1: connection hang', answer: null });
  expect(wasCreated()).toBe(false);
});

it('an answer that hangs after the call leaves the DID there', async () => {
  mor.addFault({ connection: 'hang', phase: 'after' });
  const { socket } = dial(mor, requestFor(NUMBER));
  await mor.waitForRequests({ state: 'pending', outcome: 'DID created' });
  expect(wasCreated()).toBe(true);
  socket.destroy();
  await onlyRequest('aborted');
});

it('a client that gives up during a delay before the call gets nothing done', async () => {
  mor.addFault({ delay_ms: 600_000 });
  const { socket } = dial(mor, requestFor(NUMBER));
  await untilFaultFired();
  socket.destroy();
  await onlyRequest('aborted');
  expect(wasCreated()).toBe(false);
});

it('a delay before the call stores nothing while it lasts; one after it does', async () => {
  mor.addFault({ delay_ms: 600_000 });
  const first = dial(mor, requestFor('1'));
  await untilFaultFired();
  expect(mor.countDids({ created: true })).toBe(0);
  mor.addFault({ delay_ms: 600_000, phase: 'after' });
  const second = dial(mor, requestFor('2'));
  await mor.waitForRequests({ state: 'pending', outcome: 'DID created' });
  expect(mor.dids({ created: true })).toMatchObject([{ did: '2' }]);
  first.socket.destroy();
  second.socket.destroy();
});

it('a request that a reset overtook in its delay does nothing, and says so', async () => {
  mor.addFault({ delay_ms: 100 });
  const { heard } = dial(mor, requestFor(NUMBER, 'close'));
  await untilFaultFired();
  mor.reset();
  expect((await heard).bytes).toMatch(/^HTTP\/1\.1 409 [\s\S]*mock-mor: the world was reset/);
  expect(mor.countDids({ created: true })).toBe(0);
  expect(mor.requests().requests).toEqual([]);
});

it('an earlier answer on the same connection arrives before the reset of the next', async () => {
  mor.addFault({ after: 1, connection: 'empty' });
  const { heard } = dial(mor, requestFor('1') + requestFor('2'));
  const { bytes, end } = await heard;
  expect(end).toBe('end');
  expect(bytes.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(bytes.endsWith(successXml(3))).toBe(true);
});

describe('every error of MOR can be forced', () => {
  const rows = Object.entries<MorError>(MOR_ERRORS).flatMap(([name, { text, legacyText }]) => [
    [name, text] as const,
    [text, text] as const,
    ...(legacyText === undefined ? [] : [[legacyText, legacyText] as const]),
  ]);

  it.each(rows)('%s -> %s', async (error, text) => {
    mor.addFault({ error: error as FaultInput['error'] });
    const { status, body } = await send(mor, {
      query: new URLSearchParams(signed({ u: 'admin', provider_id: '1', did: NUMBER })).toString(),
    });
    expect([status, body]).toEqual([200, errorXml(text)]);
    expect(wasCreated()).toBe(false);
    expect(mor.requests().requests).toMatchObject([{ fault: `fault 1: error ${error}` }]);
  });

  it('by its name it is in the dialect and the envelope of the settings', async () => {
    mor.patchSettings({ dialect: 'legacy', error_envelope: 'bare' });
    mor.addFault({ error: 'accessDenied' });
    mor.addFault({ error: 'hashIncorrect' });
    expect((await send(mor, {})).body).toBe(errorXml("Don't be so smart"));
    expect((await send(mor, {})).body).toBe(bareErrorXml('Incorrect hash'));
    expect(mor.requests({ outcome: 'Access Denied' }).requests).toHaveLength(1);
  });

  it('after the call the DID is there, and the journal tells both', async () => {
    mor.addFault({ error: 'DID creation failed', phase: 'after' });
    expect((await hear(mor, NUMBER)).bytes).toContain(errorXml('DID creation failed'));
    expect(wasCreated()).toBe(true);
    const entry = await onlyRequest('completed');
    expect(entry).toMatchObject({ outcome: 'DID creation failed', trace: { outcome: 'DID created' } });
    expect(entry.answer?.body).toBe(errorXml('DID creation failed'));
  });
});

describe('in process, over supertest', () => {
  const sent = (): request.Test =>
    request(mor.handler)
      .post(DEFAULT_PATH)
      .query(signed({ u: 'admin', provider_id: '1', did: NUMBER }));

  it.each([
    [{ connection: 'reset' }, 'ECONNRESET'],
    [{ connection: 'empty' }, 'socket hang up'],
    [{ connection: 'truncated' }, 'aborted'],
  ] as const)('%j fails with %s', async (effect, message) => {
    mor.addFault(effect);
    await expect(sent()).rejects.toThrow(message);
  });

  it('a hang lets the client run into its time-out', async () => {
    mor.addFault({ connection: 'hang' });
    await expect(sent().timeout(50)).rejects.toThrow('Timeout');
    await onlyRequest('aborted');
  });

  it('a proxy is seen as one', async () => {
    mor.addFault({ http: { status: 502 } });
    const { status, type, text } = await sent();
    expect([status, type, text]).toEqual([502, 'text/html', nginxPage('502 Bad Gateway')]);
  });
});

describe('close', () => {
  it('ends answers that hang, drip and wait within its grace', async () => {
    const effects = [{ connection: 'hang' }, { connection: 'drip', drip_ms: 60_000 }, { delay_ms: 600_000 }] as const;
    for (const effect of effects) mor.addFault({ ...effect, times: 3 });
    const lines = Array.from({ length: 9 }, (_, i) => dial(mor, requestFor(String(i))));
    await mor.waitForRequests({ state: 'pending' }, { count: 9 });
    const startedAt = performance.now();
    await mor.close();
    expect(performance.now() - startedAt).toBeLessThan(1500);
    await Promise.all(lines.map(({ heard }) => heard));
    const { complete } = await mor.waitForRequests({ state: 'aborted' }, { count: 9 });
    expect([complete, mor.faults().map(({ fired }) => fired)]).toEqual([true, [3, 3, 3]]);
  });
});

async function untilFaultFired(): Promise<void> {
  while (!mor.faults().some(({ fired }) => fired > 0)) await new Promise(setImmediate);
}
