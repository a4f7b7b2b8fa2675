/** A real server by its profile: a world like the mock's, in which the mock can say what it would answer there. */
import { fixturesFromObject } from '../loader/load.ts';
import type { FixturesInput } from '../loader/schema.ts';
import { ADMINISTRATOR_ID, type User } from '../mor/model.ts';
import { MockMorError } from '../problems.ts';
import { FixtureState } from '../world/fixture-state.ts';
import type { LoadedProfile, ProfileCaller } from './profile.ts';

type UserRow = NonNullable<FixturesInput['users']>[number];

/** @throws MockMorError `RECORD_INVALID` where the profile's parts do not fit together, such as a number that stands there twice */
export function serverWorld(profile: LoadedProfile): FixtureState {
  const ids = idsOf(profile);
  const idOf = (username: string): number => ids.get(username) ?? ADMINISTRATOR_ID;
  const keyOf = (name: string | undefined): string => (name === undefined ? '' : (profile.keys.get(name) ?? ''));
  const userRow = (caller: ProfileCaller): UserRow => {
    const { username, accept_hash_without_did } = caller;
    const who = { id: idOf(username), username, accept_hash_without_did };
    switch (caller.type) {
      case 'admin':
        return { ...who, type: caller.type };
      case 'accountant':
        return { ...who, type: caller.type, permissions: { manage_dids: caller.manage_dids } };
      case 'reseller': {
        const { type, own_providers, allow_api, key_from, disable_hash_checking } = caller;
        return { ...who, type, own_providers, allow_api, api_secret_key: keyOf(key_from), disable_hash_checking };
      }
      case 'user':
        return { ...who, type: caller.type, owner_id: idOf(caller.owner) };
    }
  };
  const [home] = profile.providers;
  const input: FixturesInput = {
    settings: { ...profile.settings, api_secret_key: keyOf(profile.key_from) },
    users: profile.callers.map(userRow),
    providers: profile.providers.map(({ id, owner, hidden }) => ({ id, user_id: idOf(owner), hidden })),
    dids: profile.dids.map(({ did, id: didId, owner, status }) => ({
      ...(didId === undefined ? {} : { id: didId }),
      did,
      reseller_id: idOf(owner),
      status,
      provider_id: home?.id ?? 0,
    })),
  };
  try {
    return new FixtureState(fixturesFromObject(input));
  } catch (error) {
    if (error instanceof MockMorError) throw new MockMorError('RECORD_INVALID', `the profile does not fit together. ${error.message}`);
    throw error;
  }
}

/** The first admin is the administrator; the ids of the others are ours, for MOR never shows them. */
function idsOf({ callers }: LoadedProfile): ReadonlyMap<string, number> {
  const first = callers.find(({ type }) => type === 'admin');
  return new Map(callers.map((caller, i) => [caller.username, caller === first ? ADMINISTRATOR_ID : i + 1]));
}

/** Describes what kind of user it is: two of one kind have the same words. */
export function describeUserKind(user: User): string {
  const old = user.accept_hash_without_did ? ' and accept_hash_without_did: true' : '';
  switch (user.type) {
    case 'admin':
      return `${user.id === ADMINISTRATOR_ID ? 'an admin' : 'a second admin'}${old}`;
    case 'accountant':
      return `an accountant with manage_dids: ${user.permissions.manage_dids}${old}`;
    case 'reseller': {
      const { own_providers, allow_api, api_secret_key, disable_hash_checking } = user;
      const key = api_secret_key === '' ? 'no key' : 'a key';
      const unchecked = disable_hash_checking ? ', disable_hash_checking: true' : '';
      return `a reseller with own_providers: ${String(own_providers)}, allow_api: ${String(allow_api)}, ${key} of his own${unchecked}${old}`;
    }
    case 'user':
      return `a plain user of ${user.owner_id === ADMINISTRATOR_ID ? 'the administrator' : 'a reseller'}${old}`;
  }
}

/** Whether two users have the same rights; whether they have a key of their own is not looked at. */
export function haveTheSameRights(a: User, b: User): boolean {
  const withoutKey = (user: User): User => (user.type === 'reseller' ? { ...user, allow_api: false, api_secret_key: '' } : user);
  return describeUserKind(withoutKey(a)) === describeUserKind(withoutKey(b));
}
