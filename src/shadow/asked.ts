/** A request as the mock reads it: the parameters that take part, or why there are none. */
import { readParams } from '../http/read-params.ts';
import { utf8Of } from '../http/text.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import type { Params } from '../mor/params.ts';
import { OPTIONS } from '../options.ts';
import { MockMorError, type ProblemCode } from '../problems.ts';
import type { ReceivedParam } from '../world/journal.ts';
import { unpacked, type Unreadable } from './unpack.ts';

/** What was sent, its body in full. */
export interface SentRequest {
  readonly method: string;
  /** The path as it was sent. */
  readonly path: string;
  readonly query: string;
  readonly call: string;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  /** Undefined where there is no body at all. */
  readonly contentEncoding: string | undefined;
  /** What its headers hold as passwords, tokens and the like. */
  readonly headerSecrets: readonly string[];
}

/** What is asked. */
export interface Asked extends Pick<SentRequest, 'method' | 'path' | 'call' | 'contentType' | 'headerSecrets'> {
  /** In the order of sending, the body's before the query's. Empty where they could not be read. */
  readonly received: readonly ReceivedParam[];
  readonly params: Params;
  /** Of a JSON body the names of values that stand there as numbers or booleans. */
  readonly unquoted: ReadonlySet<string>;
  /** Why the mock refuses it before any call is reached; undefined where it does not. */
  readonly refusal: ProblemCode | undefined;
}

/** Reads a request as the mock would, within the limit of its bodies. */
export async function readAsked(sent: SentRequest, mostBytes: number): Promise<Asked> {
  const { method, path, call, query, contentType, headerSecrets } = sent;
  const about = { method, path, call, contentType, headerSecrets };
  const nothing = { received: [], params: new Map(), unquoted: new Set<string>() };
  const refusal = METHODS.includes(method as Method) ? undefined : 'METHOD_NOT_ALLOWED';
  const body = unpackedBody(sent, mostBytes);
  if (typeof body === 'string') return { ...about, ...nothing, refusal: refusal ?? PROBLEM_OF[body] };
  try {
    const { sent: asSent, params } = await readParams({ query, body, contentType, most: OPTIONS.maxParameters.default });
    const received = asSent.list();
    return { ...about, received, params, unquoted: unquotedIn(body, received), refusal };
  } catch (error) {
    if (!(error instanceof MockMorError)) throw error;
    return { ...about, ...nothing, refusal: refusal ?? error.code };
  }
}

/** The mock reads bodies that are packed once. */
function unpackedBody({ body, contentEncoding = '' }: SentRequest, mostBytes: number): Buffer | Unreadable {
  return /^\s*(?:gzip|deflate|br|identity)?\s*$/i.test(contentEncoding) ? unpacked(body, contentEncoding, mostBytes) : 'unknown';
}

const PROBLEM_OF = {
  unknown: 'BODY_UNSUPPORTED',
  broken: 'BODY_INVALID',
  'too large': 'BODY_TOO_LARGE',
} as const satisfies Record<Unreadable, ProblemCode>;

function unquotedIn(body: Buffer, received: readonly ReceivedParam[]): ReadonlySet<string> {
  if (!received.some(({ from }) => from === 'json')) return new Set();
  const values = Object.entries(JSON.parse(utf8Of(body)) as Readonly<Record<string, unknown>>);
  return new Set(values.filter(([, value]) => typeof value === 'number' || typeof value === 'boolean').map(([name]) => name));
}
