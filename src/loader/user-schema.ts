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
  password: text.optional().describe('What user_login and users_get compare with "p". Default: none, and no login.'),
  email: text.optional().describe('Default: none.'),
  uniquehash: requiredText
    .optional()
    .describe(
      'Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.',
    ),
  balance: text
    .regex(/^-?[0-9]{1,11}(?:\.[0-9]{1,15})?$/, 'must be a decimal number in quotes, such as "-12.5"')
    .optional()
    .describe('A decimal number as text. Default: "0".'),
  blocked: flag.optional().describe('Shown only. Default: false.'),
  hidden: flag.optional().describe('Shown only. Default: false.'),
  lcr_id: id.optional().describe('Shown only. Default: 1.'),
  tariff_id: id.optional().describe('Shown only. Default: 1.'),
  accept_hash_without_did: flag
    .default(false)
    .describe(
      "Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.",
    ),
};

const manageDids = (permission: Permission) =>
  z
    .enum(PERMISSIONS)
    .default(permission)
    .describe(`Anything but edit: "${MOR_ERRORS.didsNotManageable.text}". Default: ${permission}.`);

const accountantsPermissions = z
  .strictObject({
    manage_dids: manageDids('none'),
    manage_users: z.enum(PERMISSIONS).optional().describe('none: users_get is refused. Default: none.'),
  })
  .default({ manage_dids: 'none' });

const resellersPermissions = z.strictObject({ manage_dids: manageDids('edit') }).default({ manage_dids: 'edit' });

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
        permissions: accountantsPermissions.describe("The accountant's permission group."),
      })
      .meta({ title: 'an accountant' }),
    z
      .strictObject({
        ...anyUser,
        type: z.literal('reseller').describe(USER_TYPE),
        permissions: resellersPermissions.describe("The reseller's permission group."),
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
