import { Duplex } from 'node:stream';

/** A connection in the memory of this process: what one end writes the other end reads. */
export class InProcessSocket extends Duplex {
  #peer: InProcessSocket | undefined;
  /** Lets the other end write on. */
  #resumePeer: (() => void) | undefined;

  constructor() {
    super({ allowHalfOpen: false });
  }

  /** Two ends of a new connection. */
  static createPair(): readonly [InProcessSocket, InProcessSocket] {
    const pair = [new InProcessSocket(), new InProcessSocket()] as const;
    pair[0].#peer = pair[1];
    pair[1].#peer = pair[0];
    return pair;
  }

  /** As sockets of Node have it: ends, and closes once everything is written. */
  destroySoon(): void {
    this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _read(): void {
    const resume = this.#resumePeer;
    this.#resumePeer = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const peer = this.#peer;
    if (peer === undefined || peer.push(chunk)) done();
    else peer.#resumePeer = done;
  }

  override _final(done: () => void): void {
    this.#peer?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // As a reset over TCP: what was sent before may be lost, too.
    if (!this.writableFinished) this.#peer?.destroy(Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' }));
    done(error);
  }
}
