/** A journal entry as a tester sees it: what came, what of it counted, and what it came to. */
import { findCall } from '../mor/calls/index.ts';
import type { User } from '../mor/model.ts';
import { NOT_TEXT } from '../mor/params.ts';
import {
  isSecretName,
  MASKED_KEY,
  redactCall,
  redactName,
  redactPath,
  redactQuotes,
  redactText,
  type KnownSecrets,
} from '../mor/redact.ts';
import type { Trace } from '../explain/trace.ts';
import { findMeantParam } from '../explain/meant-name.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import { describeIgnored, findIgnored, findWinners, getScalarName, isNoText, knownNames, type Winner } from './ignored-params.ts';
import { headerViews } from './request-headers.ts';
import { requestSecrets } from './request-secrets.ts';
import { readTraceId } from './trace-context.ts';

/** One parameter of a request, as it was received. */
export interface RequestParamView {
  /** `***` for what is no plain name, such as JSON that was sent as a form: it may hold anything. */
  readonly name: string;
  /** Keys, the hash and what the call does not know are masked; null for a file or another value that is not a string. */
  readonly value: string | null;
  readonly from: 'query' | 'form' | 'multipart' | 'json';
  /** On a value that is a list, a map or a file: it is there and invalid. */
  readonly is_text?: false;
  /** Why it took no part; absent where it did. */
  readonly ignored?: string;
}

/** A request to MOR's paths, as the journal has it. */
export interface RequestView {
  /** Counted from 1 in the order of arrival. */
  readonly id: number;
  /** As in the answer's header `X-Mock-Mor-Request-Id`. */
  readonly request_id: string;
  /** When it arrived, ISO 8601. */
  readonly at: string;
  readonly state: 'pending' | 'completed' | 'aborted';
  readonly method: string;
  /** Without the query. What no path of MOR's has is cut off and shown as `…`, for it may be parameters. */
  readonly path: string;
  /** Cut off in the same way. */
  readonly call: string;
  /** The name as sent, if it is an old one. */
  readonly call_as_sent?: string;
  /**
   * By their names in lower case, repeated ones joined by a comma. Masked are those that hold keys, tokens, cookies or passwords by their names, and
   * every key, hash and password in the others.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** How many headers were not kept: beyond the first 100, or beyond 16384 characters together. Absent where all were. */
  readonly headers_dropped?: number;
  readonly params: readonly RequestParamView[];
  /** What stands out about how they were sent, such as JSON under the type of a form; a sentence each. Absent if nothing does. */
  readonly notes?: readonly string[];
  /** The id of the client's trace, from the header `traceparent` (W3C Trace Context). Absent if there is none. */
  readonly trace_id?: string;
  /** Null where the caller is unknown. */
  readonly caller: Pick<User, 'id' | 'username' | 'type'> | null;
  /** MOR's text (the current one), or our own words where the request never reached a call; null while pending. */
  readonly outcome: string | null;
  /** The fault that was fired at it. */
  readonly fault: string | null;
  /** `is_cut`: only the beginning of a long body was kept. */
  readonly answer: { readonly status: number; readonly body: string | null; readonly is_cut?: true } | null;
  readonly duration_ms: number | null;
}

/** One request with the whole decision. */
export interface RequestDetail extends RequestView {
  /** Null where no call was reached. */
  readonly trace: Trace | null;
}

/** What ties an answer, its journal entry and the log together: `t42-7` in the sandbox t42, `7` in the root. */
export function formatRequestId(sandbox: string | undefined, number: number): string {
  return sandbox === undefined ? String(number) : `${sandbox}-${String(number)}`;
}

/** What is known of a request. Nothing that is kept of it gets out but through here. */
export function requestView(entry: JournalEntry, { name: sandbox, store }: World): RequestView {
  const { caller, status, body, isBodyCut, durationUs, call, oldCallName, isByAction, sent, notes, droppedHeaders } = entry;
  const secrets = requestSecrets(entry, store);
  const traceId = readTraceId(entry.headers);
  return {
    id: entry.number,
    request_id: formatRequestId(sandbox, entry.number),
    at: new Date(entry.at).toISOString(),
    state: entry.state,
    method: entry.method,
    path: redactPath(entry.path, secrets),
    call: findCall(call) === undefined ? redactCall(call, secrets) : call,
    ...(oldCallName === undefined ? {} : { call_as_sent: oldCallName }),
    headers: headerViews(entry.headers, secrets),
    ...(droppedHeaders === 0 ? {} : { headers_dropped: droppedHeaders }),
    params: paramViews(sent?.list() ?? [], { call, isByAction }, secrets, caller?.username),
    ...(notes.length === 0 ? {} : { notes: notes.map((note) => redactQuotes(note, secrets)) }),
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    caller: caller === undefined ? null : { id: caller.id, username: caller.username, type: caller.type },
    outcome: entry.outcomeText ?? null,
    fault: entry.fault ?? null,
    answer:
      status === undefined
        ? null
        : { status, body: body === undefined ? null : redactAnswer(body, secrets), ...(isBodyCut ? { is_cut: true } : {}) },
    duration_ms: durationUs === undefined ? null : durationUs / 1000,
  };
}

/** An answer may have a key in it, but none of what MOR says is one. */
function redactAnswer(body: string, { keys }: KnownSecrets): string {
  return redactText(body, { keys, sent: [] });
}

/**
 * Parameters as they were received, which of them counted for a call, and the secret ones masked. `username` is the caller's where he is
 * known: that a password is the same does not make it a secret.
 */
export function paramViews(
  received: readonly ReceivedParam[],
  named: { readonly call: string; readonly isByAction: boolean },
  secrets: KnownSecrets,
  username?: string,
): readonly RequestParamView[] {
  const known = knownNames(named);
  const secretNames = findCall(named.call)?.params.flatMap(({ name, isSecret }) => (isSecret ? [name] : [])) ?? [];
  const winners = findWinners(received);
  return received.map((param) => {
    const isUsername = param.name === 'u' && param.value === username;
    return paramView(param, { known, secretNames }, winners, isUsername ? { keys: secrets.keys, sent: [] } : secrets);
  });
}

function paramView(
  param: ReceivedParam,
  { known, secretNames }: { readonly known: readonly string[]; readonly secretNames: readonly string[] },
  winners: ReadonlyMap<string, Winner>,
  secrets: KnownSecrets,
): RequestParamView {
  const { name, value, from, isBare } = param;
  const scalarName = getScalarName(param);
  const meant = known.includes(scalarName) ? scalarName : findMeantParam(scalarName, known);
  const ignored = findIgnored(meant, param, winners);
  // Nobody knows what is in a value that the call does not know, nor whether what has no value is a name.
  const isSecret = meant === undefined || isSecretName(name) || isSecretName(meant) || secretNames.includes(meant);
  return {
    name:
      meant === undefined && isBare === true ? MASKED_KEY : meant !== undefined && scalarName === name ? name : redactName(name, secrets),
    value: value === NOT_TEXT ? null : isSecret && value !== '' ? MASKED_KEY : redactText(value, secrets),
    from,
    ...(isNoText(param) ? { is_text: false as const } : {}),
    ...(ignored === undefined ? {} : { ignored: describeIgnored(ignored) }),
  };
}
