/** The format of fixtures, declared once: it feeds the types, the checks and the JSON Schema for editors. */
import { z } from 'zod';
import { registerKinds } from './describe-issue.ts';
import { mergeShapes, wholeNumber, withoutDefaults } from './schema-fields.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import {
  DEVICE_TYPES,
  DIALECTS,
  DID_DEFAULTS,
  DID_STATUSES,
  ERROR_ENVELOPES,
  MAX_ID,
  PERMISSIONS,
  type Permission,
  RESPONSE_TYPES,
  STATUSES_AFTER_UNASSIGN,
  TRUNK_KINDS,
  USER_TYPES,
} from '../mor/model.ts';

/** Any text, taken as it is written. */
const text = z.string();

const requiredText = text.min(1, 'must not be empty');

const flag = z.boolean();

const id = wholeNumber(0, MAX_ID);

const didId = wholeNumber(1, MAX_ID);

/** One above the highest id says that none is left. */
const nextDidId = wholeNumber(1, MAX_ID + 1);

const setting = {
  allow_api: flag
    .default(true)
    .describe(
      `Allow API. Off: "${MOR_ERRORS.apiDisabled.text}" for all but resellers with a switch of their own. Default: true.`,
    ),
  allow_get_api: flag.default(false).describe(`Allow GET API. Off: "${MOR_ERRORS.getDisabled.text}". Default: false.`),
  api_secret_key: text
    .default('')
    .describe(
      `API Secret Key of the administrator. Empty or left out is no key: "${MOR_ERRORS.secretKeyMissing.text}".`,
    ),
  disable_hash_checking: flag
    .default(false)
    .describe('Serves every known caller with any hash, or none. Default: false.'),
  accept_hash_without_did: flag
    .default(false)
    .describe("Also accepts hashes by the recipe of the vendor's example, which leaves the DID out. Default: false."),
  resellers_can_add_their_own_dids: flag
    .default(true)
    .describe(`Off: resellers get "${MOR_ERRORS.didsNotManageable.text}". Default: true.`),
  default_did_provider_id: id
    .optional()
    .describe('The provider of a reseller who names none, open to all resellers. Default: none.'),
  response_type: z
    .enum(RESPONSE_TYPES)
    .default('xml')
    .describe(
      'How answers are labelled (XML API Extension): plain text/xml, or as an attachment .xml or .html. Default: xml.',
    ),
  error_envelope: z
    .enum(ERROR_ENVELOPES)
    .default('page')
    .describe('Whether errors that come before the call are in <page> or bare. Default: page.'),
  dialect: z.enum(DIALECTS).default('current').describe('Error texts of today or of older servers. Default: current.'),
  max_did_length: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .default(255)
    .describe(`Width of the column dids.did. A longer number: "${MOR_ERRORS.creationFailed.text}". Default: 255.`),
  closed_did_days: wholeNumber(0, 36_500)
    .default(90)
    .describe('How many days a DID stays closed before it becomes free. Default: 90.'),
  status_after_unassign: z
    .enum(STATUSES_AFTER_UNASSIGN)
    .default('reserved')
    .describe('What a DID becomes that loses its device. Default: reserved.'),
  assign_needs_reservation: flag
    .default(false)
    .describe('Whether only reserved DIDs can be assigned to a device. Default: false.'),
  resellers_need_global_api: flag
    .default(false)
    .describe("Whether a reseller's own allow_api helps only while the global one is on. Default: false."),
  next_did_id: nextDidId
    .optional()
    .describe(
      `Id of the first DID that is created; above every id in use. ${String(MAX_ID + 1)}, one above the highest there can be: none is left, "${MOR_ERRORS.creationFailed.text}". Default: the highest id + 1.`,
    ),
};

/** The settings with every default. */
export const settingsSchema = z
  .strictObject(setting)
  .describe('What the server is set to. Settings of several files are merged, the later file wins.');

const anyUser = {
  id: id.describe(`Id of the user, at most ${String(MAX_ID)}. 0 is the administrator.`),
  username: requiredText.describe('What a caller sends as "u": text, matched exactly.'),
  first_name: text.optional().describe('In front of last_name in lists. Default: none; without both, the username.'),
  last_name: text.optional().describe('Default: none.'),
  accept_hash_without_did: flag
    .default(false)
    .describe(
      "Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.",
    ),
};

const permissions = (manage_dids: Permission, words: string): z.ZodDefault<z.ZodObject> =>
  z
    .strictObject({
      manage_dids: z
        .enum(PERMISSIONS)
        .default(manage_dids)
        .describe(`Anything but edit: "${MOR_ERRORS.didsNotManageable.text}". Default: ${manage_dids}.`),
    })
    .default({ manage_dids })
    .describe(words);

