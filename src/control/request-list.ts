/** The journal of a world as a tester sees it: listed, filtered, waited for. */
import { checkOptions } from '../check-options.ts';
import { fits } from './did-control.ts';
import { traceOf } from './explain-call.ts';
import { trimmed } from '../mor/params.ts';
import { MAX_TIMER_MS } from '../options.ts';
import { MockMorError } from '../problems.ts';
import { requestSecrets } from './request-secrets.ts';
import { requestView, type RequestDetail, type RequestView } from './request-view.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';

/** Which requests are meant; every field that is given must fit. */
export interface RequestFilter {
  /** The `u` of the caller, known or not. */
  readonly u?: string | undefined;
  /** The DID number as sent, trimmed. */
  readonly did?: string | undefined;
  /** MOR's text, to the letter. */
  readonly outcome?: string | undefined;
  readonly call?: string | undefined;
  /** Default: any; `waitForRequests` waits for completed ones. */
  readonly state?: RequestView['state'] | undefined;
  /** Only those with a higher id. */
  readonly since?: number | undefined;
}

/** How long to wait for requests. */
export interface WaitOptions {
  /** Default: 1. */
  readonly count?: number | undefined;
  /** Default: 5000. */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait as if the time were over. */
  readonly signal?: AbortSignal | undefined;
}

/** What the journal holds. */
export interface RequestPage {
  readonly requests: readonly RequestView[];
  /** How many entries were dropped to stay within the journal's limits. */
  readonly dropped: number;
}

/** What was waited for. */
export interface WaitedPage extends RequestPage {
  /** False where the time was over first. */
  readonly complete: boolean;
}

const FILTERS = {
  u: { type: 'anyString' },
  did: { type: 'anyString' },
  outcome: { type: 'anyString' },
  call: { type: 'anyString' },
  state: { type: ['pending', 'completed', 'aborted'] },
  since: { type: 'integer' },
} as const;

/** The requests that a filter leaves, oldest first. */
export function requestPage(sandbox: World, filter: RequestFilter): RequestPage {
  const { journal } = sandbox;
  checkOptions(filter, FILTERS, 'filter');
  const entries = [...journal.entries].filter((entry) => isWanted(entry, filter));
  return { requests: entries.map((entry) => requestView(entry, sandbox)), dropped: journal.dropped };
}

/** One request with the whole decision. @throws MockMorError `NOT_FOUND` */
export function requestWithId(sandbox: World, id: number): RequestDetail {
  const entry = entryWithId(sandbox, id);
  const view = requestView(entry, sandbox);
  const trace = traceOf(entry, requestSecrets(entry, sandbox.store));
  return { ...view, trace: trace === null ? null : { ...trace, ...(view.notes === undefined ? {} : { notes: view.notes }) } };
}

/** @throws MockMorError `NOT_FOUND` */
export function deleteRequest(sandbox: World, id: number): void {
  sandbox.journal.delete(entryWithId(sandbox, id));
}

/** Waits until enough requests fit, or the time is over. A sandbox that is deleted meanwhile gets no more. */
export async function waitForRequests(sandbox: World, filter: RequestFilter, options: WaitOptions): Promise<WaitedPage> {
  checkOptions(options, { count: { type: 'integer' }, timeoutMs: { type: 'integer', max: MAX_TIMER_MS }, signal: { type: 'any' } });
  const { count = 1, timeoutMs = 5000, signal } = options;
  const wanted: RequestFilter = { ...filter, state: filter.state ?? 'completed' };
  checkOptions(wanted, FILTERS, 'filter');
  // Asked at every change of the journal, so nothing is made to be shown until the wait is over.
  const isComplete = (): boolean => [...sandbox.journal.entries].filter((entry) => isWanted(entry, wanted)).length >= count;
  if (!isComplete() && signal?.aborted !== true) {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        unwatch();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      const unwatch = sandbox.journal.watch(() => {
        if (isComplete()) end();
      });
      signal?.addEventListener('abort', end);
    });
  }
  const page = requestPage(sandbox, wanted);
  return { ...page, complete: page.requests.length >= count };
}

function entryWithId({ journal }: World, id: number): JournalEntry {
  const entry = journal.entry(id);
  if (entry === undefined)
    throw new MockMorError('NOT_FOUND', `the journal has no request ${String(id)}; it may have been dropped or reset`);
  return entry;
}

function isWanted(entry: JournalEntry, filter: RequestFilter): boolean {
  const { number, call, state, outcomeText } = entry;
  return (
    (filter.since === undefined || number > filter.since) &&
    fits(filter.call, call) &&
    fits(filter.state, state) &&
    fits(filter.outcome, outcomeText) &&
    (filter.u === undefined || filter.u === sentText(entry, 'u')) &&
    (filter.did === undefined || filter.did === trimmed(sentText(entry, 'did') ?? ''))
  );
}
