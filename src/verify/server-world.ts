/** A real server as its profile tells of it: a world like the mock's, in which the mock can say what it would answer there. */
import { checkFixtures } from '../fixtures/load.ts';
import type { FixturesInput } from '../fixtures/schema.ts';
import { ADMINISTRATOR_ID, type User } from '../mor/model.ts';
import { MockMorError } from '../problems.ts';
import { Base } from '../world/base.ts';
import type { LoadedProfile } from './profile.ts';

type UserRow = NonNullable<FixturesInput['users']>[number];

/** @throws MockMorError `RECORD_INVALID` where the profile's parts do not fit together, such as a plain user that owns a provider */
export function serverWorld(profile: LoadedProfile): Base {
  const ids = idsOf(profile);
  const idOf = (username: string): number => ids.get(username) ?? ADMINISTRATOR_ID;
  const keyOf = (name: string | undefined): string => (name === undefined ? '' : (profile.keys.get(name) ?? ''));
  const userRow = (caller: LoadedProfile['callers'][number]): UserRow => {
    const { username, type, manage_dids, own_providers, allow_api, key_from, disable_hash_checking, accept_hash_without_did } = caller;
    const who = { id: idOf(username), username, accept_hash_without_did };
    switch (type) {
      case 'admin':
        return { ...who, type };
      case 'accountant':
        return { ...who, type, permissions: { manage_dids } };
      case 'reseller':
        return { ...who, type, own_providers, allow_api, api_secret_key: keyOf(key_from), disable_hash_checking };
      case 'user':
        return { ...who, type, owner_id: idOf(caller.owner) };
    }
  };
  const [home] = profile.providers;
  const input: FixturesInput = {
    settings: { ...profile.settings, api_secret_key: keyOf(profile.key_from) },
    users: profile.callers.map(userRow),
    providers: profile.providers.map(({ id, owner, hidden }) => ({ id, user_id: idOf(owner), hidden })),
    dids: profile.dids.map(({ did, owner }) => ({ did, reseller_id: idOf(owner), provider_id: home?.id ?? 0 })),
  };
  try {
    return new Base(checkFixtures(input));
  } catch (error) {
    if (error instanceof MockMorError)
      throw new MockMorError('RECORD_INVALID', `what the profile tells does not fit together. ${error.message}`);
    throw error;
  }
}

/** The first admin is the administrator; the ids of the others are ours, for MOR never shows them. */
function idsOf({ callers }: LoadedProfile): ReadonlyMap<string, number> {
  const first = callers.find(({ type }) => type === 'admin');
  return new Map(callers.map((caller, i) => [caller.username, caller === first ? ADMINISTRATOR_ID : i + 1]));
}

/** Whether two users are of one kind: of the same type, with the same rights. */
export function areAlike(a: User, b: User): boolean {
  if (a.accept_hash_without_did !== b.accept_hash_without_did) return false;
  if (a.type === 'accountant' && b.type === 'accountant') return a.permissions.manage_dids === b.permissions.manage_dids;
  if (a.type === 'reseller' && b.type === 'reseller') {
    const hasKey = (user: typeof a): boolean => user.api_secret_key !== '';
    return (
      a.own_providers === b.own_providers &&
      a.allow_api === b.allow_api &&
      hasKey(a) === hasKey(b) &&
      a.disable_hash_checking === b.disable_hash_checking
    );
  }
  if (a.type === 'user' && b.type === 'user') return (a.owner_id === ADMINISTRATOR_ID) === (b.owner_id === ADMINISTRATOR_ID);
  return a.type === b.type;
}
