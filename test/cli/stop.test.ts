import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serve, type Program } from './program.ts';

const LIMIT_MS = 3000;

/** A connection on which some bytes were sent. */
async function connection(
  url: string,
  bytes: string,
): Promise<{ readonly socket: Socket; received(pattern: RegExp): Promise<void>; text(): string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(socket, 'connect');
  socket.write(bytes);
  return {
    socket,
    text: () => text,
    received: async (pattern) => {
      while (!pattern.test(text)) await once(socket, 'data');
    },
  };
}

const HEAD = 'POST /billing/api/did_create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n';

const CONNECTIONS = {
  idle: 'GET /__admin/health HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'half a head': 'POST /billing/api/did_create HTTP/1.1\r\nHost: loc',
  'half a body': `${HEAD}Content-Length: 100\r\n\r\nu=admin&`,
  'no byte': '',
  'a wait': 'GET /__admin/requests?wait=60s HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'many requests at once': `${HEAD}Content-Length: 0\r\n\r\n`.repeat(50),
  'no HTTP': 'GARBAGE\r\n\r\n',
};

async function stopped(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  const before = performance.now();
  program.kill(signal);
  const { status } = await program.exit();
  expect(performance.now() - before).toBeLessThan(LIMIT_MS);
  return status;
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0', async (signal) => {
  const program = serve();
  await program.url();
  expect(await stopped(program, signal)).toBe(0);
});

test.each(Object.entries(CONNECTIONS))('gone in time with a connection: %s', async (name, bytes) => {
  const program = serve();
  const client = await connection(await program.url(), bytes);
  if (name === 'idle') await client.received(/"status":"ok"/);
  expect(await stopped(program, 'SIGTERM')).toBe(0);
  client.socket.destroy();
});

test('gone in time with an answer that hangs, and with one that nobody reads', async () => {
  const program = serve();
  const url = await program.url();
  const add = (rule: object) =>
    fetch(`${url}/__admin/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rule) });
  await add({ connection: 'hang' });
  const hung = await connection(url, `${HEAD}Content-Length: 0\r\n\r\n`);
  await fetch(`${url}/__admin/requests?wait=5s&state=pending`);
  await add({ http: { status: 200, body: 'x'.repeat(900_000) } });
  const deaf = await connection(url, '');
  deaf.socket.pause();
  deaf.socket.write(`${HEAD}Content-Length: 0\r\n\r\n`);
  await fetch(`${url}/__admin/requests?wait=5s&since=1&state=completed`);
  expect(await stopped(program, 'SIGTERM')).toBe(0);
  for (const { socket } of [hung, deaf]) socket.destroy();
});

test('a signal before it is ready ends it with 0', async () => {
  // Says so from inside, at the first moment at which a signal is heard.
  const early = serve([], {
    node: [
      '--import',
      'data:text/javascript,process.on("newListener",(name)=>{if(name==="SIGINT")setImmediate(()=>process.kill(process.pid,"SIGTERM"))})',
    ],
  });
  const { status } = await early.exit();
  expect(status).toBe(0);
});

test('gone in time with a hundred connections of every kind', async () => {
  const program = serve();
  const url = await program.url();
  const kinds = Object.values(CONNECTIONS);
  const clients = await Promise.all(Array.from({ length: 100 }, (_, i) => connection(url, kinds[i % kinds.length] ?? '')));
  expect(await stopped(program, 'SIGTERM')).toBe(0);
  for (const { socket } of clients) socket.destroy();
});

test('a request whose body comes while it stops is answered', async () => {
  const program = serve();
  const body = 'u=nobody&did=1';
  // The interim answer says that the head has been read: the request is in flight.
  const client = await connection(await program.url(), `${HEAD}Expect: 100-continue\r\nContent-Length: ${String(body.length)}\r\n\r\n`);
  await client.received(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  const end = stopped(program, 'SIGTERM');
  client.socket.write(body.slice(0, 4));
  client.socket.write(body.slice(4));
  await client.received(/<\/page>/);
  expect(client.text()).toContain('<error>Access Denied</error>');
  expect(await end).toBe(0);
});

test('a second signal ends it at once, with 1', async () => {
  const program = serve();
  const client = await connection(await program.url(), `${HEAD}Expect: 100-continue\r\nContent-Length: 100\r\n\r\n`);
  await client.received(/100 Continue/);
  const before = performance.now();
  const again = setInterval(() => program.kill('SIGINT'), 50);
  const { status } = await program.exit().finally(() => clearInterval(again));
  expect(status).toBe(1);
  expect(performance.now() - before).toBeLessThan(1500);
  client.socket.destroy();
});
