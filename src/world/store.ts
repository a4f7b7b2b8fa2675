import type { Device, DialPlan, Did, Provider, Settings, User, UserList } from '../mor/model.ts';
import type { DidPredicate, MorState, StateChange } from '../mor/state.ts';
import { CopyOnWrite } from './copy-on-write.ts';
import { endClosing } from '../mor/changes.ts';
import { Clock } from './clock.ts';
import { DeviceOverlay } from './device-overlay.ts';
import { DidOverlay, type Actor, type DidCounts, type DidMark } from './did-overlay.ts';
import { attributesIn, getClosingEnd, splitEntries, type DidEntry } from './did-range.ts';
import type { FixtureData, FixtureState } from './fixture-state.ts';
import { REPORT_NOTHING, type ChangeTopic, type ReportChange } from './signal.ts';
import { countEntries, countNumbers, expandEntries, listEntries, takePage, type EntryFilter, type NumberTest } from './list-dids.ts';
import { UserOverlay } from './user-overlay.ts';

/** The state of one moment: DIDs, users, devices, ids and settings. It never changes, and any store may restore it. */
export interface StateSnapshot {
  readonly dids: DidOverlay;
  readonly users: UserOverlay;
  readonly devices: DeviceOverlay;
  readonly settings: Settings;
}

/** What to report at each kind of change. */
const TOPICS = {
  'did.add': 'dids',
  'did.update': 'dids',
  'did.remove': 'dids',
  'user.add': 'users',
  'device.add': 'devices',
  'device.update': 'devices',
  'device.delete': 'devices',
} as const satisfies Record<StateChange['kind'], ChangeTopic>;

/**
 * The state of one world: fixtures that never change, and what changed since. Reset, snapshot, fork and restore take constant
 * time: what changed is copied only at the first change after it was shared.
 */
export class StateStore implements MorState {
  readonly clock: Clock;
  readonly #dids: CopyOnWrite<DidOverlay>;
  readonly #users: CopyOnWrite<UserOverlay>;
  readonly #devices: CopyOnWrite<DeviceOverlay>;
  #settings: Settings;
  #epoch = 0;
  readonly #report: ReportChange;

  /** `report` is called at each change with what changed. Default: nobody is. */
  constructor(fixtures: FixtureState, report: ReportChange = REPORT_NOTHING) {
    this.#report = report;
    this.clock = new Clock(report);
    this.#dids = new CopyOnWrite(new DidOverlay(fixtures));
    this.#users = new CopyOnWrite(new UserOverlay(fixtures));
    this.#devices = new CopyOnWrite(new DeviceOverlay(fixtures));
    this.#settings = fixtures.settings;
  }

