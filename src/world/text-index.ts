/** A run whose numbers have no key: a text that is not all digits, or more digits than a key holds. */
interface TextRun {
  readonly run: number;
  readonly from: string;
  readonly count: number;
}

/** Finds numbers that have no key: single texts by themselves, blocks by a binary search. */
export class TextIndex {
  readonly #singles: ReadonlyMap<string, number>;
  /** Shorter ones first, then by digits: within one length that is their order as numbers. */
  readonly #blocks: readonly TextRun[];

  constructor(runs: readonly TextRun[]) {
    this.#singles = new Map(runs.filter(({ count }) => count === 1).map(({ from, run }) => [from, run]));
    this.#blocks = runs.filter(({ count }) => count > 1).toSorted((a, b) => compareNumbers(a.from, b.from));
  }

  /** The run that holds a number, and its place in it. */
  find(did: string): { readonly run: number; readonly place: number } | undefined {
    const single = this.#singles.get(did);
    if (single !== undefined) return { run: single, place: 0 };
    if (this.#blocks.length === 0 || !/^[0-9]+$/.test(did)) return undefined;
    const block = this.#blocks[firstAfter(this.#blocks.length, (at) => compareNumbers(this.#blocks[at]?.from ?? '', did)) - 1];
    if (block?.from.length !== did.length) return undefined;
    const place = BigInt(did) - BigInt(block.from);
    return place < block.count ? { run: block.run, place: Number(place) } : undefined;
  }
}

function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Binary search: the first of so many sorted places that stands above what is looked for. */
export function firstAfter(count: number, standsAt: (place: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (standsAt(middle) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
