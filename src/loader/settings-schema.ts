/** The format of `settings`: one row a field. */
import { z } from 'zod';
import { DIALECTS, ERROR_ENVELOPES, MAX_ID, RESPONSE_TYPES, STATUSES_AFTER_UNASSIGN } from '../mor/model.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { flag, id, text, wholeNumber, withOptionalDefaults } from './schema-fields.ts';

const settings = {
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
  allow_api_registration: flag
    .default(true)
    .describe('Off: user_register and device_delete are refused. Default: true.'),
  allow_short_passwords: flag
    .default(false)
    .describe('Whether user_register takes passwords of less than 8 characters. Default: false.'),
  allow_balance_over_http: flag.default(true).describe('Off: user_balance_get is refused. Default: true.'),
  // One above the highest id says that none is left.
  next_did_id: wholeNumber(1, MAX_ID + 1)
    .optional()
    .describe(
      `Id of the first DID that is created; above every id in use. ${String(MAX_ID + 1)}, one above the highest there can be: none is left, "${MOR_ERRORS.creationFailed.text}". Default: the highest id + 1.`,
    ),
  next_user_id: wholeNumber(1, MAX_ID + 1)
    .optional()
    .describe('Id of the first user that is registered; above every id in use. Default: the highest id + 1.'),
  next_device_id: wholeNumber(1, MAX_ID + 1)
    .optional()
    .describe('Id of the first device that is created; above every id in use. Default: the highest id + 1.'),
};

/** The settings with every default. */
export const settingsSchema = z
  .strictObject(settings)
  .describe('What the server is set to. Settings of several files are merged, the later file wins.');

/** The settings of one file: only those that are written, so that those of several files can be merged. */
export const writtenSettingsSchema = z.strictObject(withOptionalDefaults(settings));

/** A change of settings. Null removes one that has no default. */
export const settingsPatchSchema = z.strictObject({
  ...writtenSettingsSchema.shape,
  api_secret_key: text.nullable().optional(),
  default_did_provider_id: id.nullable().optional(),
});
