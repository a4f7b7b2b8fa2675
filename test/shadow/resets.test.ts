/** Clients and targets that reset their connections end no shadow. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { start, type Program } from '../cli/program.ts';
import { FAULTS, MOMENTS, resetConnections, RESETTING_CLIENTS } from '../support/resets.ts';
import { afterwards, realMock, sendTo } from './shadowed.ts';

const CALL = { query: 'u=nobody' };

async function shadowOf(target: string): Promise<{ readonly program: Program; readonly url: string }> {
  const program = start(['shadow', '--target', target, '--port', '0', '--log', 'json']);
  return { program, url: (await program.said('stdout', /^mock-mor shadow ready on (http:\S+) \(/))[1] ?? '' };
}

/** Ends a shadow, which must have nothing to report but clients and targets that broke off. */
async function expectGoodEnd(program: Program): Promise<void> {
  program.kill('SIGTERM');
  const { status, stderr } = await program.exit();
  expect(status).toBe(0);
  expect(stderr.split('\n').filter((line) => line !== '' && !/^\{"level":"(?:info|warn)"/.test(line))).toEqual([]);
}

test('each kind of client, at each moment, fifty times', async () => {
  const mor = await realMock({ users: [{ id: 0, username: 'admin', type: 'admin' }] });
  for (const fault of FAULTS) mor.addFault(fault);
  const { program, url } = await shadowOf(mor.url);
  for (const client of RESETTING_CLIENTS) {
    for (const moment of MOMENTS) {
      await resetConnections(url, client, moment);
      expect([client.title, moment, await sendTo(url, CALL)]).toMatchObject([
        client.title,
        moment,
        { status: 200, body: errorXml('Access Denied') },
      ]);
    }
  }
  await expectGoodEnd(program);
}, 120_000);

/** A target that resets each connection at a moment of its first request. */
async function resettingTarget(atRequest: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => atRequest(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n';
const BODY = errorXml('Access Denied');

test.each<[moment: string, bytes: string, status: number | undefined]>([
  ['before its answer', '', 502],
  ['in the middle of the head of its answer', HEAD, 502],
  ['in the middle of its answer', `${HEAD}Content-Length: ${String(BODY.length)}\r\n\r\n<page>`, undefined],
  ['in the middle of a chunk of its answer', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n<pa`, undefined],
  ['after its answer', `${HEAD}Content-Length: ${String(BODY.length)}\r\n\r\n${BODY}`, 200],
])('a target that resets %s, fifty times', async (_, bytes, status) => {
  const target = await resettingTarget((socket) => {
    if (bytes === '') socket.resetAndDestroy();
    // A reset at once could overtake the bytes.
    else socket.write(bytes, () => setImmediate(() => socket.resetAndDestroy()));
  });
  const { program, url } = await shadowOf(target);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      sendTo(url, CALL).then(
        (answer) => answer.status,
        () => undefined,
      ),
    ),
  );
  // The system may throw away what it has received when a reset follows at once.
  for (const answer of answers) expect([status, 502, undefined]).toContain(answer);
  await expectGoodEnd(program);
});
