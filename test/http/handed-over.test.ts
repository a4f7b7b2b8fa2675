/** Connections that Node hands over to us for good: their requests are answered in turn, and they hold up no stop. */
import { Server } from 'node:http';
import { createMockMor, type LogEntry, type MockMor } from '../../src/index.ts';
import { connected, overOneConnection } from '../support/raw-socket.ts';

const CALL = 'POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nu=nobody';
const CONNECT = 'CONNECT mor.example.com:443 HTTP/1.1\r\nHost: mor.example.com:443\r\n\r\n';

async function listening<T>(use: (url: string, mor: MockMor, entries: readonly LogEntry[]) => Promise<T>): Promise<T> {
  const entries: LogEntry[] = [];
  const mor = await createMockMor({ log: (entry) => entries.push(entry) });
  try {
    return await use(await mor.listen(), mor, entries);
  } finally {
    await mor.close();
  }
}

test('a CONNECT names the methods that are allowed', async () => {
  await listening(async (url) => {
    expect(await overOneConnection(url, CONNECT)).toEqual([
      {
        statusLine: 'HTTP/1.1 405 Method Not Allowed',
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'content-length': '113',
          allow: 'GET, POST',
          connection: 'close',
        },
        body: 'mock-mor: CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY\n',
      },
    ]);
  });
});

test('a CONNECT behind a call that waits is answered behind it', async () => {
  await listening(async (url, mor) => {
    mor.addFault({ delay_ms: 50 });
    const answers = await overOneConnection(url, CALL + CONNECT);
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 405 Method Not Allowed']);
  });
});

test('a CONNECT behind an answer that drips is answered behind all of it', async () => {
  await listening(async (url, mor) => {
    mor.addFault({ connection: 'drip', drip_ms: 1 });
    const answers = await overOneConnection(url, CALL + CONNECT);
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 405 Method Not Allowed']);
  });
});

test('an expectation that nobody meets is refused behind a call that waits', async () => {
  await listening(async (url, mor) => {
    mor.addFault({ delay_ms: 50 });
    const refused = 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
    const answers = await overOneConnection(url, CALL + refused);
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 417 Expectation Failed']);
  });
});

test('a CONNECT behind an answer that hangs holds up no stop', async () => {
  await listening(async (url, mor) => {
    mor.addFault({ connection: 'hang' });
    const client = await connected(url);
    client.socket.write(CALL + CONNECT);
    await mor.waitForRequests({ state: 'pending', outcome: 'fault 1: connection hang' });
    await mor.close();
    expect(await client.ended).toEqual({ bytes: '', end: 'end' });
  });
});

test.each(['end', 'resetAndDestroy'] as const)('a client behind a CONNECT that waits is missed when it goes by %s', async (go) => {
  await listening(async (url, mor) => {
    mor.addFault({ connection: 'hang' });
    const client = await connected(url);
    client.socket.write(CALL + CONNECT);
    await mor.waitForRequests({ state: 'pending', outcome: 'fault 1: connection hang' });
    client.socket[go]();
    expect((await mor.waitForRequests({ state: 'aborted' })).complete).toBe(true);
  });
});

test('a client that goes on sending into its tunnel is answered, and let go', async () => {
  await listening(async (url) => {
    const client = await connected(url);
    client.socket.write(CONNECT);
    const chatter = setInterval(() => client.socket.write('\x16\x03\x01'), 5);
    const { bytes } = await client.ended;
    clearInterval(chatter);
    expect(bytes).toMatch(/^HTTP\/1\.1 405 [^]*HTTPS_PROXY\n$/);
  });
});

test('a connection that cannot be accepted is logged, a second of them in one line, and ends nothing', async () => {
  const listen = jest.spyOn(Server.prototype, 'listen');
  await listening(async (url, _, entries) => {
    const server = listen.mock.contexts[0] as Server;
    for (let i = 0; i < 3; i++) server.emit('error', new Error('accept EMFILE'));
    expect(entries).toEqual([{ level: 'error', message: 'a connection could not be accepted: accept EMFILE' }]);
    expect((await fetch(url)).status).toBe(200);
  });
  listen.mockRestore();
});
