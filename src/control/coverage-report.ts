/** Which outcomes a suite has met, as a tester sees it. What outcomes a call has is what its own list of checks says. */
import { CALLS } from '../mor/calls/index.ts';
import type { Call } from '../mor/define-call.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import type { Outcomes } from '../world/outcomes.ts';

/** One outcome of a call. */
export interface OutcomeCoverage {
  /** MOR's text (the current one): an error, or the success. */
  readonly outcome: string;
  /** Whether the vendor's page of the call lists it. */
  readonly on_page: boolean;
  /** Whether a request came to it. */
  readonly met: boolean;
  /** How many requests came to it. */
  readonly count: number;
  /** How many of them a fault rule forced. */
  readonly forced: number;
  /** The first five requests that met it. Ids start again at a reset; the time (ISO 8601) distinguishes them. */
  readonly requests: readonly {
    /** As in the journal. */
    readonly request_id: string;
    /** When it arrived, ISO 8601. */
    readonly at: string;
  }[];
}

/** How much of a list was met. */
export interface CoverageShare {
  /** How many outcomes were met. */
  readonly met: number;
  /** How many outcomes there are. */
  readonly of: number;
  /** The outcomes that were not met, in the order of the checks. */
  readonly missing: readonly string[];
}

/** What was met of one call. */
export interface CallCoverage {
  /** The name of the call. */
  readonly call: string;
  /** Every error of its checks, in their order, then the success. */
  readonly outcomes: readonly OutcomeCoverage[];
  /** All outcomes of the call. */
  readonly all: CoverageShare;
  /** The errors that the vendor's page lists, and the success. */
  readonly page: CoverageShare;
}

/** What was met of MOR's API. */
export interface Coverage {
  /** Each call, in the order of the contract. */
  readonly calls: readonly CallCoverage[];
  /** Requests for a call that MOR does not have. Part of no share. */
  readonly unknown_call: OutcomeCoverage;
}

/** How much of each call a suite can be asked to meet. */
export type RequiredShare = 'page' | 'all';

/** What was met so far. */
export function summarizeCoverage(outcomes: Outcomes): Coverage {
  return {
    calls: CALLS.map((call) => callCoverage(call, outcomes)),
    unknown_call: outcomeCoverage('', MOR_ERRORS.noSuchApi.text, false, outcomes),
  };
}

/** What is missing of a share, over all calls: `did_create: DID already exists`. */
export function missingIn({ calls }: Coverage, share: RequiredShare): readonly string[] {
  return calls.flatMap((call) => call[share].missing.map((outcome) => `${call.call}: ${outcome}`));
}

function callCoverage({ name, errors, success, onPage }: Call, outcomes: Outcomes): CallCoverage {
  const rows = [
    ...errors.map((error) => outcomeCoverage(name, MOR_ERRORS[error].text, onPage.includes(error), outcomes)),
    outcomeCoverage(name, success, true, outcomes),
  ];
  return { call: name, outcomes: rows, all: shareOf(rows), page: shareOf(rows.filter(({ on_page }) => on_page)) };
}

function outcomeCoverage(call: string, outcome: string, onPage: boolean, outcomes: Outcomes): OutcomeCoverage {
  const { count, forced, first } = outcomes.tally(call, outcome);
  const requests = first.map(({ requestId, at }) => ({ request_id: requestId, at: new Date(at).toISOString() }));
  return { outcome, on_page: onPage, met: count > 0, count, forced, requests };
}

function shareOf(rows: readonly OutcomeCoverage[]): CoverageShare {
  const missing = rows.filter(({ met }) => !met).map(({ outcome }) => outcome);
  return { met: rows.length - missing.length, of: rows.length, missing };
}
