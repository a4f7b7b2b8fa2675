/** Describes a real server, so that cases can be sent to it. Keys are never in it, but come from variables that it names. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { pluralize } from '../loader/pluralize.ts';
import { registerKinds } from '../loader/describe-issue.ts';
import { parseRecord } from '../loader/validate-input.ts';
import { settingsSchema } from '../loader/settings-schema.ts';
import { DID_STATUSES, MAX_ID, PERMISSIONS } from '../mor/model.ts';
import { didYouMean } from '../near-miss.ts';
import { validationError, invalidOption, type ValidationIssue } from '../problems.ts';

const id = z
  .int()
  .min(0, 'must be at least 0')
  .max(MAX_ID, `must be at most ${String(MAX_ID)}`);

const text = z.string().min(1, 'must not be empty');

const flag = z.boolean().default(false);

/** How the administrator is called where an owner is named. */
const ADMINISTRATOR = 'administrator';

/** Whose something is: a reseller's username, or the administrator. */
const owner = text.default(ADMINISTRATOR);

const { allow_api, allow_get_api, disable_hash_checking, accept_hash_without_did } = settingsSchema.shape;
const { resellers_can_add_their_own_dids, resellers_need_global_api, default_did_provider_id, max_did_length } = settingsSchema.shape;

const anyCaller = { username: text, accept_hash_without_did: flag };

const callerSchema = z.discriminatedUnion(
  'type',
  registerKinds(
    z.strictObject({ ...anyCaller, type: z.literal('admin') }).meta({ title: 'an admin' }),
    z
      .strictObject({ ...anyCaller, type: z.literal('accountant'), manage_dids: z.enum(PERMISSIONS).default('none') })
      .meta({ title: 'an accountant' }),
    z
      .strictObject({
        ...anyCaller,
        type: z.literal('reseller'),
        own_providers: flag,
        allow_api: flag,
        key_from: z.string().optional(),
        disable_hash_checking: flag,
      })
      .meta({ title: 'a reseller' }),
    z.strictObject({ ...anyCaller, type: z.literal('user'), owner }).meta({ title: 'a plain user' }),
  ),
);

