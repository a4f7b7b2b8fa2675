import { readFixtures } from '../fixtures/load.ts';
import { Base } from '../world/base.ts';
import { countsText } from './counts.ts';

/**
 * Checks a fixture file or folder.
 *
 * @throws MockMorError `FIXTURE_INVALID`, with every fault
 */
export function validate(path: string): number {
  const { users, providers, dids } = new Base(readFixtures(path));
  const counts = { users: users.length, providers: providers.length, dids: dids.didCount };
  process.stdout.write(`${path} is valid: ${countsText(counts)}\n`);
  return 0;
}
