/** One error of MOR's API. */
export interface MorError {
  /** What MOR writes, exactly. */
  readonly text: string;
  /** What older servers wrote instead, if that differs (`dialect: legacy`). */
  readonly legacyText?: string;
  /** What it means for the caller, in plain words. */
  readonly description: string;
  /** Where the text comes from. */
  readonly source: string;
  /** True for what real servers answer before they reach the call, with `<status>` as the root (`error_envelope: bare`). */
  readonly isPreCallError?: true;
  /** True for what a vendor's page lists without a cause: no state leads to it, only a fault answers with it. */
  readonly isForcedOnly?: true;
}

/** Every error MOR answers here, in the order of the checks. Nothing else in `src` spells one. */
export const MOR_ERRORS = {
  apiDisabled: {
    text: 'API Requests are disabled',
    description: 'The API is switched off for this caller (Allow API).',
    source: "vendor's wiki, API configuration; observed",
    isPreCallError: true,
  },
  getDisabled: {
    text: 'GET Requests are disabled',
    description: 'The call was sent as GET and Allow GET API is off.',
    source: "vendor's wiki, API configuration; observed",
    isPreCallError: true,
  },
  secretKeyMissing: {
    text: 'API must have Secret Key',
    description: 'Hashes are checked, but there is no API Secret Key to check this one with.',
    source: "vendor's wiki, API configuration; observed",
    isPreCallError: true,
  },
  hashIncorrect: {
    text: 'Incorrect hash',
    description: 'The hash is not the SHA-1 of the hashed parameters of the call and the API Secret Key.',
    source: "vendor's page of did_create",
    isPreCallError: true,
  },
  accessDenied: {
    text: 'Access Denied',
    legacyText: "Don't be so smart",
    description: 'The caller is unknown, or is neither admin, accountant nor reseller; in did_close also one who may not edit DIDs.',
    source: "vendor's page of did_create; older revisions of it for the legacy text",
  },
  providerNotFound: {
    text: 'Provider was not found',
    description: 'No provider has this id, or it is hidden.',
    source: "vendor's page of did_create",
  },
  providerNotYours: {
    text: 'You are not authorized to use this Provider',
    legacyText: 'Your are not authorized to use this Provider', // sic
    description: 'The provider exists but is not one this caller may use.',
    source: "vendor's page of did_create; older revisions of it for the legacy text",
  },
  didsNotManageable: {
    text: 'You are not authorized to manage DIDs',
    description:
      'The accountant or the reseller may not edit DIDs (in dids_get: the accountant may not read them), or resellers may not add their own.',
    source: "vendor's page of did_create",
  },
  didExists: {
    text: 'DID already exists',
    description: 'A DID has this number already, of any owner and status.',
    source: "vendor's page of did_create",
  },
  didInvalid: {
    text: 'Invalid DID specified',
    description: 'The number is missing, blank, or has anything but digits.',
    source: "vendor's page of did_create",
  },
  creationFailed: {
    text: 'DID creation failed',
    description: 'The row cannot be stored: the number is longer than its column, or no id is left.',
    source: "vendor's page of did_create; the cause is ours",
  },
  didNotFound: {
    text: 'DID was not found',
    description: 'No DID has this id, or it belongs to somebody else.',
    source: "vendor's page of did_close",
  },
  didAlreadyClosed: {
    text: 'DID is already closed',
    description: 'The DID was closed before.',
    source: "vendor's page of did_close; its place in the order is ours",
  },
  didInDialPlan: {
    text: 'DID is assigned to Dial Plan',
    description: 'A dial plan answers the DID, not a device.',
    source: "vendor's page of did_close",
  },
  didWithoutDevice: {
    text: 'DID is not assigned to Device',
    description: 'No device answers the DID.',
    source: "vendor's page of did_close",
  },
  didNotFreed: {
    text: 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed',
    description: 'The caller sees the DID as free or active.',
    source: "vendor's page of did_make_free",
  },
  didNotTerminated: {
    text: 'DID was not terminated',
    description: 'The DID is a free one of a reseller.',
    source: "vendor's page of did_terminate; the cause is ours",
  },
  onlyFreeOrClosedTerminated: {
    text: 'DID was not terminated. Only Free or Closed DIDs can be terminate', // sic
    description: 'The DID is reserved, active or terminated already.',
    source: "vendor's page of did_terminate",
  },
  didMustBeTerminated: {
    text: 'DID status must be terminated',
    description: 'Only a terminated DID can be deleted.',
    source: "vendor's page of did_delete",
  },
  didHasCalls: {
    text: 'Cannot delete DID associated with calls',
    description: 'There were calls to the DID.',
    source: "vendor's page of did_delete",
  },
  didInQueue: {
    text: 'Cannot delete DID associated with queues',
    description: 'The DID is in a queue.',
    source: "vendor's page of did_delete",
  },
  deviceNotFound: {
    text: 'Device was not found',
    description: 'No device has this id.',
    source: "vendor's page of did_device_assign",
  },
  deviceNotYours: {
    text: 'Your are not authorized to use this Device', // sic
    description: "The device belongs to somebody who is not the caller's.",
    source: "vendor's page of did_device_assign",
  },
  didNotYours: {
    text: 'Your are not authorized to use this DID', // sic
    description: "The DID is not in the caller's own stock.",
    source: "vendor's page of did_device_assign",
  },
  didIsTerminated: {
    text: 'DID is terminated',
    description: 'Of a terminated DID only its history is left.',
    source: "vendor's page of did_device_assign",
  },
  didNotFree: {
    text: 'DID is not free',
    description:
      'The DID has a dial plan or another device, is closed, is reserved for another user, or is not reserved although it must be.',
    source: "vendor's page of did_device_assign; closed and reserved DIDs are ours",
  },
  deviceNotAssigned: {
    text: 'Device was not assigned',
    description: 'The device is a trunk where a plain one is needed, or the reverse.',
    source: "vendor's page of did_device_assign; the cause is ours",
  },
  didAlreadyFree: {
    text: 'DID is already free',
    description: 'The DID has neither a device nor a dial plan.',
    source: "vendor's page of did_device_unassign",
  },
  didInDialplan: {
    text: 'DID is assigned to dialplan',
    description: 'A dial plan answers the DID, not a device.',
    source: "vendor's page of did_device_unassign",
  },
  unassignFailed: {
    text: 'Failed to unassign DID',
    description: 'No cause of it is known, so only a fault answers with it.',
    source: "vendor's page of did_device_unassign",
    isForcedOnly: true,
  },
  didDoesNotExist: {
    text: 'DID does not exist',
    description: 'With `dialect: legacy`: no DID has this number.',
    source: "older revisions of the vendor's page of did_device_assign",
  },
  callLimitInvalid: {
    text: 'Call limit is incorrect format', // sic
    description: 'The call limit has anything but digits, or is too high.',
    source: "vendor's page of did_details_update",
  },
  userWasNotFound: {
    text: 'User was not found',
    description: 'No user has this id, or the caller may not give a DID to that user.',
    source: "vendor's pages of other calls; that did_details_update answers it is ours",
  },
  noDidsFound: {
    text: 'No DIDs found',
    description: 'No DID of the caller fits the filters.',
    source: "vendor's page of dids_get",
  },
  badLogin: {
    text: 'Bad login',
    description: 'The caller is unknown, or is neither admin nor reseller.',
    source: "vendor's page of devices_get",
  },
  userIdEmpty: {
    text: 'user_id is empty',
    description: 'No user is named.',
    source: "vendor's page of devices_get",
  },
  deviceUserNotFound: {
    text: 'User not found',
    description: 'No user has this id, or it is not one of the caller.',
    source: "vendor's page of devices_get",
  },
  loginFailed: {
    text: 'Login failed',
    description: 'No user has this name and password, or the hash that was sent is wrong.',
    source: "vendor's page of user_login",
  },
  logoutFailed: {
    text: 'failed',
    description: 'No user has this name, or the hash that was sent is wrong.',
    source: "vendor's page of user_logout",
  },
  usersNotViewable: {
    text: 'You are not authorized to view this page',
    description: 'The caller is a plain user, or an accountant who may not read users.',
    source: "vendor's page of users_get",
  },
  registrationDisabled: {
    text: 'Registration over API is disabled',
    description: 'Registering over the API is switched off (allow_api_registration); in device_delete too.',
    source: "vendor's pages of user_register and device_delete",
  },
  usernameMissing: {
    text: 'Please enter username',
    description: 'No username was sent, or a blank one.',
    source: "vendor's page of user_register",
  },
  deviceTypeMissing: {
    text: 'Enter device type',
    description: 'The device type is none of SIP, IAX2 and Virtual.',
    source: "vendor's page of user_register",
  },
  usernameTaken: {
    text: 'Such username is already taken',
    description: 'A user of any type has this name.',
    source: "vendor's page of user_register",
  },
  passwordsDiffer: {
    text: 'Passwords do not match',
    description: 'password and password2 differ.',
    source: "vendor's page of user_register",
  },
  passwordTooShort: {
    text: 'Password must be longer than 7 characters or short passwords in Devices should be allowed',
    description: 'The password has less than 8 characters, and allow_short_passwords is off.',
    source: "vendor's page of user_register",
  },
  firstNameMissing: {
    text: 'Please enter first name',
    description: 'No first name was sent, or a blank one.',
    source: "vendor's page of user_register",
  },
  lastNameMissing: {
    text: 'Please enter last name',
    description: 'No last name was sent, or a blank one.',
    source: "vendor's page of user_register",
  },
  countryMissing: {
    text: 'Please select country',
    description: 'No country_id was sent, or a blank one.',
    source: "vendor's page of user_register",
  },
  emailMissing: {
    text: 'Please enter email',
    description: 'No email address was sent, or a blank one.',
    source: "vendor's page of user_register",
  },
  emailTaken: {
    text: 'This email address is already in use',
    description: 'A user has this email address; case does not matter.',
    source: "vendor's page of user_register",
  },
  userNotFound: {
    text: 'User was not found',
    description: 'No user has this id or name, or the caller may not see them.',
    source: "older revisions of the vendor's pages of user_details_get and device_create",
  },
  balanceDisabled: {
    text: 'Feature disabled',
    description: 'Balances are not given out (allow_balance_over_http).',
    source: "older revisions of the vendor's page of user_balance_get",
  },
  deviceTypeInvalid: {
    text: 'Device_type_invalid',
    description: 'MOR has no device of this type.',
    source: "older revisions of the vendor's page of device_create",
  },
  deviceGroupInvalid: {
    text: 'Device_group_invalid',
    description: 'The device group is not in digits, or higher than an id can be.',
    source: "older revisions of the vendor's page of device_create",
  },
  pinNotNumeric: {
    text: 'Pin_must_be_numeric',
    description: 'The pin has something else than digits.',
    source: "older revisions of the vendor's page of device_create",
  },
  pinTaken: {
    text: 'Pin_is_already_used',
    description: 'Another device has this pin.',
    source: "older revisions of the vendor's page of device_create",
  },
  noSuchApi: {
    text: 'There is no such API',
    description: 'MOR has no call of this name.',
    source: 'observed',
  },
} as const satisfies Record<string, MorError>;

export type MorErrorName = keyof typeof MOR_ERRORS;
