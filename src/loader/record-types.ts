// Generated from the schemas by `npm run docs`. Do not edit.

/** A world as an object, in the shape of the fixture files. What has a default may be left out. */
export interface FixturesInput {
  /** What the server is set to. Settings of several files are merged, the later file wins. */
  readonly settings?:
    | {
        /** Allow API. Off: "API Requests are disabled" for all but resellers with a switch of their own. Default: true. */
        readonly allow_api?: boolean | undefined;
        /** Allow GET API. Off: "GET Requests are disabled". Default: false. */
        readonly allow_get_api?: boolean | undefined;
        /** API Secret Key of the administrator. Empty or left out is no key: "API must have Secret Key". */
        readonly api_secret_key?: string | undefined;
        /** Serves every known caller with any hash, or none. Default: false. */
        readonly disable_hash_checking?: boolean | undefined;
        /** Also accepts hashes by the recipe of the vendor's example, which leaves the DID out. Default: false. */
        readonly accept_hash_without_did?: boolean | undefined;
        /** Off: resellers get "You are not authorized to manage DIDs". Default: true. */
        readonly resellers_can_add_their_own_dids?: boolean | undefined;
        /** The provider of a reseller who names none, open to all resellers. Default: none. */
        readonly default_did_provider_id?: number | undefined;
        /**
         * How answers are labelled (XML API Extension): plain text/xml, or as an attachment .xml or .html. Default: xml.
         */
        readonly response_type?: 'xml' | 'attachment_xml' | 'attachment_html' | undefined;
        /** Whether errors that come before the call are in <page> or bare. Default: page. */
        readonly error_envelope?: 'page' | 'bare' | undefined;
        /** Error texts of today or of older servers. Default: current. */
        readonly dialect?: 'current' | 'legacy' | undefined;
        /** Width of the column dids.did. A longer number: "DID creation failed". Default: 255. */
        readonly max_did_length?: number | undefined;
        /** How many days a DID stays closed before it becomes free. Default: 90. */
        readonly closed_did_days?: number | undefined;
        /** What a DID becomes that loses its device. Default: reserved. */
        readonly status_after_unassign?: 'reserved' | 'free' | undefined;
        /** Whether only reserved DIDs can be assigned to a device. Default: false. */
        readonly assign_needs_reservation?: boolean | undefined;
        /** Whether a reseller's own allow_api helps only while the global one is on. Default: false. */
        readonly resellers_need_global_api?: boolean | undefined;
        /** Off: user_register and device_delete are refused. Default: true. */
        readonly allow_api_registration?: boolean | undefined;
        /** Whether user_register takes passwords of less than 8 characters. Default: false. */
        readonly allow_short_passwords?: boolean | undefined;
        /** Off: user_balance_get is refused. Default: true. */
        readonly allow_balance_over_http?: boolean | undefined;
        /**
         * Id of the first DID that is created; above every id in use. 2147483648, one above the highest there can be:
         * none is left, "DID creation failed". Default: the highest id + 1.
         */
        readonly next_did_id?: number | undefined;
        /** Id of the first user that is registered; above every id in use. Default: the highest id + 1. */
        readonly next_user_id?: number | undefined;
        /** Id of the first device that is created; above every id in use. Default: the highest id + 1. */
        readonly next_device_id?: number | undefined;
      }
    | undefined;
  /** Who may call. Lists of several files are joined. */
  readonly users?:
    | readonly (
        | {
            /** Id of the user, at most 2147483647. 0 is the administrator. */
            readonly id: number;
            /** What a caller sends as "u": text, matched exactly. */
            readonly username: string;
            /** In front of last_name in lists. Default: none; without both, the username. */
            readonly first_name?: string | undefined;
            /** Default: none. */
            readonly last_name?: string | undefined;
            /** What user_login and users_get compare with "p". Default: none, and no login. */
            readonly password?: string | undefined;
            /** Default: none. */
            readonly email?: string | undefined;
            /**
             * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
             */
            readonly uniquehash?: string | undefined;
            /** A decimal number as text. Default: "0". */
            readonly balance?: string | undefined;
            /** Shown only. Default: false. */
            readonly blocked?: boolean | undefined;
            /** Shown only. Default: false. */
            readonly hidden?: boolean | undefined;
            /** Shown only. Default: 1. */
            readonly lcr_id?: number | undefined;
            /** Shown only. Default: 1. */
            readonly tariff_id?: number | undefined;
            /**
             * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default:
             * false.
             */
            readonly accept_hash_without_did?: boolean | undefined;
            /** What kind of user: admin, accountant, reseller or user (a plain one). */
            readonly type: 'admin';
          }
        | {
            /** Id of the user, at most 2147483647. 0 is the administrator. */
            readonly id: number;
            /** What a caller sends as "u": text, matched exactly. */
            readonly username: string;
            /** In front of last_name in lists. Default: none; without both, the username. */
            readonly first_name?: string | undefined;
            /** Default: none. */
            readonly last_name?: string | undefined;
            /** What user_login and users_get compare with "p". Default: none, and no login. */
            readonly password?: string | undefined;
            /** Default: none. */
            readonly email?: string | undefined;
            /**
             * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
             */
            readonly uniquehash?: string | undefined;
            /** A decimal number as text. Default: "0". */
            readonly balance?: string | undefined;
            /** Shown only. Default: false. */
            readonly blocked?: boolean | undefined;
            /** Shown only. Default: false. */
            readonly hidden?: boolean | undefined;
            /** Shown only. Default: 1. */
            readonly lcr_id?: number | undefined;
            /** Shown only. Default: 1. */
            readonly tariff_id?: number | undefined;
            /**
             * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default:
             * false.
             */
            readonly accept_hash_without_did?: boolean | undefined;
            /** What kind of user: admin, accountant, reseller or user (a plain one). */
            readonly type: 'accountant';
            /** The accountant's permission group. */
            readonly permissions?:
              | {
                  /** Anything but edit: "You are not authorized to manage DIDs". Default: none. */
                  readonly manage_dids?: 'none' | 'read' | 'edit' | undefined;
                  /** none: users_get is refused. Default: none. */
                  readonly manage_users?: 'none' | 'read' | 'edit' | undefined;
                }
              | undefined;
          }
        | {
            /** Id of the user, at most 2147483647. 0 is the administrator. */
            readonly id: number;
            /** What a caller sends as "u": text, matched exactly. */
            readonly username: string;
            /** In front of last_name in lists. Default: none; without both, the username. */
            readonly first_name?: string | undefined;
            /** Default: none. */
            readonly last_name?: string | undefined;
            /** What user_login and users_get compare with "p". Default: none, and no login. */
            readonly password?: string | undefined;
            /** Default: none. */
            readonly email?: string | undefined;
            /**
             * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
             */
            readonly uniquehash?: string | undefined;
            /** A decimal number as text. Default: "0". */
            readonly balance?: string | undefined;
            /** Shown only. Default: false. */
            readonly blocked?: boolean | undefined;
            /** Shown only. Default: false. */
            readonly hidden?: boolean | undefined;
            /** Shown only. Default: 1. */
            readonly lcr_id?: number | undefined;
            /** Shown only. Default: 1. */
            readonly tariff_id?: number | undefined;
            /**
             * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default:
             * false.
             */
            readonly accept_hash_without_did?: boolean | undefined;
            /** What kind of user: admin, accountant, reseller or user (a plain one). */
            readonly type: 'reseller';
            /** The reseller's permission group. */
            readonly permissions?:
              | {
                  /** Anything but edit: "You are not authorized to manage DIDs". Default: edit. */
                  readonly manage_dids?: 'none' | 'read' | 'edit' | undefined;
                }
              | undefined;
            /** Reseller PRO: may use providers of their own. Default: false. */
            readonly own_providers?: boolean | undefined;
            /**
             * The switch on the reseller's own API tab, next to the global one. Default: true if the reseller has a key of
             * their own, else false.
             */
            readonly allow_api?: boolean | undefined;
            /** The reseller's own API Secret Key. Empty or left out is no key. */
            readonly api_secret_key?: string | undefined;
            /** Serves this reseller with any hash, or none. Default: false. */
            readonly disable_hash_checking?: boolean | undefined;
          }
        | {
            /** Id of the user, at most 2147483647. 0 is the administrator. */
            readonly id: number;
            /** What a caller sends as "u": text, matched exactly. */
            readonly username: string;
            /** In front of last_name in lists. Default: none; without both, the username. */
            readonly first_name?: string | undefined;
            /** Default: none. */
            readonly last_name?: string | undefined;
            /** What user_login and users_get compare with "p". Default: none, and no login. */
            readonly password?: string | undefined;
            /** Default: none. */
            readonly email?: string | undefined;
            /**
             * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
             */
            readonly uniquehash?: string | undefined;
            /** A decimal number as text. Default: "0". */
            readonly balance?: string | undefined;
            /** Shown only. Default: false. */
            readonly blocked?: boolean | undefined;
            /** Shown only. Default: false. */
            readonly hidden?: boolean | undefined;
            /** Shown only. Default: 1. */
            readonly lcr_id?: number | undefined;
            /** Shown only. Default: 1. */
            readonly tariff_id?: number | undefined;
            /**
             * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default:
             * false.
             */
            readonly accept_hash_without_did?: boolean | undefined;
            /** What kind of user: admin, accountant, reseller or user (a plain one). */
            readonly type: 'user';
            /** Id of the owner: the administrator or a reseller. Default: 0. */
            readonly owner_id?: number | undefined;
          }
      )[]
    | undefined;
  /** Where DIDs come from. Lists of several files are joined. */
  readonly providers?:
    | readonly {
        /** What a caller sends as "provider_id", at most 2147483647. */
        readonly id: number;
        /** For people only. */
        readonly name?: string | undefined;
        /** Id of the owner: the administrator or a reseller. Default: 0. */
        readonly user_id?: number | undefined;
        /** A hidden provider is not found by callers. Default: false. */
        readonly hidden?: boolean | undefined;
      }[]
    | undefined;
  /** What answers calls. Lists of several files are joined. */
  readonly devices?:
    | readonly {
        /** At most 2147483647. Default: the next id after the highest written one. */
        readonly id?: number | undefined;
        /** The user it belongs to. */
        readonly user_id: number;
        /** Default: SIP. */
        readonly type?: 'SIP' | 'IAX2' | 'FAX' | 'Virtual' | 'H323' | 'ZAP' | 'Skype' | undefined;
        /** Default: the id. */
        readonly username?: string | undefined;
        /** Its password. Default: none. */
        readonly secret?: string | undefined;
        /** Its address. Default: none. */
        readonly ipaddr?: string | undefined;
        /** Default: 5060. */
        readonly port?: number | undefined;
        /** Default: none. */
        readonly callerid?: string | undefined;
        /** Default: 1. */
        readonly devicegroup_id?: number | undefined;
        /** Default: none. */
        readonly pin?: string | undefined;
        /** Whether it is the user's main device. Default: true for the user's first one. */
        readonly primary?: boolean | undefined;
        /** Whether lists leave it out. Default: false. */
        readonly hidden?: boolean | undefined;
        /** 0: a plain device. 1: a trunk with ANI. 2: one without. Default: 0. */
        readonly trunk?: 0 | 1 | 2 | undefined;
      }[]
    | undefined;
  /** What answers calls in place of a device. */
  readonly dial_plans?:
    | readonly {
        /** At most 2147483647. Default: the next id after the highest written one. */
        readonly id?: number | undefined;
        /** As lists show it. */
        readonly name: string;
        /** As lists show it, such as ivr. */
        readonly type: string;
        /** Id of the owner: the administrator or a reseller. Default: 0. */
        readonly user_id?: number | undefined;
      }[]
    | undefined;
  /** The DIDs that are there, one by one or in blocks. Lists of several files are joined. */
  readonly dids?:
    | readonly (
        | {
            /** At most 2147483647. Default: the next id after the highest written one. */
            readonly id?: number | undefined;
            /** The number: text, leading zeros matter. */
            readonly did: string;
            /** The provider it belongs to. */
            readonly provider_id: number;
            /** The reseller it belongs to; 0 is the administrator. Default: 0. */
            readonly reseller_id?: number | undefined;
            /** Default: free. */
            readonly status?: 'free' | 'reserved' | 'active' | 'closed' | 'terminated' | undefined;
            /** Its user. Default: the device's user, or none. */
            readonly user_id?: number | undefined;
            /** The device that answers it. Default: none. */
            readonly device_id?: number | undefined;
            /** The dial plan that answers it, in place of a device. Default: none. */
            readonly dial_plan_id?: number | undefined;
            /** Default: none. */
            readonly custom_sip_header?: string | undefined;
            /** The main comment. Default: none. */
            readonly comment?: string | undefined;
            /** The reseller's own comment. Default: none. */
            readonly reseller_comment?: string | undefined;
            /** Two letters. Default: en. */
            readonly language?: string | undefined;
            /** Calls at one time; 0 is any number. Default: 0. */
            readonly call_limit?: number | undefined;
            /** Default: us. */
            readonly tone_zone?: string | undefined;
            /** In seconds. Default: 0. */
            readonly grace_time?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_from?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_till?: number | undefined;
            /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
            readonly closed_till?: number | undefined;
            /** Whether there were calls to it: it cannot be deleted. Default: false. */
            readonly has_calls?: boolean | undefined;
            /** Whether it is in a queue: it cannot be deleted. Default: false. */
            readonly in_queue?: boolean | undefined;
          }
        | {
            /**
             * Id of the first number, the others follow, the last at most 2147483647. Default: the next id after the highest
             * written one.
             */
            readonly id?: number | undefined;
            /** The first number. */
            readonly from: string;
            /** The last number, as long as the first. */
            readonly to: string;
            /** The provider it belongs to. */
            readonly provider_id: number;
            /** The reseller it belongs to; 0 is the administrator. Default: 0. */
            readonly reseller_id?: number | undefined;
            /** Default: free. */
            readonly status?: 'free' | 'reserved' | 'active' | 'closed' | 'terminated' | undefined;
            /** Its user. Default: the device's user, or none. */
            readonly user_id?: number | undefined;
            /** The device that answers it. Default: none. */
            readonly device_id?: number | undefined;
            /** The dial plan that answers it, in place of a device. Default: none. */
            readonly dial_plan_id?: number | undefined;
            /** Default: none. */
            readonly custom_sip_header?: string | undefined;
            /** The main comment. Default: none. */
            readonly comment?: string | undefined;
            /** The reseller's own comment. Default: none. */
            readonly reseller_comment?: string | undefined;
            /** Two letters. Default: en. */
            readonly language?: string | undefined;
            /** Calls at one time; 0 is any number. Default: 0. */
            readonly call_limit?: number | undefined;
            /** Default: us. */
            readonly tone_zone?: string | undefined;
            /** In seconds. Default: 0. */
            readonly grace_time?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_from?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_till?: number | undefined;
            /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
            readonly closed_till?: number | undefined;
            /** Whether there were calls to it: it cannot be deleted. Default: false. */
            readonly has_calls?: boolean | undefined;
            /** Whether it is in a queue: it cannot be deleted. Default: false. */
            readonly in_queue?: boolean | undefined;
          }
      )[]
    | undefined;
  /**
   * CSV files that list more DIDs: the first line names the columns, did and any of provider_id, reseller_id, status,
   * user_id, device_id, dial_plan_id, custom_sip_header, comment, reseller_comment, language, call_limit, tone_zone,
   * grace_time, active_from, active_till, closed_till, has_calls, in_queue and id; an empty value is left out.
   */
  readonly dids_from?:
    | {
        /** The path of a CSV file, from the folder of this file. */
        readonly file: string;
        /** Their provider. Required if it is not a column. */
        readonly provider_id?: number | undefined;
        /** The reseller it belongs to; 0 is the administrator. Default: 0. */
        readonly reseller_id?: number | undefined;
        /** Default: free. */
        readonly status?: 'free' | 'reserved' | 'active' | 'closed' | 'terminated' | undefined;
        /** Its user. Default: the device's user, or none. */
        readonly user_id?: number | undefined;
        /** The device that answers it. Default: none. */
        readonly device_id?: number | undefined;
        /** The dial plan that answers it, in place of a device. Default: none. */
        readonly dial_plan_id?: number | undefined;
        /** Default: none. */
        readonly custom_sip_header?: string | undefined;
        /** The main comment. Default: none. */
        readonly comment?: string | undefined;
        /** The reseller's own comment. Default: none. */
        readonly reseller_comment?: string | undefined;
        /** Two letters. Default: en. */
        readonly language?: string | undefined;
        /** Calls at one time; 0 is any number. Default: 0. */
        readonly call_limit?: number | undefined;
        /** Default: us. */
        readonly tone_zone?: string | undefined;
        /** In seconds. Default: 0. */
        readonly grace_time?: number | undefined;
        /** Unix seconds, without effect on the status. Default: none. */
        readonly active_from?: number | undefined;
        /** Unix seconds, without effect on the status. Default: none. */
        readonly active_till?: number | undefined;
        /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
        readonly closed_till?: number | undefined;
        /** Whether there were calls to it: it cannot be deleted. Default: false. */
        readonly has_calls?: boolean | undefined;
        /** Whether it is in a queue: it cannot be deleted. Default: false. */
        readonly in_queue?: boolean | undefined;
      }
    | string
    | readonly (
        | {
            /** The path of a CSV file, from the folder of this file. */
            readonly file: string;
            /** Their provider. Required if it is not a column. */
            readonly provider_id?: number | undefined;
            /** The reseller it belongs to; 0 is the administrator. Default: 0. */
            readonly reseller_id?: number | undefined;
            /** Default: free. */
            readonly status?: 'free' | 'reserved' | 'active' | 'closed' | 'terminated' | undefined;
            /** Its user. Default: the device's user, or none. */
            readonly user_id?: number | undefined;
            /** The device that answers it. Default: none. */
            readonly device_id?: number | undefined;
            /** The dial plan that answers it, in place of a device. Default: none. */
            readonly dial_plan_id?: number | undefined;
            /** Default: none. */
            readonly custom_sip_header?: string | undefined;
            /** The main comment. Default: none. */
            readonly comment?: string | undefined;
            /** The reseller's own comment. Default: none. */
            readonly reseller_comment?: string | undefined;
            /** Two letters. Default: en. */
            readonly language?: string | undefined;
            /** Calls at one time; 0 is any number. Default: 0. */
            readonly call_limit?: number | undefined;
            /** Default: us. */
            readonly tone_zone?: string | undefined;
            /** In seconds. Default: 0. */
            readonly grace_time?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_from?: number | undefined;
            /** Unix seconds, without effect on the status. Default: none. */
            readonly active_till?: number | undefined;
            /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
            readonly closed_till?: number | undefined;
            /** Whether there were calls to it: it cannot be deleted. Default: false. */
            readonly has_calls?: boolean | undefined;
            /** Whether it is in a queue: it cannot be deleted. Default: false. */
            readonly in_queue?: boolean | undefined;
          }
        | string
      )[]
    | undefined;
}

