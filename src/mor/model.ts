/**
 * The things MOR keeps, as far as `did_create` reads or writes them.
 *
 * Fields carry MOR's own column names (`provider_id`, not `providerId`): the same record is a row of the fixtures, of the
 * admin API and of the library, so no translation stands between what a tester writes and what a check reads.
 */

/** Who may own things without being a reseller: MOR's administrator always has the id 0. */
export const ADMINISTRATOR_ID = 0;

/** The highest id a row can have: MOR's id columns are signed 32-bit integers of MySQL. */
export const MAX_ID = 2_147_483_647;

/** What an accountant's permission group lets him do with manage-DIDs. */
export const PERMISSIONS = ['none', 'read', 'edit'] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** The four kinds of user MOR knows. */
export const USER_TYPES = ['admin', 'accountant', 'reseller', 'user'] as const;

export type UserType = (typeof USER_TYPES)[number];

interface AnyUser {
  readonly id: number;
  readonly username: string;
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
  /** Reseller PRO: he may use providers of his own. */
  readonly own_providers: boolean;
  /** The switch of his own API tab; it stands beside the global one. */
  readonly allow_api: boolean;
  /** His own key; empty is no key. */
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

/** Every status a DID can have. */
export const DID_STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

export type DidStatus = (typeof DID_STATUSES)[number];

export interface Did {
  readonly id: number;
  /** The number itself: text, for leading zeros matter. */
  readonly did: string;
  readonly provider_id: number;
  /** 0 is the administrator. */
  readonly reseller_id: number;
  readonly status: DidStatus;
  readonly custom_sip_header: string;
  readonly comment: string;
  readonly reseller_comment: string;
}

/** How the answer is labelled and attached (MOR's setting "XML API Extension"). */
export const RESPONSE_TYPES = ['xml', 'attachment_xml', 'attachment_html'] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** Whether the errors that come before the call itself stand in `<page>` or bare. */
export const ERROR_ENVELOPES = ['page', 'bare'] as const;

export type ErrorEnvelope = (typeof ERROR_ENVELOPES)[number];

/** Whether errors have today's texts or those of older servers. */
export const DIALECTS = ['current', 'legacy'] as const;

export type Dialect = (typeof DIALECTS)[number];

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
  /** Width of the column `dids.did`, in characters. */
  readonly max_did_length: number;
}
