/** Fault rules in words, and the usual ones. */
import type { FaultView } from './answers.ts';

/** A usual fault. */
export interface UsualFault {
  readonly title: string;
  readonly about: string;
  /** The rule without `times`. */
  readonly rule: Readonly<Record<string, unknown>>;
}

/** The faults that clients meet most, as buttons. */
export const USUAL_FAULTS: readonly UsualFault[] = [
  { title: 'Lost reply', about: 'The call is carried out, then the connection breaks.', rule: { connection: 'reset', phase: 'after' } },
  { title: 'HTTP 503', about: 'A proxy answers in place of MOR.', rule: { http: { status: 503 } } },
  { title: 'Timeout', about: 'No answer until the client gives up.', rule: { connection: 'hang' } },
  { title: 'Slow', about: 'The answer comes after 5 seconds.', rule: { delay_ms: 5000 } },
  { title: 'Half an answer', about: 'The XML ends in the middle.', rule: { connection: 'truncated' } },
  { title: 'Wrong content type', about: 'The answer comes as text/html.', rule: { content_type: 'text/html' } },
];

/** What a rule does: `answers "DID already exists"`. */
export function describeEffect({ error, delay_ms, connection, http, content_type, phase }: FaultView): string {
  const when = phase === 'after' ? ', after the call is carried out' : '';
  if (error !== undefined) return `answers “${error}”${when}`;
  if (delay_ms !== undefined) return `waits ${String(delay_ms)} ms${when}`;
  if (connection !== undefined) return `${CONNECTION_WORDS[connection] ?? connection}${when}`;
  if (http !== undefined) return `answers HTTP ${String(http.status)}${when}`;
  return `answers as ${content_type ?? ''}${when}`;
}

const CONNECTION_WORDS: Readonly<Record<string, string>> = {
  reset: 'breaks the connection',
  empty: 'ends the connection without a byte',
  truncated: 'ends the answer in the middle',
  hang: 'never answers',
  drip: 'sends the answer byte by byte',
};

/** Which requests a rule is for: `every request`, `did_create, did 370`. */
export function describeMatch({ match }: FaultView): string {
  const fields = Object.entries(match).filter(([, value]) => value !== undefined);
  if (fields.length === 0) return 'every request';
  return fields.map(([name, value]) => (name === 'call' ? String(value) : `${name} ${String(value)}`)).join(', ');
}

/** `hits every one`, `1 hit left`, `used up`. */
export function describeLeft({ left }: FaultView): string {
  if (left === 'always') return 'hits every one';
  return left === 0 ? 'used up' : `${String(left)} ${left === 1 ? 'hit' : 'hits'} left`;
}