/** One DID to put there. */
export interface DidInput {
  /** At most 2147483647. Default: the next id after the highest written one. */
  readonly id?: number | undefined;
  /** The number: text, leading zeros matter. */
  readonly did: string;
  /** The provider it belongs to. */
  readonly provider_id: number;
  /** The reseller it belongs to; 0 is the administrator. Default: 0. */
  readonly reseller_id?: number | undefined;
  /** Default: free. */
  readonly status?: 'free' | 'reserved' | 'active' | 'closed' | 'terminated' | undefined;
  /** Its user. Default: the device's user, or none. */
  readonly user_id?: number | undefined;
  /** The device that answers it. Default: none. */
  readonly device_id?: number | undefined;
  /** The dial plan that answers it, in place of a device. Default: none. */
  readonly dial_plan_id?: number | undefined;
  /** Default: none. */
  readonly custom_sip_header?: string | undefined;
  /** The main comment. Default: none. */
  readonly comment?: string | undefined;
  /** The reseller's own comment. Default: none. */
  readonly reseller_comment?: string | undefined;
  /** Two letters. Default: en. */
  readonly language?: string | undefined;
  /** Calls at one time; 0 is any number. Default: 0. */
  readonly call_limit?: number | undefined;
  /** Default: us. */
  readonly tone_zone?: string | undefined;
  /** In seconds. Default: 0. */
  readonly grace_time?: number | undefined;
  /** Unix seconds, without effect on the status. Default: none. */
  readonly active_from?: number | undefined;
  /** Unix seconds, without effect on the status. Default: none. */
  readonly active_till?: number | undefined;
  /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
  readonly closed_till?: number | undefined;
  /** Whether there were calls to it: it cannot be deleted. Default: false. */
  readonly has_calls?: boolean | undefined;
  /** Whether it is in a queue: it cannot be deleted. Default: false. */
  readonly in_queue?: boolean | undefined;
}

