/** How many places a queue has at first. A power of two, as every number of places is. */
const FEWEST_PLACES = 16;

/**
 * A queue of items that are numbered as they come, from 1 on, and found by their numbers. In a ring, whose places are taken again and
 * again: a Map that loses its oldest keys leaves old tables behind, and what they held lives on until the collector looks at everything.
 */
export class NumberedQueue<Item> {
  #places = new Array<Item | undefined>(FEWEST_PLACES).fill(undefined);
  /** The number of the oldest item; the next one where there is none. */
  #first = 1;
  #next = 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number that the next item gets. */
  get next(): number {
    return this.#next;
  }

  /** Adds an item under the next number. */
  add(item: Item): void {
    if (this.#next - this.#first === this.#places.length) this.#grow();
    this.#places[this.#placeOf(this.#next)] = item;
    this.#next += 1;
    this.#size += 1;
  }

  get(number: number): Item | undefined {
    return number >= this.#first && number < this.#next ? this.#places[this.#placeOf(number)] : undefined;
  }

  /** Whether it was there. */
  delete(number: number): boolean {
    if (this.get(number) === undefined) return false;
    this.#places[this.#placeOf(number)] = undefined;
    this.#size -= 1;
    while (this.#first < this.#next && this.get(this.#first) === undefined) this.#first += 1;
    return true;
  }

  /** Takes the oldest item out; undefined where there is none. */
  takeOldest(): Item | undefined {
    const item = this.get(this.#first);
    this.delete(this.#first);
    return item;
  }

  /** From the oldest to the newest. One that is taken out meanwhile does not come. */
  *[Symbol.iterator](): Generator<Item> {
    for (let number = this.#first; number < this.#next; number++) {
      const item = this.get(number);
      if (item !== undefined) yield item;
    }
  }

  /** Forgets all. Numbers start anew. */
  clear(): void {
    this.#places = new Array<Item | undefined>(FEWEST_PLACES).fill(undefined);
    this.#first = 1;
    this.#next = 1;
    this.#size = 0;
  }

  #placeOf(number: number): number {
    return number & (this.#places.length - 1);
  }

  #grow(): void {
    const items = Array.from({ length: this.#places.length }, (_, i) => this.get(this.#first + i));
    const { length } = this.#places;
    this.#places = new Array<Item | undefined>(2 * length).fill(undefined);
    for (let i = 0; i < length; i++) this.#places[this.#placeOf(this.#first + i)] = items[i];
  }
}
