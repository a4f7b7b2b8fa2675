/** The journal of a world as a tester sees it: listed, filtered, waited for. */
import { checkOptions } from '../check-options.ts';
import { checkId } from './check-arguments.ts';
import { fits } from './did-list.ts';
import { buildTrace } from './explain-call.ts';
import { CALLS, getCurrentName } from '../mor/calls/index.ts';
import { trimmed } from '../mor/params.ts';
import type { CallName, MorText } from '../mor/words.ts';
import { isSecretName } from '../mor/redact.ts';
import { unknownName } from '../near-miss.ts';
import { MAX_TIMER_MS } from '../options.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import { requestSecrets } from './request-secrets.ts';
import { getRequestKind, REQUEST_KINDS, requestRow, type RequestKind, type RequestRow } from './request-row.ts';
import { createTouchTest, hasText } from './request-search.ts';
import { requestView, type RequestDetail, type RequestView } from './request-view.ts';
import { readTraceId } from './trace-context.ts';
import { FAULT_KINDS, isFaultOfKind, type FaultKind } from '../world/fault-kind.ts';
import { findCallIssue, findOutcomeIssue } from '../world/known-words.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';

/** Which requests are meant; every field that is given must fit. */
export interface RequestFilter {
  /** The `u` of the caller, known or not. */
  readonly u?: string | undefined;
  /** The DID number as sent, trimmed. */
  readonly did?: string | undefined;
  /** Any parameters of any call by name, as sent, character for character; a number stands for its digits. None that is secret. */
  readonly params?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** MOR's text, exactly. */
  readonly outcome?: MorText | `fault ${number}: ${string}` | undefined;
  /** The name of the call, also of one that MOR does not have. */
  readonly call?: CallName | (string & {}) | undefined;
  /** Only those at which a fault of this kind was fired: the field of its rule, such as `connection`, or `reset`. */
  readonly fault?: FaultKind | undefined;
  /** Default: any; `waitForRequests` waits for completed ones. */
  readonly state?: RequestView['state'] | undefined;
  /** The id of the client's trace, from the header `traceparent`. */
  readonly trace_id?: string | undefined;
  /** Only those with a higher id. */
  readonly since?: number | undefined;
  /** Only those with a lower id. */
  readonly before?: number | undefined;
  /** How they ended: `ok` is a success of MOR, `refused` one of its errors, `fault` under a fault, `other` the rest. */
  readonly kind?: RequestKind | undefined;
  /** A text that is in them, ignoring case: in path, parameters, headers, answer, outcome, fault or reason, as they are shown. */
  readonly q?: string | undefined;
  /** Only those that named the DID with this id, by the id or its number, or changed it. */
  readonly touches_did?: number | undefined;
}

/** How many requests are listed. */
export interface RequestLimit {
  /** The newest that fit, still listed with the oldest first. Default: no limit. */
  readonly limit?: number | undefined;
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
  /** The requests that fit, oldest first. */
  readonly requests: readonly RequestView[];
  /** How many entries were dropped to stay within the journal's limits. */
  readonly dropped: number;
  /** How many requests fit, of which `limit` leaves the newest. Absent without `limit`. */
  readonly matched?: number;
  /** How many requests the journal has. Absent without `limit`. */
  readonly total?: number;
}

/** What the journal holds, a line for each request. */
export interface RequestRowPage extends Required<Omit<RequestPage, 'requests'>> {
  /** A line for each request that fits, oldest first. */
  readonly requests: readonly RequestRow[];
}

/** What was waited for. */
export interface WaitedPage extends RequestPage {
  /** False where the time was over first. */
  readonly complete: boolean;
}

const FILTERS = {
  u: { type: 'anyString' },
  did: { type: 'anyString' },
  params: { type: 'any' },
  outcome: { type: 'anyString' },
  call: { type: 'anyString' },
  state: { type: ['pending', 'completed', 'aborted'] },
  trace_id: { type: 'anyString' },
  fault: { type: FAULT_KINDS },
  since: { type: 'integer' },
  before: { type: 'integer' },
  kind: { type: REQUEST_KINDS },
  q: { type: 'anyString' },
  touches_did: { type: 'integer' },
} as const;

const LIMIT = { limit: { type: 'integer' } } as const;
const WAIT_OPTIONS = {
  count: { type: 'integer' },
  timeoutMs: { type: 'integer', max: MAX_TIMER_MS },
  signal: { type: 'any' },
} as const;

/** The parameters that a filter can name: those of each call, without the hash and others that are secret. */
export const FILTER_PARAMS: readonly string[] = [
  ...new Set(CALLS.flatMap(({ params }) => params.map(({ name }) => name)).filter((name) => !isSecretName(name))),
];

/** The requests that a filter leaves, oldest first. @throws MockMorError `OPTION_INVALID` */
export function requestPage(sandbox: World, filter: RequestFilter & RequestLimit): RequestPage {
  const { entries, ...counts } = findEntries(sandbox, filter);
  const requests = entries.map((entry) => requestView(entry, sandbox));
  return { requests, ...(filter.limit === undefined ? { dropped: counts.dropped } : counts) };
}

/** The requests that a filter leaves, a line each, oldest first. @throws MockMorError `OPTION_INVALID` */
export function requestRows(sandbox: World, filter: RequestFilter & RequestLimit): RequestRowPage {
  const { entries, ...counts } = findEntries(sandbox, filter);
  return { requests: entries.map((entry) => requestRow(entry, sandbox)), ...counts };
}

