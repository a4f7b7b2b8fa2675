/**
 * `useMockMor` and all behind it in the runners and environments that users have, from the packed package. The runners are no
 * devDependencies: they are more than all others together (Bun and Deno are 100 MB each), and every `npm ci` of a clone and of the image
 * would pay for them. They are installed at once, in versions that are written here.
 */
import { join } from 'node:path';
import { devDependencies, PackedPackage, run } from './project.ts';

jest.setTimeout(600_000);

const RUNNERS = {
  ava: '7.0.0',
  bun: '1.4.5',
  chai: '6.3.0',
  deno: '2.9.6',
  jasmine: '6.3.0',
  jest: devDependencies['jest'],
  'jest-environment-jsdom': devDependencies['jest'],
  mocha: '12.0.3',
  vitest: '4.1.12',
};

let packed: PackedPackage;
let cwd: string;

beforeAll(() => {
  packed = new PackedPackage();
  cwd = packed.install('runners', RUNNERS);
  // Packages are installed without their scripts; this one puts the binary, which is a package of its own, into its place.
  run(process.execPath, ['install.js'], join(cwd, 'node_modules/bun'));
});
afterAll(() => packed.remove());

test.each<[runner: string, command: string, ...args: string[]]>([
  ['Jest', 'jest', '--ci', '--rootDir=jest'],
  ['Jest with jsdom', 'jest', '--ci', '--rootDir=jest', '--env=jsdom'],
  ['Jest with nothing of Node but what Express needs', 'jest', '--ci', '--rootDir=jest', '--env=../bare-environment.cjs'],
  ['Vitest', 'vitest', 'run', '--dir=vitest'],
  ["Mocha with chai's global expect", 'mocha', 'mocha/all.js'],
  ['Jasmine', 'jasmine', 'jasmine/allSpec.js'],
  ['AVA', 'ava', 'ava/all.mjs'],
  ['Bun', 'bun', 'test', './bun/all.test.mjs'],
  ['node:test of Bun', 'bun', 'test', './node-test/all.test.mjs'],
  ['node:test of Deno', 'deno', 'test', '--allow-all', '--no-check', 'node-test/all.test.mjs'],
])('%s', (_, command, ...args) => {
  run(join(cwd, 'node_modules/.bin', command), args, cwd);
});

test('node:test', () => {
  expect(run(process.execPath, ['--test', 'node-test/all.test.mjs'], cwd)).toMatch(/^# pass 2$/m);
});
