/** The world that recorded cases start from: that of the fixtures, with other keys. */
import type { Device, Provider, User } from '../mor/model.ts';
import { isAdministrator } from '../mor/checks/caller.ts';
import type { DidAttributes } from '../world/did-range.ts';
import type { FixtureData } from '../world/fixture-state.ts';
import type { StateStore } from '../world/store.ts';
import type { Secrets } from './secrets.ts';

/** How many rows and blocks of DIDs are written down. Where there are more, none is: each case has the number that it is about. */
export const MAX_DIDS = 1000;

/** The records, each DID with its id, as they may be written down. The next id is left to each case: one that adds a DID moves it on. */
export function recordedWorld(records: FixtureData, secrets: Secrets): FixtureData {
  const { settings, users, providers, devices, dial_plans, dids, ranges } = records;
  const isWritten = dids.length + ranges.length <= MAX_DIDS;
  return {
    settings: { ...settings, api_secret_key: secrets.standInOf(settings.api_secret_key) },
    users: users.map((user) => recordedUser(user, secrets)),
    providers: providers.map((provider): Provider => ({ ...provider, name: secrets.replaced(provider.name) })),
    devices: devices.map((device) => recordedDevice(device, secrets)),
    dial_plans: dial_plans.map((plan) => ({ ...plan, name: secrets.replaced(plan.name) })),
    dids: isWritten ? dids.map((did) => ({ ...did, ...recordedTexts(did, secrets), did: secrets.replaced(did.did) })) : [],
    ranges: isWritten
      ? ranges.map((range) => ({ ...range, attributes: { ...range.attributes, ...recordedTexts(range.attributes, secrets) } }))
      : [],
  };
}

/** Passwords, uniquehashes and addresses are left out. */
function recordedUser({ password: _password, uniquehash: _uniquehash, email: _email, ...user }: User, secrets: Secrets): User {
  const replaced = (text: string | undefined): string | undefined => (text === undefined ? undefined : secrets.replaced(text));
  const names = {
    username: secrets.replaced(user.username),
    first_name: replaced(user.first_name),
    last_name: replaced(user.last_name),
  };
  return user.type === 'reseller' ? { ...user, ...names, api_secret_key: secrets.standInOf(user.api_secret_key) } : { ...user, ...names };
}

/** Its password and its pin are left out. */
function recordedDevice({ pin: _, ...device }: Device, secrets: Secrets): Device {
  return { ...device, username: secrets.replaced(device.username), callerid: secrets.replaced(device.callerid), secret: '' };
}

function recordedTexts({ custom_sip_header, comment, reseller_comment }: DidAttributes, secrets: Secrets): Partial<DidAttributes> {
  return {
    custom_sip_header: secrets.replaced(custom_sip_header),
    comment: secrets.replaced(comment),
    reseller_comment: secrets.replaced(reseller_comment),
  };
}

/** A good call in a world: an admin, a provider of the administrator's and a number that is free; nothing where there are none. */
export function goodRequest(world: StateStore): Readonly<Record<string, string>> {
  const admin = world.users.find(({ type }) => type === 'admin');
  const provider = world.providers.find(({ user_id, hidden }) => !hidden && isAdministrator(user_id, world.users));
  if (admin === undefined || provider === undefined) return {};
  return { u: admin.username, provider_id: String(provider.id), did: freeNumber(world) };
}

function freeNumber(world: Pick<StateStore, 'findDidByNumber'>): string {
  let number = '37060000100';
  while (world.findDidByNumber(number) !== undefined) number += '0';
  return number;
}
