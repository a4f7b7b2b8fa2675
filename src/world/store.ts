import type { Did, Provider, Settings, User } from '../mor/model.ts';
import type { Change, World } from '../mor/world.ts';
import type { Base, WorldRecords } from './base.ts';
import { numberInRun, type DidBlock, type DidRow, type DidRun } from './did-records.ts';
import { ANY, countWanted, OverlayOrder, walk, type AddedDid, type DidStretch, type IsWanted, type Maker } from './did-walk.ts';
import { SharedMap } from './shared-map.ts';

/** What changed since the base was made. A reset drops it whole. */
interface Overlay {
  /** Added DIDs by id. */
  readonly added: SharedMap<number, AddedDid>;
  readonly addedByNumber: SharedMap<string, Did>;
  /** Ids of DIDs of the base that are gone. */
  readonly deleted: SharedMap<number, true>;
  nextDidId: number;
  created: number;
}

/** The state and the settings of one moment. Nobody changes it; any store may take it up. */
export interface SavedState {
  readonly base: Base;
  readonly overlay: Readonly<Overlay>;
  readonly settings: Settings;
}

/**
 * One world: a frozen base made from the fixtures and an overlay that holds what changed. The one place that changes.
 * A reset, a save and a restore cost the same whatever the fixtures hold and whatever was changed.
 */
export class Store implements World {
  #base: Base;
  #overlay: Overlay;
  #settings: Settings;
  /** The overlay in order, made at the first listing and kept while ids grow. */
  #order: OverlayOrder | undefined;
  #epoch = 0;

  constructor(base: Base) {
    this.#base = base;
    this.#overlay = emptyOverlay(base);
    this.#settings = base.settings;
  }

  /** What the fixtures say. */
  get base(): Base {
    return this.#base;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Counts the resets and restores of the state: a request of an earlier epoch must not change this one. */
  get epoch(): number {
    return this.#epoch;
  }

  get nextDidId(): number {
    return this.#overlay.nextDidId;
  }

  get users(): readonly User[] {
    return this.#base.users;
  }

  get providers(): readonly Provider[] {
    return this.#base.providers;
  }

  /** How many DIDs there are, and how many of them calls made, were added by anyone, and are gone from the base. */
  get tally(): { readonly dids: number; readonly created: number; readonly added: number; readonly deleted: number } {
    const { added, deleted, created } = this.#overlay;
    return { dids: this.#base.dids.didCount + added.size - deleted.size, created, added: added.size, deleted: deleted.size };
  }

  userNamed(username: string): User | undefined {
    return this.#base.userNamed(username);
  }

  userWithId(id: number): User | undefined {
    return this.#base.userWithId(id);
  }

  providerWithId(id: number): Provider | undefined {
    return this.#base.providerWithId(id);
  }

  didNumbered(did: string): Did | undefined {
    return this.#overlay.addedByNumber.get(did) ?? this.#unlessDeleted(this.#base.didNumbered(did));
  }

  didWithId(id: number): Did | undefined {
    return this.#overlay.added.get(id)?.did ?? this.#unlessDeleted(this.#base.didWithId(id));
  }

  /** Whether a call made the DID of this id. */
  wasCreated(id: number): boolean {
    return this.#overlay.added.get(id)?.maker === 'call';
  }

  /** The wanted DIDs in the order of ids, as stretches: a block that lost numbers comes in several. The first `skip` DIDs are passed over. */
  stretches(isWanted: IsWanted = ANY, skip = 0): Generator<DidStretch> {
    return walk(this.#base.dids, this.#inOrder(), isWanted, skip);
  }

  /** How many DIDs are wanted. */
  count(isWanted: IsWanted): number {
    return countWanted(this.#base.dids, this.#inOrder(), isWanted);
  }

  /** Carries out what a call wants changed. */
  apply(changes: readonly Change[]): void {
    for (const { did } of changes) this.#add(did, 'call');
  }

  /** Adds what the tester puts there. Its number and id are new: the caller has looked. */
  put(did: Did): void {
    this.#add(did, 'tester');
  }

  /** Takes a DID away that is there. */
  delete({ id, did }: Did): void {
    const { added, addedByNumber, deleted } = this.#overlay;
    this.#order = undefined;
    const entry = added.get(id);
    if (entry === undefined) {
      deleted.set(id, true);
      return;
    }
    if (entry.maker === 'call') this.#overlay.created -= 1;
    added.delete(id);
    addedByNumber.delete(did);
  }

  /** Changes settings, and the id sequence where it is named, until the next reset. */
  patch(settings: Partial<Settings>, nextDidId?: number): void {
    this.#settings = { ...this.#settings, ...settings };
    if (nextDidId !== undefined) this.#overlay.nextDidId = nextDidId;
  }

  /** Drops what changed of the DIDs and of their id sequence. */
  resetState(): void {
    this.#epoch += 1;
    this.#order = undefined;
    this.#overlay = emptyOverlay(this.#base);
  }

  /** Drops what was patched. */
  resetSettings(): void {
    this.#settings = this.#base.settings;
  }

  /** Puts another base under the world and drops all that changed. */
  rebase(base: Base): void {
    this.#base = base;
    this.resetState();
    this.resetSettings();
  }

  /** The state and the settings as they are now. */
  save(): SavedState {
    return { base: this.#base, overlay: copyOf(this.#overlay), settings: this.#settings };
  }

  /** Takes up a saved state, with the base it was saved over. */
  restore({ base, overlay, settings }: SavedState): void {
    this.#epoch += 1;
    this.#order = undefined;
    this.#base = base;
    this.#overlay = copyOf(overlay);
    this.#settings = settings;
  }

  /** The world in force, as records a base can be made of; undefined where that takes more rows and blocks than are wanted. */
  records(): WorldRecords;
  records(most: number): WorldRecords | undefined;
  records(most = Infinity): WorldRecords | undefined {
    const dids: (DidRow | DidBlock)[] = [];
    for (const { run } of this.stretches()) if (dids.push(entryOf(run)) > most) return undefined;
    return { settings: this.#settings, next_did_id: this.nextDidId, users: this.users, providers: this.providers, dids };
  }

  #add(did: Did, maker: Maker): void {
    const overlay = this.#overlay;
    const entry = { did, maker };
    if (this.#order?.takes(entry) === false) this.#order = undefined;
    overlay.added.set(did.id, entry);
    overlay.addedByNumber.set(did.did, did);
    overlay.nextDidId = Math.max(overlay.nextDidId, did.id + 1);
    if (maker === 'call') overlay.created += 1;
  }

  #inOrder(): OverlayOrder {
    const { added, deleted } = this.#overlay;
    this.#order ??= new OverlayOrder(added.values(), deleted.keys());
    return this.#order;
  }

  #unlessDeleted(did: Did | undefined): Did | undefined {
    return did !== undefined && this.#overlay.deleted.has(did.id) ? undefined : did;
  }
}

function emptyOverlay(base: Base): Overlay {
  return { added: new SharedMap(), addedByNumber: new SharedMap(), deleted: new SharedMap(), nextDidId: base.nextDidId, created: 0 };
}

function copyOf({ added, addedByNumber, deleted, ...numbers }: Readonly<Overlay>): Overlay {
  return { added: added.copy(), addedByNumber: addedByNumber.copy(), deleted: deleted.copy(), ...numbers };
}

function entryOf(run: DidRun): DidRow | DidBlock {
  const { firstId: id, count, from, traits } = run;
  return count === 1 ? { id, did: from, ...traits } : { id, from, to: numberInRun(from, count - 1), ...traits };
}
