/** Matchers for Jest and Vitest: what the code under test made, and what it was answered. A failure prints why. */
import type { Control } from '../control/control.ts';
import type { DidView } from '../control/did-view.ts';
import { MISSED_REQUESTS, type MissedRequestsView } from '../control/missed-requests.ts';
import type { RequestFilter } from '../control/request-list.ts';
import type { RequestView } from '../control/request-view.ts';
import { didAttributes } from '../loader/did-schema.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import type { CallName, MorText } from '../mor/words.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import { CALL_NAMES, findOutcomeIssue, OUTCOMES } from '../world/known-words.ts';
import { leavesTheAnswer } from '../world/fault-kind.ts';
import { traceText } from '../control/trace-text.ts';

/** What a matcher gives to `expect.extend` of Jest and Vitest. */
export interface MatcherResult {
  /** Whether it is as expected. */
  readonly pass: boolean;
  /** What a failure prints, or with `not` what is there. */
  readonly message: () => string;
}

/** What of a mock the matchers read: the object of `createMockMor`, a sandbox of it, or what `useMockMor` gives. */
export type Watched = Pick<Control, 'dids' | 'requests' | 'request'> & MissedRequestsView;

/** How many requests a failure lists. */
const MAX_LISTED = 10;

/**
 * A call made a DID of this number, and its fields are as given.
 *
 * @example
 * expect(mor).toHaveCreatedDid('37060000099', { provider_id: 1 });
 */
export function toHaveCreatedDid(mor: Watched, did: string, fields: Partial<DidView> = {}): MatcherResult {
  checkWatched(mor);
  checkNumber(did);
  checkFields(fields);
  const found = mor.dids({ did, created: true })[0];
  const differing = found === undefined ? [] : differences(found, fields);
  return {
    pass: found !== undefined && differing.length === 0,
    message: () => {
      if (found !== undefined && differing.length === 0)
        return `the DID ${quoteIfHidden(did)} was created, with the id ${String(found.id)}`;
      if (found !== undefined) return `the DID ${quoteIfHidden(did)} was created, but ${differing.join('; ')}`;
      const made = mor.dids({ created: true, limit: MAX_LISTED }).map((row) => quoteIfHidden(row.did));
      return [
        `no call created the DID ${quoteIfHidden(did)}; created: ${made.length === 0 ? 'none' : made.join(', ')}`,
        ...why(mor, { did }),
      ].join('\n\n');
    },
  };
}

/**
 * A DID of any origin has this number, and its fields are as given; `status` as the administrator sees it.
 *
 * @example
 * expect(mor).toHaveDid('37060000002', { status: 'active', device_id: 7 });
 */
export function toHaveDid(mor: Watched, did: string, fields: Partial<DidView> = {}): MatcherResult {
  checkWatched(mor);
  checkNumber(did);
  checkFields(fields);
  const found = mor.dids({ did })[0];
  const differing = found === undefined ? [] : differences(found, fields);
  return {
    pass: found !== undefined && differing.length === 0,
    message: () => {
      if (found !== undefined && differing.length === 0)
        return `there is the DID ${quoteIfHidden(did)}, with the id ${String(found.id)}${formatFields(found, fields)}`;
      const missing = `there is no DID ${quoteIfHidden(did)}`;
      const wrong = `of the DID ${quoteIfHidden(did)} ${differing.join('; ')}`;
      return [found === undefined ? missing : wrong, ...why(mor, findNaming(mor, did, found?.id))].join('\n\n');
    },
  };
}

/**
 * A request called this call of MOR's with these parameters, whatever it was answered. Parameters are compared as sent; others do not
 * matter.
 *
 * @example
 * expect(mor).toHaveCalled('did_close', { dids_id: '1' });
 */
