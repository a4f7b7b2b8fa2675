/** Source: the vendor's page "MOR API device update"; docs/behaviour.md says how we decide what the page leaves open. */
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { deviceIsFound, findNamedDevice, type DeviceFacts } from '../checks/named-device.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { TRUNK_KINDS, type Device } from '../model.ts';
import { getString, type Params } from '../params.ts';
import { page, record, text } from '../reply.ts';

const SUCCESS = 'Device successfully updated';

type Fields = { -readonly [Field in keyof Device]?: Device[Field] | undefined };

const MAX_PORT = 65_535;

/** What the parameters change; a value that a field cannot have changes nothing. */
function readFields(params: Params, { id }: Device, devices: readonly Device[]): Fields {
  const fields: Fields = {};
  const [username, host, port] = ['username', 'host', 'port'].map((name) => getString(params, name));
  const [password, callerid] = ['password', 'callerid_number'].map((name) => getString(params, name));
  const [trunk, hidden, pin] = ['trunk', 'hidden', 'pin'].map((name) => getString(params, name));
  if (username !== undefined && username !== '') fields.username = username;
  if (host !== undefined) fields.ipaddr = host;
  if (port !== undefined && /^[0-9]+$/.test(port) && Number(port) <= MAX_PORT) fields.port = Number(port);
  if (password !== undefined) fields.secret = password;
  if (callerid !== undefined) fields.callerid = callerid;
  const kind = TRUNK_KINDS.find((known) => String(known) === trunk);
  if (kind !== undefined) fields.trunk = kind;
  if (hidden === '0' || hidden === '1') fields.hidden = hidden === '1';
  const isTaken = (): boolean => devices.some((device) => device.pin === pin && device.id !== id);
  if (pin === '') fields.pin = undefined;
  else if (pin !== undefined && /^[0-9]+$/.test(pin) && !isTaken()) fields.pin = pin;
  return fields;
}

/** The fields that are not as they were. */
function keepChanged(fields: Fields, device: Device): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => device[name as keyof Device] !== value));
}

/** `device_update`. */
export const deviceUpdate = defineCall<Omit<DeviceFacts, keyof CallerFacts>>({
  name: 'device_update',
  summary: 'changes a device',
  params: {
    u: U,
    device: { description: 'id of the device', required: 'always', names: 'device' },
    authentication: { description: 'in the hash if it is sent' },
    username: { description: 'what the device logs in with; not empty' },
    host: { description: 'address of the device' },
    port: { description: `digits, at most ${String(MAX_PORT)}` },
    password: { description: 'password of the device' },
    callerid_number: { description: 'what the device shows as the number of its calls' },
    trunk: { description: '0: a plain device, 1: a trunk with ANI, 2: one without' },
    hidden: { description: '1: lists leave it out, 0: they do not' },
    pin: { description: 'digits that no other device has; empty: none' },
    hash: HASH,
  },
  hashed: ['device', 'authentication', 'username', 'host', 'port'],
  subject: 'device',
  answer: record({ status: record({ success: text(SUCCESS) }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'deviceNotFound'],
  facts: findNamedDevice,
  checks: [...CALLER_CHECKS, deviceIsFound],
  result: ({ params, device }, { devices }) => {
    if (device === undefined) throw new Error('device_update got a result for a call that its checks refuse');
    const fields = keepChanged(readFields(params, device, devices), device) as Partial<Omit<Device, 'id' | 'user_id'>>;
    const changes = Object.keys(fields).length === 0 ? [] : [{ kind: 'device.update' as const, id: device.id, fields }];
    return { reply: page({ status: { success: SUCCESS } }), changes };
  },
});
