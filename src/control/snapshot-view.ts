import type { SnapshotView } from './control.ts';
import type { Snapshot } from '../world/snapshots.ts';

/** A snapshot as a tester sees it. */
export function snapshotView({ name, takenAt, state: { base, overlay } }: Snapshot): SnapshotView {
  return {
    name,
    taken_at: new Date(takenAt).toISOString(),
    dids: base.dids.didCount + overlay.numbers.size - overlay.deleted.size,
    created_dids: overlay.created,
    next_did_id: overlay.nextDidId,
  };
}
