import { CALLER, type Mutant } from './mutant.ts';

const LOGIN = 'mor/calls/user-login.ts';
const LOGOUT = 'mor/calls/user-logout.ts';
const LIST = 'mor/calls/users-get.ts';
const DETAILS = 'mor/calls/user-details-get.ts';
const BALANCE = 'mor/calls/user-balance-get.ts';
const CUSTOMER = 'mor/checks/customer.ts';
const FORMAT = 'mor/format-balance.ts';

type Row = readonly [rule: string, breaks: string, file: string, from: string, to: string];

const inCall = (call: string, rows: readonly Row[]): readonly Mutant[] =>
  rows.map(([rule, breaks, file, from, to]) => ({ call, rule, breaks, file, from, to }));

const LOGIN_MUTANTS = inCall('user_login', [
  ['request.paths', 'it is called login_user', LOGIN, "name: 'user_login',", "name: 'login_user',"],
  ['hash.recipe', 'the key alone is hashed', LOGIN, "hashed: ['u', 'p'],", 'hashed: [],'],
  ['hash.recipe', 'p comes first', LOGIN, "hashed: ['u', 'p'],", "hashed: ['p', 'u'],"],
  ['hash.optional', 'a hash is needed', LOGIN, '  isHashOptional: true,\n', ''],
  [
    'hash.optional',
    'an empty hash is none',
    CALLER,
    "isHashOptional && !params.has('hash')",
    "isHashOptional && (params.get('hash') ?? '') === ''",
  ],
  [
    'hash.unchecked',
    'a hash that is sent is always checked',
    CALLER,
    '!hashIsLeftOut && !settings.disable_hash_checking &&',
    '!hashIsLeftOut &&',
  ],
  ['check.request', 'the API is never off', LOGIN, '    apiIsEnabled,\n', ''],
  ['check.request', 'GET is always allowed', LOGIN, '    methodIsAllowed,\n', ''],
  ['check.secret-key-missing', 'without a key it fails', LOGIN, '    secretKeyIsSet,\n', ''],
  ['check.hash-wrong', 'the usual error', LOGIN, "{ ...hashMatches, orElse: 'loginFailed' }", 'hashMatches'],
  ['check.hash-wrong', 'any hash fits', LOGIN, "    { ...hashMatches, orElse: 'loginFailed' },\n", ''],
  ['check.unknown', 'the usual error', LOGIN, "{ ...callerIsKnown, orElse: 'loginFailed' }", 'callerIsKnown'],
  [
    'check.unknown',
    'plain users do not log in',
    LOGIN,
    'requires: ({ passwordFits }) => passwordFits,',
    "requires: ({ passwordFits, caller }) => passwordFits && caller?.type !== 'user',",
  ],
  ['check.password', 'any password fits', LOGIN, '    passwordIsRight,\n', ''],
  ['check.password', 'an empty password may fit', LOGIN, "password !== '' && getString", 'getString'],
  [
    'check.password',
    'case does not matter',
    LOGIN,
    "getString(params, 'p') === password",
    "getString(params, 'p')?.toLowerCase() === password.toLowerCase()",
  ],
  [
    'check.password',
    'white space does not matter',
    LOGIN,
    "getString(params, 'p') === password",
    "getString(params, 'p')?.trim() === password",
  ],
  ['order', 'the hash is checked before the key is looked for', LOGIN, '    secretKeyIsSet,\n    { ...hashMatches', '    { ...hashMatches'],
  ['answer.action', 'the id is missing', LOGIN, ' user_id: String(caller.id),', ''],
  ['answer.action', 'the root is a page', LOGIN, 'form: ACTION,', "form: { root: 'page', isStandalone: false },"],
  ['answer.unchanged', 'a wrong hash has the usual frame', LOGIN, "{ ...hashMatches, orElse: 'loginFailed' }", 'hashMatches'],
  [
    'answer.unchanged',
    'nobody is denied in the words of old servers',
    LOGIN,
    "{ ...callerIsKnown, orElse: 'loginFailed' }",
    'callerIsKnown',
  ],
]);

const LOGOUT_MUTANTS = inCall('user_logout', [
  ['request.paths', 'it is called logout_user', LOGOUT, "name: 'user_logout',", "name: 'logout_user',"],
  ['hash.recipe', 'u is hashed', LOGOUT, 'hashed: [],', "hashed: ['u'],"],
  ['hash.optional', 'a hash is needed', LOGOUT, '  isHashOptional: true,\n', ''],
  ['check.request', 'the API is never off', LOGOUT, '    apiIsEnabled,\n', ''],
  ['check.request', 'without a key it fails', LOGOUT, '    secretKeyIsSet,\n', ''],
  ['check.hash-wrong', 'any hash fits', LOGOUT, "    { ...hashMatches, orElse: 'logoutFailed' },\n", ''],
  ['check.unknown', 'anybody logs out', LOGOUT, "    { ...callerIsKnown, orElse: 'logoutFailed' },\n", ''],
  ['answer.action', 'the status is done', LOGOUT, "action({ name: 'logout', status: 'ok' })", "action({ name: 'logout', status: 'done' })"],
  ['answer.action', 'a wrong hash has the usual frame', LOGOUT, "{ ...hashMatches, orElse: 'logoutFailed' }", 'hashMatches'],
]);

