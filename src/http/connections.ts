/** What a server does about its connections as such, whatever is sent over them. */
import { performance } from 'node:perf_hooks';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import { getConnectionEvent } from './tls.ts';

/** At most one line about connections that cannot be accepted in this time, in milliseconds: the system may refuse thousands a second. */
const ACCEPT_ERROR_LINE_MS = 1000;

/** Where a server reports what happens on its connections. */
export interface ConnectionLogs {
  /** Takes what goes wrong inside. */
  readonly log: Log;
  /** Takes what clients do, if requests are logged. */
  readonly requestLog: Log;
}

/**
 * Handles the errors of every connection for as long as it lasts. Node removes its own listener from a socket that it hands over,
 * such as that of a CONNECT, and a reset without a listener would end the process. A connection that ended without a byte is logged.
 */
export function watchConnections(server: Server, { log, requestLog }: ConnectionLogs): void {
  server.on(getConnectionEvent(server), (socket: Socket) => {
    socket.on('error', ignore);
    // Once the connection has ended, the system does not know the address any more.
    const client = formatClient(socket);
    socket.once('close', () => {
      if (socket.bytesRead > 0 || socket.bytesWritten > 0 || !server.listening) return;
      requestLog({ level: 'info', message: `a connection from ${client} ended without a byte, as that of a TCP probe does` });
    });
  });
  let lastLineAt = -Infinity;
  server.on('error', (error) => {
    // An error that keeps the server from listening rejects `listen`.
    if (!server.listening) return;
    const now = performance.now();
    if (now - lastLineAt < ACCEPT_ERROR_LINE_MS) return;
    lastLineAt = now;
    log({ level: 'error', message: `a connection could not be accepted: ${error.message}` });
  });
}

/** The address at the other end of a connection, as it is logged. */
export function formatClient({ remoteAddress }: Socket): string {
  return remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? 'an unknown address';
}

/** An error of a connection is followed by its end, which is what everybody waits for. */
function ignore(): void {
  return undefined;
}
