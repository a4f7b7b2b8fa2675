/** Where a table of cases is run against: a mock, whose world is made for each case, or a server, whose world is what it is. */
import type { Difference } from '../contract/compare.ts';
import type { Answer, RawRequest } from '../contract/exchange.ts';
import type { Case, Expected } from '../contract/table.ts';
import type { Call } from '../mor/define-call.ts';

/** A request of a case, ready to be sent. */
export interface ReadyStep {
  readonly call: Call;
  readonly request: RawRequest;
  /** What must be answered; a server's ids are its own, so there it is `success: true`. */
  readonly expected: Expected;
}

/** A case that cannot run here. */
export interface SkippedCase {
  /** Which need is not met, in one sentence without any secret. */
  readonly skipped: string;
}

/** A reason for which nothing more must be sent. */
export class RunIsOver extends Error {}

export interface Target {
  readonly kind: 'mock' | 'server';
  /** Makes the world of a case, or finds what stands for it. */
  prepare(rule: string, one: Case): Promise<readonly ReadyStep[] | SkippedCase>;
  /** Sends a request of a case. Rejects where no answer comes in time; with `RunIsOver` where nothing more must be sent. */
  send(request: RawRequest, signal: AbortSignal): Promise<Answer>;
  /** What a case that was sent did beyond its answers, as far as it can be seen. */
  effect(one: Case): Promise<readonly Difference[]>;
  /** Leaves nothing behind but what the cases themselves did. */
  close(): Promise<void>;
}
