/** Every rule is proven by its cases: a mock that breaks it is caught by them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadRules } from '../../src/contract/table.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { MUTANTS } from '../contract/mutants/mutants.ts';

interface Line {
  readonly call: string;
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

test.each(CALLS.map(({ name }) => name))('every rule of %s is broken by a mutant', (name) => {
  const rules = loadRules(name).sections.flatMap((section) => section.rules.map(({ id }) => id));
  const broken = MUTANTS.filter(({ call = 'did_create' }) => call === name).map(({ rule }) => rule);
  expect([...new Set(broken)].toSorted()).toEqual(rules.toSorted());
});

test.each(CALLS.map(({ name }, i) => [name, i] as const))('the mock as it is passes every case of %s', (call, i) => {
  expect(lines[i]).toEqual({ call, caught: [], crashed: [] });
});

test.each(MUTANTS.map(({ call = 'did_create', rule, breaks }, i) => ({ call, rule, breaks, i })))(
  '$call $rule: $breaks -> caught by a case of the rule',
  ({ call, rule, breaks, i }) => {
    const { caught, ...rest } = lines[i + CALLS.length] ?? { caught: [] };
    expect(rest).toEqual({ call, rule, breaks, crashed: [] });
    expect(caught).not.toEqual([]);
  },
);
