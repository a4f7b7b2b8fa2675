/**
 * The things MOR keeps. Their fields are declared in the format of fixtures, and have MOR's own column names (`provider_id`, not
 * `providerId`): a record is the same in fixtures, the admin API, the library and the checks.
 */
import type { DeviceRecord, DialPlanRecord, DidRecord, ProviderRecord, SettingsRecord, UserRecord } from '../loader/schema.ts';

/** Who may own things without being a reseller: MOR's administrator always has the id 0. */
export const ADMINISTRATOR_ID = 0;

/** The highest id a row can have: MOR's id columns are signed 32-bit integers of MySQL. */
export const MAX_ID = 2_147_483_647;

/** What a permission group allows. */
export const PERMISSIONS = ['none', 'read', 'edit'] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** The four kinds of user MOR knows. */
export const USER_TYPES = ['admin', 'accountant', 'reseller', 'user'] as const;

export type UserType = (typeof USER_TYPES)[number];

/** A user of any of the four kinds. */
export type User = UserRecord;

/** Users to look through. A plain array is one. */
export interface UserList extends Iterable<User> {
  readonly length: number;
  readonly find: (isWanted: (user: User) => boolean) => User | undefined;
  readonly some: (isWanted: (user: User) => boolean) => boolean;
  readonly filter: (isWanted: (user: User) => boolean) => User[];
  readonly map: <T>(convert: (user: User) => T) => T[];
}

/** A user who sells to others and may have an API of their own. */
export type Reseller = Extract<User, { type: 'reseller' }>;

/** A user who is none of the other kinds. */
export type PlainUser = Extract<User, { type: 'user' }>;

/** What the fields of a user are if the user does not have them: fixtures often name no customer's details. */
export const USER_DEFAULTS = {
  password: '',
  email: '',
  balance: '0',
  blocked: false,
  hidden: false,
  lcr_id: 1,
  tariff_id: 1,
} as const;

/** Where DIDs come from. */
export type Provider = ProviderRecord;

/** Every type a device can have. */
export const DEVICE_TYPES = ['SIP', 'IAX2', 'FAX', 'Virtual', 'H323', 'ZAP', 'Skype'] as const;

/** 0: a plain device. 1: a trunk with ANI. 2: a trunk without. */
export const TRUNK_KINDS = [0, 1, 2] as const;

/** A telephone, gateway or trunk that answers calls. */
export type Device = DeviceRecord;

/** Decides what happens with a call, in place of a device. */
export type DialPlan = DialPlanRecord;

/** Every status a DID can have. */
export const DID_STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

export type DidStatus = (typeof DID_STATUSES)[number];

/** A phone number. */
export type Did = DidRecord;

/** What the fields of a DID are if it does not have them: most do not, and a million of them take half the memory so. */
export const DID_DEFAULTS = { language: 'en', call_limit: 0, tone_zone: 'us', grace_time: 0, has_calls: false, in_queue: false } as const;

/** How the answer is labelled and attached (MOR's setting "XML API Extension"). */
export const RESPONSE_TYPES = ['xml', 'attachment_xml', 'attachment_html'] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** Whether the errors that come before the call itself stand in `<page>` or bare. */
export const ERROR_ENVELOPES = ['page', 'bare'] as const;

/** Whether errors have today's texts or those of older servers. */
export const DIALECTS = ['current', 'legacy'] as const;

/** What a DID may become that loses its device. */
export const STATUSES_AFTER_UNASSIGN = ['reserved', 'free'] as const satisfies readonly DidStatus[];

/** The settings of the server that the API reads. */
export type Settings = SettingsRecord;
