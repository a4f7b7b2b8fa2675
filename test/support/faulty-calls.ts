/** Every call with any of its errors put in, each on its own account: taking one away leaves the others. */
import type { FixturesInput } from '../../src/index.ts';
import { CALL_ERRORS } from './call-answers.ts';
import { FAULTY_CUSTOMER_CALLS } from './faulty-customers.ts';
import {
  CALLER_ID,
  faultyRequest,
  faultySettings,
  faultyUsers,
  impossibleWith,
  LACKS_RIGHT,
  STRANGER_ID,
  USER_ID,
  type FaultyCalls,
  type ImpossiblePair,
} from './faulty-world.ts';
import { CALLERS, faultyCall, type Caller, type ErrorText, type FaultyCall } from './faulty-call.ts';

type DidState = Omit<NonNullable<FixturesInput['dids']>[number], 'id' | 'did' | 'provider_id' | 'reseller_id'>;

/** A call that names a DID by its id. */
interface DidCall {
  readonly name: string;
  /** The parameter that names it. */
  readonly param: 'did_id' | 'dids_id';
  /** What the DID is with these errors put in. */
  readonly makeState: (has: (error: string) => boolean) => DidState;
  /** Whether only a reseller's DID has these errors. */
  readonly isResellers?: (has: (error: string) => boolean) => boolean;
}

const ON_DEVICE: DidState = { status: 'active', user_id: USER_ID, device_id: 5 };
const RESERVED: DidState = { status: 'reserved', user_id: USER_ID };

/** An admin is denied as a plain user; the others lack the right, so that a reseller stays one and the DID theirs. */
function makeFaultyDidCall({ name, param, makeState, isResellers }: DidCall): FaultyCalls['make'] {
  return (caller, errors) => {
    const has = (error: string): boolean => errors.has(error);
    const isMissing = has('DID was not found');
    // Somebody else's DID is not found by a reseller; to the others only one that is not there is.
    const owner = caller === 'reseller' ? (isMissing ? STRANGER_ID : CALLER_ID) : isResellers?.(has) === true ? STRANGER_ID : 0;
    const isDenied = has('Access Denied');
    const isThere = !isMissing || caller === 'reseller';
    const did = { id: 7, did: '370', provider_id: 1, reseller_id: owner, ...makeState(has) };
    return {
      fixtures: {
        settings: faultySettings(has),
        users: faultyUsers(caller, isDenied && caller === 'admin', isDenied ? 'none' : 'edit'),
        providers: [{ id: 1 }],
        devices: [{ id: 5, user_id: USER_ID }],
        dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
        dids: isThere ? [did] : [],
      },
      request: faultyRequest(name, { u: 'caller', [param]: '7' }, '7', has),
    };
  };
}

/** Only a reseller can miss a DID that there is. */
const onlyMissedByReseller = (errors: readonly string[]): NonNullable<FaultyCalls['onlyTogether']> =>
  errors.map((error) => ({
    pair: ['DID was not found', error] as const,
    reason: "what an admin or an accountant does not find is not there; a reseller does not find others' DIDs",
    callers: ['reseller'] as const,
  }));

const NOT_FREED = 'DID was not freed. Only Terminated, Reserved or Closed DIDs can be freed';
const NOT_TERMINATED = 'DID was not terminated';
const ONLY_FREE_OR_CLOSED = 'DID was not terminated. Only Free or Closed DIDs can be terminate';
const DELETE_ERRORS = [
  'DID status must be terminated',
  'Cannot delete DID associated with calls',
  'Cannot delete DID associated with queues',
];

function faultyDidsGet(caller: Caller, errors: ReadonlySet<string>): FaultyCall {
  const has = (error: string): boolean => errors.has(error);
  const owner = caller === 'reseller' && !has('Access Denied') ? CALLER_ID : 0;
  return {
    fixtures: {
      settings: faultySettings(has),
      users: faultyUsers(caller, has('Access Denied'), has(LACKS_RIGHT) ? 'none' : 'edit'),
      providers: [{ id: 1, name: 'Main trunk' }],
      dids: [{ id: 7, did: '370', provider_id: 1, reseller_id: owner }],
    },
    request: faultyRequest('dids_get', { u: 'caller', search_did_number: has('No DIDs found') ? '371' : '370' }, '', has),
  };
}

