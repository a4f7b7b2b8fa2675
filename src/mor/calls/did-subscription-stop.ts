/** Source: the vendor's page "MOR API did subscription stop"; docs/behaviour.md says how we decide what the page leaves open. */
import { closeDid } from '../changes.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { didHasDevice, didIsFound, findNamedDid, type DidFacts } from '../checks/did.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

/** `did_subscription_stop`. */
export const didSubscriptionStop = defineCall<Omit<DidFacts, keyof CallerFacts>>({
  name: 'did_subscription_stop',
  summary: 'ends the subscription of a DID: it is closed',
  params: { u: U, did_id: { description: 'id of the DID', required: 'always', names: 'didId' }, hash: HASH },
  hashed: ['did_id'],
  answer: record({ status: record({ success: text('DID was successfully closed') }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'didNotFound', 'didWithoutDevice'],
  facts: (caller, state) => findNamedDid('did_id', caller, state),
  checks: [...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didHasDevice],
  result: ({ did, settings }, { now }) => {
    if (did === undefined) throw new Error('did_subscription_stop got a result for a call that its checks refuse');
    return { reply: page({ status: { success: 'DID was successfully closed' } }), changes: [closeDid(did, now, settings)] };
  },
});
