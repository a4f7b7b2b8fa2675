/** Source: the vendor's page "MOR API user register", older revisions of it and published clients; docs/behaviour.md says what is ours. */
import { check, type Check } from '../check.ts';
import { REQUEST_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { getFilledText, registrationIsOn } from '../checks/customer.ts';
import { defineCall, HASH } from '../define-call.ts';
import type { MorErrorName } from '../errors.ts';
import { ADMINISTRATOR_ID, type Device, type User } from '../model.ts';
import { makeDevice, takeId } from '../new-records.ts';
import { getString, type Params } from '../params.ts';
import { field, page, record, text } from '../reply.ts';
import type { MorState } from '../state.ts';

/** The types of device that a new user can have. */
const DEVICE_TYPES = ['SIP', 'IAX2', 'Virtual'] as const satisfies readonly Device['type'][];

const MIN_PASSWORD_LENGTH = 8;

interface RegisterFacts extends CallerFacts {
  readonly deviceType: (typeof DEVICE_TYPES)[number] | undefined;
  readonly usernameIsTaken: boolean;
  readonly emailIsTaken: boolean;
}

/** Who the administrator is if the fixtures do not name one. */
const ADMINISTRATOR: User = { id: ADMINISTRATOR_ID, username: 'admin', type: 'admin', accept_hash_without_did: false };

/** Who gets the new user: the admin or the reseller with this uniquehash, else the administrator. The request is checked as the owner's. */
function findOwner(params: Params, state: MorState): User {
  const uniquehash = getString(params, 'id') ?? '';
  const named = uniquehash === '' ? undefined : state.users.find((user) => user.uniquehash === uniquehash);
  if (named?.type === 'admin' || named?.type === 'reseller') return named;
  return state.findUserById(ADMINISTRATOR_ID) ?? ADMINISTRATOR;
}

function isFilled(name: string, orElse: MorErrorName): Check<RegisterFacts> {
  return check<RegisterFacts>({
    requires: ({ params }) => getFilledText(params, name) !== undefined,
    orElse,
    statement: `${name} is sent and not blank`,
    actual: (_, words) => words.param(name),
    fix: () => `send ${name}`,
  });
}

const deviceTypeIsKnown = check<RegisterFacts>({
  requires: ({ deviceType }) => deviceType !== undefined,
  orElse: 'deviceTypeMissing',
  statement: `device_type is one of ${DEVICE_TYPES.join(', ')}`,
  actual: (_, words) => words.param('device_type'),
  fix: (_, words) => `send as device_type one of: ${words.list(DEVICE_TYPES)}${words.rehash()}`,
});

const usernameIsFree = check<RegisterFacts>({
  requires: ({ usernameIsTaken }) => !usernameIsTaken,
  orElse: 'usernameTaken',
  statement: 'no user has this name',
  actual: ({ usernameIsTaken }, words) => (usernameIsTaken ? `${words.param('username')}: a user has this name` : words.param('username')),
  fix: (_, words) => `send a name that no user has${words.rehash()}`,
});

const passwordsMatch = check<RegisterFacts>({
  requires: ({ params }) => getFilledText(params, 'password') === getFilledText(params, 'password2'),
  orElse: 'passwordsDiffer',
  statement: 'password and password2 are the same',
  actual: ({ params }) => (getFilledText(params, 'password') === getFilledText(params, 'password2') ? 'they are' : 'they are not'),
  fix: () => 'send the password twice, as password and as password2',
});

function countCharacters(params: Params): number {
  return Array.from(getFilledText(params, 'password') ?? '').length;
}

const passwordIsLong = check<RegisterFacts>({
  requires: ({ params, settings }) => settings.allow_short_passwords || countCharacters(params) >= MIN_PASSWORD_LENGTH,
  orElse: 'passwordTooShort',
  statement: `the password has at least ${String(MIN_PASSWORD_LENGTH)} characters, or short ones are allowed`,
  actual: ({ params, settings }, words) =>
    `it has ${String(countCharacters(params))}; allow_short_passwords is ${words.onOff(settings.allow_short_passwords)}`,
  fix: () => 'a longer password, or allow_short_passwords: true in the settings',
});

const emailIsFree = check<RegisterFacts>({
  requires: ({ emailIsTaken }) => !emailIsTaken,
  orElse: 'emailTaken',
  statement: 'no user has this email address, whatever its case',
  actual: ({ emailIsTaken }, words) => (emailIsTaken ? `${words.param('email')}: a user has it` : words.param('email')),
  fix: (_, words) => `send an address that no user has${words.rehash()}`,
});

const IN_HASH = 'in the hash if it is sent';

/** `user_register`. */
export const userRegister = defineCall<Omit<RegisterFacts, keyof CallerFacts>>({
  name: 'user_register',
  oldNames: ['registration'],
  summary: 'makes a plain user and a device of theirs',
  params: {
    email: { description: 'email address of the new user', required: 'always' },
    id: { description: 'uniquehash of the admin or the reseller who becomes the owner; default: the administrator', isSecret: true },
    lcr_id: { description: IN_HASH },
    device_type: { description: `type of the device: ${DEVICE_TYPES.join(', ')}`, required: 'always' },
    username: { description: 'name of the new user', required: 'always' },
    first_name: { description: 'first name', required: 'always' },
    last_name: { description: 'last name', required: 'always' },
    caller_id: { description: IN_HASH },
    state: { description: IN_HASH },
    device_location_id: { description: IN_HASH },
    password: { description: 'password of the new user and the device', required: 'always' },
    password2: { description: 'the password again', required: 'always' },
    country_id: { description: 'not blank; nothing else is asked of it', required: 'always' },
    u: { description: 'sent by clients, not asked for' },
    hash: HASH,
  },
  hashed: ['email', 'id', 'lcr_id', 'device_type', 'username', 'first_name', 'last_name', 'caller_id', 'state', 'device_location_id'],
  subject: 'username',
  findCaller: findOwner,
  errorFrame: 'page',
  answer: record({
    status: record({ success: text('Registration successful') }),
    user_device_settings: record({
      user_id: field('id', 'id of the new user'),
      email: field('string', 'as sent'),
      device_type: field('string', 'as sent'),
      username: field('string', 'as sent'),
      password: field('string', 'as sent'),
      pin: field('digits', 'pin of the device'),
      server_ip: field('string', '127.0.0.1'),
      registration_notice: field('string', 'empty'),
    }),
  }),
  onPage: [
    'hashIncorrect',
    'registrationDisabled',
    'usernameMissing',
    'deviceTypeMissing',
    'usernameTaken',
    'passwordsDiffer',
    'passwordTooShort',
    'firstNameMissing',
    'lastNameMissing',
    'countryMissing',
    'emailMissing',
    'emailTaken',
  ],
  facts: ({ params }, state) => {
    const email = getFilledText(params, 'email')?.toLowerCase();
    return {
      deviceType: DEVICE_TYPES.find((type) => type === getString(params, 'device_type')),
      usernameIsTaken: state.findUserByName(getString(params, 'username') ?? '') !== undefined,
      emailIsTaken: email !== undefined && state.users.some((user) => user.email?.toLowerCase() === email),
    };
  },
  checks: [
    ...REQUEST_CHECKS,
    registrationIsOn,
    isFilled('username', 'usernameMissing'),
    deviceTypeIsKnown,
    usernameIsFree,
    passwordsMatch,
    passwordIsLong,
    isFilled('first_name', 'firstNameMissing'),
    isFilled('last_name', 'lastNameMissing'),
    isFilled('country_id', 'countryMissing'),
    isFilled('email', 'emailMissing'),
    emailIsFree,
  ],
  result: ({ params, caller: owner, deviceType }, state) => {
    if (deviceType === undefined) throw new Error('user_register got a result for a call that its checks refuse');
    const [email, username, first_name, last_name] = ['email', 'username', 'first_name', 'last_name'].map(
      (name) => getString(params, name) ?? '',
    ) as [string, string, string, string];
    const password = getFilledText(params, 'password') ?? '';
    const id = takeId(state.nextUserId, 'user');
    const owner_id = owner?.type === 'reseller' ? owner.id : ADMINISTRATOR_ID;
    const user: User = { id, username, first_name, last_name, password, email, accept_hash_without_did: false, type: 'user', owner_id };
    const draft = { user_id: id, type: deviceType, devicegroup_id: 1, callerid: '', pin: undefined, secret: password };
    const device = makeDevice(draft, state);
    const settings = { user_id: String(id), email, device_type: deviceType, username, password, pin: device.pin ?? '' };
    return {
      reply: page({
        status: { success: 'Registration successful' },
        user_device_settings: { ...settings, server_ip: '127.0.0.1', registration_notice: '' },
      }),
      changes: [
        { kind: 'user.add', user },
        { kind: 'device.add', device },
      ],
    };
  },
});
