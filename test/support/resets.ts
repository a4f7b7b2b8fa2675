/** Clients that reset their connection (RST), once for each way in which Node hands a socket or a stream over. */
import { connect, type Socket } from 'node:net';
import type { FaultInput } from '../../src/world/fault-rule.ts';

/** When a client resets: as soon as its bytes are sent, at the first byte of the answer, or when it has all of it. */
export const MOMENTS = ['before', 'while', 'after'] as const;

export type Moment = (typeof MOMENTS)[number];

/** What a client sends, and how the end of the answer looks. */
export interface ResettingClient {
  readonly title: string;
  readonly bytes: string;
  /** Undefined if no answer comes before the client has sent more. */
  readonly answer: RegExp | undefined;
  /** How often it comes at each moment. Default: 50. */
  readonly times?: number;
}

const POST = 'POST /billing/api/did_create HTTP/1.1\r\nHost: localhost\r\n';
const CALL = `${POST}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nu=nobody`;
const XML_END = /<\/page>\n$/;
const OWN_LINE_END = /mock-mor: .*\n$/;

const callOf = (name: string): string => `POST /billing/api/${name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;
const DRIPPING = callOf('dripping');

/** What a mock must be made to do before the clients come. */
export const FAULTS: readonly FaultInput[] = [
  { match: { call: 'dripping' }, times: 'always', connection: 'drip', drip_ms: 1 },
  { match: { call: 'long' }, times: 'always', http: { status: 200, body: 'x'.repeat(900_000) } },
];

/** The events of a server that hand a socket or a message over, and the plain request that is neither. */
export const RESETTING_CLIENTS: readonly ResettingClient[] = [
  { title: 'connect', bytes: 'CONNECT mor.example.com:443 HTTP/1.1\r\nHost: mor.example.com:443\r\n\r\n', answer: OWN_LINE_END },
  {
    title: 'connect, with the first bytes of the tunnel',
    bytes: `CONNECT mor.example.com:443 HTTP/1.1\r\nHost: mor.example.com:443\r\n\r\n\x16\x03\x01${'x'.repeat(500)}`,
    answer: OWN_LINE_END,
  },
  {
    title: 'connect, behind a call',
    bytes: `${CALL}CONNECT mor.example.com:443 HTTP/1.1\r\nHost: mor.example.com:443\r\n\r\n`,
    answer: OWN_LINE_END,
  },
  {
    title: 'connect, behind an answer that drips',
    bytes: `${DRIPPING}CONNECT mor.example.com:443 HTTP/1.1\r\nHost: mor.example.com:443\r\n\r\n`,
    answer: OWN_LINE_END,
  },
  {
    title: 'upgrade to a web socket',
    bytes:
      'GET /billing/api/did_create?u=nobody HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    answer: XML_END,
  },
  {
    title: 'upgrade to HTTP/2',
    bytes: `${POST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nContent-Length: 0\r\n\r\n`,
    answer: XML_END,
  },
  { title: 'clientError, no HTTP', bytes: 'GARBAGE\r\n\r\n', answer: OWN_LINE_END },
  { title: 'clientError, a TLS hello', bytes: `\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03${'r'.repeat(500)}`, answer: OWN_LINE_END },
  { title: 'clientError, the preface of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', answer: OWN_LINE_END },
  { title: 'clientError, a head that is too large', bytes: `${POST}X: ${'x'.repeat(70_000)}\r\n\r\n`, answer: OWN_LINE_END },
  { title: 'clientError, a broken chunk', bytes: `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, answer: OWN_LINE_END },
  { title: 'clientError, behind an answer that drips', bytes: `${DRIPPING}GARBAGE\r\n\r\n`, answer: OWN_LINE_END },
  {
    title: 'clientError, a broken chunk behind an answer that drips',
    bytes: `${DRIPPING}${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    answer: OWN_LINE_END,
  },
  {
    title: 'checkContinue',
    bytes: `${POST}Expect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nu=nobody`,
    answer: XML_END,
  },
  { title: 'checkContinue, without the body', bytes: `${POST}Expect: 100-continue\r\nContent-Length: 100\r\n\r\n`, answer: undefined },
  { title: 'checkExpectation', bytes: `${POST}Expect: 200-ok\r\nContent-Length: 0\r\n\r\n`, answer: OWN_LINE_END },
  { title: 'checkExpectation, with half a body', bytes: `${POST}Expect: 200-ok\r\nContent-Length: 100\r\n\r\nu=`, answer: OWN_LINE_END },
  { title: 'request', bytes: CALL, answer: XML_END },
  { title: 'request, one behind the other', bytes: CALL.repeat(5), answer: XML_END },
  { title: 'request, half a head', bytes: POST, answer: undefined },
  { title: 'request, half a body', bytes: `${POST}Content-Length: 100\r\n\r\nu=`, answer: undefined },
  { title: 'request, half a chunk', bytes: `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\nu=`, answer: undefined },
  { title: 'request, whose answer drips', bytes: DRIPPING, answer: XML_END },
  {
    title: 'request, with long answers that nobody reads',
    // Together more than the system keeps for a client, which takes a while to make.
    // Together more than the system keeps for a client.
    bytes: callOf('long').repeat(8),
    answer: undefined,
    times: 5,
  },
  { title: 'connection, without a byte', bytes: '', answer: undefined },
];

const TIMES = 50;

/** How long a client waits for its moment, in milliseconds: long after any answer, and short enough for one that never comes. */
const WAIT_MS = 5000;

/** Has a client come many times at once and reset at its moment; settles when all connections are gone. */
export async function resetConnections(url: string, client: ResettingClient, moment: Moment): Promise<void> {
  await Promise.all(Array.from({ length: client.times ?? TIMES }, () => resetConnection(url, client, moment)));
}

function resetConnection(url: string, { bytes, answer }: ResettingClient, moment: Moment): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  return new Promise((resolve) => {
    let received = '';
    const reset = (): void => void socket.resetAndDestroy();
    const deadline = setTimeout(reset, WAIT_MS);
    // The server may be quicker, and may have ended or reset the connection by itself.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(deadline);
      resolve();
    });
    socket.on('connect', () => {
      socket.write(Buffer.from(bytes, 'latin1'), () => {
        // What is never answered is reset at once, at each moment.
        if (moment === 'before' || answer === undefined) reset();
      });
    });
    socket.setEncoding('latin1').on('data', (part: string) => {
      received += part;
      if (moment === 'while' || (answer?.test(received) ?? false)) reset();
    });
  });
}
