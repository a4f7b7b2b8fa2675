import fc from 'fast-check';
import { CALL_NAMES } from '../support/call-names.ts';
import { FAULTY_CALLS, findCallers } from '../support/faulty-calls.ts';
import { textOfAnswer, createState } from '../support/pure-call.ts';

/** The text of a success; `success` for an answer without one. */
const SUCCESS: Readonly<Record<string, string>> = {
  did_create: 'DID created',
  did_close: 'DID successfully closed',
  did_subscription_stop: 'DID was successfully closed',
  did_make_free: 'DID successfully made available',
  did_terminate: 'DID successfully terminated',
  did_delete: 'DID successfully deleted',
  did_details_update: 'DID details successfully updated',
  did_device_assign: 'Device assigned to DID',
  did_trunk_device_assign: 'Device assigned to DID',
  did_device_unassign: 'Device was unassigned from DID',
  dids_get: 'success',
  devices_get: 'success',
  providers_get: 'success',
  user_login: 'Successfully logged in',
  user_logout: 'ok',
  users_get: 'success',
  user_register: 'Registration successful',
  user_details_get: 'success',
  user_balance_get: 'success',
  device_create: 'Device created',
  device_update: 'Device successfully updated',
  device_delete: 'Device was deleted',
};

test.each(CALL_NAMES)('%s: any set of errors -> the earliest answers; none -> the success', (call) => {
  const faulty = FAULTY_CALLS[call]!;
  fc.assert(
    fc.property(fc.constantFrom(...findCallers(faulty, [])), fc.subarray([...faulty.errors]), (caller, chosen) => {
      // What this caller cannot have next to the earlier ones is left out.
      const errors = chosen.reduce<readonly string[]>(
        (having, error) => (findCallers(faulty, [...having, error]).includes(caller) ? [...having, error] : having),
        [],
      );
      const { fixtures, request } = faulty.make(caller, new Set(errors));
      const params = Object.fromEntries(new URLSearchParams(request.query));
      const method = request.method === 'GET' ? 'GET' : 'POST';
      expect(textOfAnswer(createState(fixtures), params, method, call)).toBe(errors[0] ?? SUCCESS[call]);
    }),
    { numRuns: 1000 },
  );
});
