/** The calls of MOR's API in the order in which messages list them: written out by hand, the one place to add a call. */
export const CALL_NAMES = [
  ...['did_create', 'did_close', 'did_subscription_stop', 'did_make_free', 'did_terminate', 'did_delete'],
  'did_details_update',
  ...['did_device_assign', 'did_trunk_device_assign', 'did_device_unassign'],
  ...['dids_get', 'devices_get', 'providers_get'],
  ...['user_login', 'user_logout', 'users_get', 'user_register', 'user_details_get', 'user_balance_get'],
  ...['device_create', 'device_update', 'device_delete'],
];

/** Those of them that are secret: no filter of the journal names them. */
export const SECRET_PARAMS: readonly string[] = ['p', 'uniquehash', 'password', 'password2', 'pin', 'authentication'];

/** The parameters of all calls but `u` and `hash`, in the order in which messages list them, each once. */
export const PARAM_NAMES = [
  ...['provider_id', 'did', 'custom_sip_header', 'comment', 'reseller_comment', 'test'],
  ...['dids_id', 'did_id'],
  ...['call_limit', 'did_user_id', 'active_from', 'active_till', 'grace_time', 'language', 'did_provider_id'],
  'device_id',
  ...['search_did_number', 'search_status', 'search_did_owner', 'search_dialplan', 'search_user', 'search_device'],
  ...['search_provider', 'search_language', 'search_hide_terminated_dids', 'from', 'max_results'],
  ...['user_id', 'show_hidden_devices'],
  ...['p', 'uniquehash', 'email', 'id', 'lcr_id', 'device_type', 'username', 'first_name', 'last_name', 'caller_id', 'state'],
  ...['device_location_id', 'password', 'password2', 'country_id', 'currency', 'description', 'pin', 'type', 'devicegroup_id'],
  ...['device', 'authentication', 'host', 'port', 'callerid_number', 'trunk', 'hidden'],
];
