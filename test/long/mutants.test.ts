/** Every rule is proven by its cases: a mock that breaks it is caught by them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shippedRules } from '../../src/contract/table.ts';
import { MUTANTS } from '../contract/mutants/mutants.ts';

interface Line {
  /** Absent for the mock as it is. */
  readonly rule?: string;
  readonly breaks?: string;
  /** The cases of the rule, or of all, that were answered otherwise, or did something else, than they should. */
  readonly caught: readonly string[];
  /** Those that got no answer, or one with a status from 500 up: to crash is not to break a rule. */
  readonly crashed: readonly string[];
}

let lines: readonly Line[];

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, '../contract/mutants/run.mjs')], {
    maxBuffer: 16_777_216,
  });
  lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}, 120_000);

test('every rule of the contract is broken by a mutant', () => {
  const rules = shippedRules().sections.flatMap((section) => section.rules.map(({ id }) => id));
  expect([...new Set(MUTANTS.map(({ rule }) => rule))].toSorted()).toEqual(rules.toSorted());
});

test('the mock as it is passes every case', () => {
  expect(lines[0]).toEqual({ caught: [], crashed: [] });
});

test.each(MUTANTS.map(({ rule, breaks }, i) => ({ rule, breaks, i })))(
  '$rule: $breaks -> caught by a case of the rule',
  ({ rule, breaks, i }) => {
    const { caught, ...told } = lines[i + 1] ?? { caught: [] };
    expect(told).toEqual({ rule, breaks, crashed: [] });
    expect(caught).not.toEqual([]);
  },
);
