import type { Snapshot } from '../world/snapshots.ts';

/** A kept moment of a world. */
export interface SnapshotView {
  /** The name of the snapshot. */
  readonly name: string;
  /** ISO 8601. */
  readonly taken_at: string;
  /** How many DIDs it holds, those of the fixtures included. */
  readonly dids: number;
  /** How many of the DIDs calls made. */
  readonly created_dids: number;
  /** The id the next DID gets. */
  readonly next_did_id: number;
}

/** A snapshot as a tester sees it. */
export function snapshotView({ name, takenAt, state: { dids } }: Snapshot): SnapshotView {
  return {
    name,
    taken_at: new Date(takenAt).toISOString(),
    dids: dids.counts.dids,
    created_dids: dids.counts.created,
    next_did_id: dids.nextId,
  };
}
