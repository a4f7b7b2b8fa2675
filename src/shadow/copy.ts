/** The bytes of a body that passes by, kept as long as they are not too many. */
export class Copy {
  readonly #mostBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  add(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length <= this.#mostBytes) this.#chunks.push(chunk);
    else this.#chunks = [];
  }

  /** All of them; undefined where they were too many to keep. */
  get bytes(): Buffer | undefined {
    return this.#length <= this.#mostBytes ? Buffer.concat(this.#chunks) : undefined;
  }
}
