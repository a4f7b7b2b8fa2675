/** What passes: byte for byte in both directions, to MOR's API alone, and once. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed } from '../../src/contract/signed.ts';
import { afterContinue, overOneConnection } from '../support/raw-socket.ts';
import { answerXml, readBytes, realMock, realServer, sendTo, shadowed, type Shadowed } from './shadowed.ts';

const WORLD = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' as const }],
  providers: [{ id: 1 }],
};

const PATH = '/billing/api/did_create';

/** A request as the target saw it. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A target that keeps what it sees, and a shadow in front of it. */
async function watched(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<Shadowed & { readonly seen: Seen[]; readonly target: string }> {
  const seen: Seen[] = [];
  const { url: target } = await realServer((request, response) => {
    void readBytes(request).then((body) => {
      seen.push({ method: request.method, url: request.url, rawHeaders: request.rawHeaders, body });
      answer(response, request);
    });
  });
  return { ...(await shadowed(target, WORLD)), seen, target };
}

const denied = (response: ServerResponse): void => answerXml(response, errorXml('Access Denied'));

/** The pairs of raw headers, without those that each connection has of its own. */
function pairsOf(rawHeaders: readonly string[]): readonly string[] {
  const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, i) => `${rawHeaders[2 * i] ?? ''}: ${rawHeaders[2 * i + 1] ?? ''}`);
  return pairs.filter((pair) => !/^(?:connection|keep-alive|host):/i.test(pair));
}

