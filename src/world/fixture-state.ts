import { copyData } from './copy-data.ts';
import type { Device, DialPlan, Did, Provider, Settings, User } from '../mor/model.ts';
import { attributesIn, countIn, didAt, firstIdIn, getClosingEnd, indexInRange, type DidEntry, type DidRange } from './did-range.ts';

/** Fixtures as they were written, checked and with every default filled in. */
export interface FixtureData {
  readonly settings: Settings;
  /** The id of the first DID that is created. Default: the highest id + 1. */
  readonly next_did_id?: number | undefined;
  /** The id of the first user that is registered. Default: the highest id + 1. */
  readonly next_user_id?: number | undefined;
  /** The id of the first device that is created. Default: the highest id + 1. */
  readonly next_device_id?: number | undefined;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  readonly devices: readonly Device[];
  readonly dial_plans: readonly DialPlan[];
  /** Single DIDs, each with its id. No number and no id is there twice, neither here nor in a range. */
  readonly dids: readonly Did[];
  readonly ranges: readonly DidRange[];
}

/** The state that fixtures describe, with look-ups. It never changes. */
export class FixtureState {
  readonly settings: Settings;
  readonly nextDidId: number;
  readonly nextUserId: number;
  readonly nextDeviceId: number;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  readonly devices: readonly Device[];
  readonly dialPlans: readonly DialPlan[];
  /** How many DIDs there are. */
  readonly didCount: number;
  /** Single DIDs and ranges in the order of ids. */
  readonly didEntries: readonly DidEntry[];
  /** When the first closed DID becomes free, in Unix seconds; Infinity if none does. */
  readonly firstClosingEnd: number;
  readonly #usersByName: ReadonlyMap<string, User>;
  readonly #usersById: ReadonlyMap<number, User>;
  readonly #providersById: ReadonlyMap<number, Provider>;
  readonly #devicesById: ReadonlyMap<number, Device>;
  readonly #dialPlansById: ReadonlyMap<number, DialPlan>;
  readonly #didsByNumber: ReadonlyMap<string, Did>;
  /** In the order of length, then of numbers. */
  readonly #rangesByNumber: readonly DidRange[];

  constructor(data: FixtureData) {
    const { settings, users, providers, devices, dial_plans, dids, ranges } = data;
    this.settings = Object.freeze({ ...settings });
    this.users = deepFreeze(copyData(users));
    this.providers = deepFreeze(copyData(providers));
    this.#usersByName = new Map(this.users.map((user) => [user.username, user]));
    this.#usersById = new Map(this.users.map((user) => [user.id, user]));
    this.#providersById = new Map(this.providers.map((provider) => [provider.id, provider]));
    this.devices = deepFreeze(copyData(devices));
    this.dialPlans = deepFreeze(copyData(dial_plans));
    this.#devicesById = new Map(this.devices.map((device) => [device.id, device]));
    this.#dialPlansById = new Map(this.dialPlans.map((plan) => [plan.id, plan]));
    this.#didsByNumber = mapByNumber(dids);
    this.#rangesByNumber = ranges.toSorted((a, b) => compareNumbers(a.firstNumber, b.firstNumber));
    this.didEntries = sortById(dids, ranges);
    this.firstClosingEnd = this.didEntries.reduce((first, entry) => Math.min(first, getClosingEnd(attributesIn(entry))), Infinity);
    this.didCount = ranges.reduce((sum, { count }) => sum + count, dids.length);
    const last = this.didEntries.at(-1);
    this.nextDidId = data.next_did_id ?? (last === undefined ? 1 : firstIdIn(last) + countIn(last));
    this.nextUserId = data.next_user_id ?? highestId(this.users) + 1;
    this.nextDeviceId = data.next_device_id ?? highestId(this.devices) + 1;
    Object.freeze(this);
  }

  findUserByName(name: string): User | undefined {
    return this.#usersByName.get(name);
  }

  findUserById(id: number): User | undefined {
    return this.#usersById.get(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.#providersById.get(id);
  }

  findDeviceById(id: number): Device | undefined {
    return this.#devicesById.get(id);
  }

  findDialPlanById(id: number): DialPlan | undefined {
    return this.#dialPlansById.get(id);
  }

  findDidByNumber(number: string): Did | undefined {
    return this.#didsByNumber.get(number) ?? this.#findInRanges(number);
  }

  findDidById(id: number): Did | undefined {
    if (!Number.isInteger(id)) return undefined;
    const entry = this.didEntries[countWhile(this.didEntries, (one) => firstIdIn(one) <= id) - 1];
    const index = entry === undefined ? 0 : id - firstIdIn(entry);
    return entry === undefined || index >= countIn(entry) ? undefined : didAt(entry, index);
  }

  #findInRanges(number: string): Did | undefined {
    const ranges = this.#rangesByNumber;
    const range = ranges[countWhile(ranges, ({ firstNumber }) => compareNumbers(firstNumber, number) <= 0) - 1];
    const index = range === undefined ? undefined : indexInRange(range, number);
    return range === undefined || index === undefined ? undefined : didAt(range, index);
  }
}

/** The highest id; 0 if there are no records. */
export function highestId(records: readonly { readonly id: number }[]): number {
  return records.reduce((highest, { id }) => Math.max(highest, id), 0);
}

function mapByNumber(dids: readonly Did[]): ReadonlyMap<string, Did> {
  const map = new Map<string, Did>();
  // Not from pairs: a million of them would take 100 MB for a moment.
  for (const did of dids) map.set(did.did, did);
  return map;
}

function sortById(dids: readonly Did[], ranges: readonly DidRange[]): readonly DidEntry[] {
  const entries: readonly DidEntry[] = ranges.length === 0 ? dids : [...dids, ...ranges];
  const isSorted = entries.every((entry, i) => i === 0 || firstIdIn(entries[i - 1] as DidEntry) < firstIdIn(entry));
  return isSorted ? entries : entries.toSorted((a, b) => firstIdIn(a) - firstIdIn(b));
}

/** Shorter ones first, then by digits: within one length that is the order of numbers. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Binary search: how many of the sorted items, from the first on, a condition holds for. */
function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
