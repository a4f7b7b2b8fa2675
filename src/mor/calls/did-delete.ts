/** Source: the vendor's page "MOR API did delete"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { didIsFound, findNamedDid, type DidFacts } from '../checks/did.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

const didIsTerminated = check<DidFacts>({
  requires: ({ did }) => did?.status === 'terminated',
  orElse: 'didMustBeTerminated',
  statement: 'the DID is terminated',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `it is ${did.status}`),
  fix: () => 'terminate it first',
  isUndetermined: ({ did }) => did === undefined,
});

const didHasNoCalls = check<DidFacts>({
  requires: ({ did }) => did?.has_calls !== true,
  orElse: 'didHasCalls',
  statement: 'there were no calls to the DID',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `has_calls is ${String(did.has_calls === true)}`),
  fix: () => 'a DID without has_calls: true in the fixtures',
});

const didIsInNoQueue = check<DidFacts>({
  requires: ({ did }) => did?.in_queue !== true,
  orElse: 'didInQueue',
  statement: 'the DID is in no queue',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `in_queue is ${String(did.in_queue === true)}`),
  fix: () => 'a DID without in_queue: true in the fixtures',
});

/** `did_delete`. */
export const didDelete = defineCall<Omit<DidFacts, keyof CallerFacts>>({
  name: 'did_delete',
  summary: 'deletes a terminated DID; its number is new again',
  params: { u: U, dids_id: { description: 'id of the DID', required: 'always', names: 'didId' }, hash: HASH },
  hashed: ['dids_id'],
  // On the page one status is in the other.
  answer: record({ status: record({ status: text('DID successfully deleted') }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'didNotFound', 'didMustBeTerminated', 'didHasCalls', 'didInQueue'],
  facts: (caller, state) => findNamedDid('dids_id', caller, state),
  checks: [...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didIsTerminated, didHasNoCalls, didIsInNoQueue],
  result: ({ did }) => {
    if (did === undefined) throw new Error('did_delete got a result for a call that its checks refuse');
    return { reply: page({ status: { status: 'DID successfully deleted' } }), changes: [{ kind: 'did.remove', id: did.id }] };
  },
});
