/** What the admin API answers, as schemas: they feed the OpenAPI description, and each is held to its type in `src/control`. */
import { z } from 'zod';
import { RESET_SCOPES, type ResetReport } from '../../control/reset.ts';
import type { ClockView } from '../../control/clock-control.ts';
import type { Counts } from '../../control/fixtures-control.ts';
import type { Health, SandboxView } from '../../control/control.ts';
import type { DeviceView, UserView } from '../../control/record-control.ts';
import type { SettingsView } from '../../control/settings-control.ts';
import { DID_SORTS } from '../../control/did-list.ts';
import type { DidView } from '../../control/did-view.ts';
import { DID_MARKS } from '../../world/did-overlay.ts';
import type { FaultView } from '../../control/fault-control.ts';
import type { HashView } from '../../control/hash-recipe.ts';
import type { RequestDetail, RequestParamView, RequestView } from '../../control/request-view.ts';
import type { RequestPage } from '../../control/request-list.ts';
import type { SnapshotView } from '../../control/snapshot-view.ts';
import type { CallCoverage, Coverage, CoverageShare, OutcomeCoverage } from '../../control/coverage-report.ts';
import type { Trace } from '../../explain/trace.ts';
import { deviceSchema as fixtureDeviceSchema } from '../../loader/device-schema.ts';
import { dialPlanSchema as fixtureDialPlanSchema } from '../../loader/dial-plan-schema.ts';
import { didSchema as fixtureDidSchema } from '../../loader/did-schema.ts';
import { providerSchema as fixtureProviderSchema } from '../../loader/provider-schema.ts';
import { withoutDefaults } from '../../loader/schema-fields.ts';
import { settingsSchema as fixtureSettingsSchema } from '../../loader/settings-schema.ts';
import { userSchema as fixtureUserSchema } from '../../loader/user-schema.ts';
import { DID_STATUSES, USER_TYPES, type DialPlan, type Provider } from '../../mor/model.ts';
import { didYouMean } from '../../near-miss.ts';
import type { ValidationIssue } from '../../problems.ts';
import type { AdminIndex } from './index-page.ts';
import { IDENTIFIER, IDENTIFIER_RULE } from '../../world/identifiers.ts';
import type { SandboxInput } from '../../world/sandbox-registry.ts';
import { faultRuleSchema } from '../../world/fault-rule.ts';

/** An id or a count. */
export const id = z.number().int().min(0);

export const countsSchema = z.object({ users: id, providers: id, dids: id }) satisfies z.ZodType<Counts>;

export const healthSchema = z.object({
  status: z.enum(['ok', 'stale', 'stopping']),
  version: z.string(),
  instance: z.string().describe('random for each server that is made'),
  mode: z.enum(['mock', 'shadow']),
  uptime_s: z.number(),
  fixtures: z.object({ source: z.string(), loaded_at: z.iso.datetime(), failure: z.string().exactOptional() }),
  counts: countsSchema.extend({ created_dids: id }),
  verified: z
    .object({
      date: z.iso.datetime(),
      target: z.enum(['mock', 'server']),
      server_version: z.string().exactOptional(),
      passed: id,
      differs: id,
      skipped: id,
      failed: id,
      only: z.string().exactOptional(),
      ended_by: z.string().exactOptional(),
      rules: z.array(z.object({ call: z.string(), rule: z.string(), passed: id, of: id, differs: id })),
    })
    .exactOptional(),
}) satisfies z.ZodType<Health>;

export const resetSchema = z.object({
  reset: z.array(z.enum(RESET_SCOPES)),
  added_dids_dropped: id,
  deleted_dids_restored: id,
  requests_dropped: id,
  faults_dropped: id,
  next_did_id: id,
}) satisfies z.ZodType<ResetReport>;

export const didSchema = z.object({
  ...withoutDefaults(fixtureDidSchema.shape),
  id,
  status: z.enum(DID_STATUSES).describe("as shown: a reseller's free DID is reserved"),
  stored_status: z.enum(DID_STATUSES).describe('as MOR keeps it'),
  created: z.boolean(),
  changed: z.boolean(),
  mark: z.enum(DID_MARKS).nullable().describe('how it differs from the fixtures'),
}) satisfies z.ZodType<DidView>;

export const didPageSchema = z.object({ total: id, limit: id, offset: id, dids: z.array(didSchema) });

const [admin, accountant, reseller, plainUser] = fixtureUserSchema.options;

const provenance = {
  created: z.boolean().describe('true for what a call made'),
  changed: z.boolean().describe('true for what a call updated and no call made'),
};

/** One user, `api_secret_key`, `password` and `uniquehash` masked. */
export const userSchema = z.discriminatedUnion('type', [
  z.object({ ...withoutDefaults(admin.shape), ...provenance }),
  z.object({ ...withoutDefaults(accountant.shape), ...provenance }),
  z.object({ ...withoutDefaults(reseller.shape), allow_api: z.boolean(), ...provenance }),
  z.object({ ...withoutDefaults(plainUser.shape), ...provenance }),
]) satisfies z.ZodType<UserView>;

