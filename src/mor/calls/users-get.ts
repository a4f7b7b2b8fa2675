/** Source: the vendor's page "MOR API users get"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { apiIsEnabled, hashMatches, isAdministrator, methodIsAllowed, secretKeyIsSet, type CallerFacts } from '../checks/caller.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { USER_DEFAULTS, type User, type UserList } from '../model.ts';
import { getString, type Params } from '../params.ts';
import { field, list, page, record, type ReplyRecord } from '../reply.ts';

interface UsersGetFacts extends CallerFacts {
  /** Whether the caller has proved who they are: by the password, or by the uniquehash if no password was sent. */
  readonly isLoggedIn: boolean;
}

function isLoggedIn(caller: User | undefined, params: Params): boolean {
  const [sent, own] = params.has('p') ? [getString(params, 'p'), caller?.password] : [getString(params, 'uniquehash'), caller?.uniquehash];
  return own !== undefined && own !== '' && sent === own;
}

const callerIsLoggedIn = check<UsersGetFacts>({
  requires: (facts) => facts.isLoggedIn,
  orElse: 'accessDenied',
  statement: 'p is the password of the caller or, without p, uniquehash is the uniquehash of the caller',
  actual: ({ caller, params, isLoggedIn: fits }, words) => {
    if (caller === undefined) return words.caller();
    const name = ['p', 'uniquehash'].find((param) => params.has(param));
    return name === undefined ? 'neither was sent' : `${name} ${fits ? 'fits' : 'does not fit'}`;
  },
  fix: () => 'send p or uniquehash as it is in the fixtures; the hash changes with u and p',
});

const mayViewUsers = check<UsersGetFacts>({
  requires: ({ caller }) =>
    caller?.type === 'accountant' ? (caller.permissions.manage_users ?? 'none') !== 'none' : caller !== undefined && caller.type !== 'user',
  orElse: 'usersNotViewable',
  statement: 'the caller is an admin, a reseller, or an accountant who may read users',
  actual: ({ caller }, words) =>
    caller?.type === 'accountant'
      ? `manage_users of ${words.user(caller)} is ${caller.permissions.manage_users ?? 'none'}`
      : words.caller(),
  fix: ({ caller }, words) =>
    caller?.type === 'accountant' ? `permissions: { manage_users: read } on ${words.user(caller)}` : 'call as an admin or a reseller',
  isUndetermined: ({ caller }) => caller === undefined,
});

/** A reseller's own plain users; of all others everybody. */
function listUsers(caller: User | undefined, users: UserList): readonly User[] {
  return caller?.type === 'reseller' ? users.filter((user) => user.type === 'user' && user.owner_id === caller.id) : [...users];
}

function toRecord(user: User, users: UserList): ReplyRecord {
  const { id, username, first_name = '', last_name = '', type } = user;
  const { balance = USER_DEFAULTS.balance, blocked = USER_DEFAULTS.blocked, hidden = USER_DEFAULTS.hidden } = user;
  const { lcr_id = USER_DEFAULTS.lcr_id, tariff_id = USER_DEFAULTS.tariff_id } = user;
  const isResellers = user.type === 'user' && !isAdministrator(user.owner_id, users);
  return {
    id: String(id),
    username,
    first_name,
    last_name,
    balance,
    blocked: blocked ? '1' : '0',
    lcr_id: String(lcr_id),
    tariff_id: String(tariff_id),
    owner_id: isResellers ? String(user.owner_id) : '0',
    usertype: type,
    hidden: hidden ? '1' : '0',
  };
}

const RECORD = record({
  id: field('digits', 'id of the user'),
  username: field('string', 'what the user sends as u'),
  first_name: field('string', 'empty if there is none'),
  last_name: field('string', 'empty if there is none'),
  balance: field('string', 'as it is written in the fixtures'),
  blocked: field('digits', '0 or 1'),
  lcr_id: field('digits', 'id of the routing'),
  tariff_id: field('digits', 'id of the tariff'),
  owner_id: field('digits', 'id of the reseller; 0 for everybody else'),
  usertype: field('string', 'admin, accountant, reseller or user'),
  hidden: field('digits', '0 or 1'),
});

/** `users_get`. */
export const usersGet = defineCall<Omit<UsersGetFacts, keyof CallerFacts>>({
  name: 'users_get',
  summary: 'lists the users of the caller',
  params: {
    u: U,
    p: { description: 'password of the caller; required unless uniquehash is sent' },
    uniquehash: { description: 'of the caller, in place of p', isSecret: true },
    hash: HASH,
  },
  hashed: ['u', 'p'],
  isReadOnly: true,
  subject: 'u',
  answer: record({ status: record({ users: list('user', RECORD) }) }),
  onPage: ['accessDenied', 'hashIncorrect', 'usersNotViewable'],
  facts: ({ caller, params }) => ({ isLoggedIn: isLoggedIn(caller, params) }),
  checks: [apiIsEnabled, methodIsAllowed, callerIsLoggedIn, secretKeyIsSet, hashMatches, mayViewUsers],
  result: ({ caller, users }) => {
    const inOrder = listUsers(caller, users).toSorted((a, b) => a.id - b.id);
    return { reply: page({ status: { users: ['user', toRecords(inOrder, users)] } }), changes: [] };
  },
});

/** One record after the other, so that an answer of any length takes little memory. */
function* toRecords(shown: readonly User[], users: UserList): Generator<ReplyRecord> {
  for (const user of shown) yield toRecord(user, users);
}
