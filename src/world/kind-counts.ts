import type { DidColumns } from './did-columns.ts';

/** How many runs are counted together. */
const STRETCH = 4096;

/** How many counts are kept at the most: beyond it DIDs hardly share anything, and runs are looked at one by one. */
const MOST_COUNTS = 1_000_000;

/** Which kinds of DIDs are wanted, by the place of their traits: 1 or 0. */
export type WantedKinds = Uint8Array;

/** How many DIDs of each kind there are in each stretch of runs, so that a page far behind is found without looking at every run before it. */
export class KindCounts {
  readonly #kinds: number;
  readonly #stretches: number;
  /** Stretch by stretch, the count of each kind. */
  readonly #counts: Uint32Array | undefined;

  constructor(columns: DidColumns) {
    this.#kinds = columns.traits.length;
    this.#stretches = Math.floor(columns.size / STRETCH);
    if (this.#kinds * this.#stretches > MOST_COUNTS) return;
    const counts = new Uint32Array(this.#kinds * this.#stretches);
    for (let run = 0; run < this.#stretches * STRETCH; run++) {
      (counts[Math.floor(run / STRETCH) * this.#kinds + columns.traitsPlaceAt(run)] as number) += columns.countAt(run);
    }
    this.#counts = counts;
  }

  /** The run behind the stretch that begins with a run; undefined where none does that is counted. */
  endOfStretch(run: number): number | undefined {
    return this.#counts !== undefined && run % STRETCH === 0 && run < this.#stretches * STRETCH ? run + STRETCH : undefined;
  }

  /** How many DIDs of wanted kinds there are in the stretch that begins with a run. */
  count(run: number, wanted: WantedKinds): number {
    const start = (run / STRETCH) * this.#kinds;
    let count = 0;
    for (let kind = 0; kind < this.#kinds; kind++) if (wanted[kind] === 1) count += this.#counts?.[start + kind] ?? 0;
    return count;
  }
}
