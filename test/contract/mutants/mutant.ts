/** One change of the source, by which one rule does not hold any more. */
export interface Mutant {
  /** Default: did_create. */
  readonly call?: string;
  /** The rule whose cases must catch it. */
  readonly rule: string;
  readonly breaks: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

/** Where the call stands. */
export const CALL = 'mor/calls/did-create.ts';

/** Where the shared checks are. */
export const PROVIDER = 'mor/checks/provider.ts';
export const RIGHTS = 'mor/checks/rights.ts';

/** Where the caller, the keys and the hash are looked up. */
export const CALLER = 'mor/checks/caller.ts';
