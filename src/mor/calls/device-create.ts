/** Source: older revisions of the vendor's page "MOR API device create", and published clients; docs/behaviour.md says what is ours. */
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { findNamedUser, userIsFound, type UserFacts } from '../checks/user.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { DEVICE_TYPES, MAX_ID, type Device } from '../model.ts';
import { makeDevice } from '../new-records.ts';
import { getString, type Params } from '../params.ts';
import { field, page, record, text } from '../reply.ts';

interface DeviceCreateFacts extends UserFacts {
  readonly type: Device['type'] | undefined;
  readonly group: number | undefined;
  readonly pinIsTaken: boolean;
}

/** The group that is named; 1 if none is, undefined for what is no group. */
function parseGroup(params: Params): number | undefined {
  const sent = getString(params, 'devicegroup_id');
  if (sent === undefined) return 1;
  const group = /^[0-9]+$/.test(sent) ? Number(sent) : Infinity;
  return group <= MAX_ID ? group : undefined;
}

const typeIsKnown = check<DeviceCreateFacts>({
  requires: ({ type }) => type !== undefined,
  orElse: 'deviceTypeInvalid',
  statement: `type is one of ${DEVICE_TYPES.join(', ')}, or not sent`,
  actual: (_, words) => words.param('type'),
  fix: (_, words) => `send as type one of: ${words.list(DEVICE_TYPES)}${words.rehash()}`,
});

const groupIsId = check<DeviceCreateFacts>({
  requires: ({ group }) => group !== undefined,
  orElse: 'deviceGroupInvalid',
  statement: 'devicegroup_id is an id in digits, or not sent',
  actual: (_, words) => words.param('devicegroup_id'),
  fix: (_, words) => `send digits, or no devicegroup_id${words.rehash()}`,
});

const pinIsNumber = check<DeviceCreateFacts>({
  requires: ({ params }) => /^[0-9]*$/.test(getString(params, 'pin') ?? ''),
  orElse: 'pinNotNumeric',
  statement: 'pin has digits only, or is empty or not sent',
  actual: ({ params }) => (params.has('pin') ? 'a pin was sent' : 'pin was not sent'),
  fix: (_, words) => `send digits, or no pin${words.rehash()}`,
});

const pinIsFree = check<DeviceCreateFacts>({
  requires: ({ pinIsTaken }) => !pinIsTaken,
  orElse: 'pinTaken',
  statement: 'no device has this pin',
  actual: ({ pinIsTaken }) => (pinIsTaken ? 'a device has it' : 'no device has it'),
  fix: (_, words) => `send another pin, or none${words.rehash()}`,
});

/** `device_create`. */
export const deviceCreate = defineCall<Omit<DeviceCreateFacts, keyof CallerFacts>>({
  name: 'device_create',
  summary: 'creates a device of a user',
  params: {
    u: U,
    user_id: { description: 'id of the user', required: 'always', names: 'user' },
    description: { description: 'in the hash if it is sent' },
    pin: { description: 'digits; empty: none. Default: the lowest free number from 100000 on' },
    type: { description: `one of ${DEVICE_TYPES.join(', ')}. Default: SIP` },
    devicegroup_id: { description: 'digits. Default: 1' },
    caller_id: { description: 'what the device shows as the number of its calls' },
    hash: HASH,
  },
  hashed: ['user_id', 'description', 'pin', 'type', 'devicegroup_id', 'caller_id'],
  subject: 'user_id',
  errorFrame: 'page',
  answer: record({
    status: text('Device created'),
    id: field('id', 'id of the device'),
    username: field('string', 'the id again'),
    password: field('string', 'password and the id'),
  }),
  onPage: ['hashIncorrect', 'accessDenied', 'userNotFound', 'deviceTypeInvalid', 'deviceGroupInvalid', 'pinNotNumeric', 'pinTaken'],
  facts: ({ params }, state) => {
    const pin = getString(params, 'pin') ?? '';
    const type = getString(params, 'type') ?? 'SIP';
    return {
      ...findNamedUser({ params }, state),
      type: DEVICE_TYPES.find((known) => known === type),
      group: parseGroup(params),
      pinIsTaken: pin !== '' && state.devices.some((device) => device.pin === pin),
    };
  },
  checks: [...CALLER_CHECKS, userIsFound, typeIsKnown, groupIsId, pinIsNumber, pinIsFree],
  result: ({ params, namedUser, type, group }, state) => {
    if (namedUser === undefined || type === undefined || group === undefined)
      throw new Error('device_create got a result for a call that its checks refuse');
    const callerid = getString(params, 'caller_id') ?? '';
    const draft = { user_id: namedUser.id, type, devicegroup_id: group, callerid, pin: getString(params, 'pin') };
    const device = makeDevice(draft, state);
    const { username, secret } = device;
    return {
      reply: page({ status: 'Device created', id: String(device.id), username, password: secret }),
      changes: [{ kind: 'device.add', device }],
    };
  },
});
