import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

/** How long a stop waits for answers that are under way, in milliseconds. Also what a client that stopped halfway is given. */
const STOP_GRACE_MS = 1000;

const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** An app that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no more connections, lets answers under way out, then ends every connection. */
  readonly close: () => Promise<void>;
}

/** Listens on an address. Port 0 takes any free one. @throws the system's error, such as `EADDRINUSE` */
export function listen(app: Express, host: string, port: number): Promise<Listener> {
  const server = createServer(
    { ...classesOf(app), keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    app,
  );
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
    if (underWay > 0) await settledWithin(STOP_GRACE_MS, (done) => (onIdle = done));
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
function classesOf(app: Express): { IncomingMessage: typeof IncomingMessage; ServerResponse: typeof ServerResponse } {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as unknown as Express['request'];
  app.response = AppResponse.prototype as unknown as Express['response'];
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse };
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

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}
