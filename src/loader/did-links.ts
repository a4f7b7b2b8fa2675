/** What the user, the device and the dial plan of one DID must fit: its status, and each other. */
import type { Did, DidStatus } from '../mor/model.ts';

/** The fields by which a DID names its user, its device and its dial plan. */
export const LINK_FIELDS = ['user_id', 'device_id', 'dial_plan_id'] as const;

export type LinkField = (typeof LINK_FIELDS)[number];

/** A DID with the fields that could be read. */
export type DidLinks = { -readonly [Field in LinkField | 'status']?: Did[Field] | undefined };

/** What a DID of each status cannot have. */
const EXCLUDED: Readonly<Record<DidStatus, readonly LinkField[]>> = {
  free: ['user_id', 'device_id', 'dial_plan_id'],
  terminated: ['user_id', 'device_id', 'dial_plan_id'],
  reserved: ['device_id', 'dial_plan_id'],
  closed: ['device_id', 'dial_plan_id'],
  active: [],
};

/**
 * Finds links that do not fit, each with what is wrong with it. `deviceUser` is the user of the DID's device, if that is known.
 * Links to what does not exist are for the caller to report; of those `isBroken` is true.
 */
export function findMisfits(
  { status, ...links }: DidLinks,
  deviceUser: number | undefined,
  isBroken: (field: LinkField, id: number) => boolean,
): readonly (readonly [field: LinkField, wrong: string])[] {
  const { user_id, device_id, dial_plan_id } = links;
  const misfits: [LinkField, string][] = [];
  for (const field of LINK_FIELDS) {
    const id = links[field];
    if (id === undefined || status === undefined || isBroken(field, id) || !EXCLUDED[status].includes(field)) continue;
    misfits.push([field, `must be left out: the status is ${status}.`]);
  }
  if (device_id !== undefined && dial_plan_id !== undefined)
    misfits.push(['dial_plan_id', 'must be left out: the DID has a device.']);
  if (deviceUser !== undefined && user_id !== undefined && user_id !== deviceUser)
    misfits.push(['user_id', `must be ${String(deviceUser)}, the user of device ${String(device_id)}, or left out.`]);
  return misfits;
}
