/** Source: the vendor's page "MOR API did trunk device assign"; docs/behaviour.md says how we decide what the page leaves open. */
import { assignDid } from '../changes.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { deviceExists, deviceIsForCaller, deviceIsTrunk, didIsFreeForDevice, findAssignment, type AssignFacts } from '../checks/device.ts';
import { didIsForCaller, didIsNotTerminated, numberIsFound } from '../checks/did-number.ts';
import { mayManageDids } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

const SUCCESS = 'Device assigned to DID';

/** `did_trunk_device_assign`. */
export const didTrunkDeviceAssign = defineCall<Omit<AssignFacts, keyof CallerFacts>>({
  name: 'did_trunk_device_assign',
  summary: 'assigns a DID to a trunk',
  params: {
    u: U,
    device_id: { description: 'id of the device', required: 'always', names: 'device' },
    did: { description: 'the number', required: 'always', names: 'didNumber' },
    hash: HASH,
  },
  hashed: ['device_id', 'did'],
  hashedWithoutDid: ['device_id'],
  answer: record({ status: record({ success: text(SUCCESS) }) }),
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
    numberIsFound,
    deviceIsForCaller,
    mayManageDids,
    didIsForCaller,
    didIsNotTerminated,
    didIsFreeForDevice,
    deviceIsTrunk,
  ],
  result: ({ did, device, deviceUser }) => {
    if (did === undefined || device === undefined)
      throw new Error('did_trunk_device_assign got a result for a call that its checks refuse');
    return { reply: page({ status: { success: SUCCESS } }), changes: assignDid(did, device, deviceUser) };
  },
});
