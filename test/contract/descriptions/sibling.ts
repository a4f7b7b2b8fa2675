import { describedApi, type DescribedApi } from '../../../src/contract/descriptions/described-api.ts';
import { refusal, type Call } from '../../../src/mor/call.ts';

const SIBLING: Call = {
  name: 'did_rename',
  about: 'gives a DID another number',
  params: [
    { name: 'u', means: 'username of the caller', required: 'always' },
    { name: 'new_did', means: 'the new number', required: { unless: 'nothing is to be done' } },
  ],
  success: 'DID renamed',
  details: {
    element: 'rename_details',
    fields: [{ name: 'old', means: 'the number it had', holds: 'digits' }],
  },
  errors: ['accessDenied', 'didInvalid'],
  decide: () => refusal('accessDenied', () => ({ call: 'did_rename', outcome: '', steps: [] })),
};

/** The API with one more call in `CALLS`. */
export function apiWithSibling(): DescribedApi {
  const api = describedApi();
  return { ...api, calls: [...api.calls, SIBLING] };
}
