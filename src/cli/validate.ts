import { readFixtures } from '../loader/load.ts';
import type { LoadProgress } from '../loader/load-progress.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { countsText } from './counts.ts';
import { progressOn, type Progress } from './progress.ts';

/**
 * Checks a fixture file or folder.
 *
 * @throws MockMorError `FIXTURE_INVALID`, with every fault
 */
export function validate(path: string): number {
  const progress = progressOn(process.stderr);
  const onWarning = (message: string): void => {
    progress?.end();
    process.stderr.write(`mock-mor: ${message}\n`);
  };
  const { users, providers, didCount } = worldIn(path, { onProgress: progress?.onProgress, onWarning }, progress);
  const counts = { users: users.length, providers: providers.length, dids: didCount };
  process.stdout.write(`${path} is valid: ${countsText(counts)}\n`);
  return 0;
}

function worldIn(path: string, listener: LoadProgress, progress: Progress | undefined): FixtureState {
  try {
    return new FixtureState(readFixtures(path, listener));
  } finally {
    progress?.end();
  }
}
