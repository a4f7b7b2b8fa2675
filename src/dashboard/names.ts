/** The names of what DIDs refer to by their ids. */
import type { DeviceView, DialPlanView, ProviderView, UserView } from './answers.ts';
import { api } from './api.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox } from './place.ts';

/** Everything but the DIDs of a world. */
export interface Records {
  readonly users: readonly UserView[];
  readonly providers: readonly ProviderView[];
  readonly devices: readonly DeviceView[];
  readonly dialPlans: readonly DialPlanView[];
}

const NO_RECORDS: Records = { users: [], providers: [], devices: [], dialPlans: [] };

async function loadRecords(): Promise<Records> {
  const [users, providers, devices, dialPlans] = await Promise.all([api.users(), api.providers(), api.devices(), api.dialPlans()]);
  return { users, providers, devices, dialPlans };
}

/** The users, providers, devices and dial plans of the world; none until they are loaded. */
export function useRecords(): Records {
  return useLoaded(loadRecords, getSandbox() ?? '', ['users', 'devices']).value ?? NO_RECORDS;
}

/** `Test Reseller`, or the username; the id if there is no such user, and a dash without one. */
export function formatUser(id: number | undefined, { users }: Records): string {
  if (id === undefined) return '–';
  const user = users.find((known) => known.id === id);
  if (user === undefined) return `#${String(id)}`;
  return [user.first_name, user.last_name].filter(Boolean).join(' ') || user.username;
}

/** The name of a provider. */
export function formatProvider(id: number, { providers }: Records): string {
  return providers.find((known) => known.id === id)?.name ?? `#${String(id)}`;
}

/** `SIP/105`. */
export function formatDevice(id: number | undefined, { devices }: Records): string {
  if (id === undefined) return '–';
  const device = devices.find((known) => known.id === id);
  return device === undefined ? `#${String(id)}` : `${device.type}/${device.username}`;
}

/** The name of a dial plan. */
export function formatDialPlan(id: number | undefined, { dialPlans }: Records): string {
  if (id === undefined) return '–';
  return dialPlans.find((known) => known.id === id)?.name ?? `#${String(id)}`;
}
