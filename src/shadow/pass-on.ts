/** One request passed on to the real server and its answer passed back, both byte for byte, while copies are kept for the judgement. */
import { request as requestOverHttp, type Agent, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestOverHttps } from 'node:https';
import { USUAL_LIMITS } from '../http/server.ts';
import { Copy } from './copy.ts';
import { endToEnd } from './headers.ts';
import { answerInOurWords } from './own-answers.ts';
import type { ShadowTarget } from './target.ts';

/** How requests are passed on. */
export interface Passage {
  readonly target: ShadowTarget;
  readonly agent: Agent;
  /** How long the target may take for an answer once it has the request, in milliseconds. */
  readonly targetTimeoutMs: number;
  /** The largest body that a copy is kept of, in bytes. */
  readonly mostBytes: number;
}

/** What the real server answered. */
export interface PassedAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly disposition: string | undefined;
  readonly encoding: string | undefined;
  /** As it came, packed or not; undefined where it was too large to keep. */
  readonly body: Buffer | undefined;
}

/** How it went. `lost`: nobody knows what the real server made of the request, if it came there. */
export type Passed = ({ readonly kind: 'answered'; readonly answer: PassedAnswer } | { readonly kind: 'lost'; readonly why: string }) & {
  /** Whether the request had come to its end by then; else its body never settles. */
  readonly requestIsWhole: boolean;
};

/** A request on its way. */
export interface Passing {
  /** Settles once the body of the request is there: undefined where it was too large to keep. Never settles for one that is cut off. */
  readonly body: Promise<Buffer | undefined>;
  /** Settles when the answer is there, or none will come. Never rejects. */
  readonly end: Promise<Passed>;
}

/** Passes a request on. `path` is what is asked for, query included. It is sent once, whatever happens. */
export function passOn(request: IncomingMessage, response: ServerResponse, path: string, passage: Passage): Passing {
  const { agent, target, targetTimeoutMs, mostBytes } = passage;
  const sent = new Copy(mostBytes);
  let requestIsWhole = false;
  const call = (target.isSecure ? requestOverHttps : requestOverHttp)({
    agent,
    host: target.hostname,
    port: target.port,
    method: request.method,
    path,
    setHost: false,
    maxHeaderSize: USUAL_LIMITS.maxHeaderBytes,
  });
  // Before all else: a call that fails without a listener ends the process, also one that was given up below.
  call.on('error', () => undefined);
  try {
    setHeaders(call, request, target);
    // The body comes once the target has agreed to it, so the headers must not wait for it.
    if (request.headers.expect !== undefined) call.flushHeaders();
  } catch (error) {
    call.destroy();
    throw error;
  }
  const body = new Promise<Buffer | undefined>((resolve) => {
    request.on('data', (chunk: Buffer) => sent.add(chunk));
    request.on('end', () => {
      requestIsWhole = true;
      resolve(sent.bytes);
    });
  });
  const end = new Promise<Passed>((resolve) => {
    let isSettled = false;
    let isAnswered = false;
    const settle = (passed: Passed): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      resolve(passed);
    };
    /** The client gets a plain answer of the shadow or, with half an answer out, the end of the connection. */
    const lose = (status: number, why: string): void => {
      if (isSettled) return;
      settle({ kind: 'lost', why, requestIsWhole });
      call.destroy();
      if (response.headersSent) response.destroy();
      else if (!response.destroyed) answerInOurWords(response, status, why);
    };
    const timer = setTimeout(() => lose(504, `the target did not answer within ${String(targetTimeoutMs)} ms`), targetTimeoutMs);
    request.on('end', () => {
      if (!isSettled) timer.refresh();
    });
    call.on('continue', () => {
      if (request.headers.expect !== undefined && !response.headersSent) response.writeContinue();
    });
    call.on('response', (answer) => {
      isAnswered = true;
      passBack(answer, response, new Copy(mostBytes), {
        onEnd: (passed) => settle({ kind: 'answered', answer: passed, requestIsWhole }),
        onLost: (why) => lose(502, why),
      });
    });
    call.on('error', (error) => lose(502, `the target cannot be reached: ${reasonOf(error)}`));
    call.on('close', () => {
      // The client may send on; nobody takes it any more.
      request.unpipe(call);
      request.resume();
      // For instance to change the protocol, which nobody asked for. An answer that is there may still be on its way to a slow client.
      if (!isAnswered) lose(502, 'the target ended the connection without an answer');
    });
    response.on('close', () => {
      if (!response.writableFinished) lose(NOBODY_IS_TOLD, 'the connection to the client ended');
    });
    request.pipe(call);
  });
  return { body, end };
}

/** The status for a client that is gone. */
const NOBODY_IS_TOLD = 499;

function setHeaders(call: ClientRequest, request: IncomingMessage, { host }: ShadowTarget): void {
  const headers = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of endToEnd(request.rawHeaders)) {
    const known = headers.get(name.toLowerCase());
    if (known === undefined) headers.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  headers.set('host', { name: 'Host', values: [host] });
  for (const { name, values } of headers.values()) call.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  if (request.headers['transfer-encoding'] !== undefined) call.setHeader('Transfer-Encoding', 'chunked');
  else if (request.headers['content-length'] === undefined) {
    // There is no body, and Node would announce one of no bytes.
    call.removeHeader('Content-Length');
    call.removeHeader('Transfer-Encoding');
  }
}

interface Listening {
  readonly onEnd: (answer: PassedAnswer) => void;
  readonly onLost: (why: string) => void;
}

function passBack(answer: IncomingMessage, response: ServerResponse, copy: Copy, { onEnd, onLost }: Listening): void {
  const { statusCode: status = 0, statusMessage, headers, rawHeaders } = answer;
  // A date that the target did not send is not ours to add.
  response.sendDate = false;
  answer.on('error', (error) => onLost(`the target's answer broke off: ${reasonOf(error)}`));
  try {
    response.writeHead(status, statusMessage, endToEnd(rawHeaders).flat());
  } catch (error) {
    // A status that is none, for instance.
    onLost(`the target's answer cannot be passed on: ${reasonOf(error)}`);
    return;
  }
  answer.on('data', (chunk: Buffer) => copy.add(chunk));
  answer.on('end', () => {
    const { 'content-type': type, 'content-disposition': disposition, 'content-encoding': encoding } = headers;
    onEnd({ status, type, disposition, encoding, body: copy.bytes });
  });
  answer.pipe(response);
  response.flushHeaders();
}

function reasonOf(error: unknown): string {
  const { code, message } = error as Error & { readonly code?: string };
  return code ?? message;
}
