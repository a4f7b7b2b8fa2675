/** The users, devices and dial plans of a world as a tester sees them: secrets are masked. */
import { checkId } from './check-arguments.ts';
import { MASKED_KEY } from '../mor/in-words.ts';
import type { Device, DialPlan, User } from '../mor/model.ts';
import { notFound } from './not-found.ts';
import { copyData } from '../world/copy-data.ts';
import type { StateStore } from '../world/store.ts';

/** The users, their keys masked. */
export function userViews({ users }: StateStore): readonly User[] {
  return copyData(users).map(maskUser);
}

/** @throws MockMorError `NOT_FOUND` */
export function userWithId(store: StateStore, id: number): User {
  checkId(id, 'mor.user(0); mor.users() lists them with their usernames');
  return maskUser(copyData(requireRecord(store.findUserById(id), 'user', id, store.users)));
}

/** The devices in the order of their ids, their secrets and pins masked. */
export function deviceViews({ devices }: StateStore): readonly Device[] {
  return sortById(copyData(devices).map(maskDevice));
}

/** @throws MockMorError `NOT_FOUND` */
export function deviceWithId(store: StateStore, id: number): Device {
  checkId(id, 'mor.device(1); mor.devices() lists them');
  return maskDevice(copyData(requireRecord(store.findDeviceById(id), 'device', id, store.devices)));
}

/** The dial plans in the order of their ids. */
export function dialPlanViews({ fixtures }: StateStore): readonly DialPlan[] {
  return sortById(copyData(fixtures.dialPlans));
}

/** What is shown of a secret; an empty one is shown as it is. */
export function mask(secret: string): string {
  return secret === '' ? '' : MASKED_KEY;
}

function maskUser(user: User): User {
  return user.type === 'reseller' ? { ...user, api_secret_key: mask(user.api_secret_key) } : user;
}

function maskDevice({ pin, ...device }: Device): Device {
  return { ...device, secret: mask(device.secret), ...(pin === undefined ? {} : { pin: mask(pin) }) };
}

interface WithId {
  readonly id: number;
}

function requireRecord<Row>(row: Row | undefined, what: string, id: number, all: readonly WithId[]): Row {
  if (row !== undefined) return row;
  const known = all.map((one) => one.id).toSorted((a, b) => a - b);
  throw notFound(`no ${what} has the id ${String(id)}`, known);
}

function sortById<Row extends { readonly id: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.id - b.id);
}
