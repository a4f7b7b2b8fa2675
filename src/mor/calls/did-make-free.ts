/** Source: the vendor's page "MOR API did make free"; docs/behaviour.md says how we decide what the page leaves open. */
import { freeDid } from '../changes.ts';
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { didIsFound, findNamedDid, getStatusFor, type DidFacts } from '../checks/did.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import type { DidStatus } from '../model.ts';
import { page, record, text } from '../reply.ts';

const FREEABLE: readonly DidStatus[] = ['terminated', 'reserved', 'closed'];

const didCanBeFreed = check<DidFacts>({
  requires: ({ did, caller, users }) => did !== undefined && FREEABLE.includes(getStatusFor(caller, did, users)),
  orElse: 'didNotFreed',
  statement: 'the DID is terminated, reserved or closed, as the caller sees it',
  actual: ({ did, caller, users }) =>
    did === undefined ? 'no DID was found' : `the caller sees it as ${getStatusFor(caller, did, users)}`,
  fix: ({ did }) => (did?.status === 'active' ? 'take its device away first' : 'a DID that is terminated, reserved or closed'),
  isUndetermined: ({ did }) => did === undefined,
});

/** `did_make_free`. */
export const didMakeFree = defineCall<Omit<DidFacts, keyof CallerFacts>>({
  name: 'did_make_free',
  summary: 'makes a terminated, reserved or closed DID free',
  params: { u: U, dids_id: { description: 'id of the DID', required: 'always', names: 'didId' }, hash: HASH },
  hashed: ['dids_id'],
  answer: record({ status: record({ success: text('DID successfully made available') }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'didNotFound', 'didNotFreed'],
  facts: (caller, state) => findNamedDid('dids_id', caller, state),
  checks: [...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didCanBeFreed],
  result: ({ did, caller }) => {
    if (did === undefined) throw new Error('did_make_free got a result for a call that its checks refuse');
    return { reply: page({ status: { success: 'DID successfully made available' } }), changes: [freeDid(did, caller)] };
  },
});
