/** The format of `devices`: one row a field. */
import { z } from 'zod';
import { DEVICE_TYPES, MAX_ID, TRUNK_KINDS } from '../mor/model.ts';
import { flag, id, requiredText, text, wholeNumber } from './schema-fields.ts';

/** A device. */
export const deviceSchema = z.strictObject({
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
