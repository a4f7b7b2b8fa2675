/** The world that recorded cases start from: that of the fixtures, with other keys. */
import type { Provider, User } from '../mor/model.ts';
import { isAdministrator } from '../mor/caller.ts';
import { withIds, type DidBlock, type DidRow, type WorldRecords } from '../world/base.ts';
import type { Store } from '../world/store.ts';
import type { Secrets } from './secrets.ts';

/** The records as they may be written down. Every DID has its id, so that what a case adds is never taken for one of these. */
export function recordedWorld(records: WorldRecords, secrets: Secrets): WorldRecords {
  const { settings, users, providers, dids } = records;
  const runs = withIds(dids);
  return {
    ...records,
    settings: { ...settings, api_secret_key: secrets.standInOf(settings.api_secret_key) },
    users: users.map((user) => recordedUser(user, secrets)),
    providers: providers.map((provider): Provider => ({ ...provider, name: secrets.replaced(provider.name) })),
    dids: dids.map((entry, i) => recordedDid({ ...entry, id: runs[i]?.firstId }, secrets)),
  };
}

function recordedUser(user: User, secrets: Secrets): User {
  const username = secrets.replaced(user.username);
  return user.type === 'reseller' ? { ...user, username, api_secret_key: secrets.standInOf(user.api_secret_key) } : { ...user, username };
}

function recordedDid<Entry extends DidRow | DidBlock>(entry: Entry, secrets: Secrets): Entry {
  const { custom_sip_header, comment, reseller_comment } = entry;
  return {
    ...entry,
    ...('did' in entry ? { did: secrets.replaced(entry.did) } : {}),
    custom_sip_header: secrets.replaced(custom_sip_header),
    comment: secrets.replaced(comment),
    reseller_comment: secrets.replaced(reseller_comment),
  };
}

/** A good call in a world: an admin, a provider of the administrator's and a number that is free; nothing where there are none. */
export function goodRequest(world: Store): Readonly<Record<string, string>> {
  const admin = world.users.find(({ type }) => type === 'admin');
  const provider = world.providers.find(({ user_id, hidden }) => !hidden && isAdministrator(user_id, world));
  if (admin === undefined || provider === undefined) return {};
  return { u: admin.username, provider_id: String(provider.id), did: freeNumber(world) };
}

function freeNumber(world: Pick<Store, 'didNumbered'>): string {
  let number = '37060000100';
  while (world.didNumbered(number) !== undefined) number += '0';
  return number;
}
