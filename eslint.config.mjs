import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import plain from './lint/plain-words.mjs';

/** The layers of src, from the outermost inwards. A layer imports itself and those below it. Each is a regular expression of its place in src. */
const LAYERS = [
  { name: 'cli', files: ['src/cli.ts', 'src/cli/**'], place: 'cli(\\.ts|/.*)' },
  {
    name: 'index',
    files: [
      'src/index.ts',
      'src/index.mts',
      'src/testing.ts',
      'src/testing.mts',
      'src/testing/**',
      'src/pact.ts',
      'src/pact.mts',
      'src/pact/**',
    ],
    place: '(index|testing|pact)\\.(ts|js)|(testing|pact)/.*',
  },
  { name: 'verify', files: ['src/verify/**'], place: 'verify/.*' },
  { name: 'shadow', files: ['src/shadow/**'], place: 'shadow/.*' },
  { name: 'contract', files: ['src/contract/**'], place: 'contract/.*' },
  { name: 'mock-mor', files: ['src/mock-mor.ts'], place: 'mock-mor\\.ts' },
  { name: 'http', files: ['src/http/**'], place: 'http/.*' },
  { name: 'control', files: ['src/control/**'], place: 'control/.*' },
  { name: 'loader', files: ['src/loader/**'], place: 'loader/.*' },
  { name: 'world', files: ['src/world/**'], place: 'world/.*' },
  { name: 'explain', files: ['src/explain/**'], place: 'explain/.*' },
  { name: 'wire', files: ['src/wire/**'], place: 'wire/.*' },
  { name: 'mor', files: ['src/mor/**'], place: 'mor/.*' },
];

/** Declarations any layer but the core may import. */
const SHARED = '(problems|options|option-values|check-options|log|near-miss|package-folder|package-version)\\.ts';

const HASH = 'src/mor/hash.ts';

/** The records, whose fields are declared once, in the format of fixtures. Only their types come from there. */
const MODEL = 'src/mor/model.ts';

const outside = (layer, above) => {
  // From a file in src itself the way to another layer begins with `./`, from a folder with `../`.
  const ways = [
    ...(layer.files.some((file) => file.endsWith('/**')) ? ['(\\.\\./)+'] : []),
    ...(layer.files.some((file) => !file.endsWith('/**')) ? ['\\./'] : []),
  ];
  return {
    regex: `^(${ways.join('|')})(${above.place})$`,
    message: `Imports point one way: ${LAYERS.map(({ name }) => name).join(' -> ')}. ${layer.name} stands below ${above.name}.`,
  };
};

/** What stands above a layer is closed to it; the core is closed to everything but itself. */
const closedTo = (layer) => [
  ...LAYERS.slice(0, LAYERS.indexOf(layer)).map((above) => outside(layer, above)),
  ...(layer.name === 'mor' ? [{ regex: `^(\\.\\./)+${SHARED}$`, message: 'The core imports nothing but itself.' }] : []),
];

const notRelative = (but) => ({ regex: `^(?!\\.${but})`, message: 'The core imports nothing but itself, and node:crypto in hash.ts.' });

const arrow = LAYERS.flatMap((layer) => {
  const restrict = (files, patterns) => ({ files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } });
  if (layer.name !== 'mor') return closedTo(layer).length === 0 ? [] : [restrict(layer.files, closedTo(layer))];
  return [
    restrict(layer.files, [...closedTo(layer), notRelative('')]),
    restrict([HASH], [...closedTo(layer), notRelative('|node:crypto$')]),
    restrict(
      [MODEL],
      [...closedTo(layer).map((one) => ({ ...one, allowTypeImports: one.message.includes('below loader') })), notRelative('')],
    ),
  ];
});

const PROCESS = 'Only the command line knows the process.';

/**
 * Globals of Node that the environment of a test may lack, replace or make of another realm (jsdom, happy-dom, Jest), each with where the
 * library takes it from. `Buffer` is not among them: Express' packages need it as a global anyway, so every environment has it.
 */
const REPLACED_GLOBALS = {
  TextDecoder: 'Import it from node:util.',
  TextEncoder: 'Import it from node:util.',
  URL: 'Import it from node:url.',
  URLSearchParams: 'Import it from node:url.',
  performance: 'Import it from node:perf_hooks.',
  setImmediate: 'Import it from node:timers.',
  queueMicrotask: 'Use a promise.',
  fetch: 'Use node:http.',
  crypto: 'Import what is needed from node:crypto.',
  structuredClone: 'Use copyData of src/world/copy-data.ts.',
};
const restrictedGlobals = Object.entries(REPLACED_GLOBALS).map(([name, message]) => ({
  name,
  message: `The environment of a test may lack or replace it. ${message}`,
}));

export default defineConfig(
  // The samples and examples are projects of their own.
  globalIgnores(['dist/', 'coverage/', 'test/package/samples/', 'examples/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { files: ['**/*.mjs'], languageOptions: { globals: { console: 'readonly', process: 'readonly' } } },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  { files: ['src/**', 'test/**'], plugins: { plain }, rules: { 'plain/words': 'error', 'plain/names': 'error' } },
  ...arrow,
  {
    files: ['src/**'],
    ignores: ['src/cli.ts', 'src/cli/**', 'src/dashboard/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: PROCESS }, ...restrictedGlobals],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'The import arrow cannot see a dynamic import.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ImportDeclaration[source.value="node:process"]', message: PROCESS },
      ],
    },
  },
  // What only the command runs is never in the environment of a test.
  { files: ['src/{shadow,verify,contract}/**'], rules: { 'no-restricted-globals': ['error', { name: 'process', message: PROCESS }] } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A mock or a body of unknown shape is asserted on as a whole; expect() checks it better than a type would.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/{utils,helpers,common,types}.*'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: 'Name the file after its subject.' }] },
  },
);
