/**
 * The format of fixtures: it feeds the types, the checks and the JSON Schema for editors. Each topic has a file: one row there adds a
 * field, one row of `fixturesSchema` a topic.
 */
import { z } from 'zod';
import { PERMISSIONS, USER_TYPES } from '../mor/model.ts';
import { deviceSchema } from './device-schema.ts';
import { dialPlanSchema } from './dial-plan-schema.ts';
import { didAttributes, didBlockSchema, didRowSchema, didSchema, didsFromSchema } from './did-schema.ts';
import { providerSchema } from './provider-schema.ts';
import { mergeShapes, withOptionalDefaults, type DeepReadonly, type LoadedRecord } from './schema-fields.ts';
import { settingsPatchSchema, settingsSchema, writtenSettingsSchema } from './settings-schema.ts';
import { userSchema } from './user-schema.ts';

/** A world, or a part of one: any file may hold any of the topics. */
export const fixturesSchema = z.strictObject({
  settings: settingsSchema.optional(),
  users: z.array(userSchema).optional().describe('Who may call. Lists of several files are joined.'),
  providers: z.array(providerSchema).optional().describe('Where DIDs come from. Lists of several files are joined.'),
  devices: z.array(deviceSchema).optional().describe('What answers calls. Lists of several files are joined.'),
  dial_plans: z.array(dialPlanSchema).optional().describe('What answers calls in place of a device.'),
  dids: z
    .array(didRowSchema)
    .optional()
    .describe('The DIDs that are there, one by one or in blocks. Lists of several files are joined.'),
  dids_from: didsFromSchema
    .optional()
    .describe(
      `CSV files that list more DIDs: the first line names the columns, did and any of ${Object.keys(didAttributes).join(', ')} and id; an empty value is left out.`,
    ),
});

/** One file. Its settings have no defaults yet. */
export const fixtureFileSchema = fixturesSchema.extend({
  settings: writtenSettingsSchema.optional(),
});

/** The permissions of users of any type. */
const anyPermissions = z.strictObject({
  manage_dids: z.enum(PERMISSIONS).optional(),
  manage_users: z.enum(PERMISSIONS).optional(),
});

/** Changes of single records: any field may be left out. Whether the result is consistent is checked when it is loaded. */
export const patchSchemas = {
  settings: settingsPatchSchema,
  user: z
    .strictObject({ ...mergeShapes(userSchema.options), type: z.enum(USER_TYPES), permissions: anyPermissions })
    .partial(),
  provider: z.strictObject(withOptionalDefaults(providerSchema.shape)).partial(),
  device: z.strictObject(withOptionalDefaults(deviceSchema.shape)).partial(),
  dialPlan: z.strictObject(withOptionalDefaults(dialPlanSchema.shape)).partial(),
  did: z.strictObject(mergeShapes([didSchema, didBlockSchema])).partial(),
};

/** A world as an object, in the shape of the fixture files. What has a default may be left out. */
export type FixturesInput = DeepReadonly<z.input<typeof fixturesSchema>>;

/** One DID to put there. */
export type DidInput = DeepReadonly<z.input<typeof didSchema>>;

/** Settings to change; null takes away one that has no default. */
export type SettingsPatch = DeepReadonly<z.input<typeof settingsPatchSchema>>;

/** The settings of a server, as they are after a load. */
export type SettingsRecord = Omit<
  LoadedRecord<typeof settingsSchema>,
  'next_did_id' | 'next_user_id' | 'next_device_id'
>;

/** A user as it is after a load. */
export type UserRecord = LoadedRecord<typeof userSchema, 'allow_api'>;

/** A provider as it is after a load. */
export type ProviderRecord = LoadedRecord<typeof providerSchema>;

/** A device as it is after a load. */
export type DeviceRecord = LoadedRecord<typeof deviceSchema, 'id' | 'username' | 'primary'>;

/** A dial plan as it is after a load. */
export type DialPlanRecord = LoadedRecord<typeof dialPlanSchema, 'id'>;

/** A DID as it is after a load. */
export type DidRecord = LoadedRecord<typeof didSchema, 'id'>;
