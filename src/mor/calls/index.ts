import type { Call, CallRequest, Decision } from '../define-call.ts';
import { getString, type Params } from '../params.ts';
import type { MorState } from '../state.ts';
import { deviceCreate } from './device-create.ts';
import { deviceDelete } from './device-delete.ts';
import { deviceUpdate } from './device-update.ts';
import { devicesGet } from './devices-get.ts';
import { didClose } from './did-close.ts';
import { didCreate } from './did-create.ts';
import { didDelete } from './did-delete.ts';
import { didDetailsUpdate } from './did-details-update.ts';
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
  didDetailsUpdate,
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

/** By their names, those of before too. */
const CALLS_BY_NAME: ReadonlyMap<string, Call> = new Map(
  CALLS.flatMap((call) => [call.name, ...call.oldNames].map((name) => [name, call] as const)),
);

/** The parameter that names the call where the path does not. */
export const ACTION = 'action';

/** The name of the call that a request means: by its path or, if that has no name, by its `action`. An old name stands for the new one. */
export function resolveCallName(nameInPath: string, params: Params): string {
  const sent = nameInPath === '' ? (getString(params, ACTION) ?? '') : nameInPath;
  return getCurrentName(sent);
}

/** The name that a call has today; a name that MOR does not have as it is. */
export function getCurrentName(name: string): string {
  return findCall(name)?.name ?? name;
}

/** The call of this name, today's or an old one, if it is imitated. */
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
  notes: () => [],
};

/** What MOR decides about a call of any name, also one that it does not have. Changes nothing. */
export function decide(name: string, request: CallRequest, state: MorState): Decision {
  return findCall(name)?.decide(request, state) ?? NO_SUCH_API;
}
