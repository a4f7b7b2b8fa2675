/** A request of the journal in one line: what a list shows, with the reason of a refusal. */
import { createWords } from '../explain/words.ts';
import { findCall } from '../mor/calls/index.ts';
import type { User } from '../mor/model.ts';
import { redactCall, redactQuotes, type KnownSecrets } from '../mor/redact.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { sentOutcome } from '../world/outcomes.ts';
import type { JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import { shownParam, shownSubject } from './request-log.ts';
import { requestSecrets } from './request-secrets.ts';
import { formatRequestId, type RequestView } from './request-view.ts';

/**
 * How a request ended, as a list colours it. `ok`: the call succeeded. `refused`: MOR's error. `fault`: a fault fired at it.
 * `other`: pending, aborted, refused by the mock itself, or a call that MOR does not have.
 */
export const REQUEST_KINDS = ['ok', 'refused', 'fault', 'other'] as const;

/** How a request ended, as a list colours it. */
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** A request in one line. Secrets are masked, texts are cut. */
export interface RequestRow extends Pick<
  RequestView,
  'id' | 'request_id' | 'at' | 'state' | 'method' | 'call' | 'outcome' | 'fault' | 'duration_ms'
> {
  /** Null where the caller is unknown. */
  readonly caller: Pick<User, 'id' | 'username' | 'type'> | null;
  /** The caller as sent; null where `u` was not. */
  readonly u: string | null;
  /** The last parameter that the call hashes, as `did=37060000001`; null if it has none or it was not sent. */
  readonly subject: string | null;
  /** How it ended. */
  readonly kind: RequestKind;
  /** What the failed check saw, without line ends, at most 200 characters; null if none failed. */
  readonly reason: string | null;
  /** Null while there is no answer. */
  readonly status: number | null;
  /** Null for the root. */
  readonly sandbox: string | null;
}

/** How many characters a reason has at most. */
const MAX_REASON = 200;

/** A request in one line. */
export function requestRow(entry: JournalEntry, { name: sandbox, store }: World): RequestRow {
  const { number, caller, call, status, durationUs } = entry;
  const secrets = requestSecrets(entry, store);
  const params = entry.sent?.params();
  return {
    id: number,
    request_id: formatRequestId(sandbox, number),
    at: new Date(entry.at).toISOString(),
    state: entry.state,
    method: entry.method,
    call: findCall(call) === undefined ? redactCall(call, secrets) : call,
    caller: caller === undefined ? null : { id: caller.id, username: caller.username, type: caller.type },
    u: caller?.username ?? shownParam(entry, 'u', params, store) ?? null,
    subject: shownSubject(entry, params, store) ?? null,
    outcome: entry.outcomeText ?? null,
    kind: getRequestKind(entry),
    fault: entry.fault ?? null,
    reason: getReason(entry, secrets) ?? null,
    status: status ?? null,
    duration_ms: durationUs === undefined ? null : durationUs / 1000,
    sandbox: sandbox ?? null,
  };
}

/** How a request ended, as a list colours it. */
export function getRequestKind(entry: JournalEntry): RequestKind {
  if (entry.fault !== undefined) return 'fault';
  const outcome = sentOutcome(entry);
  if (outcome === undefined || outcome === MOR_ERRORS.noSuchApi.text) return 'other';
  return entry.decision?.error === undefined ? 'ok' : 'refused';
}

/**
 * What the failed check saw, of a request that MOR refuses or would refuse without the fault. Undefined if no check failed. Without the
 * diagnosis of a hash, which takes up to a tenth of a second: too long for a list.
 */
export function getReason({ decision }: JournalEntry, secrets: KnownSecrets): string | undefined {
  if (decision?.error === undefined || decision.facts === undefined) return undefined;
  const failed = decision.steps(createWords(decision.facts)).find(({ state }) => state === 'failed');
  return failed === undefined ? undefined : cutReason(redactQuotes(failed.actual, secrets));
}

function cutReason(sentence: string): string {
  const line = sentence.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
  return line.length <= MAX_REASON ? line : `${line.slice(0, MAX_REASON - 1)}…`;
}
