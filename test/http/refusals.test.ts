/** What Node refuses before the app sees it gets a plain answer, over a raw socket. */
import { connect } from 'node:net';
import { createMockMor, type MockMor } from '../../src/index.ts';

let mor: MockMor;
let port: number;

beforeAll(async () => {
  mor = await createMockMor();
  port = Number(new URL(await mor.listen()).port);
});

afterAll(() => mor.close());

/** Sends bytes and gives all that comes back until the server ends the connection. */
function exchange(sent: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => (received += String(data)));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(received);
    });
    socket.write(Buffer.from(sent, 'latin1'));
  });
}

const POST = 'POST /billing/api/did_create?u=nobody HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';

it.each<[title: string, sent: string, status: number, message: RegExp]>([
  [
    'a raw byte that is no ASCII in the query',
    'GET /billing/api/did_create?comment=\xc5\xbe HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    /^mock-mor: this is no HTTP request: .+; a URL needs percent-encoding for all but ASCII\n$/,
  ],
  ['no HTTP at all', 'hello\r\n\r\n', 400, /^mock-mor: this is no HTTP request: .+\n$/],
  ['a broken chunk', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, /^mock-mor: this is no HTTP request: .+\n$/],
  [
    'two lengths',
    `${POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    /^mock-mor: this is no HTTP request: .+\n$/,
  ],
  [
    'a URL of 70,000 bytes',
    `GET /billing/api/did_create?comment=${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    431,
    /^mock-mor: the request line and headers have more than 65536 bytes; send long texts in the body, or allow more with --max-header-bytes\n$/,
  ],
  [
    'CONNECT',
    'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n',
    405,
    /^mock-mor: CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY\n$/,
  ],
  [
    'an expectation that nobody meets',
    `${POST}Expect: 200-ok\r\n\r\n`,
    417,
    /^mock-mor: of all expectations only "Expect: 100-continue" is met\n$/,
  ],
])('%s', async (_, sent, status, message) => {
  const [head = '', body = ''] = (await exchange(sent)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} .*\r\n`));
  expect(head).toContain('Content-Type: text/plain; charset=utf-8');
  // A chunked answer, where Node frames it, holds the line between its sizes.
  expect(body.replace(/^[0-9a-f]+\r\n|\r\n0?$/g, '')).toMatch(message);
});

it('a body that says it is over the limit is refused before it comes', async () => {
  const answer = await exchange(`${POST.replace('Connection: close\r\n', '')}Content-Length: 2000000\r\n\r\nu`);
  expect(answer).toMatch(
    /^HTTP\/1.1 413 [\s\S]*Connection: close\r\n[\s\S]*mock-mor: the body has more than 1048576 bytes; allow more with --max-body-bytes\n$/,
  );
});

it.each([
  ['no Host', 'POST /billing/api/did_create?u=nobody HTTP/1.1\r\nConnection: close\r\n\r\n', 'Access Denied'],
  [
    'a query of 60,000 bytes',
    `POST /billing/api/did_create?u=nobody&comment=${'x'.repeat(60_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    'Access Denied',
  ],
  [
    'the whole address of an admin path',
    'GET http://localhost/__admin/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    '"status":"ok"',
  ],
])('served all the same: %s', async (_, sent, found) => {
  expect(await exchange(sent)).toMatch(new RegExp(`^HTTP/1.1 200 OK[\\s\\S]*${found}`));
});
