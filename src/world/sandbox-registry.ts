import { listed } from '../mor/in-words.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import type { JournalLimits } from './journal.ts';
import { quoteValue } from '../mor/quote.ts';
import { isIdentifier, IDENTIFIER_RULE } from './identifiers.ts';
import { Signal } from './signal.ts';
import type { Snapshot } from './snapshots.ts';
import { World } from './world.ts';

/** How many sandboxes there may be, and how they are created and expire. */
export interface SandboxLimits {
  /** How many there may be at once; 0 allows none. */
  readonly max: number;
  /** How long one may stay unused, in milliseconds; 0 is forever. */
  readonly idleMs: number;
  /** Whether the first use of a name creates its sandbox. */
  readonly autoCreate: boolean;
  readonly journal: JournalLimits;
}

/** A name like those that are given to sandboxes without one. */
const AUTO_NAME = /^s([0-9]{1,15})$/;

/** How a sandbox is created. */
export interface SandboxInput {
  /** Default: the next of `s1`, `s2`, … that was never used. */
  readonly name?: string | undefined;
  /** The name of a snapshot of the root to start from. Default: the fixtures. */
  readonly from?: string | undefined;
}

/** A sandbox of the registry. Times are in milliseconds since the epoch. */
export interface SandboxEntry {
  readonly world: World;
  /** The snapshot that it started from. */
  readonly from: string | undefined;
  readonly madeAt: number;
  readonly usedAt: number;
}

/** A sandbox came or went. */
export interface SandboxEvent {
  readonly kind: 'created' | 'dropped';
  readonly world: World;
}

const INPUT_FIELDS = ['name', 'from'] as const satisfies readonly (keyof SandboxInput)[];

/** How many names of expired sandboxes are remembered, so that their next use can be explained. */
const MAX_EXPIRED_NAMES = 10_000;

/**
 * The sandboxes: worlds over the fixtures of the root. Each costs only what it changes. There are no timers: sandboxes that were
 * idle for too long are dropped at the next use of the registry.
 */
export class SandboxRegistry {
  /** Reports each sandbox that is created or dropped. */
  readonly changes = new Signal<SandboxEvent>();
  readonly #root: World;
  readonly #limits: SandboxLimits;
  readonly #now: () => number;
  /** By name, in the order of last use: those to drop come first. */
  readonly #entries = new Map<string, SandboxEntry>();
  readonly #expired = new Set<string>();
  /** The highest number of a name like `s5` that was ever used. */
  #lastNumber = 0;

  constructor(root: World, limits: SandboxLimits, now: () => number = () => Date.now()) {
    this.#root = root;
    this.#limits = limits;
    this.#now = now;
  }

  get idleMs(): number {
    return this.#limits.idleMs;
  }

