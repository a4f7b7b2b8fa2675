import type { Call, CallRequest, Decision } from '../define-call.ts';
import type { MorState } from '../state.ts';
import { deviceCreate } from './device-create.ts';
import { deviceDelete } from './device-delete.ts';
import { deviceUpdate } from './device-update.ts';
import { devicesGet } from './devices-get.ts';
import { didClose } from './did-close.ts';
import { didCreate } from './did-create.ts';
import { didDelete } from './did-delete.ts';
import { didDeviceAssign } from './did-device-assign.ts';
import { didDeviceUnassign } from './did-device-unassign.ts';
import { didMakeFree } from './did-make-free.ts';
import { didSubscriptionStop } from './did-subscription-stop.ts';
import { didTerminate } from './did-terminate.ts';
import { didTrunkDeviceAssign } from './did-trunk-device-assign.ts';
import { didsGet } from './dids-get.ts';
import { providersGet } from './providers-get.ts';
import { userBalanceGet } from './user-balance-get.ts';
import { userDetailsGet } from './user-details-get.ts';
import { userLogin } from './user-login.ts';
import { userLogout } from './user-logout.ts';
import { userRegister } from './user-register.ts';
import { usersGet } from './users-get.ts';

/** Every call that is imitated. A new one is one more file and one more entry. */
export const CALLS: readonly Call[] = [
  didCreate,
  didClose,
  didSubscriptionStop,
  didMakeFree,
  didTerminate,
  didDelete,
  didDeviceAssign,
  didTrunkDeviceAssign,
  didDeviceUnassign,
  didsGet,
  devicesGet,
  providersGet,
  userLogin,
  userLogout,
  usersGet,
  userRegister,
  userDetailsGet,
  userBalanceGet,
  deviceCreate,
  deviceUpdate,
  deviceDelete,
];

const CALLS_BY_NAME: ReadonlyMap<string, Call> = new Map(CALLS.map((call) => [call.name, call]));

/** The call of this name, if it is imitated. */
export function findCall(name: string): Call | undefined {
  return CALLS_BY_NAME.get(name);
}

/** The decision about a call that MOR does not have. Observed: the method does not matter. */
const NO_SUCH_API: Decision = {
  result: { error: 'noSuchApi' },
  error: 'noSuchApi',
  facts: undefined,
  steps: () => [],
  hashGuesses: () => [],
};

/** What MOR decides about a call of any name, also one that it does not have. Changes nothing. */
export function decide(name: string, request: CallRequest, state: MorState): Decision {
  return findCall(name)?.decide(request, state) ?? NO_SUCH_API;
}
