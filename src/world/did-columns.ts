import { countOf, numberInRun, type DidBlock, type DidRow, type DidTraits } from './did-records.ts';
import { keyOf, numberOf } from './number-key.ts';
import { orderOfKnown } from './order-of.ts';

/**
 * DIDs in the order in which they were written, in columns: a run is a number in each of some typed arrays, so that a million of
 * them cost some 20 MB and no work for the garbage collector. What many share is kept once.
 */
export class DidColumns {
  #size = 0;
  /** Written ids; 0 where none was. */
  #ids: Uint32Array;
  #counts: Uint32Array;
  /** The first number of each run: its key, or, for a text that has none, `-1 - place` in the texts. */
  #numbers: Float64Array;
  #traitsAt: Uint32Array;
  readonly #texts: string[] = [];
  readonly #traits: DidTraits[] = [];
  /** The place of traits by what they say. */
  readonly #known = new Map<string, number>();

  /** With room for so many runs; it grows where that is not enough. */
  constructor(room = 16) {
    this.#ids = new Uint32Array(room);
    this.#counts = new Uint32Array(room);
    this.#numbers = new Float64Array(room);
    this.#traitsAt = new Uint32Array(room);
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

  /** How many things stand on the heap, where memory is dear: different traits, and numbers that are no key. */
  get heapItems(): number {
    return this.#traits.length + this.#texts.length;
  }

  /** What DIDs share, each once. */
  get traits(): readonly DidTraits[] {
    return this.#traits;
  }

  /** Makes room for so many more runs. */
  reserve(more: number): void {
    if (this.#size + more > this.#counts.length) this.#grow(this.#size + more);
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
    if (this.#size === this.#counts.length) this.#grow(2 * this.#size + 16);
    const run = this.#size++;
    this.#ids[run] = id;
    this.#counts[run] = count;
    this.#numbers[run] = typeof number === 'number' ? number : -this.#texts.push(number);
    this.#traitsAt[run] = traitsAt;
  }

  /** The place of traits, known by now or not. */
  traitsPlace(traits: DidTraits): number {
    const said = JSON.stringify(traits);
    const place = this.#known.get(said) ?? this.#traits.push(traits) - 1;
    this.#known.set(said, place);
    return place;
  }

  /** The id written for a run; 0 where none was. */
  idAt(run: number): number {
    return this.#ids[run] as number;
  }

  countAt(run: number): number {
    return this.#counts[run] as number;
  }

  /** The key of the first number of a run; undefined where it has none. */
  keyAt(run: number): number | undefined {
    const number = this.#numbers[run] as number;
    return number < 0 ? undefined : number;
  }

  /** The first number of a run. */
  numberAt(run: number): string {
    const number = this.#numbers[run] as number;
    return number < 0 ? (this.#texts[-1 - number] as string) : numberOf(number);
  }

  /** The last number of a run. */
  lastNumberAt(run: number): string {
    return numberInRun(this.numberAt(run), this.countAt(run) - 1);
  }

  /** The runs that have a key, in the order of their keys. */
  runsByKey(): Uint32Array {
    return orderOfKnown(this.#numbers.subarray(0, this.#size));
  }

  traitsPlaceAt(run: number): number {
    return this.#traitsAt[run] as number;
  }

  /** The first id of each run, in the order written, those left out after the highest one written; and the id that comes after them all. */
  allIds(): { readonly firstIds: Float64Array; readonly nextId: number } {
    let nextId = 1;
    for (let run = 0; run < this.#size; run++) {
      if (this.idAt(run) !== 0) nextId = Math.max(nextId, this.idAt(run) + this.countAt(run));
    }
    const firstIds = new Float64Array(this.#size);
    for (let run = 0; run < this.#size; run++) {
      const written = this.idAt(run);
      firstIds[run] = written === 0 ? nextId : written;
      if (written === 0) nextId += this.countAt(run);
    }
    return { firstIds, nextId };
  }

  #append(list: DidColumns): void {
    this.reserve(list.#size);
    const start = this.#size;
    this.#size += list.#size;
    this.#ids.set(list.#ids.subarray(0, list.#size), start);
    this.#counts.set(list.#counts.subarray(0, list.#size), start);
    const traitsPlaces = list.#traits.map((traits) => this.traitsPlace(traits));
    const texts = this.#texts.length;
    for (const text of list.#texts) this.#texts.push(text);
    for (let run = 0; run < list.#size; run++) {
      const number = list.#numbers[run] as number;
      this.#numbers[start + run] = number < 0 ? number - texts : number;
      this.#traitsAt[start + run] = traitsPlaces[list.#traitsAt[run] as number] as number;
    }
  }

  #grow(room: number): void {
    const grown = <Column extends Uint32Array | Float64Array>(column: Column, larger: Column): Column => {
      larger.set(column);
      return larger;
    };
    this.#ids = grown(this.#ids, new Uint32Array(room));
    this.#counts = grown(this.#counts, new Uint32Array(room));
    this.#numbers = grown(this.#numbers, new Float64Array(room));
    this.#traitsAt = grown(this.#traitsAt, new Uint32Array(room));
  }
}
