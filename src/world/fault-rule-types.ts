// Generated from the schemas by `npm run docs`. Do not edit.

import type { CallName } from '../mor/words.ts';

/** A rule as a tester writes it: what has a default may be left out; exactly one effect must be there. */
export interface FaultInput {
  /**
   * Which requests are meant: every field that is given must fit; any parameter of any call is a field. Default: all.
   */
  readonly match?:
    | {
        /** The username as sent. */
        readonly u?: string | undefined;
        /** The number as sent, without the white space around it. */
        readonly did?: string | undefined;
        /** The name of the call, also of one that MOR does not have. */
        readonly call?: CallName | (string & {}) | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly provider_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly custom_sip_header?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly comment?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly reseller_comment?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly test?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly dids_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly did_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly call_limit?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly did_user_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly active_from?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly active_till?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly grace_time?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly language?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly did_provider_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly device_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_did_number?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_status?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_did_owner?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_dialplan?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_user?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_device?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_provider?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_language?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly search_hide_terminated_dids?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly from?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly max_results?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly user_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly show_hidden_devices?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly p?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly uniquehash?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly email?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly lcr_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly device_type?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly username?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly first_name?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly last_name?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly caller_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly state?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly device_location_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly password?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly password2?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly country_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly currency?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly description?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly pin?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly type?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly devicegroup_id?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly device?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly authentication?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly host?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly port?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly callerid_number?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly trunk?: string | number | undefined;
        /** As sent, character for character: 1 is not 01. */
        readonly hidden?: string | number | undefined;
      }
    | undefined;
  /** How many requests it fires at. Default: 1. */
  readonly times?: number | 'always' | undefined;
  /** How many requests that match pass before it fires. Default: 0. */
  readonly after?: number | undefined;
  /**
   * before: nothing is stored where the answer is lost or another. after: the call is decided and stored first.
   * Default: before.
   */
  readonly phase?: 'before' | 'after' | undefined;
  /** Answers this error of MOR's: its text, that of older servers (answered as written), or its name. */
  readonly error?:
    | 'API Requests are disabled'
    | 'apiDisabled'
    | 'GET Requests are disabled'
    | 'getDisabled'
    | 'API must have Secret Key'
    | 'secretKeyMissing'
    | 'Incorrect hash'
    | 'hashIncorrect'
    | 'Access Denied'
    | "Don't be so smart"
    | 'accessDenied'
    | 'Provider was not found'
    | 'providerNotFound'
    | 'You are not authorized to use this Provider'
    | 'Your are not authorized to use this Provider'
    | 'providerNotYours'
    | 'You are not authorized to manage DIDs'
    | 'didsNotManageable'
    | 'DID already exists'
    | 'didExists'
    | 'Invalid DID specified'
    | 'didInvalid'
    | 'DID creation failed'
    | 'creationFailed'
    | 'DID was not found'
    | 'didNotFound'
    | 'DID is already closed'
    | 'didAlreadyClosed'
    | 'DID is assigned to Dial Plan'
    | 'didInDialPlan'
    | 'DID is not assigned to Device'
    | 'didWithoutDevice'
    | 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed'
    | 'didNotFreed'
    | 'DID was not terminated'
    | 'didNotTerminated'
    | 'DID was not terminated. Only Free or Closed DIDs can be terminate'
    | 'onlyFreeOrClosedTerminated'
    | 'DID status must be terminated'
    | 'didMustBeTerminated'
    | 'Cannot delete DID associated with calls'
    | 'didHasCalls'
    | 'Cannot delete DID associated with queues'
    | 'didInQueue'
    | 'Device was not found'
    | 'deviceNotFound'
    | 'Your are not authorized to use this Device'
    | 'deviceNotYours'
    | 'Your are not authorized to use this DID'
    | 'didNotYours'
    | 'DID is terminated'
    | 'didIsTerminated'
    | 'DID is not free'
    | 'didNotFree'
    | 'Device was not assigned'
    | 'deviceNotAssigned'
    | 'DID is already free'
    | 'didAlreadyFree'
    | 'DID is assigned to dialplan'
    | 'didInDialplan'
    | 'Failed to unassign DID'
    | 'unassignFailed'
    | 'DID does not exist'
    | 'didDoesNotExist'
    | 'Call limit is incorrect format'
    | 'callLimitInvalid'
    | 'User was not found'
    | 'userWasNotFound'
    | 'No DIDs found'
    | 'noDidsFound'
    | 'Bad login'
    | 'badLogin'
    | 'user_id is empty'
    | 'userIdEmpty'
    | 'User not found'
    | 'deviceUserNotFound'
    | 'Login failed'
    | 'loginFailed'
    | 'failed'
    | 'logoutFailed'
    | 'You are not authorized to view this page'
    | 'usersNotViewable'
    | 'Registration over API is disabled'
    | 'registrationDisabled'
    | 'Please enter username'
    | 'usernameMissing'
    | 'Enter device type'
    | 'deviceTypeMissing'
    | 'Such username is already taken'
    | 'usernameTaken'
    | 'Passwords do not match'
    | 'passwordsDiffer'
    | 'Password must be longer than 7 characters or short passwords in Devices should be allowed'
    | 'passwordTooShort'
    | 'Please enter first name'
    | 'firstNameMissing'
    | 'Please enter last name'
    | 'lastNameMissing'
    | 'Please select country'
    | 'countryMissing'
    | 'Please enter email'
    | 'emailMissing'
    | 'This email address is already in use'
    | 'emailTaken'
    | 'userNotFound'
    | 'Feature disabled'
    | 'balanceDisabled'
    | 'Device_type_invalid'
    | 'deviceTypeInvalid'
    | 'Device_group_invalid'
    | 'deviceGroupInvalid'
    | 'Pin_must_be_numeric'
    | 'pinNotNumeric'
    | 'Pin_is_already_used'
    | 'pinTaken'
    | 'There is no such API'
    | 'noSuchApi'
    | undefined;
  /** Waits, then answers as ever. */
  readonly delay_ms?: number | undefined;
  /**
   * reset: before any byte. empty: ended without a byte. truncated: half the XML under the Content-Length of the
   * whole. hang: no answer until the client gives up. drip: the answer byte by byte.
   */
  readonly connection?: 'reset' | 'empty' | 'truncated' | 'hang' | 'drip' | undefined;
  /** Pause between two bytes of an answer that drips. Default: 50. */
  readonly drip_ms?: number | undefined;
  /** Answers as a proxy in front of MOR does. */
  readonly http?:
    | {
        /** The HTTP status, from 200 to 599. */
        readonly status: number;
        /** Default: the page that nginx answers with this status. */
        readonly body?: string | undefined;
        /** Beside or instead of Content-Type: text/html and Server: nginx. */
        readonly headers?:
          | {
              readonly [name: string]: string;
            }
          | undefined;
      }
    | undefined;
  /** Answers as ever, under this Content-Type. */
  readonly content_type?: string | undefined;
}

