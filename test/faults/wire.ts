import { connect, type Socket } from 'node:net';
import type { MockMor } from '../../src/index.ts';
import { DEFAULT_PATH } from '../../src/contract/exchange.ts';
import { signed } from '../../src/contract/signed.ts';

/** What came over a connection, and how it ended: `end`, or the system's word for an error. */
export interface Heard {
  readonly bytes: string;
  readonly end: string;
}

/** A connection to a mock that listens. */
export interface Line {
  readonly socket: Socket;
  readonly heard: Promise<Heard>;
}

/** The bytes of a good request for a number. */
export function requestFor(did: string, connection: 'close' | 'keep-alive' = 'keep-alive', path = DEFAULT_PATH): string {
  const query = new URLSearchParams(signed({ u: 'admin', provider_id: '1', did })).toString();
  return `POST ${path}?${query} HTTP/1.1\r\nHost: localhost\r\nConnection: ${connection}\r\nContent-Length: 0\r\n\r\n`;
}

/** Sends these bytes as they stand; the client never ends the connection by itself. */
export function dial(mor: MockMor, bytes: string): Line {
  const { hostname, port } = new URL(mor.url!);
  const socket = connect({ host: hostname, port: Number(port) });
  const heard = new Promise<Heard>((resolve) => {
    const chunks: Buffer[] = [];
    const settle = (end: string): void => resolve({ bytes: Buffer.concat(chunks).toString('latin1'), end });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.on('close', () => settle('end'));
  });
  socket.write(bytes);
  return { socket, heard };
}

/** Sends a request for a number and hears how the connection ends. */
export function hear(mor: MockMor, did: string): Promise<Heard> {
  return dial(mor, requestFor(did, 'close')).heard;
}

/** An answer without the header that differs from one second to the next. */
export function undated(bytes: string): string {
  return bytes.replace(/Date: [^\r]*\r\n/, '');
}
