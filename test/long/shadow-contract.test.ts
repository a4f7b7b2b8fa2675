/** The whole table of the contract through a shadow whose mock has the world of its target: nothing differs, and what is recorded holds. */
import { didCreate } from '../../src/mor/calls/did-create.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callTexts, buildRequest, worldWith } from '../../src/contract/case-request.ts';
import { DEFAULT_PATH } from '../../src/contract/exchange.ts';
import { loadCases, caseSteps, type Step } from '../../src/contract/table.ts';
import { callNameIn } from '../../src/http/vendor-path.ts';
import { failedIn, isExpected } from '../shadow/replay.ts';
import { listeningMock, ownFolder, sendTo, shadowed, type ListeningMock } from '../shadow/shadowed.ts';

const TABLE = loadCases('did_create');

/** Of other methods not all are judged: HEAD shows no body. */
const NOT_ALL_RECORDED = 'request.other-methods';

// One for all cases, which gives each a world of its own: to make a server for each takes most of the time.
let real: ListeningMock;
beforeAll(async () => {
  real = await listeningMock({});
});
afterAll(() => real.close());

/** What is no path of MOR's never reaches the target. */
const isPassedOn = ({ send }: Step): boolean => callNameIn(send?.path ?? DEFAULT_PATH) !== undefined;

describe.each(Object.entries(TABLE.cases))('%s', (rule, cases) => {
  test.each(cases)('$title', async (one) => {
    const world = worldWith(TABLE.world, one.given);
    real.replaceFixtures(world);
    const record = join(ownFolder(), 'record.yaml');
    const { url, verdicts, shadow, entries } = await shadowed(real.url, world, { record });
    const steps = caseSteps(one);
    for (const { send: sent, expect: expected } of steps) {
      const answer = await sendTo(url, buildRequest(callTexts(didCreate, TABLE.request, sent), sent));
      expect({ answer, isExpected: isExpected(answer, expected, sent?.method) }).toEqual({ answer, isExpected: true });
    }
    const passed = steps.filter(isPassedOn);
    const fitting = rule === NOT_ALL_RECORDED ? /^(?:same|not judged)$/ : /^same$/;
    expect(await verdicts()).toMatchObject(passed.map(() => ({ verdict: expect.stringMatching(fitting) })));
    expect(entries.filter(({ notes = [] }) => notes.length > 0)).toEqual([]);
    const { recorded, skipped } = shadow.counts;
    if (rule !== NOT_ALL_RECORDED) expect({ recorded, skipped }).toEqual({ recorded: passed.length, skipped: 0 });
    if (existsSync(record)) expect(await failedIn(record, real)).toEqual([]);
  });
});
