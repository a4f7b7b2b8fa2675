/** What a run of the table found. */

/** What of an answer differs. The first three count always; the others only in a strict run, for real servers differ there. */
export type Aspect = 'status' | 'outcome' | 'effect' | 'headers' | 'white space' | 'envelope' | 'dialect';

/** One difference between what was expected and what came. */
export interface Difference {
  readonly aspect: Aspect;
  readonly expected: string;
  readonly got: string;
}

/** How one case ended. `failed`: there was no answer to judge. */
export interface CaseResult {
  /** The id of the rule it proves. */
  readonly rule: string;
  readonly title: string;
  readonly status: 'passed' | 'differs' | 'skipped' | 'failed';
  /** What made it differ. */
  readonly differences: readonly Difference[];
  /** Differences that do not count in this run. */
  readonly notes: readonly Difference[];
  /** What was answered, in one line: MOR's text, or the HTTP status; absent where nothing was. */
  readonly outcome?: string | undefined;
  /** Why it was skipped or failed. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
}
