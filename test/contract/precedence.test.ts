import { errorAnswer, successAnswer } from '../support/expected-answer.ts';
import { CALLERS, ERRORS_IN_ORDER, faultyCall, type Caller, type ErrorText } from '../support/faulty-call.ts';
import { withMock } from '../support/mock.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

type Pair = readonly [earlier: ErrorText, later: ErrorText];

/** Pairs that no request can have, and why. */
const IMPOSSIBLE: readonly { readonly pair: Pair; readonly reason: string }[] = [
  {
    pair: ['Access Denied', 'You are not authorized to manage DIDs'],
    reason: 'only an accountant or a reseller lacks this right; who is unknown or a plain user is neither',
  },
];

/** An admin has every right: he never lacks that to manage DIDs. */
function canHave(caller: Caller, faults: readonly ErrorText[]): boolean {
  return caller !== 'admin' || !faults.includes('You are not authorized to manage DIDs');
}

const ALL_PAIRS: readonly Pair[] = ERRORS_IN_ORDER.flatMap((earlier, i) =>
  ERRORS_IN_ORDER.slice(i + 1).map((later): Pair => [earlier, later]),
);

const POSSIBLE = ALL_PAIRS.filter((pair) => !IMPOSSIBLE.some((row) => row.pair.join() === pair.join()));

const CASES = POSSIBLE.flatMap(([earlier, later]) =>
  CALLERS.filter((caller) => canHave(caller, [earlier, later])).map((caller) => ({ caller, earlier, later })),
);

function answerTo(caller: Caller, faults: readonly ErrorText[]): Promise<Answer> {
  const { fixtures, request } = faultyCall(caller, new Set(faults));
  return withMock(fixtures, (mor) => send(mor, request));
}

describe('the list of pairs', () => {
  test('eleven errors -> 55 pairs, each proved or impossible, none both', () => {
    const listed = [
      ...new Set(CASES.map(({ earlier, later }) => `${earlier} + ${later}`)),
      ...IMPOSSIBLE.map(({ pair }) => pair.join(' + ')),
    ];
    expect(ALL_PAIRS).toHaveLength(55);
    expect(new Set(listed).size).toBe(listed.length);
    expect([...listed].sort()).toEqual(ALL_PAIRS.map((pair) => pair.join(' + ')).sort());
  });
});

describe('one fault alone', () => {
  test.each(CALLERS)('%s, no fault -> DID created', async (caller) => {
    expect(await answerTo(caller, [])).toEqual(successAnswer(1));
  });

  const alone = CALLERS.flatMap((caller) =>
    ERRORS_IN_ORDER.filter((error) => canHave(caller, [error])).map((error) => ({ caller, error })),
  );

  // With this, a pair is proved: taking away the earlier fault leaves the later one, and the other way round.
  test.each(alone)('$caller, only that -> $error', async ({ caller, error }) => {
    expect(await answerTo(caller, [error])).toEqual(errorAnswer(error));
  });
});

describe('two faults: the earlier answers', () => {
  test.each(CASES)('$caller, also "$later" -> $earlier', async ({ caller, earlier, later }) => {
    expect(await answerTo(caller, [earlier, later])).toEqual(errorAnswer(earlier));
  });
});

describe('all faults at once, taken away one after the other', () => {
  test.each(CALLERS)('%s -> the errors in their order', async (caller) => {
    const faults = ERRORS_IN_ORDER.filter((error) => canHave(caller, [error]));
    const seen = await Promise.all(faults.map((_, i) => answerTo(caller, faults.slice(i))));
    expect(seen).toEqual(faults.map(errorAnswer));
  });
});

describe('an unknown caller is denied whatever else is wrong', () => {
  test.each(ERRORS_IN_ORDER)('also "%s" -> Access Denied', async (error) => {
    const { fixtures, request } = faultyCall('accountant', new Set([error]));
    const answer = await withMock(fixtures, (mor) => send(mor, { ...request, query: request.query?.replace('u=caller', 'u=nobody') }));
    expect(answer).toEqual(errorAnswer('Access Denied'));
  });
});
