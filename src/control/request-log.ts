/** A request that has ended, as the log tells it. */
import { visible, type LogEntry, type LoggedRequest } from '../log.ts';
import { keysOf, LONGEST_READ, masked, withoutHashes } from '../mor/in-words.ts';
import type { Params } from '../mor/params.ts';
import { quote } from '../mor/quote.ts';
import { requestIdOf } from './request-view.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import { outcomeWord } from '../world/outcomes.ts';
import type { World } from '../world/world.ts';
import type { StateStore } from '../world/store.ts';

/** A request may be a megabyte, a line of the log not. */
export const MAX_LOGGED = 200;

/** One entry for one request: a line for people, and its fields for programs. */
export function requestLogEntry(entry: JournalEntry, { name: sandbox, store }: World, params: Params | undefined): LogEntry {
  const told = {
    level: 'info' as const,
    message: '',
    request_id: requestIdOf(sandbox, entry.number),
    sandbox,
    method: entry.method,
    call: shortened(plainPath(entry.call)),
    u: entry.caller === undefined ? sent(entry, 'u', params, store) : shortened(entry.caller.username),
    caller_id: entry.caller?.id,
    did: sent(entry, 'did', params, store),
    outcome: outcomeWord(entry),
    fault: entry.fault === undefined ? undefined : shortened(entry.fault),
    status: entry.status,
    duration_ms: (entry.durationUs ?? 0) / 1000,
  };
  // Filled in last, for to copy the fields beside it costs more than to find them.
  told.message = lineOf(told);
  return told;
}

/** `t42-7 did_create "37060000001" by "admin": Incorrect hash (200, 1.2 ms)`. */
function lineOf({ request_id, method, call, u, caller_id, did, outcome, fault, status, duration_ms }: LoggedRequest): string {
  const how = method === 'POST' ? '' : `${visible(method)} `;
  const what = call === '' ? 'no call' : visible(call);
  const which = did === undefined ? '' : ` ${quote(did, { maxLength: MAX_LOGGED + 1 })}`;
  const who = u === undefined ? 'nobody' : `${quote(u, { maxLength: MAX_LOGGED + 1 })}${caller_id === undefined ? ' (unknown)' : ''}`;
  const why = fault === undefined ? '' : `, ${visible(fault)}`;
  return `${request_id} ${how}${what}${which} by ${who}: ${outcome} (${String(status ?? 'no answer')}, ${duration_ms.toFixed(1)} ms${why})`;
}

/** A parameter as sent. Who mixes up his variables sends a key or a hash for a number or a name: they are masked there too. */
function sent(entry: JournalEntry, name: string, params: Params | undefined, world: StateStore): string | undefined {
  const text = sentText(entry, name, params);
  if (text === undefined) return undefined;
  // A number is no key, whatever its digits; almost every request has one.
  return shortened(/^[0-9]*$/.test(text) ? text : withoutHashes(masked(text.slice(0, LONGEST_READ), keysOf(world))));
}

/** A path, or the name in it. A client that forgets the question mark sends its hash as part of the name: what no name has is cut off. */
export function plainPath(path: string): string {
  const plain = /^[\w./-]*/.exec(path)?.[0] ?? '';
  return plain.length < path.length ? `${plain}…` : plain;
}

/** A text as the log tells it: cut where it is long. */
export function shortened(text: string): string {
  return text.length <= MAX_LOGGED ? text : `${text.slice(0, MAX_LOGGED)}…`;
}