describe('to the target', () => {
  test('method, path, query, headers and body bytes arrive as they were sent', async () => {
    const { url, seen, target } = await watched(denied);
    const body = Buffer.from([0x75, 0x3d, 0xff, 0x00, 0x0d, 0x0a, 0x25, 0x7a]);
    const call = httpRequest(`${url}//billing/api/did_create/?u=a%20b+c&&did=%zz&hash=%c3%a4`, {
      method: 'PATCH',
      agent: false,
      headers: [
        ['X-Odd', 'one'],
        ['content-TYPE', 'text/x-odd; a="b"'],
        ['X-odd', 'two'],
        ['Cookie', 'a=b'],
        ['Authorization', 'Basic am9lOmh1bnRlcjI='],
        ['Accept-Encoding', 'gzip, br;q=0.5'],
        ['Content-Length', String(body.length)],
        ['Host', 'shadow.example.com'],
      ].flat(),
    });
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    await readBytes(answer);
    expect(seen).toHaveLength(1);
    const [{ method, url: path, body: bytes, rawHeaders } = {} as Seen] = seen;
    expect({ method, path }).toEqual({ method: 'PATCH', path: '//billing/api/did_create/?u=a%20b+c&&did=%zz&hash=%c3%a4' });
    expect(bytes).toEqual(body);
    expect(pairsOf(rawHeaders)).toEqual([
      'X-Odd: one',
      'X-Odd: two',
      'content-TYPE: text/x-odd; a="b"',
      'Cookie: a=b',
      'Authorization: Basic am9lOmh1bnRlcjI=',
      'Accept-Encoding: gzip, br;q=0.5',
      `Content-Length: ${String(body.length)}`,
    ]);
    expect(rawHeaders[rawHeaders.indexOf('Host') + 1]).toBe(new URL(target).host);
  });

  test('hop-by-hop headers stay behind, and those that Connection names', async () => {
    const { url, seen } = await watched(denied);
    const head = [
      `POST ${PATH}?u=a HTTP/1.1`,
      'Host: x',
      'Connection: close, X-Mine , content-length',
      'X-Mine: 1',
      'Keep-Alive: timeout=5',
      'Proxy-Authorization: Basic am9lOmh1bnRlcjI=',
      'Proxy-Connection: keep-alive',
      'TE: trailers',
      'Trailer: X-Sum',
      'Upgrade: h2c',
      'X-Yours: 2',
      'Content-Length: 3',
    ];
    const [answer] = await overOneConnection(url, `${head.join('\r\n')}\r\n\r\nd=1`);
    expect(answer?.statusLine).toBe('HTTP/1.1 200 OK');
    expect(pairsOf(seen[0]?.rawHeaders ?? [])).toEqual(['X-Yours: 2', 'Content-Length: 3']);
    expect(seen[0]?.body.toString()).toBe('d=1');
  });

  test('a chunked body stays one', async () => {
    const { url, seen } = await watched(denied);
    const bytes = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nu=a\r\n6\r\n&did=1\r\n0\r\n\r\n`;
    await overOneConnection(url, bytes);
    expect(seen[0]?.body.toString()).toBe('u=a&did=1');
    expect(pairsOf(seen[0]?.rawHeaders ?? [])).toEqual(['Transfer-Encoding: chunked']);
  });

  test('a POST without a body gets no header of one', async () => {
    const { url, seen } = await watched(denied);
    const [answer] = await overOneConnection(url, `POST ${PATH}?u=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer?.body).toBe(errorXml('Access Denied'));
    expect(pairsOf(seen[0]?.rawHeaders ?? [])).toEqual([]);
  });

  test('a client of HTTP/1.0, without Host and over the whole address, is served', async () => {
    const { url, seen } = await watched(denied);
    const [answer] = await overOneConnection(url, `POST http://mor.example.com${PATH}?u=a HTTP/1.0\r\n\r\n`);
    expect(answer?.body).toBe(errorXml('Access Denied'));
    expect(seen[0]?.url).toBe(`${PATH}?u=a`);
  });

  test('a client that asks first is asked to go on by the target', async () => {
    const { url, seen } = await watched(denied);
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`;
    const [interim, answer] = await afterContinue(url, head, 'u=a&did=1');
    expect([interim?.statusLine, answer?.statusLine, answer?.body]).toEqual([
      'HTTP/1.1 100 Continue',
      'HTTP/1.1 200 OK',
      errorXml('Access Denied'),
    ]);
    expect(seen[0]?.body.toString()).toBe('u=a&did=1');
  });

  test('a client that asks first and is refused sends no body', async () => {
    const { url: target, server } = await realServer(() => undefined);
    server.on('checkContinue', (_request, response: ServerResponse) => {
      response.writeHead(413, { Connection: 'close', 'Content-Length': 0 });
      response.end();
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`;
    const [answer] = await overOneConnection(url, head);
    expect(answer?.statusLine).toBe('HTTP/1.1 413 Payload Too Large');
    expect(await verdicts()).toMatchObject([
      { verdict: 'not judged', outcome: 'the answer came before the request was whole', status: 413 },
    ]);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND'])('%s is passed on', async (method) => {
    const { url, seen } = await watched(denied);
    const answer = await sendTo(url, { method, query: 'u=a' });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(method === 'HEAD' ? '' : errorXml('Access Denied'));
    expect(seen.map((one) => one.method)).toEqual([method]);
  });

  test('another coding than chunked is refused', async () => {
    const { url, seen } = await watched(denied);
    const bytes = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`;
    const [answer] = await overOneConnection(url, bytes);
    expect(answer?.statusLine).toBe('HTTP/1.1 501 Not Implemented');
    expect(seen).toEqual([]);
  });
});

describe('back to the client', () => {
  /** The answer as it came over the wire, to a request that asks for the end of the connection. */
  async function wireAnswer(
    answer: (response: ServerResponse) => void,
  ): Promise<{ readonly head: readonly string[]; readonly body: Buffer }> {
    const { url } = await watched(answer);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${PATH}?u=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const end = bytes.indexOf('\r\n\r\n');
    return { head: bytes.subarray(0, end).toString('latin1').split('\r\n'), body: bytes.subarray(end + 4) };
  }

  test('status, reason, headers and bytes are those of the target, hop-by-hop headers are not', async () => {
    const body = Buffer.from([0xff, 0x00, 0x0a, 0x3c]);
    const { head, body: got } = await wireAnswer((response) => {
      response.sendDate = false;
      response.writeHead(
        299,
        'Quite Odd',
        [
          ['SET-Cookie', 'a=1'],
          ['X-Runtime', '0.1'],
          ['Set-Cookie', 'b=2'],
          ['Connection', 'X-Hop'],
          ['X-Hop', '1'],
          ['Keep-Alive', 'timeout=1'],
          ['Proxy-Authenticate', 'Basic'],
          ['Content-Length', '4'],
        ].flat(),
      );
      response.end(body);
    });
    expect(head).toEqual([
      'HTTP/1.1 299 Quite Odd',
      'SET-Cookie: a=1',
      'X-Runtime: 0.1',
      'Set-Cookie: b=2',
      'Content-Length: 4',
      'Connection: close',
    ]);
    expect(got).toEqual(body);
  });

  test('a packed answer stays packed, and is judged unpacked', async () => {
    const packed = gzipSync(errorXml('Access Denied'));
    const { url, verdicts } = await watched((response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Encoding': 'gzip', 'Content-Length': packed.length });
      response.end(packed);
    });
    const call = httpRequest(`${url}${PATH}?u=a`, { method: 'POST', agent: false });
    call.end();
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const bytes = await readBytes(answer);
    expect([answer.headers['content-encoding'], answer.headers['content-length']]).toEqual(['gzip', String(packed.length)]);
    expect(bytes).toEqual(packed);
    expect(gunzipSync(bytes).toString()).toBe(errorXml('Access Denied'));
    expect(await verdicts()).toMatchObject([{ verdict: 'same', outcome: 'Access Denied' }]);
  });

  test.each([
    ['broken', 'gzip', Buffer.from('no gzip')],
    ['packed in an unknown way', 'zstd', Buffer.from('x')],
  ])('an answer that is %s passes, unjudged', async (_, encoding, bytes) => {
    const { url, verdicts } = await watched((response) => {
      response.writeHead(200, { 'Content-Encoding': encoding });
      response.end(bytes);
    });
    expect((await sendTo(url, { query: 'u=a' })).body).toBe(bytes.toString());
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: 'the answer is packed in a way that cannot be read here' }]);
  });

  test('a bomb of an answer passes, unjudged', async () => {
    const packed = gzipSync(Buffer.alloc(20_000_000));
    const { url, verdicts } = await watched((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(packed);
    });
    await sendTo(url, { query: 'u=a' });
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: 'the answer has more than 1048576 bytes' }]);
  });

  test('a redirect is passed back, not followed', async () => {
    const { url, seen, verdicts } = await watched((response) => {
      response.writeHead(302, { Location: 'https://elsewhere.example.com/login?next=%2F' });
      response.end();
    });
    expect(await sendTo(url, { query: 'u=a' })).toMatchObject({
      status: 302,
      location: 'https://elsewhere.example.com/login?next=%2F',
      body: '',
    });
    expect(seen).toHaveLength(1);
    expect(await verdicts()).toMatchObject([{ verdict: 'different', outcome: "no answer of MOR's: HTTP 302", mock: 'Access Denied' }]);
  });

  test('the head of an answer is passed back before its body comes', async () => {
    let finish = (): void => undefined;
    const { url } = await watched((response) => {
      response.writeHead(200, { 'X-Early': '1' });
      response.flushHeaders();
      finish = () => response.end('x');
    });
    const call = httpRequest(`${url}${PATH}?u=a`, { method: 'POST', agent: false });
    call.end();
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    expect(answer.headers['x-early']).toBe('1');
    finish();
    expect((await readBytes(answer)).toString()).toBe('x');
  });

  test('an answer is passed back as it comes, not when it is whole', async () => {
    let finish = (): void => undefined;
    const { url, verdicts } = await watched((response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
      response.write(errorXml('Access Denied').slice(0, 20));
      finish = () => response.end(errorXml('Access Denied').slice(20));
    });
    const call = httpRequest(`${url}${PATH}?u=a`, { method: 'POST', agent: false });
    call.end();
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(first.toString()).toBe(errorXml('Access Denied').slice(0, 20));
    finish();
    await readBytes(answer);
    expect(await verdicts()).toMatchObject([{ verdict: 'same' }]);
  });
});

describe('what is not for MOR', () => {
  test.each([
    '/',
    '/__admin/health',
    '/__admin/reset',
    '/__sandboxes/a/billing/api/did_create',
    '/billing/callc/login',
    '/billing/api/../callc/login',
    '/api/%2e%2e/login',
  ])('%s never reaches the target', async (path) => {
    const { url, seen, shadow, entries } = await watched(denied);
    const answer = await sendTo(url, { path, body: 'u=a' });
    expect(answer).toMatchObject({
      status: 404,
      type: 'text/plain; charset=utf-8',
      body: expect.stringMatching(/^mock-mor: this path is not passed on/),
    });
    await shadow.settled();
    expect(seen).toEqual([]);
    expect(shadow.counts.requests).toBe(0);
    expect(entries.map(({ message }) => message)).toEqual([expect.stringContaining('not passed on')]);
  });
});

describe('a request as to a proxy', () => {
  const NO_PROXY =
    'mock-mor: this is no proxy, and passes nothing on to api.example.com:8443; check the proxy settings of the client, such as HTTP_PROXY\n';
  const asked = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

  test('for another server: 421 that says so, in one line of the log, and the target is not reached', async () => {
    const { url, seen, entries } = await watched(denied);
    const [answer] = await overOneConnection(url, asked('http://user:pass@api.example.com:8443/v1/charges'));
    expect(answer).toMatchObject({ statusLine: 'HTTP/1.1 421 Misdirected Request', body: NO_PROXY });
    expect(entries.map(({ message }) => message)).toEqual([
      'GET /v1/charges: not passed on to api.example.com:8443, for this is no proxy (421)',
    ]);
    expect(seen).toEqual([]);
  });

  test('for the shadow itself: 404, as for the path', async () => {
    const { url } = await watched(denied);
    const [answer] = await overOneConnection(url, asked(`${url}/v1/charges`));
    expect(answer).toMatchObject({
      statusLine: 'HTTP/1.1 404 Not Found',
      body: expect.stringMatching(/^mock-mor: this path is not passed on/),
    });
  });

  test('for a call: passed on to the target, which is logged once for each host', async () => {
    const { url, target, entries, shadow } = await watched(denied);
    for (const host of ['mor.example.com', 'mor.example.com', 'mor.example.org', new URL(target).host])
      await overOneConnection(url, asked(`http://${host}${PATH}`));
    await shadow.settled();
    expect(shadow.counts.requests).toBe(4);
    expect(entries.map(({ message }) => message).filter((message) => message.startsWith('calls to'))).toEqual(
      ['mor.example.com', 'mor.example.org'].map((host) => `calls to ${host} come as to a proxy: they are passed on to ${target} alone`),
    );
  });
});

