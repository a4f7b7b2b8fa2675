/** What a newcomer reaches by hand with the shipped fixtures. */
import { createMockMor, type DidInput, type MockMor, type SettingsPatch } from '../../src/index.ts';
import { CALL_ERRORS, callErrorXml, prepareGood, SHIPPED_GOOD } from '../support/call-answers.ts';
import { CALL_NAMES } from '../support/call-names.ts';
import { errorAnswer, successAnswer, xmlAnswer } from '../support/expected-answer.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';
import { findCall } from '../../src/mor/calls/index.ts';
import { sha1, signParams, type ParamTexts } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

const made: MockMor[] = [];

async function shipped(patch: SettingsPatch = {}): Promise<MockMor> {
  const mor = await createMockMor();
  made.push(mor);
  mor.patchSettings(patch);
  return mor;
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((mor) => mor.close()));
});

const byQuery = (params: ParamTexts): RawRequest => carried(params, 'query');

test("the page's own request, byte for byte -> <id>3</id> as on the page", async () => {
  const query = 'u=username&did=123456789&provider_id=1&hash=bc2f114099d16656d37e45fd9e8744cb9386d462';
  expect(await send(await shipped(), { query })).toEqual(successAnswer(3));
});

test("the page's request by the page's rule -> DID created", async () => {
  const query = 'u=username&did=123456789&provider_id=1&hash=cb9dff0d59f7ffaf036d55b57c817bf528edb54a';
  expect(await send(await shipped(), { query })).toEqual(successAnswer(3));
});

test('every other shipped user -> strict: Incorrect hash for the recipe of the example', async () => {
  const mor = await shipped();
  const others = mor.users().filter(({ username }) => username !== 'username');
  expect(others.length).toBeGreaterThan(0);
  for (const { username } of others) {
    for (const key of ['secret', 'reseller-secret']) {
      const answer = await send(mor, byQuery({ u: username, provider_id: '1', did: '123456789', hash: sha1(`1${key}`) }));
      expect(answer).toEqual(errorAnswer('Incorrect hash'));
    }
  }
});

/** How each error of a call is reached; some ask for another setting, a DID put there, or another call before. */
interface Reached {
  readonly call: string;
  readonly error: string;
  /** What differs from the good call. Default: nothing. */
  readonly params?: ParamTexts;
  readonly method?: 'GET';
  readonly patch?: SettingsPatch;
  readonly put?: DidInput;
  /** The good call is sent once before. */
  readonly isSecond?: true;
}

/** Those that are the same for every call. */
const COMMON: readonly Omit<Reached, 'call'>[] = [
  { error: 'API Requests are disabled', patch: { allow_api: false } },
  { error: 'GET Requests are disabled', method: 'GET' },
  { error: 'API must have Secret Key', patch: { api_secret_key: null } },
  { error: 'Incorrect hash', params: { hash: 'wrong' } },
  { error: 'Access Denied', params: { u: 'user' } },
];

const ON_DEVICE: DidInput = { did: '37060000101', provider_id: 1, status: 'active', device_id: 108 };

const IN_DIAL_PLAN: DidInput = { did: '37060000102', provider_id: 1, status: 'active', dial_plan_id: 4 };

const RESELLERS_FREE: DidInput = { did: '37060000105', provider_id: 1, reseller_id: 5 };

const WITH_CALLS: DidInput = { did: '37060000106', provider_id: 1, status: 'terminated', has_calls: true };

const IN_QUEUE: DidInput = { did: '37060000107', provider_id: 1, status: 'terminated', in_queue: true };

const TERMINATED: DidInput = { did: '37060000103', provider_id: 1, status: 'terminated' };

const CLOSED: DidInput = { did: '37060000104', provider_id: 1, status: 'closed', user_id: 8 };

const FREE: DidInput = { did: '37060000108', provider_id: 1 };

const LEGACY: SettingsPatch = { dialect: 'legacy' };