  get fixtures(): FixtureState {
    return this.#dids.value.fixtures;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Counts the resets and restores of the state: a request of an earlier epoch must not change this one. */
  get epoch(): number {
    return this.#epoch;
  }

  get nextDidId(): number {
    return this.#dids.value.nextId;
  }

  get nextUserId(): number {
    return this.#users.value.nextId;
  }

  get nextDeviceId(): number {
    return this.#devices.value.nextId;
  }

  get users(): UserList {
    return this.#users.value.list;
  }

  get providers(): readonly Provider[] {
    return this.fixtures.providers;
  }

  get devices(): readonly Device[] {
    return this.#devices.value.list;
  }

  get now(): number {
    return Math.floor(this.clock.now / 1000);
  }

  get counts(): DidCounts {
    return this.#dids.value.counts;
  }

  findUserByName(name: string): User | undefined {
    return this.#users.value.findByName(name);
  }

  findUserById(id: number): User | undefined {
    return this.#users.value.findById(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.fixtures.findProviderById(id);
  }

  findDeviceById(id: number): Device | undefined {
    return this.#devices.value.findById(id);
  }

  findDialPlanById(id: number): DialPlan | undefined {
    return this.fixtures.findDialPlanById(id);
  }

  findDidByNumber(number: string): Did | undefined {
    return this.#dids.value.findByNumber(number);
  }

  findDidById(id: number): Did | undefined {
    return this.#dids.value.findById(id);
  }

  listDidsOfDevice(id: number): readonly Did[] {
    return [...expandEntries(listEntries(this.#dids.value, { attributes: ({ device_id }) => device_id === id }))];
  }

  /** Whether a call made the DID. */
  isCreated(id: number): boolean {
    return this.#dids.value.isCreated(id);
  }

  /** Whether a call updated the DID, which was in the fixtures or put there by the tester. A reset puts it back. */
  isChanged(id: number): boolean {
    return this.#dids.value.isChanged(id);
  }

  /** How the DID differs from the fixtures; null if it does not. */
  getMark(id: number): DidMark | null {
    return this.#dids.value.getMark(id);
  }

  /** Whether a call made the user. */
  isUserCreated(id: number): boolean {
    return this.#users.value.isCreated(id);
  }

  /** Whether a call made the device. */
  isDeviceCreated(id: number): boolean {
    return this.#devices.value.isCreated(id);
  }

  /** Whether a call updated the device, which was in the fixtures. */
  isDeviceChanged(id: number): boolean {
    return this.#devices.value.isChanged(id);
  }

  listDids(filter: DidPredicate = () => true): Iterable<Did> {
    const dids = this.#dids.value;
    const share = (): void => this.#dids.shareIfCurrent(dids);
    return {
      *[Symbol.iterator]() {
        share();
        for (const did of expandEntries(listEntries(dids))) if (filter(did)) yield did;
      },
    };
  }

  /** Every DID that a filter leaves, or those whose number is wanted, in the order of ids. The state must not change while they are read. */
  selectDids(filter: EntryFilter, isWanted?: NumberTest): Iterable<Did> {
    return expandEntries(listEntries(this.#dids.value, filter), isWanted);
  }

  /** Some of the DIDs that a filter leaves, in the order of ids. */
  pageDids(filter: EntryFilter, offset: number, limit: number): readonly Did[] {
    return takePage(listEntries(this.#dids.value, filter), offset, limit);
  }

  /** How many DIDs a filter leaves, or how many of them have a number that is wanted. */
  countDids(filter: EntryFilter, isWanted?: NumberTest): number {
    const entries = listEntries(this.#dids.value, filter);
    return isWanted === undefined ? countEntries(entries) : countNumbers(entries, isWanted);
  }

  /**
   * Makes closed DIDs free whose time is over. Every call and every look of a tester begins with it; there are no timers, and a clock
   * that only moves changes nothing.
   */
  settle(): void {
    const { now } = this;
    if (now < this.#dids.value.nextClosingEnd) return;
    const over: Did[] = [];
    let next = Infinity;
    for (const entry of listEntries(this.#dids.value, { attributes: ({ status }) => status === 'closed' })) {
      const end = getClosingEnd(attributesIn(entry));
      if (end > now) next = Math.min(next, end);
      else for (const did of expandEntries([entry])) over.push(did);
    }
    const dids = this.#dids.getChangeable();
    for (const { id } of over) dids.update(id, endClosing(), 'clock');
    dids.nextClosingEnd = next;
    if (over.length > 0) this.#report('dids');
  }

  /** Carries out one change. */
  apply(change: StateChange, actor: Exclude<Actor, 'clock'> = 'call'): void {
    switch (change.kind) {
      case 'did.add':
        this.#dids.getChangeable().add(change.did, actor);
        break;
      case 'did.update':
        this.#dids.getChangeable().update(change.id, change.fields, actor);
        break;
      case 'did.remove':
        this.#dids.getChangeable().remove(change.id);
        break;
      case 'user.add':
        this.#users.getChangeable().add(change.user);
        break;
      case 'device.add':
        this.#devices.getChangeable().add(change.device);
        break;
      case 'device.update':
        this.#devices.getChangeable().update(change.id, change.fields);
        break;
      case 'device.delete':
        this.#devices.getChangeable().remove(change.id);
        break;
      default:
        change satisfies never;
    }
    this.#report(TOPICS[change.kind]);
  }

  /** Changes settings, and the id of the next DID if it is given, until the next reset. */
  patchSettings(settings: Partial<Settings>, nextDidId?: number): void {
    this.#settings = Object.freeze({ ...this.#settings, ...settings });
    if (nextDidId !== undefined) this.#dids.getChangeable().nextId = nextDidId;
    this.#report('settings');
  }

  /** Changes the ids of the next user and of the next device, those that are given, until the next reset. */
  setNextIds({ nextUserId, nextDeviceId }: { readonly nextUserId?: number | undefined; readonly nextDeviceId?: number | undefined }): void {
    if (nextUserId !== undefined) this.#users.getChangeable().nextId = nextUserId;
    if (nextDeviceId !== undefined) this.#devices.getChangeable().nextId = nextDeviceId;
  }

  /** Puts DIDs, users, devices and their ids back to the fixtures, and the clock to real time. */
  resetState(): void {
    this.clock.reset();
    this.#startOver(this.fixtures);
  }

  /** Puts the settings back to the fixtures. */
  resetSettings(): void {
    this.#settings = this.fixtures.settings;
    this.#report('settings');
  }

  /** Takes other fixtures; all that changed is dropped. */
  replaceFixtures(fixtures: FixtureState): void {
    this.#startOver(fixtures);
    this.resetSettings();
  }

  takeSnapshot(): StateSnapshot {
    return { dids: this.#dids.share(), users: this.#users.share(), devices: this.#devices.share(), settings: this.#settings };
  }

  /** Puts the state back to a snapshot, with the fixtures that it was taken over. */
  restore({ dids, users, devices, settings }: StateSnapshot): void {
    this.#epoch += 1;
    this.#dids.replace(dids, true);
    this.#users.replace(users, true);
    this.#devices.replace(devices, true);
    this.#settings = settings;
    this.#reportRecords();
    this.#report('settings');
  }

  /** The state as fixtures that load to the same; undefined if they would have more entries than `maxEntries`. */
  toFixtureData(): FixtureData;
  toFixtureData(maxEntries: number): FixtureData | undefined;
  toFixtureData(maxEntries = Infinity): FixtureData | undefined {
    const entries: DidEntry[] = [];
    for (const entry of listEntries(this.#dids.value)) if (entries.push(entry) > maxEntries) return undefined;
    return {
      settings: this.#settings,
      next_did_id: this.nextDidId,
      next_user_id: this.nextUserId,
      next_device_id: this.nextDeviceId,
      users: [...this.users],
      providers: this.providers,
      devices: this.devices,
      dial_plans: this.fixtures.dialPlans,
      ...splitEntries(entries),
    };
  }

  #reportRecords(): void {
    this.#report('dids');
    this.#report('users');
    this.#report('devices');
  }

  #startOver(fixtures: FixtureState): void {
    this.#epoch += 1;
    this.#dids.replace(new DidOverlay(fixtures), false);
    this.#users.replace(new UserOverlay(fixtures), false);
    this.#devices.replace(new DeviceOverlay(fixtures), false);
    this.#reportRecords();
  }
}
