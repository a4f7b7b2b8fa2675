import type { Mutant } from './mutant.ts';

const CREATE = 'mor/calls/device-create.ts';
const UPDATE = 'mor/calls/device-update.ts';
const DELETE = 'mor/calls/device-delete.ts';
const RECORDS = 'mor/new-records.ts';
const NAMED = 'mor/checks/named-device.ts';
const DEVICE = 'mor/checks/device.ts';
const USER = 'mor/checks/user.ts';
const OVERLAY = 'world/device-overlay.ts';

type Row = readonly [rule: string, breaks: string, file: string, from: string, to: string];

const inCall = (call: string, rows: readonly Row[]): readonly Mutant[] =>
  rows.map(([rule, breaks, file, from, to]) => ({ call, rule, breaks, file, from, to }));

const HASHED = "hashed: ['user_id', 'description', 'pin', 'type', 'devicegroup_id', 'caller_id'],";
const CHECKS = '[...CALLER_CHECKS, userIsFound, typeIsKnown, groupIsId, pinIsNumber, pinIsFree]';

const CREATE_MUTANTS = inCall('device_create', [
  ['request.paths', 'it is called create_device', CREATE, "name: 'device_create',", "name: 'create_device',"],
  [
    'request.id',
    'what begins with digits is an id',
    USER,
    "idIn(getString(params, 'user_id') ?? '')",
    "Number.parseInt(getString(params, 'user_id') ?? '', 10)",
  ],
  [
    'request.id',
    'white space does not go',
    USER,
    "idIn(getString(params, 'user_id') ?? '')",
    "idIn((getString(params, 'user_id') ?? '').replaceAll(/\\s/g, 'x'))",
  ],
  ['hash.recipe', 'the id alone is hashed', CREATE, HASHED, "hashed: ['user_id'],"],
  [
    'hash.recipe',
    'the pin comes last',
    CREATE,
    HASHED,
    "hashed: ['user_id', 'description', 'type', 'devicegroup_id', 'caller_id', 'pin'],",
  ],
  ['check.frame', 'errors are in a status', CREATE, "errorFrame: 'page',", "errorFrame: 'status',"],
  ['check.access-denied', 'anybody may call', CREATE, '[...CALLER_CHECKS, userIsFound', '[...CALLER_CHECKS.slice(0, 4), userIsFound'],
  [
    'check.user-not-found',
    'every user is found',
    USER,
    'namedUser !== undefined && isUserOfCaller(caller, namedUser, users),',
    'namedUser !== undefined,',
  ],
  ['check.user-not-found', 'an admin finds no reseller', USER, "user.type === 'reseller' || (", '('],
  ['check.type', 'another text', CREATE, "orElse: 'deviceTypeInvalid'", "orElse: 'deviceGroupInvalid'"],
  ['check.type', 'case does not matter', CREATE, 'known === type', 'known.toLowerCase() === type.toLowerCase()'],
  ['check.type', 'an empty type is absent', CREATE, "getString(params, 'type') ?? 'SIP'", "(getString(params, 'type') || 'SIP')"],
  [
    'check.group',
    'an empty group is absent',
    CREATE,
    'if (sent === undefined) return 1;',
    "if (sent === undefined || sent === '') return 1;",
  ],
  ['check.group', 'a group may be as high as it likes', CREATE, 'group <= MAX_ID ? group', 'group < Infinity ? group'],
  ['check.pin-numeric', 'every pin will do', CREATE, 'groupIsId, pinIsNumber, pinIsFree]', 'groupIsId, pinIsFree]'],
  ['check.pin-used', 'a pin may be there twice', CREATE, 'pinIsNumber, pinIsFree]', 'pinIsNumber]'],
  ['check.pin-used', 'zeros in front do not count', CREATE, 'device.pin === pin)', 'Number(device.pin) === Number(pin))'],
  [
    'order',
    'the type is looked at before the user',
    CREATE,
    CHECKS,
    '[...CALLER_CHECKS, typeIsKnown, userIsFound, groupIsId, pinIsNumber, pinIsFree]',
  ],
  [
    'order',
    'the pin is looked at before the group',
    CREATE,
    CHECKS,
    '[...CALLER_CHECKS, userIsFound, typeIsKnown, pinIsNumber, groupIsId, pinIsFree]',
  ],
  ['effect.device', 'the caller id is not kept', CREATE, "const callerid = getString(params, 'caller_id') ?? '';", "const callerid = '';"],
  ['effect.device', 'the secret is empty', RECORDS, 'secret: secret ?? `password${String(id)}`', "secret: secret ?? ''"],
  ['effect.pin', 'left out is none', RECORDS, 'pin ?? findFreePin(state.devices)', "pin ?? ''"],
  ['effect.pin', 'the first pin is 100001', RECORDS, 'FIRST_PIN = 100_000', 'FIRST_PIN = 100_001'],
  ['effect.pin', 'an empty one is kept', RECORDS, "settledPin === '' ? {} : { pin: settledPin }", '{ pin: settledPin }'],
  ['effect.primary', 'every device is the main one', RECORDS, '!state.devices.some((device) => device.user_id === user_id)', 'true'],
  ['effect.primary', 'none is the main one', RECORDS, '!state.devices.some((device) => device.user_id === user_id)', 'false'],
  ['effect.ids', 'the id is how many there are', RECORDS, "takeId(state.nextDeviceId, 'device')", 'state.devices.length + 7'],
  ['answer.success', 'the password is masked', CREATE, 'username, password: secret }', "username, password: '***' }"],
]);

