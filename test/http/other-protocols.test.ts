/** Clients that speak another protocol to the port: what it was is said in an answer and in one line of the log. */
import { connect as connectHttp2, constants } from 'node:http2';
import { recognizeProtocol } from '../../src/http/other-protocols.ts';
import { createMockMor, type LogEntry, type MockMor, type MockMorOptions } from '../../src/index.ts';
import { connected } from '../support/raw-socket.ts';

const entries: LogEntry[] = [];

beforeEach(() => {
  entries.length = 0;
});

async function listening<T>(use: (url: string, mor: MockMor) => Promise<T>, options: MockMorOptions = {}): Promise<T> {
  const mor = await createMockMor({ ...options, log: (entry) => entries.push(entry) });
  try {
    return await use(await mor.listen(), mor);
  } finally {
    await mor.close();
  }
}

/** Sends these bytes one after the other, and gives all that comes back until the server ends the connection. */
async function exchange(url: string, ...pieces: readonly string[]): Promise<string> {
  const client = await connected(url);
  client.socket.setNoDelay();
  for (const piece of pieces) {
    await new Promise((resolve) => client.socket.write(Buffer.from(piece, 'latin1'), resolve));
    await new Promise(setImmediate);
  }
  return (await client.ended).bytes;
}

const refusedLine = (status: number, message: string): LogEntry => ({
  level: 'warn',
  message: `a connection from 127.0.0.1 was refused (${String(status)}): ${message}`,
});

const TLS_HELLO = `\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03${'r'.repeat(500)}`;
const HTTP2_PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
const TLS = 'this is no HTTP request but the start of TLS: this port speaks plain HTTP; write http:// instead of https://';
const HTTP2 = 'this is no HTTP request but the start of HTTP/2: this port speaks HTTP/1.1; switch HTTP/2 without TLS off in the client';
const SOCKS4 = "this is no HTTP request but a SOCKS4 request: this is no proxy; remove its address from the client's proxy settings";
const SOCKS5 = "this is no HTTP request but a SOCKS5 greeting: this is no proxy; remove its address from the client's proxy settings";
const PROXY =
  'this is no HTTP request but a header of the PROXY protocol: switch it off in the load balancer or proxy that connects to this port';
const SSH = 'this is no HTTP request but the start of SSH: check the port that the client connects to';
const UNKNOWN = 'this is no HTTP request: Invalid method encountered; a URL needs percent-encoding for all but ASCII';

test.each<[title: string, pieces: readonly string[], message: string]>([
  ['TLS', [TLS_HELLO], TLS],
  ['TLS, its first byte alone', ['\x16', TLS_HELLO.slice(1)], TLS],
  ['version 1 of the PROXY protocol', ['PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n'], PROXY],
  ['version 1 of the PROXY protocol, of a check', ['PROXY UNKNOWN\r\n'], PROXY],
  ['version 2 of the PROXY protocol', ['\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\x01\x0a\0\0\x02\0\x01\0\x02'], PROXY],
  ['SSH', ['SSH-2.0-OpenSSH_9.2\r\n'], SSH],
  ['nothing that is known', ['\x01\x02\x03'], UNKNOWN],
])('%s', async (_, pieces, message) => {
  await listening(async (url) => {
    const body = `mock-mor: ${message}\n`;
    expect(await exchange(url, ...pieces)).toBe(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${String(body.length)}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(entries).toEqual([refusedLine(400, message)]);
  });
});

test.each<[title: string, bytes: string, reply: string, message: string]>([
  ['SOCKS4', '\x04\x01\x01\xbb\x7f\0\0\x01\0', '\0\x5b\0\0\0\0\0\0', SOCKS4],
  ['SOCKS4a', '\x04\x01\x01\xbb\0\0\0\x01\0mor.example.com\0', '\0\x5b\0\0\0\0\0\0', SOCKS4],
  ['SOCKS5', '\x05\x01\0', '\x05\xff', SOCKS5],
  ['SOCKS5 with a password', '\x05\x02\0\x02', '\x05\xff', SOCKS5],
])('%s is refused in its own words', async (_, bytes, reply, message) => {
  await listening(async (url) => {
    expect(await exchange(url, bytes)).toBe(reply);
    expect(entries).toEqual([refusedLine(400, message)]);
  });
});

test.each<[title: string, pieces: readonly string[]]>([
  ['in one piece', [HTTP2_PREFACE]],
  ['in two', [HTTP2_PREFACE.slice(0, 18), HTTP2_PREFACE.slice(18)]],
])('HTTP/2, %s, is refused in its own words, which have ours', async (_, pieces) => {
  await listening(async (url) => {
    const line = `mock-mor: ${HTTP2}\n`;
    const length = String.fromCharCode(8 + line.length);
    expect(await exchange(url, ...pieces)).toBe(`\0\0\0\x04\0\0\0\0\0\0\0${length}\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0d${line}`);
    expect(entries).toEqual([refusedLine(400, HTTP2)]);
  });
});

test('a client of HTTP/2 is shown why', async () => {
  await listening(async (url) => {
    const client = connectHttp2(url);
    const failed = new Promise<Error>((resolve) => client.on('error', resolve));
    const goaway = new Promise((resolve) =>
      client.on('goaway', (code: number, _id: number, debug?: Buffer) => resolve([code, debug?.toString()])),
    );
    client.request().on('error', () => undefined);
    expect(await goaway).toEqual([constants.NGHTTP2_HTTP_1_1_REQUIRED, `mock-mor: ${HTTP2}\n`]);
    expect(await failed).toMatchObject({ code: 'ERR_HTTP2_SESSION_ERROR' });
    client.destroy();
  });
});

test.each([
  ['\x05\x01\0', UNKNOWN],
  [HTTP2_PREFACE, 'this is no HTTP request: Pause on PRI/Upgrade; a URL needs percent-encoding for all but ASCII'],
])('what looks like another protocol behind a request is answered in HTTP: %j', async (start, message) => {
  await listening(async (url) => {
    const bytes = await exchange(url, 'GET / HTTP/1.1\r\n\r\n', start);
    expect(bytes).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*HTTP\/1\.1 400 Bad Request\r\n/);
    expect(entries).toEqual([refusedLine(400, message)]);
  });
});