export const usersSchema = z.object({ users: z.array(userSchema) });

/** One device, `secret` and `pin` masked. */
export const deviceSchema = z.object({
  ...withoutDefaults(fixtureDeviceSchema.shape),
  id,
  username: z.string(),
  primary: z.boolean(),
  ...provenance,
}) satisfies z.ZodType<DeviceView>;

export const devicesSchema = z.object({ devices: z.array(deviceSchema) });

const dialPlanSchema = z.object({ ...withoutDefaults(fixtureDialPlanSchema.shape), id }) satisfies z.ZodType<DialPlan>;

export const dialPlansSchema = z.object({ dial_plans: z.array(dialPlanSchema) });

const providerSchema = z.object(withoutDefaults(fixtureProviderSchema.shape)) satisfies z.ZodType<Provider>;

export const providersSchema = z.object({ providers: z.array(providerSchema) });

export const settingsSchema = z.object({
  ...withoutDefaults(fixtureSettingsSchema.shape),
  next_did_id: id,
  next_user_id: id,
  next_device_id: id,
}) satisfies z.ZodType<SettingsView>;

const issueSchema = z.object({
  file: z.string().optional(),
  line: id.optional(),
  column: id.optional(),
  path: z.string(),
  message: z.string(),
}) satisfies z.ZodType<ValidationIssue>;

export const indexSchema = z.object({
  version: z.string(),
  routes: z.array(z.object({ method: z.string(), path: z.string().describe('with ID and NAME to fill in'), summary: z.string() })),
}) satisfies z.ZodType<AdminIndex>;

export const openApiSchema = z.looseObject({ openapi: z.literal('3.1.0') });

const requestParamSchema = z.object({
  name: z.string(),
  value: z.string().nullable(),
  from: z.enum(['query', 'form', 'multipart', 'json']),
  is_text: z.literal(false).exactOptional(),
  ignored: z.string().exactOptional(),
}) satisfies z.ZodType<RequestParamView>;

/** One request of the journal. */
export const requestViewSchema = z.object({
  id,
  request_id: z.string(),
  at: z.iso.datetime(),
  state: z.enum(['pending', 'completed', 'aborted']),
  method: z.string(),
  path: z.string(),
  call: z.string(),
  call_as_sent: z.string().exactOptional().describe('an old name of the call, if that was sent'),
  headers: z.record(z.string(), z.string()).describe('by their names in lower case, the secret ones masked'),
  headers_dropped: id.exactOptional().describe('how many were not kept: beyond the first 100, or beyond 16384 characters together'),
  params: z.array(requestParamSchema),
  notes: z.array(z.string()).exactOptional(),
  trace_id: z.string().exactOptional().describe("the id of the client's trace, from the header traceparent"),
  caller: z.object({ id, username: z.string(), type: z.enum(USER_TYPES) }).nullable(),
  outcome: z.string().nullable(),
  fault: z.string().nullable(),
  answer: z.object({ status: z.number().int(), body: z.string().nullable(), is_cut: z.literal(true).exactOptional() }).nullable(),
  duration_ms: z.number().nullable(),
}) satisfies z.ZodType<RequestView>;

export const requestPageSchema = z.object({
  requests: z.array(requestViewSchema),
  dropped: id,
  matched: id.exactOptional().describe('how many fit, of which limit leaves the newest; absent without limit'),
  total: id.exactOptional().describe('how many the journal has; absent without limit'),
  complete: z.boolean().optional(),
}) satisfies z.ZodType<RequestPage>;

export const traceSchema = z.object({
  call: z.string(),
  outcome: z.string(),
  notes: z.array(z.string()).exactOptional(),
  steps: z.array(
    z.object({
      check: z.string(),
      error: z.string(),
      state: z.enum(['passed', 'failed', 'not reached']),
      actual: z.string(),
      fix: z.string().exactOptional(),
      would_fail: z.literal(true).exactOptional(),
    }),
  ),
  hash: z.string().exactOptional(),
}) satisfies z.ZodType<Trace>;

export const hashInputSchema = z
  .object({
    u: z.string().optional().describe('the caller, whose key is looked up; default: admin'),
    api_secret_key: z.string().optional().describe("default: the caller's, from the world"),
  })
  .catchall(z.union([z.string(), z.number()]))
  .describe('the parameters of the call as they will be sent; what is hashed and left out adds nothing');

export const hashSchema = z.object({
  text: z.string(),
  hash: z.string(),
  curl: z.string(),
  request: z.object({ method: z.literal('POST'), path: z.string(), params: z.record(z.string(), z.string()) }),
}) satisfies z.ZodType<HashView>;

export const requestSchema = requestViewSchema.extend({ trace: traceSchema.nullable() }) satisfies z.ZodType<RequestDetail>;

export const faultViewSchema = faultRuleSchema.extend({
  id,
  passed: id,
  fired: id,
  hits: z.array(id).describe('the ids of the newest 1000 requests it fired at'),
  left: z.union([id, z.literal('always')]),
}) satisfies z.ZodType<FaultView>;

