import { refusal, type Call, type CallRequest, type Outcome } from '../call.ts';
import type { World } from '../world.ts';
import { didCreate } from './did-create.ts';

/** Every call that is imitated. A sibling is one more file and one more row. */
export const CALLS: readonly Call[] = [didCreate];

const CALLS_BY_NAME: ReadonlyMap<string, Call> = new Map(CALLS.map((call) => [call.name, call]));

/** What MOR comes to for a call of any name, also one it does not have. Observed: the method does not matter to an unknown call. */
export function decide(name: string, request: CallRequest, world: World): Outcome {
  return CALLS_BY_NAME.get(name)?.decide(request, world) ?? refusal('noSuchApi');
}
