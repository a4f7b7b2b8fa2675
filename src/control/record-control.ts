/** The users, devices and dial plans of a world as a tester sees them: secrets are masked. */
import { checkId } from './check-arguments.ts';
import { MASKED_KEY } from '../mor/in-words.ts';
import type { Device, DialPlan, User } from '../mor/model.ts';
import { notFound } from './not-found.ts';
import { copyData } from '../world/copy-data.ts';
import type { StateStore } from '../world/store.ts';

/** A record, and what became of it since the fixtures were loaded. */
interface Provenance {
  /** True for what a call made. */
  readonly created: boolean;
  /** True for what a call updated and no call made; a reset puts it back. */
  readonly changed: boolean;
}

/** A user as a tester sees one: the key, the password and the uniquehash are masked. No call changes a user. */
export type UserView = User & Provenance;

/** A device as a tester sees one: the secret and the pin are masked. */
export type DeviceView = Device & Provenance;

/** The users of the fixtures, then those that calls made. */
export function userViews(store: StateStore): readonly UserView[] {
  return store.users.map((user) => userView(user, store));
}

/** @throws MockMorError `NOT_FOUND` */
export function userWithId(store: StateStore, id: number): UserView {
  checkId(id, 'mor.user(0); mor.users() lists them with their usernames');
  return userView(requireRecord(store.findUserById(id), 'user', id, store.users), store);
}

/** The devices in the order of their ids. */
export function deviceViews(store: StateStore): readonly DeviceView[] {
  return sortById(store.devices.map((device) => deviceView(device, store)));
}

/** @throws MockMorError `NOT_FOUND` */
export function deviceWithId(store: StateStore, id: number): DeviceView {
  checkId(id, 'mor.device(1); mor.devices() lists them');
  return deviceView(requireRecord(store.findDeviceById(id), 'device', id, store.devices), store);
}

/** The dial plans in the order of their ids. */
export function dialPlanViews({ fixtures }: StateStore): readonly DialPlan[] {
  return sortById(copyData(fixtures.dialPlans));
}

/** What is shown of a secret; an empty one is shown as it is. */
export function mask(secret: string): string {
  return secret === '' ? '' : MASKED_KEY;
}

function userView(user: User, store: StateStore): UserView {
  const provenance = { created: store.isUserCreated(user.id), changed: false };
  return { ...maskFields(copyData(user), ['api_secret_key', 'password', 'uniquehash']), ...provenance };
}

function deviceView(device: Device, store: StateStore): DeviceView {
  const provenance = { created: store.isDeviceCreated(device.id), changed: store.isDeviceChanged(device.id) };
  return { ...maskFields(copyData(device), ['secret', 'pin']), ...provenance };
}

/** The record with these fields masked, as far as it has them. */
function maskFields<Row extends object>(row: Row, secret: readonly string[]): Row {
  const fields = Object.entries(row) as [string, unknown][];
  const masked = fields.map(([name, value]) => [name, secret.includes(name) && typeof value === 'string' ? mask(value) : value]);
  return Object.fromEntries(masked) as Row;
}

interface WithId {
  readonly id: number;
}

function requireRecord<Row>(row: Row | undefined, what: string, id: number, all: Iterable<WithId>): Row {
  if (row !== undefined) return row;
  const known = Array.from(all, (one) => one.id).toSorted((a, b) => a - b);
  throw notFound(`no ${what} has the id ${String(id)}`, known);
}

function sortById<Row extends { readonly id: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.id - b.id);
}
