import { readFixtures } from '../loader/load.ts';
import type { LoadProgress } from '../loader/load-progress.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { describeFixtures } from './describe-fixtures.ts';
import { formatCounts } from './format-counts.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { createProgress, type Progress } from './progress.ts';

/** `mock-mor validate`. */
export const VALIDATE: CommandSpec = {
  description: 'Check a fixture file or folder and report every issue in it.',
  options: {},
  examples: [['mock-mor validate ./fixtures', 'exits with 2 if there is an issue']],
  run: validate,
};

/** @throws MockMorError `FIXTURE_INVALID`, with every issue */
function validate({ operands: [path = ''] }: ParsedArgs): number {
  const progress = createProgress(process.stderr);
  let warningCount = 0;
  const onWarning = (message: string): void => {
    warningCount += 1;
    progress?.end();
    process.stderr.write(`mock-mor: ${message}\n`);
  };
  const fixtures = worldIn(path, { onProgress: progress?.onProgress, onWarning }, progress);
  const { users, providers, didCount } = fixtures;
  const counts = { users: users.length, providers: providers.length, dids: didCount };
  process.stdout.write([`${path} is valid: ${formatCounts(counts)}`, ...describeFixtures(fixtures, warningCount), ''].join('\n'));
  return 0;
}

function worldIn(path: string, listener: LoadProgress, progress: Progress | undefined): FixtureState {
  try {
    return new FixtureState(readFixtures(path, listener));
  } finally {
    progress?.end();
  }
}
