/** Source: the vendor's page "MOR API did device_unassign"; docs/behaviour.md says how we decide what the page leaves open. */
import { unassignDid } from '../changes.ts';
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { didIsInNoDialPlan, hasDevice } from '../checks/did.ts';
import { didIsForCaller, didIsNotTerminated, findNumberedDid, numberIsFoundOrInvalid, type DidNumberFacts } from '../checks/did-number.ts';
import { mayManageDids } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

const didIsTaken = check<DidNumberFacts>({
  requires: ({ did }) => did !== undefined && (hasDevice(did) || did.dial_plan_id !== undefined),
  orElse: 'didAlreadyFree',
  statement: 'the DID has a device or a dial plan',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `it is ${did.status}`),
  fix: () => 'nothing: there is no device to take away',
  isUndetermined: ({ did }) => did === undefined,
});

/** In the words of this page. */
const didIsInNoDialplan = check<DidNumberFacts>({ ...didIsInNoDialPlan, orElse: 'didInDialplan' });

/** `did_device_unassign`. */
export const didDeviceUnassign = defineCall<Omit<DidNumberFacts, keyof CallerFacts>>({
  name: 'did_device_unassign',
  oldNames: ['did_unassign_device'],
  summary: 'takes a DID from its device',
  params: { u: U, did: { description: 'the number', required: 'always', names: 'didNumber' }, hash: HASH },
  hashed: ['did'],
  hashedWithoutDid: [],
  answer: record({ status: record({ success: text('Device was unassigned from DID') }) }),
  onPage: [
    'hashIncorrect',
    'accessDenied',
    'didNotFound',
    'didsNotManageable',
    'didNotYours',
    'didIsTerminated',
    'didAlreadyFree',
    'didInDialplan',
  ],
  facts: findNumberedDid,
  checks: [...CALLER_CHECKS, numberIsFoundOrInvalid, mayManageDids, didIsForCaller, didIsNotTerminated, didIsTaken, didIsInNoDialplan],
  result: ({ did, settings }) => {
    if (did === undefined) throw new Error('did_device_unassign got a result for a call that its checks refuse');
    return { reply: page({ status: { success: 'Device was unassigned from DID' } }), changes: [unassignDid(did, settings)] };
  },
});
