/** The query of the journal: its own filters, and one for each parameter of a call. */
import { z } from 'zod';
import { FILTER_PARAMS, type RequestFilter, type RequestLimit } from '../../control/request-list.ts';
import { REQUEST_KINDS } from '../../control/request-row.ts';
import { FAULT_KINDS } from '../../world/fault-kind.ts';
import { findCallIssue, findOutcomeIssue } from '../../world/known-words.ts';
import { anyText, digits, choice } from './schemas.ts';

/** `5s`, `500ms` or `5` (seconds), as milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}(?:ms|s)?$/, 'must be a time such as 5s or 500ms')
  .transform((text) => (text.endsWith('ms') ? Number(text.slice(0, -2)) : Number(text.replace('s', '')) * 1000));

/** Keeps the parameters of calls apart from the filters of the same name, such as `state`. */
const PREFIX = 'param.';

type ParamFilters = Readonly<Record<`${typeof PREFIX}${string}`, z.ZodOptional<z.ZodString>>>;

const paramFilter = anyText.optional().describe('the parameter as sent, character for character: 1 is not 01');

const PARAM_FILTERS = Object.fromEntries(FILTER_PARAMS.map((name) => [`${PREFIX}${name}`, paramFilter])) as ParamFilters;

/** A text of which `findIssue` knows why it would match nothing. */
const known = (findIssue: (text: string) => string | undefined): z.ZodString =>
  anyText.refine((text) => findIssue(text) === undefined, { error: ({ input }) => findIssue(String(input)) });

/** Which requests are listed, and how long to wait for them. */
export const requestQuerySchema = z.strictObject({
  u: anyText.optional().describe('the caller, known or not'),
  did: anyText.optional().describe('the number as sent, trimmed'),
  outcome: known(findOutcomeIssue).optional().describe("MOR's text, exactly"),
  call: known(findCallIssue).optional().describe('the name of the call'),
  state: choice(['pending', 'completed', 'aborted']).optional().describe('default: any; with wait, completed'),
  trace_id: anyText.optional().describe("the id of the client's trace, from the header traceparent"),
  fault: choice(FAULT_KINDS).optional().describe('only those at which a fault of this kind was fired, such as connection, or reset'),
  since: digits.optional().describe('only those with a higher id'),
  before: digits.optional().describe('only those with a lower id'),
  kind: choice(REQUEST_KINDS)
    .optional()
    .describe("ok: the call succeeded; refused: MOR's error; fault: a fault fired at it; other: the rest, such as pending ones"),
  q: anyText.optional().describe('a text in path, parameters, headers, answer, outcome, fault or reason as they are shown, ignoring case'),
  touches_did: digits.optional().describe('only those that named the DID with this id, by the id or its number, or changed it'),
  limit: digits.optional().describe('the newest that fit, still with the oldest first; the answer then has matched and total'),
  view: choice(['whole', 'row']).default('whole').describe('row: a line for each request, with the reason of a refusal; default: whole'),
  wait: duration
    .refine((ms) => ms <= 60_000, 'must be at most 60s')
    .optional()
    .describe('waits this long for them: 5s or 500ms, at most 60s; 408 with what did come'),
  count: digits
    .refine((count) => count > 0, 'must be at least 1')
    .default(1)
    .describe('how many wait waits for; default: 1'),
  ...PARAM_FILTERS,
});

/** The filter of the library that a query stands for: `param.NAME` is a field of `params`. */
export function toRequestFilter(query: Omit<z.output<typeof requestQuerySchema>, 'wait' | 'count' | 'view'>): RequestFilter & RequestLimit {
  const { u, did, outcome, call, state, trace_id, fault, since, before, kind, q, touches_did, limit, ...rest } = query;
  const params = Object.fromEntries(Object.entries<string | undefined>(rest).map(([name, value]) => [name.slice(PREFIX.length), value]));
  return { u, did, outcome, call, state, trace_id, fault, since, before, kind, q, touches_did, limit, params };
}
