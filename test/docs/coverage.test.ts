/** `docs/coverage.md` is made of the rules, the cases and the runs that are kept in `contract/verified`; `npm run docs` writes it again. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coveragePage, formatEvidence } from '../../src/contract/coverage-page.ts';
import { loadCases, loadRules, caseSteps, type Rules } from '../../src/contract/table.ts';
import { readVerified, type VerifiedRecord } from '../../src/control/verified.ts';
import { settingsSchema } from '../../src/loader/settings-schema.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { MOR_ERRORS, type MorError } from '../../src/mor/errors.ts';
import { unpadded } from '../support/unpadded.ts';

const ROOT = join(__dirname, '../..');
const PAGE = join(ROOT, 'docs/coverage.md');
const RUNS = join(ROOT, 'contract/verified');

/** Runs against real servers, the oldest first. */
const runs: readonly VerifiedRecord[] = (existsSync(RUNS) ? readdirSync(RUNS) : [])
  .filter((name) => name.endsWith('.json'))
  .map((name) => readVerified(join(RUNS, name)))
  .filter(({ target }) => target === 'server')
  .toSorted((a, b) => (a.date < b.date ? -1 : 1));

test('the page of what is proven is fresh', () => {
  const page = coveragePage(
    CALLS.map(({ name }) => ({ rules: loadRules(name), cases: loadCases(name).cases })),
    runs,
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  expect(unpadded(readFileSync(PAGE, 'utf8'))).toBe(unpadded(page));
});

describe('the page', () => {
  const rules: Rules = {
    call: 'did_create',
    sections: [
      {
        title: 'Some',
        rules: [
          { id: 'a', says: 'one | two', evidence: ['page', 'ours'] },
          { id: 'b', says: 'three', evidence: ['ours'] },
          { id: 'c', says: 'four', evidence: ['wiki', 'observed'] },
        ],
      },
    ],
  };
  const one = { title: 'x', expect: { success: { id: 3 } } };
  const sources = { rules, cases: { a: [one, one], b: [one], c: [one] } };
  const run: VerifiedRecord = {
    mock_mor: '0.1.0',
    date: '2026-11-25T12:00:00.000Z',
    target: 'server',
    server_version: 'MOR X5',
    cases: [
      { call: 'did_create', rule: 'a', title: 'x', status: 'passed' },
      { call: 'did_create', rule: 'a', title: 'y', status: 'skipped' },
      { call: 'did_create', rule: 'b', title: 'x', status: 'differs' },
    ],
  };

  test('a rule that is known in two ways -> both shown, counted in each, and as our decision in part', () => {
    const page = coveragePage([sources], []);
    expect(page).toContain(String.raw`| ${'`a`'} | one \| two | page, our decision | 2 | not yet |`);
    expect(page).toContain('| `c` | four | wiki, observed | 1 | not yet |');
    expect(page).toMatch(/^\| page \| [^|]* \| 1 \| 0 \|$/m);
    expect(page).toMatch(/^\| our decision \| [^|]* \| 2 \| 0 \|$/m);
    expect(page).toMatch(/^\| all \| [^|]* \| 3 \| 0 \|$/m);
    expect(page).toContain('Of the 3 rules 2 are our decision, wholly (1) or in part');
    expect(page).toContain('No run against a real server is saved yet');
  });

  test('a kept run -> what it proved, and nothing of what differed', () => {
    const page = coveragePage([sources], [run]);
    expect(page).toContain('| 2 | MOR X5, 2026-11-25: 1 of 2 |');
    expect(page).toContain('| `b` | three | our decision | 1 | not yet |');
    expect(page).toMatch(/^\| all \| [^|]* \| 3 \| 1 \|$/m);
    expect(page).not.toContain('No run');
  });

  test.each([
    [['ours', 'page'], 'page, our decision'],
    [['observed'], 'observed'],
  ] as const)('%s -> %s', (evidence, words) => {
    expect(formatEvidence({ id: 'a', says: '', evidence: [...evidence] })).toBe(words);
  });
});

test('every error, in both spellings, every setting and every parameter has a case', () => {
  const tables = CALLS.map((call) => ({ call, ...loadCases(call.name) }));
  const all = tables.flatMap((table) => Object.values(table.cases).flat());
  const steps = all.flatMap(caseSteps);
  const errors = Object.values<MorError>(MOR_ERRORS)
    .filter(({ isForcedOnly }) => isForcedOnly !== true)
    .flatMap(({ text, legacyText }) => [text, ...(legacyText === undefined ? [] : [legacyText])]);
  expect(errors.filter((text) => !steps.some(({ expect: { error } }) => error === text))).toEqual([]);
  const settings = Object.keys(settingsSchema.shape);
  expect(settings.filter((name) => !all.some(({ given }) => name in (given?.settings ?? {})))).toEqual([]);
  for (const { call, cases: own, request } of tables) {
    const sent = Object.values(own).flatMap((list) => list.flatMap(caseSteps).map(({ send }) => send?.params ?? {}));
    const isSent = (name: string): boolean => [request, ...sent].some((params) => name in params);
    expect([call.name, call.params.map(({ name }) => name).filter((name) => !isSent(name))]).toEqual([call.name, []]);
  }
});
