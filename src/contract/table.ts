/** The table of cases and the rules they prove. Every object is strict: a misspelt key is a fault, not a case that proves nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseRecord } from '../loader/validate-input.ts';
import { patchSchemas } from '../loader/schema.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import { MockMorError } from '../problems.ts';
import { TRANSPORTS } from './transports.ts';

/** Where a rule comes from: the vendor's page, its other pages, how real servers and published clients behave, or our decision. */
export const EVIDENCE = ['page', 'wiki', 'observed', 'ours'] as const;

const texts = z.record(z.string(), z.string().nullable());

const { settings, user, provider, did } = patchSchemas;

const given = z.strictObject({
  settings: settings.optional(),
  users: z.array(user).optional(),
  providers: z.array(provider).optional(),
  dids: z.array(did).nullable().optional(),
});

/** Headers that a client sets by itself, or that `type` names. */
const OWN_HEADERS = ['content-type', 'content-length', 'transfer-encoding', 'host', 'connection'];

const header = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'must be a name in lower case')
  .refine((name) => !OWN_HEADERS.includes(name), `must be none of ${OWN_HEADERS.join(', ')}`);

const sent = z.strictObject({
  method: z.enum(['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']).optional(),
  path: z.string().optional(),
  by: z.enum(TRANSPORTS).optional(),
  params: texts.optional(),
  key: z.string().optional(),
  query: z.string().optional(),
  body: z.string().optional(),
  type: z.string().optional(),
  headers: z.record(header, z.string()).optional(),
});

const labels = { type: z.string().optional(), disposition: z.string().optional() };

const expected = z.strictObject({
  success: z.union([z.int(), z.boolean()]).optional(),
  shows_did: z.string().optional(),
  made: did.extend({ created: z.boolean().optional() }).optional(),
  error: z.string().optional(),
  bare: z.boolean().optional(),
  plain: z.boolean().optional(),
  ...labels,
});

const OUTCOMES = ['success', 'error', 'plain'] as const;

const step = z.strictObject({ send: sent.optional(), expect: expected });

const oneCase = z.strictObject({ title: z.string(), given: given.optional(), first: z.array(step).optional(), ...step.shape });

const caseFile = z.strictObject({
  world: z.strictObject({ settings, users: z.array(user), providers: z.array(provider), dids: z.array(did) }),
  request: z.record(z.string(), z.string()),
  cases: z.record(z.string(), z.array(oneCase).min(1)),
});

const ruleFile = z.strictObject({
  call: z.string(),
  sections: z.array(
    z.strictObject({
      title: z.string(),
      rules: z.array(z.strictObject({ id: z.string(), says: z.string(), evidence: z.array(z.enum(EVIDENCE)).min(1) })),
    }),
  ),
});

export type Rules = z.output<typeof ruleFile>;
export type Rule = Rules['sections'][number]['rules'][number];
export type Given = z.output<typeof given>;
export type Sent = z.output<typeof sent>;
export type World = z.output<typeof caseFile>['world'];

/** What a case expects: just one of a success, an error and a plain 4xx of ours. */
export type Expected = z.output<typeof expected>;

/** One request of a case, and what it is answered with. */
export type Step = z.output<typeof step>;

/** One case of the table: requests that are sent first, then the one it is about. */
export type Case = z.output<typeof oneCase>;

/** A table of cases by the rule they prove. */
export type CaseTable = z.output<typeof caseFile>;

/** Where the rules and cases stand that come with the package. */
export const CONTRACT_FOLDER = join(PACKAGE_FOLDER, 'contract');

/**
 * Reads a table of cases. `name` is what the faults call it.
 *
 * @throws MockMorError `RECORD_INVALID` with every fault; also where two cases have one title, or one expects not just one thing
 */
export function parseCases(text: string, name: string): CaseTable {
  const table = parseRecord(caseFile, text, 'The table of cases', { name });
  const all = Object.values(table.cases).flat();
  const titles = new Set<string>();
  for (const one of all) {
    const fault = (wrong: string): MockMorError => new MockMorError('RECORD_INVALID', `${name}: the case "${one.title}" ${wrong}.`);
    if (titles.has(one.title)) throw fault('stands there twice');
    titles.add(one.title);
    for (const { send = {}, expect } of stepsOf(one)) {
      if (OUTCOMES.filter((key) => expect[key] !== undefined && expect[key] !== false).length !== 1)
        throw fault('must expect one of success, error and plain');
      if (send.by !== undefined && (send.query ?? send.body) !== undefined) throw fault('has a query or body to the letter beside `by`');
    }
  }
  return table;
}

/** The requests of a case in their order: the last is the one it is about. */
export function stepsOf({ first = [], send, expect }: Case): readonly Step[] {
  return [...first, { ...(send === undefined ? {} : { send }), expect }];
}

/** The table that comes with the package, of a call. */
export function shippedCases(call = 'did_create'): CaseTable {
  const name = `${call}.cases.yaml`;
  return parseCases(readFileSync(join(CONTRACT_FOLDER, name), 'utf8'), name);
}

/** The rules of a call's contract, in the order of the document. */
export function shippedRules(call = 'did_create'): Rules {
  const name = `${call}.rules.yaml`;
  return parseRecord(ruleFile, readFileSync(join(CONTRACT_FOLDER, name), 'utf8'), 'The list of rules', { name });
}
