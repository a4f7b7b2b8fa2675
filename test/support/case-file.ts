import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The shape of a table of cases. Every object is strict: a misspelt key is an error, not a case that proves nothing. */

const texts = z.record(z.string(), z.union([z.string(), z.null()]));

/** A row of fixtures; the fixtures' own checks judge it. */
const record = z.record(z.string(), z.unknown());

const given = z.strictObject({
  settings: record.optional(),
  users: z.array(record).optional(),
  providers: z.array(record).optional(),
  dids: z.array(record).nullable().optional(),
});

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional();

const byParams = z.strictObject({
  method,
  path: z.string().optional(),
  by: z.enum(['query', 'form', 'multipart', 'json']).optional(),
  params: texts.optional(),
  key: z.string().optional(),
});

const toTheLetter = z.strictObject({
  method,
  path: z.string().optional(),
  query: z.string().optional(),
  body: z.string().optional(),
  type: z.string().optional(),
});

const labels = { type: z.string().optional(), disposition: z.string().optional() };

const expected = z.union([
  z.strictObject({ success: z.int(), shows_did: z.string().optional(), made: record.optional(), ...labels }),
  z.strictObject({ error: z.string(), bare: z.literal(true).optional(), ...labels }),
  z.strictObject({ plain: z.literal(true) }),
]);

const oneCase = z.strictObject({
  title: z.string(),
  given: given.optional(),
  send: z.union([byParams, toTheLetter]).optional(),
  expect: expected,
});

const SOURCES = ['page', 'wiki', 'observed', 'ours'];

const rule = z.strictObject({
  says: z.string(),
  source: z.string().refine((source) => source.split(', ').every((part) => SOURCES.includes(part)), `one or more of ${SOURCES.join(', ')}`),
  cases: z.array(oneCase).min(1),
});

const caseFile = z.strictObject({
  world: z.strictObject({ settings: record, users: z.array(record), providers: z.array(record), dids: z.array(record) }),
  request: z.record(z.string(), z.string()),
  rules: z.array(rule).min(1),
});

export type CaseFile = z.output<typeof caseFile>;
export type World = CaseFile['world'];
export type Given = z.output<typeof given>;
export type Sent = z.output<typeof byParams> | z.output<typeof toTheLetter>;
export type Expected = z.output<typeof expected>;

/** Reads a table of cases. Throws where its shape is not kept or two cases have one title. */
export function parseCaseFile(text: string): CaseFile {
  const file = caseFile.parse(parse(text));
  const titles = file.rules.flatMap(({ cases }) => cases.map(({ title }) => title));
  const twins = titles.filter((title, i) => titles.indexOf(title) !== i);
  if (twins.length > 0) throw new Error(`cases with the same title: ${twins.join('; ')}`);
  return file;
}

export function readCaseFile(path: string): CaseFile {
  return parseCaseFile(readFileSync(path, 'utf8'));
}