const USER_TYPE = 'What kind of user: admin, accountant, reseller or user (a plain one).';

/** A user; issues name a kind by its title. */
const userSchema = z.discriminatedUnion(
  'type',
  registerKinds(
    z.strictObject({ ...anyUser, type: z.literal('admin').describe(USER_TYPE) }).meta({ title: 'an admin' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('accountant').describe(USER_TYPE),
        permissions: permissions('none', "The accountant's permission group."),
      })
      .meta({ title: 'an accountant' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('reseller').describe(USER_TYPE),
        permissions: permissions('edit', "The reseller's permission group."),
        own_providers: flag.default(false).describe('Reseller PRO: may use providers of their own. Default: false.'),
        allow_api: flag
          .optional()
          .describe(
            "The switch on the reseller's own API tab, next to the global one. Default: true if the reseller has a key of their own, else false.",
          ),
        api_secret_key: text.default('').describe("The reseller's own API Secret Key. Empty or left out is no key."),
        disable_hash_checking: flag
          .default(false)
          .describe('Serves this reseller with any hash, or none. Default: false.'),
      })
      .meta({ title: 'a reseller' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('user').describe(USER_TYPE),
        owner_id: id.default(0).describe('Id of the owner: the administrator or a reseller. Default: 0.'),
      })
      .meta({ title: 'a plain user' }),
  ),
);

const providerSchema = z.strictObject({
  id: id.describe(`What a caller sends as "provider_id", at most ${String(MAX_ID)}.`),
  name: text.default('').describe('For people only.'),
  user_id: id.default(0).describe('Id of the owner: the administrator or a reseller. Default: 0.'),
  hidden: flag.default(false).describe('A hidden provider is not found by callers. Default: false.'),
});

const deviceSchema = z.strictObject({
  id: id.optional().describe(`At most ${String(MAX_ID)}. Default: the next id after the highest written one.`),
  user_id: id.describe('The user it belongs to.'),
  type: z.enum(DEVICE_TYPES).default('SIP').describe('Default: SIP.'),
  username: requiredText.optional().describe('Default: the id.'),
  secret: text.default('').describe('Its password. Default: none.'),
  ipaddr: text.default('').describe('Its address. Default: none.'),
  port: wholeNumber(0, 65_535).default(5060).describe('Default: 5060.'),
  callerid: text.default('').describe('Default: none.'),
  devicegroup_id: id.default(1).describe('Default: 1.'),
  pin: text.optional().describe('Default: none.'),
  primary: flag.optional().describe("Whether it is the user's main device. Default: true for the user's first one."),
  hidden: flag.default(false).describe('Whether lists leave it out. Default: false.'),
  trunk: z
    .literal(TRUNK_KINDS)
    .default(0)
    .describe('0: a plain device. 1: a trunk with ANI. 2: one without. Default: 0.'),
});

const dialPlanSchema = z.strictObject({
  id: id.optional().describe(`At most ${String(MAX_ID)}. Default: the next id after the highest written one.`),
  name: requiredText.describe('As lists show it.'),
  type: requiredText.describe('As lists show it, such as ivr.'),
  user_id: id.default(0).describe('Id of the owner: the administrator or a reseller. Default: 0.'),
});

const unixTime = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const didAttributes = {
  provider_id: id.describe('The provider it belongs to.'),
  reseller_id: id.default(0).describe('The reseller it belongs to; 0 is the administrator. Default: 0.'),
  status: z.enum(DID_STATUSES).default('free').describe('Default: free.'),
  user_id: id.optional().describe("Its user. Default: the device's user, or none."),
  device_id: id.optional().describe('The device that answers it. Default: none.'),
  dial_plan_id: id.optional().describe('The dial plan that answers it, in place of a device. Default: none.'),
  custom_sip_header: text.default('').describe('Default: none.'),
  comment: text.default('').describe('The main comment. Default: none.'),
  reseller_comment: text.default('').describe("The reseller's own comment. Default: none."),
  language: requiredText.optional().describe(`Two letters. Default: ${DID_DEFAULTS.language}.`),
  call_limit: wholeNumber(0, MAX_ID).optional().describe('Calls at one time; 0 is any number. Default: 0.'),
  tone_zone: requiredText.optional().describe(`Default: ${DID_DEFAULTS.tone_zone}.`),
  grace_time: wholeNumber(0, MAX_ID).optional().describe('In seconds. Default: 0.'),
  active_from: unixTime.optional().describe('Unix seconds, without effect on the status. Default: none.'),
  active_till: unixTime.optional().describe('Unix seconds, without effect on the status. Default: none.'),
  closed_till: unixTime.optional().describe('Unix seconds; a closed DID becomes free then. Default: it stays closed.'),
  has_calls: flag.optional().describe('Whether there were calls to it: it cannot be deleted. Default: false.'),
  in_queue: flag.optional().describe('Whether it is in a queue: it cannot be deleted. Default: false.'),
};

