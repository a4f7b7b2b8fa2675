/** What a run of the table found. */
import type { Difference } from '../contract/compare.ts';

/** How one case ended. `failed`: there was no answer to judge. */
export interface CaseResult {
  /** The name of the call that it is about. */
  readonly call: string;
  /** The id of the rule it proves. */
  readonly rule: string;
  readonly title: string;
  readonly status: 'passed' | 'differs' | 'skipped' | 'failed';
  /** What made it differ. */
  readonly differences: readonly Difference[];
  /** Differences that do not count in this run: real servers are known to differ there. */
  readonly notes: readonly Difference[];
  /** What was answered, in one line: MOR's text, or the HTTP status; absent where nothing was. */
  readonly outcome?: string | undefined;
  /** Stands for the answer, but for what differs from run to run; absent where there was none. */
  readonly digest?: string | undefined;
  /** Why it was skipped or failed. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
}
