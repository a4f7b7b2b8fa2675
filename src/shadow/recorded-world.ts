/** The world that recorded cases start from: that of the fixtures, with other keys. */
import type { Provider, User } from '../mor/model.ts';
import { isAdministrator } from '../mor/caller.ts';
import type { WorldRecords } from '../world/base.ts';
import type { Store } from '../world/store.ts';
import type { Secrets } from './secrets.ts';

/** How many rows and blocks of DIDs are written down. Where there are more, none is: each case has the number that it is about. */
export const MOST_DIDS = 1000;

/** The records, each DID with its id, as they may be written down. The next id is left to each case: one that adds a DID moves it on. */
export function recordedWorld(records: WorldRecords, secrets: Secrets): WorldRecords {
  const { settings, users, providers, dids } = records;
  return {
    settings: { ...settings, api_secret_key: secrets.standInOf(settings.api_secret_key) },
    users: users.map((user) => recordedUser(user, secrets)),
    providers: providers.map((provider): Provider => ({ ...provider, name: secrets.replaced(provider.name) })),
    dids: dids.length > MOST_DIDS ? [] : dids.map((entry) => recordedDid(entry, secrets)),
  };
}

function recordedUser(user: User, secrets: Secrets): User {
  const username = secrets.replaced(user.username);
  return user.type === 'reseller' ? { ...user, username, api_secret_key: secrets.standInOf(user.api_secret_key) } : { ...user, username };
}

function recordedDid(entry: WorldRecords['dids'][number], secrets: Secrets): WorldRecords['dids'][number] {
  const { custom_sip_header, comment, reseller_comment } = entry;
  const texts = {
    custom_sip_header: secrets.replaced(custom_sip_header),
    comment: secrets.replaced(comment),
    reseller_comment: secrets.replaced(reseller_comment),
  };
  return 'did' in entry ? { ...entry, ...texts, did: secrets.replaced(entry.did) } : { ...entry, ...texts };
}

/** A good call in a world: an admin, a provider of the administrator's and a number that is free; nothing where there are none. */
export function goodRequest(world: Store): Readonly<Record<string, string>> {
  const admin = world.users.find(({ type }) => type === 'admin');
  const provider = world.providers.find(({ user_id, hidden }) => !hidden && isAdministrator(user_id, world));
  if (admin === undefined || provider === undefined) return {};
  return { u: admin.username, provider_id: String(provider.id), did: freeNumber(world) };
}

function freeNumber(world: Pick<Store, 'findDidByNumber'>): string {
  let number = '37060000100';
  while (world.findDidByNumber(number) !== undefined) number += '0';
  return number;
}
