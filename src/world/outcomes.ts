import { callNamed } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { faultKind, leavesTheAnswer } from './fault-kind.ts';
import type { JournalEntry } from './journal.ts';

/** How many requests are named for each outcome: the first ones. */
const FIRST_REQUESTS = 5;

/** A request by which an outcome was met. */
export interface MeetingRequest {
  readonly requestId: string;
  /** Milliseconds since the epoch: request ids start anew at a reset. */
  readonly at: number;
}

/** How often an outcome was met. */
export interface Tally {
  readonly count: number;
  /** How many of them a fault rule forced. */
  readonly forced: number;
  readonly first: readonly MeetingRequest[];
}

const NEVER: Tally = { count: 0, forced: 0, first: [] };

/**
 * Which outcomes the requests to one world, or to several, have met. Counted apart from the journal, so it matters to neither
 * how much the journal keeps nor how often it is cleared. Takes room for the outcomes there are, whatever the number of requests.
 */
export class Outcomes {
  /** By call and text. */
  readonly #tallies = new Map<string, Tally>();

  /** Counts the outcome of a request that has ended. What the client was not told is not met. */
  record(entry: JournalEntry, requestId: string): void {
    const text = outcomeTold(entry);
    if (text === undefined) return;
    const key = keyOf(text === MOR_ERRORS.noSuchApi.text ? '' : entry.call, text);
    const { count, forced, first } = this.#tallies.get(key) ?? NEVER;
    this.#tallies.set(key, {
      count: count + 1,
      forced: forced + (faultKind(entry.fault) === 'error' ? 1 : 0),
      first: first.length < FIRST_REQUESTS ? [...first, { requestId, at: entry.at }] : first,
    });
  }

  /** How often a call came to this; for `There is no such API` the call is the empty text. */
  tally(call: string, text: string): Tally {
    return this.#tallies.get(keyOf(call, text)) ?? NEVER;
  }

  clear(): void {
    this.#tallies.clear();
  }
}

/** MOR's text (the current one) where the client was told one that the call knows; undefined for all that is not MOR's. */
export function outcomeTold({ call, state, status, outcomeText: text, fault }: JournalEntry): string | undefined {
  if (state !== 'completed' || status !== 200 || !leavesTheAnswer(fault)) return undefined;
  if (text === MOR_ERRORS.noSuchApi.text) return text;
  const known = callNamed(call);
  return known?.success === text || known?.errors.some((error) => MOR_ERRORS[error].text === text) === true ? text : undefined;
}

/** What a request that has ended came to, in one word or in MOR's text: few enough to count by, and no text of the request in it. */
export function outcomeWord(entry: JournalEntry): string {
  const told = outcomeTold(entry);
  if (told !== undefined) return told;
  if (!leavesTheAnswer(entry.fault)) return 'fault';
  if (entry.state !== 'completed') return 'aborted';
  return entry.status !== undefined && entry.status >= 500 ? 'broken' : 'refused';
}

function keyOf(call: string, text: string): string {
  return `${call}\n${text}`;
}
