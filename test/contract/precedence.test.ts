/** For each call: every pair of errors that a request can have is sent, and the earlier one answers. */
import { callErrorXml } from '../support/call-answers.ts';
import { CALL_NAMES } from '../support/call-names.ts';
import { xmlAnswer } from '../support/expected-answer.ts';
import type { Caller } from '../support/faulty-call.ts';
import { findCallers, FAULTY_CALLS } from '../support/faulty-calls.ts';
import { withMock } from '../support/mock.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

/** How many pairs there are: n errors make n * (n - 1) / 2. */
const PAIRS: Readonly<Record<string, number>> = {
  did_create: 55,
  did_close: 36,
  did_subscription_stop: 21,
  did_make_free: 21,
  did_terminate: 28,
  did_delete: 36,
  did_details_update: 45,
  did_device_assign: 78,
  did_trunk_device_assign: 78,
  did_device_unassign: 55,
  dids_get: 21,
  devices_get: 21,
  providers_get: 15,
  user_login: 6,
  user_logout: 6,
  users_get: 15,
  user_register: 105,
  user_details_get: 15,
  user_balance_get: 21,
  device_create: 45,
  device_update: 15,
  device_delete: 21,
};

/** What a success has in it. */
const SUCCESS: Readonly<Record<string, string>> = {
  did_create: '<success>DID created</success>',
  did_close: '<success>DID successfully closed</success>',
  did_subscription_stop: '<success>DID was successfully closed</success>',
  did_make_free: '<success>DID successfully made available</success>',
  did_terminate: '<success>DID successfully terminated</success>',
  did_delete: '<status>DID successfully deleted</status>',
  did_details_update: '<success>DID details successfully updated</success>',
  did_device_assign: '<success>Device assigned to DID</success>',
  did_trunk_device_assign: '<success>Device assigned to DID</success>',
  did_device_unassign: '<success>Device was unassigned from DID</success>',
  dids_get: '<did>370</did>',
  devices_get: '<device_id>5</device_id>',
  providers_get: '<name>Main trunk</name>',
  user_login: '<status_message>Successfully logged in</status_message>',
  user_logout: '<status>ok</status>',
  users_get: '<users>',
  user_register: '<success>Registration successful</success>',
  user_details_get: '<userid>3</userid>',
  user_balance_get: '<balance>0.0000</balance>',
  device_create: '<status>Device created</status>',
  device_update: '<success>Device successfully updated</success>',
  device_delete: '<status>Device was deleted</status>',
};

test('every call is here', () => {
  expect(Object.keys(FAULTY_CALLS)).toEqual(CALL_NAMES);
});

describe.each(CALL_NAMES)('%s', (call) => {
  const faulty = FAULTY_CALLS[call]!;
  const { errors, impossible, make, denial = 'Access Denied' } = faulty;
  const callers = findCallers(faulty, []);
  const pairs = errors.flatMap((earlier, i) => errors.slice(i + 1).map((later) => [earlier, later] as const));
  const cases = pairs.flatMap(([earlier, later]) => findCallers(faulty, [earlier, later]).map((caller) => ({ caller, earlier, later })));
  const errorAnswer = (error: string): Answer => xmlAnswer(callErrorXml(call, error));

  async function answerTo(caller: Caller, having: readonly string[], u = 'caller'): Promise<Answer> {
    const { fixtures, request } = make(caller, new Set(having));
    return withMock(fixtures, (mor) => send(mor, { ...request, query: request.query?.replace('u=caller', `u=${u}`) }));
  }

  test('each pair is proved or impossible, none both', () => {
    const listed = [
      ...new Set(cases.map(({ earlier, later }) => `${earlier} + ${later}`)),
      ...impossible.map(({ pair }) => pair.join(' + ')),
    ];
    expect(pairs).toHaveLength(PAIRS[call]!);
    expect(new Set(listed).size).toBe(listed.length);
    expect([...listed].sort()).toEqual(pairs.map((pair) => pair.join(' + ')).sort());
  });

  describe('one error alone', () => {
    test.each(callers)('%s, none -> the success', async (caller) => {
      expect((await answerTo(caller, [])).body).toContain(SUCCESS[call]);
    });

    const alone = errors.flatMap((error) => findCallers(faulty, [error]).map((caller) => ({ caller, error })));

    // With this, a pair is proved: taking away the earlier error leaves the later one, and the other way round.
    test.each(alone)('$caller, only that -> $error', async ({ caller, error }) => {
      expect(await answerTo(caller, [error])).toEqual(errorAnswer(error));
    });
  });

  describe('two errors: the earlier answers', () => {
    test.each(cases)('$caller, also "$later" -> $earlier', async ({ caller, earlier, later }) => {
      expect(await answerTo(caller, [earlier, later])).toEqual(errorAnswer(earlier));
    });
  });

  describe('as many errors at once as can be, taken away one after the other', () => {
    test.each(callers)('%s -> the errors in their order', async (caller) => {
      const possible = errors.reduce<readonly string[]>(
        (having, error) => (findCallers(faulty, [...having, error]).includes(caller) ? [...having, error] : having),
        [],
      );
      const seen = await Promise.all(possible.map((_, i) => answerTo(caller, possible.slice(i))));
      expect(possible.length).toBeGreaterThanOrEqual(Math.min(6, errors.length - 1));
      expect(seen).toEqual(possible.map(errorAnswer));
    });
  });

  if (denial === null) return;
  describe('an unknown caller is denied whatever else is wrong', () => {
    test.each(errors)('also "%s"', async (error) => {
      const [caller = 'accountant'] = findCallers(faulty, [error]);
      expect(await answerTo(caller, [error], 'nobody')).toEqual(errorAnswer(denial));
    });
  });
});
