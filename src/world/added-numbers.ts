import { keyOf, numberOf } from './number-key.ts';
import { SharedList } from './shared-list.ts';
import { NUMBERS, SharedMap } from './shared-map.ts';

/** Stands in the list of keys for a number that has none. */
const NO_KEY = 1;

/** The numbers of added DIDs, by id and the other way round. Copied in constant time. */
export class AddedNumbers {
  /** By id. */
  #keys = new SharedList<number>(0);
  #idsByKey = new SharedMap<number, number>(NUMBERS);
  /** Those without a key, by id, and their ids. */
  #texts = new SharedMap<number, string>();
  #idsByText = new SharedMap<string, number>();

  get size(): number {
    return this.#idsByKey.size + this.#idsByText.size;
  }

  /** The number that has an id. */
  under(id: number): string | undefined {
    const key = this.#keys.get(id);
    return key === undefined || key === NO_KEY ? this.#texts.get(id) : numberOf(key);
  }

  idOf(did: string): number | undefined {
    const key = keyOf(did);
    return key === undefined ? this.#idsByText.get(did) : this.#idsByKey.get(key);
  }

  /** Adds a number that is not there, under an id that is not. */
  add(id: number, did: string): void {
    const key = keyOf(did);
    this.#keys.set(id, key ?? NO_KEY);
    if (key !== undefined) {
      this.#idsByKey.set(key, id);
      return;
    }
    const text = ownText(did);
    this.#texts.set(id, text);
    this.#idsByText.set(text, id);
  }

  delete(id: number, did: string): void {
    const key = keyOf(did);
    this.#keys.set(id, undefined);
    if (key === undefined) {
      this.#texts.delete(id);
      this.#idsByText.delete(did);
    } else {
      this.#idsByKey.delete(key);
    }
  }

  /** In their order. */
  ids(): Generator<number> {
    return this.#keys.indices();
  }

  /** Others that hold the same. What is changed in one of them does not change the other. */
  copy(): AddedNumbers {
    const copy = new AddedNumbers();
    copy.#keys = this.#keys.copy();
    copy.#idsByKey = this.#idsByKey.copy();
    copy.#texts = this.#texts.copy();
    copy.#idsByText = this.#idsByText.copy();
    return copy;
  }
}

/** From this length on V8 keeps a part of a text as a view of the whole: a number would hold the body it came in. */
const SHORTEST_VIEW = 13;

/** The same text, holding nothing but itself. */
export function ownText(text: string): string {
  if (text.length < SHORTEST_VIEW) return text;
  const copy = Buffer.from(text, 'latin1').toString('latin1');
  // What has other characters takes two bytes each.
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le');
}