/** Settings to change; null takes away one that has no default. */
export interface SettingsPatch {
  /** Allow API. Off: "API Requests are disabled" for all but resellers with a switch of their own. Default: true. */
  readonly allow_api?: boolean | undefined;
  /** Allow GET API. Off: "GET Requests are disabled". Default: false. */
  readonly allow_get_api?: boolean | undefined;
  /** API Secret Key of the administrator. Empty or null is no key. */
  readonly api_secret_key?: string | null | undefined;
  /** Serves every known caller with any hash, or none. Default: false. */
  readonly disable_hash_checking?: boolean | undefined;
  /** Also accepts hashes by the recipe of the vendor's example, which leaves the DID out. Default: false. */
  readonly accept_hash_without_did?: boolean | undefined;
  /** Off: resellers get "You are not authorized to manage DIDs". Default: true. */
  readonly resellers_can_add_their_own_dids?: boolean | undefined;
  /** The provider of a reseller who names none; null is none. */
  readonly default_did_provider_id?: number | null | undefined;
  /** How answers are labelled (XML API Extension): plain text/xml, or as an attachment .xml or .html. Default: xml. */
  readonly response_type?: 'xml' | 'attachment_xml' | 'attachment_html' | undefined;
  /** Whether errors that come before the call are in <page> or bare. Default: page. */
  readonly error_envelope?: 'page' | 'bare' | undefined;
  /** Error texts of today or of older servers. Default: current. */
  readonly dialect?: 'current' | 'legacy' | undefined;
  /** Width of the column dids.did. A longer number: "DID creation failed". Default: 255. */
  readonly max_did_length?: number | undefined;
  /** How many days a DID stays closed before it becomes free. Default: 90. */
  readonly closed_did_days?: number | undefined;
  /** What a DID becomes that loses its device. Default: reserved. */
  readonly status_after_unassign?: 'reserved' | 'free' | undefined;
  /** Whether only reserved DIDs can be assigned to a device. Default: false. */
  readonly assign_needs_reservation?: boolean | undefined;
  /** Whether a reseller's own allow_api helps only while the global one is on. Default: false. */
  readonly resellers_need_global_api?: boolean | undefined;
  /** Off: user_register and device_delete are refused. Default: true. */
  readonly allow_api_registration?: boolean | undefined;
  /** Whether user_register takes passwords of less than 8 characters. Default: false. */
  readonly allow_short_passwords?: boolean | undefined;
  /** Off: user_balance_get is refused. Default: true. */
  readonly allow_balance_over_http?: boolean | undefined;
  /**
   * Id of the first DID that is created; above every id in use. 2147483648, one above the highest there can be: none
   * is left, "DID creation failed". Default: the highest id + 1.
   */
  readonly next_did_id?: number | undefined;
  /** Id of the first user that is registered; above every id in use. Default: the highest id + 1. */
  readonly next_user_id?: number | undefined;
  /** Id of the first device that is created; above every id in use. Default: the highest id + 1. */
  readonly next_device_id?: number | undefined;
}

