import { countOf, numberInRun, type DidBlock, type DidRow, type DidTraits } from './did-records.ts';
import { GrowingColumn } from './growing-column.ts';
import { keyOf, numberOf } from './number-key.ts';
import { orderOf, orderOfKnown } from './order-of.ts';

/**
 * DIDs in columns: a run is a number in each of a few, so that a million of them cost some 15 MB and no work for the
 * garbage collector. What many share is kept once. They stand in the order in which they were written, until they are put in the order of ids.
 */
export class DidColumns {
  #size = 0;
  /** First ids; 0 where none was written. */
  #ids: GrowingColumn;
  readonly #counts: GrowingColumn;
  /** The first number of each run: its key, or, for a text that has none, `-1 - place` in the texts. */
  #numbers: Float64Array;
  readonly #traitsAt: GrowingColumn;
  readonly #texts: string[] = [];
  readonly #traits: DidTraits[] = [];
  /** The place of traits by what they say. */
  readonly #known = new Map<string, number>();
  /** The order of keys, until something is added. */
  #byKey: Uint32Array | undefined;

  /** With room for so many runs; it grows where that is not enough. */
  constructor(room = 16) {
    this.#ids = new GrowingColumn(0, room);
    this.#counts = new GrowingColumn(1, room);
    this.#numbers = new Float64Array(room);
    this.#traitsAt = new GrowingColumn(0, room);
  }

  /** The entries in the order written, and behind them those of a list. */
  static of(entries: readonly (DidRow | DidBlock)[], list?: DidColumns): DidColumns {
    // A world that is one list needs no copy of it.
    if (entries.length === 0 && list !== undefined) return list;
    const columns = new DidColumns(entries.length + (list?.size ?? 0));
    for (const entry of entries) columns.add(entry);
    if (list !== undefined) columns.#append(list);
    return columns;
  }

  /** How many runs there are. */
  get size(): number {
    return this.#size;
  }

  /** How many things stand on the heap, where memory is dear: different traits, and numbers that have no key. */
  get heapItems(): number {
    return this.#traits.length + this.#texts.length;
  }

  /** What DIDs share, each once. */
  get traits(): readonly DidTraits[] {
    return this.#traits;
  }

  /** Makes room for so many more runs. */
  reserve(more: number): void {
    if (this.#size + more > this.#numbers.length) this.#grow(this.#size + more);
  }

  /** Adds a row or a block. */
  add(entry: DidRow | DidBlock): void {
    const { id, ...rest } = entry;
    const { provider_id, reseller_id, status, custom_sip_header, comment, reseller_comment } = rest;
    const traits = { provider_id, reseller_id, status, custom_sip_header, comment, reseller_comment };
    const number = 'from' in rest ? rest.from : rest.did;
    this.push(keyOf(number) ?? number, countOf(entry), this.traitsPlace(traits), id);
  }

  /** Adds a run: its first number, as a key wherever it has one; how many there are; the place of its traits; and its id where one was written. */
  push(number: number | string, count: number, traitsAt: number, id = 0): void {
    if (this.#size === this.#numbers.length) this.#grow(2 * this.#size + 16);
    const run = this.#size++;
    this.#ids.set(run, id);
    this.#counts.set(run, count);
    this.#numbers[run] = typeof number === 'number' ? number : -this.#texts.push(number);
    this.#traitsAt.set(run, traitsAt);
    this.#byKey = undefined;
  }

  /** The place of traits, known by now or not. */
  traitsPlace(traits: DidTraits): number {
    const said = JSON.stringify(traits);
    const place = this.#known.get(said) ?? this.#traits.push(traits) - 1;
    this.#known.set(said, place);
    return place;
  }

  /** The first id of a run; 0 where none was written, and none was given yet. */
  idAt(run: number): number {
    return this.#ids.at(run);
  }

  countAt(run: number): number {
    return this.#counts.at(run);
  }

  /** The key of the first number of a run; below 0 where it has none. */
  keyAt(run: number): number {
    return this.#numbers[run] as number;
  }

  /** The first number of a run that has no key. */
  textAt(run: number): string {
    return this.#texts[-1 - this.keyAt(run)] as string;
  }

  /** The number at a place of a run, counted from 0. */
  numberInRunAt(run: number, place: number): string {
    const key = this.keyAt(run);
    return key < 0 ? numberInRun(this.textAt(run), place) : numberOf(key + place);
  }

  /** The runs that have a key, in the order of their keys. */
  runsByKey(): Uint32Array {
    this.#byKey ??= orderOfKnown(this.#numbers.subarray(0, this.#size));
    return this.#byKey;
  }

  traitsPlaceAt(run: number): number {
    return this.#traitsAt.at(run);
  }

  traitsOf(run: number): DidTraits {
    return this.#traits[this.traitsPlaceAt(run)] as DidTraits;
  }

  /** The id that comes after all, and the first of those that are given: in the order written, after the highest written one. */
  nextIds(): { readonly firstGiven: number; readonly next: number } {
    let firstGiven = 1;
    let given = 0;
    for (let run = 0; run < this.#size; run++) {
      const id = this.idAt(run);
      if (id === 0) given += this.countAt(run);
      else firstGiven = Math.max(firstGiven, id + this.countAt(run));
    }
    return { firstGiven, next: firstGiven + given };
  }

  /** Gives each run its id, where none was written. None of them is above the highest there can be. */
  giveIds(): void {
    if (this.#ids.isAsUsual && this.#counts.isAsUsual) {
      this.#ids = new GrowingColumn(1, this.#numbers.length, 1);
      return;
    }
    let { firstGiven: next } = this.nextIds();
    for (let run = 0; run < this.#size; run++) {
      if (this.idAt(run) !== 0) continue;
      this.#ids.set(run, next);
      next += this.countAt(run);
    }
  }

  /** The same in the order of ids, once all have one; itself where they stand so. */
  inOrderOfIds(): DidColumns {
    for (let run = 1; run < this.#size; run++) if (this.idAt(run - 1) > this.idAt(run)) return this.#sorted();
    return this;
  }

  #sorted(): DidColumns {
    const order = orderOf(Uint32Array.from({ length: this.#size }, (_, run) => this.idAt(run)));
    const sorted = new DidColumns(this.#size);
    for (const run of order) sorted.push(this.#keyOrText(run), this.countAt(run), this.traitsPlaceAt(run), this.idAt(run));
    for (const traits of this.#traits) sorted.#traits.push(traits);
    return sorted;
  }

  #append(list: DidColumns): void {
    this.reserve(list.#size);
    const places = list.#traits.map((traits) => this.traitsPlace(traits));
    for (let run = 0; run < list.#size; run++) {
      this.push(list.#keyOrText(run), list.countAt(run), places[list.traitsPlaceAt(run)] as number, list.idAt(run));
    }
  }

  #keyOrText(run: number): number | string {
    const key = this.keyAt(run);
    return key < 0 ? this.textAt(run) : key;
  }

  #grow(room: number): void {
    const numbers = this.#numbers;
    this.#numbers = new Float64Array(room);
    this.#numbers.set(numbers);
    for (const column of [this.#ids, this.#counts, this.#traitsAt]) column.grow(room);
  }
}
