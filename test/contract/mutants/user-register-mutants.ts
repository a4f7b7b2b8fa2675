import type { Mutant } from './mutant.ts';

const FILE = 'mor/calls/user-register.ts';
const RECORDS = 'mor/new-records.ts';
const CUSTOMER = 'mor/checks/customer.ts';

type Row = readonly [rule: string, breaks: string, file: string, from: string, to: string];

const HASHED =
  "hashed: ['email', 'id', 'lcr_id', 'device_type', 'username', 'first_name', 'last_name', 'caller_id', 'state', 'device_location_id'],";

const leaveOut = (rule: string, check: string): Row => [rule, 'it is not asked for', FILE, `    ${check},\n`, ''];

const ROWS: readonly Row[] = [
  ['request.paths', 'it is called register', FILE, "name: 'user_register',", "name: 'register',"],
  [
    'request.blank',
    'blanks are a text',
    CUSTOMER,
    "text === undefined || trimmed(text) === '' ? undefined : text",
    "text === undefined || text === '' ? undefined : text",
  ],
  ['request.u', 'u must be known', FILE, '  findCaller: findOwner,\n', ''],
  ['hash.recipe', 'the password is hashed', FILE, HASHED, HASHED.replace("'device_location_id'", "'device_location_id', 'password'")],
  ['hash.recipe', 'state comes before caller_id', FILE, HASHED, HASHED.replace("'caller_id', 'state'", "'state', 'caller_id'")],
  ['owner', 'a reseller gets nobody', FILE, "owner?.type === 'reseller' ? owner.id : ADMINISTRATOR_ID", 'ADMINISTRATOR_ID'],
  [
    'owner',
    'anybody may be the owner',
    FILE,
    "if (named?.type === 'admin' || named?.type === 'reseller') return named;",
    "if (named !== undefined) return { ...named, type: 'reseller' } as never;",
  ],
  [
    'owner.checks',
    'they are made for the administrator',
    FILE,
    '  findCaller: findOwner,\n',
    '  findCaller: (_, state) => state.findUserById(0),\n',
  ],
  ['check.frame', 'errors are in a status', FILE, "errorFrame: 'page',", "errorFrame: 'status',"],
  leaveOut('check.registration-disabled', 'registrationIsOn'),
  leaveOut('check.username', "isFilled('username', 'usernameMissing')"),
  leaveOut('check.first-name', "isFilled('first_name', 'firstNameMissing')"),
  leaveOut('check.last-name', "isFilled('last_name', 'lastNameMissing')"),
  leaveOut('check.country', "isFilled('country_id', 'countryMissing')"),
  leaveOut('check.email', "isFilled('email', 'emailMissing')"),
  leaveOut('check.username-taken', 'usernameIsFree'),
  leaveOut('check.passwords', 'passwordsMatch'),
  leaveOut('check.short-password', 'passwordIsLong'),
  leaveOut('check.email-taken', 'emailIsFree'),
  [
    'check.device-type',
    'every type of MOR will do',
    FILE,
    "const DEVICE_TYPES = ['SIP', 'IAX2', 'Virtual']",
    "const DEVICE_TYPES = ['SIP', 'IAX2', 'Virtual', 'FAX']",
  ],
  [
    'check.device-type',
    'case does not matter',
    FILE,
    "type === getString(params, 'device_type')",
    "type.toLowerCase() === getString(params, 'device_type')?.toLowerCase()",
  ],
  [
    'check.username-taken',
    'case does not matter',
    FILE,
    "state.findUserByName(getString(params, 'username') ?? '') !== undefined",
    "state.users.some((user) => user.username.toLowerCase() === getString(params, 'username')?.toLowerCase())",
  ],
  [
    'check.passwords',
    'case does not matter',
    FILE,
    "requires: ({ params }) => getFilledText(params, 'password') === getFilledText(params, 'password2')",
    "requires: ({ params }) => getFilledText(params, 'password')?.toLowerCase() === getFilledText(params, 'password2')?.toLowerCase()",
  ],
  ['check.short-password', 'nine characters are needed', FILE, 'const MIN_PASSWORD_LENGTH = 8;', 'const MIN_PASSWORD_LENGTH = 9;'],
  ['check.short-password', 'seven characters will do', FILE, 'const MIN_PASSWORD_LENGTH = 8;', 'const MIN_PASSWORD_LENGTH = 7;'],
  ['check.short-password', 'short ones are never allowed', FILE, 'settings.allow_short_passwords ||', 'false ||'],
  ['check.email-taken', 'case matters', FILE, "getFilledText(params, 'email')?.toLowerCase()", "getFilledText(params, 'email')"],
  [
    'order',
    'the name is looked at before the type',
    FILE,
    '    deviceTypeIsKnown,\n    usernameIsFree,',
    '    usernameIsFree,\n    deviceTypeIsKnown,',
  ],
  ['order', 'the length is looked at first', FILE, '    passwordsMatch,\n    passwordIsLong,', '    passwordIsLong,\n    passwordsMatch,'],
  ['effect.user', 'the password is not kept', FILE, 'last_name, password, email,', 'last_name, email,'],
  [
    'effect.user',
    'names are trimmed of what looks like XML',
    FILE,
    "getString(params, name) ?? '',",
    "(getString(params, name) ?? '').replace(/<.*?>/g, ''),",
  ],
  ['effect.device', 'the secret is that of device_create', FILE, ', pin: undefined, secret: password }', ', pin: undefined }'],
  ['effect.device', 'it has no pin', FILE, 'pin: undefined, secret', "pin: '', secret"],
  [
    'effect.device',
    'it is not the main one',
    RECORDS,
    '!state.devices.some((device) => device.user_id === user_id)',
    'state.devices.length === 0',
  ],
  ['effect.ids', 'the id is how many there are', FILE, "takeId(state.nextUserId, 'user')", 'state.users.length + 5'],
  ['effect.ids', 'a device has the id of its user', RECORDS, "const id = takeId(state.nextDeviceId, 'device');", 'const id = user_id;'],
  ['answer.success', 'the server is called localhost', FILE, "server_ip: '127.0.0.1'", "server_ip: 'localhost'"],
  [
    'answer.success',
    'the user comes last',
    FILE,
    "{ ...settings, server_ip: '127.0.0.1', registration_notice: '' }",
    "{ server_ip: '127.0.0.1', registration_notice: '', ...settings }",
  ],
];

/** Mocks that break one rule of user_register each. */
export const USER_REGISTER_MUTANTS: readonly Mutant[] = ROWS.map(([rule, breaks, file, from, to]) => ({
  call: 'user_register',
  rule,
  breaks,
  file,
  from,
  to,
}));
