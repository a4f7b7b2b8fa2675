/** Which device a call names, and whether a DID may get it. Source: the vendor's pages of did_device_assign and did_trunk_device_assign. */
import { check } from '../check.ts';
import type { Device, User, UserList } from '../model.ts';
import { getString, idIn } from '../params.ts';
import type { MorState } from '../state.ts';
import { isAdministrator, mayUseApi, type CallerFacts } from './caller.ts';
import { hasDevice } from './did.ts';
import { isUserOfCaller } from './user.ts';
import { findNumberedDid, type DidNumberFacts } from './did-number.ts';

/** What the checks of an assignment read. */
export interface AssignFacts extends DidNumberFacts {
  readonly device: Device | undefined;
  readonly deviceUser: User | undefined;
}

/** Looks up the device and the DID of an assignment. */
export function findAssignment(caller: CallerFacts, state: MorState): Omit<AssignFacts, keyof CallerFacts> {
  const id = idIn(getString(caller.params, 'device_id') ?? '');
  const device = id === undefined ? undefined : state.findDeviceById(id);
  const deviceUser = device === undefined ? undefined : state.findUserById(device.user_id);
  return { device, deviceUser, ...findNumberedDid(caller, state) };
}

/** Whether a device is the caller's: it is if its user is. Admin and accountant may use the devices of the administrator, too. */
export function mayUseDevice(caller: User | undefined, { user_id }: Device, user: User | undefined, users: UserList): boolean {
  if (user !== undefined && isUserOfCaller(caller, user, users)) return true;
  return (caller?.type === 'admin' || caller?.type === 'accountant') && isAdministrator(user_id, users);
}

/** The device exists. */
export const deviceExists = check<AssignFacts>({
  requires: ({ device }) => device !== undefined,
  orElse: 'deviceNotFound',
  statement: 'a device has this id',
  actual: ({ device }, words) => (device === undefined ? words.param('device_id') : `device ${String(device.id)}`),
  fix: (_, words) => `send as device_id the id of a device${words.rehash()}`,
});

/** The caller may use the device. */
export const deviceIsForCaller = check<AssignFacts>({
  requires: ({ caller, device, deviceUser, users }) => device !== undefined && mayUseDevice(caller, device, deviceUser, users),
  orElse: 'deviceNotYours',
  statement: "the device is the caller's, or of a user of the caller's",
  actual: ({ device }, words) => (device === undefined ? 'no device was found' : `it belongs to ${words.owner(device.user_id)}`),
  fix: (_, words) => `a device of the caller's${words.rehash()}`,
  isUndetermined: ({ caller, device }) => device === undefined || !mayUseApi(caller),
});

/** Why the device cannot get the DID; undefined if it can. */
function findObstacle({ did, device, settings }: AssignFacts): string | undefined {
  if (did === undefined || device === undefined) return 'no DID or no device was found';
  if (did.dial_plan_id !== undefined) return `it is in dial plan ${String(did.dial_plan_id)}`;
  if (hasDevice(did) && did.device_id !== device.id) return 'another device has it';
  if (did.status === 'closed') return 'it is closed';
  if (did.status === 'reserved' && did.user_id !== undefined && did.user_id !== device.user_id)
    return `it is reserved for user ${String(did.user_id)}`;
  return did.status === 'free' && settings.assign_needs_reservation ? 'it is free; assign_needs_reservation is on' : undefined;
}

/** The device can get the DID. */
export const didIsFreeForDevice = check<AssignFacts>({
  requires: (facts) => findObstacle(facts) === undefined,
  orElse: 'didNotFree',
  statement: 'nothing else has the DID, and it is not kept for another user',
  actual: (facts) => findObstacle(facts) ?? 'the device can get it',
  fix: () => 'another DID, or one that is reserved for the user of the device',
  isUndetermined: ({ did, device }) => did === undefined || device === undefined,
});

function declareKindCheck(wantsTrunk: boolean) {
  return check<AssignFacts>({
    requires: ({ device }) => device !== undefined && (device.trunk !== 0) === wantsTrunk,
    orElse: 'deviceNotAssigned',
    statement: wantsTrunk ? 'the device is a trunk' : 'the device is no trunk',
    actual: ({ device }) => (device === undefined ? 'no device was found' : `its trunk is ${String(device.trunk)}`),
    fix: () => (wantsTrunk ? 'call did_device_assign' : 'call did_trunk_device_assign'),
    isUndetermined: ({ device }) => device === undefined,
  });
}

/** The device is a plain one. */
export const deviceIsPlain = declareKindCheck(false);

/** The device is a trunk. */
export const deviceIsTrunk = declareKindCheck(true);
