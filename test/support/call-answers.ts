/** What each call answers, written by hand from the contract: two blanks a level, empty elements without white space. */
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signParams, type ParamTexts } from '../../src/contract/signed.ts';
import type { Expected } from '../../src/contract/table.ts';
import { carried } from '../../src/contract/transports.ts';
import type { MockMor } from '../../src/index.ts';
import { findCall } from '../../src/mor/calls/index.ts';
import { send } from './send.ts';
import { ERRORS_IN_ORDER } from './faulty-call.ts';

type Content = NonNullable<Expected['success']>;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An element on lines of its own. */
function element(name: string, inside: string | readonly string[], depth = 0): string {
  const indent = '  '.repeat(depth);
  if (typeof inside === 'string') return `${indent}<${name}>${escape(inside)}</${name}>\n`;
  return inside.length === 0 ? `${indent}<${name}></${name}>\n` : `${indent}<${name}>\n${inside.join('')}${indent}</${name}>\n`;
}

const simple = (name: string, text: string): string => DECLARATION + element('page', [element('status', [element(name, text, 2)], 1)]);

/** A record of a list. */
function writeRecord(name: string, fields: Readonly<Record<string, string>>, depth: number): string {
  return element(
    name,
    Object.entries(fields).map(([field, value]) => element(field, value, depth + 1)),
    depth,
  );
}

/** An answer of the calls that log in and out. */
const writeAction = (fields: Readonly<Record<string, string>>): string =>
  '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + writeRecord('action', fields, 0);

interface Details {
  readonly userid: string;
  readonly details: {
    readonly main_detail: { readonly balance: string; readonly balance_number: string };
    readonly other_details: Readonly<Record<string, string>>;
    readonly registration: Readonly<Record<string, string>>;
  };
}

/** The XML of a success, from the values that a case names. */
export const SUCCESS_XML: Readonly<Record<string, (content: Content) => string>> = {
  did_create: (content) => {
    const { id, did } = content as { readonly id: number; readonly did?: string };
    return successXml(id, did);
  },
  did_close: () => simple('success', 'DID successfully closed'),
  did_subscription_stop: () => simple('success', 'DID was successfully closed'),
  did_make_free: () => simple('success', 'DID successfully made available'),
  did_terminate: () => simple('success', 'DID successfully terminated'),
  did_delete: () => simple('status', 'DID successfully deleted'),
  did_details_update: () => simple('success', 'DID details successfully updated'),
  did_device_assign: () => simple('success', 'Device assigned to DID'),
  did_trunk_device_assign: () => simple('success', 'Device assigned to DID'),
  did_device_unassign: () => simple('success', 'Device was unassigned from DID'),
  devices_get: (content) => {
    const { devices } = content as { readonly devices: readonly Readonly<Record<string, string>>[] };
    const records = devices.map((fields) => writeRecord('device', fields, 2));
    return DECLARATION + element('page', [element('devices', records, 1)]);
  },
  providers_get: (content) => {
    const { providers } = content as { readonly providers: readonly Readonly<Record<string, string>>[] };
    const records = providers.map((fields) => writeRecord('provider', fields, 3));
    return DECLARATION + element('page', [element('status', [element('providers', records, 2)], 1)]);
  },
  dids_get: (content) => {
    const { dids } = content as { readonly dids: readonly Readonly<Record<string, string>>[] };
    const records = dids.map((fields) => writeRecord('did', fields, 2));
    return DECLARATION + element('page', [element('dids', records, 1)]);
  },
  user_login: (content) => {
    const { user_id } = content as { readonly user_id: number };
    return writeAction({ name: 'login', status: 'ok', user_id: String(user_id), status_message: 'Successfully logged in' });
  },
  user_logout: () => writeAction({ name: 'logout', status: 'ok' }),
  users_get: (content) => {
    const { users } = content as { readonly users: readonly Readonly<Record<string, string>>[] };
    const records = users.map((fields) => writeRecord('user', fields, 3));
    return DECLARATION + element('page', [element('status', [element('users', records, 2)], 1)]);
  },
  user_register: (content) => {
    const settings = Object.entries(content).map(([name, value]) => element(name, String(value as string | number), 2));
    const success = element('status', [element('success', 'Registration successful', 2)], 1);
    return DECLARATION + element('page', [success, element('user_device_settings', settings, 1)]);
  },
  user_details_get: (content) => {
    const { userid, details } = content as unknown as Details;
    const { balance, balance_number } = details.main_detail;
    const main = { account: 'Postpaid', balance, balance_number, balance_currency: 'USD', credit: 'Unlimited' };
    const parts = Object.entries({ ...details, main_detail: main }).map(([name, fields]) => writeRecord(name, fields, 2));
    const head = Object.entries({ pagename: 'Personal_details', language: 'en', userid }).map(([name, value]) => element(name, value, 1));
    return DECLARATION + element('page', [...head, element('details', parts, 1)]);
  },
  user_balance_get: (content) => DECLARATION + element('page', [element('balance', (content as { readonly balance: string }).balance, 1)]),
  device_create: (content) => {
    const { id, username, password } = content as { readonly id: number; readonly username: string; readonly password: string };
    const elements = Object.entries({ status: 'Device created', id: String(id), username, password });
    return (
      DECLARATION +
      element(
        'page',
        elements.map(([name, value]) => element(name, value, 1)),
      )
    );
  },
  device_update: () => simple('success', 'Device successfully updated'),
  device_delete: () => DECLARATION + element('page', [element('status', 'Device was deleted', 1)]),
};

