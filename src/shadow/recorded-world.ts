/** The world that recorded cases start from: that of the fixtures, with other keys. */
import type { Provider, User } from '../mor/model.ts';
import { isAdministrator } from '../mor/checks/caller.ts';
import type { DidAttributes } from '../world/did-range.ts';
import type { FixtureData } from '../world/fixture-state.ts';
import type { StateStore } from '../world/store.ts';
import type { Secrets } from './secrets.ts';

/** How many rows and blocks of DIDs are written down. Where there are more, none is: each case has the number that it is about. */
export const MOST_DIDS = 1000;

/** The records, each DID with its id, as they may be written down. The next id is left to each case: one that adds a DID moves it on. */
export function recordedWorld(records: FixtureData, secrets: Secrets): FixtureData {
  const { settings, users, providers, dids, ranges } = records;
  const isWritten = dids.length + ranges.length <= MOST_DIDS;
  return {
    settings: { ...settings, api_secret_key: secrets.standInOf(settings.api_secret_key) },
    users: users.map((user) => recordedUser(user, secrets)),
    providers: providers.map((provider): Provider => ({ ...provider, name: secrets.replaced(provider.name) })),
    dids: isWritten ? dids.map((did) => ({ ...did, ...recordedTexts(did, secrets), did: secrets.replaced(did.did) })) : [],
    ranges: isWritten
      ? ranges.map((range) => ({ ...range, attributes: { ...range.attributes, ...recordedTexts(range.attributes, secrets) } }))
      : [],
  };
}

function recordedUser(user: User, secrets: Secrets): User {
  const username = secrets.replaced(user.username);
  return user.type === 'reseller' ? { ...user, username, api_secret_key: secrets.standInOf(user.api_secret_key) } : { ...user, username };
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
