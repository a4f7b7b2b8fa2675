import { readFixtures } from '../loader/load.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { formatHash, previewHash, type HashInput } from '../control/hash-recipe.ts';
import { findCall } from '../mor/calls/index.ts';
import { invalidOption } from '../problems.ts';
import { findServerUrlIssue } from '../option-values.ts';
import { DEFAULT_URL, OPTIONS } from '../options.ts';
import { quoteWord, type CommandSpec, type ParsedArgs } from './parse-args.ts';
import { resolveOptions, type CommandOptions } from './resolve-options.ts';

const HASH_OPTIONS = {
  param: {
    flag: 'param',
    type: 'list',
    value: 'NAME=VALUE',
    isSplit: false,
    summary: 'a parameter of the call as it will be sent; may be given several times',
  },
  providerId: {
    flag: 'provider-id',
    type: 'string',
    value: 'ID',
    mayBeEmpty: true,
    summary: 'the same as --param provider_id=ID; empty if a reseller leaves it out',
  },
  did: { flag: 'did', type: 'string', value: 'NUMBER', mayBeEmpty: true, summary: 'the same as --param did=NUMBER' },
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
  description:
    'Show the text that is hashed for a call, its key masked, the hash, and a curl command that sends the call. CALL is a name ' +
    'such as did_create, the default.',
  options: HASH_OPTIONS,
  examples: [
    ['mock-mor hash --provider-id 1 --did 37060000099', 'by the key that the shipped fixtures have for admin'],
    [
      "mock-mor hash did_create --param provider_id=1 --param did=37060000099 --param comment='a b'",
      'with a comment, which is sent and not hashed',
    ],
  ],
  run: hash,
};

/** @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID` */
function hash({ flags, operands: [call = 'did_create'] }: ParsedArgs, env: NodeJS.ProcessEnv): number {
  const { param = [], providerId, did, u, key, fixtures, url } = resolveOptions(HASH_OPTIONS, flags, env);
  const shorthands = { u: flags.has('u') ? u : undefined, provider_id: providerId, did, api_secret_key: key };
  const input = mergeParams(param, shorthands);
  checkRequired(call, input);
  const world = readFixtures(fixtures ?? getDefaultFixtures());
  process.stdout.write(`${formatHash(previewHash(call, { u, ...input }, world, url))}\n`);
  return 0;
}

/** The parameters of `--param` and of the flags that stand for one. */
function mergeParams(texts: readonly string[], shorthands: HashInput): HashInput {
  const merged = new Map(Object.entries(shorthands).filter(([, value]) => value !== undefined));
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 1) throw invalidOption(`--param ${quoteWord(text)} is not NAME=VALUE.`);
    const name = text.slice(0, equals);
    if (merged.has(name)) throw invalidOption(`the parameter ${quoteWord(name)} is given twice.`);
    merged.set(name, text.slice(equals + 1));
  }
  return Object.fromEntries(merged);
}

/** What is missing of a parameter that has a flag of its own. */
const NEEDED: Readonly<Record<string, string>> = {
  provider_id: 'hash needs --provider-id ID; empty if a reseller leaves it out: --provider-id=',
  did: 'hash needs --did NUMBER.',
};

/** Refuses a hash without a parameter that is hashed and that the call may need. An empty one is given. */
function checkRequired(callName: string, input: HashInput): void {
  const call = findCall(callName);
  const missing = call?.params.find(({ name, required }) => required !== 'never' && call.hashed.includes(name) && !(name in input));
  if (missing !== undefined)
    throw invalidOption(
      NEEDED[missing.name] ?? `hash needs --param ${missing.name}=VALUE: ${missing.description}; empty if it is left out.`,
    );
}
