/** Source: the vendor's page "MOR API did close"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { closeDid } from '../changes.ts';
import { didHasDevice, didIsFound, didIsInNoDialPlan, findNamedDid, type DidFacts } from '../checks/did.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { page, record, text } from '../reply.ts';

/** What did_close looks up. */
interface DidCloseFacts extends DidFacts {
  /** Unix seconds. */
  readonly now: number;
}

const didIsOpen = check<DidFacts>({
  requires: ({ did }) => did !== undefined && did.status !== 'closed',
  orElse: 'didAlreadyClosed',
  statement: 'the DID is not closed yet',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `the DID is ${did.status}`),
  fix: () => 'another DID; a closed one needs no closing',
  isUndetermined: ({ did }) => did === undefined,
});

/** `did_close`. */
export const didClose = defineCall<Omit<DidCloseFacts, keyof CallerFacts>>({
  name: 'did_close',
  summary: 'takes a DID from its device and keeps it for its user, until it becomes free by itself',
  params: {
    u: U,
    dids_id: { description: 'id of the DID', required: 'always', names: 'didId' },
    hash: HASH,
  },
  hashed: ['dids_id'],
  answer: record({ status: record({ success: text('DID successfully closed') }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'didNotFound', 'didAlreadyClosed', 'didInDialPlan', 'didWithoutDevice'],
  facts: (caller, state) => ({ ...findNamedDid('dids_id', caller, state), now: state.now }),
  checks: [...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didIsOpen, didIsInNoDialPlan, didHasDevice],
  result: ({ did, now, settings }) => {
    if (did === undefined) throw new Error('did_close got a result for a call that its checks refuse');
    return {
      reply: page({ status: { success: 'DID successfully closed' } }),
      changes: [closeDid(did, now, settings)],
    };
  },
});
