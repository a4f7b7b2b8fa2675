/** The format of `users`: one row a field, by kinds of user. */
import { z } from 'zod';
import { MAX_ID, PERMISSIONS, type Permission } from '../mor/model.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { registerKinds } from './describe-issue.ts';
import { flag, id, requiredText, text } from './schema-fields.ts';

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

const permissionsSchema = (manage_dids: Permission) =>
  z
    .strictObject({
      manage_dids: z
        .enum(PERMISSIONS)
        .default(manage_dids)
        .describe(`Anything but edit: "${MOR_ERRORS.didsNotManageable.text}". Default: ${manage_dids}.`),
    })
    .default({ manage_dids });

const USER_TYPE = 'What kind of user: admin, accountant, reseller or user (a plain one).';

/** A user; issues name a kind by its title. */
export const userSchema = z.discriminatedUnion(
  'type',
  registerKinds(
    z.strictObject({ ...anyUser, type: z.literal('admin').describe(USER_TYPE) }).meta({ title: 'an admin' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('accountant').describe(USER_TYPE),
        permissions: permissionsSchema('none').describe("The accountant's permission group."),
      })
      .meta({ title: 'an accountant' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('reseller').describe(USER_TYPE),
        permissions: permissionsSchema('edit').describe("The reseller's permission group."),
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
