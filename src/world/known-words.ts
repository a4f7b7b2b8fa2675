/** The words that filters and fault rules take from MOR: a typo in one would match nothing, ever, and nobody would notice. */
import { CALLS, findCall } from '../mor/calls/index.ts';
import { MOR_ERRORS, type MorError } from '../mor/errors.ts';
import { quote } from '../mor/quote.ts';
import { didYouMean, nearMiss } from '../near-miss.ts';

const ERRORS: readonly MorError[] = Object.values(MOR_ERRORS);

/** Every text a call can come to: each error by its current text, and each success. */
export const OUTCOMES: readonly string[] = [...new Set([...ERRORS.map(({ text }) => text), ...CALLS.map(({ success }) => success)])];

/** The name of every call that is imitated. */
export const CALL_NAMES: readonly string[] = CALLS.map(({ name }) => name);

/** The journal has what a fault did in place of MOR's text. */
const FAULT_TEXT = /^fault \d+: /;

/** Why no request can have an outcome, as a sentence; undefined if one can. */
export function findOutcomeIssue(outcome: string): string | undefined {
  if (OUTCOMES.includes(outcome) || FAULT_TEXT.test(outcome)) return undefined;
  const current = ERRORS.find(({ legacyText }) => legacyText === outcome)?.text;
  if (current !== undefined) return `${quote(outcome)} is a text of older servers. The journal has the current one: ${quote(current)}.`;
  return `MOR never answers ${quote(outcome)}.${didYouMean(outcome, OUTCOMES)} It answers: ${OUTCOMES.join(', ')}.`;
}

/** How many letters of a typo may differ: `did_update` would be another call. */
const MAX_TYPO_EDITS = 2;

/** Why the name of a call is a typo, as a sentence; undefined if it is none. Any other name may be that of a call that is not imitated. */
export function findCallIssue(call: string): string | undefined {
  if (findCall(call) !== undefined || nearMiss(call, CALL_NAMES, MAX_TYPO_EDITS) === undefined) return undefined;
  return `there is no call ${quote(call)}.${didYouMean(call, CALL_NAMES)} Requests of calls that MOR does not have are those with the outcome ${quote(MOR_ERRORS.noSuchApi.text)}.`;
}
