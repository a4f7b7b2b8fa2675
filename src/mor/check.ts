import type { MorErrorName } from './errors.ts';

/** One step of a call's order: what must hold, and MOR's error where it does not. */
export interface Check<Facts> {
  /** A statement that holds for a good call. Total: it may be asked of any facts, whatever failed before. */
  readonly requires: (facts: Facts) => boolean;
  readonly orElse: MorErrorName;
}

/** The error of the first check that fails, or undefined where all hold. Later checks are not run. */
export function firstError<Facts>(checks: readonly Check<Facts>[], facts: Facts): MorErrorName | undefined {
  for (const { requires, orElse } of checks) if (!requires(facts)) return orElse;
  return undefined;
}
