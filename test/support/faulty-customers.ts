/** The calls about users and devices with any of their errors put in. */
import type { FixturesInput } from '../../src/index.ts';
import { CALL_ERRORS } from './call-answers.ts';
import type { Caller } from './faulty-call.ts';
import {
  CALLER_ID,
  faultyRequest,
  faultySettings,
  faultyUsers,
  impossibleWith,
  USER_ID,
  type FaultyCalls,
  type ImpossiblePair,
} from './faulty-world.ts';

type Has = (error: string) => boolean;

const FIRST_FOUR = ['API Requests are disabled', 'GET Requests are disabled', 'API must have Secret Key', 'Incorrect hash'];

/** Only an unknown caller is denied, and for one the first checks are not made. */
const DENIED_ALONE: readonly ImpossiblePair[] = FIRST_FOUR.map((error) => ({
  pair: [error, 'Access Denied'] as const,
  reason: 'only an unknown caller is denied, and of one neither API, method, key nor hash is looked at',
}));

const NO_USER = 'User was not found';
const NO_DEVICE = 'Device was not found';
const NOT_REGISTERING = 'Registration over API is disabled';
const NO_PAGE = 'You are not authorized to view this page';

/** The caller, somebody else, and a user of the caller's. Who is denied is a plain user. */
function makeUsers(caller: Caller, isDenied: boolean): NonNullable<FixturesInput['users']> {
  const [who, other] = faultyUsers(caller, isDenied, 'none');
  return [who!, other!, { id: USER_ID, username: 'user', type: 'user', owner_id: caller === 'reseller' && !isDenied ? CALLER_ID : 0 }];
}

function makeLogin(caller: Caller, errors: ReadonlySet<string>): ReturnType<FaultyCalls['make']> {
  const has: Has = (error) => errors.has(error);
  const p = has('Login failed') ? 'wrong' : 'pass';
  const [who] = faultyUsers(caller, false, 'none');
  return {
    fixtures: { settings: faultySettings(has), users: [{ ...who!, password: 'pass' }] },
    request: faultyRequest('user_login', { u: 'caller', p }, `caller${p}`, has),
  };
}

function makeLogout(caller: Caller, errors: ReadonlySet<string>): ReturnType<FaultyCalls['make']> {
  const has: Has = (error) => errors.has(error);
  const hasWrongHash: Has = (error) => has(error === 'Incorrect hash' ? 'failed' : error);
  return {
    fixtures: { settings: faultySettings(has), users: faultyUsers(caller, false, 'none') },
    request: faultyRequest('user_logout', { u: 'caller' }, '', hasWrongHash),
  };
}

function makeUsersGet(caller: Caller, errors: ReadonlySet<string>): ReturnType<FaultyCalls['make']> {
  const has: Has = (error) => errors.has(error);
  const p = has('Access Denied') ? 'wrong' : 'pass';
  const [who, other] = faultyUsers(caller, has(NO_PAGE), 'none');
  const rights = who!.type === 'accountant' ? { permissions: { manage_users: 'read' as const } } : {};
  return {
    fixtures: { settings: faultySettings(has), users: [{ ...who!, password: 'pass', ...rights } as typeof who & object, other!] },
    request: faultyRequest('users_get', { u: 'caller', p }, `caller${p}`, has),
  };
}

function makeRegistration(caller: Caller, errors: ReadonlySet<string>): ReturnType<FaultyCalls['make']> {
  const has: Has = (error) => errors.has(error);
  const [who, other] = faultyUsers(caller, false, 'edit');
  const id = caller === 'reseller' ? { id: 'f00dcafe01' } : {};
  const password = has('Password must be longer than 7 characters or short passwords in Devices should be allowed') ? 'a' : 'password1';
  const params = {
    email: has('Please enter email') ? '' : has('This email address is already in use') ? 'other@example.com' : 'new@example.com',
    ...id,
    device_type: has('Enter device type') ? 'x' : 'SIP',
    username: has('Please enter username') ? '' : has('Such username is already taken') ? 'stranger' : 'new',
    first_name: has('Please enter first name') ? '' : 'Ann',
    last_name: has('Please enter last name') ? '' : 'Lee',
    password,
    password2: has('Passwords do not match') ? 'other' : password,
    country_id: has('Please select country') ? '' : '1',
  };
  const { email, device_type, username, first_name, last_name } = params;
  const hashed = [email, caller === 'reseller' ? 'f00dcafe01' : '', device_type, username, first_name, last_name].join('');
  return {
    fixtures: {
      settings: { ...faultySettings(has), allow_api_registration: !has(NOT_REGISTERING) },
      // The administrator has the id 0.
      users: [
        { ...who!, uniquehash: 'f00dcafe01' },
        { ...other!, email: 'other@example.com' },
      ],
    },
    request: faultyRequest('user_register', params, hashed, has),
  };
}

