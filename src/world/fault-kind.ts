import { CONNECTION_FAULTS, FAULT_EFFECTS } from './fault-rule.ts';

/** What a fault can be, in the words of its rule: the field that says what goes wrong, or what happens to the connection. */
export const FAULT_KINDS = [...FAULT_EFFECTS, ...CONNECTION_FAULTS] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Each effect as the journal words it. */
const EFFECT_WORDS: readonly (readonly [word: string, effect: FaultKind])[] = [
  ['error', 'error'],
  ['delay', 'delay_ms'],
  ['connection', 'connection'],
  ['HTTP', 'http'],
  ['content type', 'content_type'],
];

/** Whether a fault, as the journal shows it, is of a kind. */
export function isFaultOfKind(fault: string | undefined, wanted: FaultKind): boolean {
  const kind = faultKind(fault) ?? '';
  return kind === `connection ${wanted}` || EFFECT_WORDS.some(([word, effect]) => effect === wanted && kind.startsWith(word));
}

/** The kind of a fault that the journal shows (`fault 3: HTTP 503 after the call`), without what is its own; undefined where none was fired. */
export function faultKind(fault: string | undefined): string | undefined {
  if (fault === undefined) return undefined;
  return /^fault \d+: (error|delay|connection [a-z]+|HTTP \d{3}|content type)/.exec(fault)?.[1] ?? 'other';
}

/** Whether MOR's answer came to the client all the same: late, slow, forced, or under another content type. */
export function leavesTheAnswer(fault: string | undefined): boolean {
  return fault === undefined || ['error', 'delay', 'connection drip', 'content type'].includes(faultKind(fault) ?? '');
}
