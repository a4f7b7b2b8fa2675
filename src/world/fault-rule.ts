/** A fault rule, declared once: it feeds the types, the checks and the OpenAPI description. */
import { z } from 'zod';
import { CALLS } from '../mor/calls/index.ts';
import { MOR_ERRORS, type MorError, type MorErrorName } from '../mor/errors.ts';

/** `before`: the call is not decided yet. `after`: it is decided and stored. */
export const FAULT_PHASES = ['before', 'after'] as const;

/** What may happen to the connection instead of an answer as it should be. */
export const CONNECTION_FAULTS = ['reset', 'empty', 'truncated', 'hang', 'drip'] as const;

/** The fields that say what goes wrong. A rule has exactly one of them. */
export const FAULT_EFFECTS = ['error', 'delay_ms', 'connection', 'http', 'content_type'] as const;

/** Milliseconds between two bytes of an answer that drips. */
export const DEFAULT_DRIP_MS = 50;

const MAX_DELAY_MS = 600_000;
const MAX_DRIP_MS = 60_000;

/** Statuses whose answers have no body; what a proxy says in place of MOR has one. */
const STATUSES_WITHOUT_BODY = [204, 205, 304];

interface NamedError {
  readonly name: MorErrorName;
  /** Whether it was named as older servers wrote it. */
  readonly isLegacy: boolean;
}

type Row = (typeof MOR_ERRORS)[MorErrorName];

/** What names an error in a rule: its text, that of older servers, or our name of it. */
type ErrorWord = MorErrorName | Row['text'] | Extract<Row, { readonly legacyText: string }>['legacyText'];

const ERRORS_BY_WORD: ReadonlyMap<string, NamedError> = new Map(
  Object.entries<MorError>(MOR_ERRORS).flatMap(([key, { text, legacyText }]): [string, NamedError][] => {
    const name = key as MorErrorName;
    return [
      [text, { name, isLegacy: false }],
      ...(legacyText === undefined ? [] : [[legacyText, { name, isLegacy: true }] as [string, NamedError]]),
      [name, { name, isLegacy: false }],
    ];
  }),
);

/** The error that a text of MOR's means, in either spelling, or one of our names. */
export function errorMeant(word: string): NamedError {
  const meant = ERRORS_BY_WORD.get(word);
  if (meant === undefined) throw new Error('a fault rule names an error that its check let through');
  return meant;
}

const count = (least: number): z.ZodInt =>
  z
    .int()
    .min(least, `must be at least ${String(least)}`)
    .max(Number.MAX_SAFE_INTEGER);

const milliseconds = (most: number): z.ZodInt =>
  z
    .int()
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${String(most)}`);

/** What HTTP lets stand in a header. */
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be text that a header can hold');

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of a header')
  .regex(/^(?!(?:content-length|transfer-encoding|connection)$)/i, 'must not be a header that says where the answer ends');

/** A parameter to match: its text as sent, a whole number for its digits. */
const paramMatch = z.union([z.string(), z.int().min(0)]).optional();

/** Each parameter of each call; the hash and what has a description of its own apart. */
const PARAM_MATCHES = Object.fromEntries(
  CALLS.flatMap(({ params }) => params)
    .filter(({ name }) => !['u', 'did', 'hash'].includes(name))
    .map(({ name }): [string, typeof paramMatch] => [name, paramMatch.describe('As sent, character for character: 1 is not 01.')]),
);

const matchSchema = z
  .strictObject({
    u: z.string().optional().describe('The username as sent.'),
    did: z.string().optional().describe('The number as sent, without the white space around it.'),
    call: z.string().optional().describe('The name of the call, also of one that MOR does not have.'),
    ...PARAM_MATCHES,
  })
  .describe('Which requests are meant: every field that is given must fit; any parameter of any call is a field. Default: all.');

const httpSchema = z.strictObject({
  status: z
    .int()
    .min(200, 'must be at least 200')
    .max(599, 'must be at most 599')
    .refine((status) => !STATUSES_WITHOUT_BODY.includes(status), 'must be of an answer that has a body')
    .describe('The HTTP status, from 200 to 599.'),
  body: z.string().optional().describe('Default: the page that nginx answers with this status.'),
  headers: z.record(headerName, headerValue).optional().describe('Beside or instead of Content-Type: text/html and Server: nginx.'),
});

/** One rule, as a tester writes it. */
export const faultRuleSchema = z
  .strictObject({
    match: matchSchema.default({}),
    times: z
      .union([count(1), z.literal('always')])
      .default(1)
      .describe('How many requests it fires at. Default: 1.'),
    after: count(0).default(0).describe('How many requests that match pass before it fires. Default: 0.'),
    phase: z
      .enum(FAULT_PHASES)
      .default('before')
      .describe(
        'before: nothing is stored where the answer is lost or another. after: the call is decided and stored first. Default: before.',
      ),
    error: z
      .enum([...ERRORS_BY_WORD.keys()] as ErrorWord[])
      .optional()
      .describe("Answers this error of MOR's: its text, that of older servers (answered as written), or its name."),
    delay_ms: milliseconds(MAX_DELAY_MS).optional().describe('Waits, then answers as ever.'),
    connection: z
      .enum(CONNECTION_FAULTS)
      .optional()
      .describe(
        'reset: before any byte. empty: ended without a byte. truncated: half the XML under the Content-Length of the whole. hang: no answer until the client gives up. drip: the answer byte by byte.',
      ),
    drip_ms: milliseconds(MAX_DRIP_MS)
      .optional()
      .describe(`Pause between two bytes of an answer that drips. Default: ${String(DEFAULT_DRIP_MS)}.`),
    http: httpSchema.optional().describe('Answers as a proxy in front of MOR does.'),
    content_type: headerValue.min(1, 'must not be empty').optional().describe('Answers as ever, under this Content-Type.'),
  })
  .meta({ title: 'a fault rule', oneOf: FAULT_EFFECTS.map((effect) => ({ required: [effect] })) });

/** The types of this schema, with the descriptions of its fields as docstrings. */
export type { FaultInput, FaultRule } from './fault-rule-types.ts';
