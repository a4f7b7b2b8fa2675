/** The clock of a world: it runs with real time, and a tester may move it. */
export class Clock {
  #movedMs = 0;

  /** What time it is here, in milliseconds since the epoch. */
  get now(): number {
    return Date.now() + this.#movedMs;
  }

  /** How far it is from real time, in milliseconds; negative if it is behind. */
  get movedMs(): number {
    return this.#movedMs;
  }

  /** Moves it forward, or back. */
  advance(ms: number): void {
    this.#movedMs += ms;
  }

  /** Sets it to a moment, in milliseconds since the epoch. It runs on from there. */
  set(now: number): void {
    this.#movedMs = now - Date.now();
  }

  /** Puts it back to real time. */
  reset(): void {
    this.#movedMs = 0;
  }
}
