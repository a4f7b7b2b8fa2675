/** A DID as a tester sees it. */
import type { Did, DidStatus } from '../mor/model.ts';
import type { DidMark } from '../world/did-overlay.ts';
import type { StateStore } from '../world/store.ts';

/** A DID as the vendor's list shows it to the administrator: a reseller's free DID shows as `reserved`. */
export interface DidView extends Did {
  /** As MOR keeps it: `free` also for what shows as `reserved`. */
  readonly stored_status: DidStatus;
  /** True for what a call made, false for fixtures and for what the tester put there. */
  readonly created: boolean;
  /** True for what a call updated and no call made; a reset puts it back. */
  readonly changed: boolean;
  /** How it differs from the fixtures: a call created it, a call or time changed it, or the tester added it; null if it does not. */
  readonly mark: DidMark | null;
}

/** One DID as MOR's list shows it to the administrator, or to a reseller, who sees the status that is stored. */
export function didView(did: Did, store: StateStore, isForReseller = false): DidView {
  return {
    ...did,
    status: isForReseller ? did.status : getShownStatus(did),
    stored_status: did.status,
    created: store.isCreated(did.id),
    changed: store.isChanged(did.id),
    mark: store.getMark(did.id),
  };
}

/** A reseller's free DID shows as `reserved` to the administrator. Observed. */
export function getShownStatus({ reseller_id, status }: Pick<Did, 'reseller_id' | 'status'>): DidStatus {
  return reseller_id !== 0 && status === 'free' ? 'reserved' : status;
}
