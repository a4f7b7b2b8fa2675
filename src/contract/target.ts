/** Where a table of cases is run against: a mock, whose world can be made for each case, or a server, whose world is what it is. */
import type { Answer, RawRequest } from './exchange.ts';
import type { Difference } from './result.ts';
import type { Case, CaseTable, Expected, Rule } from './table.ts';

/** A case that can run. */
export interface ReadyCase {
  readonly request: RawRequest;
  /** What must be answered; a server's ids are its own, so there it is `success: true`. */
  readonly expected: Expected;
}

/** A case that cannot run here. */
export interface SkippedCase {
  /** Which need is not met, in one sentence. */
  readonly skipped: string;
}

export interface Target {
  readonly kind: 'mock' | 'server';
  /** Makes the world of the case, or finds what stands for it. */
  prepare(table: CaseTable, rule: Rule, one: Case): Promise<ReadyCase | SkippedCase>;
  /** Sends the request of a case. Rejects where no answer comes in time. */
  send(request: RawRequest): Promise<Answer>;
  /** What the call did beyond its answer, as far as it can be seen; told once per case that was sent. */
  effect(one: Case, ready: ReadyCase, answer: Answer): Promise<readonly Difference[]>;
  close(): Promise<void>;
}
