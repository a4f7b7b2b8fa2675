import { createServer, IncomingMessage, ServerResponse, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';

/** How long a stop waits for answers that are under way, in milliseconds. Also what a client that stopped halfway is given. */
const STOP_GRACE_MS = 1000;

const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** Room for calls that send everything in the query. */
export const MAX_HEADER_BYTES = 65_536;

/** What a server makes its requests and responses of. */
export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/** An app that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no more connections, lets answers under way out, then ends every connection. */
  readonly close: () => Promise<void>;
}

/** How a server behaves where it is not as usual. */
export interface Behaviour {
  /** How long a stop waits for answers that are under way, in milliseconds. Default: 1000. */
  readonly graceMs?: number | undefined;
  /** Leaves it to the handler to tell a client that asks first (`Expect: 100-continue`) to go on. Default: it is told at once. */
  readonly leavesContinue?: boolean | undefined;
}

/** Listens on an address. Port 0 takes any free one. @throws the system's error, such as `EADDRINUSE` */
export function listen(
  handler: RequestListener,
  classes: MessageClasses,
  host: string,
  port: number,
  { graceMs = STOP_GRACE_MS, leavesContinue = false }: Behaviour = {},
): Promise<Listener> {
  const server = createServer(
    {
      ...classes,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // A request without Host is answered like any other: Node's own refusal would say nothing.
      requireHostHeader: false,
    },
    handler,
  );
  speakPlainly(server);
  if (leavesContinue) server.on('checkContinue', (request, response) => server.emit('request', request, response));
  let underWay = 0;
  let onIdle: (() => void) | undefined;
  server.prependListener('request', (_request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      if (underWay === 0) onIdle?.();
    });
  });
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    if (underWay > 0) await settledWithin(graceMs, (done) => (onIdle = done));
    server.closeAllConnections();
    await closed;
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve({ url: urlOf(server), close });
    });
  });
}

/**
 * Express sets the prototypes of each request and response to its own, which makes every later access to them slow. Made with
 * these classes they have those prototypes from the start, and Express changes nothing.
 */
export function messageClassesOf(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as unknown as Express['request'];
  app.response = AppResponse.prototype as unknown as Express['response'];
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse };
}

/** Says in our words what Node would refuse without any. */
function speakPlainly(server: Server): void {
  server.on('clientError', (error: Error & { readonly code?: string; readonly reason?: string }, socket) => {
    switch (error.code) {
      case 'HPE_HEADER_OVERFLOW':
        refuse(socket, 431, `the request line and headers have more than ${String(MAX_HEADER_BYTES)} bytes; send long texts in the body`);
        break;
      case 'ERR_HTTP_REQUEST_TIMEOUT':
        refuse(socket, 408, 'the request did not come whole in time');
        break;
      default:
        refuse(socket, 400, `this is no HTTP request: ${error.reason ?? error.message}; a URL needs percent-encoding for all but ASCII`);
    }
  });
  server.on('connect', (_request, socket: Duplex) => {
    refuse(socket, 405, 'CONNECT is for proxies, which this is not');
  });
  server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('mock-mor: of all expectations only "Expect: 100-continue" is met\n');
  });
}

function refuse(socket: Duplex, status: number, message: string): void {
  const body = `mock-mor: ${message}\n`;
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}

/** Waits until `start` says it is done, or the time is over. */
function settledWithin(ms: number, start: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    start(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Where the server is reached. Bound to every address it is reached by the loopback one. */
function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0') return `http://127.0.0.1:${String(port)}`;
  if (address === '::') return `http://[::1]:${String(port)}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}
