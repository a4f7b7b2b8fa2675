import { fixturesFromObject } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/index.ts';
import type { Method } from '../../src/mor/define-call.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { formatOutcome } from '../../src/explain/trace.ts';
import type { MorState } from '../../src/mor/state.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import type { ParamTexts } from '../../src/contract/signed.ts';

/** A world without a server, for tests that ask thousands of questions. */
export function createState(fixtures: FixturesInput): MorState {
  return new StateStore(new FixtureState(fixturesFromObject(fixtures)));
}

/** The text MOR answers a call with; nothing is changed. */
export function textOfAnswer(world: MorState, params: ParamTexts, method: Method = 'POST', call = 'did_create'): string {
  return formatOutcome(call, decide(call, { method, params: new Map(Object.entries(params)) }, world).result);
}