/** A rule that was checked, with its defaults. */
export interface FaultRule {
  /**
   * Which requests are meant: every field that is given must fit; any parameter of any call is a field. Default: all.
   */
  readonly match: {
    /** The username as sent. */
    readonly u?: string | undefined;
    /** The number as sent, without the white space around it. */
    readonly did?: string | undefined;
    /** The name of the call, also of one that MOR does not have. */
    readonly call?: CallName | (string & {}) | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly provider_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly custom_sip_header?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly comment?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly reseller_comment?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly test?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly dids_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly did_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly call_limit?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly did_user_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly active_from?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly active_till?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly grace_time?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly language?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly did_provider_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly device_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_did_number?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_status?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_did_owner?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_dialplan?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_user?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_device?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_provider?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_language?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly search_hide_terminated_dids?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly from?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly max_results?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly user_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly show_hidden_devices?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly p?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly uniquehash?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly email?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly lcr_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly device_type?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly username?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly first_name?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly last_name?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly caller_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly state?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly device_location_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly password?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly password2?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly country_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly currency?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly description?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly pin?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly type?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly devicegroup_id?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly device?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly authentication?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly host?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly port?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly callerid_number?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly trunk?: string | number | undefined;
    /** As sent, character for character: 1 is not 01. */
    readonly hidden?: string | number | undefined;
  };
  /** How many requests it fires at. Default: 1. */
  readonly times: number | 'always';
  /** How many requests that match pass before it fires. Default: 0. */
  readonly after: number;
  /**
   * before: nothing is stored where the answer is lost or another. after: the call is decided and stored first.
   * Default: before.
   */
  readonly phase: 'before' | 'after';
  /** Answers this error of MOR's: its text, that of older servers (answered as written), or its name. */
  readonly error?:
    | 'API Requests are disabled'
    | 'apiDisabled'
    | 'GET Requests are disabled'
    | 'getDisabled'
    | 'API must have Secret Key'
    | 'secretKeyMissing'
    | 'Incorrect hash'
    | 'hashIncorrect'
    | 'Access Denied'
    | "Don't be so smart"
    | 'accessDenied'
    | 'Provider was not found'
    | 'providerNotFound'
    | 'You are not authorized to use this Provider'
    | 'Your are not authorized to use this Provider'
    | 'providerNotYours'
    | 'You are not authorized to manage DIDs'
    | 'didsNotManageable'
    | 'DID already exists'
    | 'didExists'
    | 'Invalid DID specified'
    | 'didInvalid'
    | 'DID creation failed'
    | 'creationFailed'
    | 'DID was not found'
    | 'didNotFound'
    | 'DID is already closed'
    | 'didAlreadyClosed'
    | 'DID is assigned to Dial Plan'
    | 'didInDialPlan'
    | 'DID is not assigned to Device'
    | 'didWithoutDevice'
    | 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed'
    | 'didNotFreed'
    | 'DID was not terminated'
    | 'didNotTerminated'
    | 'DID was not terminated. Only Free or Closed DIDs can be terminate'
    | 'onlyFreeOrClosedTerminated'
    | 'DID status must be terminated'
    | 'didMustBeTerminated'
    | 'Cannot delete DID associated with calls'
    | 'didHasCalls'
    | 'Cannot delete DID associated with queues'
    | 'didInQueue'
    | 'Device was not found'
    | 'deviceNotFound'
    | 'Your are not authorized to use this Device'
    | 'deviceNotYours'
    | 'Your are not authorized to use this DID'
    | 'didNotYours'
    | 'DID is terminated'
    | 'didIsTerminated'
    | 'DID is not free'
    | 'didNotFree'
    | 'Device was not assigned'
    | 'deviceNotAssigned'
    | 'DID is already free'
    | 'didAlreadyFree'
    | 'DID is assigned to dialplan'
    | 'didInDialplan'
    | 'Failed to unassign DID'
    | 'unassignFailed'
    | 'DID does not exist'
    | 'didDoesNotExist'
    | 'Call limit is incorrect format'
    | 'callLimitInvalid'
    | 'User was not found'
    | 'userWasNotFound'
    | 'No DIDs found'
    | 'noDidsFound'
    | 'Bad login'
    | 'badLogin'
    | 'user_id is empty'
    | 'userIdEmpty'
    | 'User not found'
    | 'deviceUserNotFound'
    | 'Login failed'
    | 'loginFailed'
    | 'failed'
    | 'logoutFailed'
    | 'You are not authorized to view this page'
    | 'usersNotViewable'
    | 'Registration over API is disabled'
    | 'registrationDisabled'
    | 'Please enter username'
    | 'usernameMissing'
    | 'Enter device type'
    | 'deviceTypeMissing'
    | 'Such username is already taken'
    | 'usernameTaken'
    | 'Passwords do not match'
    | 'passwordsDiffer'
    | 'Password must be longer than 7 characters or short passwords in Devices should be allowed'
    | 'passwordTooShort'
    | 'Please enter first name'
    | 'firstNameMissing'
    | 'Please enter last name'
    | 'lastNameMissing'
    | 'Please select country'
    | 'countryMissing'
    | 'Please enter email'
    | 'emailMissing'
    | 'This email address is already in use'
    | 'emailTaken'
    | 'userNotFound'
    | 'Feature disabled'
    | 'balanceDisabled'
    | 'Device_type_invalid'
    | 'deviceTypeInvalid'
    | 'Device_group_invalid'
    | 'deviceGroupInvalid'
    | 'Pin_must_be_numeric'
    | 'pinNotNumeric'
    | 'Pin_is_already_used'
    | 'pinTaken'
    | 'There is no such API'
    | 'noSuchApi'
    | undefined;
  /** Waits, then answers as ever. */
  readonly delay_ms?: number | undefined;
  /**
   * reset: before any byte. empty: ended without a byte. truncated: half the XML under the Content-Length of the
   * whole. hang: no answer until the client gives up. drip: the answer byte by byte.
   */
  readonly connection?: 'reset' | 'empty' | 'truncated' | 'hang' | 'drip' | undefined;
  /** Pause between two bytes of an answer that drips. Default: 50. */
  readonly drip_ms?: number | undefined;
  /** Answers as a proxy in front of MOR does. */
  readonly http?:
    | {
        /** The HTTP status, from 200 to 599. */
        readonly status: number;
        /** Default: the page that nginx answers with this status. */
        readonly body?: string | undefined;
        /** Beside or instead of Content-Type: text/html and Server: nginx. */
        readonly headers?:
          | {
              readonly [name: string]: string;
            }
          | undefined;
      }
    | undefined;
  /** Answers as ever, under this Content-Type. */
  readonly content_type?: string | undefined;
}
