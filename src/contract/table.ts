/** The table of cases and the rules they prove. Every object is strict: a misspelt key is a fault, not a case that proves nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { patchSchemas } from '../loader/schema.ts';
import type { Call } from '../mor/define-call.ts';
import { DID_STATUSES } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { getPackageFolder } from '../package-folder.ts';
import { unknownName } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import { TRANSPORTS } from './transports.ts';

/** Where a rule comes from: the vendor's page, its other pages, how real servers and published clients behave, or our decision. */
export const EVIDENCE = ['page', 'wiki', 'observed', 'ours'] as const;

const texts = z.record(z.string(), z.string().nullable());

const { settings, user, provider, device, dialPlan, did } = patchSchemas;

const given = z.strictObject({
  settings: settings.optional(),
  users: z.array(user).optional(),
  providers: z.array(provider).optional(),
  devices: z.array(device).optional(),
  dial_plans: z.array(dialPlan).optional(),
  dids: z.array(did).nullable().optional(),
});

/** Headers that a client sets by itself, or that `type` names. */
const OWN_HEADERS = ['content-type', 'content-length', 'transfer-encoding', 'host', 'connection'];

const header = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'must be a name in lower case')
  .refine((name) => !OWN_HEADERS.includes(name), `must be none of ${OWN_HEADERS.join(', ')}`);

const sent = z.strictObject({
  call: z.string().optional(),
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

/** Stands in an expected success for any id. */
export const ANY_ID = '*';

/** Values of an answer by the names of their elements; a list for elements of one name. */
export interface ExpectedContent {
  readonly [element: string]: string | number | ExpectedContent | readonly ExpectedContent[];
}

const content: z.ZodType<ExpectedContent> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), content, z.array(content)])),
);

/**
 * A record as the administrator's list or the admin API shows it afterwards, or that it is gone: a DID by its id or its number, a user by
 * `user`, a device by `device`, which are ids. Secrets are masked.
 */
const effectRow = z.strictObject({
  ...(user.shape as object),
  ...device.shape,
  ...did.shape,
  user: z.int().optional(),
  device: z.int().optional(),
  type: z.string().optional(),
  user_id: z.int().nullable().optional(),
  device_id: z.int().nullable().optional(),
  dial_plan_id: z.int().nullable().optional(),
  active_from: z.int().nullable().optional(),
  active_till: z.int().nullable().optional(),
  /** `now+90d`: so many days from now. */
  closed_till: z
    .union([z.int(), z.string().regex(/^now\+[0-9]+d$/)])
    .nullable()
    .optional(),
  stored_status: z.enum(DID_STATUSES).optional(),
  uniquehash: z.string().nullable().optional(),
  pin: z.string().nullable().optional(),
  created: z.boolean().optional(),
  changed: z.boolean().optional(),
  gone: z.literal(true).optional(),
});

const expected = z.strictObject({
  success: z.union([z.literal(true), content]).optional(),
  effect: z.array(effectRow).optional(),
  error: z.string().optional(),
  bare: z.boolean().optional(),
  legacy: z.boolean().optional(),
  plain: z.boolean().optional(),
  ...labels,
});

const OUTCOMES = ['success', 'error', 'plain'] as const;

const step = z.strictObject({ send: sent.optional(), expect: expected });

const oneCase = z.strictObject({ title: z.string(), given: given.optional(), first: z.array(step).optional(), ...step.shape });