export const faultsSchema = z.object({ faults: z.array(faultViewSchema) });

const outcomeCoverageSchema = z.object({
  outcome: z.string(),
  on_page: z.boolean(),
  met: z.boolean(),
  count: id,
  forced: id,
  requests: z.array(z.object({ request_id: z.string(), at: z.iso.datetime() })),
}) satisfies z.ZodType<OutcomeCoverage>;

const coverageShareSchema = z.object({ met: id, of: id, missing: z.array(z.string()) }) satisfies z.ZodType<CoverageShare>;

const callCoverageSchema = z.object({
  call: z.string(),
  outcomes: z.array(outcomeCoverageSchema),
  all: coverageShareSchema,
  page: coverageShareSchema,
}) satisfies z.ZodType<CallCoverage>;

export const coverageSchema = z.object({
  calls: z.array(callCoverageSchema),
  unknown_call: outcomeCoverageSchema,
}) satisfies z.ZodType<Coverage>;

export const clockSchema = z.object({ now: z.iso.datetime(), moved_ms: z.number().int() }) satisfies z.ZodType<ClockView>;

/** The body that moves the clock. */
export const clockMoveSchema = z
  .strictObject({
    advance: z.string().optional().describe('how far forward: a whole number and ms, s, m, h or d'),
    set: z.string().optional().describe('the moment it shows from now on, with a time zone; it may be earlier'),
  })
  .refine(({ advance, set }) => (advance === undefined) !== (set === undefined), 'must have either advance or set');

const name = z.string().regex(IDENTIFIER, `must be ${IDENTIFIER_RULE}`).describe(IDENTIFIER_RULE);

/** The body that takes a snapshot. */
export const snapshotInputSchema = z.strictObject({ name });

export const snapshotSchema = z.object({
  name,
  taken_at: z.iso.datetime(),
  dids: id,
  created_dids: id,
  next_did_id: id,
}) satisfies z.ZodType<SnapshotView>;

export const snapshotsSchema = z.object({ snapshots: z.array(snapshotSchema) });

/** The body that makes a sandbox. */
export const sandboxInputSchema = z.strictObject({
  name: name.optional(),
  from: name.optional().describe('a snapshot of the root to start from; default: the fixtures'),
}) satisfies z.ZodType<SandboxInput>;

export const sandboxSchema = z.object({
  name,
  base_url: z.string().describe('what to put in front of every path'),
  from: name.nullable(),
  made_at: z.iso.datetime(),
  used_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  dids: id,
  created_dids: id,
  requests: id,
}) satisfies z.ZodType<SandboxView>;

export const sandboxesSchema = z.object({ sandboxes: z.array(sandboxSchema) });

/** RFC 9457, with our stable code. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  issues: z.array(issueSchema).optional(),
});

/** A text in a query, which may be empty. */
export const anyText = z.string('must be a text');

/** A number in a query: decimal digits, so that an empty value is no 0. */
export const digits = anyText.regex(/^[0-9]{1,15}$/, 'must be a whole number in decimal digits').transform(Number);

/** One of a few words in a query. */
export const choice = <const T extends string>(values: readonly T[]): z.ZodType<T, T> =>
  z.enum(values, { error: ({ input }) => `must be one of ${values.join(', ')}.${didYouMean(String(input), values)}`.replace(/\.$/, '') });

/** The most DIDs a page of the list holds. */
const MAX_LIMIT = 10_000;

/** The query of the list of DIDs. */
export const didQuerySchema = z.strictObject({
  did: anyText.optional().describe('the whole number, exactly'),
  q: anyText.optional().describe('a part of the number, ignoring case'),
  provider_id: digits.optional(),
  reseller_id: digits.optional().describe('0 is the administrator'),
  user_id: digits.optional(),
  device_id: digits.optional(),
  status: choice(DID_STATUSES).optional().describe("as shown: a reseller's free DID is reserved"),
  created: choice(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('true: only what calls made'),
  changed: choice(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('true: only what calls updated and no call made'),
  mark: choice(DID_MARKS).optional().describe('only those that a call created, a call or time changed, or the tester added'),
  as: digits.optional().describe("the id of a reseller: that reseller's DIDs, with the statuses that the reseller sees"),
  sort: choice(DID_SORTS).default('id').describe('a field, with a minus in front for the highest first; default: id'),
  limit: digits
    .refine((limit) => limit <= MAX_LIMIT, `must be at most ${String(MAX_LIMIT)}`)
    .default(100)
    .describe(`how many at most, ${String(MAX_LIMIT)} being the most; default: 100`),
  offset: digits.default(0).describe('how many to pass over; default: 0'),
});

/** The query of a reset. */
export const resetQuerySchema = z.strictObject({
  scope: z
    .string()
    .optional()
    .describe(`a comma-separated part of: ${RESET_SCOPES.join(', ')}; default: all`),
});
