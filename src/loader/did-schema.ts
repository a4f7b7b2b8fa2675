/** The format of `dids` and `dids_from`: one row a field. A field of `didAttributes` is one of single DIDs, blocks and CSV files. */
import { z } from 'zod';
import { DID_DEFAULTS, DID_STATUSES, MAX_ID } from '../mor/model.ts';
import { registerKinds } from './describe-issue.ts';
import { flag, id, requiredText, text, wholeNumber, withOptionalDefaults } from './schema-fields.ts';

const didId = wholeNumber(1, MAX_ID);

const unixTime = wholeNumber(0, Number.MAX_SAFE_INTEGER);

/** The fields that single DIDs, blocks and rows of CSV files share. */
export const didAttributes = {
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
export const didBlockSchema = z
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

/** A row of `dids`. */
export const didRowSchema = z.union(registerKinds(didSchema, didBlockSchema));

/** A CSV file, and the values of rows that have none of their own. */
const csvReferenceSchema = z
  .strictObject({
    file: requiredText.describe('The path of a CSV file, from the folder of this file.'),
    ...withOptionalDefaults(didAttributes),
    provider_id: id.optional().describe('Their provider. Required if it is not a column.'),
  })
  .meta({ title: 'a CSV file' });

const csvFileSchema = z.union([csvReferenceSchema, requiredText], { error: 'must be text, or a map with file' });

/** A path alone, a map with a path in it, or a list of both. */
export const didsFromSchema = z.union([csvReferenceSchema, requiredText, z.array(csvFileSchema)], {
  error: 'must be text, or a map with file',
});
