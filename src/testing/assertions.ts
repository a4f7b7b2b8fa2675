import { AssertionError } from 'node:assert';
import type { DidView } from '../control/did-view.ts';
import type { CallName, MorText } from '../mor/words.ts';
import type { RequestFilter } from '../control/request-list.ts';
import {
  toHaveAnswered,
  toHaveCalled,
  toHaveCreatedDid,
  toHaveDid,
  type MatcherResult,
  type SentParams,
  type Watched,
} from './matchers.ts';

/** `toHaveCreatedDid` for runners without `expect`. @throws AssertionError that says why not */
export function assertCreatedDid(mor: Watched, did: string, fields?: Partial<DidView>): void {
  assertPassed(toHaveCreatedDid(mor, did, fields), assertCreatedDid);
}

/** `toHaveDid` for runners without `expect`. @throws AssertionError that says why not */
export function assertDid(mor: Watched, did: string, fields?: Partial<DidView>): void {
  assertPassed(toHaveDid(mor, did, fields), assertDid);
}

/** `toHaveCalled` for runners without `expect`. @throws AssertionError that says why not */
export function assertCalled(mor: Watched, call: CallName, params?: SentParams): void {
  assertPassed(toHaveCalled(mor, call, params), assertCalled);
}

/** `toHaveAnswered` for runners without `expect`. @throws AssertionError that says why not */
export function assertAnswered(mor: Watched, outcome: MorText, where?: RequestFilter): void {
  assertPassed(toHaveAnswered(mor, outcome, where), assertAnswered);
}

/** The stack of the error begins where `assertion` was called. */
function assertPassed({ pass, message }: MatcherResult, assertion: (...args: never[]) => void): void {
  if (!pass) throw new AssertionError({ message: message(), stackStartFn: assertion });
}
