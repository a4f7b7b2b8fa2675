import fc from 'fast-check';
import { CALLERS, ERRORS_IN_ORDER, faultyCall } from '../support/faulty-call.ts';
import { textOfAnswer, createState } from '../support/pure-call.ts';

test('any set of faults -> the earliest answers; none -> DID created', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CALLERS), fc.subarray([...ERRORS_IN_ORDER]), (caller, chosen) => {
      // What only an accountant or a reseller can lack, nobody else has as a fault.
      const canLackRights = caller !== 'admin' && !chosen.includes('Access Denied');
      const faults = chosen.filter((fault) => canLackRights || fault !== 'You are not authorized to manage DIDs');
      const { fixtures, request } = faultyCall(caller, new Set(faults));
      const params = Object.fromEntries(new URLSearchParams(request.query));
      const earliest = ERRORS_IN_ORDER.find((error) => faults.includes(error));
      expect(textOfAnswer(createState(fixtures), params, request.method === 'GET' ? 'GET' : 'POST')).toBe(earliest ?? 'DID created');
    }),
    { numRuns: 1000 },
  );
});
