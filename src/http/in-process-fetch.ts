/** `fetch` without a port: requests go to the handler over connections in memory, so each answer and each fault is as over TCP. */
import { Readable } from 'node:stream';
import type { RequestListener, Server } from 'node:http';
import { invalidOption } from '../problems.ts';
import { InProcessSocket } from './in-process-socket.ts';

/** Takes what the global `fetch` takes; a path alone is fine, too. */
export type Fetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** What relative paths start from. */
const BASE_URL = 'http://127.0.0.1';

/** Headers of a connection, which this one sets itself. */
const CONNECTION_HEADERS = ['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** Statuses of answers that have no body, by the rules of `Response`. */
const STATUSES_WITHOUT_BODY = [204, 205, 304];

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends requests over connections in memory, each to the handler that is given. */
export class InProcessServer {
  readonly #handlers = new WeakMap<object, RequestListener>();
  readonly #sockets = new Set<InProcessSocket>();
  readonly #makeServer: (handler: RequestListener) => Server;
  #server: Server | undefined;

  /** `makeServer` makes a server that does not listen, with this handler. */
  constructor(makeServer: (handler: RequestListener) => Server) {
    this.#makeServer = makeServer;
  }

  /** A `fetch` whose requests this handler answers. */
  createFetch(handler: RequestListener): Fetch {
    return async (input, init) => {
      const request = toRequest(input, init);
      const { method, signal } = request;
      signal.throwIfAborted();
      const head = formatHead(request);
      const body = Buffer.from(await request.arrayBuffer());
      signal.throwIfAborted();
      const socket = this.#connect(handler);
      const abort = (): void => {
        socket.destroy(toError(signal.reason));
      };
      signal.addEventListener('abort', abort, { once: true });
      socket.once('close', () => signal.removeEventListener('abort', abort));
      // HTTP/1.0, so that no answer comes in chunks.
      socket.write(`${head}Content-Length: ${String(body.length)}\r\n\r\n`, 'latin1');
      if (body.length > 0) socket.write(body);
      try {
        return await readResponse(socket, method);
      } catch (error) {
        socket.destroy();
        throw signal.aborted ? signal.reason : new TypeError('fetch failed', { cause: error });
      }
    };
  }

  /** Ends every connection. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #connect(handler: RequestListener): InProcessSocket {
    const [client, served] = InProcessSocket.createPair();
    this.#handlers.set(served, handler);
    this.#sockets.add(served);
    served.once('close', () => this.#sockets.delete(served));
    // The error is what the reader of the answer gets.
    client.on('error', () => undefined);
    this.#server ??= this.#makeServer((request, response) => this.#handlers.get(request.socket)?.(request, response));
    this.#server.emit('connection', served);
    return client;
  }
}

/** A request of the environment's own `fetch`, or one that is made by it. */
function toRequest(input: Request | string | URL, init: RequestInit | undefined): Request {
  if (init === undefined && typeof input === 'object' && 'arrayBuffer' in input) return input;
  const { Request } = getFetchClasses();
  return new Request(typeof input === 'string' && input.startsWith('/') ? `${BASE_URL}${input}` : input, init);
}

/** The classes of the global `fetch`: they may be missing where a test has another environment than Node's. */
function getFetchClasses(): Pick<typeof globalThis, 'Request' | 'Response'> {
  const { Request, Response } = globalThis as Partial<Pick<typeof globalThis, 'Request' | 'Response'>>;
  if (Request === undefined || Response === undefined)
    throw invalidOption(
      'mor.fetch needs the globals Request and Response, which this environment lacks (jsdom does): use the environment "node", or mor.handler',
    );
  return { Request, Response };
}

/** The request line and the headers. */
function formatHead({ method, url, headers }: Request): string {
  const [, host = '', target = ''] = /^[a-z]+:\/\/([^/?#]*)([^#]*)/i.exec(url) ?? [];
  const own = headers.has('host') ? [] : [['Host', host.replace(/^.*@/, '')] as const];
  const sent = [...headers].filter(([name]) => !CONNECTION_HEADERS.includes(name.toLowerCase()));
  const lines = [...own, ...sent].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target.startsWith('/') ? target : `/${target}`} HTTP/1.0\r\n${lines.join('')}`;
}

async function readResponse(socket: InProcessSocket, method: string): Promise<Response> {
  const { Response } = getFetchClasses();
  const pieces = socket[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let read = Buffer.alloc(0);
  while (!read.includes(HEAD_END)) {
    const { done, value } = (await pieces.next()) as IteratorResult<Buffer, undefined>;
    if (done === true) throw Object.assign(new Error('the connection ended without an answer'), { code: 'ECONNRESET' });
    read = Buffer.concat([read, value]);
  }
  const headLength = read.indexOf(HEAD_END);
  const [statusLine = '', ...lines] = read.toString('latin1', 0, headLength).split('\r\n');
  const [, status = '', statusText = ''] = /^HTTP\/1\.1 (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const hasBody = method !== 'HEAD' && !STATUSES_WITHOUT_BODY.includes(Number(status));
  const init = { status: Number(status), statusText, headers };
  if (!hasBody) {
    socket.destroy();
    return new Response(null, init);
  }
  const body = Readable.from(readBody(pieces, read.subarray(headLength + HEAD_END.length), headers), { objectMode: false });
  // A client that cancels its body, read or not, has gone.
  body.once('close', () => socket.destroy());
  return new Response(Readable.toWeb(body) as ReadableStream, init);
}

/** The body, as it comes; an error if it ends before its length. */
async function* readBody(
  pieces: AsyncIterableIterator<Buffer>,
  first: Buffer,
  headers: readonly (readonly [string, string])[],
): AsyncGenerator<Buffer> {
  const wanted = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  let length = first.length;
  if (length > 0) yield first;
  for await (const piece of pieces) {
    length += piece.length;
    yield piece;
  }
  if (length < wanted) throw new Error(`the answer ended after ${String(length)} of ${String(wanted)} bytes`);
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
