/** A request that has ended, as a line of the log. */
import { MAX_LOGGED, truncate, visible, type LogEntry, type LoggedRequest } from '../log.ts';
import { findCall } from '../mor/calls/index.ts';
import { MAX_SCANNED } from '../mor/in-words.ts';
import type { Params } from '../mor/params.ts';
import { isSecretName, redactCall, redactStart } from '../mor/redact.ts';
import { holdsKey, requestSecrets } from './request-secrets.ts';
import { quote } from '../mor/quote.ts';
import { formatRequestId } from './request-view.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import { outcomeWord } from '../world/outcomes.ts';
import type { World } from '../world/world.ts';
import type { StateStore } from '../world/store.ts';

/** How long a subject is at most, its name and an ellipsis included. */
const MAX_SUBJECT = MAX_LOGGED + 100;

/** One entry for one request: a line for people, and its fields for programs. */
export function requestLogEntry(entry: JournalEntry, { name: sandbox, store }: World, params: Params | undefined): LogEntry {
  const call = findCall(entry.call);
  const subjectName = getSubjectName(call?.subject);
  const subject = subjectName === undefined ? undefined : sent(entry, subjectName, params, store);
  const line = {
    level: 'info' as const,
    message: '',
    request_id: formatRequestId(sandbox, entry.number),
    sandbox,
    method: entry.method,
    call: call === undefined ? truncate(redactCall(entry.call, requestSecrets(entry, store))) : entry.call,
    u: entry.caller === undefined ? sent(entry, 'u', params, store) : truncate(entry.caller.username),
    caller_id: entry.caller?.id,
    did: sent(entry, 'did', params, store),
    subject: subjectName === undefined || subject === undefined ? undefined : `${subjectName}=${subject}`,
    outcome: outcomeWord(entry),
    fault: entry.fault === undefined ? undefined : truncate(entry.fault),
    status: entry.status,
    duration_ms: (entry.durationUs ?? 0) / 1000,
  };
  // Filled in last, because copying the other fields costs more than looking them up.
  line.message = lineOf(line);
  return line;
}

/** The parameter that a call is about; undefined if it is logged anyway, or secret. */
function getSubjectName(name: string | undefined): string | undefined {
  return name === undefined || name === 'u' || name === 'did' || isSecretName(name) ? undefined : name;
}

/** `t42-7 did_create "37060000001" by "admin": Incorrect hash (200, 1.2 ms)`. */
function lineOf({
  request_id,
  method,
  call,
  u,
  caller_id,
  did,
  subject = did,
  outcome,
  fault,
  status,
  duration_ms,
}: LoggedRequest): string {
  const how = method === 'POST' ? '' : `${visible(method)} `;
  const what = call === '' ? 'no call' : visible(call);
  const which = subject === undefined ? '' : ` ${quote(subject, { maxLength: MAX_SUBJECT })}`;
  const who = u === undefined ? 'nobody' : `${quote(u, { maxLength: MAX_LOGGED + 1 })}${caller_id === undefined ? ' (unknown)' : ''}`;
  const why = fault === undefined ? '' : `, ${visible(fault)}`;
  return `${request_id} ${how}${what}${which} by ${who}: ${outcome} (${String(status ?? 'no answer')}, ${duration_ms.toFixed(1)} ms${why})`;
}

/** A parameter as sent. Who mixes up variables sends a key or a hash for a number or a name: they are masked there too. */
function sent(entry: JournalEntry, name: string, params: Params | undefined, world: StateStore): string | undefined {
  const text = sentText(entry, name, params);
  if (text === undefined) return undefined;
  // Almost every request has a number, and that holds no hash.
  if (/^[0-9]{0,200}$/.test(text) && !holdsKey(text, world)) return text;
  return truncate(redactStart(text, requestSecrets(entry, world), MAX_SCANNED));
}
