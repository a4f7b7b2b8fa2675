/** A journal entry as a tester sees it: what came, what of it counted, and what it came to. */
import type { RequestParamView, RequestView } from './control.ts';
import { callNamed } from '../mor/calls/index.ts';
import { NOT_TEXT } from '../mor/params.ts';
import { nearMiss } from '../near-miss.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';

/** What stands for a key or a hash in everything that is shown. */
export const MASK = '***';

/** Names whose values are not shown: the hash, and what clients send of keys and passwords. */
const SECRET_NAME = /^(?:hash|p|pass|password|key|.*secret.*|.*token.*)$/i;

/** What ties an answer, its journal entry and the log together: `t42-7` in the sandbox t42, `7` in the root. */
export function requestIdOf(sandbox: string | undefined, number: number): string {
  return sandbox === undefined ? String(number) : `${sandbox}-${String(number)}`;
}

export function requestView(entry: JournalEntry, sandbox: string | undefined): RequestView {
  const { caller, status, body, durationMs } = entry;
  return {
    id: entry.number,
    request_id: requestIdOf(sandbox, entry.number),
    at: new Date(entry.at).toISOString(),
    state: entry.state,
    method: entry.method,
    path: entry.path,
    call: entry.call,
    params: entry.received.map((param, place) => paramView(param, place, entry)),
    caller: caller === undefined ? null : { id: caller.id, username: caller.username, type: caller.type },
    outcome: entry.outcomeText ?? null,
    fault: entry.fault ?? null,
    answer: status === undefined ? null : { status, body: body ?? null },
    duration_ms: durationMs ?? null,
  };
}

function paramView({ name, value, from }: ReceivedParam, place: number, { call, received }: JournalEntry): RequestParamView {
  const known = callNamed(call)?.params ?? [];
  const scalarName = nameOf(name);
  const ignored = whyIgnored(scalarName, place, known, received);
  const shown = value === NOT_TEXT ? null : SECRET_NAME.test(scalarName) && value !== '' ? MASK : value;
  const isText = value !== NOT_TEXT && scalarName === name;
  return { name, value: shown, from, ...(isText ? {} : { is_text: false as const }), ...(ignored === undefined ? {} : { ignored }) };
}

/** `did` of `did[]` and `did[a]`. */
function nameOf(name: string): string {
  const bracket = name.indexOf('[');
  return bracket > 0 ? name.slice(0, bracket) : name;
}

function whyIgnored(name: string, place: number, known: readonly string[], received: readonly ReceivedParam[]): string | undefined {
  if (known.includes(name)) {
    const later = received.slice(place + 1).find((other) => nameOf(other.name) === name);
    return later === undefined ? undefined : `repeated: a later one, in the ${later.from === 'query' ? 'query' : 'body'}, wins`;
  }
  const otherCase = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (otherCase !== undefined) return `wrong case: MOR reads ${otherCase}`;
  const meant = nearMiss(name, known);
  return meant === undefined || name.length < 3 ? 'unknown' : `unknown: did you mean ${meant}?`;
}
