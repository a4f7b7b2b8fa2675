import { readFixtures } from '../fixtures/load.ts';
import { getShippedFixtures } from '../fixtures/shipped.ts';
import { previewHash } from '../control/hash-recipe.ts';
import { invalidOption } from '../problems.ts';
import { settleOptions, type Given } from './arguments.ts';
import { HASH_OPTIONS } from './commands.ts';

/**
 * Shows the text that is hashed (its key masked), the hash, and a curl line that sends it.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
export function hash(flags: Given['flags'], variables: NodeJS.ProcessEnv): number {
  const { providerId, did, u, key, fixtures, url } = settleOptions(HASH_OPTIONS, flags, variables);
  if (providerId === undefined) throw invalidOption('hash needs --provider-id ID; empty where a reseller leaves it out: --provider-id=');
  if (did === undefined) throw invalidOption('hash needs --did NUMBER.');
  const world = readFixtures(fixtures ?? getShippedFixtures());
  const shown = previewHash('did_create', { u, provider_id: providerId, did, api_secret_key: key }, world, url);
  process.stdout.write(`text  ${shown.text}\nhash  ${shown.hash}\ncurl  ${shown.curl}\n`);
  return 0;
}
