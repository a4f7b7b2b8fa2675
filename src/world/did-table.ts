import type { Did } from '../mor/model.ts';
import type { DidColumns } from './did-columns.ts';
import type { DidRun, DidTraits } from './did-records.ts';
import { KindCounts, type WantedKinds } from './kind-counts.ts';
import { keyOf } from './number-key.ts';
import { firstAfter, TextIndex } from './text-index.ts';

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
  /** Made when a list is asked for first. */
  #kindCounts: KindCounts | undefined;

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
    this.#byText = new TextIndex(withText.map((run) => ({ run, from: columns.textAt(run), count: columns.countAt(run) })));
  }

  findDidByNumber(did: string): Did | undefined {
    const key = keyOf(did);
    const found = key === undefined ? this.#byText.find(did) : this.#findKey(key);
    return found === undefined ? undefined : this.#did(found);
  }

  findDidById(id: number): Did | undefined {
    const run = this.#runAfter(id) - 1;
    if (run < 0) return undefined;
    const place = id - this.#columns.idAt(run);
    return place < this.#columns.countAt(run) ? this.#did({ run, place }) : undefined;
  }

  /** Which traits are wanted, found once for each. */
  wanted(isWanted: (traits: DidTraits) => boolean): WantedKinds {
    return Uint8Array.from(this.#columns.traits, (traits) => (isWanted(traits) ? 1 : 0));
  }

  /** How many DIDs are wanted. */
  count(wanted: WantedKinds): number {
    const pass = { left: this.didCount };
    // As many may be passed over as there are, so nothing comes.
    this.between(0, Infinity, wanted, pass).next();
    return this.didCount - pass.left;
  }

  /** The wanted DIDs from one id to before another, as runs. The first `pass.left` of them are passed over, and taken off there. */
  *between(lowest: number, end: number, wanted: WantedKinds, pass: { left: number }): Generator<DidRun> {
    const columns = this.#columns;
    this.#kindCounts ??= new KindCounts(columns);
    for (let run = Math.max(0, this.#runAfter(lowest) - 1); run < columns.size; run++) {
      const firstId = columns.idAt(run);
      if (firstId >= end) return;
      const next = firstId < lowest ? undefined : this.#kindCounts.endOfStretch(run);
      const inStretch =
        next === undefined || columns.idAt(next - 1) + columns.countAt(next - 1) > end ? Infinity : this.#kindCounts.count(run, wanted);
      if (next !== undefined && inStretch <= pass.left) {
        pass.left -= inStretch;
        run = next - 1;
        continue;
      }
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
