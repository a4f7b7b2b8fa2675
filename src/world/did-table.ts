import type { Did } from '../mor/model.ts';
import type { DidColumns } from './did-columns.ts';
import { didOfRun, numberInRun, type DidRun, type DidTraits } from './did-records.ts';
import { keyOf, numberOf } from './number-key.ts';
import { orderOf, orderOfKnown } from './order-of.ts';
import { firstAfter, TextIndex } from './text-index.ts';

/** Which DIDs are wanted, by what they share: for each traits of a table 1 or 0. */
export type WantedTraits = Uint8Array;

/**
 * DIDs that never change, made for look-ups, in the order of their ids. A look-up is a binary search, in blocks as among single numbers;
 * nothing is spread out, and what is passed over is only counted.
 */
export class DidTable {
  /** How many DIDs there are. */
  readonly didCount: number;
  /** The id after the highest. */
  readonly nextId: number;
  readonly #firstIds: Uint32Array;
  readonly #counts: Uint32Array;
  /** The key of each run's first number; NaN where it is a text. */
  readonly #keys: Float64Array;
  readonly #traitsAt: Uint32Array;
  readonly #traits: readonly DidTraits[];
  /** The runs with a key, in the order of keys. */
  readonly #byKey: Uint32Array;
  /** The first number of each run that has no key. */
  readonly #texts = new Map<number, string>();
  readonly #byText: TextIndex;

  constructor(columns: DidColumns) {
    const { size } = columns;
    const { firstIds, nextId } = columns.allIds();
    const inOrder = orderOf(firstIds);
    this.#firstIds = new Uint32Array(size);
    this.#counts = new Uint32Array(size);
    this.#keys = new Float64Array(size);
    this.#traitsAt = new Uint32Array(size);
    this.#traits = columns.traits;
    let didCount = 0;
    for (let run = 0; run < size; run++) {
      const written = inOrder[run] as number;
      const key = columns.keyAt(written);
      this.#firstIds[run] = firstIds[written] as number;
      this.#counts[run] = columns.countAt(written);
      this.#keys[run] = key ?? NaN;
      this.#traitsAt[run] = columns.traitsPlaceAt(written);
      if (key === undefined) this.#texts.set(run, columns.numberAt(written));
      didCount += columns.countAt(written);
    }
    this.didCount = didCount;
    this.nextId = nextId;
    this.#byKey = orderOfKnown(this.#keys);
    this.#byText = new TextIndex(Array.from(this.#texts, ([run, from]) => ({ run, from, count: this.#counts[run] as number })));
  }

  /** How many runs there are. */
  get size(): number {
    return this.#firstIds.length;
  }

  didNumbered(did: string): Did | undefined {
    const key = keyOf(did);
    const found = key === undefined ? this.#byText.find(did) : this.#findKey(key);
    return found === undefined ? undefined : this.#did(found.run, found.place);
  }

  didWithId(id: number): Did | undefined {
    const run = this.#runAfter(id) - 1;
    if (run < 0) return undefined;
    const place = id - (this.#firstIds[run] as number);
    return place < (this.#counts[run] as number) ? this.#did(run, place) : undefined;
  }

  /** Which traits are wanted, found once for each. */
  wanted(isWanted: (traits: DidTraits) => boolean): WantedTraits {
    return Uint8Array.from(this.#traits, (traits) => (isWanted(traits) ? 1 : 0));
  }

  /** How many DIDs are wanted. */
  count(wanted: WantedTraits): number {
    let count = 0;
    for (let run = 0; run < this.size; run++) if (wanted[this.#traitsAt[run] as number] === 1) count += this.#counts[run] as number;
    return count;
  }

  /** The wanted DIDs from one id to before another, as runs. The first `pass.left` of them are passed over, and taken off there. */
  *between(lowest: number, end: number, wanted: WantedTraits, pass: { left: number }): Generator<DidRun> {
    for (let run = Math.max(0, this.#runAfter(lowest) - 1); run < this.size; run++) {
      const firstId = this.#firstIds[run] as number;
      if (firstId >= end) return;
      if (wanted[this.#traitsAt[run] as number] !== 1) continue;
      const skipped = Math.max(0, lowest - firstId);
      const count = Math.min(end - firstId, this.#counts[run] as number) - skipped;
      if (count <= pass.left) {
        // A run that ends before the lowest id has less than nothing in it.
        pass.left -= Math.max(0, count);
        continue;
      }
      const start = skipped + pass.left;
      yield this.#part(run, start, count - pass.left);
      pass.left = 0;
    }
  }

  #findKey(key: number): { readonly run: number; readonly place: number } | undefined {
    const after = firstAfter(this.#byKey.length, (at) => (this.#keys[this.#byKey[at] as number] as number) - key);
    const run = this.#byKey[after - 1];
    const place = run === undefined ? 0 : key - (this.#keys[run] as number);
    return run !== undefined && place < (this.#counts[run] as number) ? { run, place } : undefined;
  }

  /** The first run that begins above an id. */
  #runAfter(id: number): number {
    return firstAfter(this.size, (run) => (this.#firstIds[run] as number) - id);
  }

  #did(run: number, place: number): Did {
    return didOfRun(this.#part(run, place, 1), 0);
  }

  #part(run: number, start: number, count: number): DidRun {
    const text = this.#texts.get(run);
    return {
      firstId: (this.#firstIds[run] as number) + start,
      count,
      from: text === undefined ? numberOf((this.#keys[run] as number) + start) : numberInRun(text, start),
      traits: this.#traits[this.#traitsAt[run] as number] as DidTraits,
    };
  }
}
