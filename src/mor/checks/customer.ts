/** Which user a call about customers is about, and who may see them. Source: the vendor's pages of each call; what they leave open is ours. */
import { check } from '../check.ts';
import type { User, UserList } from '../model.ts';
import { getString, trimmed, type Params } from '../params.ts';
import type { MorState } from '../state.ts';
import type { CallerFacts } from './caller.ts';
import { findNamedUser, isUserOfCaller, type UserFacts } from './user.ts';

/** The text of a parameter, if it is not blank. */
export function getFilledText(params: Params, name: string): string | undefined {
  const text = getString(params, name);
  return text === undefined || trimmed(text) === '' ? undefined : text;
}

/** The user whose id or name the parameters `user_id` and `username` are; both, if both are sent. */
export function findUserByEither(params: Params, state: MorState): User | undefined {
  const { namedUser: byId } = findNamedUser({ params }, state);
  const username = getString(params, 'username');
  const byName = username === undefined ? undefined : state.findUserByName(username);
  if (!params.has('user_id')) return byName;
  return !params.has('username') || byId?.id === byName?.id ? byId : undefined;
}

/** Whether a caller may see what MOR knows of a user: admin and accountant see everybody. */
function maySeeUser(caller: User | undefined, user: User, users: UserList): boolean {
  return caller?.type === 'admin' || caller?.type === 'accountant' || isUserOfCaller(caller, user, users);
}

/** In place of the usual fifth check: every known user may call. */
export const callerIsKnown = check<CallerFacts>({
  requires: ({ caller }) => caller !== undefined,
  orElse: 'accessDenied',
  statement: 'u is the name of a user',
  actual: (_, words) => words.caller(),
  fix: () => 'send as u the name of a user; a hash is then checked too',
});

/** The user is there, and the caller may see them. */
export const userIsVisible = check<UserFacts>({
  requires: ({ caller, namedUser, users }) => namedUser !== undefined && maySeeUser(caller, namedUser, users),
  orElse: 'userNotFound',
  statement: 'the call names a user whom the caller may see',
  actual: ({ namedUser, params }, words) => {
    if (namedUser !== undefined) return `it names ${words.user(namedUser)}; ${words.caller()}`;
    const sent = ['user_id', 'username'].filter((name) => params.has(name));
    return sent.length === 0 ? 'no user was named' : words.join(sent.map((name) => words.param(name)));
  },
  fix: (_, words) => `name the caller, or a user of the caller's${words.rehash()}`,
  isUndetermined: ({ caller }) => caller === undefined,
});

/** Registering over the API is switched on, which deleting a device asks for, too. */
export const registrationIsOn = check<CallerFacts>({
  requires: ({ settings }) => settings.allow_api_registration,
  orElse: 'registrationDisabled',
  statement: 'registration over the API is on',
  actual: ({ settings }, words) => `allow_api_registration is ${words.onOff(settings.allow_api_registration)}`,
  fix: () => 'allow_api_registration: true in the settings',
});