/** The settings of a server, as they are after a load. */
export interface SettingsRecord {
  /** Allow API. Off: "API Requests are disabled" for all but resellers with a switch of their own. Default: true. */
  readonly allow_api: boolean;
  /** Allow GET API. Off: "GET Requests are disabled". Default: false. */
  readonly allow_get_api: boolean;
  /** API Secret Key of the administrator. Empty or left out is no key: "API must have Secret Key". */
  readonly api_secret_key: string;
  /** Serves every known caller with any hash, or none. Default: false. */
  readonly disable_hash_checking: boolean;
  /** Also accepts hashes by the recipe of the vendor's example, which leaves the DID out. Default: false. */
  readonly accept_hash_without_did: boolean;
  /** Off: resellers get "You are not authorized to manage DIDs". Default: true. */
  readonly resellers_can_add_their_own_dids: boolean;
  /** The provider of a reseller who names none, open to all resellers. Default: none. */
  readonly default_did_provider_id?: number | undefined;
  /** How answers are labelled (XML API Extension): plain text/xml, or as an attachment .xml or .html. Default: xml. */
  readonly response_type: 'xml' | 'attachment_xml' | 'attachment_html';
  /** Whether errors that come before the call are in <page> or bare. Default: page. */
  readonly error_envelope: 'page' | 'bare';
  /** Error texts of today or of older servers. Default: current. */
  readonly dialect: 'current' | 'legacy';
  /** Width of the column dids.did. A longer number: "DID creation failed". Default: 255. */
  readonly max_did_length: number;
  /** How many days a DID stays closed before it becomes free. Default: 90. */
  readonly closed_did_days: number;
  /** What a DID becomes that loses its device. Default: reserved. */
  readonly status_after_unassign: 'reserved' | 'free';
  /** Whether only reserved DIDs can be assigned to a device. Default: false. */
  readonly assign_needs_reservation: boolean;
  /** Whether a reseller's own allow_api helps only while the global one is on. Default: false. */
  readonly resellers_need_global_api: boolean;
  /** Off: user_register and device_delete are refused. Default: true. */
  readonly allow_api_registration: boolean;
  /** Whether user_register takes passwords of less than 8 characters. Default: false. */
  readonly allow_short_passwords: boolean;
  /** Off: user_balance_get is refused. Default: true. */
  readonly allow_balance_over_http: boolean;
}

