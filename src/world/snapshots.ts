import { didYouMean } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import { quoteValue } from '../mor/quote.ts';
import { isIdentifier, IDENTIFIER_RULE } from './identifiers.ts';
import { REPORT_NOTHING, type ReportChange } from './signal.ts';
import type { StateSnapshot, StateStore } from './store.ts';

/** The state of one moment, kept under a name. */
export interface Snapshot {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  readonly state: StateSnapshot;
}

/** The snapshots of one world: DIDs, the next id and settings. Taking and restoring one takes constant time. */
export class Snapshots {
  readonly #store: StateStore;
  readonly #snapshots = new Map<string, Snapshot>();

  readonly #report: ReportChange;

  /** `report` is called when a snapshot comes or goes. Default: nobody is. */
  constructor(store: StateStore, report: ReportChange = REPORT_NOTHING) {
    this.#store = store;
    this.#report = report;
  }

  /** In the order in which they were taken. */
  list(): readonly Snapshot[] {
    return [...this.#snapshots.values()];
  }

  /** @throws MockMorError `NOT_FOUND` */
  get(name: string): Snapshot {
    const snapshot = this.#snapshots.get(name);
    if (snapshot === undefined) {
      const names = [...this.#snapshots.keys()];
      const known = names.length === 0 ? 'none was taken' : `taken: ${names.slice(0, 20).join(', ')}`;
      throw new MockMorError(
        'NOT_FOUND',
        `no snapshot is called ${quoteValue(name)};${isIdentifier(name) ? didYouMean(name, names) : ''} ${known}`,
      );
    }
    return snapshot;
  }

  /** Keeps the state as it is now. @throws MockMorError `RECORD_INVALID`, `SNAPSHOT_EXISTS` */
  take(name: string): Snapshot {
    if (!isIdentifier(name))
      throw new MockMorError('RECORD_INVALID', `name: ${quoteValue(name)} is not a snapshot name; it must be ${IDENTIFIER_RULE}`);
    if (this.#snapshots.has(name)) {
      throw new MockMorError('SNAPSHOT_EXISTS', `a snapshot is called ${quoteValue(name)} already; delete it first, or take another name`);
    }
    return this.#keep({ name, takenAt: Date.now(), state: this.#store.takeSnapshot() });
  }

  /** Keeps a snapshot of another world over the same fixtures. */
  adopt(snapshot: Snapshot): void {
    this.#keep(snapshot);
  }

  /** Puts the world back to a snapshot. @throws MockMorError `NOT_FOUND` */
  restore(name: string): Snapshot {
    const snapshot = this.get(name);
    this.#store.restore(snapshot.state);
    return snapshot;
  }

  /** @throws MockMorError `NOT_FOUND` */
  delete(name: string): Snapshot {
    const snapshot = this.get(name);
    this.#snapshots.delete(name);
    this.#report('snapshots');
    return snapshot;
  }

  /** Drops all, because they are of fixtures that were replaced. */
  clear(): void {
    this.#snapshots.clear();
    this.#report('snapshots');
  }

  #keep(snapshot: Snapshot): Snapshot {
    this.#snapshots.set(snapshot.name, snapshot);
    this.#report('snapshots');
    return snapshot;
  }
}