function makeDetails(name: 'user_details_get' | 'user_balance_get'): FaultyCalls['make'] {
  return (caller, errors) => {
    const has: Has = (error) => errors.has(error);
    const isById = name === 'user_details_get';
    const wanted = has(NO_USER) ? (isById ? '9' : 'nobody') : isById ? String(USER_ID) : 'user';
    const params = { u: has('Access Denied') ? 'unknown' : 'caller', [isById ? 'user_id' : 'username']: wanted };
    return {
      fixtures: {
        settings: { ...faultySettings(has), allow_balance_over_http: !has('Feature disabled') },
        users: makeUsers(caller, false),
      },
      request: faultyRequest(name, params, wanted, has),
    };
  };
}

function makeCreation(caller: Caller, errors: ReadonlySet<string>): ReturnType<FaultyCalls['make']> {
  const has: Has = (error) => errors.has(error);
  const user_id = has(NO_USER) ? '9' : String(USER_ID);
  const type = has('Device_type_invalid') ? 'x' : 'SIP';
  const devicegroup_id = has('Device_group_invalid') ? 'x' : '1';
  const pin = has('Pin_must_be_numeric') ? 'x' : '77';
  return {
    fixtures: {
      settings: faultySettings(has),
      users: makeUsers(caller, has('Access Denied')),
      devices: [{ id: 5, user_id: USER_ID, ...(has('Pin_is_already_used') ? { pin } : {}) }],
    },
    request: faultyRequest(
      'device_create',
      { u: 'caller', user_id, pin, type, devicegroup_id },
      `${user_id}${pin}${type}${devicegroup_id}`,
      has,
    ),
  };
}

function makeDeviceCall(name: 'device_update' | 'device_delete'): FaultyCalls['make'] {
  return (caller, errors) => {
    const has: Has = (error) => errors.has(error);
    const device = has(NO_DEVICE) ? '6' : '5';
    return {
      fixtures: {
        settings: { ...faultySettings(has), allow_api_registration: !has(NOT_REGISTERING) },
        users: makeUsers(caller, has('Access Denied')),
        devices: [{ id: 5, user_id: USER_ID }],
      },
      request: faultyRequest(name, { u: 'caller', device }, device, has),
    };
  };
}

const declare = (name: string, make: FaultyCalls['make'], rest: Partial<FaultyCalls> = {}): FaultyCalls => ({
  errors: CALL_ERRORS[name] ?? [],
  impossible: [],
  only: {},
  make,
  ...rest,
});

/** Each call by its name. */
export const FAULTY_CUSTOMER_CALLS: Readonly<Record<string, FaultyCalls>> = {
  user_login: declare('user_login', makeLogin, { denial: 'Login failed' }),
  user_logout: declare('user_logout', makeLogout, { denial: 'failed' }),
  users_get: declare('users_get', makeUsersGet),
  user_register: declare('user_register', makeRegistration, {
    impossible: [
      ...impossibleWith('Please enter username', 'no name is not a taken one', ['Such username is already taken']),
      ...impossibleWith('Please enter email', 'no address is not a used one', ['This email address is already in use']),
    ],
    // An accountant owns nobody.
    callers: ['admin', 'reseller'],
    denial: null,
  }),
  user_details_get: declare('user_details_get', makeDetails('user_details_get'), { impossible: DENIED_ALONE }),
  user_balance_get: declare('user_balance_get', makeDetails('user_balance_get'), { impossible: DENIED_ALONE }),
  device_create: declare('device_create', makeCreation),
  device_update: declare('device_update', makeDeviceCall('device_update')),
  device_delete: declare('device_delete', makeDeviceCall('device_delete')),
};
