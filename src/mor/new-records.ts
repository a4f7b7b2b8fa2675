/** Devices that calls make. Source: older revisions of the vendor's page of device_create, and published clients; the pin is ours. */
import { MAX_ID, type Device } from './model.ts';
import type { MorState } from './state.ts';

/** The first pin that a device can get by itself. */
const FIRST_PIN = 100_000;

/** What is known of a device before it is made. `pin` undefined: it gets one; empty: it has none. */
export type DeviceDraft = Pick<Device, 'user_id' | 'type' | 'devicegroup_id' | 'callerid'> & {
  readonly pin: string | undefined;
  /** Default: `password` and the id. */
  readonly secret?: string;
};

/** The device that a draft becomes: its name is its id. @throws NoIdLeftError */
export function makeDevice({ user_id, type, devicegroup_id, callerid, pin, secret }: DeviceDraft, state: MorState): Device {
  const id = takeId(state.nextDeviceId, 'device');
  const settledPin = pin ?? findFreePin(state.devices);
  return {
    id,
    user_id,
    type,
    username: String(id),
    secret: secret ?? `password${String(id)}`,
    ipaddr: '',
    port: 5060,
    callerid,
    devicegroup_id,
    ...(settledPin === '' ? {} : { pin: settledPin }),
    primary: !state.devices.some((device) => device.user_id === user_id),
    hidden: false,
    trunk: 0,
  };
}

/** The lowest number from 100000 on that no device has as its pin. A real server takes one by chance. */
function findFreePin(devices: readonly Device[]): string {
  const taken = new Set(devices.map(({ pin }) => pin));
  let pin = FIRST_PIN;
  while (taken.has(String(pin))) pin += 1;
  return String(pin);
}

/** A call that MOR would carry out, but for which no id is left. What MOR says to it is not known. */
export class NoIdLeftError extends Error {}

/** The next id, if it can be one. @throws NoIdLeftError */
export function takeId(next: number, what: string): number {
  if (next <= MAX_ID) return next;
  throw new NoIdLeftError(`no id is left for another ${what}: ${String(MAX_ID)}, the highest there can be, was given`);
}