const LIST_CHECKS = '[apiIsEnabled, methodIsAllowed, callerIsLoggedIn, secretKeyIsSet, hashMatches, mayViewUsers]';

const LIST_MUTANTS = inCall('users_get', [
  ['request.paths', 'it is called users', LIST, "name: 'users_get',", "name: 'users',"],
  ['hash.recipe', 'p is not hashed', LIST, "hashed: ['u', 'p'],", "hashed: ['u'],"],
  ['hash.recipe', 'the uniquehash is hashed', LIST, "hashed: ['u', 'p'],", "hashed: ['u', 'p', 'uniquehash'],"],
  ['check.access-denied', 'no password is asked', LIST, 'methodIsAllowed, callerIsLoggedIn,', 'methodIsAllowed,'],
  ['check.access-denied', 'an empty password may fit', LIST, "own !== undefined && own !== '' &&", 'own !== undefined &&'],
  ['check.access-denied', 'case does not matter', LIST, 'sent === own;', 'sent?.toLowerCase() === own.toLowerCase();'],
  [
    'check.uniquehash',
    'only p counts',
    LIST,
    "[getString(params, 'uniquehash'), caller?.uniquehash]",
    "[getString(params, 'p'), caller?.password]",
  ],
  [
    'check.uniquehash',
    'uniquehash counts first',
    LIST,
    "const [sent, own] = params.has('p')",
    "const [sent, own] = !params.has('uniquehash')",
  ],
  ['check.hash-incorrect', 'the hash is not checked', LIST, ', hashMatches, mayViewUsers]', ', mayViewUsers]'],
  ['check.not-viewable', 'everybody may see users', LIST, ', hashMatches, mayViewUsers]', ', hashMatches]'],
  [
    'check.not-viewable',
    'accountants need the right to edit',
    LIST,
    "(caller.permissions.manage_users ?? 'none') !== 'none'",
    "caller.permissions.manage_users === 'edit'",
  ],
  [
    'check.not-viewable',
    'accountants may read if nothing is said',
    LIST,
    "(caller.permissions.manage_users ?? 'none') !== 'none'",
    "caller.permissions.manage_users !== 'none'",
  ],
  [
    'order',
    'the password is asked after the hash',
    LIST,
    LIST_CHECKS,
    '[apiIsEnabled, methodIsAllowed, secretKeyIsSet, hashMatches, callerIsLoggedIn, mayViewUsers]',
  ],
  [
    'order',
    'the password is asked first',
    LIST,
    LIST_CHECKS,
    '[callerIsLoggedIn, apiIsEnabled, methodIsAllowed, secretKeyIsSet, hashMatches, mayViewUsers]',
  ],
  [
    'list.administrator',
    "resellers' users are left out",
    LIST,
    ': [...users];',
    ": users.filter((user) => user.type !== 'user' || user.owner_id < 5);",
  ],
  ['list.administrator', 'the caller is left out', LIST, ': [...users];', ': users.filter((user) => user.id !== caller?.id);'],
  ['list.administrator', 'hidden users are left out', LIST, ': [...users];', ': users.filter((user) => user.hidden !== true);'],
  ['list.reseller', 'a reseller sees everybody', LIST, "caller?.type === 'reseller' ?", 'caller === undefined ?'],
  [
    'list.reseller',
    'the reseller is in the list',
    LIST,
    "user.type === 'user' && user.owner_id === caller.id",
    "user.id === caller.id || (user.type === 'user' && user.owner_id === caller.id)",
  ],
  ['answer.record', 'blocked is true or false', LIST, "blocked: blocked ? '1' : '0',", 'blocked: String(blocked),'],
  ['answer.record', 'the balance is a number', LIST, '    balance,\n    blocked', '    balance: String(Number(balance)),\n    blocked'],
  [
    'answer.record',
    "the owner of an admin's user is the admin",
    LIST,
    "isResellers ? String(user.owner_id) : '0'",
    "user.type === 'user' ? String(user.owner_id) : '0'",
  ],
  ['answer.order', 'the order is that of the fixtures', LIST, '.toSorted((a, b) => a.id - b.id)', ''],
]);

const FRAME_TO = "errorFrame: 'status',";
const FRAME_FROM = "errorFrame: 'page',";