export function toHaveCalled(mor: Watched, call: CallName, params: SentParams = {}): MatcherResult {
  checkWatched(mor);
  if (!CALL_NAMES.includes(call))
    throw invalidOption(`MOR has no call ${quote(call)}.${didYouMean(call, CALL_NAMES)} It has: ${CALL_NAMES.join(', ')}.`);
  const fitting = mor.requests({ call, params }).requests;
  const sent = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${shown(String(value))}`]));
  const withParams = sent.length === 0 ? '' : ` with ${sent.join(', ')}`;
  return {
    pass: fitting.length > 0,
    message: () =>
      fitting.length > 0
        ? `${call} was called${withParams} by ${fitting.map(({ request_id }) => `request ${request_id}`).join(', ')}`
        : [`${call} was not called${withParams}`, ...why(mor, { call })].join('\n\n'),
  };
}

/**
 * A request was answered with this text of MOR's. `where` says which requests count. Default: all.
 *
 * @example
 * expect(mor).toHaveAnswered('Incorrect hash', { u: 'admin' });
 */
export function toHaveAnswered(mor: Watched, outcome: MorText, where: RequestFilter = {}): MatcherResult {
  checkWatched(mor);
  if (!OUTCOMES.includes(outcome)) throw invalidOption(findOutcomeIssue(outcome) ?? `${quote(outcome)} is a fault, not an answer of MOR`);
  const answered = mor.requests({ ...where, outcome }).requests.filter(wasTold);
  return {
    pass: answered.length > 0,
    message: () =>
      answered.length > 0
        ? `${quote(outcome)} was answered to ${answered.map(({ request_id }) => `request ${request_id}`).join(', ')}`
        : [`no request was answered with ${quote(outcome)}`, ...why(mor, where)].join('\n\n'),
  };
}

/** What was sent with a call: text, or a number that stands for its digits. */
export type SentParams = NonNullable<RequestFilter['params']>;

/** The fields of a DID that can be expected. */
const FIELDS = ['id', 'did', ...Object.keys(didAttributes), 'stored_status', 'created', 'changed'];

function checkFields(fields: Partial<DidView>): void {
  const unknown = unknownName('field of a DID', Object.keys(fields), FIELDS);
  if (unknown !== undefined) throw invalidOption(unknown);
}

function checkNumber(did: unknown): void {
  if (typeof did !== 'string') throw invalidOption('a DID is text, for leading zeros matter: write it in quotes');
}

/** The newest request that names the DID: by its number or, if it is there, its id. */
function findNaming(mor: Watched, did: string, id: number | undefined): RequestFilter {
  const ways: readonly RequestFilter[] = [{ did }, ...(id === undefined ? [] : [{ params: { dids_id: id } }, { params: { did_id: id } }])];
  const newest = (way: RequestFilter): number => mor.requests(way).requests.at(-1)?.id ?? -1;
  return ways.reduce((best, way) => (newest(way) > newest(best) ? way : best));
}

function checkWatched(mor: unknown): void {
  if (typeof (mor as Partial<Watched> | null)?.requests !== 'function')
    throw invalidOption('this is asked of a mock: expect(mor), of createMockMor, createSandbox or useMockMor');
}

/** Whether the client got the answer: not if a fault dropped or replaced it. */
function wasTold({ state, answer, fault }: RequestView): boolean {
  return state !== 'aborted' && leavesTheAnswer(fault ?? undefined) && (answer === null ? fault === null : answer.status === 200);
}

/** Every matcher, for `expect.extend`. */
export const morMatchers = { toHaveCreatedDid, toHaveDid, toHaveCalled, toHaveAnswered };

function differences(found: DidView, fields: Partial<DidView>): readonly string[] {
  return Object.entries(fields)
    .filter(([name, value]) => found[name as keyof DidView] !== value)
    .map(([name, value]) => `${name} is ${shown(found[name as keyof DidView])}, not ${shown(value)}`);
}

/** `, status "active"`: the fields that were asked for. */
function formatFields(found: DidView, fields: Partial<DidView>): string {
  return Object.keys(fields)
    .map((name) => `, ${name} ${shown(found[name as keyof DidView])}`)
    .join('');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value, { maxLength: 500 }) : JSON.stringify(value);
}

/** The requests that came, and the whole decision of the last one that fits, or else of the last. */
function why(mor: Watched, where: RequestFilter): readonly string[] {
  const { requests } = mor.requests();
  const last = mor.requests(where).requests.at(-1) ?? requests.at(-1);
  const missed = mor[MISSED_REQUESTS]?.() ?? [];
  if (last === undefined) return missed.length === 0 ? ['no request came at all'] : ['no request came here', ...missed];
  const listed = requests.slice(-MAX_LISTED).map((request) => `  ${line(request)}`);
  const { trace } = mor.request(last.id);
  const heading = last.fault === null ? `request ${last.request_id}:` : `request ${last.request_id}, under ${last.fault}; without it:`;
  return [...missed, `what came:\n${listed.join('\n')}`, ...(trace === null ? [] : [`${heading}\n${traceText(trace)}`])];
}

function line({ request_id, method, call, params, outcome, state, fault }: RequestView): string {
  const forced = fault === null ? '' : ` (${fault})`;
  const sent = params
    .filter(({ ignored }) => ignored === undefined)
    .map(({ name, value }) => `${quoteIfHidden(name)}=${value === null ? '(not a string)' : quoteIfHidden(value)}`);
  return `${request_id}: ${method} ${quoteIfHidden(call)} ${sent.join(' ')} -> ${outcome ?? state}${forced}`;
}
