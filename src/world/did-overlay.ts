import type { Did } from '../mor/model.ts';
import { detachStrings } from './detach-string.ts';
import { getClosingEnd } from './did-range.ts';
import type { FixtureState } from './fixture-state.ts';

/** Who changes the state: a call, the tester through the admin API or the library, or time. */
export type Actor = 'call' | 'tester' | 'clock';

/** How a DID can differ from the fixtures: a call created it, a call or time changed it, or the tester added it. */
export const DID_MARKS = ['created', 'changed', 'added'] as const;

/** How a DID differs from the fixtures. */
export type DidMark = (typeof DID_MARKS)[number];

/** A DID that is not as the fixtures have it. */
interface OverlayDid {
  readonly did: Did;
  /** Who made it. An update leaves it as it is. */
  readonly origin: 'fixtures' | Exclude<Actor, 'clock'>;
  /** Whether a call or time updated it. Never true for what a call made. */
  readonly isChanged: boolean;
}

/** How many DIDs there are. */
export interface DidCounts {
  readonly dids: number;
  /** Made by calls. */
  readonly created: number;
  /** Made by calls or by the tester. */
  readonly added: number;
  /** DIDs of the fixtures that are gone. */
  readonly removed: number;
}

/** The DIDs of a world: those of the fixtures, and over them what was added, updated and removed since. */
export class DidOverlay {
  readonly fixtures: FixtureState;
  /** The id that the next DID gets. Ids of removed DIDs are not given again. */
  nextId: number;
  /** When the next closed DID becomes free, in Unix seconds, or an earlier moment; Infinity if none does. */
  nextClosingEnd: number;
  /** Added and updated DIDs. */
  #byId = new Map<number, OverlayDid>();
  #byNumber = new Map<string, OverlayDid>();
  /** Ids of the fixtures that no DID has any more. */
  #removedIds = new Set<number>();
  #created = 0;
  #added = 0;
  #removed = 0;
  /** Nothing is changed yet. */
  constructor(fixtures: FixtureState) {
    this.fixtures = fixtures;
    this.nextId = fixtures.nextDidId;
    this.nextClosingEnd = fixtures.firstClosingEnd;
  }

  /** The same in maps of its own. Takes time and memory for each DID that was changed, none for the others. */
  copy(): DidOverlay {
    const copy = new DidOverlay(this.fixtures);
    copy.nextId = this.nextId;
    copy.#byId = new Map(this.#byId);
    copy.#byNumber = new Map(this.#byNumber);
    copy.#removedIds = new Set(this.#removedIds);
    [copy.#created, copy.#added, copy.#removed] = [this.#created, this.#added, this.#removed];
    copy.nextClosingEnd = this.nextClosingEnd;
    return copy;
  }

  get counts(): DidCounts {
    const [created, added, removed] = [this.#created, this.#added, this.#removed];
    return { dids: this.fixtures.didCount + added - removed, created, added, removed };
  }

  findById(id: number): Did | undefined {
    return this.#byId.get(id)?.did ?? (this.#removedIds.has(id) ? undefined : this.fixtures.findDidById(id));
  }

  findByNumber(number: string): Did | undefined {
    const own = this.#byNumber.get(number);
    if (own !== undefined) return own.did;
    const did = this.fixtures.findDidByNumber(number);
    // Under an id of the fixtures that was removed the tester may have put another number.
    return did === undefined || this.#byId.has(did.id) || this.#removedIds.has(did.id) ? undefined : did;
  }

  /** Whether a call made the DID. */
  isCreated(id: number): boolean {
    return this.#byId.get(id)?.origin === 'call';
  }

  /** How the DID differs from the fixtures; null if it does not. One that the tester added and a call changed is `changed`. */
  getMark(id: number): DidMark | null {
    const own = this.#byId.get(id);
    if (own === undefined || own.origin === 'call') return own === undefined ? null : 'created';
    return own.isChanged ? 'changed' : own.origin === 'tester' ? 'added' : null;
  }

  /** Whether a call updated the DID, which no call made. */
  isChanged(id: number): boolean {
    return this.#byId.get(id)?.isChanged === true;
  }

  /** The ids at which the list differs from that of the fixtures, in order. */
  changedIds(): readonly number[] {
    return [...this.#byId.keys(), ...this.#removedIds].sort((a, b) => a - b);
  }

  /** An added or updated DID. */
  findAddedOrUpdated(id: number): Did | undefined {
    return this.#byId.get(id)?.did;
  }

  /** Adds a DID. That its id and its number are free is for the caller to check: MOR's checks are not made twice. */
  add(added: Did, actor: Exclude<Actor, 'clock'>): void {
    const did = detachStrings(added);
    this.#removedIds.delete(did.id);
    this.#set({ did, origin: actor, isChanged: false });
    this.nextId = Math.max(this.nextId, did.id + 1);
    this.#added += 1;
    if (actor === 'call') this.#created += 1;
  }

  /** Changes fields of a DID that exists. */
  update(id: number, fields: Partial<Omit<Did, 'id' | 'did'>>, actor: Actor): void {
    const { did, origin, isChanged } = this.#get(id);
    const isChange = actor !== 'tester' && origin !== 'call';
    // A DID has no field for what it has not.
    const kept = Object.entries({ ...did, ...detachStrings(fields) }).filter(([, value]) => value !== undefined);
    this.#set({ did: Object.fromEntries(kept) as unknown as Did, origin, isChanged: isChanged || isChange });
  }

  /** Removes a DID that exists. */
  remove(id: number): void {
    const { did, origin } = this.#get(id);
    this.#byId.delete(id);
    this.#byNumber.delete(did.did);
    if (this.fixtures.findDidById(id) !== undefined) this.#removedIds.add(id);
    if (origin === 'fixtures') this.#removed += 1;
    else this.#added -= 1;
    if (origin === 'call') this.#created -= 1;
  }

  #get(id: number): OverlayDid {
    const own = this.#byId.get(id);
    const did = own?.did ?? this.findById(id);
    if (did === undefined) throw new Error(`there is no DID with the id ${String(id)} to change`);
    return own ?? { did, origin: 'fixtures', isChanged: false };
  }

  #set(entry: OverlayDid): void {
    this.nextClosingEnd = Math.min(this.nextClosingEnd, getClosingEnd(entry.did));
    this.#byId.set(entry.did.id, entry);
    this.#byNumber.set(entry.did.did, entry);
  }
}