/** The errors whose frame is the same in every call. */
const IN_STATUS = ['API Requests are disabled', 'GET Requests are disabled', 'API must have Secret Key', 'There is no such API'];

/** The calls whose other errors are right below the page. */
const FRAME_B: readonly string[] = [
  ...['dids_get', 'providers_get', 'user_register', 'user_details_get', 'user_balance_get', 'device_create'],
];

/** The errors of the calls that log in and out. */
const ACTION_ERRORS: Readonly<Record<string, string>> = {
  'Login failed': writeAction({ name: 'login', status: 'failed', status_message: 'Login failed' }),
  failed: writeAction({ name: 'logout', status: 'failed' }),
};

/** The same as older servers write it, by the name of a call whose success they write otherwise. */
export const LEGACY_SUCCESS_XML: Readonly<Record<string, (content: Content) => string>> = {
  did_device_assign: () => DECLARATION + element('page', [element('status', 'Device assigned to DID', 1)]),
};

/** The XML of an error as a call writes it; `isBare` is the form of `error_envelope: bare`. */
export function callErrorXml(call: string, error: string, isBare = false): string {
  const inAction = ACTION_ERRORS[error];
  if (inAction !== undefined) return inAction;
  if (isBare) return bareErrorXml(error);
  const isBelowPage = FRAME_B.includes(call) && !IN_STATUS.includes(error);
  return isBelowPage ? `${DECLARATION}${element('page', [element('error', error, 1)])}` : errorXml(error);
}

const FIRST_FIVE = ERRORS_IN_ORDER.slice(0, 5);

