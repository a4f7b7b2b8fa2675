/** A request that has ended, as a line of the log. */
import { MAX_LOGGED, truncate, visible, type LogEntry, type LoggedRequest } from '../log.ts';
import { findReason } from '../explain/reason.ts';
import { findCall } from '../mor/calls/index.ts';
import { MAX_SCANNED } from '../mor/in-words.ts';
import type { Params } from '../mor/params.ts';
import { isSecretName, redactCall, redactStart } from '../mor/redact.ts';
import { SANDBOX_PREFIX } from './control.ts';
import { buildTrace } from './explain-call.ts';
import { holdsKey, requestSecrets } from './request-secrets.ts';
import { quote } from '../mor/quote.ts';
import { formatRequestId } from './request-view.ts';
import { readTraceId } from './trace-context.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import { outcomeWord } from '../world/outcomes.ts';
import type { World } from '../world/world.ts';
import type { StateStore } from '../world/store.ts';

/** How long a subject is at most, its name and an ellipsis included. */
const MAX_SUBJECT = MAX_LOGGED + 100;

/** What of a refused call is logged, too. */
export interface ReasonLogging {
  /** What comes in front of the paths of the admin API: the address of the server, or nothing while it does not listen. */
  readonly getUrl: () => string;
  /** Whether there is an admin API. */
  readonly hasDetails: boolean;
}

/** One entry for one request: a line for people, and its fields for programs. With `reasons` that of a refused call says why. */
export function requestLogEntry(
  entry: JournalEntry,
  { name: sandbox, store }: World,
  params: Params | undefined,
  reasons?: ReasonLogging,
): LogEntry {
  const reason = reasons === undefined ? undefined : reasonFor(entry, store);
  const call = findCall(entry.call);
  const line = {
    level: 'info' as const,
    message: '',
    request_id: formatRequestId(sandbox, entry.number),
    sandbox,
    method: entry.method,
    call: call === undefined ? truncate(redactCall(entry.call, requestSecrets(entry, store))) : entry.call,
    call_as_sent: entry.oldCallName,
    u: entry.caller === undefined ? shownParam(entry, 'u', params, store) : truncate(entry.caller.username),
    caller_id: entry.caller?.id,
    did: shownParam(entry, 'did', params, store),
    // These two are logged anyway.
    subject: ['u', 'did'].includes(call?.subject ?? '') ? undefined : shownSubject(entry, params, store),
    outcome: outcomeWord(entry),
    fault: entry.fault === undefined ? undefined : truncate(entry.fault),
    status: entry.status,
    duration_ms: (entry.durationUs ?? 0) / 1000,
    trace_id: readTraceId(entry.headers),
    reason,
    details_url: reason !== undefined && reasons?.hasDetails === true ? detailsUrl(reasons.getUrl(), sandbox, entry.number) : undefined,
  };
  // Filled in last, because copying the other fields costs more than looking them up.
  line.message = lineOf(line);
  return line;
}

/** Why a call was refused: by MOR, or by us before it reached one. A fault says for itself what it did. */
function reasonFor(entry: JournalEntry, store: StateStore): string | undefined {
  const { decision, fault, status = 0, outcomeText } = entry;
  if (fault !== undefined) return undefined;
  // The journal has it without secrets.
  if (decision === undefined) return status >= 400 && status < 500 && outcomeText !== undefined ? truncate(outcomeText) : undefined;
  if (decision.error === undefined) return undefined;
  const trace = buildTrace(entry, requestSecrets(entry, store));
  return trace === null ? undefined : findReason(trace);
}

function detailsUrl(url: string, sandbox: string | undefined, id: number): string {
  return `${url}${sandbox === undefined ? '' : `${SANDBOX_PREFIX}${sandbox}`}/__admin/requests/${String(id)}?format=text`;
}

/** The parameter that a call is about, as `dids_id=5`; undefined if there is none, or it is secret or was not sent. */
export function shownSubject(entry: JournalEntry, params: Params | undefined, world: StateStore): string | undefined {
  const name = findCall(entry.call)?.subject;
  if (name === undefined || isSecretName(name)) return undefined;
  const text = shownParam(entry, name, params, world);
  return text === undefined ? undefined : `${name}=${text}`;
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
  trace_id,
}: LoggedRequest): string {
  const how = method === 'POST' ? '' : `${visible(method)} `;
  const what = call === '' ? 'no call' : visible(call);
  const which = subject === undefined ? '' : ` ${quote(subject, { maxLength: MAX_SUBJECT })}`;
  const who = u === undefined ? 'nobody' : `${quote(u, { maxLength: MAX_LOGGED + 1 })}${caller_id === undefined ? ' (unknown)' : ''}`;
  const why = fault === undefined ? '' : `, ${visible(fault)}`;
  const trace = trace_id === undefined ? '' : `, trace ${trace_id}`;
  return `${request_id} ${how}${what}${which} by ${who}: ${outcome} (${String(status ?? 'no answer')}, ${duration_ms.toFixed(1)} ms${why}${trace})`;
}

/** A parameter as sent, cut at 200 characters. Who mixes up variables sends a key or a hash for a number or a name: they are masked there too. */
export function shownParam(entry: JournalEntry, name: string, params: Params | undefined, world: StateStore): string | undefined {
  const text = sentText(entry, name, params);
  if (text === undefined) return undefined;
  // Almost every request has a number, and that holds no hash.
  if (/^[0-9]{0,200}$/.test(text) && !holdsKey(text, world)) return text;
  return truncate(redactStart(text, requestSecrets(entry, world), MAX_SCANNED));
}
