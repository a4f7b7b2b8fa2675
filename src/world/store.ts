import type { Device, DialPlan, Did, Provider, Settings, User } from '../mor/model.ts';
import type { DidPredicate, MorState, StateChange } from '../mor/state.ts';
import { endClosing } from '../mor/changes.ts';
import { Clock } from './clock.ts';
import { DidOverlay, type Actor, type DidCounts } from './did-overlay.ts';
import { attributesIn, getClosingEnd, splitEntries, type DidEntry } from './did-range.ts';
import type { FixtureData, FixtureState } from './fixture-state.ts';
import { REPORT_NOTHING, type ReportChange } from './signal.ts';
import { countEntries, expandEntries, listEntries, takePage, type EntryFilter } from './list-dids.ts';

/** The state of one moment: DIDs, ids and settings. It never changes, and any store may restore it. */
export interface StateSnapshot {
  readonly dids: DidOverlay;
  readonly settings: Settings;
}

/**
 * The state of one world: fixtures that never change, and what changed since. Reset, snapshot, fork and restore take constant
 * time: what changed is copied only at the first change after it was shared.
 */
export class StateStore implements MorState {
  readonly clock: Clock;
  #dids: DidOverlay;
  /** Whether a snapshot, another store or a list reads the overlay, too. */
  #isShared = false;
  #settings: Settings;
  #epoch = 0;
  readonly #report: ReportChange;

  /** `report` is called at each change with what changed. Default: nobody is. */
  constructor(fixtures: FixtureState, report: ReportChange = REPORT_NOTHING) {
    this.#report = report;
    this.clock = new Clock(report);
    this.#dids = new DidOverlay(fixtures);
    this.#settings = fixtures.settings;
  }

