/** Why a call was answered as it was: every check in its order, what it read, and what would have passed. */
import type { Check } from './check.ts';
import { MOR_ERRORS, type MorErrorName } from './errors.ts';

/** How one check went. */
export interface TraceStep {
  /** What the check asks, as a statement that holds for a good call. */
  readonly check: string;
  /** MOR's error where it does not hold (the current text). */
  readonly error: string;
  readonly state: 'passed' | 'failed' | 'not reached';
  /** The facts it read, in words. Keys are masked. */
  readonly saw: string;
  /** What would have passed; on the check that failed, and on later ones that would also fail. */
  readonly mend?: string;
  /** True on a check that was not reached and would fail once the earlier ones are mended. */
  readonly would_fail?: true;
}

/** The whole decision of one request. */
export interface Trace {
  /** Name of the call. */
  readonly call: string;
  /** MOR's text: the error, or the success. */
  readonly outcome: string;
  /** Empty for a call that does not exist. */
  readonly steps: readonly TraceStep[];
  /** What stands out about how the parameters were sent, such as JSON under the type of a form; a sentence each. Absent if nothing does. */
  readonly notes?: readonly string[];
  /** What the client hashed, where its hash does not fit: one sentence, keys masked. */
  readonly hash?: string;
}

/** A check in words. Its functions are asked only when a trace is read. */
export interface Explanation<Facts> {
  /** What the check asks, as a statement that holds for a good call. */
  readonly check: string;
  /** The facts it read. */
  readonly saw: (facts: Facts) => string;
  /** What would have passed, given that the check fails. */
  readonly mend: (facts: Facts) => string;
  /** Whether the check fails only for what an earlier one found, so that nobody knows yet how it will go. Default: never. */
  readonly isOpen?: (facts: Facts) => boolean;
}

/** An explanation of each error: one that is missing does not compile. */
export type Explanations<Facts, Name extends MorErrorName> = Readonly<Record<Name, Explanation<Facts>>>;

/** Every check in its order. `error` is what the call was refused with; undefined where it was not. */
export function stepsOf<Facts, Name extends MorErrorName>(
  checks: readonly (Check<Facts> & { readonly orElse: Name })[],
  explanations: Explanations<Facts, Name>,
  facts: Facts,
  error: MorErrorName | undefined,
): readonly TraceStep[] {
  const found = checks.findIndex(({ orElse }) => orElse === error);
  const failedAt = found < 0 ? checks.length : found;
  return checks.map((check, place) => {
    const explanation = explanations[check.orElse];
    const state = place < failedAt ? 'passed' : place === failedAt ? 'failed' : 'not reached';
    const wouldFail = state === 'not reached' && !check.requires(facts) && explanation.isOpen?.(facts) !== true;
    return {
      check: explanation.check,
      error: MOR_ERRORS[check.orElse].text,
      state,
      saw: explanation.saw(facts),
      ...(state === 'failed' || wouldFail ? { mend: explanation.mend(facts) } : {}),
      ...(wouldFail ? { would_fail: true as const } : {}),
    };
  });
}
