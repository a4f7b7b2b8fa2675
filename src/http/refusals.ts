/** Answers what Node refuses before the app sees a request, in plain words. */
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../log.ts';
import { formatClient, type ConnectionLogs } from './connections.ts';
import { HTTP2, recognizeProtocol, type OtherProtocol } from './other-protocols.ts';
import { startTimer } from './real-timers.ts';
import { createStreamGuard } from './stream-errors.ts';
import type { UnderWay } from './under-way.ts';

/** How long a client that was refused may take to read why and to leave, in milliseconds. */
const LINGER_MS = 1000;

/** The parser's code for a request that ended before its time. */
const CUT_OFF = 'HPE_INVALID_EOF_STATE';

/** Says in our words what Node would refuse without any, and logs each refusal in one line. */
export function speakPlainly(server: Server, answers: UnderWay, maxHeaderBytes: number, { log, requestLog }: ConnectionLogs): void {
  const guardStreams = createStreamGuard(log);
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: ClientError, socket: Socket) => {
    // Whatever comes after the first error is one more.
    if (refused.has(socket)) return;
    refused.add(socket);
    // The connection itself is broken, as by a reset: nobody is left to answer, and the answers in flight end with it.
    if (socket.destroyed) return;
    const protocol = answers.hasBegun(socket) ? undefined : protocolIn(error, socket);
    const refusal = protocol === undefined ? refusalOf(error, maxHeaderBytes) : refusalOfProtocol(protocol);
    const newest = answers.newestOf(socket);
    // A client that went in the middle of a body has its line as that of a request that was aborted.
    if (error.code !== CUT_OFF || newest?.req.complete !== false) logRefusal(requestLog, socket, refusal);
    inTurn(socket, newest, () => {
      refuse(socket, refusal);
    });
  });
  server.on('connect', ({ url }: IncomingMessage, socket: Socket) => {
    const message = 'CONNECT is for proxies, which this is not; check the proxy settings of the client, such as HTTPS_PROXY';
    const refusal = { status: 405, message, allow: 'GET, POST' };
    logRefusal(requestLog, socket, { ...refusal, message: `it asked for a tunnel${tunnelTarget(url)}: ${message}` });
    takeOver(socket);
    inTurn(socket, answers.newestOf(socket), () => {
      refuse(socket, refusal);
    });
  });
  server.on('checkExpectation', (request, response) => {
    const message = 'of all expectations only "Expect: 100-continue" is met';
    const body = `mock-mor: ${message}\n`;
    answers.began(response);
    guardStreams(request, response);
    logRefusal(requestLog, request.socket, { status: 417, message });
    response.writeHead(417, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length });
    response.end(body);
  });
}

interface ClientError extends Error {
  readonly code?: string;
  /** The parser's own words. */
  readonly reason?: string;
  /** What the parser was given when it found the error. */
  readonly rawPacket?: Buffer;
}

interface Refusal {
  readonly status: number;
  readonly message: string;
  /** For the header `Allow`. */
  readonly allow?: string;
  /** Makes what is sent instead of an HTTP answer, to a client of another protocol. */
  readonly reply?: ((line: string) => Buffer) | undefined;
}

function refusalOf(error: ClientError, maxHeaderBytes: number): Refusal {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        message: `the request line and headers have more than ${String(maxHeaderBytes)} bytes; send long texts in the body, or allow more with --max-header-bytes`,
      };
    case CUT_OFF:
      return { status: 400, message: 'the connection ended in the middle of the request' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'the request did not come whole in time' };
    default:
      return {
        status: 400,
        message: `this is no HTTP request: ${error.reason ?? error.message}; a URL needs percent-encoding for all but ASCII`,
      };
  }
}

/** What a client speaks instead of HTTP, if nothing came before. */
function protocolIn({ code, rawPacket = Buffer.alloc(0) }: ClientError, socket: Socket): OtherProtocol | undefined {
  // Its preface may come in pieces, and the parser stops behind the last one.
  if (code === 'HPE_PAUSED_H2_UPGRADE') return HTTP2;
  return socket.bytesRead === rawPacket.length ? recognizeProtocol(rawPacket) : undefined;
}

function refusalOfProtocol({ name, advice, reply }: OtherProtocol): Refusal {
  return { status: 400, message: `this is no HTTP request but ${name}: ${advice}`, reply };
}

/** A client that sent nothing is no mistake of anybody's: browsers open connections in advance. */
function logRefusal(requestLog: Log, socket: Socket, { status, message }: Refusal): void {
  const level = socket.bytesRead === 0 ? 'info' : 'warn';
  requestLog({ level, message: `a connection from ${formatClient(socket)} was refused (${String(status)}): ${message}` });
}

/** Where a tunnel was to lead, if it is a host and a port: it may be anything else, such as a password. */
function tunnelTarget(target = ''): string {
  return /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\]):\d{1,5}$/i.test(target) ? ` to ${target}` : '';
}

/** Reads on where Node has stopped to read, for otherwise nobody would notice that the client has gone, and does what Node does then. */
function takeOver(socket: Socket): void {
  socket.on('end', () => socket.end());
  socket.on('timeout', () => socket.destroy());
  socket.resume();
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

function refuse(socket: Duplex, { status, message, allow, reply }: Refusal): void {
  const body = `mock-mor: ${message}\n`;
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    ...(allow === undefined ? [] : [`Allow: ${allow}`]),
    'Connection: close',
  ];
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(reply?.(body) ?? `${head.join('\r\n')}\r\n\r\n${body}`);
  startTimer(() => socket.destroy(), LINGER_MS).unref();
}
