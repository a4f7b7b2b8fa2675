/** Where a table of cases is run against: a mock, whose world is made for each case, or a server, whose world is what it is. */
import type { Difference } from '../contract/compare.ts';
import type { Answer, RawRequest } from '../contract/exchange.ts';
import type { CaseTable, Expected, RuledCase, Sent } from '../contract/table.ts';
import { findCall } from '../mor/calls/index.ts';
import type { Call } from '../mor/define-call.ts';

/** The table of each call, by its name. */
export type Tables = ReadonlyMap<string, CaseTable>;

/** The table of a call. */
export function getTable(tables: Tables, { name }: Pick<Call, 'name'>): CaseTable {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`there is no table of ${name}`);
  return table;
}

/** The call that a request of a case is for: the one that the case is about, if it names no other. */
export function calledBy(call: Call, send: Sent | undefined): Call {
  return send?.call === undefined ? call : (findCall(send.call) ?? call);
}

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
  prepare(ruled: RuledCase): Promise<readonly ReadyStep[] | SkippedCase>;
  /** Sends a request of a case. Rejects where no answer comes in time; with `RunIsOver` where nothing more must be sent. */
  send(step: ReadyStep, signal: AbortSignal): Promise<Answer>;
  /** What a case that was sent did beyond its answers, as far as it can be seen. */
  effect(ruled: RuledCase): Promise<readonly Difference[]>;
  /** Leaves nothing behind but what the cases themselves did. */
  close(): Promise<void>;
}
