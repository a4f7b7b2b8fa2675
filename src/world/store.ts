import type { Did, Provider, Settings, User } from '../mor/model.ts';
import type { MorState, StateChange } from '../mor/state.ts';
import type { Base, WorldRecords } from './base.ts';
import { numberInRun, type DidBlock, type DidRow, type DidRun } from './did-records.ts';
import { ANY, countWanted, OverlayOrder, walk, type Added, type DidStretch, type IsWanted, type Kind, type Maker } from './did-walk.ts';
import { AddedNumbers, ownText } from './added-numbers.ts';
import { SharedList } from './shared-list.ts';
import { SharedMap } from './shared-map.ts';

/** What changed since the base was made. A reset drops it whole. */
interface Overlay {
  /** Of added DIDs. */
  readonly numbers: AddedNumbers;
  /** What else they have, by id. Numbers that are alike in it share it. */
  readonly kinds: SharedList<Kind>;
  /** Ids of DIDs of the base that are gone. */
  readonly deleted: SharedMap<number, true>;
  nextDidId: number;
  created: number;
}

/** How many kinds are remembered to be shared. */
const RECENT_KINDS = 8;

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
export class Store implements MorState {
  #base: Base;
  #overlay: Overlay;
  #settings: Settings;
  /** The overlay in order, made at the first listing and kept while ids grow. */
  #order: OverlayOrder | undefined;
  #epoch = 0;
  readonly #recentKinds: Kind[] = [];

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
    const { numbers, deleted, created } = this.#overlay;
    const added = numbers.size;
    return { dids: this.#base.dids.didCount + added - deleted.size, created, added, deleted: deleted.size };
  }

  findUserByName(username: string): User | undefined {
    return this.#base.findUserByName(username);
  }

  findUserById(id: number): User | undefined {
    return this.#base.findUserById(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.#base.findProviderById(id);
  }

  findDidByNumber(did: string): Did | undefined {
    const id = this.#overlay.numbers.idOf(did);
    return id === undefined ? this.#unlessDeleted(this.#base.findDidByNumber(did)) : this.#addedDid(id);
  }

  findDidById(id: number): Did | undefined {
    return this.#addedDid(id) ?? this.#unlessDeleted(this.#base.findDidById(id));
  }

  /** Whether a call made the DID of this id. */
  wasCreated(id: number): boolean {
    return this.#overlay.kinds.get(id)?.maker === 'call';
  }

  /** The wanted DIDs in the order of ids, as stretches: a block that lost numbers comes in several. The first `skip` DIDs are passed over. */
  stretches(isWanted: IsWanted = ANY, skip = 0): Generator<DidStretch> {
    return walk(this.#base.dids, this.#inOrder(), this.#added, isWanted, skip);
  }

  /** How many DIDs are wanted. */
  count(isWanted: IsWanted): number {
    return countWanted(this.#base.dids, this.#inOrder(), this.#added, isWanted);
  }

  /** Carries out what a call wants changed. */
  apply(changes: readonly StateChange[]): void {
    for (const change of changes) this.#carryOut[change.kind](change);
  }

  /** Adds what the tester puts there. Its number and id are new: the caller has looked. */
  put(did: Did): void {
    this.#add(did, 'tester');
  }

  /** Takes a DID away that is there. */
  delete({ id, did }: Did): void {
    const { numbers, kinds, deleted } = this.#overlay;
    this.#order = undefined;
    const kind = kinds.get(id);
    if (kind === undefined) {
      deleted.set(id, true);
      return;
    }
    if (kind.maker === 'call') this.#overlay.created -= 1;
    numbers.delete(id, did);
    kinds.set(id, undefined);
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

  /** A kind of change that has no row here does not compile. */
  readonly #carryOut: { readonly [Kind in StateChange['kind']]: (change: Extract<StateChange, { kind: Kind }>) => void } = {
    'did.add': ({ did }) => {
      this.#add(did, 'call');
    },
  };

  #add(added: Did, maker: Maker): void {
    const { id, did } = added;
    const overlay = this.#overlay;
    if (this.#order?.takes(id) === false) this.#order = undefined;
    overlay.numbers.add(id, did);
    overlay.kinds.set(id, this.#kindOf(added, maker));
    overlay.nextDidId = Math.max(overlay.nextDidId, id + 1);
    if (maker === 'call') overlay.created += 1;
  }

  #inOrder(): OverlayOrder {
    const { numbers, deleted } = this.#overlay;
    this.#order ??= new OverlayOrder(numbers.ids(), deleted.keys());
    return this.#order;
  }

  readonly #added: Added = {
    kindUnder: (id) => listed(this.#overlay.kinds.get(id)),
    numberUnder: (id) => listed(this.#overlay.numbers.under(id)),
  };

  #addedDid(id: number): Did | undefined {
    const { numbers, kinds } = this.#overlay;
    const did = numbers.under(id);
    const kind = kinds.get(id);
    return did === undefined || kind === undefined ? undefined : { id, did, ...kind.traits };
  }

  /** One of the last kinds where it is the same: a suite makes its numbers by few callers, at few providers, mostly without comments. */
  #kindOf(added: Did, maker: Maker): Kind {
    const recent = this.#recentKinds;
    for (const kind of recent) if (kind.maker === maker && areAlike(kind.traits, added)) return kind;
    const { id: _, did: __, ...traits } = added;
    const { custom_sip_header, comment, reseller_comment } = traits;
    const texts = { custom_sip_header: ownText(custom_sip_header), comment: ownText(comment), reseller_comment: ownText(reseller_comment) };
    const kind: Kind = { traits: { ...traits, ...texts }, maker };
    recent.unshift(kind);
    if (recent.length > RECENT_KINDS) recent.pop();
    return kind;
  }

  #unlessDeleted(did: Did | undefined): Did | undefined {
    return did !== undefined && this.#overlay.deleted.has(did.id) ? undefined : did;
  }
}

/** What is in the order of added DIDs is there. */
function listed<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('an added DID was listed that is not there');
  return found;
}

function emptyOverlay(base: Base): Overlay {
  return {
    numbers: new AddedNumbers(),
    kinds: new SharedList(),
    deleted: new SharedMap(),
    nextDidId: base.nextDidId,
    created: 0,
  };
}

function copyOf({ numbers, kinds, deleted, nextDidId, created }: Readonly<Overlay>): Overlay {
  return {
    numbers: numbers.copy(),
    kinds: kinds.copy(),
    deleted: deleted.copy(),
    nextDidId,
    created,
  };
}

function areAlike(a: Kind['traits'], b: Kind['traits']): boolean {
  return (
    a.provider_id === b.provider_id &&
    a.reseller_id === b.reseller_id &&
    a.status === b.status &&
    a.custom_sip_header === b.custom_sip_header &&
    a.comment === b.comment &&
    a.reseller_comment === b.reseller_comment
  );
}

function entryOf(run: DidRun): DidRow | DidBlock {
  const { firstId: id, count, from, traits } = run;
  return count === 1 ? { id, did: from, ...traits } : { id, from, to: numberInRun(from, count - 1), ...traits };
}
