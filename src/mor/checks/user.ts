/** Which user a call names, and whose user that is. Source: the vendor's pages of each call; what they leave open is ours. */
import { check } from '../check.ts';
import type { User, UserList } from '../model.ts';
import { getString, idIn } from '../params.ts';
import type { MorState } from '../state.ts';
import { isAdministrator, mayUseApi, type CallerFacts } from './caller.ts';

/** What the checks of a named user read. */
export interface UserFacts extends CallerFacts {
  /** The user that the call names, of any owner; undefined if there is none. */
  readonly namedUser: User | undefined;
}

/** Looks up the user whose id `user_id` is. */
export function findNamedUser({ params }: Pick<CallerFacts, 'params'>, state: MorState): Pick<UserFacts, 'namedUser'> {
  const id = idIn(getString(params, 'user_id') ?? '');
  return { namedUser: id === undefined ? undefined : state.findUserById(id) };
}

/**
 * Whether a call finds a user for its caller. Admin and accountant find the administrator's plain users, resellers and themselves; a
 * reseller finds the reseller's plain users and themselves.
 */
export function isUserOfCaller(caller: User | undefined, user: User, users: UserList): boolean {
  if (caller === undefined) return false;
  if (user.id === caller.id) return true;
  switch (caller.type) {
    case 'admin':
    case 'accountant':
      return user.type === 'reseller' || (user.type === 'user' && isAdministrator(user.owner_id, users));
    case 'reseller':
      return user.type === 'user' && user.owner_id === caller.id;
    default:
      return false;
  }
}

/** The user exists, and is one of the caller's or the caller. */
export const userIsFound = check<UserFacts>({
  requires: ({ caller, namedUser, users }) => namedUser !== undefined && isUserOfCaller(caller, namedUser, users),
  orElse: 'userNotFound',
  statement: "user_id is the id of a user of the caller's, or of the caller",
  actual: ({ namedUser }, words) => (namedUser === undefined ? words.param('user_id') : `it is ${words.user(namedUser)}`),
  fix: ({ caller, users }, words) => {
    const ids = users.filter((user) => isUserOfCaller(caller, user, users)).map(({ id }) => id);
    return ids.length === 0 ? 'a user in the fixtures' : `send as user_id one of: ${words.list(ids)}${words.rehash()}`;
  },
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});
