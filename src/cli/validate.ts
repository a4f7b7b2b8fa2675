import { readFixtures } from '../fixtures/load.ts';
import { countOf } from '../world/base.ts';
import { countsText } from './counts.ts';

/**
 * Checks a fixture file or folder.
 *
 * @throws MockMorError `FIXTURE_INVALID`, with every fault
 */
export function validate(path: string): number {
  const { users, providers, dids } = readFixtures(path);
  const counts = { users: users.length, providers: providers.length, dids: dids.reduce((sum, entry) => sum + countOf(entry), 0) };
  process.stdout.write(`${path} is valid: ${countsText(counts)}\n`);
  return 0;
}