const REACHED: readonly Reached[] = [
  ...COMMON.map((row) => ({ call: 'did_create', ...row })),
  { call: 'did_create', error: 'Provider was not found', params: { provider_id: '3' } },
  { call: 'did_create', error: 'You are not authorized to use this Provider', params: { provider_id: '2' } },
  { call: 'did_create', error: 'You are not authorized to manage DIDs', params: { u: 'accountant' } },
  { call: 'did_create', error: 'DID already exists', params: { did: '37060000001' } },
  { call: 'did_create', error: 'Invalid DID specified', params: { did: '+37060000100' } },
  { call: 'did_create', error: 'DID creation failed', params: { did: '1'.repeat(256) } },
  ...COMMON.map((row) => ({ call: 'did_close', ...row })),
  { call: 'did_close', error: 'DID was not found', params: { dids_id: '3' } },
  { call: 'did_close', error: 'DID is already closed', isSecond: true },
  { call: 'did_close', error: 'DID is assigned to Dial Plan', params: { dids_id: '3' }, put: IN_DIAL_PLAN },
  { call: 'did_close', error: 'DID is not assigned to Device', params: { dids_id: '1' } },
  ...COMMON.map((row) => ({ call: 'did_subscription_stop', ...row })),
  { call: 'did_subscription_stop', error: 'DID was not found', params: { did_id: '3' } },
  { call: 'did_subscription_stop', error: 'DID is not assigned to Device', params: { did_id: '1' } },
  ...COMMON.map((row) => ({ call: 'did_make_free', ...row })),
  { call: 'did_make_free', error: 'DID was not found', params: { dids_id: '3' } },
  {
    call: 'did_make_free',
    error: 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed',
    params: { dids_id: '1' },
  },
  ...COMMON.map((row) => ({ call: 'did_terminate', ...row })),
  { call: 'did_terminate', error: 'DID was not found', params: { dids_id: '3' } },
  { call: 'did_terminate', error: 'DID was not terminated', params: { dids_id: '3' }, put: RESELLERS_FREE },
  {
    call: 'did_terminate',
    error: 'DID was not terminated. Only Free or Closed DIDs can be terminate',
    params: { dids_id: '2' },
  },
  ...COMMON.map((row) => ({ call: 'did_delete', ...row })),
  { call: 'did_delete', error: 'DID was not found', params: { dids_id: '3' } },
  { call: 'did_delete', error: 'DID status must be terminated', params: { dids_id: '2' } },
  { call: 'did_delete', error: 'Cannot delete DID associated with calls', params: { dids_id: '3' }, put: WITH_CALLS },
  { call: 'did_delete', error: 'Cannot delete DID associated with queues', params: { dids_id: '3' }, put: IN_QUEUE },
  ...COMMON.map((row) => ({ call: 'did_details_update', ...row })),
  { call: 'did_details_update', error: 'Call limit is incorrect format', params: { call_limit: 'many' } },
  { call: 'did_details_update', error: 'DID was not found', params: { did_id: '3' } },
  { call: 'did_details_update', error: 'User was not found', params: { did_user_id: '9' } },
  { call: 'did_details_update', error: 'DID is not free', params: { did_id: '2' } },
  { call: 'did_details_update', error: 'Provider was not found', params: { did_provider_id: '2' } },
  ...COMMON.map((row) => ({ call: 'did_device_assign', ...row })),
  { call: 'did_device_assign', error: 'Device was not found', params: { device_id: '1' } },
  { call: 'did_device_assign', error: 'DID was not found', params: { did: '370' } },
  { call: 'did_device_assign', error: 'Invalid DID specified', params: { did: 'x' }, patch: LEGACY },
  { call: 'did_device_assign', error: 'DID does not exist', params: { did: '370' }, patch: LEGACY },
  { call: 'did_device_assign', error: 'Your are not authorized to use this Device', params: { device_id: '105' } },
  { call: 'did_device_assign', error: 'You are not authorized to manage DIDs', params: { u: 'accountant' } },
  { call: 'did_device_assign', error: 'Your are not authorized to use this DID', params: { did: '37060000002' } },
  { call: 'did_device_assign', error: 'DID is terminated', params: { did: '37060000103' }, put: TERMINATED },
  { call: 'did_device_assign', error: 'DID is not free', params: { did: '37060000104' }, put: CLOSED },
  { call: 'did_device_assign', error: 'Device was not assigned', params: { device_id: '120' } },
  ...COMMON.map((row) => ({ call: 'did_trunk_device_assign', ...row })),
  { call: 'did_trunk_device_assign', error: 'Device was not found', params: { device_id: '1' } },
  { call: 'did_trunk_device_assign', error: 'DID was not found', params: { did: '370' } },
  { call: 'did_trunk_device_assign', error: 'Your are not authorized to use this Device', params: { device_id: '105' } },
  { call: 'did_trunk_device_assign', error: 'You are not authorized to manage DIDs', params: { u: 'accountant' } },
  { call: 'did_trunk_device_assign', error: 'Your are not authorized to use this DID', params: { did: '37060000002' } },
  { call: 'did_trunk_device_assign', error: 'DID is terminated', params: { did: '37060000103' }, put: TERMINATED },
  { call: 'did_trunk_device_assign', error: 'DID is not free', params: { did: '37060000104' }, put: CLOSED },
  { call: 'did_trunk_device_assign', error: 'Device was not assigned', params: { device_id: '108' } },
  ...COMMON.map((row) => ({ call: 'did_device_unassign', ...row })),
  { call: 'did_device_unassign', error: 'DID was not found', params: { did: '370' } },
  { call: 'did_device_unassign', error: 'Invalid DID specified', params: { did: '370' }, patch: LEGACY },
  { call: 'did_device_unassign', error: 'You are not authorized to manage DIDs', params: { u: 'accountant' } },
  { call: 'did_device_unassign', error: 'Your are not authorized to use this DID', params: { did: '37060000002' } },
  { call: 'did_device_unassign', error: 'DID is terminated', params: { did: '37060000103' }, put: TERMINATED },
  { call: 'did_device_unassign', error: 'DID is already free', params: { did: '37060000108' }, put: FREE },
  { call: 'did_device_unassign', error: 'DID is assigned to dialplan', params: { did: '37060000102' }, put: IN_DIAL_PLAN },
  ...COMMON.map((row) => ({ call: 'dids_get', ...row })),
  { call: 'dids_get', error: 'You are not authorized to manage DIDs', params: { u: 'accountant_none' } },
  { call: 'dids_get', error: 'No DIDs found', params: { u: 'reseller_basic' } },
  ...COMMON.slice(0, 4).map((row) => ({ call: 'devices_get', ...row })),
  { call: 'devices_get', error: 'Bad login', params: { u: 'username' } },
  { call: 'devices_get', error: 'user_id is empty', params: { user_id: '' } },
  { call: 'devices_get', error: 'User not found', params: { user_id: '9' } },
  ...COMMON.map((row) => ({ call: 'providers_get', ...row })),
  { call: 'providers_get', error: 'Provider was not found', params: { provider_id: '3' } },
  ...COMMON.slice(0, 3).map((row) => ({ call: 'user_login', ...row })),
  { call: 'user_login', error: 'Login failed', params: { p: 'wrong' } },
  ...COMMON.slice(0, 3).map((row) => ({ call: 'user_logout', ...row })),
  { call: 'user_logout', error: 'failed', params: { u: 'nobody' } },
  { call: 'users_get', ...COMMON[0]!, params: { u: 'admin', p: 'admin1' } },
  { call: 'users_get', ...COMMON[1]! },
  { call: 'users_get', error: 'Access Denied', params: { u: 'user' } },
  ...COMMON.slice(2, 4).map((row) => ({ call: 'users_get', ...row, params: { u: 'admin', p: 'admin1', ...row.params } })),
  { call: 'users_get', error: 'You are not authorized to view this page', params: { u: 'user', p: 'using' } },
  ...COMMON.slice(0, 4).map((row) => ({ call: 'user_register', ...row })),
  { call: 'user_register', error: 'Registration over API is disabled', patch: { allow_api_registration: false } },
  { call: 'user_register', error: 'Please enter username', params: { username: '' } },
  { call: 'user_register', error: 'Enter device type', params: { device_type: 'sip' } },
  { call: 'user_register', error: 'Such username is already taken', params: { username: 'user' } },
  { call: 'user_register', error: 'Passwords do not match', params: { password2: 'password2' } },
  {
    call: 'user_register',
    error: 'Password must be longer than 7 characters or short passwords in Devices should be allowed',
    params: { password: 'short', password2: 'short' },
  },
  { call: 'user_register', error: 'Please enter first name', params: { first_name: '' } },
  { call: 'user_register', error: 'Please enter last name', params: { last_name: '' } },
  { call: 'user_register', error: 'Please select country', params: { country_id: '' } },
  { call: 'user_register', error: 'Please enter email', params: { email: '' } },
  { call: 'user_register', error: 'This email address is already in use', params: { email: 'User@example.com' } },
  ...COMMON.slice(0, 4).map((row) => ({ call: 'user_details_get', ...row })),
  { call: 'user_details_get', error: 'Access Denied', params: { u: 'nobody' } },
  { call: 'user_details_get', error: 'User was not found', params: { user_id: '11' } },
  ...COMMON.slice(0, 4).map((row) => ({ call: 'user_balance_get', ...row })),
  { call: 'user_balance_get', error: 'Access Denied', params: { u: 'nobody' } },
  { call: 'user_balance_get', error: 'Feature disabled', patch: { allow_balance_over_http: false } },
  { call: 'user_balance_get', error: 'User was not found', params: { username: 'nobody' } },
  ...COMMON.map((row) => ({ call: 'device_create', ...row })),
  { call: 'device_create', error: 'User was not found', params: { user_id: '9' } },
  { call: 'device_create', error: 'Device_type_invalid', params: { type: 'sip' } },
  { call: 'device_create', error: 'Device_group_invalid', params: { devicegroup_id: 'x' } },
  { call: 'device_create', error: 'Pin_must_be_numeric', params: { pin: 'x' } },
  { call: 'device_create', error: 'Pin_is_already_used', params: { pin: '4711' } },
  ...COMMON.map((row) => ({ call: 'device_update', ...row })),
  { call: 'device_update', error: 'Device was not found', params: { device: '105' } },
  ...COMMON.map((row) => ({ call: 'device_delete', ...row })),
  { call: 'device_delete', error: 'Device was not found', params: { device: '105' } },
  { call: 'device_delete', error: 'Registration over API is disabled', patch: { allow_api_registration: false } },
];