/** A single DID. Its white space is that which MOR takes away from the `did` of a call: such a number could never be met. */
export const didSchema = z
  .strictObject({
    id: didId.optional().describe(`At most ${String(MAX_ID)}. Default: the next id after the highest written one.`),
    did: requiredText
      .regex(/^[^\t-\r ](?:[\s\S]*[^\t-\r ])?$/, 'must not have white space around it')
      .describe('The number: text, leading zeros matter.'),
    ...didAttributes,
  })
  .meta({ title: 'a single DID' });

const blockEnd = text.regex(/^[0-9]+$/, 'must be digits only');

/** A block of consecutive numbers. */
const didBlockSchema = z
  .strictObject({
    id: didId
      .optional()
      .describe(
        `Id of the first number, the others follow, the last at most ${String(MAX_ID)}. Default: the next id after the highest written one.`,
      ),
    from: blockEnd.describe('The first number.'),
    to: blockEnd.describe('The last number, as long as the first.'),
    ...didAttributes,
  })
  .meta({ title: 'a block of DIDs' });

/** A CSV file, and the values of rows that have none of their own. */
const csvReferenceSchema = z
  .strictObject({
    file: requiredText.describe('The path of a CSV file, from the folder of this file.'),
    ...withoutDefaults(didAttributes),
    provider_id: id.optional().describe('Their provider. Required if it is not a column.'),
  })
  .meta({ title: 'a CSV file' });

const csvFileSchema = z.union([csvReferenceSchema, requiredText], { error: 'must be text, or a map with file' });

/** A path alone, a map with a path in it, or a list of both. */
const didsFromSchema = z.union([csvReferenceSchema, requiredText, z.array(csvFileSchema)], {
  error: 'must be text, or a map with file',
});

/** A world, or a part of one: any file may hold any of the topics. */
export const fixturesSchema = z.strictObject({
  settings: settingsSchema.optional(),
  users: z.array(userSchema).optional().describe('Who may call. Lists of several files are joined.'),
  providers: z.array(providerSchema).optional().describe('Where DIDs come from. Lists of several files are joined.'),
  devices: z.array(deviceSchema).optional().describe('What answers calls. Lists of several files are joined.'),
  dial_plans: z.array(dialPlanSchema).optional().describe('What answers calls in place of a device.'),
  dids: z
    .array(z.union(registerKinds(didSchema, didBlockSchema)))
    .optional()
    .describe('The DIDs that are there, one by one or in blocks. Lists of several files are joined.'),
  dids_from: didsFromSchema
    .optional()
    .describe(
      `CSV files that list more DIDs: the first line names the columns, did and any of ${Object.keys(didAttributes).join(', ')} and id; an empty value is left out.`,
    ),
});

/** One file. It has only the settings that are written in it, so that those of several files can be merged. */
export const fixtureFileSchema = fixturesSchema.extend({
  settings: z.strictObject(withoutDefaults(setting)).optional(),
});

/** A change of settings. Null removes one that has no default. */
export const settingsPatchSchema = z.strictObject({
  ...withoutDefaults(setting),
  api_secret_key: text.nullable().optional(),
  default_did_provider_id: id.nullable().optional(),
});

/** Changes of single records: any field may be left out. Whether the result is consistent is checked when it is loaded. */
export const patchSchemas = {
  settings: settingsPatchSchema,
  user: z.strictObject({ ...mergeShapes(userSchema.options), type: z.enum(USER_TYPES) }).partial(),
  provider: z.strictObject(withoutDefaults(providerSchema.shape)).partial(),
  device: z.strictObject(withoutDefaults(deviceSchema.shape)).partial(),
  dialPlan: z.strictObject(withoutDefaults(dialPlanSchema.shape)).partial(),
  did: z.strictObject(mergeShapes([didSchema, didBlockSchema])).partial(),
};

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A world as an object, in the shape of the fixture files. What has a default may be left out. */
export type FixturesInput = DeepReadonly<z.input<typeof fixturesSchema>>;

/** One DID to put there. */
export type DidInput = DeepReadonly<z.input<typeof didSchema>>;

/** Settings to change; null takes away one that has no default. */
export type SettingsPatch = DeepReadonly<z.input<typeof settingsPatchSchema>>;
