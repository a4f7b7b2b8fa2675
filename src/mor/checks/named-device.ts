/** Which device a call is about. Source: the vendor's pages of device_update and device_delete; what they leave open is ours. */
import { check } from '../check.ts';
import type { Device } from '../model.ts';
import { getString, idIn } from '../params.ts';
import type { MorState } from '../state.ts';
import { mayUseApi, type CallerFacts } from './caller.ts';
import { mayUseDevice } from './device.ts';

/** What the checks of a call about one device read. */
export interface DeviceFacts extends CallerFacts {
  /** The device that `device` names, if the caller may use it. */
  readonly device: Device | undefined;
}

/** Looks up the device whose id `device` is. */
export function findNamedDevice({ params, caller, users }: CallerFacts, state: MorState): Pick<DeviceFacts, 'device'> {
  const id = idIn(getString(params, 'device') ?? '');
  const device = id === undefined ? undefined : state.findDeviceById(id);
  const isTheirs = device !== undefined && mayUseDevice(caller, device, state.findUserById(device.user_id), users);
  return { device: isTheirs ? device : undefined };
}

/** The device exists, and the caller may use it. */
export const deviceIsFound = check<DeviceFacts>({
  requires: ({ device }) => device !== undefined,
  orElse: 'deviceNotFound',
  statement: "device is the id of a device of the caller's, or of a user of the caller's",
  actual: ({ device }, words) => (device === undefined ? words.param('device') : `device ${String(device.id)}`),
  fix: (_, words) => `send as device the id of a device of the caller's${words.rehash()}`,
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});
