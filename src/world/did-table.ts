import type { Did } from '../mor/model.ts';
import type { DidColumns } from './did-columns.ts';
import type { DidRun, DidTraits } from './did-records.ts';
import { keyOf } from './number-key.ts';
import { firstAfter, TextIndex } from './text-index.ts';

/** Which DIDs are wanted, by what they share: for each traits of a table 1 or 0. */
export type WantedTraits = Uint8Array;

/** A place in a run, counted from 0. */
interface Found {
  readonly run: number;
  readonly place: number;
}

/**
 * DIDs that never change, made for look-ups. A look-up is a binary search, in blocks as among single numbers; nothing is spread out,
 * and what is passed over is only counted.
 */
export class DidTable {
  /** How many DIDs there are. */
  readonly didCount: number;
  /** The id after the highest. */
  readonly nextId: number;
  /** In the order of ids. */
  readonly #columns: DidColumns;
  /** The runs with a key, in the order of keys. */
  readonly #byKey: Uint32Array;
  readonly #byText: TextIndex;

  constructor(written: DidColumns) {
    written.giveIds();
    const columns = written.inOrderOfIds();
    const withText: number[] = [];
    let didCount = 0;
    for (let run = 0; run < columns.size; run++) {
      didCount += columns.countAt(run);
      if (columns.keyAt(run) < 0) withText.push(run);
    }
    this.didCount = didCount;
    this.nextId = columns.nextIds().next;
    this.#columns = columns;
    this.#byKey = columns.runsByKey();
    this.#byText = new TextIndex(withText.map((run) => ({ run, from: columns.numberAt(run), count: columns.countAt(run) })));
  }

  didNumbered(did: string): Did | undefined {
    const key = keyOf(did);
    const found = key === undefined ? this.#byText.find(did) : this.#findKey(key);
    return found === undefined ? undefined : this.#did(found);
  }

  didWithId(id: number): Did | undefined {
    const run = this.#runAfter(id) - 1;
    if (run < 0) return undefined;
    const place = id - this.#columns.idAt(run);
    return place < this.#columns.countAt(run) ? this.#did({ run, place }) : undefined;
  }

  /** Which traits are wanted, found once for each. */
  wanted(isWanted: (traits: DidTraits) => boolean): WantedTraits {
    return Uint8Array.from(this.#columns.traits, (traits) => (isWanted(traits) ? 1 : 0));
  }

  /** How many DIDs are wanted. */
  count(wanted: WantedTraits): number {
    const columns = this.#columns;
    let count = 0;
    if (!wanted.includes(1)) return count;
    for (let run = 0; run < columns.size; run++) if (wanted[columns.traitsPlaceAt(run)] === 1) count += columns.countAt(run);
    return count;
  }

  /** The wanted DIDs from one id to before another, as runs. The first `pass.left` of them are passed over, and taken off there. */
  *between(lowest: number, end: number, wanted: WantedTraits, pass: { left: number }): Generator<DidRun> {
    const columns = this.#columns;
    for (let run = Math.max(0, this.#runAfter(lowest) - 1); run < columns.size; run++) {
      const firstId = columns.idAt(run);
      if (firstId >= end) return;
      if (wanted[columns.traitsPlaceAt(run)] !== 1) continue;
      const before = Math.max(0, lowest - firstId);
      // Less than nothing of a run that ends before the lowest id.
      const count = Math.min(end - firstId, columns.countAt(run)) - before;
      if (count <= pass.left) {
        pass.left -= Math.max(0, count);
        continue;
      }
      const start = before + pass.left;
      yield { firstId: firstId + start, count: count - pass.left, from: columns.numberInRunAt(run, start), traits: columns.traitsOf(run) };
      pass.left = 0;
    }
  }

  #findKey(key: number): Found | undefined {
    const columns = this.#columns;
    const run = this.#byKey[firstAfter(this.#byKey.length, (at) => columns.keyAt(this.#byKey[at] as number) - key) - 1];
    if (run === undefined) return undefined;
    const place = key - columns.keyAt(run);
    return place < columns.countAt(run) ? { run, place } : undefined;
  }

  /** The first run that begins above an id. */
  #runAfter(id: number): number {
    return firstAfter(this.#columns.size, (run) => this.#columns.idAt(run) - id);
  }

  #did({ run, place }: Found): Did {
    const columns = this.#columns;
    return { id: columns.idAt(run) + place, did: columns.numberInRunAt(run, place), ...columns.traitsOf(run) };
  }
}
