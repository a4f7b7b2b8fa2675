import { refusal, type Call, type CallRequest, type Outcome } from '../call.ts';
import { MOR_ERRORS } from '../errors.ts';
import type { MorState } from '../state.ts';
import { didCreate } from './did-create.ts';

/** Every call that is imitated. A sibling is one more file and one more row. */
export const CALLS: readonly Call[] = [didCreate];

const CALLS_BY_NAME: ReadonlyMap<string, Call> = new Map(CALLS.map((call) => [call.name, call]));

/** The call of this name, if it is imitated. */
export function callNamed(name: string): Call | undefined {
  return CALLS_BY_NAME.get(name);
}

/** What MOR comes to for a call of any name, also one it does not have. Observed: the method does not matter to an unknown call. */
export function decide(name: string, request: CallRequest, world: MorState): Outcome {
  return (
    callNamed(name)?.decide(request, world) ?? refusal('noSuchApi', () => ({ call: name, outcome: MOR_ERRORS.noSuchApi.text, steps: [] }))
  );
}
