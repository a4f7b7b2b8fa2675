import { REPORT_NOTHING, type ReportChange } from './signal.ts';

/** The clock of a world: it runs with real time, and a tester may move it. */
export class Clock {
  #movedMs = 0;
  readonly #report: ReportChange;

  /** `report` is called when it is moved. Default: nobody is. */
  constructor(report: ReportChange = REPORT_NOTHING) {
    this.#report = report;
  }

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
    this.#report('clock');
  }

  /** Sets it to a moment, in milliseconds since the epoch. It runs on from there. */
  set(now: number): void {
    this.#movedMs = now - Date.now();
    this.#report('clock');
  }

  /** Puts it back to real time. */
  reset(): void {
    if (this.#movedMs === 0) return;
    this.#movedMs = 0;
    this.#report('clock');
  }
}
