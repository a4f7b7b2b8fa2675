/** The query of the journal: its own filters, and one for each parameter of a call. */
import { z } from 'zod';
import { FILTER_PARAMS, type RequestFilter } from '../../control/request-list.ts';
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
  fault: choice(FAULT_KINDS).optional().describe('only those at which a fault of this kind was fired, such as connection, or reset'),
  since: digits.optional().describe('only those with a higher id'),
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
export function toRequestFilter(query: Omit<z.output<typeof requestQuerySchema>, 'wait' | 'count'>): RequestFilter {
  const { u, did, outcome, call, state, fault, since, ...rest } = query;
  const params = Object.fromEntries(Object.entries<string | undefined>(rest).map(([name, value]) => [name.slice(PREFIX.length), value]));
  return { u, did, outcome: outcome as RequestFilter['outcome'], call, state, fault, since, params };
}