  /** Every sandbox, in the order of last use. */
  list(): readonly SandboxEntry[] {
    this.#dropIdle();
    return [...this.#entries.values()];
  }

  /** @throws MockMorError `RECORD_INVALID`, `SANDBOX_EXISTS`, `SANDBOX_LIMIT`, `NOT_FOUND` if there is no such snapshot */
  create(input: SandboxInput = {}): SandboxEntry {
    checkInput(input);
    this.#dropIdle();
    const snapshot = input.from === undefined ? undefined : this.#root.snapshots.get(input.from);
    if (input.name !== undefined && this.#entries.has(input.name)) {
      throw new MockMorError(
        'SANDBOX_EXISTS',
        `a sandbox is called ${quoteValue(input.name)} already; use it, reset it, or delete it first`,
      );
    }
    this.#refuseBeyondLimit();
    return this.#create(input.name ?? this.#nextName(), snapshot);
  }

  /** The world of a sandbox; this counts as use. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_INVALID`, `SANDBOX_LIMIT` */
  resolve(name: string): World {
    this.#dropIdle();
    const entry = this.#entries.get(name);
    if (entry !== undefined) return this.#markUsed(entry);
    if (!isIdentifier(name))
      throw new MockMorError('SANDBOX_INVALID', `invalid sandbox name ${quoteValue(name)}: it must be ${IDENTIFIER_RULE}`);
    if (!this.#limits.autoCreate || this.#expired.has(name)) throw this.#absent(name);
    this.#refuseBeyondLimit();
    return this.#create(name).world;
  }

  /** Counts as use of just this sandbox. @throws MockMorError as `resolve` if it is gone, even if another has its name now */
  touch(world: World): World {
    this.#dropIdle();
    const entry = this.#entries.get(world.name ?? '');
    if (entry?.world !== world) throw this.#absent(world.name ?? '');
    return this.#markUsed(entry);
  }

  /** The entry of a sandbox; this does not count as use. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED` */
  find(name: string): SandboxEntry {
    this.#dropIdle();
    const entry = this.#entries.get(name);
    if (entry === undefined) throw this.#absent(name);
    return entry;
  }

  /** The world of a sandbox; undefined if there is none of this name. This does not count as use. */
  peek(name: string): World | undefined {
    return this.#entries.get(name)?.world;
  }

  /** Whether just this sandbox still exists. */
  has(world: World): boolean {
    this.#dropIdle();
    return this.#entries.get(world.name ?? '')?.world === world;
  }

  /** Deletes a sandbox with all that is in it. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED` */
  delete(name: string): void {
    this.#drop(this.find(name));
  }

  /** Takes the fixtures that the root has now. Only a reset of a sandbox does, so that nothing changes in the middle of a test. */
  syncFixtures(world: World): void {
    world.adoptFixtures(this.#root);
  }

  #refuseBeyondLimit(): void {
    if (this.#entries.size < this.#limits.max) return;
    throw new MockMorError(
      'SANDBOX_LIMIT',
      `the limit of sandboxes is reached (${String(this.#limits.max)}); delete those that are done with, or allow more with --max-sandboxes (MOCK_MOR_MAX_SANDBOXES, maxSandboxes)`,
    );
  }

  #create(name: string, snapshot?: Snapshot): SandboxEntry {
    const { store, fixtureSource } = this.#root;
    // A load that failed on the root has nothing to do with it.
    const world = new World(store.fixtures, this.#limits.journal, { ...fixtureSource, failure: undefined }, name);
    if (snapshot !== undefined) {
      world.store.restore(snapshot.state);
      // A reset goes back to the fixtures; this snapshot goes back to the start.
      world.snapshots.adopt(snapshot);
    }
    const now = this.#now();
    const entry: SandboxEntry = { world, from: snapshot?.name, madeAt: now, usedAt: now };
    this.#entries.set(name, entry);
    this.#lastNumber = Math.max(this.#lastNumber, Number(AUTO_NAME.exec(name)?.[1] ?? 0));
    this.#expired.delete(name);
    this.#report({ kind: 'created', world });
    return entry;
  }

  #markUsed(entry: SandboxEntry): World {
    const { world } = entry;
    this.#entries.delete(world.name ?? '');
    this.#entries.set(world.name ?? '', { ...entry, usedAt: this.#now() });
    return world;
  }

  #drop({ world }: SandboxEntry): void {
    this.#entries.delete(world.name ?? '');
    world.dispose();
    this.#report({ kind: 'dropped', world });
  }

  #report(event: SandboxEvent): void {
    this.changes.report(event);
    this.#root.changes.report('sandboxes');
  }

  #dropIdle(): void {
    const { idleMs } = this.#limits;
    if (idleMs === 0) return;
    const oldest = this.#now() - idleMs;
    for (const [name, entry] of this.#entries) {
      if (entry.usedAt > oldest) return;
      this.#drop(entry);
      this.#expired.add(name);
      for (const first of this.#expired) {
        if (this.#expired.size <= MAX_EXPIRED_NAMES) break;
        this.#expired.delete(first);
      }
    }
  }

  /** The next name. One that was used is not given again, so that no late request reaches another world. */
  #nextName(): string {
    return `s${String(this.#lastNumber + 1)}`;
  }

  #absent(name: string): MockMorError {
    const isExpired = this.#expired.has(name);
    const creating = `POST /__admin/sandboxes {"name":${JSON.stringify(name)}} creates it${isExpired ? ' again' : ''}`;
    if (isExpired) {
      return new MockMorError(
        'SANDBOX_EXPIRED',
        `the sandbox ${quoteValue(name)} was not used for ${String(this.#limits.idleMs)} ms and expired with all that was in it; ${creating}, --sandbox-idle-ms (MOCK_MOR_SANDBOX_IDLE_MS, sandboxIdleMs) gives more time, 0 is forever`,
      );
    }
    const names = [...this.#entries.keys()];
    const known = names.length === 0 ? '' : ` There are: ${listed(names)}.`;
    const near = didYouMean(name, names.slice(0, 1000));
    return new MockMorError(
      'SANDBOX_UNKNOWN',
      `there is no sandbox ${quoteValue(name)}.${near}${known} ${creating}; with --sandboxes auto (MOCK_MOR_SANDBOXES) its first use does`,
    );
  }
}

function checkInput(input: unknown): void {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new MockMorError(
      'RECORD_INVALID',
      `a sandbox is created from an object with any of: ${INPUT_FIELDS.join(', ')}, such as { name: 'a' }`,
    );
  }
  const unknown = unknownName('field', Object.keys(input), INPUT_FIELDS);
  if (unknown !== undefined) throw new MockMorError('RECORD_INVALID', unknown);
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined || isIdentifier(value)) continue;
    throw new MockMorError('RECORD_INVALID', `${field}: ${quoteValue(value)} is not a name; it must be ${IDENTIFIER_RULE}`);
  }
}
