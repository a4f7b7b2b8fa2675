import { Faults } from './faults.ts';
import type { FixtureState } from './fixture-state.ts';
import { Journal, type JournalLimits } from './journal.ts';
import { Outcomes } from './outcomes.ts';
import { Signal, type ChangeTopic } from './signal.ts';
import { Snapshots } from './snapshots.ts';
import { StateStore } from './store.ts';

/** Where the fixtures of a world came from. */
export interface FixtureSource {
  /** As health shows it: a path, `shipped`, `body` or `object`. */
  readonly source: string;
  readonly loadedAt: Date;
  /** Why the last load failed; undefined if it did not. */
  readonly failure?: string | undefined;
}

/** One state that requests are answered from, with its journal, faults, coverage and snapshots. The root and each sandbox are worlds. */
export class World {
  /** The name of the sandbox; undefined for the root, which answers every request that names no sandbox. */
  readonly name: string | undefined;
  readonly store: StateStore;
  readonly journal: Journal;
  /** Reports what changes, but for the journal, which reports its own changes. */
  readonly changes = new Signal<ChangeTopic>();
  readonly faults = new Faults(this.changes.report);
  /** Those of the root count every request to the server. */
  readonly outcomes = new Outcomes(this.changes.report);
  readonly snapshots: Snapshots;
  fixtureSource: FixtureSource;
  #hasOwnFixtures = false;

  constructor(fixtures: FixtureState, limits: JournalLimits, fixtureSource: FixtureSource, name?: string) {
    this.name = name;
    this.store = new StateStore(fixtures, this.changes.report);
    this.journal = new Journal(limits);
    this.snapshots = new Snapshots(this.store, this.changes.report);
    this.fixtureSource = fixtureSource;
  }

  /** Replaces the fixtures. State, settings and snapshots of the old ones are dropped. */
  replaceFixtures(fixtures: FixtureState, source: FixtureSource): void {
    this.store.replaceFixtures(fixtures);
    this.snapshots.clear();
    this.fixtureSource = source;
    this.#hasOwnFixtures = true;
  }

  /** Takes the fixtures that another world has now, unless this one was given its own. */
  adoptFixtures({ store: { fixtures }, fixtureSource: { source, loadedAt } }: World): void {
    if (this.#hasOwnFixtures || fixtures === this.store.fixtures) return;
    this.replaceFixtures(fixtures, { source, loadedAt });
    this.#hasOwnFixtures = false;
  }

  /** Drops everything. A request in flight finds another epoch and changes nothing. */
  dispose(): void {
    this.store.resetState();
    this.journal.clear();
    this.snapshots.clear();
  }
}