function faultyDevicesGet(caller: Caller, errors: ReadonlySet<string>): FaultyCall {
  const has = (error: string): boolean => errors.has(error);
  const isDenied = has('Bad login');
  const owner = caller === 'reseller' ? CALLER_ID : 0;
  // A user who is there, but neither the administrator's nor the caller's.
  const stranger = { id: 4, username: 'strangers_user', type: 'user', owner_id: STRANGER_ID } as const;
  const [who, other] = faultyUsers(caller, isDenied, 'edit');
  const userId = has('user_id is empty') ? ' ' : has('User not found') ? '4' : '3';
  return {
    fixtures: {
      settings: faultySettings(has),
      users: [who!, other!, stranger, { id: USER_ID, username: 'user', type: 'user', owner_id: isDenied ? 0 : owner }],
      devices: [{ id: 5, user_id: USER_ID }],
    },
    request: faultyRequest('devices_get', { u: 'caller', user_id: userId }, userId, has),
  };
}

function faultyProvidersGet(caller: Caller, errors: ReadonlySet<string>): FaultyCall {
  const has = (error: string): boolean => errors.has(error);
  const isResellers = caller === 'reseller' && !has('Access Denied');
  return {
    fixtures: {
      settings: faultySettings(has),
      users: faultyUsers(caller, has('Access Denied'), 'none'),
      providers: [{ id: 1, name: 'Main trunk', user_id: isResellers ? CALLER_ID : 0 }],
    },
    request: faultyRequest('providers_get', { u: 'caller', provider_id: has('Provider was not found') ? '2' : '1' }, '', has),
  };
}

function makeFaultyUpdate(caller: Caller, errors: ReadonlySet<string>): FaultyCall {
  const has = (error: string): boolean => errors.has(error);
  const makeState = (): DidState => (has(NOT_FREE) ? ON_DEVICE : { status: 'free' });
  const { fixtures } = makeFaultyDidCall({ name: 'did_details_update', param: 'did_id', makeState })(caller, errors);
  const isResellers = caller === 'reseller';
  // The receiver and the provider belong to the reseller who calls, otherwise to the administrator.
  const users = (fixtures.users ?? []).map((user) => (user.id === USER_ID && isResellers ? { ...user, owner_id: CALLER_ID } : user));
  const own = isResellers ? { own_providers: true } : {};
  const params = {
    ...{ u: 'caller', did_id: '7' },
    call_limit: has('Call limit is incorrect format') ? 'x' : '1',
    did_user_id: has('User was not found') ? '99' : String(USER_ID),
    did_provider_id: has('Provider was not found') ? '99' : '2',
  };
  return {
    fixtures: {
      ...fixtures,
      users: users.map((user) => (user.id === CALLER_ID ? { ...user, ...own } : user)),
      providers: [{ id: 1 }, { id: 2, user_id: isResellers ? CALLER_ID : 0 }],
    },
    request: faultyRequest('did_details_update', params, '7', has),
  };
}

const NO_DEVICE = 'Device was not found';
const NO_DID = 'DID was not found';
const NOT_YOUR_DEVICE = 'Your are not authorized to use this Device';
const NOT_YOUR_DID = 'Your are not authorized to use this DID';
const TERMINATED = 'DID is terminated';
const NOT_FREE = 'DID is not free';
const WRONG_KIND = 'Device was not assigned';
const ALREADY_FREE = 'DID is already free';
const IN_DIALPLAN = 'DID is assigned to dialplan';

/** Errors of a call as today's servers write them. */
const withoutLegacy = (call: string): readonly string[] =>
  (CALL_ERRORS[call] ?? []).filter((error) => !['Invalid DID specified', 'DID does not exist'].includes(error));

const DENIED_HAS_NO_RIGHTS: ImpossiblePair = {
  pair: ['Access Denied', LACKS_RIGHT],
  reason: 'only an accountant or a reseller lacks this right; who is unknown or a plain user is neither',
};

/** The world of a call that names a DID by its number. Who is denied is a plain user. */
function makeNumberWorld(caller: Caller, has: (error: string) => boolean, state: DidState): FixturesInput {
  const isResellers = caller === 'reseller' && !has('Access Denied');
  const owner = isResellers ? CALLER_ID : 0;
  return {
    settings: faultySettings(has),
    users: [
      ...faultyUsers(caller, has('Access Denied'), has(LACKS_RIGHT) ? 'none' : 'edit').slice(0, 2),
      { id: USER_ID, username: 'user', type: 'user', owner_id: owner },
      { id: 4, username: 'strangers_user', type: 'user', owner_id: STRANGER_ID },
    ],
    providers: [{ id: 1 }],
    dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
    dids: has(NO_DID) ? [] : [{ id: 7, did: '370', provider_id: 1, reseller_id: has(NOT_YOUR_DID) ? STRANGER_ID : owner, ...state }],
  };
}

