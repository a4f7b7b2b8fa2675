/** What verify sends to a server that breaks any one rule makes nothing there without leave to write, and nothing outside the prefix with it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CALLS } from '../../src/mor/calls/index.ts';
import { MUTANTS } from '../contract/mutants/mutants.ts';

/** Against a server that makes what it refuses no care helps. */
const BEYOND_CARE = 'effect.unchanged';

interface Line {
  readonly rule: string;
  readonly breaks: string;
  readonly made: readonly string[];
  readonly outside: readonly string[];
}

test('every mutant in the place of a server -> nothing is made that was not allowed', async () => {
  const script = join(__dirname, '../contract/mutants/as-servers.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: 16_777_216 });
  const [sent, ...lines] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const { readOnly, withWrites } = sent as { readOnly: number; withWrites: number };
  expect(readOnly).toBeGreaterThan(150);
  expect(withWrites).toBeGreaterThan(readOnly + 100);
  const readOnlyCalls = CALLS.filter(({ isReadOnly }) => isReadOnly).map(({ name }) => name);
  expect(lines).toHaveLength(MUTANTS.filter(({ call = 'did_create' }) => !readOnlyCalls.includes(call)).length);
  expect((lines as Line[]).filter(({ rule, made, outside }) => rule !== BEYOND_CARE && made.length + outside.length > 0)).toEqual([]);
}, 600_000);
