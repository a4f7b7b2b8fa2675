import { decide } from '../mor/calls/index.ts';
import type { CallRequest, Decision } from '../mor/define-call.ts';
import { NoIdLeftError } from '../mor/new-records.ts';
import type { MorState } from '../mor/state.ts';
import { MockMorError } from '../problems.ts';

/** What MOR decides about a call. Changes nothing. @throws MockMorError `NO_ID_LEFT` */
export function decideCall(name: string, request: CallRequest, state: MorState): Decision {
  try {
    return decide(name, request, state);
  } catch (error) {
    if (error instanceof NoIdLeftError) throw new MockMorError('NO_ID_LEFT', error.message);
    throw error;
  }
}
