/** What a tester tells of a real server, so that cases can be sent to it. Keys are never in it, but come from variables that it names. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkRecord } from '../fixtures/check-input.ts';
import { settingsSchema } from '../fixtures/schema.ts';
import { MAX_ID, PERMISSIONS, USER_TYPES } from '../mor/model.ts';
import { MockMorError } from '../problems.ts';

const id = z
  .int()
  .min(0, 'must be at least 0')
  .max(MAX_ID, `must be at most ${String(MAX_ID)}`);

const text = z.string().min(1, 'must not be empty');

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
  .regex(/^(?!MOCK_MOR_)/, 'must not begin with MOCK_MOR_, which is for the options of mock-mor');

/** Whose something is: a caller's username, or the administrator. */
const owner = text.default('administrator').describe('The username of a reseller among the callers. Default: administrator.');

const flag = z.boolean();

const { allow_api, allow_get_api, disable_hash_checking, accept_hash_without_did } = settingsSchema.shape;
const { resellers_can_add_their_own_dids, default_did_provider_id, max_did_length } = settingsSchema.shape;

const profileSchema = z.strictObject({
  base_url: z.string().regex(/^https?:\/\/[^\s@?#]+$/, 'must be an http or https address without a name, a password or a query in it'),
  server_version: text.optional(),
  key_from: variable.optional(),
  settings: z
    .strictObject({
      allow_api,
      allow_get_api,
      disable_hash_checking,
      accept_hash_without_did,
      resellers_can_add_their_own_dids,
      default_did_provider_id,
      max_did_length,
    })
    .optional(),
  callers: z.array(
    z.strictObject({
      username: text,
      type: z.enum(USER_TYPES),
      manage_dids: z.enum(PERMISSIONS).default('none'),
      own_providers: flag.default(false),
      allow_api: flag.default(false),
      key_from: variable.optional(),
      disable_hash_checking: flag.default(false),
      accept_hash_without_did: flag.default(false),
      owner,
    }),
  ),
  providers: z.array(z.strictObject({ id, owner, hidden: flag.default(false) })),
  dids: z.array(z.strictObject({ did: text, owner })).default([]),
  unused_provider_id: id.default(MAX_ID),
  prefix: z
    .string()
    .regex(/^[0-9]{3,}$/, 'must be at least three digits')
    .optional(),
  not_available: z.record(z.string().max(200, 'is too long'), text).default({}),
});

/** A profile as it was written, with its defaults. */
export type Profile = z.output<typeof profileSchema>;

/** A profile, and the keys that its variables hold, by the names of the variables. */
export interface LoadedProfile extends Profile {
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Reads a profile, and the variables it names.
 *
 * @throws MockMorError `RECORD_INVALID` with every fault of the file; `OPTION_INVALID` where it cannot be read, or a variable is not set
 */
export function loadProfile(file: string, variables: Readonly<Record<string, string | undefined>>): LoadedProfile {
  const profile = checkRecord(profileSchema, textOf(file), 'yaml', `The profile ${file}`, file);
  const names = [profile.key_from, ...profile.callers.map(({ key_from }) => key_from)].filter((name) => name !== undefined);
  const missing = names.filter((name) => (variables[name] ?? '') === '');
  if (missing.length > 0)
    throw new MockMorError('OPTION_INVALID', `the profile takes keys from variables that are not set: ${[...new Set(missing)].join(', ')}`);
  const usernames = profile.callers.map(({ username }) => username);
  const strangers = [...profile.callers, ...profile.providers, ...profile.dids].filter(
    ({ owner: name }) => name !== 'administrator' && !usernames.includes(name),
  );
  if (strangers.length > 0) {
    const named = [...new Set(strangers.map(({ owner: name }) => `"${name}"`))].join(', ');
    throw new MockMorError(
      'RECORD_INVALID',
      `the profile ${file} has owners that are no callers: ${named}. Callers: ${usernames.join(', ')}.`,
    );
  }
  return { ...profile, keys: new Map(names.map((name) => [name, variables[name] ?? ''])) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MockMorError('OPTION_INVALID', `the profile cannot be read: ${(error as Error).message}`);
  }
}
