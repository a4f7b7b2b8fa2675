import { fixturesFromObject } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/index.ts';
import type { Method } from '../../src/mor/call.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { MOR_ERRORS } from '../../src/mor/errors.ts';
import type { MorState } from '../../src/mor/state.ts';
import { Base } from '../../src/world/base.ts';
import { Store } from '../../src/world/store.ts';
import type { ParamTexts } from '../../src/contract/signed.ts';

/** A world without a server, for tests that ask thousands of questions. */
export function worldOf(fixtures: FixturesInput): MorState {
  return new Store(new Base(fixturesFromObject(fixtures)));
}

/** The text MOR answers did_create with; nothing is changed. */
export function textOfAnswer(world: MorState, params: ParamTexts, method: Method = 'POST'): string {
  const { reply } = decide('did_create', { method, params: new Map(Object.entries(params)) }, world);
  return reply.kind === 'error' ? MOR_ERRORS[reply.error].text : reply.text;
}