/** A user as it is after a load. */
export type UserRecord =
  | {
      /** Id of the user, at most 2147483647. 0 is the administrator. */
      readonly id: number;
      /** What a caller sends as "u": text, matched exactly. */
      readonly username: string;
      /** In front of last_name in lists. Default: none; without both, the username. */
      readonly first_name?: string | undefined;
      /** Default: none. */
      readonly last_name?: string | undefined;
      /** What user_login and users_get compare with "p". Default: none, and no login. */
      readonly password?: string | undefined;
      /** Default: none. */
      readonly email?: string | undefined;
      /**
       * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
       */
      readonly uniquehash?: string | undefined;
      /** A decimal number as text. Default: "0". */
      readonly balance?: string | undefined;
      /** Shown only. Default: false. */
      readonly blocked?: boolean | undefined;
      /** Shown only. Default: false. */
      readonly hidden?: boolean | undefined;
      /** Shown only. Default: 1. */
      readonly lcr_id?: number | undefined;
      /** Shown only. Default: 1. */
      readonly tariff_id?: number | undefined;
      /**
       * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.
       */
      readonly accept_hash_without_did: boolean;
      /** What kind of user: admin, accountant, reseller or user (a plain one). */
      readonly type: 'admin';
    }
  | {
      /** Id of the user, at most 2147483647. 0 is the administrator. */
      readonly id: number;
      /** What a caller sends as "u": text, matched exactly. */
      readonly username: string;
      /** In front of last_name in lists. Default: none; without both, the username. */
      readonly first_name?: string | undefined;
      /** Default: none. */
      readonly last_name?: string | undefined;
      /** What user_login and users_get compare with "p". Default: none, and no login. */
      readonly password?: string | undefined;
      /** Default: none. */
      readonly email?: string | undefined;
      /**
       * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
       */
      readonly uniquehash?: string | undefined;
      /** A decimal number as text. Default: "0". */
      readonly balance?: string | undefined;
      /** Shown only. Default: false. */
      readonly blocked?: boolean | undefined;
      /** Shown only. Default: false. */
      readonly hidden?: boolean | undefined;
      /** Shown only. Default: 1. */
      readonly lcr_id?: number | undefined;
      /** Shown only. Default: 1. */
      readonly tariff_id?: number | undefined;
      /**
       * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.
       */
      readonly accept_hash_without_did: boolean;
      /** What kind of user: admin, accountant, reseller or user (a plain one). */
      readonly type: 'accountant';
      /** The accountant's permission group. */
      readonly permissions: {
        /** Anything but edit: "You are not authorized to manage DIDs". Default: none. */
        readonly manage_dids: 'none' | 'read' | 'edit';
        /** none: users_get is refused. Default: none. */
        readonly manage_users?: 'none' | 'read' | 'edit' | undefined;
      };
    }
  | {
      /** Id of the user, at most 2147483647. 0 is the administrator. */
      readonly id: number;
      /** What a caller sends as "u": text, matched exactly. */
      readonly username: string;
      /** In front of last_name in lists. Default: none; without both, the username. */
      readonly first_name?: string | undefined;
      /** Default: none. */
      readonly last_name?: string | undefined;
      /** What user_login and users_get compare with "p". Default: none, and no login. */
      readonly password?: string | undefined;
      /** Default: none. */
      readonly email?: string | undefined;
      /**
       * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
       */
      readonly uniquehash?: string | undefined;
      /** A decimal number as text. Default: "0". */
      readonly balance?: string | undefined;
      /** Shown only. Default: false. */
      readonly blocked?: boolean | undefined;
      /** Shown only. Default: false. */
      readonly hidden?: boolean | undefined;
      /** Shown only. Default: 1. */
      readonly lcr_id?: number | undefined;
      /** Shown only. Default: 1. */
      readonly tariff_id?: number | undefined;
      /**
       * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.
       */
      readonly accept_hash_without_did: boolean;
      /** What kind of user: admin, accountant, reseller or user (a plain one). */
      readonly type: 'reseller';
      /** The reseller's permission group. */
      readonly permissions: {
        /** Anything but edit: "You are not authorized to manage DIDs". Default: edit. */
        readonly manage_dids: 'none' | 'read' | 'edit';
      };
      /** Reseller PRO: may use providers of their own. Default: false. */
      readonly own_providers: boolean;
      /**
       * The switch on the reseller's own API tab, next to the global one. Default: true if the reseller has a key of
       * their own, else false.
       */
      readonly allow_api: boolean;
      /** The reseller's own API Secret Key. Empty or left out is no key. */
      readonly api_secret_key: string;
      /** Serves this reseller with any hash, or none. Default: false. */
      readonly disable_hash_checking: boolean;
    }
  | {
      /** Id of the user, at most 2147483647. 0 is the administrator. */
      readonly id: number;
      /** What a caller sends as "u": text, matched exactly. */
      readonly username: string;
      /** In front of last_name in lists. Default: none; without both, the username. */
      readonly first_name?: string | undefined;
      /** Default: none. */
      readonly last_name?: string | undefined;
      /** What user_login and users_get compare with "p". Default: none, and no login. */
      readonly password?: string | undefined;
      /** Default: none. */
      readonly email?: string | undefined;
      /**
       * Names an admin or a reseller as the owner of whom user_register makes, and logs in to users_get. Default: none.
       */
      readonly uniquehash?: string | undefined;
      /** A decimal number as text. Default: "0". */
      readonly balance?: string | undefined;
      /** Shown only. Default: false. */
      readonly blocked?: boolean | undefined;
      /** Shown only. Default: false. */
      readonly hidden?: boolean | undefined;
      /** Shown only. Default: 1. */
      readonly lcr_id?: number | undefined;
      /** Shown only. Default: 1. */
      readonly tariff_id?: number | undefined;
      /**
       * Also accepts this user's hashes by the recipe of the vendor's example, which leaves the DID out. Default: false.
       */
      readonly accept_hash_without_did: boolean;
      /** What kind of user: admin, accountant, reseller or user (a plain one). */
      readonly type: 'user';
      /** Id of the owner: the administrator or a reseller. Default: 0. */
      readonly owner_id: number;
    };

