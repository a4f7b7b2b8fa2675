/** The whole table of the contract through a shadow whose mock has the world of its target: nothing differs, and what is recorded holds. */
import { join } from 'node:path';
import { callTexts, requestOf, worldWith } from '../../src/contract/case-request.ts';
import { shippedCases } from '../../src/contract/table.ts';
import { failedIn, isExpected } from './replay.ts';
import { listeningMock, ownFolder, sendTo, shadowed, type ListeningMock } from './shadowed.ts';

const TABLE = shippedCases();

// One for all cases, which gives each a world of its own: to make a server for each takes most of the time.
let real: ListeningMock;
beforeAll(async () => {
  real = await listeningMock({});
});
afterAll(() => real.close());

describe.each(Object.entries(TABLE.cases))('%s', (_, cases) => {
  test.each(cases)('$title', async ({ given, send: sent, expect: expected }) => {
    const world = worldWith(TABLE.world, given);
    real.replaceFixtures(world);
    const record = join(ownFolder(), 'record.yaml');
    const { url, verdicts, shadow, entries } = await shadowed(real.url, world, { record });

    const answer = await sendTo(url, requestOf(callTexts(TABLE.request, sent), sent));
    expect({ answer, isExpected: isExpected(answer, expected) }).toEqual({ answer, isExpected: true });
    expect(await verdicts()).toMatchObject([{ verdict: 'same' }]);
    expect(entries.filter(({ notes = [] }) => notes.length > 0)).toEqual([]);
    expect(shadow.counts).toMatchObject({ recorded: 1, skipped: 0 });
    expect(await failedIn(record, real)).toEqual([]);
  });
});
