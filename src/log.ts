/** The log of the server. */

/** A request to MOR's paths that has ended, as a log entry. Never a hash, never a key. */
export interface LoggedRequest {
  /** As in the answer's header `X-Mock-Mor-Request-Id`, and in the journal. */
  readonly request_id: string;
  /** Undefined for the root. */
  readonly sandbox?: string | undefined;
  readonly method: string;
  readonly call: string;
  /** The name as sent, if it is an old one of the call. */
  readonly call_as_sent?: string | undefined;
  /** The caller as sent; undefined where `u` was not. Texts of a request are cut at 200 characters. */
  readonly u?: string | undefined;
  /** Undefined where the caller is unknown. */
  readonly caller_id?: number | undefined;
  /** The number as sent. */
  readonly did?: string | undefined;
  /** `NAME=TEXT` of the last parameter that the call hashes, as sent. Undefined if that is `did` or `u`, or secret. */
  readonly subject?: string | undefined;
  /**
   * MOR's text (the current one); else `aborted`: the client was not answered to the end; `fault`: a fault took the answer's place;
   * `refused`: a 4xx of the mock, whose text is in the journal only, because it may quote the request; `broken`: a 500 of the mock.
   */
  readonly outcome: string;
  /** The fault that was fired at it. */
  readonly fault?: string | undefined;
  /** Undefined where no answer was begun. */
  readonly status?: number | undefined;
  readonly duration_ms: number;
  /** The id of the client's trace, from the header `traceparent`. Undefined if there is none. */
  readonly trace_id?: string | undefined;
  /** Why the call was refused, in one line. Undefined if it was not, or reasons are not asked for. */
  readonly reason?: string | undefined;
  /** Where the admin API shows the whole decision as text. Undefined without a reason, or without an admin API. */
  readonly details_url?: string | undefined;
}

/** A log entry. That of a request has all its fields next to the message. */
export interface LogEntry extends Partial<LoggedRequest> {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Takes log entries, one at a time. */
export type Log = (entry: LogEntry) => void;

/** Logs nothing. With it no entries are made for requests. */
export const SILENT: Log = () => undefined;

/** How many characters of a text the log has: a request may be a megabyte, a line of the log not. */
export const MAX_LOGGED = 200;

/** A text as the log has it: cut where it is longer than `max` characters. Default: 200. */
export function truncate(text: string, max: number = MAX_LOGGED): string {
  return text.length <= max ? text : `${text.slice(0, max)}…`;
}

/**
 * Text that came from outside, in one line: what would steer a terminal or reorder its text is shown as `\x1b` or `\u202e`.
 */
export function visible(text: string): string {
  // Almost every text is plain; this test costs a hundredth of a search by Unicode's classes.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(STEERING, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.length === 4 ? hex : `{${hex}}`}`;
  });
}

/** Control and format characters, the two separators that some terminals break lines at, and halves of a pair. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
