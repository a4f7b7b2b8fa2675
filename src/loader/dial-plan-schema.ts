/** The format of `dial_plans`: one row a field. */
import { z } from 'zod';
import { MAX_ID } from '../mor/model.ts';
import { id, requiredText } from './schema-fields.ts';

/** A dial plan. */
export const dialPlanSchema = z.strictObject({
  id: id.optional().describe(`At most ${String(MAX_ID)}. Default: the next id after the highest written one.`),
  name: requiredText.describe('As lists show it.'),
  type: requiredText.describe('As lists show it, such as ivr.'),
  user_id: id.default(0).describe('Id of the owner: the administrator or a reseller. Default: 0.'),
});