const profileSchema = z.strictObject({
  base_url: z.string().regex(/^https?:\/\/[^\s@?#]+$/, 'must be an http or https address without a name, a password or a query in it'),
  server_version: text.optional(),
  key_from: z.string().optional(),
  settings: z
    .strictObject({
      allow_api,
      allow_get_api,
      disable_hash_checking,
      accept_hash_without_did,
      resellers_can_add_their_own_dids,
      resellers_need_global_api,
      default_did_provider_id,
      max_did_length,
    })
    .optional(),
  callers: z.array(callerSchema),
  providers: z.array(z.strictObject({ id, owner, hidden: flag })),
  dids: z.array(z.strictObject({ did: text, id: id.optional(), owner, status: z.enum(DID_STATUSES).default('free') })).default([]),
  unused_provider_id: id.default(MAX_ID),
  prefix: z
    .string()
    .regex(/^[0-9]{3,}$/, 'must be at least three digits')
    .optional(),
  not_available: z.record(z.string(), text).default({}),
});

/** A profile as it was written, with its defaults. */
export type Profile = z.output<typeof profileSchema>;

export type ProfileCaller = Profile['callers'][number];

/** A profile, and the keys that its variables hold, by the names of the variables. */
export interface LoadedProfile extends Profile {
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Reads a profile, and the variables it names. `rules` are those that there are.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue of the file; `OPTION_INVALID` where it cannot be read, or a variable is not set
 */
export function loadProfile(
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
  rules: readonly string[],
): LoadedProfile {
  const profile = parseRecord(profileSchema, textOf(file), `The profile ${file}`, { name: file });
  const issues = [...callerIssues(profile), ...providerIssues(profile), ...variableIssues(profile), ...availabilityIssues(profile, rules)];
  if (issues.length > 0) {
    const placed = issues.map(([path, message]): ValidationIssue => ({ file, path, message }));
    throw validationError('RECORD_INVALID', `The profile ${file} is not valid (${pluralize(issues.length, 'issue')}):`, placed);
  }
  return { ...profile, keys: keysOf(profile, variables) };
}

/** An issue: its path, and what is wrong. */
type Wrong = readonly [path: string, message: string];

/** Where variables are named. */
function variablesIn({ key_from, callers }: Profile): readonly (readonly [path: string, name: string])[] {
  return [
    ...(key_from === undefined ? [] : [['key_from', key_from] as const]),
    ...callers.flatMap((caller, i) =>
      caller.type === 'reseller' && caller.key_from !== undefined ? [[`callers[${String(i)}].key_from`, caller.key_from] as const] : [],
    ),
  ];
}

/** The message does not quote the value: it may be the key itself. */
function variableIssues(profile: Profile): readonly Wrong[] {
  return variablesIn(profile).flatMap(([path, name]): Wrong[] => {
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name))
      return [[path, 'must be the name of an environment variable in capitals, such as MOR_KEY; the key itself does not belong here.']];
    return name.startsWith('MOCK_MOR_') ? [[path, 'must not begin with MOCK_MOR_, which is for the options of mock-mor.']] : [];
  });
}

function keysOf(profile: Profile, variables: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const named = variablesIn(profile);
  const missing = named.filter(([, name]) => (variables[name] ?? '') === '');
  if (missing.length > 0) {
    const names = missing.map(([path, name]) => `${name} (${path})`).join(', ');
    throw invalidOption(`the profile takes keys from variables that are not set: ${names}. Set them, or take them out of the profile.`);
  }
  return new Map(named.map(([, name]) => [name, variables[name] ?? '']));
}

function callerIssues({ callers }: Profile): readonly Wrong[] {
  const names = callers.map(({ username }) => username);
  const resellers = callers.filter(({ type }) => type === 'reseller').map(({ username }) => username);
  return [
    ...(callers.length === 0 ? [['callers', 'must have at least one.'] as const] : []),
    ...callers.flatMap((caller, i): Wrong[] => {
      const path = `callers[${String(i)}]`;
      return [
        ...(caller.username === ADMINISTRATOR
          ? [[`${path}.username`, `must not be ${ADMINISTRATOR}: that is how owners name the administrator.`] as const]
          : []),
        ...(names.indexOf(caller.username) < i ? [[`${path}.username`, 'is there already.'] as const] : []),
        ...(caller.type === 'user' ? ownerFaults(`${path}.owner`, caller.owner, resellers) : []),
      ];
    }),
  ];
}

function providerIssues({ providers, dids, callers, unused_provider_id, settings }: Profile): readonly Wrong[] {
  const resellers = callers.filter(({ type }) => type === 'reseller').map(({ username }) => username);
  const ids = providers.map((provider) => provider.id);
  const preset = settings?.default_did_provider_id;
  return [
    ...(providers.length === 0 ? [['providers', 'must have at least one.'] as const] : []),
    ...providers.flatMap((provider, i) => [
      ...(ids.indexOf(provider.id) < i ? [[`providers[${String(i)}].id`, 'is there already.'] as const] : []),
      ...ownerFaults(`providers[${String(i)}].owner`, provider.owner, resellers),
    ]),
    ...dids.flatMap((did, i) => ownerFaults(`dids[${String(i)}].owner`, did.owner, resellers)),
    ...(ids.includes(unused_provider_id) ? [['unused_provider_id', 'must be an id that no provider has.'] as const] : []),
    ...(preset === undefined || ids.includes(preset)
      ? []
      : [['settings.default_did_provider_id', 'must be among the providers.'] as const]),
  ];
}

function ownerFaults(path: string, name: string, resellers: readonly string[]): readonly Wrong[] {
  if (name === ADMINISTRATOR || resellers.includes(name)) return [];
  const known = [ADMINISTRATOR, ...resellers];
  return [[path, `is no reseller among the callers.${didYouMean(name, known)} Allowed: ${known.join(', ')}.`]];
}

function availabilityIssues({ not_available }: Profile, rules: readonly string[]): readonly Wrong[] {
  const families = rules.map((rule) => rule.split('.')[0] ?? rule);
  const known = [...new Set([...families, ...rules])];
  return Object.keys(not_available)
    .filter((name) => !known.includes(name))
    .map((name) => [`not_available.${name}`, `is no rule and no family of rules.${didYouMean(name, known)}`]);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalidOption(`the profile cannot be read: ${(error as Error).message}`);
  }
}
