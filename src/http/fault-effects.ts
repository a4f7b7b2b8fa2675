/** Carries out the effect of a fault rule on an answer. Which rule fires is decided in `world/faults.ts`. */
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MorErrorName } from '../mor/errors.ts';
import type { Settings } from '../mor/model.ts';
import { DEFAULT_DRIP_MS, errorMeant, type FaultRule } from '../world/fault-rule.ts';

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** All of the text, or its beginning. */
  readonly body: string;
  /** What follows the beginning; absent if that is all. */
  readonly rest?: Iterable<string> | undefined;
}

/** Whether the call is carried out under a rule. It is not where the answer is lost or another before the call: such a request never reached MOR. */
export function isCarriedOut({ phase, delay_ms, connection, content_type }: FaultRule): boolean {
  const answerComesThrough = delay_ms !== undefined || connection === 'drip' || content_type !== undefined;
  return phase === 'after' || answerComesThrough;
}

/** MOR's error that a rule forces, and the settings to write it by; undefined where it forces none. */
export function forcedError(
  { error }: FaultRule,
  settings: Settings,
): { readonly error: MorErrorName; readonly settings: Settings } | undefined {
  if (error === undefined) return undefined;
  const { name, isLegacy } = errorMeant(error);
  return { error: name, settings: isLegacy ? { ...settings, dialect: 'legacy' } : settings };
}

/** What takes the place of an answer under a rule; the answer itself where nothing does. */
export function answerUnder({ http, content_type }: FaultRule, answer: Answer): Answer {
  if (http !== undefined) {
    const { status, body = proxyPage(status), headers = {} } = http;
    return { status, headers: merged({ Server: 'nginx', 'Content-Type': 'text/html' }, headers), body };
  }
  return content_type === undefined ? answer : { ...answer, headers: merged(answer.headers, { 'Content-Type': content_type }) };
}

/** The phrases of nginx where they are not the usual ones. */
const NGINX_PHRASES: Readonly<Record<number, string>> = {
  302: 'Found',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The page nginx makes itself, byte for byte. */
function proxyPage(status: number): string {
  const title = `${String(status)} ${NGINX_PHRASES[status] ?? STATUS_CODES[status] ?? ''}`.trimEnd();
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** Headers with others laid over them, whatever the case of their names. */
function merged(headers: Answer['headers'], over: Answer['headers']): Answer['headers'] {
  const names = new Set(Object.keys(over).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))), ...over };
}

/** Waits. Resolves to whether the client is still there. */
export function pause(ms: number, res: ServerResponse): Promise<boolean> {
  // One whose turn never came is destroyed without having been closed.
  const isGone = (): boolean => res.closed || res.destroyed;
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      res.off('close', settle);
      resolve(!isGone());
    };
    // The global one, which a test may fake.
    const timer = setTimeout(settle, ms);
    // What is in flight keeps the process alive by its connection, not by a timer. Under jsdom a timer is a number, without unref.
    if (typeof timer === 'object') timer.unref();
    res.on('close', settle);
    if (isGone()) settle();
  });
}

/** Brings an answer to the client as a rule of the connection has it; `send` sends one as ever. */
export async function deliver(
  rule: FaultRule,
  answer: Answer,
  res: ServerResponse,
  send: (answer: Answer) => void | Promise<void>,
): Promise<void> {
  switch (rule.connection) {
    case undefined:
    case 'drip':
      if (rule.phase === 'after' && rule.delay_ms !== undefined && !(await pause(rule.delay_ms, res))) return;
      if (rule.connection === 'drip') await drip(answer, rule.drip_ms ?? DEFAULT_DRIP_MS, res);
      else await send(answer);
      return;
    case 'hang':
      // The connection ends with the client, or with the server.
      return;
    case 'reset':
      inTurn(res, resetConnection);
      return;
    case 'empty':
      inTurn(res, (socket) => {
        socket.destroySoon();
      });
      return;
    case 'truncated':
      truncate(answer, res);
  }
}

/** Runs once the answers to earlier requests of the same connection are out. */
function inTurn(res: ServerResponse, run: (socket: Socket) => void): void {
  if (res.socket === null) res.once('socket', run);
  else run(res.socket);
}

/** RST where there is TCP of our own; over TLS or a pipe there is none to send, and the connection just ends. */
function resetConnection(socket: Socket): void {
  if (socket.remoteAddress === undefined || 'encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Half the body under the length of the whole, then the end of the connection. */
function truncate({ status, headers, body, rest = [] }: Answer, res: ServerResponse): void {
  const bytes = Buffer.from([body, ...rest].join(''));
  inTurn(res, (socket) => {
    res.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    res.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    socket.destroySoon();
  });
}

/** The head at once, then the body byte by byte. */
async function drip({ status, headers, body, rest = [] }: Answer, dripMs: number, res: ServerResponse): Promise<void> {
  const bytes = Buffer.from([body, ...rest].join(''));
  res.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  res.flushHeaders();
  for (let at = 0; at < bytes.length; at++) {
    if (!(await pause(dripMs, res))) return;
    res.write(bytes.subarray(at, at + 1));
  }
  res.end();
}
