/** Which parameters of a request take no part, and why: each in the journal, and all of them as notes above a trace. */
import { ACTION, CALLS, findCall } from '../mor/calls/index.ts';
import { findMeantCall, findMeantParam } from '../explain/meant-name.ts';
import { listed } from '../mor/in-words.ts';
import { NOT_TEXT, type Params } from '../mor/params.ts';
import { quote } from '../mor/quote.ts';
import { knownSecrets, MASKED_KEY, redactCall, redactName, type KnownSecrets } from '../mor/redact.ts';
import { sentSecrets } from './request-secrets.ts';
import type { ReceivedParam } from '../world/journal.ts';

/** The names of the parameters that are read: those of the call, if there is one, and the one that names it, if the path does not. */
export function knownNames({ call, isByAction }: { readonly call: string; readonly isByAction: boolean }): readonly string[] {
  const names = findCall(call)?.params.map(({ name }) => name) ?? [];
  return isByAction ? [...names, ACTION] : names;
}

/** Why a parameter takes no part. */
export type Ignored =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'misspelt' | 'wrong case'; readonly meant: string }
  | { readonly kind: 'repeated'; readonly place: 'query' | 'body' }
  | { readonly kind: 'next to a list' };

/** What takes part under one name: what was received last, in the query where there is one; or everything there that is not a string. */
export interface Winner {
  readonly last: ReceivedParam;
  readonly isNoText: boolean;
}

/** What takes part under each name. */
export function findWinners(received: readonly ReceivedParam[]): ReadonlyMap<string, Winner> {
  const winners = new Map<string, Winner>();
  for (const param of received) {
    const name = getScalarName(param);
    const before = winners.get(name);
    const isAmongThem = before !== undefined && getPlace(before.last) === getPlace(param);
    winners.set(name, { last: param, isNoText: isNoText(param) || (isAmongThem && before.isNoText) });
  }
  return winners;
}

/** Whether it is a file, a list, a map, or an item of one. */
export function isNoText(param: ReceivedParam): boolean {
  return param.value === NOT_TEXT || getScalarName(param) !== param.name;
}

/** The name that a parameter counts under. A name in JSON has no brackets of its own. */
export function getScalarName({ name, from }: ReceivedParam): string {
  return from === 'json' ? name : getParamName(name);
}

/** `did` of `did[]` and `did[a]`. */
export function getParamName(name: string): string {
  const bracket = name.indexOf('[');
  return bracket > 0 ? name.slice(0, bracket) : name;
}

/** Why a parameter takes no part; undefined if it does. `meant` is what its name is, or was probably meant to be. */
export function findIgnored(meant: string | undefined, param: ReceivedParam, winners: ReadonlyMap<string, Winner>): Ignored | undefined {
  const name = getScalarName(param);
  if (meant === undefined) return { kind: 'unknown' };
  if (meant !== name) return { kind: meant.toLowerCase() === name.toLowerCase() ? 'wrong case' : 'misspelt', meant };
  const winner = winners.get(name);
  if (winner === undefined) return undefined;
  const isInPlace = getPlace(param) === getPlace(winner.last);
  if (isInPlace && winner.isNoText) return isNoText(param) ? undefined : { kind: 'next to a list' };
  return winner.last === param ? undefined : { kind: 'repeated', place: getPlace(winner.last) };
}

function getPlace({ from }: ReceivedParam): 'query' | 'body' {
  return from === 'query' ? 'query' : 'body';
}

/** The reason next to a parameter in the journal. */
export function describeIgnored(ignored: Ignored): string {
  switch (ignored.kind) {
    case 'unknown':
      return 'unknown';
    case 'misspelt':
      return `unknown: did you mean ${ignored.meant}?`;
    case 'wrong case':
      return `wrong case: MOR reads ${ignored.meant}`;
    case 'repeated':
      return `repeated: a later one, in the ${ignored.place}, wins`;
    case 'next to a list':
      return 'repeated: one that is not a string is there too, and wins';
  }
}

/**
 * What a call ignores, a sentence each: misspelt parameters first, then repeated ones, then all that are unknown. For a call that there
 * is not, the one that was probably meant.
 */
export function noteIgnored(
  received: readonly ReceivedParam[],
  named: { readonly call: string; readonly isByAction: boolean },
  secrets: KnownSecrets,
): readonly string[] {
  const { call: callName } = named;
  const known = knownNames(named);
  if (findCall(callName) === undefined) return noteUnknownCall(callName, secrets);
  const winners = findWinners(received);
  const all = { keys: secrets.keys, sent: [...secrets.sent, ...knownSecrets([], sentSecrets(received)).sent] };
  const misspelt = new Set<string>();
  const repeated = new Set<string>();
  const unknown = new Set<string>();
  for (const param of received) {
    const name = getScalarName(param);
    const meant = known.includes(name) ? name : findMeantParam(name, known);
    const ignored = findIgnored(meant, param, winners);
    if (ignored === undefined) continue;
    // A piece without a `=` may be anything, unless it is near to a name that is known.
    const shown = meant === undefined && param.isBare === true ? MASKED_KEY : redactName(name, all);
    // That something cannot be shown says nothing; a body of another type has its own note.
    if (shown === MASKED_KEY) continue;
    if (ignored.kind === 'unknown' || ('meant' in ignored && winners.has(ignored.meant)))
      unknown.add(quote(shown, { maxLength: MAX_NAME }));
    else if ('meant' in ignored) misspelt.add(`${callName} does not read ${quote(shown)}: did you mean ${ignored.meant}?`);
    else repeated.add(`${quote(shown)} was sent several times: ${WINS[ignored.kind]}.`);
  }
  const rest = unknown.size === 0 ? [] : [`${callName} does not read ${listed([...unknown])}.`];
  return [...misspelt, ...repeated, ...rest];
}

function noteUnknownCall(name: string, secrets: KnownSecrets): readonly string[] {
  const meant = findMeantCall(
    name,
    CALLS.map((call) => call.name),
  );
  return meant === undefined ? [] : [`MOR has no call ${quote(redactCall(name, secrets))}: did you mean ${meant}?`];
}

/** Parameters that were never sent, as if they came in a JSON body. */
export function toReceived(params: Params): readonly ReceivedParam[] {
  return Array.from(params, ([name, value]) => ({ name, value, from: 'json' }));
}

const MAX_NAME = 60;

const WINS = {
  repeated: 'the last one counts, and one in the query before one in the body',
  'next to a list': 'one is not a string, and counts',
} as const;
