/** Long answers: whole for a client that reads, and no further than that for one that does not, or leaves. */
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamAnswer } from '../../src/http/stream-answer.ts';

const PIECE = 'x'.repeat(1000);
const HEADERS = { 'Content-Type': 'text/xml; charset=utf-8' };

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** How far a list was read. */
interface Reading {
  pieces: number;
  hasEnded: boolean;
}

function* countPieces(count: number, reading: Reading): Generator<string> {
  try {
    for (let i = 0; i < count; i++) {
      reading.pieces += 1;
      yield PIECE;
    }
  } finally {
    reading.hasEnded = true;
  }
}

/** Serves one answer; resolves with the answer to a request, and the outcome of sending it. */
async function request(rest: Iterable<string>): Promise<{ readonly res: IncomingMessage; readonly sent: Promise<string> }> {
  let report: (outcome: string) => void;
  const sent = new Promise<string>((resolve) => (report = resolve));
  server = createServer((_req, res) => {
    streamAnswer(res, 200, HEADERS, '<page>', rest).then(
      () => report('sent'),
      (error: unknown) => report(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const req = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  req.on('error', () => undefined);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  res.on('error', () => undefined);
  return { res, sent };
}

test('a client that reads gets everything', async () => {
  const reading = { pieces: 0, hasEnded: false };
  const { res, sent } = await request(countPieces(1000, reading));
  let body = '';
  for await (const chunk of res.setEncoding('utf8')) body += chunk as string;
  expect(body).toBe(`<page>${PIECE.repeat(1000)}`);
  expect([res.statusCode, res.headers['content-type'], res.headers['transfer-encoding']]).toEqual([
    200,
    HEADERS['Content-Type'],
    'chunked',
  ]);
  expect(await sent).toBe('sent');
});

test('letters outside of ASCII come through, wherever a chunk ends', async () => {
  const { res } = await request(Array<string>(50_000).fill('žą€𝄞'));
  let body = '';
  for await (const chunk of res.setEncoding('utf8')) body += chunk as string;
  expect(body === `<page>${'žą€𝄞'.repeat(50_000)}`).toBe(true);
});

test('a client that leaves ends the reading of the list', async () => {
  const reading = { pieces: 0, hasEnded: false };
  const { res, sent } = await request(countPieces(1_000_000, reading));
  res.destroy();
  expect(await sent).toBe('sent');
  expect(reading.hasEnded).toBe(true);
  expect(reading.pieces).toBeLessThan(100_000);
});

test('what breaks in the list is reported, and the answer is cut off', async () => {
  const { res, sent } = await request(
    (function* () {
      yield PIECE.repeat(100);
      throw new Error('broken on purpose');
    })(),
  );
  res.resume();
  await new Promise((resolve) => res.once('close', resolve));
  expect(res.complete).toBe(false);
  expect(await sent).toBe('Error: broken on purpose');
});
