/** The format of `providers`: one row a field. */
import { z } from 'zod';
import { MAX_ID } from '../mor/model.ts';
import { flag, id, text } from './schema-fields.ts';

/** A provider. */
export const providerSchema = z.strictObject({
  id: id.describe(`What a caller sends as "provider_id", at most ${String(MAX_ID)}.`),
  name: text.default('').describe('For people only.'),
  user_id: id.default(0).describe('Id of the owner: the administrator or a reseller. Default: 0.'),
  hidden: flag.default(false).describe('A hidden provider is not found by callers. Default: false.'),
});
