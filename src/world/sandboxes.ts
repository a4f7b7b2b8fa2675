import { didYouMean, unknownName } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import type { JournalLimits } from './journal.ts';
import { quoteValue } from '../mor/quote.ts';
import { isName, NAME_RULE } from './names.ts';
import { Sandbox } from './sandbox.ts';
import type { Snapshot } from './snapshots.ts';

/** How many sandboxes there may be, and how they come and go. */
export interface SandboxLimits {
  /** How many there may be at once; 0 allows none. */
  readonly most: number;
  /** How long one may stay unused, in milliseconds; 0 is for ever. */
  readonly idleMs: number;
  /** Whether the first use of a name makes its sandbox. */
  readonly onFirstUse: boolean;
  readonly journal: JournalLimits;
}

/** A name like those that are given in turn. */
const IN_TURN = /^s([0-9]{1,15})$/;

/** What a sandbox is made of. */
export interface SandboxInput {
  /** Default: the next of `s1`, `s2`, … that was never used. */
  readonly name?: string | undefined;
  /** The name of a snapshot of the root to start from. Default: the fixtures. */
  readonly from?: string | undefined;
}

/** A sandbox, and what is known of it from outside. Times are in milliseconds since the epoch. */
export interface SandboxEntry {
  readonly sandbox: Sandbox;
  readonly from: string | undefined;
  readonly madeAt: number;
  readonly usedAt: number;
}

const INPUT_FIELDS = ['name', 'from'] as const satisfies readonly (keyof SandboxInput)[];

/** How many names of expired sandboxes are remembered: enough to tell a tester what happened, and no leak. */
const EXPIRED_NAMES = 10_000;

/**
 * The worlds beside the root, over its base. Each costs only what it changes. None is watched by a timer: those that were
 * idle for too long are dropped at the next look.
 */
export class Sandboxes {
  readonly #root: Sandbox;
  readonly #limits: SandboxLimits;
  readonly #now: () => number;
  /** In the order of last use, so that those to drop stand in front. */
  readonly #entries = new Map<string, SandboxEntry>();
  readonly #expired = new Set<string>();
  #lastUsed = 0;

  constructor(root: Sandbox, limits: SandboxLimits, now: () => number = () => Date.now()) {
    this.#root = root;
    this.#limits = limits;
    this.#now = now;
  }

  get idleMs(): number {
    return this.#limits.idleMs;
  }

  /** The last used one last. */
  list(): readonly SandboxEntry[] {
    this.#dropIdle();
    return [...this.#entries.values()];
  }

  /** @throws MockMorError `RECORD_INVALID`, `SANDBOX_EXISTS`, `SANDBOX_LIMIT`, `NOT_FOUND` where there is no such snapshot */
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
    return this.#make(input.name ?? this.#nextName(), snapshot);
  }

