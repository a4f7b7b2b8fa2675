/** Source: the vendor's page "MOR API did device assign"; docs/behaviour.md says how we decide what the page leaves open. */
import { assignDid } from '../changes.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { deviceExists, deviceIsForCaller, deviceIsPlain, didIsFreeForDevice, findAssignment, type AssignFacts } from '../checks/device.ts';
import { didIsForCaller, didIsNotTerminated, numberIsFoundOrDoesNotExist } from '../checks/did-number.ts';
import { mayManageDids } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

const SUCCESS = 'Device assigned to DID';

/** `did_device_assign`. */
export const didDeviceAssign = defineCall<Omit<AssignFacts, keyof CallerFacts>>({
  name: 'did_device_assign',
  oldNames: ['did_assign_device'],
  summary: 'assigns a DID to a device',
  params: {
    u: U,
    device_id: { description: 'id of the device', required: 'always', names: 'device' },
    did: { description: 'the number', required: 'always', names: 'didNumber' },
    hash: HASH,
  },
  hashed: ['device_id', 'did'],
  hashedWithoutDid: ['device_id'],
  answer: record({ status: record({ success: text(SUCCESS) }) }),
  legacyAnswer: record({ status: text(SUCCESS) }),
  onPage: [
    'hashIncorrect',
    'accessDenied',
    'deviceNotFound',
    'didNotFound',
    'deviceNotYours',
    'didsNotManageable',
    'didNotYours',
    'didIsTerminated',
    'didNotFree',
    'deviceNotAssigned',
  ],
  facts: findAssignment,
  checks: [
    ...CALLER_CHECKS,
    deviceExists,
    numberIsFoundOrDoesNotExist,
    deviceIsForCaller,
    mayManageDids,
    didIsForCaller,
    didIsNotTerminated,
    didIsFreeForDevice,
    deviceIsPlain,
  ],
  result: ({ did, device, deviceUser, settings }) => {
    if (did === undefined || device === undefined) throw new Error('did_device_assign got a result for a call that its checks refuse');
    return {
      reply: settings.dialect === 'legacy' ? page({ status: SUCCESS }) : page({ status: { success: SUCCESS } }),
      changes: assignDid(did, device, deviceUser),
    };
  },
});
