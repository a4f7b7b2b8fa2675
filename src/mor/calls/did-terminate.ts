/** Source: the vendor's page "MOR API did terminate"; docs/behaviour.md says how we decide what the page leaves open. */
import { terminateDid } from '../changes.ts';
import { check } from '../check.ts';
import { CALLER_CHECKS, isAdministrator, type CallerFacts } from '../checks/caller.ts';
import { didIsFound, findNamedDid, type DidFacts } from '../checks/did.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

const didIsNotResellersFree = check<DidFacts>({
  requires: ({ did, users }) => did !== undefined && !(did.status === 'free' && !isAdministrator(did.reseller_id, users)),
  orElse: 'didNotTerminated',
  statement: 'the DID is not a free one of a reseller',
  actual: ({ did }, words) =>
    did === undefined ? 'no DID was found' : `it is ${did.status} and belongs to ${words.owner(did.reseller_id)}`,
  fix: () => 'make it free as an admin first, which takes it from the reseller; or close it',
  isUndetermined: ({ did }) => did === undefined,
});

const didCanBeTerminated = check<DidFacts>({
  requires: ({ did }) => did !== undefined && (did.status === 'free' || did.status === 'closed'),
  orElse: 'onlyFreeOrClosedTerminated',
  statement: 'the DID is free or closed',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `it is ${did.status}`),
  fix: () => 'close it or make it free first',
  isUndetermined: ({ did }) => did === undefined,
});

/** `did_terminate`. */
export const didTerminate = defineCall<Omit<DidFacts, keyof CallerFacts>>({
  name: 'did_terminate',
  summary: 'terminates a free or closed DID',
  params: { u: U, dids_id: { description: 'id of the DID', required: 'always', names: 'didId' }, hash: HASH },
  hashed: ['dids_id'],
  answer: record({ status: record({ success: text('DID successfully terminated') }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'didNotFound', 'didNotTerminated', 'onlyFreeOrClosedTerminated'],
  facts: (caller, state) => findNamedDid('dids_id', caller, state),
  checks: [...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didIsNotResellersFree, didCanBeTerminated],
  result: ({ did }) => {
    if (did === undefined) throw new Error('did_terminate got a result for a call that its checks refuse');
    return { reply: page({ status: { success: 'DID successfully terminated' } }), changes: [terminateDid(did)] };
  },
});
