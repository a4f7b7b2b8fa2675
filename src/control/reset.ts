/** Puts a world back to what it was loaded as, whole or in part. */
import { unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import type { World } from '../world/world.ts';

/** What a reset may put back. */
export const RESET_SCOPES = ['state', 'requests', 'faults', 'settings'] as const;

/** `state`: the DIDs, the id sequence and the clock. `requests`: the journal. `faults`: the fault rules. `settings`: what was patched. */
export type ResetScope = (typeof RESET_SCOPES)[number];

/** What a reset put back. */
export interface ResetReport {
  /** The scopes that were put back. */
  readonly reset: readonly ResetScope[];
  /** How many DIDs had been added, by calls or by the tester. */
  readonly added_dids_dropped: number;
  /** How many DIDs of the fixtures had been deleted. */
  readonly deleted_dids_restored: number;
  /** How many requests were in the journal. */
  readonly requests_dropped: number;
  /** How many fault rules there were. */
  readonly faults_dropped: number;
  /** The id the next DID gets. */
  readonly next_did_id: number;
}

/** Synchronous, and in constant time. @throws MockMorError `OPTION_INVALID`, and nothing changed */
export function resetWorld({ store, journal, faults }: World, scopes: readonly ResetScope[]): ResetReport {
  checkScopes(scopes);
  const before = { ...store.counts, requests: journal.size, faults: faults.size };
  if (scopes.includes('state')) store.resetState();
  if (scopes.includes('settings')) store.resetSettings();
  if (scopes.includes('requests')) journal.clear();
  if (scopes.includes('faults')) faults.reset();
  const after = store.counts;
  return {
    reset: RESET_SCOPES.filter((scope) => scopes.includes(scope)),
    added_dids_dropped: before.added - after.added,
    deleted_dids_restored: before.removed - after.removed,
    requests_dropped: before.requests - journal.size,
    faults_dropped: before.faults - faults.size,
    next_did_id: store.nextDidId,
  };
}

function checkScopes(scopes: unknown): void {
  if (!Array.isArray(scopes)) throw invalidOption(`the reset scopes must be a list of some of ${RESET_SCOPES.join(', ')}`);
  const unknown = unknownName('reset scope', scopes.map(String), RESET_SCOPES);
  if (unknown !== undefined) throw invalidOption(unknown);
}
