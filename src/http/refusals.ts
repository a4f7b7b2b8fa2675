/** What Node refuses before the app sees a request, told in our words. */
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { startTimer } from './real-timers.ts';
import type { UnderWay } from './under-way.ts';

/** How long a client that was refused may take to read why and to leave, in milliseconds. */
const LINGER_MS = 1000;

/** Says in our words what Node would refuse without any. */
export function speakPlainly(server: Server, answers: UnderWay, maxHeaderBytes: number): void {
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: ClientError, socket) => {
    // Whatever comes after the first error is one more.
    if (refused.has(socket)) return;
    refused.add(socket);
    const { status, message } = refusalOf(error, maxHeaderBytes);
    inTurn(socket, answers.newestOf(socket), () => {
      refuse(socket, status, message);
    });
  });
  server.on('connect', (_request, socket: Duplex) => {
    refuse(socket, 405, 'CONNECT is for proxies, which this is not');
  });
  server.on('checkExpectation', (_request, response) => {
    const body = 'mock-mor: of all expectations only "Expect: 100-continue" is met\n';
    response.writeHead(417, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length });
    response.end(body);
  });
}

interface ClientError extends Error {
  readonly code?: string;
  /** The parser's own words. */
  readonly reason?: string;
}

function refusalOf(error: ClientError, maxHeaderBytes: number): { readonly status: number; readonly message: string } {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        message: `the request line and headers have more than ${String(maxHeaderBytes)} bytes; send long texts in the body, or allow more with --max-header-bytes`,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'the request did not come whole in time' };
    default:
      return {
        status: 400,
        message: `this is no HTTP request: ${error.reason ?? error.message}; a URL needs percent-encoding for all but ASCII`,
      };
  }
}

/**
 * Runs once the answers to earlier requests of the connection are out: a client that pipelines takes what comes first for
 * the answer to what it sent first. Where the fault lies in the body of the newest request, ours is the answer to it.
 */
function inTurn(socket: Duplex, newest: ServerResponse | undefined, run: () => void): void {
  if (newest === undefined) run();
  else if (newest.req.complete) newest.once('close', run);
  else if (newest.headersSent) newest.once('close', () => socket.destroy());
  else if (newest.socket === null) newest.once('socket', () => inPlaceOf(newest, run));
  else inPlaceOf(newest, run);
}

/** Takes the place of an answer: what the app still says goes nowhere, and ends as that to a client who is gone. */
function inPlaceOf(answer: ServerResponse, run: () => void): void {
  if (answer.socket !== null) answer.detachSocket(answer.socket);
  run();
}

function refuse(socket: Duplex, status: number, message: string): void {
  const body = `mock-mor: ${message}\n`;
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  startTimer(() => socket.destroy(), LINGER_MS).unref();
}