function makeFaultyAssignment(name: string, isTrunk: boolean): FaultyCalls {
  return {
    errors: withoutLegacy(name),
    impossible: [
      DENIED_HAS_NO_RIGHTS,
      ...impossibleWith(NO_DEVICE, "what is not there is nobody's and of no kind", [NOT_YOUR_DEVICE, WRONG_KIND]),
      ...impossibleWith(NO_DID, 'what is not there has no owner and no status', [NOT_YOUR_DID, TERMINATED, NOT_FREE]),
      ...impossibleWith(TERMINATED, 'a terminated DID has no device, no dial plan and no user', [NOT_FREE]),
    ],
    only: { [LACKS_RIGHT]: ['accountant', 'reseller'] },
    make: (caller, errors) => {
      const has = (error: string): boolean => errors.has(error);
      const deviceId = has(NO_DEVICE) ? '6' : '5';
      const state: DidState = has(TERMINATED) ? { status: 'terminated' } : has(NOT_FREE) ? { status: 'active', dial_plan_id: 4 } : {};
      const trunk = isTrunk === has(WRONG_KIND) ? 0 : 1;
      return {
        fixtures: {
          ...makeNumberWorld(caller, has, state),
          devices: [{ id: 5, user_id: has(NOT_YOUR_DEVICE) ? 4 : USER_ID, trunk }],
        },
        request: faultyRequest(name, { u: 'caller', device_id: deviceId, did: '370' }, `${deviceId}370`, has),
      };
    },
  };
}

const FAULTY_UNASSIGNMENT: FaultyCalls = {
  errors: withoutLegacy('did_device_unassign'),
  impossible: [
    DENIED_HAS_NO_RIGHTS,
    ...impossibleWith(NO_DID, 'what is not there has no owner and no status', [NOT_YOUR_DID, TERMINATED, ALREADY_FREE, IN_DIALPLAN]),
    ...impossibleWith(TERMINATED, 'a terminated DID is in no dial plan', [IN_DIALPLAN]),
    ...impossibleWith(ALREADY_FREE, 'the first is about a DID that is in no dial plan', [IN_DIALPLAN]),
  ],
  only: { [LACKS_RIGHT]: ['accountant', 'reseller'] },
  make: (caller, errors) => {
    const has = (error: string): boolean => errors.has(error);
    const taken: DidState = has(IN_DIALPLAN) ? { status: 'active', dial_plan_id: 4 } : ON_DEVICE;
    const state: DidState = has(TERMINATED) ? { status: 'terminated' } : has(ALREADY_FREE) ? { status: 'free' } : taken;
    return {
      fixtures: { ...makeNumberWorld(caller, has, state), devices: [{ id: 5, user_id: USER_ID }] },
      request: faultyRequest('did_device_unassign', { u: 'caller', did: '370' }, '370', has),
    };
  },
};