  /** The sandbox of a name, which is used by that. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_INVALID`, `SANDBOX_LIMIT` */
  reach(name: string): Sandbox {
    this.#dropIdle();
    const entry = this.#entries.get(name);
    if (entry !== undefined) return this.#touch(entry);
    if (!isName(name)) throw new MockMorError('SANDBOX_INVALID', `${quoteValue(name)} is no name of a sandbox; it must be ${NAME_RULE}`);
    if (!this.#limits.onFirstUse || this.#expired.has(name)) throw this.#absent(name);
    this.#refuseBeyondLimit();
    return this.#make(name).sandbox;
  }

  /** Says that this very sandbox is used. @throws MockMorError as `reach`, where it is gone, even if another has its name by now */
  use(sandbox: Sandbox): Sandbox {
    this.#dropIdle();
    const entry = this.#entries.get(sandbox.name ?? '');
    if (entry?.sandbox !== sandbox) throw this.#absent(sandbox.name ?? '');
    return this.#touch(entry);
  }

  /** A sandbox that is looked at without being used. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED` */
  find(name: string): SandboxEntry {
    this.#dropIdle();
    const entry = this.#entries.get(name);
    if (entry === undefined) throw this.#absent(name);
    return entry;
  }

  /** Whether this very sandbox is still there. */
  holds(sandbox: Sandbox): boolean {
    this.#dropIdle();
    return this.#entries.get(sandbox.name ?? '')?.sandbox === sandbox;
  }

  /** Drops a sandbox with all that is in it. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED` */
  delete(name: string): void {
    this.#drop(this.find(name));
  }

  /** Takes up the fixtures that the root has by now. Only a reset of a sandbox does: under a test that runs nothing changes. */
  catchUp(sandbox: Sandbox): void {
    sandbox.follow(this.#root);
  }

  #refuseBeyondLimit(): void {
    if (this.#entries.size < this.#limits.most) return;
    throw new MockMorError(
      'SANDBOX_LIMIT',
      `the limit of sandboxes is reached (${String(this.#limits.most)}); delete those that are done with, or allow more with --max-sandboxes (MOCK_MOR_MAX_SANDBOXES, maxSandboxes)`,
    );
  }

  #make(name: string, snapshot?: Snapshot): SandboxEntry {
    const { journal } = this.#limits;
    const { store, provenance } = this.#root;
    const sandbox = new Sandbox(store.base, journal, name);
    // A load that failed on the root has nothing to do with it.
    sandbox.provenance = { ...provenance, failure: undefined };
    if (snapshot !== undefined) {
      sandbox.store.restore(snapshot.state);
      // A reset leads back to the fixtures; this leads back to the start.
      sandbox.snapshots.adopt(snapshot);
    }
    const now = this.#now();
    const entry: SandboxEntry = { sandbox, from: snapshot?.name, madeAt: now, usedAt: now };
    this.#entries.set(name, entry);
    this.#lastUsed = Math.max(this.#lastUsed, Number(IN_TURN.exec(name)?.[1] ?? 0));
    this.#expired.delete(name);
    return entry;
  }

  #touch(entry: SandboxEntry): Sandbox {
    const { sandbox } = entry;
    this.#entries.delete(sandbox.name ?? '');
    this.#entries.set(sandbox.name ?? '', { ...entry, usedAt: this.#now() });
    return sandbox;
  }

  #drop({ sandbox }: SandboxEntry): void {
    this.#entries.delete(sandbox.name ?? '');
    sandbox.end();
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
        if (this.#expired.size <= EXPIRED_NAMES) break;
        this.#expired.delete(first);
      }
    }
  }

  /** The next name in turn. One that was used is not given again, so no late request meets a world it does not know. */
  #nextName(): string {
    return `s${String(this.#lastUsed + 1)}`;
  }

  #absent(name: string): MockMorError {
    const make = `POST /__admin/sandboxes {"name":${JSON.stringify(name)}} makes it${this.#expired.has(name) ? ' anew' : ''}`;
    if (this.#expired.has(name)) {
      return new MockMorError(
        'SANDBOX_EXPIRED',
        `the sandbox ${quoteValue(name)} was not used for ${String(this.#limits.idleMs)} ms and expired with all that was in it; ${make}, --sandbox-idle-ms (MOCK_MOR_SANDBOX_IDLE_MS, sandboxIdleMs) gives more time, 0 for ever`,
      );
    }
    const near = didYouMean(name, [...this.#entries.keys()].slice(0, 1000));
    return new MockMorError(
      'SANDBOX_UNKNOWN',
      `there is no sandbox ${quoteValue(name)}.${near} ${make}; with --sandboxes auto (MOCK_MOR_SANDBOXES) the first use does`,
    );
  }
}

function checkInput(input: unknown): void {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new MockMorError('RECORD_INVALID', `a sandbox is made from an object with any of: ${INPUT_FIELDS.join(', ')}`);
  }
  const unknown = unknownName('field', Object.keys(input), INPUT_FIELDS);
  if (unknown !== undefined) throw new MockMorError('RECORD_INVALID', unknown);
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined || isName(value)) continue;
    throw new MockMorError('RECORD_INVALID', `${field}: ${quoteValue(value)} is no name; it must be ${NAME_RULE}`);
  }
}
