/** What the admin API answers to those who make lists and forms of it, such as the dashboard. */
import { z } from 'zod';
import type { CallView } from '../../control/call-list.ts';
import type { RequestRowPage } from '../../control/request-list.ts';
import { REQUEST_KINDS, type RequestRow } from '../../control/request-row.ts';
import { METHODS } from '../../mor/define-call.ts';
import type { RunFile } from '../../control/run-file.ts';
import { coverageSchema, faultsSchema, id, requestSchema, requestViewSchema } from './schemas.ts';

const requestRowSchema = requestViewSchema
  .pick({
    id: true,
    request_id: true,
    at: true,
    state: true,
    method: true,
    call: true,
    caller: true,
    outcome: true,
    fault: true,
    duration_ms: true,
  })
  .extend({
    u: z.string().nullable(),
    subject: z.string().nullable().describe('the last hashed parameter, such as did=37060000001'),
    kind: z.enum(REQUEST_KINDS),
    reason: z.string().nullable().describe('what the failed check saw'),
    status: z.number().int().nullable(),
    sandbox: z.string().nullable(),
  }) satisfies z.ZodType<RequestRow>;

/** The journal with a line for each request. */
export const requestRowPageSchema = z.object({
  requests: z.array(requestRowSchema),
  dropped: id,
  matched: id,
  total: id,
  complete: z.boolean().optional(),
}) satisfies z.ZodType<RequestRowPage>;

const callSchema = z.object({
  name: z.string(),
  old_names: z.array(z.string()),
  about: z.string(),
  is_read_only: z.boolean(),
  has_hash_of: z.array(z.string()).describe('the parameters that are hashed before the key, in this order'),
  params: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['caller', 'hash', 'id', 'number', 'text']),
      names: z.string().exactOptional().describe('what its value names, such as provider or didId'),
      is_required: z.boolean(),
      required_unless: z.string().exactOptional(),
      is_hashed: z.boolean(),
      about: z.string(),
    }),
  ),
  errors: z.array(z.object({ name: z.string(), text: z.string(), on_page: z.boolean(), check: z.string() })),
  methods: z.array(z.enum(METHODS)),
}) satisfies z.ZodType<CallView>;

/** The calls of MOR. */
export const callsSchema = z.object({ calls: z.array(callSchema) });

/** A whole run. */
export const runSchema = z.object({
  format: z.literal('mock-mor-run'),
  version: z.string(),
  at: z.iso.datetime(),
  instance: z.string(),
  requests: z.array(requestSchema.extend({ sandbox: z.string().nullable() })),
  coverage: coverageSchema,
  faults: faultsSchema.shape.faults,
}) satisfies z.ZodType<RunFile>;