/** The errors of each call in the order in which MOR looks for them: written out by hand from the contract. */
export const CALL_ERRORS: Readonly<Record<string, readonly string[]>> = {
  did_create: ERRORS_IN_ORDER,
  did_close: [...FIRST_FIVE, 'DID was not found', 'DID is already closed', 'DID is assigned to Dial Plan', 'DID is not assigned to Device'],
  did_subscription_stop: [...FIRST_FIVE, 'DID was not found', 'DID is not assigned to Device'],
  did_make_free: [...FIRST_FIVE, 'DID was not found', 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed'],
  did_terminate: [
    ...FIRST_FIVE,
    'DID was not found',
    'DID was not terminated',
    'DID was not terminated. Only Free or Closed DIDs can be terminate',
  ],
  did_delete: [
    ...FIRST_FIVE,
    'DID was not found',
    'DID status must be terminated',
    'Cannot delete DID associated with calls',
    'Cannot delete DID associated with queues',
  ],
  did_details_update: [
    ...FIRST_FIVE,
    'Call limit is incorrect format',
    'DID was not found',
    'User was not found',
    'DID is not free',
    'Provider was not found',
  ],
  did_device_assign: [
    ...FIRST_FIVE,
    'Device was not found',
    'DID was not found',
    'Invalid DID specified',
    'DID does not exist',
    'Your are not authorized to use this Device',
    'You are not authorized to manage DIDs',
    'Your are not authorized to use this DID',
    'DID is terminated',
    'DID is not free',
    'Device was not assigned',
  ],
  did_trunk_device_assign: [
    ...FIRST_FIVE,
    'Device was not found',
    'DID was not found',
    'Your are not authorized to use this Device',
    'You are not authorized to manage DIDs',
    'Your are not authorized to use this DID',
    'DID is terminated',
    'DID is not free',
    'Device was not assigned',
  ],
  did_device_unassign: [
    ...FIRST_FIVE,
    'DID was not found',
    'Invalid DID specified',
    'You are not authorized to manage DIDs',
    'Your are not authorized to use this DID',
    'DID is terminated',
    'DID is already free',
    'DID is assigned to dialplan',
  ],
  dids_get: [...FIRST_FIVE, 'You are not authorized to manage DIDs', 'No DIDs found'],
  devices_get: [...ERRORS_IN_ORDER.slice(0, 4), 'Bad login', 'user_id is empty', 'User not found'],
  providers_get: [...FIRST_FIVE, 'Provider was not found'],
  user_login: [...FIRST_FIVE.slice(0, 3), 'Login failed'],
  user_logout: [...FIRST_FIVE.slice(0, 3), 'failed'],
  users_get: [
    ...FIRST_FIVE.slice(0, 2),
    'Access Denied',
    'API must have Secret Key',
    'Incorrect hash',
    'You are not authorized to view this page',
  ],
  user_register: [
    ...FIRST_FIVE.slice(0, 4),
    'Registration over API is disabled',
    'Please enter username',
    'Enter device type',
    'Such username is already taken',
    'Passwords do not match',
    'Password must be longer than 7 characters or short passwords in Devices should be allowed',
    'Please enter first name',
    'Please enter last name',
    'Please select country',
    'Please enter email',
    'This email address is already in use',
  ],
  user_details_get: [...FIRST_FIVE, 'User was not found'],
  user_balance_get: [...FIRST_FIVE, 'Feature disabled', 'User was not found'],
  device_create: [
    ...FIRST_FIVE,
    'User was not found',
    'Device_type_invalid',
    'Device_group_invalid',
    'Pin_must_be_numeric',
    'Pin_is_already_used',
  ],
  device_update: [...FIRST_FIVE, 'Device was not found'],
  device_delete: [...FIRST_FIVE, 'Device was not found', 'Registration over API is disabled'],
};

/** A call that succeeds over the shipped fixtures, without its hash, and the answer. */
export interface GoodCall {
  readonly params: ParamTexts;
  /** The call that makes it good. Default: none is needed. */
  readonly before?: { readonly call: string; readonly params: ParamTexts };
  readonly answer: string;
}

const FREE_DID = {
  did: '37060000001',
  provider: 'Main trunk',
  language: 'en',
  status: 'Free',
  reseller: '',
  device: '',
  dial_plan: '',
  simultaneous_call_limit: 'Unlimited',
  tone_zone: 'us',
  id: '1',
};

const ACTIVE_DID = {
  did: '37060000002',
  provider: 'Trunk of reseller',
  language: 'en',
  status: 'Active',
  reseller: 'Test Reseller',
  owner: 'User Resellers',
  device: 'SIP/105',
  dial_plan: '',
  simultaneous_call_limit: 'Unlimited',
  tone_zone: 'us',
  id: '2',
};

const DEVICE = {
  device_id: '108',
  device_type: 'IAX2',
  devicegroup_id: '1',
  primary_device: 'yes',
  username: 'user-iax',
  secret: '',
  ipaddr: '',
  port: '5060',
  callerid: '',
};

/** What fixtures hold of a provider; the other elements are empty. */
export const PROVIDER = {
  ...{ id: '1', name: 'Main trunk', tech: '', channel: '', login: '', password: '', server_ip: '', port: '', priority: '' },
  ...{ quality: '', tariff_id: '', cut_a: '', cut_b: '', add_a: '', add_b: '', device_id: '', ani: '', timeout: '' },
  ...{ call_limit: '', interpret_noanswer_as_failed: '', interpret_busy_as_failed: '', register: '', reg_extension: '' },
  ...{ terminator_id: '', reg_line: '', hidden: '0', use_p_asserted_identity: '', user_id: '0', common_use: '' },
  ...{ balance: '', cps_call_limit: '', cps_period: '', alive: '', periodic_check: '', active: '', contact_info_id: '' },
};

const RESELLERS_USER = {
  ...{ id: '9', username: 'resellers_user', first_name: 'User', last_name: 'Resellers', balance: '12.50', blocked: '0', lcr_id: '1' },
  ...{ tariff_id: '1', owner_id: '5', usertype: 'user', hidden: '0' },
};

const NEW_USER = {
  ...{ email: 'newcomer@example.com', device_type: 'SIP', username: 'newcomer', first_name: 'New', last_name: 'Comer' },
  ...{ password: 'password1', password2: 'password1', country_id: '1' },
};

const NEW_USERS_SETTINGS = {
  ...{ user_id: 10, email: 'newcomer@example.com', device_type: 'SIP', username: 'newcomer', password: 'password1', pin: '100000' },
  ...{ server_ip: '127.0.0.1', registration_notice: '' },
};

const USERS_DETAILS: Details = {
  userid: '8',
  details: {
    main_detail: { balance: '0.0000 USD', balance_number: '0.0000' },
    other_details: {
      ...{ username: 'user', first_name: '', surname: '', personalid: '', agreement_number: '', agreement_date: '' },
      ...{ taxation_country: '', vat_reg_number: '', vat_percent: '' },
    },
    registration: {
      ...{ reg_address: '', reg_postcode: '', reg_city: '', reg_country: '', reg_state: '', reg_direction: '', reg_phone: '' },
      ...{ reg_mobile: '', reg_fax: '', reg_email: 'user@example.com' },
    },
  },
};

const ASSIGNED = { u: 'admin', device_id: '108', did: '37060000001' };

/** The good call of each table, over the shipped fixtures. */
export const SHIPPED_GOOD: Readonly<Record<string, GoodCall>> = {
  did_create: { params: { u: 'admin', provider_id: '1', did: '37060000100' }, answer: successXml(3) },
  did_close: { params: { u: 'admin', dids_id: '2' }, answer: SUCCESS_XML['did_close']!({}) },
  did_subscription_stop: { params: { u: 'admin', did_id: '2' }, answer: SUCCESS_XML['did_subscription_stop']!({}) },
  did_make_free: {
    params: { u: 'admin', dids_id: '2' },
    before: { call: 'did_close', params: { u: 'admin', dids_id: '2' } },
    answer: SUCCESS_XML['did_make_free']!({}),
  },
  did_terminate: { params: { u: 'admin', dids_id: '1' }, answer: SUCCESS_XML['did_terminate']!({}) },
  did_delete: {
    params: { u: 'admin', dids_id: '1' },
    before: { call: 'did_terminate', params: { u: 'admin', dids_id: '1' } },
    answer: SUCCESS_XML['did_delete']!({}),
  },
  did_details_update: { params: { u: 'admin', did_id: '1', did_user_id: '8' }, answer: SUCCESS_XML['did_details_update']!({}) },
  did_device_assign: { params: ASSIGNED, answer: SUCCESS_XML['did_device_assign']!({}) },
  did_trunk_device_assign: {
    params: { u: 'admin', device_id: '120', did: '37060000001' },
    answer: SUCCESS_XML['did_trunk_device_assign']!({}),
  },
  did_device_unassign: {
    params: { u: 'admin', did: '37060000001' },
    before: { call: 'did_device_assign', params: ASSIGNED },
    answer: SUCCESS_XML['did_device_unassign']!({}),
  },
  dids_get: { params: { u: 'admin' }, answer: SUCCESS_XML['dids_get']!({ dids: [FREE_DID, ACTIVE_DID] }) },
  devices_get: { params: { u: 'admin', user_id: '8' }, answer: SUCCESS_XML['devices_get']!({ devices: [DEVICE] }) },
  providers_get: { params: { u: 'admin' }, answer: SUCCESS_XML['providers_get']!({ providers: [PROVIDER] }) },
  user_login: { params: { u: 'admin', p: 'admin1' }, answer: SUCCESS_XML['user_login']!({ user_id: 0 }) },
  user_logout: { params: { u: 'admin' }, answer: SUCCESS_XML['user_logout']!({}) },
  users_get: { params: { u: 'reseller', p: 'reselling' }, answer: SUCCESS_XML['users_get']!({ users: [RESELLERS_USER] }) },
  user_register: { params: NEW_USER, answer: SUCCESS_XML['user_register']!(NEW_USERS_SETTINGS) },
  user_details_get: { params: { u: 'admin', user_id: '8' }, answer: SUCCESS_XML['user_details_get']!({ ...USERS_DETAILS }) },
  user_balance_get: { params: { u: 'admin', username: 'user' }, answer: SUCCESS_XML['user_balance_get']!({ balance: '0.0000' }) },
  device_create: {
    params: { u: 'admin', user_id: '8' },
    answer: SUCCESS_XML['device_create']!({ id: 121, username: '121', password: 'password121' }),
  },
  device_update: { params: { u: 'admin', device: '108', host: '192.0.2.7' }, answer: SUCCESS_XML['device_update']!({}) },
  device_delete: { params: { u: 'admin', device: '108' }, answer: SUCCESS_XML['device_delete']!({}) },
};

/** Sends the call to a mock of the shipped fixtures that makes the good call of another one good. */
export async function prepareGood(call: string, mor: MockMor): Promise<void> {
  const before = SHIPPED_GOOD[call]?.before;
  if (before === undefined) return;
  const params = signParams(findCall(before.call)!, before.params);
  await send(mor, { path: `/billing/api/${before.call}`, ...carried(params, 'query') });
}