function findEntries(
  world: World,
  given: RequestFilter & RequestLimit,
): { entries: readonly JournalEntry[]; dropped: number; matched: number; total: number } {
  const { journal } = world;
  checkIsFilter(given);
  const { limit = Infinity, ...filter } = given;
  checkOptions({ limit: limit === Infinity ? undefined : limit }, LIMIT, 'filter');
  checkFilter(filter);
  const fitting = journal.entries.filter(createTest(world, filter));
  const entries = limit === 0 ? [] : fitting.slice(-limit);
  return { entries, dropped: journal.dropped, matched: fitting.length, total: journal.size };
}

/** One request with the whole decision. @throws MockMorError `NOT_FOUND` */
export function requestWithId(sandbox: World, id: number): RequestDetail {
  const entry = entryWithId(sandbox, id);
  return { ...requestView(entry, sandbox), trace: buildTrace(entry, requestSecrets(entry, sandbox.store)) };
}

/** @throws MockMorError `NOT_FOUND` */
export function deleteRequest(sandbox: World, id: number): void {
  sandbox.journal.delete(entryWithId(sandbox, id));
}

/** Waits until enough requests fit, or the time is over. A sandbox that is deleted meanwhile gets no more. */
export async function waitForRequests(sandbox: World, filter: RequestFilter & RequestLimit, options: WaitOptions): Promise<WaitedPage> {
  checkIsFilter(filter);
  const { limit, ...rest } = filter;
  checkFilter(rest);
  checkOptions(options, WAIT_OPTIONS, 'option', '{ count: 2, timeoutMs: 1000 }');
  const { count = 1, timeoutMs = 5000, signal } = options;
  const wanted: RequestFilter = { ...rest, state: filter.state ?? 'completed' };
  // Asked at every change of the journal, so nothing is made to be shown until the wait is over.
  const countFitting = (): number => sandbox.journal.entries.filter(createTest(sandbox, wanted)).length;
  const isComplete = (): boolean => countFitting() >= count;
  if (!isComplete() && signal?.aborted !== true) {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        unsubscribe();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      const unsubscribe = sandbox.journal.subscribe(() => {
        if (isComplete()) end();
      });
      signal?.addEventListener('abort', end);
    });
  }
  const page = requestPage(sandbox, { ...wanted, limit });
  return { ...page, complete: (page.matched ?? page.requests.length) >= count };
}

function entryWithId({ journal }: World, id: number): JournalEntry {
  checkId(id, 'mor.request(1); mor.requests() lists them');
  const entry = journal.entry(id);
  if (entry !== undefined) return entry;
  const { first, last } = journal;
  const kept =
    first === undefined ? 'it has none' : first === last ? `it has ${String(first)}` : `it has ${String(first)} to ${String(last)}`;
  throw new MockMorError('NOT_FOUND', `the journal has no request ${String(id)}; it may have been dropped or reset: ${kept}`);
}

const EXAMPLE = "{ call: 'did_create' }; mor.request(1) is one request by its id";

/** Before a part of it is taken: what is no object has none. */
function checkIsFilter(filter: unknown): void {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) checkOptions(filter, {}, 'filter', EXAMPLE);
}

function checkFilter(filter: RequestFilter): void {
  checkOptions(filter, FILTERS, 'filter', EXAMPLE);
  const { outcome, call } = filter;
  const issue = (outcome === undefined ? undefined : findOutcomeIssue(outcome)) ?? (call === undefined ? undefined : findCallIssue(call));
  if (issue !== undefined) throw invalidOption(issue);
  const params: unknown = filter.params;
  if (params === undefined) return;
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    throw invalidOption('the filter params must be an object, such as { provider_id: 1 }');
  const unknown = unknownName('filter parameter', Object.keys(params), FILTER_PARAMS);
  if (unknown !== undefined) throw invalidOption(unknown);
  const wrong = Object.entries(params).find(([, value]) => value !== undefined && !isParamValue(value));
  if (wrong !== undefined) throw invalidOption(`the filter params.${wrong[0]} must be a string or a whole number`);
}

function isParamValue(value: unknown): boolean {
  return typeof value === 'string' || (Number.isSafeInteger(value) && Number(value) >= 0);
}

/** Makes the test whether a request fits; what costs most is asked last. */
function createTest(world: World, filter: RequestFilter): (entry: JournalEntry) => boolean {
  const { since = -1, before = Infinity, kind, q = '', touches_did, trace_id, fault } = filter;
  const call = filter.call === undefined ? undefined : getCurrentName(filter.call);
  const touches = touches_did === undefined ? undefined : createTouchTest(touches_did, world);
  return (entry) =>
    entry.number > since &&
    entry.number < before &&
    fits(call, entry.call) &&
    fits(filter.state, entry.state) &&
    fits(filter.outcome, entry.outcomeText) &&
    (fault === undefined || isFaultOfKind(entry.fault, fault)) &&
    (kind === undefined || kind === getRequestKind(entry)) &&
    (trace_id === undefined || trace_id === readTraceId(entry.headers)) &&
    paramsFit(entry, filter) &&
    (touches === undefined || touches(entry)) &&
    (q === '' || hasText(entry, q, world));
}

function paramsFit(entry: JournalEntry, { u, did, params }: RequestFilter): boolean {
  const others = Object.entries(params ?? {});
  if (u === undefined && did === undefined && others.length === 0) return true;
  // Once for all of them: an entry keeps its parameters as they came, and reads them each time.
  const read = entry.sent?.params();
  const getText = (name: string): string | undefined => sentText(entry, name, read);
  return (
    fits(u, getText('u')) &&
    (did === undefined || did === trimmed(getText('did') ?? '')) &&
    others.every(([name, value]) => value === undefined || String(value) === getText(name))
  );
}