test.each([['GET / HTTP/1.1'], ['POST /billing/api/did_create'], ['\r\n\r\nGET /'], ['PROPFIND /'], ['PRI'], [' '], ['']])(
  'an HTTP client that begins with %j is not taken for another',
  (start) => {
    expect(recognizeProtocol(Buffer.from(start))).toBeUndefined();
  },
);

describe('a TCP probe is one line of the lowest level', () => {
  const PROBED: LogEntry = { level: 'info', message: 'a connection from 127.0.0.1 ended without a byte, as that of a TCP probe does' };

  test.each(['end', 'destroy', 'resetAndDestroy'] as const)('that goes by %s', async (go) => {
    await listening(async (url) => {
      const client = await connected(url);
      client.socket[go]();
      await client.ended;
      while (entries.length === 0) await new Promise(setImmediate);
      expect(entries).toEqual([PROBED]);
    });
  });

  test('but not a connection that waits when the server stops', async () => {
    await listening(async (url, mor) => {
      const client = await connected(url);
      await mor.close();
      await client.ended;
      expect(entries).toEqual([]);
    });
  });

  test('and one that waits too long is refused, by a line of the same level', async () => {
    await listening(
      async (url) => {
        expect(await exchange(url)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
        expect(entries).toEqual([
          { level: 'info', message: 'a connection from 127.0.0.1 was refused (408): the request did not come whole in time' },
        ]);
      },
      { headersTimeoutMs: 100 },
    );
  });
});

describe('what is refused before it comes to a world is one warning', () => {
  test.each<[title: string, sent: string, status: number, message: string]>([
    [
      'CONNECT',
      'CONNECT mor.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n',
      405,
      'it asked for a tunnel to mor.example.com:443: CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY',
    ],
    [
      'CONNECT to an address of IPv6',
      'CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: x\r\n\r\n',
      405,
      'it asked for a tunnel to [2001:db8::1]:443: CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY',
    ],
    [
      'an expectation',
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nConnection: close\r\n\r\n',
      417,
      'of all expectations only "Expect: 100-continue" is met',
    ],
    [
      'a head that is too large',
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      'the request line and headers have more than 65536 bytes; send long texts in the body, or allow more with --max-header-bytes',
    ],
  ])('%s', async (_, sent, status, message) => {
    await listening(async (url) => {
      await exchange(url, sent);
      expect(entries).toEqual([refusedLine(status, message)]);
    });
  });

  test.each(['GET / HTTP/1.1\r\nHost: x', 'PRI * HTTP/2.0\r\n\r\n'])('a head that is cut off: %j', async (sent) => {
    await listening(async (url) => {
      const client = await connected(url);
      client.socket.end(sent);
      expect((await client.ended).bytes).toMatch(
        /^HTTP\/1\.1 400 [^]*\r\n\r\nmock-mor: the connection ended in the middle of the request\n$/,
      );
      expect(entries).toEqual([refusedLine(400, 'the connection ended in the middle of the request')]);
    });
  });

  test('without what a CONNECT names, if it is no host with a port', async () => {
    await listening(async (url) => {
      await exchange(url, 'CONNECT admin:secret@mor.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
      await exchange(url, 'CONNECT secret HTTP/1.1\r\nHost: x\r\n\r\n');
      expect(entries).toHaveLength(2);
      expect(JSON.stringify(entries)).not.toContain('secret');
    });
  });
});

test('nothing of it is logged where no log is given', async () => {
  const spy = jest.spyOn(console, 'error');
  const mor = await createMockMor();
  const url = await mor.listen();
  await exchange(url, TLS_HELLO);
  const probe = await connected(url);
  probe.socket.end();
  await probe.ended;
  await mor.close();
  expect(spy.mock.calls).toEqual([]);
  spy.mockRestore();
});
