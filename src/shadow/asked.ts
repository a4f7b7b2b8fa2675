/** A request as the mock reads it: the parameters that take part, or why there are none. */
import { FORM, parseBodyType } from '../http/content-type.ts';
import { hasOddSeparators, listSeparators } from '../http/form.ts';
import { readParams } from '../http/read-params.ts';
import { utf8Of } from '../http/text.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import { resolveCallName } from '../mor/calls/index.ts';
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
  /** Whether a parameter names the call, and not the path. */
  readonly isByAction: boolean;
  /** Of a JSON body the names of values that stand there as numbers or booleans. */
  readonly unquoted: ReadonlySet<string>;
  /** What stands out about how the parameters were sent, a sentence each. */
  readonly notes: readonly string[];
  /** Whether the body is of a type that carries no parameters, and was not read. */
  readonly ignoresBody: boolean;
  /** What is in front of each of `received`, if they are separated as only some servers read it: by `;`, or with blanks behind. */
  readonly separators: readonly string[] | undefined;
  /** Why the mock refuses it before any call is reached; undefined where it does not. */
  readonly refusal: ProblemCode | undefined;
}

/** Reads a request as the mock would, within the limit of its bodies. */
export async function readAsked(sent: SentRequest, mostBytes: number): Promise<Asked> {
  const { method, path, call, query, contentType, headerSecrets } = sent;
  const about = { method, path, call, contentType, headerSecrets };
  const nothing = {
    received: [],
    params: new Map(),
    isByAction: false,
    unquoted: new Set<string>(),
    notes: [],
    ignoresBody: false,
    separators: undefined,
  };
  const refusal = METHODS.includes(method as Method) ? undefined : 'METHOD_NOT_ALLOWED';
  const body = unpackedBody(sent, mostBytes);
  if (typeof body === 'string') return { ...about, ...nothing, refusal: refusal ?? PROBLEM_OF[body] };
  try {
    const { sent: asSent, params, notes } = await readParams({ query, body, contentType, most: OPTIONS.maxParameters.default });
    const received = asSent.list();
    const { type } = parseBodyType(contentType);
    return {
      ...about,
      call: resolveCallName(call, params),
      isByAction: call === '',
      received,
      params,
      unquoted: unquotedIn(body, received),
      notes,
      ignoresBody: body.length > 0 && type === undefined,
      separators: oddSeparators(received, query, type === FORM ? utf8Of(body) : ''),
      refusal,
    };
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

function oddSeparators(received: readonly ReceivedParam[], query: string, form: string): readonly string[] | undefined {
  if (!hasOddSeparators(query, 'query') && !hasOddSeparators(form, 'form')) return undefined;
  const ofQuery = listSeparators(query, 'query');
  const ofForm = listSeparators(form, 'form');
  // Parts and members have no separators that could be read differently.
  const ofBody = ofForm.length > 0 ? ofForm : received.slice(ofQuery.length).map(() => '');
  return [...ofBody, ...ofQuery];
}

function unquotedIn(body: Buffer, received: readonly ReceivedParam[]): ReadonlySet<string> {
  if (!received.some(({ from }) => from === 'json')) return new Set();
  const values = Object.entries(JSON.parse(utf8Of(body)) as Readonly<Record<string, unknown>>);
  return new Set(values.filter(([, value]) => typeof value === 'number' || typeof value === 'boolean').map(([name]) => name));
}
