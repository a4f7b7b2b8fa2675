/** What the admin API answers, as schemas: they feed the OpenAPI description, and each is held to its type in `control.ts`. */
import { z } from 'zod';
import { RESET_SCOPES, type Counts, type DidView, type Health, type ResetReport, type SettingsView } from '../../control.ts';
import { DIALECTS, DID_STATUSES, ERROR_ENVELOPES, PERMISSIONS, RESPONSE_TYPES, type Provider, type User } from '../../mor/model.ts';
import type { Fault } from '../../problems.ts';

const id = z.number().int().min(0);

export const countsSchema = z.object({ users: id, providers: id, dids: id }) satisfies z.ZodType<Counts>;

export const healthSchema = z.object({
  status: z.enum(['ok', 'stale', 'stopping']),
  version: z.string(),
  uptime_s: z.number(),
  fixtures: z.object({ source: z.string(), loaded_at: z.iso.datetime(), failure: z.string().exactOptional() }),
  counts: countsSchema.extend({ created_dids: id }),
}) satisfies z.ZodType<Health>;

export const resetSchema = z.object({
  reset: z.array(z.enum(RESET_SCOPES)),
  added_dids_dropped: id,
  deleted_dids_restored: id,
  next_did_id: id,
}) satisfies z.ZodType<ResetReport>;

export const didSchema = z.object({
  id,
  did: z.string(),
  provider_id: id,
  reseller_id: id,
  status: z.enum(DID_STATUSES),
  custom_sip_header: z.string(),
  comment: z.string(),
  reseller_comment: z.string(),
  created: z.boolean(),
}) satisfies z.ZodType<DidView>;

export const didPageSchema = z.object({ total: id, limit: id, offset: id, dids: z.array(didSchema) });

const anyUser = { id, username: z.string(), accept_hash_without_did: z.boolean() };

const userSchema = z.discriminatedUnion('type', [
  z.object({ ...anyUser, type: z.literal('admin') }),
  z.object({ ...anyUser, type: z.literal('accountant'), permissions: z.object({ manage_dids: z.enum(PERMISSIONS) }) }),
  z.object({
    ...anyUser,
    type: z.literal('reseller'),
    own_providers: z.boolean(),
    allow_api: z.boolean(),
    api_secret_key: z.string(),
    disable_hash_checking: z.boolean(),
  }),
  z.object({ ...anyUser, type: z.literal('user'), owner_id: id }),
]) satisfies z.ZodType<User>;

export const usersSchema = z.object({ users: z.array(userSchema) });

const providerSchema = z.object({ id, name: z.string(), user_id: id, hidden: z.boolean() }) satisfies z.ZodType<Provider>;

export const providersSchema = z.object({ providers: z.array(providerSchema) });

export const settingsSchema = z.object({
  allow_api: z.boolean(),
  allow_get_api: z.boolean(),
  api_secret_key: z.string(),
  disable_hash_checking: z.boolean(),
  accept_hash_without_did: z.boolean(),
  resellers_can_add_their_own_dids: z.boolean(),
  default_did_provider_id: id.optional(),
  response_type: z.enum(RESPONSE_TYPES),
  error_envelope: z.enum(ERROR_ENVELOPES),
  dialect: z.enum(DIALECTS),
  max_did_length: id,
  next_did_id: id,
}) satisfies z.ZodType<SettingsView>;

const faultSchema = z.object({
  file: z.string().optional(),
  line: id.optional(),
  column: id.optional(),
  path: z.string(),
  message: z.string(),
}) satisfies z.ZodType<Fault>;

export const openApiSchema = z.looseObject({ openapi: z.literal('3.1.0') });

/** RFC 9457, with our stable code. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  faults: z.array(faultSchema).optional(),
});

const anyText = z.string('must be a text');

/** A number in a query: decimal digits, so that an empty value is no 0. */
const digits = anyText.regex(/^[0-9]{1,15}$/, 'must be a whole number in decimal digits').transform(Number);

const oneOf = <const T extends string>(values: readonly T[]): z.ZodType<T, T> =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

/** The most DIDs a page of the list holds. */
const MAX_LIMIT = 10_000;

/** The query of the list of DIDs. */
export const didQuerySchema = z.strictObject({
  did: anyText.optional().describe('the whole number, to the letter'),
  provider_id: digits.optional(),
  reseller_id: digits.optional().describe('0 is the administrator'),
  status: oneOf(DID_STATUSES).optional().describe("as shown: a reseller's free DID is reserved"),
  created: oneOf(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('true: only what calls made'),
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
