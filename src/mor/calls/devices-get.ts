/** Source: the vendor's page "MOR API devices get"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { REQUEST_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { findNamedUser, userIsFound, type UserFacts } from '../checks/user.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import type { Device } from '../model.ts';
import { getString, NOT_TEXT, trimmed } from '../params.ts';
import { field, list, page, record, type ReplyRecord } from '../reply.ts';

/** In place of the usual fifth check: an accountant may not call it either. */
const callerMayLogIn = check<UserFacts>({
  requires: ({ caller }) => caller?.type === 'admin' || caller?.type === 'reseller',
  orElse: 'badLogin',
  statement: 'the caller is an admin or a reseller',
  actual: (_, words) => words.caller(),
  fix: () => 'send as u an admin or a reseller; a hash is then checked too',
});

const userIdIsSent = check<UserFacts>({
  requires: ({ params }) => {
    const sent = params.get('user_id') ?? '';
    return sent === NOT_TEXT || trimmed(sent) !== '';
  },
  orElse: 'userIdEmpty',
  statement: 'user_id is not empty',
  actual: (_, words) => words.param('user_id'),
  fix: (_, words) => `send the id of a user as user_id${words.rehash()}`,
});

/** In the words of this page, for callers of any kind. */
const userIsThere = check<UserFacts>({
  ...userIsFound,
  orElse: 'deviceUserNotFound',
  isUndetermined: ({ caller, params }) => caller === undefined || !params.has('user_id'),
});

function toRecord(device: Device): ReplyRecord {
  return {
    device_id: String(device.id),
    device_type: device.type,
    devicegroup_id: String(device.devicegroup_id),
    primary_device: device.primary ? 'yes' : 'no',
    username: device.username,
    secret: device.secret,
    ipaddr: device.ipaddr,
    port: String(device.port),
    callerid: device.callerid,
  };
}

/** `devices_get`. */
export const devicesGet = defineCall<Omit<UserFacts, keyof CallerFacts>>({
  name: 'devices_get',
  oldNames: ['device_list'],
  summary: 'lists the devices of a user',
  params: {
    u: U,
    user_id: { description: 'id of the user', required: 'always', names: 'user' },
    show_hidden_devices: { description: '0 leaves hidden devices out; anything else shows them' },
    hash: HASH,
  },
  hashed: ['user_id'],
  isReadOnly: true,
  answer: record({
    devices: list(
      'device',
      record({
        device_id: field('id', 'id of the device'),
        device_type: field('string', 'such as SIP'),
        devicegroup_id: field('digits', 'id of the group of devices'),
        primary_device: field('string', "yes for the user's main device, else no"),
        username: field('string', 'what the device logs in with'),
        secret: field('string', 'its password'),
        ipaddr: field('string', 'its address'),
        port: field('digits', 'its port'),
        callerid: field('string', 'what it shows as the number of its calls'),
      }),
    ),
  }),
  onPage: ['hashIncorrect', 'badLogin', 'userIdEmpty', 'deviceUserNotFound'],
  facts: findNamedUser,
  checks: [...REQUEST_CHECKS, callerMayLogIn, userIdIsSent, userIsThere],
  result: ({ params, namedUser }, { devices }) => {
    const showsHidden = getString(params, 'show_hidden_devices') !== '0';
    const shown = devices.filter(({ user_id, hidden }) => user_id === namedUser?.id && (showsHidden || !hidden));
    const inOrder = shown.toSorted((a, b) => a.id - b.id);
    return { reply: page({ devices: ['device', inOrder.map(toRecord)] }), changes: [] };
  },
});
