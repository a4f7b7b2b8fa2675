/** How many places a table has at the least. A power of two, as every number of places is. */
const FEWEST_PLACES_BITS = 3;

/** The golden ratio as 32 bits: what follows each other comes to lie far apart. */
const SPREAD = 0x9e3779b1;

/**
 * A map of numbers to numbers, in one flat array: sixteen bytes a place, and nothing in it that the garbage collector would visit.
 * No key is 0, which stands for an empty place.
 */
export class NumberTable {
  /** Key and value in turns. */
  #places: Float64Array;
  /** How many bits count the places. */
  #bits: number;
  #size: number;

  /** An empty one, or a copy. */
  constructor(from?: NumberTable) {
    this.#bits = from === undefined ? FEWEST_PLACES_BITS : from.#bits;
    this.#places = from === undefined ? new Float64Array(2 << FEWEST_PLACES_BITS) : from.#places.slice();
    this.#size = from === undefined ? 0 : from.#size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: number): number | undefined {
    const at = this.#find(key);
    return this.#places[at] === key ? this.#places[at + 1] : undefined;
  }

  has(key: number): boolean {
    return this.#places[this.#find(key)] === key;
  }

  set(key: number, value: number): void {
    let at = this.#find(key);
    if (this.#places[at] !== key) {
      this.#size += 1;
      // A quarter stays empty, so that looking for a key ends soon.
      if (this.#size * 4 > 3 << this.#bits) {
        this.#grow();
        at = this.#find(key);
      }
      this.#places[at] = key;
    }
    this.#places[at + 1] = value;
  }

  delete(key: number): void {
    let gap = this.#find(key);
    if (this.#places[gap] !== key) return;
    this.#size -= 1;
    // What stands behind moves up where it may, so that no search ends before it.
    const end = this.#places.length - 1;
    for (let at = (gap + 2) & end; this.#places[at] !== 0; at = (at + 2) & end) {
      const home = this.#homeOf(this.#places[at] ?? 0);
      if (((at - home) & end) < ((at - gap) & end)) continue;
      this.#places.copyWithin(gap, at, at + 2);
      gap = at;
    }
    this.#places[gap] = 0;
  }

  /** In no order. */
  *keys(): Generator<number> {
    for (const [key] of this) yield key;
  }

  /** In no order. */
  *values(): Generator<number> {
    for (const [, value] of this) yield value;
  }

  /** In no order. */
  *[Symbol.iterator](): Generator<[key: number, value: number]> {
    for (let at = 0; at < this.#places.length; at += 2) {
      const key = this.#places[at] ?? 0;
      if (key !== 0) yield [key, this.#places[at + 1] ?? 0];
    }
  }

  /** Where a key stands, or the empty place it would take. */
  #find(key: number): number {
    const places = this.#places;
    const end = places.length - 1;
    let at = this.#homeOf(key);
    for (let found = places[at]; found !== 0 && found !== key; found = places[at]) at = (at + 2) & end;
    return at;
  }

  #homeOf(key: number): number {
    // The upper half counts too: numbers of different lengths may end alike.
    return (Math.imul((key | 0) ^ (key / 2 ** 32), SPREAD) >>> (32 - this.#bits)) << 1;
  }

  #grow(): void {
    const places = this.#places;
    this.#bits += 1;
    this.#places = new Float64Array(2 << this.#bits);
    for (let from = 0; from < places.length; from += 2) {
      const key = places[from] ?? 0;
      if (key === 0) continue;
      const at = this.#find(key);
      this.#places[at] = key;
      this.#places[at + 1] = places[from + 1] ?? 0;
    }
  }
}
