import type { Did, Provider, Settings, User } from '../mor/model.ts';

/** What all numbers of a block share. */
type DidTraits = Omit<Did, 'id' | 'did'>;

/** A DID as written: its id may be left to the base. */
export interface DidRow extends DidTraits {
  readonly id?: number | undefined;
  readonly did: string;
}

/** A block of consecutive numbers of one length, `from` and `to` included. Its ids follow each other. */
export interface DidBlock extends DidTraits {
  /** Id of the first number. */
  readonly id?: number | undefined;
  readonly from: string;
  readonly to: string;
}

/** A world as it was written, checked and with every default filled in. */
export interface WorldRecords {
  readonly settings: Settings;
  /** The id of the first DID that is created. Default: the highest id + 1. */
  readonly next_did_id?: number | undefined;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  readonly dids: readonly (DidRow | DidBlock)[];
}

/** Consecutive numbers with consecutive ids: a block, or a single number as a block of one. */
export interface DidRun {
  readonly firstId: number;
  readonly count: number;
  /** The first number: digits, unless the run holds just this one. */
  readonly from: string;
  readonly traits: DidTraits;
}

/** How many numbers an entry holds. A block's `from` and `to` are digits of one length, `from` not above `to`. */
export function countOf(entry: DidRow | DidBlock): number {
  return 'from' in entry ? Number(BigInt(entry.to) - BigInt(entry.from)) + 1 : 1;
}

/** Gives each entry its ids, in the order written: those left out follow the highest one written. */
export function withIds(entries: readonly (DidRow | DidBlock)[]): readonly DidRun[] {
  let next = 1;
  for (const entry of entries) if (entry.id !== undefined) next = Math.max(next, entry.id + countOf(entry));
  return entries.map((entry) => {
    const { id: writtenId, ...rest } = entry;
    const count = countOf(entry);
    const firstId = writtenId ?? next;
    if (writtenId === undefined) next += count;
    if (!('from' in rest)) {
      const { did, ...traits } = rest;
      return { firstId, count, from: did, traits };
    }
    const { from, to: _, ...traits } = rest;
    return { firstId, count, from, traits };
  });
}

/** The id after the highest of some runs. */
export function nextIdAfter(runs: readonly DidRun[]): number {
  return runs.reduce((next, { firstId, count }) => Math.max(next, firstId + count), 1);
}

/** The DID that stands at a place of a run, counted from 0. */
export function didOfRun(run: DidRun, place: number): Did {
  const did = place === 0 ? run.from : String(BigInt(run.from) + BigInt(place)).padStart(run.from.length, '0');
  return { id: run.firstId + place, did, ...run.traits };
}

/** The part of a world that never changes: what the fixtures say, made for look-ups. Blocks stay blocks, whatever their size. */
export class Base {
  readonly settings: Settings;
  readonly nextDidId: number;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  /** Every run, in the order of ids. */
  readonly runs: readonly DidRun[];
  readonly didCount: number;
  readonly #usersByName: ReadonlyMap<string, User>;
  readonly #usersById: ReadonlyMap<number, User>;
  readonly #providersById: ReadonlyMap<number, Provider>;
  readonly #singlesByNumber: ReadonlyMap<string, DidRun>;
  /** Blocks in the order of their numbers: shorter ones first, then by digits. */
  readonly #blocksByNumber: readonly DidRun[];

  constructor(records: WorldRecords) {
    this.settings = Object.freeze({ ...records.settings });
    this.users = deeplyFrozen(records.users);
    this.providers = deeplyFrozen(records.providers);
    this.#usersByName = new Map(records.users.map((user) => [user.username, user]));
    this.#usersById = new Map(records.users.map((user) => [user.id, user]));
    this.#providersById = new Map(records.providers.map((provider) => [provider.id, provider]));
    this.runs = withIds(records.dids).toSorted((a, b) => a.firstId - b.firstId);
    this.#singlesByNumber = new Map(this.runs.filter((run) => run.count === 1).map((run) => [run.from, run]));
    this.#blocksByNumber = this.runs.filter((run) => run.count > 1).toSorted((a, b) => compareNumbers(a.from, b.from));
    this.didCount = this.runs.reduce((sum, { count }) => sum + count, 0);
    this.nextDidId = records.next_did_id ?? nextIdAfter(this.runs);
    Object.freeze(this);
  }

  userNamed(username: string): User | undefined {
    return this.#usersByName.get(username);
  }

  userWithId(id: number): User | undefined {
    return this.#usersById.get(id);
  }

  providerWithId(id: number): Provider | undefined {
    return this.#providersById.get(id);
  }

  didNumbered(did: string): Did | undefined {
    const single = this.#singlesByNumber.get(did);
    if (single !== undefined) return didOfRun(single, 0);
    if (this.#blocksByNumber.length === 0 || !/^[0-9]+$/.test(did)) return undefined;
    const block = lastNotAbove(this.#blocksByNumber, (run) => compareNumbers(run.from, did));
    if (block?.from.length !== did.length) return undefined;
    const place = BigInt(did) - BigInt(block.from);
    return place < block.count ? didOfRun(block, Number(place)) : undefined;
  }

  didWithId(id: number): Did | undefined {
    const run = lastNotAbove(this.runs, ({ firstId }) => firstId - id);
    return run !== undefined && id < run.firstId + run.count ? didOfRun(run, id - run.firstId) : undefined;
  }
}

/** A copy nobody can change, down to its last field. */
function deeplyFrozen<T>(value: T): T {
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    Object.values(part).forEach(freeze);
    Object.freeze(part);
  };
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}

/** Orders numbers by length, then by digits: within one length that is their order as numbers. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Binary search: the last of sorted items that does not stand above what is looked for. */
function lastNotAbove<T>(items: readonly T[], standsAt: (item: T) => number): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (standsAt(items[middle] as T) <= 0) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
