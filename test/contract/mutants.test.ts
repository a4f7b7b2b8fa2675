/** The mutants of test/long can be made: quick to see after a change of `src`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants/mutants.ts';

test('the text that each mutant replaces stands in its file exactly once', () => {
  const isOnce = ({ file, from }: (typeof MUTANTS)[number]): boolean =>
    readFileSync(join(__dirname, '../../src', file), 'utf8').split(from).length === 2;
  expect(MUTANTS.length).toBeGreaterThan(300);
  expect(MUTANTS.filter((mutant) => !isOnce(mutant))).toEqual([]);
});
