import { MOR_ERRORS } from '../mor/errors.ts';
import type { TraceStep } from '../mor/check.ts';
import type { Trace } from '../explain/trace.ts';

const MARKS = { passed: '✓', failed: '✗', 'not reached': '–' } as const;

/**
 * A trace for people: the outcome, what stands out about how the parameters were sent, a line a check, and below a check that
 * fails its fix. Ends without a line feed.
 */
export function traceText({ call, outcome, notes = [], steps, hash }: Trace): string {
  const width = Math.max(0, ...steps.map(({ check }) => check.length));
  const hashAt = steps.findIndex(({ error }) => error === MOR_ERRORS.hashIncorrect.text);
  return [
    `${call}: ${outcome}`,
    ...notes,
    ...(steps.length === 0 ? [] : ['']),
    ...steps.flatMap((step, place) => linesOf(step, width, place === hashAt ? hash : undefined)),
  ].join('\n');
}

function linesOf({ check, state, actual, error, fix, would_fail }: TraceStep, width: number, hash: string | undefined): readonly string[] {
  return [
    `${MARKS[state]} ${check.padEnd(width)}  ${actual}`,
    ...(hash === undefined ? [] : [`    what was hashed: ${hash}`]),
    ...(fix === undefined ? [] : [`    ${would_fail === true ? `would fail too (${error}), fix` : 'fix'}: ${fix}`]),
  ];
}