/** The good call with these parameters and, unless one is among them, the right hash. */
function goodRequest(call: string, { params = {}, method }: Omit<Reached, 'call' | 'error'> = {}): RawRequest {
  const all = { ...SHIPPED_GOOD[call]!.params, ...params };
  return { ...byQuery('hash' in all ? all : signParams(findCall(call)!, all)), path: `/billing/api/${call}`, method };
}

test('every error of every call is reached', () => {
  expect(REACHED.map(({ call, error }) => [call, error])).toEqual(
    CALL_NAMES.flatMap((call) => CALL_ERRORS[call]?.map((error) => [call, error])),
  );
});

test.each(REACHED)('$call: $error is reached', async ({ call, error, put, isSecond, patch, ...differing }) => {
  const mor = await shipped(patch);
  if (put !== undefined) mor.putDid(put);
  await prepareGood(call, mor);
  if (isSecond === true) await send(mor, goodRequest(call));
  expect(await send(mor, goodRequest(call, differing))).toEqual(xmlAnswer(callErrorXml(call, error)));
});

test.each(CALL_NAMES)('the success of %s is reached', async (call) => {
  const mor = await shipped();
  await prepareGood(call, mor);
  expect(await send(mor, goodRequest(call))).toEqual(xmlAnswer(SHIPPED_GOOD[call]?.answer ?? ''));
});