  get fixtures(): FixtureState {
    return this.#dids.fixtures;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Counts the resets and restores of the state: a request of an earlier epoch must not change this one. */
  get epoch(): number {
    return this.#epoch;
  }

  get nextDidId(): number {
    return this.#dids.nextId;
  }

  get users(): readonly User[] {
    return this.fixtures.users;
  }

  get providers(): readonly Provider[] {
    return this.fixtures.providers;
  }

  get devices(): readonly Device[] {
    return this.fixtures.devices;
  }

  get now(): number {
    return Math.floor(this.clock.now / 1000);
  }

  get counts(): DidCounts {
    return this.#dids.counts;
  }

  findUserByName(name: string): User | undefined {
    return this.fixtures.findUserByName(name);
  }

  findUserById(id: number): User | undefined {
    return this.fixtures.findUserById(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.fixtures.findProviderById(id);
  }

  findDeviceById(id: number): Device | undefined {
    return this.fixtures.findDeviceById(id);
  }

  findDialPlanById(id: number): DialPlan | undefined {
    return this.fixtures.findDialPlanById(id);
  }

  findDidByNumber(number: string): Did | undefined {
    return this.#dids.findByNumber(number);
  }

  findDidById(id: number): Did | undefined {
    return this.#dids.findById(id);
  }

  /** Whether a call made the DID. */
  isCreated(id: number): boolean {
    return this.#dids.isCreated(id);
  }

  /** Whether a call updated the DID, which was in the fixtures or put there by the tester. A reset puts it back. */
  isChanged(id: number): boolean {
    return this.#dids.isChanged(id);
  }

  listDids(filter: DidPredicate = () => true): Iterable<Did> {
    const dids = this.#dids;
    const share = (): void => {
      if (this.#dids === dids) this.#isShared = true;
    };
    return {
      *[Symbol.iterator]() {
        share();
        for (const did of expandEntries(listEntries(dids))) if (filter(did)) yield did;
      },
    };
  }

  /** Some of the DIDs that a filter leaves, in the order of ids. */
  pageDids(filter: EntryFilter, offset: number, limit: number): readonly Did[] {
    return takePage(listEntries(this.#dids, filter), offset, limit);
  }

  /** How many DIDs a filter leaves. */
  countDids(filter: EntryFilter): number {
    return countEntries(listEntries(this.#dids, filter));
  }

  /**
   * Makes closed DIDs free whose time is over. Every call and every look of a tester begins with it; there are no timers, and a clock
   * that only moves changes nothing.
   */
  settle(): void {
    const { now } = this;
    if (now < this.#dids.nextClosingEnd) return;
    const over: Did[] = [];
    let next = Infinity;
    for (const entry of listEntries(this.#dids, { attributes: ({ status }) => status === 'closed' })) {
      const end = getClosingEnd(attributesIn(entry));
      if (end > now) next = Math.min(next, end);
      else for (const did of expandEntries([entry])) over.push(did);
    }
    const dids = this.#changeableDids();
    for (const { id } of over) dids.update(id, endClosing(), 'clock');
    dids.nextClosingEnd = next;
    if (over.length > 0) this.#report('dids');
  }

  /** Carries out one change. */
  apply(change: StateChange, actor: Exclude<Actor, 'clock'> = 'call'): void {
    const dids = this.#changeableDids();
    switch (change.kind) {
      case 'did.add':
        dids.add(change.did, actor);
        break;
      case 'did.update':
        dids.update(change.id, change.fields, actor);
        break;
      case 'did.remove':
        dids.remove(change.id);
        break;
      default:
        change satisfies never;
    }
    this.#report('dids');
  }

  /** Changes settings, and the id of the next DID if it is given, until the next reset. */
  patchSettings(settings: Partial<Settings>, nextDidId?: number): void {
    this.#settings = Object.freeze({ ...this.#settings, ...settings });
    if (nextDidId !== undefined) this.#changeableDids().nextId = nextDidId;
    this.#report('settings');
  }

  /** Puts the DIDs and their ids back to the fixtures, and the clock to real time. */
  resetState(): void {
    this.clock.reset();
    this.#use(new DidOverlay(this.fixtures), false);
  }

  /** Puts the settings back to the fixtures. */
  resetSettings(): void {
    this.#settings = this.fixtures.settings;
    this.#report('settings');
  }

  /** Takes other fixtures; all that changed is dropped. */
  replaceFixtures(fixtures: FixtureState): void {
    this.#use(new DidOverlay(fixtures), false);
    this.resetSettings();
    this.#report('users');
    this.#report('devices');
  }

  takeSnapshot(): StateSnapshot {
    this.#isShared = true;
    return { dids: this.#dids, settings: this.#settings };
  }

  /** Puts the state back to a snapshot, with the fixtures that it was taken over. */
  restore({ dids, settings }: StateSnapshot): void {
    this.#use(dids, true);
    this.#settings = settings;
    this.#report('settings');
  }

  /** The state as fixtures that load to the same; undefined if they would have more entries than `maxEntries`. */
  toFixtureData(): FixtureData;
  toFixtureData(maxEntries: number): FixtureData | undefined;
  toFixtureData(maxEntries = Infinity): FixtureData | undefined {
    const entries: DidEntry[] = [];
    for (const entry of listEntries(this.#dids)) if (entries.push(entry) > maxEntries) return undefined;
    return {
      settings: this.#settings,
      next_did_id: this.nextDidId,
      users: this.users,
      providers: this.providers,
      devices: this.devices,
      dial_plans: this.fixtures.dialPlans,
      ...splitEntries(entries),
    };
  }

  #use(dids: DidOverlay, isShared: boolean): void {
    this.#epoch += 1;
    this.#dids = dids;
    this.#isShared = isShared;
    this.#report('dids');
  }

  /** The overlay, to be changed: a copy of it if it is shared. */
  #changeableDids(): DidOverlay {
    if (this.#isShared) {
      this.#dids = this.#dids.copy();
      this.#isShared = false;
    }
    return this.#dids;
  }
}
