/** The journal of a world as a tester sees it: listed, filtered, waited for. */
import { checkOptions } from '../check-options.ts';
import { checkId } from './check-arguments.ts';
import { fits } from './did-control.ts';
import { buildTrace } from './explain-call.ts';
import { CALLS } from '../mor/calls/index.ts';
import { trimmed } from '../mor/params.ts';
import type { CallName, MorText } from '../mor/words.ts';
import { isSecretName } from '../mor/redact.ts';
import { unknownName } from '../near-miss.ts';
import { MAX_TIMER_MS } from '../options.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import { requestSecrets } from './request-secrets.ts';
import { requestView, type RequestDetail, type RequestView } from './request-view.ts';
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
  /** The requests that fit, oldest first. */
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
  params: { type: 'any' },
  outcome: { type: 'anyString' },
  call: { type: 'anyString' },
  state: { type: ['pending', 'completed', 'aborted'] },
  fault: { type: FAULT_KINDS },
  since: { type: 'integer' },
} as const;

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
export function requestPage(sandbox: World, filter: RequestFilter): RequestPage {
  const { journal } = sandbox;
  checkFilter(filter);
  const entries = journal.entries.filter((entry) => isWanted(entry, filter));
  return { requests: entries.map((entry) => requestView(entry, sandbox)), dropped: journal.dropped };
}

/** One request with the whole decision. @throws MockMorError `NOT_FOUND` */
export function requestWithId(sandbox: World, id: number): RequestDetail {
  const entry = entryWithId(sandbox, id);
  const view = requestView(entry, sandbox);
  const trace = buildTrace(entry, requestSecrets(entry, sandbox.store));
  return { ...view, trace: trace === null ? null : { ...trace, ...(view.notes === undefined ? {} : { notes: view.notes }) } };
}

/** @throws MockMorError `NOT_FOUND` */
export function deleteRequest(sandbox: World, id: number): void {
  sandbox.journal.delete(entryWithId(sandbox, id));
}

/** Waits until enough requests fit, or the time is over. A sandbox that is deleted meanwhile gets no more. */
export async function waitForRequests(sandbox: World, filter: RequestFilter, options: WaitOptions): Promise<WaitedPage> {
  checkFilter(filter);
  checkOptions(options, WAIT_OPTIONS, 'option', '{ count: 2, timeoutMs: 1000 }');
  const { count = 1, timeoutMs = 5000, signal } = options;
  const wanted: RequestFilter = { ...filter, state: filter.state ?? 'completed' };
  // Asked at every change of the journal, so nothing is made to be shown until the wait is over.
  const isComplete = (): boolean => sandbox.journal.entries.filter((entry) => isWanted(entry, wanted)).length >= count;
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
  const page = requestPage(sandbox, wanted);
  return { ...page, complete: page.requests.length >= count };
}

function entryWithId({ journal }: World, id: number): JournalEntry {
  checkId(id, 'mor.request(1); mor.requests() lists them');
  const entry = journal.entry(id);
  if (entry === undefined)
    throw new MockMorError('NOT_FOUND', `the journal has no request ${String(id)}; it may have been dropped or reset`);
  return entry;
}

function checkFilter(filter: RequestFilter): void {
  checkOptions(filter, FILTERS, 'filter', "{ call: 'did_create' }; mor.request(1) is one request by its id");
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

function isWanted(entry: JournalEntry, filter: RequestFilter): boolean {
  const { number, call, state, outcomeText, fault } = entry;
  return (
    (filter.since === undefined || number > filter.since) &&
    fits(filter.call, call) &&
    fits(filter.state, state) &&
    fits(filter.outcome, outcomeText) &&
    (filter.fault === undefined || isFaultOfKind(fault, filter.fault)) &&
    paramsFit(entry, filter)
  );
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
