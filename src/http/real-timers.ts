import { performance } from 'node:perf_hooks';
import * as timers from 'node:timers';

/**
 * The system's timers as they are when this is loaded: a test that fakes the clock must keep neither a server from closing nor
 * a refused client from being let go. What a tester asks for, such as the delay of a fault, runs by the clock he sees.
 */
export const { setTimeout: startTimer, clearTimeout: stopTimer, setInterval: startInterval, clearInterval: stopInterval } = timers;

const sinceStart = performance.now.bind(performance);

/** A clock that begins with the date of now, in milliseconds since the epoch, and then goes on by itself: it follows no date that is set. */
export function steadyClock(): () => number {
  const offset = Date.now() - sinceStart();
  return () => Math.round(offset + sinceStart());
}
