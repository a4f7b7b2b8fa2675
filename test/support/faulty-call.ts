import type { FixturesInput } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

/** The errors of did_create in the order in which MOR looks for them: written out by hand from the contract. */
export const ERRORS_IN_ORDER = [
  'API Requests are disabled',
  'GET Requests are disabled',
  'API must have Secret Key',
  'Incorrect hash',
  'Access Denied',
  'Provider was not found',
  'You are not authorized to use this Provider',
  'You are not authorized to manage DIDs',
  'DID already exists',
  'Invalid DID specified',
  'DID creation failed',
] as const;

export type ErrorText = (typeof ERRORS_IN_ORDER)[number];

/** Who calls while he is allowed to; the fault `Access Denied` makes him a plain user. */
export const CALLERS = ['admin', 'accountant', 'reseller'] as const;

export type Caller = (typeof CALLERS)[number];

/** A world and a request. */
export interface FaultyCall {
  readonly fixtures: FixturesInput;
  readonly request: RawRequest;
}

const CALLER_ID = 1;
const STRANGER_ID = 2;

function callerRow(caller: Caller, has: (fault: ErrorText) => boolean): NonNullable<FixturesInput['users']>[number] {
  const who = { id: CALLER_ID, username: 'caller' };
  if (has('Access Denied')) return { ...who, type: 'user' };
  switch (caller) {
    case 'admin':
      return { ...who, type: 'admin' };
    case 'accountant':
      return { ...who, type: 'accountant', permissions: { manage_dids: has('You are not authorized to manage DIDs') ? 'read' : 'edit' } };
    case 'reseller':
      return { ...who, type: 'reseller' };
  }
}

/** A good call of this caller with just these faults put in, each on its own account: taking one away leaves the others. */
export function faultyCall(caller: Caller, faults: ReadonlySet<ErrorText>): FaultyCall {
  const has = (fault: ErrorText): boolean => faults.has(fault);
  const isStrangersProvider = has('You are not authorized to use this Provider');
  const did = has('Invalid DID specified') ? 'telephone' : '370600001';
  const params = signed({ u: 'caller', provider_id: '1', did });
  const request = carried(has('Incorrect hash') ? { ...params, hash: '0'.repeat(40) } : params, 'query');
  return {
    fixtures: {
      settings: {
        allow_api: !has('API Requests are disabled'),
        api_secret_key: has('API must have Secret Key') ? '' : 'secret',
        resellers_can_add_their_own_dids: !has('You are not authorized to manage DIDs'),
        // A reseller may use the default provider, the others the administrator's: here they are one.
        default_did_provider_id: isStrangersProvider && caller === 'reseller' ? 2 : 1,
        max_did_length: has('DID creation failed') ? 5 : 255,
      },
      users: [callerRow(caller, has), { id: STRANGER_ID, username: 'stranger', type: 'reseller' }],
      providers: [
        { id: 1, user_id: isStrangersProvider && caller !== 'reseller' ? STRANGER_ID : 0, hidden: has('Provider was not found') },
        { id: 2 },
      ],
      dids: has('DID already exists') ? [{ did, provider_id: 2 }] : [],
    },
    request: { ...request, method: has('GET Requests are disabled') ? 'GET' : 'POST' },
  };
}
