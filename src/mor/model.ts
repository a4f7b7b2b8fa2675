/**
 * The things MOR keeps, as far as its calls read or write them.
 *
 * Fields carry MOR's own column names (`provider_id`, not `providerId`): the same record is a row of the fixtures, of the
 * admin API and of the library, so no translation stands between what a tester writes and what a check reads.
 */

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

interface AnyUser {
  readonly id: number;
  readonly username: string;
  /** Both names make the display name. Default: none. */
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  /** Also accepts the hash recipe of the vendor's example, which leaves the DID out. */
  readonly accept_hash_without_did: boolean;
}

export interface Admin extends AnyUser {
  readonly type: 'admin';
}

export interface Accountant extends AnyUser {
  readonly type: 'accountant';
  readonly permissions: { readonly manage_dids: Permission };
}

export interface Reseller extends AnyUser {
  readonly type: 'reseller';
  readonly permissions: { readonly manage_dids: Permission };
  /** Reseller PRO: may use providers of their own. */
  readonly own_providers: boolean;
  /** The switch of their own API tab, next to the global one. */
  readonly allow_api: boolean;
  /** Their own key; empty is no key. */
  readonly api_secret_key: string;
  readonly disable_hash_checking: boolean;
}

export interface PlainUser extends AnyUser {
  readonly type: 'user';
  /** The administrator (0) or a reseller. */
  readonly owner_id: number;
}

export type User = Admin | Accountant | Reseller | PlainUser;

export interface Provider {
  readonly id: number;
  readonly name: string;
  /** Owner: the administrator (0, or the id of an admin) or a reseller. */
  readonly user_id: number;
  readonly hidden: boolean;
}

/** Every type a device can have. */
export const DEVICE_TYPES = ['SIP', 'IAX2', 'FAX', 'Virtual', 'H323', 'ZAP', 'Skype'] as const;

export type DeviceType = (typeof DEVICE_TYPES)[number];

/** A telephone, gateway or trunk that answers calls. */
export interface Device {
  readonly id: number;
  /** The user it belongs to. */
  readonly user_id: number;
  readonly type: DeviceType;
  readonly username: string;
  readonly secret: string;
  readonly ipaddr: string;
  readonly port: number;
  readonly callerid: string;
  readonly devicegroup_id: number;
  readonly pin?: string | undefined;
  /** Whether it is the user's main device. */
  readonly primary: boolean;
  readonly hidden: boolean;
  /** 0: a plain device. 1: a trunk with ANI. 2: a trunk without. */
  readonly trunk: TrunkKind;
}

export const TRUNK_KINDS = [0, 1, 2] as const;

export type TrunkKind = (typeof TRUNK_KINDS)[number];

/** Decides what happens with a call, in place of a device. */
export interface DialPlan {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Owner: the administrator (0) or a reseller. */
  readonly user_id: number;
}

/** Every status a DID can have. */
export const DID_STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

export type DidStatus = (typeof DID_STATUSES)[number];

export interface Did {
  readonly id: number;
  /** The number itself: text, because leading zeros matter. */
  readonly did: string;
  readonly provider_id: number;
  /** 0 is the administrator. */
  readonly reseller_id: number;
  readonly status: DidStatus;
  readonly custom_sip_header: string;
  readonly comment: string;
  readonly reseller_comment: string;
  /** The user it is reserved for, active or closed of. Default: none. */
  readonly user_id?: number | undefined;
  /** The device that answers. Default: none. */
  readonly device_id?: number | undefined;
  /** The dial plan that answers in place of a device. Default: none. */
  readonly dial_plan_id?: number | undefined;
  /** Two letters. Default: `en`. */
  readonly language?: string | undefined;
  /** Calls at one time; 0 is any number. Default: 0. */
  readonly call_limit?: number | undefined;
  /** Default: `us`. */
  readonly tone_zone?: string | undefined;
  /** In seconds. Default: 0. */
  readonly grace_time?: number | undefined;
  /** Unix seconds, without effect on the status. Default: none. */
  readonly active_from?: number | undefined;
  readonly active_till?: number | undefined;
  /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
  readonly closed_till?: number | undefined;
  /** Whether there were calls to it, so that it cannot be deleted. Default: false. */
  readonly has_calls?: boolean | undefined;
  /** Whether it is in a queue, so that it cannot be deleted. Default: false. */
  readonly in_queue?: boolean | undefined;
}

/** What the fields of a DID are if it does not have them: most do not, and a million of them take half the memory so. */
export const DID_DEFAULTS = { language: 'en', call_limit: 0, tone_zone: 'us', grace_time: 0, has_calls: false, in_queue: false } as const;

/** How the answer is labelled and attached (MOR's setting "XML API Extension"). */
export const RESPONSE_TYPES = ['xml', 'attachment_xml', 'attachment_html'] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** Whether the errors that come before the call itself stand in `<page>` or bare. */
export const ERROR_ENVELOPES = ['page', 'bare'] as const;

export type ErrorEnvelope = (typeof ERROR_ENVELOPES)[number];

/** Whether errors have today's texts or those of older servers. */
export const DIALECTS = ['current', 'legacy'] as const;

export type Dialect = (typeof DIALECTS)[number];

/** What a DID may become that loses its device. */
export const STATUSES_AFTER_UNASSIGN = ['reserved', 'free'] as const satisfies readonly DidStatus[];

export type StatusAfterUnassign = (typeof STATUSES_AFTER_UNASSIGN)[number];

/** The settings of the server that the API reads. */
export interface Settings {
  readonly allow_api: boolean;
  readonly allow_get_api: boolean;
  /** The administrator's key; empty is no key. */
  readonly api_secret_key: string;
  readonly disable_hash_checking: boolean;
  readonly accept_hash_without_did: boolean;
  readonly resellers_can_add_their_own_dids: boolean;
  /** The provider a reseller's DID gets when he names none; absent: there is none. */
  readonly default_did_provider_id?: number | undefined;
  readonly response_type: ResponseType;
  readonly error_envelope: ErrorEnvelope;
  readonly dialect: Dialect;
  /** How long a DID stays closed, in days. */
  readonly closed_did_days: number;
  /** What a DID becomes that loses its device. */
  readonly status_after_unassign: StatusAfterUnassign;
  /** Whether a DID must be reserved before it gets a device. */
  readonly assign_needs_reservation: boolean;
  /** Whether a reseller's own API switch helps only while the global one is on. */
  readonly resellers_need_global_api: boolean;
  /** Width of the column `dids.did`, in characters. */
  readonly max_did_length: number;
}
