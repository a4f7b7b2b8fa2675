/** A journal entry as a tester sees it: what came, what of it counted, and what it came to. */
import { callNamed } from '../mor/calls/index.ts';
import { keysOf, masked, MASKED_KEY, type NamedKey } from '../mor/in-words.ts';
import type { User } from '../mor/model.ts';
import { NOT_TEXT } from '../mor/params.ts';
import type { Trace } from '../mor/trace.ts';
import { nearMiss } from '../near-miss.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';
import type { Sandbox } from '../world/sandbox.ts';

/** One parameter of a request, as it was received. */
export interface RequestParamView {
  readonly name: string;
  /** Keys and the hash are masked; null for a file or another value that is no text. */
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
  readonly path: string;
  readonly call: string;
  readonly params: readonly RequestParamView[];
  /** Null where the caller is unknown. */
  readonly caller: Pick<User, 'id' | 'username' | 'type'> | null;
  /** MOR's text (the current one), or our own words where the request never reached a call; null while pending. */
  readonly outcome: string | null;
  /** The fault that was fired at it. */
  readonly fault: string | null;
  readonly answer: { readonly status: number; readonly body: string | null } | null;
  readonly duration_ms: number | null;
}

/** One request with the whole decision. */
export interface RequestDetail extends RequestView {
  /** Null where no call was reached. */
  readonly trace: Trace | null;
}

/** Names whose values are not shown: the hash, however it is misspelt, and what clients send of keys and passwords. */
const SECRET_NAME = /^(?:p|has|hsh)$|hash|key|pass|pwd|secret|token|auth|sign/i;

/** What ties an answer, its journal entry and the log together: `t42-7` in the sandbox t42, `7` in the root. */
export function requestIdOf(sandbox: string | undefined, number: number): string {
  return sandbox === undefined ? String(number) : `${sandbox}-${String(number)}`;
}

/** What is known of a request. Keys of the world are masked wherever they stand. */
export function requestView(entry: JournalEntry, { name: sandbox, store }: Sandbox): RequestView {
  const { caller, status, body, durationUs, call, sent } = entry;
  return {
    id: entry.number,
    request_id: requestIdOf(sandbox, entry.number),
    at: new Date(entry.at).toISOString(),
    state: entry.state,
    method: entry.method,
    path: entry.path,
    call,
    params: paramViews(sent?.list() ?? [], call, keysOf(store)),
    caller: caller === undefined ? null : { id: caller.id, username: caller.username, type: caller.type },
    outcome: entry.outcomeText ?? null,
    fault: entry.fault ?? null,
    answer: status === undefined ? null : { status, body: body ?? null },
    duration_ms: durationUs === undefined ? null : durationUs / 1000,
  };
}

/** Parameters as they were received, which of them counted for a call, and the secret ones masked. */
export function paramViews(received: readonly ReceivedParam[], call: string, keys: readonly NamedKey[]): readonly RequestParamView[] {
  const known = knownNames(call);
  const winners = new Map(received.map((param) => [nameOf(param.name), param]));
  return received.map((param) => paramView(param, known, winners, keys));
}

/** The names of the parameters that a call reads; none of a call that there is not. */
export function knownNames(call: string): readonly string[] {
  return callNamed(call)?.params.map(({ name }) => name) ?? [];
}

/** Whether a parameter of this name holds a hash, a key or a password. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.trim());
}

/** `winners`: of each name the parameter that was received last, which is the one that takes part. */
function paramView(
  param: ReceivedParam,
  known: readonly string[],
  winners: ReadonlyMap<string, ReceivedParam>,
  keys: readonly NamedKey[],
): RequestParamView {
  const { name, value, from } = param;
  const scalarName = nameOf(name);
  const ignored = whyIgnored(scalarName, param, known, winners);
  const isText = value !== NOT_TEXT && scalarName === name;
  return {
    name,
    value: value === NOT_TEXT ? null : shownValue(scalarName, value, keys),
    from,
    ...(isText ? {} : { is_text: false as const }),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

function shownValue(name: string, value: string, keys: readonly NamedKey[]): string {
  if (isSecretName(name)) return value === '' ? '' : MASKED_KEY;
  return masked(value, keys);
}

/** `did` of `did[]` and `did[a]`. */
export function nameOf(name: string): string {
  const bracket = name.indexOf('[');
  return bracket > 0 ? name.slice(0, bracket) : name;
}

function whyIgnored(
  name: string,
  param: ReceivedParam,
  known: readonly string[],
  winners: ReadonlyMap<string, ReceivedParam>,
): string | undefined {
  if (known.includes(name)) {
    const winner = winners.get(name);
    return winner === undefined || winner === param
      ? undefined
      : `repeated: a later one, in the ${winner.from === 'query' ? 'query' : 'body'}, wins`;
  }
  const otherCase = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (otherCase !== undefined) return `wrong case: MOR reads ${otherCase}`;
  const meant = nearMiss(name, known);
  return meant === undefined || name.length < 3 ? 'unknown' : `unknown: did you mean ${meant}?`;
}
