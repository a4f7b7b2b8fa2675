type Numbers = Uint8Array | Uint32Array;

/** Whole numbers below 2^32 by place, in as few bytes as they need: none while all are as usual, one each while they are below 256, then four. */
export class GrowingColumn {
  readonly #usual: number;
  readonly #step: number;
  #values: Numbers | undefined;
  #room: number;

  /** With room for so many places. Until they are set they hold `usual`, or with a step the numbers that count up from there. */
  constructor(usual: number, room: number, step: 0 | 1 = 0) {
    this.#usual = usual;
    this.#room = room;
    this.#step = step;
  }

  /** Whether no place was set to anything else. */
  get isAsUsual(): boolean {
    return this.#values === undefined;
  }

  at(place: number): number {
    return this.#values === undefined ? this.#usual + this.#step * place : (this.#values[place] as number);
  }

  /** Sets the number of a place that there is room for. */
  set(place: number, value: number): void {
    if (this.#values === undefined && value === this.at(place)) return;
    if (this.#values === undefined || value > mostIn(this.#values)) this.#values = this.#copy(value);
    this.#values[place] = value;
  }

  /** Makes room for so many places. */
  grow(room: number): void {
    this.#room = room;
    if (this.#values !== undefined) this.#values = this.#copy(mostIn(this.#values));
  }

  /** A copy with room for all, in a form that holds a value. */
  #copy(value: number): Numbers {
    const most = this.#values === undefined ? Math.max(value, this.at(this.#room - 1)) : value;
    const copy = most < 2 ** 8 ? new Uint8Array(this.#room) : new Uint32Array(this.#room);
    if (this.#values !== undefined) copy.set(this.#values);
    else for (let place = 0; place < this.#room; place++) copy[place] = this.at(place);
    return copy;
  }
}

function mostIn(values: Numbers): number {
  return values instanceof Uint8Array ? 2 ** 8 - 1 : 2 ** 32 - 1;
}