const UPDATE_MUTANTS = inCall('device_update', [
  ['request.paths', 'it is called update_device', UPDATE, "name: 'device_update',", "name: 'update_device',"],
  [
    'hash.recipe',
    'the device alone is hashed',
    UPDATE,
    "hashed: ['device', 'authentication', 'username', 'host', 'port'],",
    "hashed: ['device'],",
  ],
  ['hash.recipe', 'the password is hashed', UPDATE, "'host', 'port'],", "'host', 'port', 'password'],"],
  ['check.access-denied', 'anybody may call', UPDATE, '[...CALLER_CHECKS, deviceIsFound]', '[...CALLER_CHECKS.slice(0, 4), deviceIsFound]'],
  [
    'check.access-denied',
    'an accountant may not call',
    UPDATE,
    '[...CALLER_CHECKS, deviceIsFound]',
    "[...CALLER_CHECKS, { ...CALLER_CHECKS[4], requires: ({ caller }) => caller?.type !== 'accountant' }, deviceIsFound]",
  ],
  ['check.device-not-found', 'every device is found', NAMED, 'device: isTheirs ? device : undefined', 'device'],
  [
    'check.device-not-found',
    "an admin finds no admin's device",
    DEVICE,
    "=== 'accountant') && isAdministrator(user_id, users)",
    "=== 'accountant') && false",
  ],
  ['effect.fields', 'the caller id is not kept', UPDATE, '  if (callerid !== undefined) fields.callerid = callerid;\n', ''],
  ['effect.fields', 'an empty host is none', UPDATE, 'if (host !== undefined)', "if (host !== undefined && host !== '')"],
  ['effect.fields', 'nothing is hidden', UPDATE, "fields.hidden = hidden === '1'", 'fields.hidden = false'],
  ['effect.invalid', 'an empty username is one', UPDATE, "if (username !== undefined && username !== '')", 'if (username !== undefined)'],
  ['effect.invalid', 'a port may be as high as it likes', UPDATE, ' && Number(port) <= MAX_PORT', ''],
  [
    'effect.invalid',
    'yes hides a device',
    UPDATE,
    "if (hidden === '0' || hidden === '1') fields.hidden = hidden === '1';",
    "if (hidden !== undefined) fields.hidden = hidden !== '0';",
  ],
  ['effect.pin', 'a pin may be there twice', UPDATE, ' && !isTaken()) fields.pin', ') fields.pin'],
  [
    'effect.pin',
    'a pin stays',
    UPDATE,
    "if (pin === '') fields.pin = undefined;",
    "if (pin === '') fields.pin = device_pin;".replace('device_pin', "'1'"),
  ],
  [
    'effect.nothing',
    'values that are there change the device',
    UPDATE,
    '([name, value]) => device[name as keyof Device] !== value',
    '() => true',
  ],
  ['effect.nothing', 'callerid is read, too', UPDATE, "['password', 'callerid_number']", "['password', 'callerid']"],
  ['answer.success', 'another text', UPDATE, "const SUCCESS = 'Device successfully updated';", "const SUCCESS = 'Device updated';"],
]);

const DELETE_MUTANTS = inCall('device_delete', [
  ['request.paths', 'it is called delete_device', DELETE, "name: 'device_delete',", "name: 'delete_device',"],
  ['hash.recipe', 'the key alone is hashed', DELETE, "hashed: ['device'],", 'hashed: [],'],
  ['check.access-denied', 'anybody may call', DELETE, '[...CALLER_CHECKS, deviceIsFound', '[...CALLER_CHECKS.slice(0, 4), deviceIsFound'],
  [
    'check.access-denied',
    'an accountant may not call',
    DELETE,
    '[...CALLER_CHECKS, deviceIsFound',
    "[...CALLER_CHECKS, { ...CALLER_CHECKS[4], requires: ({ caller }) => caller?.type !== 'accountant' }, deviceIsFound",
  ],
  ['check.device-not-found', 'every device is found', NAMED, 'device: isTheirs ? device : undefined', 'device'],
  ['check.registration-disabled', 'it does not matter', DELETE, 'deviceIsFound, registrationIsOn]', 'deviceIsFound]'],
  ['check.registration-disabled', 'it is looked at first', DELETE, 'deviceIsFound, registrationIsOn]', 'registrationIsOn, deviceIsFound]'],
  ['effect.gone', 'the device stays', DELETE, "[...changes, { kind: 'device.delete', id: device.id }]", 'changes'],
  [
    'effect.gone',
    'the highest id is given again',
    OVERLAY,
    '    this.#byId.delete(id);\n',
    '    this.#byId.delete(id);\n    if (id === this.nextId - 1) this.nextId = id;\n',
  ],
  [
    'effect.dids',
    'its DIDs are free',
    DELETE,
    "status: 'reserved', device_id: undefined",
    "status: 'free', device_id: undefined, user_id: undefined",
  ],
  ['effect.dids', 'its DIDs stay', DELETE, '[...changes, {', '[{'],
  ['answer.success', 'it is a success', DELETE, 'page({ status: SUCCESS })', 'page({ status: { success: SUCCESS } })'],
]);

/** Mocks that break one rule of a call about devices each. */
export const DEVICE_MUTANTS: readonly Mutant[] = [...CREATE_MUTANTS, ...UPDATE_MUTANTS, ...DELETE_MUTANTS];
