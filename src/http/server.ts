import { createServer, IncomingMessage, ServerResponse, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { SILENT } from '../log.ts';
import { watchConnections, type ConnectionLogs } from './connections.ts';
import { startInterval, startTimer, stopInterval, stopTimer } from './real-timers.ts';
import { speakPlainly } from './refusals.ts';
import { OPTIONS } from '../options.ts';
import { HANDSHAKE_TIMEOUT_MS, watchHandshakes, type TlsKeys } from './tls.ts';
import { watchAnswers, type UnderWay } from './under-way.ts';

/** How long a stop waits for pending answers, in milliseconds. A client that stopped halfway gets the same time. */
const STOP_GRACE_MS = 1000;

/** How often is looked for clients that are late, in milliseconds. Node's own half a minute would double every time-out. */
const MAX_CHECK_MS = 1000;
const MIN_CHECK_MS = 20;

/** Limits for incoming connections and requests. Times are in milliseconds; 0 is no limit. */
export interface ServerLimits {
  /** Request line and headers together. */
  readonly maxHeaderBytes: number;
  /** Until the headers have come. Never more than the whole request has. */
  readonly headersTimeoutMs: number;
  /** Until the whole request has come. */
  readonly requestTimeoutMs: number;
  /** Between two requests, and while a client does not read its answer. */
  readonly keepAliveTimeoutMs: number;
}

/** The limits where nothing else is said. */
export const USUAL_LIMITS: ServerLimits = {
  maxHeaderBytes: OPTIONS.maxHeaderBytes.default,
  headersTimeoutMs: OPTIONS.headersTimeoutMs.default,
  requestTimeoutMs: OPTIONS.requestTimeoutMs.default,
  keepAliveTimeoutMs: OPTIONS.keepAliveTimeoutMs.default,
};

/** What a server makes its requests and responses of. */
export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/** An app that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no more connections, sends pending answers, then ends every connection. */
  readonly close: () => Promise<void>;
}

/** How a server behaves where it is not as usual. */
export interface Behaviour extends Partial<ConnectionLogs> {
  /** How long a stop waits for pending answers, in milliseconds. Default: 1000. */
  readonly graceMs?: number | undefined;
  /** Serves HTTPS with these keys. Default: plain HTTP. */
  readonly tls?: TlsKeys | undefined;
  /** Leaves it to the handler to answer a client that asks first (`Expect: 100-continue`). Default: it gets the answer at once. */
  readonly leavesContinue?: boolean | undefined;
}

/** A server that does not listen, and its answers that are not out yet. */
interface PlainServer {
  readonly server: Server;
  readonly answers: UnderWay;
}

/** A server that refuses in plain words, and does not listen. */
export function createPlainServer(
  handler: RequestListener,
  classes: MessageClasses,
  limits: ServerLimits,
  logs: ConnectionLogs,
  tls?: TlsKeys,
): PlainServer {
  const server = serverWithin(limits, classes, tls);
  watchConnections(server, logs);
  const answers = watchAnswers(server);
  // One listener for all: each further one would cost every request.
  server.on('request', (request, response) => {
    answers.began(response);
    endAfterUpgrade(request, response);
    handler(request, response);
  });
  speakPlainly(server, answers, limits.maxHeaderBytes, logs);
  return { server, answers };
}

/** Listens on an address. Port 0 takes any free one. @throws the system's error, such as `EADDRINUSE` */
export function listen(
  handler: RequestListener,
  classes: MessageClasses,
  host: string,
  port: number,
  limits: ServerLimits,
  { graceMs = STOP_GRACE_MS, leavesContinue = false, tls, log = SILENT, requestLog = SILENT }: Behaviour = {},
): Promise<Listener> {
  const { server, answers } = createPlainServer(handler, classes, limits, { log, requestLog }, tls);
  const endHandshakes = tls === undefined ? () => undefined : watchHandshakes(server, requestLog);
  endUnread(server, answers, limits.keepAliveTimeoutMs);
  if (leavesContinue) server.on('checkContinue', (request, response) => server.emit('request', request, response));
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    await settledWithin(graceMs, answers.whenNone);
    // Not by Node, which has lost sight of those that it handed over.
    for (const socket of answers.connections) socket.destroy();
    endHandshakes();
    await closed;
    // Answers that were cut off close a moment later; the journal must show them as aborted after this.
    await settledWithin(graceMs, answers.whenNone);
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve({ url: urlOf(server, tls === undefined ? 'http' : 'https'), close });
    });
  });
}

/**
 * Express sets the prototypes of each request and response to its own, which makes every later access to them slow. Made with
 * these classes they have those prototypes from the start, and Express changes nothing.
 */
export function getMessageClasses(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as unknown as Express['request'];
  app.response = AppResponse.prototype as unknown as Express['response'];
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse };
}

function serverWithin(
  { maxHeaderBytes, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs }: ServerLimits,
  classes: MessageClasses,
  tls: TlsKeys | undefined,
): Server {
  const timeouts = [headersTimeoutMs, requestTimeoutMs].filter((ms) => ms > 0);
  const shortest = Math.min(...timeouts, Infinity);
  const options = {
    ...classes,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Node refuses a longer one than that of the request.
    headersTimeout: timeouts.length === 2 ? shortest : headersTimeoutMs,
    connectionsCheckingInterval: checkEvery(shortest),
    maxHeaderSize: maxHeaderBytes,
    // Whatever Node was started with: what two parsers read differently is no request.
    insecureHTTPParser: false,
    // A request without Host is answered like any other: Node's own refusal would say nothing.
    requireHostHeader: false,
  };
  const server =
    tls === undefined ? createServer(options) : createTlsServer({ ...options, ...tls, handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
  // Beyond a count Node drops headers without a word, such as the one that names a sandbox. Their bytes are limited anyway.
  server.maxHeadersCount = 0;
  return server;
}

/** Ends the connections of clients who leave an answer unread: Node has time-outs for what comes in only. To look now and then costs no request anything. */
function endUnread(server: Server, { connections }: UnderWay, ms: number): void {
  if (ms === 0) return;
  const timer = startInterval(() => {
    for (const socket of connections) {
      // Node takes this time-out back when the answer is out, and starts the one between two requests.
      if (socket.writableLength > 0 && !socket.timeout) socket.setTimeout(ms);
    }
  }, checkEvery(ms));
  timer.unref();
  server.on('close', () => {
    stopInterval(timer);
  });
}

/** How often to look for what may take so long. */
function checkEvery(ms: number): number {
  return Math.max(MIN_CHECK_MS, Math.min(MAX_CHECK_MS, Math.floor(ms / 4)));
}

/**
 * Ends a connection behind the answer to a request that asks for another protocol, as Java's client does of each (`Upgrade: h2c`). It is
 * answered like any other, but Node's parser stops behind it and loses what it has read of the next one, which would wait for ever.
 */
function endAfterUpgrade({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.upgrade !== undefined) response.setHeader('Connection', 'close');
}

/** Waits until `start` says it is done, or the time is over. */
function settledWithin(ms: number, start: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = startTimer(resolve, ms);
    start(() => {
      stopTimer(timer);
      resolve();
    });
  });
}

/** Where the server is reached. Bound to every address it is reached by the loopback one. */
function urlOf(server: Server, scheme: 'http' | 'https'): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0') return `${scheme}://127.0.0.1:${String(port)}`;
  if (address === '::') return `${scheme}://[::1]:${String(port)}`;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}
