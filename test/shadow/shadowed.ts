/** A shadow in front of something, for one test. Whatever a test started is gone after it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockMor, type FixturesInput, type MockMor } from '../../src/index.ts';
import { formatTarget, type Answer, type RawRequest } from '../../src/contract/exchange.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import type { ShadowEntry } from '../../src/shadow/report.ts';
import { Shadow, type ShadowOptions } from '../../src/shadow/shadow.ts';
import { targetIn } from '../../src/shadow/target.ts';

const endings: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Has something done after the test, the last one first. */
export function afterwards(end: () => Promise<unknown> | undefined): void {
  endings.push(end);
}

/** A folder of the test's own. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-mor-shadow-'));
  afterwards(() => {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  });
  return folder;
}

export type ListeningMock = MockMor & { readonly url: string };

/** A mock that plays the real server. */
export async function realMock(fixtures: FixturesInput): Promise<ListeningMock> {
  const mor = await listeningMock(fixtures);
  afterwards(() => mor.close());
  return mor;
}

/** The same, for a test that closes it by itself. */
export async function listeningMock(fixtures: FixturesInput): Promise<ListeningMock> {
  const mor = await createMockMor({ fixtures, requestIds: false });
  await mor.listen();
  return mor as ListeningMock;
}

/** A server that does what a test says, in place of a real one. */
export async function realServer(handler: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, server };
}

/** A running shadow, and all that it reported. */
export interface Shadowed {
  readonly url: string;
  readonly shadow: Shadow;
  readonly entries: readonly ShadowEntry[];
  /** What was reported of the requests that were judged or not, once all are. */
  readonly verdicts: () => Promise<readonly ShadowEntry[]>;
}

export async function shadowed(target: string, fixtures: FixturesInput, options: Partial<ShadowOptions> = {}): Promise<Shadowed> {
  const entries: ShadowEntry[] = [];
  const shadow = new Shadow({
    target: targetIn(target),
    records: fixturesFromObject(fixtures),
    targetTimeoutMs: 10_000,
    maxBodyBytes: 1_048_576,
    log: (entry) => entries.push(entry),
    ...options,
  });
  afterwards(() => shadow.close());
  const url = await shadow.listen('127.0.0.1', 0);
  const verdicts = async (): Promise<readonly ShadowEntry[]> => {
    await shadow.settled();
    return entries.filter(({ verdict }) => verdict !== undefined);
  };
  return { url, shadow, entries, verdicts };
}

/** Sends a request to a server, byte for byte. */
export async function sendTo(url: string, request: RawRequest): Promise<Answer> {
  const { method = 'POST', body, type } = request;
  const { hostname, port } = new URL(url);
  const own = { ...(type === undefined ? {} : { 'Content-Type': type }), 'Content-Length': Buffer.byteLength(body ?? '') };
  const headers = { ...own, ...request.headers };
  const call = httpRequest({ agent: false, hostname, port, method, path: formatTarget(request), headers });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 0,
    type: answer.headers['content-type'],
    disposition: answer.headers['content-disposition'],
    encoding: answer.headers['content-encoding'],
    location: answer.headers.location,
    body: (await readBytes(answer)).toString('utf8'),
  };
}

/** The bytes of a body. */
export async function readBytes(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers as MOR does. */
export function answerXml(response: ServerResponse, xml: string): void {
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': Buffer.byteLength(xml) });
  response.end(xml);
}