/** Each call by its name. */
export const FAULTY_CALLS: Readonly<Record<string, FaultyCalls>> = {
  did_create: {
    errors: CALL_ERRORS['did_create'] ?? [],
    impossible: [
      {
        pair: ['Access Denied', LACKS_RIGHT],
        reason: 'only an accountant or a reseller lacks this right; who is unknown or a plain user is neither',
      },
    ],
    // An admin has every right.
    only: { [LACKS_RIGHT]: ['accountant', 'reseller'] },
    make: (caller, errors) => faultyCall(caller, errors as ReadonlySet<ErrorText>),
  },
  did_close: {
    errors: CALL_ERRORS['did_close'] ?? [],
    impossible: [
      {
        pair: ['DID is already closed', 'DID is assigned to Dial Plan'],
        reason: 'a closed DID is in no dial plan: fixtures refuse it, and no call makes one',
      },
    ],
    only: {},
    onlyTogether: onlyMissedByReseller(['DID is already closed', 'DID is assigned to Dial Plan', 'DID is not assigned to Device']),
    make: makeFaultyDidCall({
      name: 'did_close',
      param: 'dids_id',
      makeState: (has) => {
        if (has('DID is already closed')) return { status: 'closed' };
        if (has('DID is assigned to Dial Plan')) return { status: 'active', dial_plan_id: 4 };
        return has('DID is not assigned to Device') ? { status: 'reserved' } : ON_DEVICE;
      },
    }),
  },
  did_subscription_stop: {
    errors: CALL_ERRORS['did_subscription_stop'] ?? [],
    impossible: [],
    only: {},
    onlyTogether: onlyMissedByReseller(['DID is not assigned to Device']),
    make: makeFaultyDidCall({
      name: 'did_subscription_stop',
      param: 'did_id',
      makeState: (has) => (has('DID is not assigned to Device') ? RESERVED : ON_DEVICE),
    }),
  },
  did_make_free: {
    errors: CALL_ERRORS['did_make_free'] ?? [],
    impossible: [],
    only: {},
    onlyTogether: onlyMissedByReseller([NOT_FREED]),
    make: makeFaultyDidCall({ name: 'did_make_free', param: 'dids_id', makeState: (has) => (has(NOT_FREED) ? ON_DEVICE : RESERVED) }),
  },
  did_terminate: {
    errors: CALL_ERRORS['did_terminate'] ?? [],
    impossible: [
      { pair: [NOT_TERMINATED, ONLY_FREE_OR_CLOSED], reason: 'the first is about a free DID, the second about one that is not' },
    ],
    only: {},
    onlyTogether: onlyMissedByReseller([NOT_TERMINATED, ONLY_FREE_OR_CLOSED]),
    make: makeFaultyDidCall({
      name: 'did_terminate',
      param: 'dids_id',
      isResellers: (has) => has(NOT_TERMINATED),
      makeState: (has) => (has(NOT_TERMINATED) ? { status: 'free' } : has(ONLY_FREE_OR_CLOSED) ? RESERVED : { status: 'closed' }),
    }),
  },
  did_delete: {
    errors: CALL_ERRORS['did_delete'] ?? [],
    impossible: [],
    only: {},
    onlyTogether: onlyMissedByReseller(DELETE_ERRORS),
    make: makeFaultyDidCall({
      name: 'did_delete',
      param: 'dids_id',
      makeState: (has) => ({
        status: has('DID status must be terminated') ? 'closed' : 'terminated',
        has_calls: has('Cannot delete DID associated with calls'),
        in_queue: has('Cannot delete DID associated with queues'),
      }),
    }),
  },
  did_details_update: {
    errors: CALL_ERRORS['did_details_update'] ?? [],
    impossible: [...impossibleWith('User was not found', 'whether a DID is free matters for a user who is there', [NOT_FREE])],
    only: {},
    onlyTogether: onlyMissedByReseller([NOT_FREE]),
    make: makeFaultyUpdate,
  },
  did_device_assign: makeFaultyAssignment('did_device_assign', false),
  did_trunk_device_assign: makeFaultyAssignment('did_trunk_device_assign', true),
  did_device_unassign: FAULTY_UNASSIGNMENT,
  dids_get: {
    errors: CALL_ERRORS['dids_get'] ?? [],
    impossible: [
      { pair: ['Access Denied', LACKS_RIGHT], reason: 'only an accountant lacks this right; who is unknown or a plain user is none' },
    ],
    // A reseller needs no right, an admin has every one.
    only: { [LACKS_RIGHT]: ['accountant'] },
    make: faultyDidsGet,
  },
  devices_get: {
    errors: CALL_ERRORS['devices_get'] ?? [],
    impossible: [
      { pair: ['user_id is empty', 'User not found'], reason: 'what is empty names no user, and nothing else can be sent then' },
    ],
    only: {},
    callers: ['admin', 'reseller'],
    denial: 'Bad login',
    make: faultyDevicesGet,
  },
  providers_get: {
    errors: CALL_ERRORS['providers_get'] ?? [],
    impossible: [],
    only: {},
    make: faultyProvidersGet,
  },
  ...FAULTY_CUSTOMER_CALLS,
};

/** The callers that can have all of these errors of a call together. */
export function findCallers(
  { impossible, only, onlyTogether = [], callers: mayCall = CALLERS }: FaultyCalls,
  errors: readonly string[],
): readonly Caller[] {
  const isAmong = ({ pair }: ImpossiblePair): boolean => pair.every((error) => errors.includes(error));
  if (impossible.some(isAmong)) return [];
  const limits = errors.flatMap((error) => (only[error] === undefined ? [] : [only[error]]));
  const together = onlyTogether.filter(isAmong).map(({ callers }) => callers);
  return mayCall.filter((caller) => [...limits, ...together].every((callers) => callers.includes(caller)));
}