describe('what is refused before it is read', () => {
  test.each<[what: string, sent: string, message: string]>([
    [
      'CONNECT',
      'CONNECT mor.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n',
      'was refused (405): it asked for a tunnel to mor.example.com:443: CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY',
    ],
    [
      'TLS',
      '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
      'was refused (400): this is no HTTP request but the start of TLS: this port speaks plain HTTP; write http:// instead of https://',
    ],
  ])('%s: one warning', async (_, sent, message) => {
    const { url, entries, seen } = await watched(denied);
    const [answer] = await overOneConnection(url, Buffer.from(sent, 'latin1'));
    expect(answer?.body).toMatch(/^mock-mor: /);
    expect(entries).toEqual([{ level: 'warn', message: `a connection from 127.0.0.1 ${message}` }]);
    expect(seen).toEqual([]);
  });
});

describe('a packed request', () => {
  const packed = (body: Buffer | undefined, coding: string): string =>
    [
      `POST ${PATH} HTTP/1.1`,
      'Host: x',
      'Connection: close',
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Encoding: ${coding}`,
      ...(body === undefined ? [] : [`Content-Length: ${String(body.length)}`]),
      '',
      '',
    ].join('\r\n');

  const form = new URLSearchParams(signed({ u: 'admin', provider_id: '1', did: '370' })).toString();

  test.each<[what: string, coding: string, body: Buffer | undefined, verdict: object]>([
    ['by gzip', 'gzip', gzipSync(form), { verdict: 'same', outcome: 'DID created' }],
    ['by deflate', 'Deflate', deflateSync(form), { verdict: 'same', outcome: 'DID created' }],
    ['by br', 'br', brotliCompressSync(form), { verdict: 'same', outcome: 'DID created' }],
    ['not at all', 'identity', Buffer.from(form), { verdict: 'same', outcome: 'DID created' }],
    [
      'otherwise than it says',
      'gzip',
      Buffer.from(form),
      { verdict: 'same', outcome: "no answer of MOR's: HTTP 400, text/plain; charset=utf-8" },
    ],
    [
      'in a way that nobody reads',
      'zstd',
      Buffer.from(form),
      { verdict: 'same', outcome: "no answer of MOR's: HTTP 415, text/plain; charset=utf-8" },
    ],
    [
      'twice',
      'gzip, gzip',
      gzipSync(gzipSync(form)),
      { verdict: 'same', outcome: "no answer of MOR's: HTTP 415, text/plain; charset=utf-8" },
    ],
    [
      'as a bomb',
      'gzip',
      gzipSync(Buffer.alloc(5_000_000)),
      { verdict: 'same', outcome: "no answer of MOR's: HTTP 413, text/plain; charset=utf-8" },
    ],
    ['and empty', 'gzip', Buffer.alloc(0), { verdict: 'same', outcome: "no answer of MOR's: HTTP 400, text/plain; charset=utf-8" }],
    ['and not there', 'gzip', undefined, { verdict: 'same', outcome: 'Access Denied' }],
  ])('%s is passed on as it is, and judged as the mock reads it', async (_, coding, body, verdict) => {
    const { url, verdicts } = await shadowed((await realMock(WORLD)).url, WORLD);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(packed(body, coding));
    if (body !== undefined) socket.write(body);
    for await (const _ of socket);
    expect(await verdicts()).toMatchObject([verdict]);
  });
});

describe('an odd request is judged as the mock reads it', () => {
  const params = signed({ u: 'admin', provider_id: '1', did: '370' });
  const form = new URLSearchParams(params).toString();
  const FORM = 'application/x-www-form-urlencoded';

  test.each<[what: string, request: RawRequest, outcome: string]>([
    ['; in the query', { query: form.replaceAll('&', ';') }, 'DID created'],
    ['blanks in a form', { body: form.replaceAll('&', '& '), type: FORM }, 'DID created'],
    ['a charset', { body: form, type: `${FORM}; charset=ISO-8859-1` }, 'DID created'],
    ['a body that is not read', { query: form, body: 'u=nobody', type: 'text/plain' }, 'DID created'],
    ['nothing but a body that is not read', { body: form, type: 'text/plain' }, "no answer of MOR's: HTTP 415, text/plain; charset=utf-8"],
    ['bytes that are not UTF-8', { body: 'u=%E9', type: FORM }, "no answer of MOR's: HTTP 400, text/plain; charset=utf-8"],
  ])('%s', async (_, request, outcome) => {
    const { url, verdicts } = await shadowed((await realMock(WORLD)).url, WORLD);
    await sendTo(url, request);
    expect(await verdicts()).toMatchObject([{ verdict: 'same', outcome }]);
  });

  test('a difference says what the body looks like', async () => {
    const { url: target } = await realServer((_request, response) => answerXml(response, successXml(1)));
    const { url, verdicts } = await shadowed(target, WORLD);
    await sendTo(url, { body: JSON.stringify(params), type: FORM });
    const [entry] = await verdicts();
    expect(entry?.trace?.split('\n').slice(0, 3)).toEqual([
      'did_create: Access Denied',
      `The body looks like JSON, but the Content-Type is "${FORM}", so it was read as a form.`,
      '',
    ]);
  });
});

describe('bodies', () => {
  const good = signed({ u: 'admin', provider_id: '1', did: '370' });
  const MIB = 1_048_576;

  test.each([
    ['of 1 MiB', MIB, { verdict: 'same', outcome: 'DID created' }],
    ['of one byte more', MIB + 1, { verdict: 'not judged', outcome: `the request has more than ${String(MIB)} bytes` }],
    ['of 20 MiB', 20 * MIB, { verdict: 'not judged' }],
  ])('a request %s is passed on whole', async (_, length, verdict) => {
    const { url, seen, verdicts } = await watched((response) => answerXml(response, successXml(1)));
    const start = `${new URLSearchParams(good).toString()}&comment=`;
    const body = start + 'a'.repeat(length - start.length);
    await sendTo(url, { body, type: 'application/x-www-form-urlencoded' });
    expect(seen[0]?.body.equals(Buffer.from(body))).toBe(true);
    expect(await verdicts()).toMatchObject([verdict]);
  });

  test('an answer over the limit is passed back whole, unjudged', async () => {
    const { url, verdicts } = await watched((response) => response.end('x'.repeat(2 * MIB)));
    expect((await sendTo(url, { query: 'u=a' })).body).toHaveLength(2 * MIB);
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: `the answer has more than ${String(MIB)} bytes` }]);
  });
});
