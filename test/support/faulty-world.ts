/** What the calls with errors put in are made of. */
import type { FixturesInput } from '../../src/index.ts';
import { sha1 } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';
import type { Caller, FaultyCall } from './faulty-call.ts';

/** Two errors of a call that no request can have together, and why. */
export interface ImpossiblePair {
  readonly pair: readonly [earlier: string, later: string];
  readonly reason: string;
}

/** What is known of the errors of one call. */
export interface FaultyCalls {
  /** In the order in which MOR looks for them. */
  readonly errors: readonly string[];
  /** Those that no request of any caller can have together. */
  readonly impossible: readonly ImpossiblePair[];
  /** The errors that only some callers can have, and those callers; every caller can have the others. */
  readonly only: Readonly<Record<string, readonly Caller[]>>;
  /** Pairs that only some callers can have, although they can have each of the two. */
  readonly onlyTogether?: readonly (ImpossiblePair & { readonly callers: readonly Caller[] })[];
  /** Who may call. Default: everyone of CALLERS. */
  readonly callers?: readonly Caller[];
  /** What an unknown caller gets; null if the call does not ask who calls. Default: `Access Denied`. */
  readonly denial?: string | null;
  /** A good call of this caller with these errors put in. */
  readonly make: (caller: Caller, errors: ReadonlySet<string>) => FaultyCall;
}

export const LACKS_RIGHT = 'You are not authorized to manage DIDs';

export const CALLER_ID = 1;
export const STRANGER_ID = 2;
export const USER_ID = 3;

/** Settings with the errors of the first three checks put in. */
export function faultySettings(has: (error: string) => boolean): NonNullable<FixturesInput['settings']> {
  return { allow_api: !has('API Requests are disabled'), api_secret_key: has('API must have Secret Key') ? '' : 'secret' };
}

/** The caller, and somebody else; who is denied is a plain user. */
export function faultyUsers(caller: Caller, isDenied: boolean, permission: 'none' | 'edit'): NonNullable<FixturesInput['users']> {
  const who = { id: CALLER_ID, username: 'caller' };
  const permissions = { manage_dids: permission };
  return [
    isDenied ? { ...who, type: 'user' } : caller === 'admin' ? { ...who, type: caller } : { ...who, type: caller, permissions },
    { id: STRANGER_ID, username: 'stranger', type: 'reseller' },
    { id: USER_ID, username: 'user', type: 'user' },
  ];
}

export function faultyRequest(call: string, params: Readonly<Record<string, string>>, hashed: string, has: (error: string) => boolean) {
  const hash = has('Incorrect hash') ? '0'.repeat(40) : sha1(`${hashed}secret`);
  return {
    ...carried({ ...params, hash }, 'query'),
    path: `/billing/api/${call}`,
    method: has('GET Requests are disabled') ? 'GET' : 'POST',
  };
}

export const impossibleWith = (earlier: string, reason: string, laters: readonly string[]): readonly ImpossiblePair[] =>
  laters.map((later) => ({ pair: [earlier, later] as const, reason }));