const caseFile = z.strictObject({
  each_success: z
    .strictObject({ created: z.int().optional(), created_users: z.int().optional(), created_devices: z.int().optional() })
    .optional(),
  world: z.strictObject({
    settings,
    users: z.array(user),
    providers: z.array(provider),
    devices: z.array(device).optional(),
    dial_plans: z.array(dialPlan).optional(),
    dids: z.array(did),
  }),
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

/** What a case expects: just one of a success, an error and a plain 4xx of the mock. */
export type Expected = z.output<typeof expected>;

/** What a DID, a user or a device must be after a request. */
export type EffectRow = z.output<typeof effectRow>;

/** One request of a case, and what it is answered with. */
export type Step = z.output<typeof step>;

/** One case of the table: requests that are sent first, then the one it is about. */
export type Case = z.output<typeof oneCase>;

/** A table of cases by the rule they prove. */
export type CaseTable = z.output<typeof caseFile>;

/** The folder of the rules and cases that come with the package. */
export function getContractFolder(): string {
  return join(getPackageFolder(), 'contract');
}

/**
 * Reads a table of cases. `name` is what the faults call it.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue; also if two cases have one title, or one expects not just one thing
 */
export function parseCases(text: string, name: string): CaseTable {
  const table = parseYaml(caseFile, text, name);
  const all = Object.values(table.cases).flat();
  const titles = new Set<string>();
  for (const one of all) {
    const fault = (wrong: string): MockMorError =>
      new MockMorError('RECORD_INVALID', `${name}: the case ${quote(one.title, { maxLength: 200 })} ${wrong}.`);
    if (titles.has(one.title)) throw fault('stands there twice');
    titles.add(one.title);
    for (const { send = {}, expect } of caseSteps(one)) {
      if (OUTCOMES.filter((key) => expect[key] !== undefined && expect[key] !== false).length !== 1)
        throw fault('must expect one of success, error and plain');
      if (send.by !== undefined && (send.query ?? send.body) !== undefined) throw fault('has a query or body as text next to `by`');
    }
  }
  return table;
}

/** The requests of a case in their order: the last is the one it is about. */
export function caseSteps({ first = [], send, expect }: Case): readonly Step[] {
  return [...first, { ...(send === undefined ? {} : { send }), expect }];
}

/** The table that comes with the package, of a call. */
export function loadCases(call: string): CaseTable {
  const name = `${call}.cases.yaml`;
  return parseCases(readFileSync(join(getContractFolder(), name), 'utf8'), name);
}

/** One case of a call, and the rule it proves. */
export interface RuledCase {
  readonly call: Call;
  readonly rule: string;
  readonly one: Case;
}

/** The cases of a table with their rules. */
export function listCases(call: Call, { cases }: CaseTable): readonly RuledCase[] {
  return Object.entries(cases).flatMap(([rule, ofRule]) => ofRule.map((one) => ({ call, rule, one })));
}

/** The rules of a call's contract, in the order of the document. */
export function loadRules(call: string): Rules {
  const name = `${call}.rules.yaml`;
  return parseYaml(ruleFile, readFileSync(join(getContractFolder(), name), 'utf8'), name);
}

/** Reads a file of this shape. @throws MockMorError `RECORD_INVALID` with every issue, each with its path and line */
function parseYaml<T>(schema: z.ZodType<T>, text: string, name: string): T {
  const document = parseDocument(text);
  const syntax = document.errors.map(({ message }) => `${name}: ${message}`);
  const raw: unknown = document.toJS();
  const parsed = schema.safeParse(raw);
  const issues =
    syntax.length > 0 || parsed.success ? syntax : parsed.error.issues.map((issue) => `${name}: ${formatIssue(schema, issue)}`);
  // As it is written: the defaults of the fixtures are filled in when a case becomes fixtures.
  if (parsed.success && issues.length === 0) return raw as T;
  throw new MockMorError('RECORD_INVALID', `${name} is not valid:\n${issues.map((issue) => `  ${issue}`).join('\n')}`);
}

function formatIssue(schema: z.ZodType, issue: z.core.$ZodIssue): string {
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return `${path}: ${issue.issues.map(({ message }) => message).join('; ')}`;
  if (issue.code !== 'unrecognized_keys') return `${path}: ${issue.message}`;
  return `${path}: ${unknownName('key', issue.keys, listKeys(schema, issue.path)) ?? issue.message}`;
}

/** The keys that a strict object at this path allows. */
function listKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let inner: z.ZodType | undefined = schema;
  for (const part of path) {
    inner = unwrap(inner);
    if (inner instanceof z.ZodObject) inner = (inner.shape as Readonly<Record<PropertyKey, z.ZodType | undefined>>)[part];
    else if (inner instanceof z.ZodArray) inner = inner.element as z.ZodType;
    else if (inner instanceof z.ZodRecord) inner = inner.valueType as z.ZodType;
    else return [];
  }
  const found = unwrap(inner);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap() as z.ZodType) : schema;
}
