/** A journal entry as a tester sees it: what came, what of it counted, and what it came to. */
import { findCall } from '../mor/calls/index.ts';
import type { NamedKey } from '../mor/check.ts';
import { keysOf, masked, MASKED_KEY } from '../mor/in-words.ts';
import type { User } from '../mor/model.ts';
import { NOT_TEXT } from '../mor/params.ts';
import type { Trace } from '../explain/trace.ts';
import { nearMiss } from '../near-miss.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';
import type { StateStore } from '../world/store.ts';
import type { World } from '../world/world.ts';

/** One parameter of a request, as it was received. */
export interface RequestParamView {
  readonly name: string;
  /** Keys, the hash and what the call does not know are masked; null for a file or another value that is no text. */
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
  /** What stands out about how they were sent, such as JSON under the type of a form; a sentence each. Absent if nothing does. */
  readonly notes?: readonly string[];
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

/** Why a parameter takes no part whose name is like none of the call. */
const UNKNOWN = 'unknown';

/** Why a text takes no part that came with a list, a map or a file of the same name. */
const BESIDE_NO_TEXT = 'repeated: one that is no text is there too, and wins';

/** Names whose values are not shown: the hash, however it is misspelt, and what clients send of keys and passwords. */
const SECRET_NAME = /^(?:p|has|hsh)$|hash|key|pass|pwd|secret|token|auth|sign/i;

/** What ties an answer, its journal entry and the log together: `t42-7` in the sandbox t42, `7` in the root. */
export function requestIdOf(sandbox: string | undefined, number: number): string {
  return sandbox === undefined ? String(number) : `${sandbox}-${String(number)}`;
}

/** What is known of a request. Keys of the world are masked wherever they stand. */
export function requestView(entry: JournalEntry, { name: sandbox, store }: World): RequestView {
  const { caller, status, body, durationUs, call, sent, notes } = entry;
  const keys = keysKnownTo(entry, store);
  return {
    id: entry.number,
    request_id: requestIdOf(sandbox, entry.number),
    at: new Date(entry.at).toISOString(),
    state: entry.state,
    method: entry.method,
    path: entry.path,
    call,
    params: paramViews(sent?.list() ?? [], call, keys),
    ...(notes.length === 0 ? {} : { notes: notes.map((note) => masked(note, keys)) }),
    caller: caller === undefined ? null : { id: caller.id, username: caller.username, type: caller.type },
    outcome: entry.outcomeText ?? null,
    fault: entry.fault ?? null,
    answer: status === undefined ? null : { status, body: body ?? null },
    duration_ms: durationUs === undefined ? null : durationUs / 1000,
  };
}

/** The keys of now and of the time of the decision: one that was changed since is still a key. */
function keysKnownTo({ decision }: JournalEntry, store: StateStore): readonly NamedKey[] {
  const current = keysOf(store);
  const facts = decision?.facts;
  const isUnchanged = facts === undefined || (facts.settings === store.settings && facts.users === store.users);
  return isUnchanged ? current : [...current, ...keysOf(facts)];
}

/** Parameters as they were received, which of them counted for a call, and the secret ones masked. */
export function paramViews(received: readonly ReceivedParam[], call: string, keys: readonly NamedKey[]): readonly RequestParamView[] {
  const known = knownNames(call);
  const winners = winnersOf(received);
  return received.map((param) => paramView(param, known, winners, keys));
}

/** The names of the parameters that a call reads; none of a call that there is not. */
export function knownNames(call: string): readonly string[] {
  return findCall(call)?.params.map(({ name }) => name) ?? [];
}

/** Whether a parameter of this name holds a hash, a key or a password. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.trim());
}

/** What takes part under one name: what was received last, in the query where there is one; or all that is no text there. */
interface Winner {
  readonly last: ReceivedParam;
  readonly isNoText: boolean;
}

function winnersOf(received: readonly ReceivedParam[]): ReadonlyMap<string, Winner> {
  const winners = new Map<string, Winner>();
  for (const param of received) {
    const name = scalarNameOf(param);
    const before = winners.get(name);
    const isAmongThem = before !== undefined && placeOf(before.last) === placeOf(param);
    winners.set(name, { last: param, isNoText: isNoText(param) || (isAmongThem && before.isNoText) });
  }
  return winners;
}

function placeOf({ from }: ReceivedParam): 'query' | 'body' {
  return from === 'query' ? 'query' : 'body';
}

/** Whether it is a file, a list, a map, or an item of one. */
function isNoText(param: ReceivedParam): boolean {
  return param.value === NOT_TEXT || scalarNameOf(param) !== param.name;
}

function paramView(
  param: ReceivedParam,
  known: readonly string[],
  winners: ReadonlyMap<string, Winner>,
  keys: readonly NamedKey[],
): RequestParamView {
  const { name, value, from } = param;
  const scalarName = scalarNameOf(param);
  const ignored = whyIgnored(scalarName, param, known, winners);
  return {
    name,
    value: value === NOT_TEXT ? null : shownValue(scalarName, value, keys, ignored === UNKNOWN),
    from,
    ...(isNoText(param) ? { is_text: false as const } : {}),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

/** What the call does not know takes no part, and nobody knows what is in it. */
function shownValue(name: string, value: string, keys: readonly NamedKey[], isUnknown: boolean): string {
  if (isUnknown || isSecretName(name)) return value === '' ? '' : MASKED_KEY;
  return masked(value, keys);
}

/** The name that a parameter counts under. A name in JSON has no brackets of its own. */
function scalarNameOf({ name, from }: ReceivedParam): string {
  return from === 'json' ? name : nameOf(name);
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
  winners: ReadonlyMap<string, Winner>,
): string | undefined {
  if (known.includes(name)) {
    const winner = winners.get(name);
    if (winner === undefined) return undefined;
    const isInPlace = placeOf(param) === placeOf(winner.last);
    if (isInPlace && winner.isNoText) return isNoText(param) ? undefined : BESIDE_NO_TEXT;
    return winner.last === param ? undefined : `repeated: a later one, in the ${placeOf(winner.last)}, wins`;
  }
  const otherCase = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (otherCase !== undefined) return `wrong case: MOR reads ${otherCase}`;
  const meant = nearMiss(name, known);
  return meant === undefined || name.length < 3 ? UNKNOWN : `unknown: did you mean ${meant}?`;
}
