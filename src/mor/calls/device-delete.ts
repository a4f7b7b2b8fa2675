/** Source: the vendor's page "MOR API device delete"; docs/behaviour.md says how we decide what the page leaves open. */
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { registrationIsOn } from '../checks/customer.ts';
import { deviceIsFound, findNamedDevice, type DeviceFacts } from '../checks/named-device.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';
import type { StateChange } from '../state.ts';

const SUCCESS = 'Device was deleted';

/** `device_delete`. */
export const deviceDelete = defineCall<Omit<DeviceFacts, keyof CallerFacts>>({
  name: 'device_delete',
  oldNames: ['device_destroy'],
  summary: 'deletes a device; its user keeps its DIDs',
  params: { u: U, device: { description: 'id of the device', required: 'always', names: 'device' }, hash: HASH },
  hashed: ['device'],
  answer: record({ status: text(SUCCESS) }),
  onPage: ['hashIncorrect', 'accessDenied', 'deviceNotFound', 'registrationDisabled'],
  facts: findNamedDevice,
  checks: [...CALLER_CHECKS, deviceIsFound, registrationIsOn],
  result: ({ device }, state) => {
    if (device === undefined) throw new Error('device_delete got a result for a call that its checks refuse');
    const changes = state
      .listDidsOfDevice(device.id)
      .map(({ id }): StateChange => ({ kind: 'did.update', id, fields: { status: 'reserved', device_id: undefined } }));
    return { reply: page({ status: SUCCESS }), changes: [...changes, { kind: 'device.delete', id: device.id }] };
  },
});
