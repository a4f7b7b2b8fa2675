/** The clock of a world as a tester reads and moves it. */
import { MockMorError } from '../problems.ts';
import type { World } from '../world/world.ts';

/** The clock as shown. */
export interface ClockView {
  /** What time it is in this world, ISO 8601. */
  readonly now: string;
  /** How far it is from real time, in milliseconds; negative if it is behind. */
  readonly moved_ms: number;
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The last moment that JavaScript has a date for, in milliseconds since the epoch. */
const MAX_TIME = 8_640_000_000_000_000;

/** A date and a time with a zone. What fits and is no date, such as a 30th of February, has no time value or another day. */
const TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** What time it is. */
export function clockView({ store: { clock } }: World): ClockView {
  return { now: new Date(clock.now).toISOString(), moved_ms: clock.movedMs };
}

/**
 * Moves the clock forward. DIDs whose time is over become free when somebody looks.
 *
 * @throws MockMorError `RECORD_INVALID`, and it does not move
 */
export function advanceClock(world: World, by: string): ClockView {
  const { clock } = world.store;
  clock.advance(parseDuration(by, clock.now));
  return clockView(world);
}

/** Sets the clock, which runs on from there. @throws MockMorError `RECORD_INVALID`, and it does not move */
export function setClock(world: World, to: string): ClockView {
  world.store.clock.set(parseTime(to));
  return clockView(world);
}

function parseDuration(text: unknown, now: number): number {
  const [, digits = '', unit = ''] = /^(\d{1,15})(ms|s|m|h|d)$/.exec(typeof text === 'string' ? text : '') ?? [];
  const ms = Number(digits) * (MS_PER_UNIT[unit] ?? NaN);
  if (Number.isNaN(ms)) throw invalid('advance must be a whole number and ms, s, m, h or d, such as 90d; the clock goes back with set');
  if (now + ms > MAX_TIME) throw invalid('advance leads beyond the last date there is');
  return ms;
}

function parseTime(text: unknown): number {
  const day = TIME.exec(typeof text === 'string' ? text : '')?.[1];
  const time = day === undefined ? NaN : Date.parse(text as string);
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (Number.isNaN(time) || !isDay) throw invalid('set must be a date and time with a zone, such as 2027-01-01T00:00:00Z');
  return time;
}

function invalid(message: string): MockMorError {
  return new MockMorError('RECORD_INVALID', message);
}
