/** The DIDs of a world in the order of their ids: those of the base, without what is gone and with what was added. */
import type { DidRun, DidTraits } from './did-records.ts';
import type { DidTable } from './did-table.ts';

/** Who made a DID: a call, or the tester. */
export type Maker = 'call' | 'tester';

/** What a DID that is not of the base has beside its id and its number. */
export interface Kind {
  readonly traits: DidTraits;
  readonly maker: Maker;
}

/** The DIDs that are not of the base, by ids that they have. */
export interface Added {
  readonly kindUnder: (id: number) => Kind;
  readonly numberUnder: (id: number) => string;
}

/** A stretch of DIDs in the order of ids, all of one maker; `undefined` is the base. */
export interface DidStretch {
  readonly run: DidRun;
  readonly maker: Maker | undefined;
}

/** Whether DIDs are wanted, by what they share and by who made them. */
export type IsWanted = (traits: DidTraits, maker: Maker | undefined) => boolean;

/** What was added to a base and what is gone from it: the ids in their order. */
export class OverlayOrder {
  readonly added: number[];
  readonly gone: readonly number[];

  /** `added` comes in order, `gone` in any. */
  constructor(added: Iterable<number>, gone: Iterable<number>) {
    this.added = [...added];
    this.gone = Array.from(gone).sort((a, b) => a - b);
  }

  /** Takes up one more, if it comes behind all the others, as what calls make does. */
  takes(id: number): boolean {
    const last = this.added.at(-1);
    if (last !== undefined && last >= id) return false;
    this.added.push(id);
    return true;
  }
}

/** Everything is wanted. */
export const ANY: IsWanted = () => true;

/** The wanted DIDs as stretches: a block that lost numbers comes in several. The first `skip` DIDs are passed over, not listed. */
export function* walk(
  table: DidTable,
  { added, gone }: OverlayOrder,
  { kindUnder, numberUnder }: Added,
  isWanted: IsWanted,
  skip: number,
): Generator<DidStretch> {
  const ofBase = table.wanted((traits) => isWanted(traits, undefined));
  // From here on there is nothing of the base: calls add behind it, and of a base that is not wanted nothing need be passed over.
  const endOfBase = ofBase.includes(1) ? table.nextId : 0;
  const pass = { left: skip };
  let [nextAdded, nextGone, nextId] = [0, 0, 0];
  while (nextId < Infinity) {
    if (nextId >= endOfBase && isWanted === ANY) {
      const passed = Math.min(pass.left, added.length - nextAdded);
      nextAdded += passed;
      pass.left -= passed;
    }
    const addedId = added[nextAdded] ?? Infinity;
    const goneId = gone[nextGone] ?? Infinity;
    // A DID may have been put under an id that is gone.
    const stop = Math.min(addedId, goneId);
    if (nextId < endOfBase) for (const run of table.between(nextId, stop, ofBase, pass)) yield { run, maker: undefined };
    if (goneId === stop) nextGone++;
    if (addedId === stop && stop < Infinity) {
      nextAdded++;
      const { traits, maker } = kindUnder(addedId);
      const wanted = isWanted(traits, maker);
      if (wanted && pass.left === 0) yield { run: { firstId: addedId, count: 1, from: numberUnder(addedId), traits }, maker };
      else if (wanted) pass.left--;
    }
    nextId = stop + 1;
  }
}

/** How many DIDs are wanted. */
export function countWanted(
  table: DidTable,
  { added, gone }: OverlayOrder,
  { kindUnder }: Pick<Added, 'kindUnder'>,
  isWanted: IsWanted,
): number {
  let count = table.count(table.wanted((traits) => isWanted(traits, undefined)));
  for (const id of gone) {
    const did = table.findDidById(id);
    if (did !== undefined && isWanted(did, undefined)) count--;
  }
  if (isWanted === ANY) return count + added.length;
  for (const id of added) {
    const { traits, maker } = kindUnder(id);
    if (isWanted(traits, maker)) count++;
  }
  return count;
}