/** A provider as it is after a load. */
export interface ProviderRecord {
  /** What a caller sends as "provider_id", at most 2147483647. */
  readonly id: number;
  /** For people only. */
  readonly name: string;
  /** Id of the owner: the administrator or a reseller. Default: 0. */
  readonly user_id: number;
  /** A hidden provider is not found by callers. Default: false. */
  readonly hidden: boolean;
}

/** A device as it is after a load. */
export interface DeviceRecord {
  /** At most 2147483647. Default: the next id after the highest written one. */
  readonly id: number;
  /** The user it belongs to. */
  readonly user_id: number;
  /** Default: SIP. */
  readonly type: 'SIP' | 'IAX2' | 'FAX' | 'Virtual' | 'H323' | 'ZAP' | 'Skype';
  /** Default: the id. */
  readonly username: string;
  /** Its password. Default: none. */
  readonly secret: string;
  /** Its address. Default: none. */
  readonly ipaddr: string;
  /** Default: 5060. */
  readonly port: number;
  /** Default: none. */
  readonly callerid: string;
  /** Default: 1. */
  readonly devicegroup_id: number;
  /** Default: none. */
  readonly pin?: string | undefined;
  /** Whether it is the user's main device. Default: true for the user's first one. */
  readonly primary: boolean;
  /** Whether lists leave it out. Default: false. */
  readonly hidden: boolean;
  /** 0: a plain device. 1: a trunk with ANI. 2: one without. Default: 0. */
  readonly trunk: 0 | 1 | 2;
}

