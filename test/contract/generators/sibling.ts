import { loadApi, type DescribedApi } from '../../../src/contract/generators/described-api.ts';
import { CALLER_CHECKS } from '../../../src/mor/checks/caller.ts';
import { defineCall, HASH, U } from '../../../src/mor/define-call.ts';
import { field, page, record, text, type AnswerShape } from '../../../src/mor/reply.ts';

/** A call that MOR does not have, with details of this name and these fields. */
export const defineSibling = (details: string, fields: Readonly<Record<string, AnswerShape>>) =>
  defineCall({
    name: 'did_rename',
    summary: 'gives a DID another number',
    params: {
      u: U,
      new_did: { description: 'the new number', required: { unless: 'nothing is to be done' } },
      hash: HASH,
    },
    hashed: ['new_did'],
    answer: record({ status: record({ success: text('DID renamed') }), [details]: record(fields) }),
    onPage: ['accessDenied'],
    facts: () => ({}),
    checks: CALLER_CHECKS,
    result: () => ({ reply: page({ status: { success: 'DID renamed' } }), changes: [] }),
  });

/** The API with one more call in `CALLS`. */
export function apiWithSibling(sibling = defineSibling('rename_details', { old: field('digits', 'the number it had') })): DescribedApi {
  const api = loadApi();
  return { ...api, calls: [...api.calls, sibling] };
}