test.each<[promise: string, call: string, params: ParamTexts, comesTo: string, put: DidInput | undefined]>([
  ['a reseller closes the own DID', 'did_close', { u: 'reseller' }, 'DID successfully closed', undefined],
  ['another reseller does not find it', 'did_close', { u: 'reseller_basic' }, 'DID was not found', undefined],
  ['an accountant who reads cannot close', 'did_close', { u: 'accountant' }, 'Access Denied', undefined],
  ['nor can a reseller who reads', 'did_close', { u: 'reseller_reader' }, 'Access Denied', undefined],
  ['a reseller who reads creates nothing', 'did_create', { u: 'reseller_reader' }, 'You are not authorized to manage DIDs', undefined],
  ['an accountant who reads lists', 'dids_get', { u: 'accountant' }, '<status>Active</status>', undefined],
  ['a reseller lists the own DID alone', 'dids_get', { u: 'reseller', search_did_number: '37060000001' }, 'No DIDs found', undefined],
  ['no DID is closed', 'dids_get', { search_status: 'closed' }, 'No DIDs found', undefined],
  ['a device without a DID gets one', 'dids_get', { search_device: '108' }, '<device>IAX2/user-iax</device>', ON_DEVICE],
  ['a dial plan gets one', 'dids_get', { search_dialplan: '4' }, '<dial_plan>Menu (ivr)</dial_plan>', IN_DIAL_PLAN],
])('as the remarks say: %s', async (_, call, params, comesTo, put) => {
  const mor = await shipped();
  if (put !== undefined) mor.putDid(put);
  expect((await send(mor, goodRequest(call, { params }))).body).toContain(comesTo);
});
