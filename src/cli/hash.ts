import { readFixtures } from '../fixtures/load.ts';
import { getShippedFixtures } from '../fixtures/shipped.ts';
import { previewHash } from '../control/hash-recipe.ts';
import { invalidOption } from '../problems.ts';
import { findServerUrlIssue } from '../option-values.ts';
import { DEFAULT_URL, OPTIONS } from '../options.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { resolveOptions, type CommandOptions } from './resolve-options.ts';

const HASH_OPTIONS = {
  providerId: {
    flag: 'provider-id',
    type: 'string',
    value: 'ID',
    mayBeEmpty: true,
    summary: 'provider_id as it will be sent; empty if a reseller leaves it out',
  },
  did: { flag: 'did', type: 'string', value: 'NUMBER', mayBeEmpty: true, summary: 'number of the DID as it will be sent' },
  u: {
    flag: 'u',
    type: 'string',
    value: 'NAME',
    default: 'admin',
    summary: 'username of the caller, whose key is taken from the fixtures',
  },
  key: { flag: 'key', type: 'string', value: 'KEY', defaultText: "the caller's, from the fixtures", summary: 'API secret key' },
  fixtures: OPTIONS.fixtures,
  url: {
    flag: 'url',
    type: 'string',
    value: 'URL',
    default: DEFAULT_URL,
    findIssue: findServerUrlIssue,
    summary: 'address of the server in the curl command',
  },
} as const satisfies CommandOptions;

/** `mock-mor hash`. */
export const HASH: CommandSpec = {
  description: 'Show the text that is hashed for a did_create, its key masked, the hash, and a curl command that sends the call.',
  options: HASH_OPTIONS,
  examples: [['mock-mor hash --provider-id 1 --did 37060000099', 'by the key that the shipped fixtures have for admin']],
  run: hash,
};

/** @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID` */
function hash({ flags }: ParsedArgs, env: NodeJS.ProcessEnv): number {
  const { providerId, did, u, key, fixtures, url } = resolveOptions(HASH_OPTIONS, flags, env);
  if (providerId === undefined) throw invalidOption('hash needs --provider-id ID; empty if a reseller leaves it out: --provider-id=');
  if (did === undefined) throw invalidOption('hash needs --did NUMBER.');
  const world = readFixtures(fixtures ?? getShippedFixtures());
  const shown = previewHash('did_create', { u, provider_id: providerId, did, api_secret_key: key }, world, url);
  process.stdout.write(`text  ${shown.text}\nhash  ${shown.hash}\ncurl  ${shown.curl}\n`);
  return 0;
}