/** A dial plan as it is after a load. */
export interface DialPlanRecord {
  /** At most 2147483647. Default: the next id after the highest written one. */
  readonly id: number;
  /** As lists show it. */
  readonly name: string;
  /** As lists show it, such as ivr. */
  readonly type: string;
  /** Id of the owner: the administrator or a reseller. Default: 0. */
  readonly user_id: number;
}

/** A DID as it is after a load. */
export interface DidRecord {
  /** At most 2147483647. Default: the next id after the highest written one. */
  readonly id: number;
  /** The number: text, leading zeros matter. */
  readonly did: string;
  /** The provider it belongs to. */
  readonly provider_id: number;
  /** The reseller it belongs to; 0 is the administrator. Default: 0. */
  readonly reseller_id: number;
  /** Default: free. */
  readonly status: 'free' | 'reserved' | 'active' | 'closed' | 'terminated';
  /** Its user. Default: the device's user, or none. */
  readonly user_id?: number | undefined;
  /** The device that answers it. Default: none. */
  readonly device_id?: number | undefined;
  /** The dial plan that answers it, in place of a device. Default: none. */
  readonly dial_plan_id?: number | undefined;
  /** Default: none. */
  readonly custom_sip_header: string;
  /** The main comment. Default: none. */
  readonly comment: string;
  /** The reseller's own comment. Default: none. */
  readonly reseller_comment: string;
  /** Two letters. Default: en. */
  readonly language?: string | undefined;
  /** Calls at one time; 0 is any number. Default: 0. */
  readonly call_limit?: number | undefined;
  /** Default: us. */
  readonly tone_zone?: string | undefined;
  /** In seconds. Default: 0. */
  readonly grace_time?: number | undefined;
  /** Unix seconds, without effect on the status. Default: none. */
  readonly active_from?: number | undefined;
  /** Unix seconds, without effect on the status. Default: none. */
  readonly active_till?: number | undefined;
  /** Unix seconds; a closed DID becomes free then. Default: it stays closed. */
  readonly closed_till?: number | undefined;
  /** Whether there were calls to it: it cannot be deleted. Default: false. */
  readonly has_calls?: boolean | undefined;
  /** Whether it is in a queue: it cannot be deleted. Default: false. */
  readonly in_queue?: boolean | undefined;
}
