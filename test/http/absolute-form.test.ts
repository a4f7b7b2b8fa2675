/** Requests in absolute form, as a client sends them to what it takes for its proxy. */
import { hostInUrl, logHostsOnce } from '../../src/http/absolute-form.ts';
import { createMockMor, type LogEntry, type MockMor } from '../../src/index.ts';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { overOneConnection, type WireAnswer } from '../support/raw-socket.ts';

const entries: LogEntry[] = [];
let mor: MockMor;
let url: string;

beforeAll(async () => {
  mor = await createMockMor({ allowedHosts: ['mor.test'], log: (entry) => entries.push(entry) });
  url = await mor.listen();
});

beforeEach(() => {
  entries.length = 0;
});

afterAll(() => mor.close());

async function ask(target: string, method = 'GET'): Promise<WireAnswer | undefined> {
  const host = hostInUrl(target) ?? 'localhost';
  const [answer] = await overOneConnection(url, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return answer;
}

const NO_PROXY =
  'mock-mor: this is no proxy, and passes nothing on to api.example.com:8443; check the proxy settings of the client, such as HTTP_PROXY\n';

test.each([
  ['/', '/'],
  ['/v1/charges?key=secret', '/v1/charges…'],
  ['', '/'],
])('for another server: 421 that says so, and a warning: http://…%s', async (path, logged) => {
  expect(await ask(`http://user:pass@api.example.com:8443${path}`)).toMatchObject({
    statusLine: 'HTTP/1.1 421 Misdirected Request',
    body: NO_PROXY,
  });
  expect(entries).toEqual([{ level: 'warn', message: `GET ${logged} reached no world (421): This server is no proxy` }]);
});

test.each(['localhost', '127.0.0.1:8080', '[::1]:80', 'mor.test', 'MOR.test:81'])(
  'for a host of its own, %s, is as good as the path',
  async (host) => {
    expect(await ask(`http://${host}/`)).toMatchObject({
      statusLine: 'HTTP/1.1 200 OK',
      body: expect.stringMatching(/^mock-mor: version /),
    });
    expect(await ask(`http://${host}/elsewhere`)).toMatchObject({
      statusLine: 'HTTP/1.1 404 Not Found',
      body: "mock-mor: nothing is at /elsewhere; MOR's calls are under /billing/api, ours under /__admin\n",
    });
  },
);

test('a call for another server is answered here, and that is logged once for each host', async () => {
  for (const host of ['mor.example.com', 'mor.example.com', 'mor.example.org:8080', 'localhost'])
    expect(await ask(`http://${host}/billing/api/did_create?u=nobody`, 'POST')).toMatchObject({
      statusLine: 'HTTP/1.1 200 OK',
      body: errorXml('Access Denied'),
    });
  const messages = entries.map(({ message }) => message).filter((message) => !message.includes('did_create'));
  expect(messages).toEqual([
    'calls to mor.example.com come as to a proxy: they are answered here, and nothing is passed on',
    'calls to mor.example.org:8080 come as to a proxy: they are answered here, and nothing is passed on',
  ]);
});

test('no more than a hundred hosts are logged', () => {
  const logHost = logHostsOnce((entry) => entries.push(entry), 'x');
  for (let i = 0; i < 110; i++) logHost(`host${String(i)}.example`);
  expect(entries).toHaveLength(100);
});

test.each([
  ['http://mor.example.com/x', 'mor.example.com'],
  ['HTTPS://mor.example.com:8443?x', 'mor.example.com:8443'],
  ['http://user:p@ss@mor.example.com#x', 'mor.example.com'],
  ['ftp://[::1]:21/', '[::1]:21'],
  [`http://${'x'.repeat(300)}/`, 'x'.repeat(200)],
  ['http:///x', undefined],
  ['/http://x', undefined],
  ['*', undefined],
])('the host in %s', (target, host) => {
  expect(hostInUrl(target)).toBe(host);
});