const DETAILS_MUTANTS = inCall('user_details_get', [
  ['request.paths', 'it is called details', DETAILS, "name: 'user_details_get',", "name: 'details',"],
  ['request.who', 'the name alone counts', CUSTOMER, "if (!params.has('user_id')) return byName;", 'return byName;'],
  ['request.who', 'the id wins', CUSTOMER, "!params.has('username') || byId?.id === byName?.id ? byId", 'byId !== undefined ? byId'],
  ['request.who', 'an empty id is absent', CUSTOMER, "if (!params.has('user_id'))", "if ((params.get('user_id') ?? '') === '')"],
  ['hash.recipe', 'the name comes first', DETAILS, "hashed: ['user_id', 'username'],", "hashed: ['username', 'user_id'],"],
  ['hash.recipe', 'the name is not hashed', DETAILS, "hashed: ['user_id', 'username'],", "hashed: ['user_id'],"],
  ['check.frame', 'errors are in a status', DETAILS, FRAME_FROM, FRAME_TO],
  ['check.access-denied', 'nobody is not found', DETAILS, ', callerIsKnown, userIsVisible]', ', userIsVisible]'],
  [
    'check.access-denied',
    'plain users may not call',
    CUSTOMER,
    'requires: ({ caller }) => caller !== undefined,',
    "requires: ({ caller }) => caller !== undefined && caller.type !== 'user',",
  ],
  ['check.user-not-found', 'another text', CUSTOMER, "orElse: 'userNotFound'", "orElse: 'deviceUserNotFound'"],
  ['check.rights', 'a reseller sees everybody', CUSTOMER, ' || isUserOfCaller(', " || caller?.type === 'reseller' || isUserOfCaller("],
  ['check.rights', 'nobody sees themselves', CUSTOMER, ' || isUserOfCaller(', ' || caller?.id !== user.id && isUserOfCaller('],
  ['check.rights', 'an accountant sees nobody', CUSTOMER, " || caller?.type === 'accountant'", ''],
  [
    'check.rights',
    'a plain user sees the owner',
    CUSTOMER,
    ' || isUserOfCaller(',
    " || (caller?.type === 'user' && caller.owner_id === user.id) || isUserOfCaller(",
  ],
  ['answer.elements', 'the last name has its own name', DETAILS, 'surname: last_name,', 'last_name,'],
  [
    'answer.elements',
    'the address comes first',
    DETAILS,
    '{ ...asEmpty(REGISTRATION), reg_email: email }',
    '{ reg_email: email, ...asEmpty(REGISTRATION) }',
  ],
  ['answer.balance', 'the balance is as it is written', FORMAT, 'Number(balance).toFixed(4)', 'balance'],
  ['answer.balance', 'there is a negative zero', FORMAT, "Number(rounded) === 0 ? '0.0000' : rounded", 'rounded'],
]);

const BALANCE_MUTANTS = inCall('user_balance_get', [
  ['request.paths', 'it is called balance_of', BALANCE, "name: 'user_balance_get',", "name: 'balance_of',"],
  ['request.without-u', 'u is needed', BALANCE, "caller !== undefined || !params.has('u')", 'caller !== undefined'],
  [
    'request.without-u',
    'nobody is the caller',
    BALANCE,
    "(params.has('u') ? findUserNamedByU(params, state) : findUser(params, state))",
    'findUserNamedByU(params, state)',
  ],
  [
    'request.currency',
    'another currency is another amount',
    BALANCE,
    'result: ({ namedUser }) => {',
    "result: ({ namedUser: found, params }) => {\n    const namedUser = found && params.get('currency') === 'EUR' ? { ...found, balance: '1' } : found;",
  ],
  ['hash.recipe', 'the currency is not hashed', BALANCE, "hashed: ['username', 'currency'],", "hashed: ['username'],"],
  ['check.frame', 'errors are in a status', BALANCE, FRAME_FROM, FRAME_TO],
  ['check.access-denied', 'an unknown u is not found', BALANCE, "caller !== undefined || !params.has('u')", 'true'],
  [
    'check.access-denied',
    'plain users may not call',
    BALANCE,
    "caller !== undefined || !params.has('u')",
    "(caller !== undefined && caller.type !== 'user') || !params.has('u')",
  ],
  ['check.disabled', 'it is always on', BALANCE, '    featureIsOn,\n    userIsVisible,', '    userIsVisible,'],
  [
    'check.disabled',
    'the user is looked for before',
    BALANCE,
    '    featureIsOn,\n    userIsVisible,',
    '    userIsVisible,\n    featureIsOn,',
  ],
  ['check.user-not-found', 'another text', CUSTOMER, "orElse: 'userNotFound'", "orElse: 'deviceUserNotFound'"],
  ['check.rights', 'a reseller sees everybody', CUSTOMER, ' || isUserOfCaller(', " || caller?.type === 'reseller' || isUserOfCaller("],
  ['check.rights', 'an accountant sees nobody', CUSTOMER, " || caller?.type === 'accountant'", ''],
  ['answer.balance', 'two decimals', FORMAT, 'Number(balance).toFixed(4)', 'Number(balance).toFixed(2)'],
]);

/** Mocks that break one rule of a call about users each. */
export const CUSTOMER_MUTANTS: readonly Mutant[] = [
  ...LOGIN_MUTANTS,
  ...LOGOUT_MUTANTS,
  ...LIST_MUTANTS,
  ...DETAILS_MUTANTS,
  ...BALANCE_MUTANTS,
];
