import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { quoteForShell } from '../control/hash-recipe.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { quoteIfHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { resolveOptions } from './resolve-options.ts';

const DEFAULT_FOLDER = './fixtures';

/** Files of fixtures to start from: one world in which a did_create, a refusal and a call of a reseller can be tried. */
const FILES: Readonly<Record<string, string>> = {
  'settings.yaml': `# Settings that are left out have MOR's defaults.
settings:
  allow_api: true
  # The administrator's API secret key: the tail of every hash. This one is for tests alone.
  api_secret_key: "secret"
`,
  'users.yaml': `users:
  - { id: 0, username: "admin", type: admin }
  # An accountant may create DIDs if its permissions say edit.
  - { id: 3, username: "clerk", type: accountant, permissions: { manage_dids: edit } }
  # A reseller with providers and an API key of its own.
  - { id: 5, username: "shop", type: reseller, own_providers: true, allow_api: true, api_secret_key: "shop-secret" }
  # Plain users may not use the API: Access Denied.
  - { id: 6, username: "customer", type: user }
`,
  'providers.yaml': `providers:
  - { id: 1, name: "Main trunk" }
  # Only the reseller may create DIDs for it.
  - { id: 2, name: "Trunk of shop", user_id: 5 }
`,
  'dids.yaml': `dids:
  # This number is there: to create it again is refused with "DID already exists".
  - { did: "37060000001", provider_id: 1 }
  # Many numbers are one row.
  - { from: "37060001000", to: "37060001099", provider_id: 2, reseller_id: 5 }
`,
};

/** `mock-mor init`. */
export const INIT: CommandSpec = {
  description: `Write fixtures to start from into FOLDER (default: ${DEFAULT_FOLDER}), and print what to do next. Nothing is overwritten.`,
  options: {},
  examples: [
    ['mock-mor init', `writes ${Object.keys(FILES).join(', ')} into ${DEFAULT_FOLDER}`],
    ['mock-mor init test/mor', 'writes them into another folder'],
  ],
  run: init,
};

/** @throws MockMorError `OPTION_INVALID` if the folder holds YAML already, or cannot be written */
function init({ flags, operands: [folder = DEFAULT_FOLDER] }: ParsedArgs, env: NodeJS.ProcessEnv): number {
  resolveOptions({}, flags, env);
  refuseOverwriting(folder);
  try {
    mkdirSync(folder, { recursive: true });
    const schema = provideSchema(folder);
    for (const [name, text] of Object.entries(FILES)) {
      // wx: a file that came meanwhile stays, too.
      writeFileSync(join(folder, name), `# yaml-language-server: $schema=${schema}\n${text}`, { flag: 'wx' });
    }
  } catch (error) {
    throw invalidOption(`init cannot write into ${quoteIfHidden(folder)}: ${(error as Error).message}`);
  }
  const path = quoteForShell(folder);
  process.stdout.write(
    [
      `wrote ${Object.keys(FILES).join(', ')} into ${quoteIfHidden(folder)}`,
      '',
      'Next:',
      `  mock-mor validate ${path}`,
      `  mock-mor --fixtures ${path} --watch`,
      `  mock-mor hash did_create --param provider_id=1 --param did=37060000099 --fixtures ${path}`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** Any YAML in the folder would be read as a part of the same world. */
function refuseOverwriting(folder: string): void {
  if (!existsSync(folder)) return;
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw invalidOption(`init needs a folder: ${(error as Error).message}`);
  }
  const there = names.filter((name) => /\.ya?ml$/i.test(name));
  if (there.length === 0) return;
  throw invalidOption(
    `init overwrites nothing: ${quoteIfHidden(folder)} has ${there
      .toSorted()
      .slice(0, 5)
      .map((name) => quoteIfHidden(name))
      .join(', ')} already. Name another folder.`,
  );
}

const SCHEMA = 'mock-mor.schema.json';

/** The path of the schema as files in the folder name it: of the package if the project has it, else of a copy next to the files. */
function provideSchema(folder: string): string {
  const shipped = join(getDefaultFixtures(), SCHEMA);
  if (!relative(resolve('node_modules'), shipped).startsWith('..')) return relative(resolve(folder), shipped).replaceAll('\\', '/');
  const copy = join(folder, SCHEMA);
  if (!existsSync(copy)) copyFileSync(shipped, copy);
  return `./${SCHEMA}`;
}
