/**
 * The things MOR keeps. Their fields are declared in the format of fixtures, and have MOR's own column names (`provider_id`, not
 * `providerId`): a record is the same in fixtures, the admin API, the library and the checks.
 */
import type { DidRecord, ProviderRecord, SettingsRecord, UserRecord } from '../loader/schema.ts';

/** Who may own things without being a reseller: MOR's administrator always has the id 0. */
export const ADMINISTRATOR_ID = 0;

/** The highest id a row can have: MOR's id columns are signed 32-bit integers of MySQL. */
export const MAX_ID = 2_147_483_647;

/** What an accountant's permission group lets them do with manage-DIDs. */
export const PERMISSIONS = ['none', 'read', 'edit'] as const;

/** The four kinds of user MOR knows. */
export const USER_TYPES = ['admin', 'accountant', 'reseller', 'user'] as const;

export type UserType = (typeof USER_TYPES)[number];

/** A user of any of the four kinds. */
export type User = UserRecord;

/** A user who sells to others and may have an API of their own. */
export type Reseller = Extract<User, { type: 'reseller' }>;

/** A user who is none of the other kinds. */
export type PlainUser = Extract<User, { type: 'user' }>;

/** Where DIDs come from. */
export type Provider = ProviderRecord;

/** Every status a DID can have. */
export const DID_STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

export type DidStatus = (typeof DID_STATUSES)[number];

/** A phone number. */
export type Did = DidRecord;

/** How the answer is labelled and attached (MOR's setting "XML API Extension"). */
export const RESPONSE_TYPES = ['xml', 'attachment_xml', 'attachment_html'] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** Whether the errors that come before the call itself stand in `<page>` or bare. */
export const ERROR_ENVELOPES = ['page', 'bare'] as const;

/** Whether errors have today's texts or those of older servers. */
export const DIALECTS = ['current', 'legacy'] as const;

/** The settings of the server that the API reads. */
export type Settings = SettingsRecord;
