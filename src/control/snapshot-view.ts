import type { Snapshot } from '../world/snapshots.ts';

/** A kept moment of a world. */
export interface SnapshotView {
  readonly name: string;
  /** ISO 8601. */
  readonly taken_at: string;
  /** How many DIDs it holds, those of the fixtures included. */
  readonly dids: number;
  readonly created_dids: number;
  readonly next_did_id: number;
}

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
