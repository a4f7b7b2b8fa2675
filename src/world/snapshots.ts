import { didYouMean } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import { quoteValue } from '../mor/quote.ts';
import { isName, NAME_RULE } from './names.ts';
import type { SavedState, Store } from './store.ts';

/** One moment of a world, kept under a name. */
export interface Snapshot {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  readonly state: SavedState;
}

/** The named moments of one world: its DIDs, its id sequence and its settings. Each of them costs only what changed since the one before. */
export class Snapshots {
  readonly #store: Store;
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(store: Store) {
    this.#store = store;
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
        `no snapshot is called ${quoteValue(name)};${isName(name) ? didYouMean(name, names) : ''} ${known}`,
      );
    }
    return snapshot;
  }

  /** Keeps the moment. @throws MockMorError `RECORD_INVALID`, `SNAPSHOT_EXISTS` */
  take(name: string): Snapshot {
    if (!isName(name))
      throw new MockMorError('RECORD_INVALID', `name: ${quoteValue(name)} is no name of a snapshot; it must be ${NAME_RULE}`);
    if (this.#snapshots.has(name)) {
      throw new MockMorError('SNAPSHOT_EXISTS', `a snapshot is called ${quoteValue(name)} already; delete it first, or take another name`);
    }
    return this.#keep({ name, takenAt: Date.now(), state: this.#store.save() });
  }

  /** Keeps a moment of another world over the same base. */
  adopt(snapshot: Snapshot): void {
    this.#keep(snapshot);
  }

  /** Puts the world back to the moment. @throws MockMorError `NOT_FOUND` */
  restore(name: string): Snapshot {
    const snapshot = this.get(name);
    this.#store.restore(snapshot.state);
    return snapshot;
  }

  /** @throws MockMorError `NOT_FOUND` */
  delete(name: string): Snapshot {
    const snapshot = this.get(name);
    this.#snapshots.delete(name);
    return snapshot;
  }

  /** Forgets all: they are of a base that is no more. */
  clear(): void {
    this.#snapshots.clear();
  }

  #keep(snapshot: Snapshot): Snapshot {
    this.#snapshots.set(snapshot.name, snapshot);
    return snapshot;
  }
}
