/** One error of MOR's API. */
export interface MorError {
  /** What MOR writes, to the letter. */
  readonly text: string;
  /** What older servers wrote instead, where that differs (`dialect: legacy`). */
  readonly legacyText?: string;
  /** What it tells the caller, in plain words. */
  readonly means: string;
  /** Where the text comes from. */
  readonly source: string;
  /** True for what real servers answer before a call is reached, with `<status>` as the root (`error_envelope: bare`). */
  readonly beforeTheCall?: true;
  /** True for what the vendor's page of a call lists; the others stand before it on real servers. */
  readonly isOnPage?: true;
}

/** Every error MOR answers here, in the order of the checks. Nothing else in `src` spells one. */
export const MOR_ERRORS = {
  apiDisabled: {
    text: 'API Requests are disabled',
    means: 'The API is switched off for this caller (Allow API).',
    source: "vendor's wiki, API configuration; observed",
    beforeTheCall: true,
  },
  getDisabled: {
    text: 'GET Requests are disabled',
    means: 'The call was sent as GET and Allow GET API is off.',
    source: "vendor's wiki, API configuration; observed",
    beforeTheCall: true,
  },
  secretKeyMissing: {
    text: 'API must have Secret Key',
    means: 'Hashes are checked, but there is no API Secret Key to check this one with.',
    source: "vendor's wiki, API configuration; observed",
    beforeTheCall: true,
  },
  hashIncorrect: {
    text: 'Incorrect hash',
    means: 'The hash is not the SHA-1 of provider_id, did and the API Secret Key.',
    source: "vendor's page of did_create",
    beforeTheCall: true,
    isOnPage: true,
  },
  accessDenied: {
    text: 'Access Denied',
    legacyText: "Don't be so smart",
    means: 'The caller is unknown, or is neither admin, accountant nor reseller.',
    source: "vendor's page of did_create; older revisions of it for the legacy text",
    isOnPage: true,
  },
  providerNotFound: {
    text: 'Provider was not found',
    means: 'No provider has this id, or it is hidden.',
    source: "vendor's page of did_create",
    isOnPage: true,
  },
  providerNotYours: {
    text: 'You are not authorized to use this Provider',
    legacyText: 'Your are not authorized to use this Provider', // sic
    means: 'The provider exists but is not one this caller may use.',
    source: "vendor's page of did_create; older revisions of it for the legacy text",
    isOnPage: true,
  },
  didsNotManageable: {
    text: 'You are not authorized to manage DIDs',
    means: 'The accountant may not edit DIDs, or resellers may not add their own.',
    source: "vendor's page of did_create",
    isOnPage: true,
  },
  didExists: {
    text: 'DID already exists',
    means: 'A DID has this number already, whoever owns it and whatever its status.',
    source: "vendor's page of did_create",
    isOnPage: true,
  },
  didInvalid: {
    text: 'Invalid DID specified',
    means: 'The number is missing, blank, or has anything but digits.',
    source: "vendor's page of did_create",
    isOnPage: true,
  },
  creationFailed: {
    text: 'DID creation failed',
    means: 'The row cannot be stored: the number is longer than its column, or no id is left.',
    source: "vendor's page of did_create; the cause is ours",
    isOnPage: true,
  },
  noSuchApi: {
    text: 'There is no such API',
    means: 'MOR has no call of this name.',
    source: 'observed',
  },
} as const satisfies Record<string, MorError>;

export type MorErrorName = keyof typeof MOR_ERRORS;
