import { readFixtures } from '../fixtures/load.ts';
import { SHIPPED_FIXTURES } from '../fixtures/shipped.ts';
import { secretKeysOf } from '../mor/caller.ts';
import { didCreateHash, didCreateHashText } from '../mor/hash.ts';
import { didYouMean } from '../near-miss.ts';
import { MockMorError } from '../problems.ts';
import type { WorldRecords } from '../world/base.ts';
import { settleOptions, type Given } from './arguments.ts';
import { HASH_OPTIONS } from './commands.ts';

/**
 * Shows the text that is hashed (its key masked), the hash, and a curl line that sends it.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
export function hash(flags: Given['flags'], variables: NodeJS.ProcessEnv): number {
  const { providerId, did, u, key, fixtures, url } = settleOptions(HASH_OPTIONS, flags, variables);
  if (providerId === undefined) throw invalid('hash needs --provider-id ID; empty where a reseller leaves it out: --provider-id=');
  if (did === undefined) throw invalid('hash needs --did NUMBER.');
  const call = { provider_id: providerId, did, api_secret_key: key ?? keyOf(u, readFixtures(fixtures ?? SHIPPED_FIXTURES)) };
  const hashed = didCreateHash(call);
  process.stdout.write(
    [
      `text  ${didCreateHashText({ ...call, api_secret_key: '***' })}`,
      `hash  ${hashed}`,
      `curl  ${curlLine(url, { u, provider_id: providerId, did, hash: hashed })}`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** The first key MOR would check this caller's hash with. */
function keyOf(username: string, { users, settings }: WorldRecords): string {
  const user = users.find((known) => known.username === username);
  if (user === undefined) {
    const names = users.map((known) => known.username);
    throw invalid(`--u "${username}" is no user of the fixtures.${didYouMean(username, names)} Known: ${names.join(', ')}.`);
  }
  const [key] = secretKeysOf(user, settings);
  if (key === undefined) throw invalid(`the fixtures have no API secret key for "${username}". Give one with --key KEY.`);
  return key;
}

function curlLine(url: string, params: Readonly<Record<string, string>>): string {
  const fields = Object.entries(params).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`);
  return ['curl', ...fields, quoted(`${url.replace(/\/+$/, '')}/billing/api/did_create`)].join(' ');
}

/** A word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function invalid(message: string): MockMorError {
  return new MockMorError('OPTION_INVALID', message);
}
