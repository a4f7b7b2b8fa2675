import { CALLS } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { faultKind, leavesTheAnswer } from './fault-kind.ts';
import { REPORT_NOTHING, type ReportChange } from './signal.ts';
import type { JournalEntry } from './journal.ts';

/** How many requests are named for each outcome: the first ones. */
const FIRST_REQUESTS = 5;

/** A request by which an outcome was met. */
export interface MeetingRequest {
  readonly requestId: string;
  /** Milliseconds since the epoch: request ids start again at a reset. */
  readonly at: number;
}

/** How often an outcome was met. */
export interface Tally {
  readonly count: number;
  /** How many of them a fault rule forced. */
  readonly forced: number;
  readonly first: readonly MeetingRequest[];
}

/** A tally while it is counted. */
interface OpenTally extends Tally {
  count: number;
  forced: number;
  readonly first: MeetingRequest[];
}

const NEVER: Tally = { count: 0, forced: 0, first: [] };

/**
 * Which outcomes the requests to one world, or to several, have met. Counted apart from the journal, so it matters to neither
 * how much the journal keeps nor how often it is cleared. Takes room for the outcomes there are, whatever the number of requests.
 */
export class Outcomes {
  /** By call, then by text. */
  readonly #tallies = new Map<string, Map<string, OpenTally>>();
  readonly #report: ReportChange;

  /** `report` is called when an outcome is counted, and when all are cleared. Default: nobody is. */
  constructor(report: ReportChange = REPORT_NOTHING) {
    this.#report = report;
  }

  /** Counts the outcome of a request that has ended. What the client did not get is not met. */
  record(entry: JournalEntry, requestId: string): void {
    const text = sentOutcome(entry);
    if (text === undefined) return;
    const tally = this.#openTally(text === MOR_ERRORS.noSuchApi.text ? '' : entry.call, text);
    tally.count += 1;
    if (faultKind(entry.fault) === 'error') tally.forced += 1;
    if (tally.first.length < FIRST_REQUESTS) tally.first.push({ requestId, at: entry.at });
    this.#report('coverage');
  }

  /** How often a call came to this; for `There is no such API` the call is the empty text. */
  tally(call: string, text: string): Tally {
    const { count, forced, first } = this.#tallies.get(call)?.get(text) ?? NEVER;
    return { count, forced, first: [...first] };
  }

  clear(): void {
    this.#tallies.clear();
    this.#report('coverage');
  }

  #openTally(call: string, text: string): OpenTally {
    let ofCall = this.#tallies.get(call);
    if (ofCall === undefined) this.#tallies.set(call, (ofCall = new Map<string, OpenTally>()));
    let tally = ofCall.get(text);
    if (tally === undefined) ofCall.set(text, (tally = { count: 0, forced: 0, first: [] }));
    return tally;
  }
}

/** What each call may say, as texts. */
const TEXTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  CALLS.map(({ name, success, errors }) => [name, new Set<string>([success, ...errors.map((error) => MOR_ERRORS[error].text)])]),
);

/** MOR's text (the current one) if the client got one that the call knows; undefined for everything else. */
export function sentOutcome({ call, state, status, outcomeText: text, fault }: JournalEntry): string | undefined {
  if (state !== 'completed' || status !== 200 || !leavesTheAnswer(fault)) return undefined;
  if (text === undefined || text === MOR_ERRORS.noSuchApi.text) return text;
  return TEXTS.get(call)?.has(text) === true ? text : undefined;
}

/** What a request that has ended came to, in one word or in MOR's text: few enough to count by, without any text of the request. */
export function outcomeWord(entry: JournalEntry): string {
  const sent = sentOutcome(entry);
  if (sent !== undefined) return sent;
  if (!leavesTheAnswer(entry.fault)) return 'fault';
  if (entry.state !== 'completed') return 'aborted';
  return entry.status !== undefined && entry.status >= 500 ? 'broken' : 'refused';
}
