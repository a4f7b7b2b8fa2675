import { Faults } from './faults.ts';
import { Journal, type JournalLimits } from './journal.ts';
import { Outcomes } from './outcomes.ts';
import { Snapshots } from './snapshots.ts';
import type { FixtureState } from './fixture-state.ts';
import { StateStore } from './store.ts';

/** Where the fixtures of a world came from. */
export interface Provenance {
  /** As health tells it: a path, `shipped`, `body` or `object`. */
  readonly source: string;
  readonly loadedAt: Date;
  /** Why the last load failed; undefined where it did not. */
  readonly failure?: string | undefined;
}

/** One world as it runs: what is in it, and what is known of the requests it was sent. */
export class Sandbox {
  /** Undefined for the root, which every request reaches that names none. */
  readonly name: string | undefined;
  readonly store: StateStore;
  readonly journal: Journal;
  readonly faults = new Faults();
  /** For the root, of every world of the server. */
  readonly outcomes = new Outcomes();
  readonly snapshots: Snapshots;
  provenance: Provenance = { source: 'object', loadedAt: new Date() };
  #hasOwnFixtures = false;

  constructor(base: FixtureState, limits: JournalLimits, name?: string) {
    this.name = name;
    this.store = new StateStore(base);
    this.journal = new Journal(limits);
    this.snapshots = new Snapshots(this.store);
  }

  /** Puts other fixtures under the world, and drops all that stood on the old ones. */
  rebase(base: FixtureState, provenance: Provenance): void {
    this.store.replaceFixtures(base);
    this.snapshots.clear();
    this.provenance = provenance;
    this.#hasOwnFixtures = true;
  }

  /** Takes up the fixtures another world has by now, unless this one was given its own. */
  follow({ store: { fixtures: base }, provenance: { source, loadedAt } }: Sandbox): void {
    if (this.#hasOwnFixtures || base === this.store.fixtures) return;
    this.rebase(base, { source, loadedAt });
    this.#hasOwnFixtures = false;
  }

  /** Lets go of everything. A request that is under way will find that the epoch is over, and lands nowhere. */
  end(): void {
    this.store.resetState();
    this.journal.clear();
    this.snapshots.clear();
  }
}
