/** Changes of DIDs that several calls make. Source: the vendor's pages of the calls and the wiki on DID statuses. */
import { ADMINISTRATOR_ID, type Device, type Did, type Settings, type User } from './model.ts';
import type { StateChange } from './state.ts';

const SECONDS_PER_DAY = 86_400;

/** Takes the device away and keeps the DID for its user, for as long as the settings say. `now`: Unix seconds. */
export function closeDid({ id }: Did, now: number, { closed_did_days }: Settings): StateChange {
  const closed_till = now + closed_did_days * SECONDS_PER_DAY;
  return { kind: 'did.update', id, fields: { status: 'closed', device_id: undefined, closed_till } };
}

const NOBODY = { user_id: undefined, device_id: undefined, closed_till: undefined } as const;

/** What becomes of a closed DID whose time is over: it is free to the reseller or the administrator whose it is. */
export function endClosing(): Partial<Omit<Did, 'id' | 'did'>> {
  return { status: 'free', user_id: undefined, closed_till: undefined };
}

/** Makes the DID nobody's. */
export function freeDid({ id }: Did, caller: User | undefined): StateChange {
  return { kind: 'did.update', id, fields: returnDid(caller) };
}

/** What a DID becomes that is given to somebody: a user's is reserved, a reseller's free to that reseller. */
export function reserveDid(receiver: User): Partial<Omit<Did, 'id' | 'did'>> {
  if (receiver.type === 'reseller') return { status: 'free', user_id: undefined, reseller_id: receiver.id };
  return { status: 'reserved', user_id: receiver.id };
}

/** What a DID becomes that is given back. A reseller keeps their DID; an admin or an accountant takes it back to the administrator. */
export function returnDid(caller: User | undefined): Partial<Omit<Did, 'id' | 'did'>> {
  return { status: 'free', ...NOBODY, ...(caller?.type === 'reseller' ? {} : { reseller_id: ADMINISTRATOR_ID }) };
}

/** Leaves of the DID its history only. */
export function terminateDid({ id }: Did): StateChange {
  return { kind: 'did.update', id, fields: { status: 'terminated', ...NOBODY } };
}

/** Gives the DID to a device; a reseller's own device makes it that reseller's. Nothing changes if the device has it already. */
export function assignDid({ id, device_id }: Did, device: Device, user: User | undefined): readonly StateChange[] {
  if (device_id === device.id) return [];
  const owner = user?.type === 'reseller' ? { reseller_id: user.id } : {};
  return [{ kind: 'did.update', id, fields: { status: 'active', device_id: device.id, user_id: device.user_id, ...owner } }];
}

/** Takes the device away: the user keeps the DID, unless the settings make it free. */
export function unassignDid({ id }: Did, { status_after_unassign: status }: Settings): StateChange {
  const user = status === 'free' ? { user_id: undefined } : {};
  return { kind: 'did.update', id, fields: { status, device_id: undefined, ...user } };
}
