import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { codeBlocks, readPage } from '../support/markdown.ts';
import { devDependencies, PackedPackage, ROOT, run, version } from './project.ts';

jest.setTimeout(300_000);

let packed: PackedPackage;

/** A project with the package in it and the given packages, in the versions this project tests with. */
const project = (name: string, needs: readonly string[], manifest?: object): string =>
  packed.install(name, Object.fromEntries(needs.map((need) => [need, devDependencies[need]])), manifest);

beforeAll(() => {
  packed = new PackedPackage();
});
afterAll(() => packed.remove());

/** The files of a folder of the project, those of its folders too. */
function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

test('the tarball holds what runs, the fixtures and the papers, nothing else', () => {
  const { files } = packed;
  expect(files.filter((path) => !/^(contract|dist|docs|fixtures)\//.test(path)).sort()).toEqual([
    'AGENTS.md',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
  expect(files.filter((path) => path.startsWith('dist/') && !/\.(js|mjs|d\.ts|d\.mts)$/.test(path)).toSorted()).toEqual([
    'dist/THIRD-PARTY-LICENCES.txt',
    'dist/dashboard/THIRD-PARTY-LICENCES.txt',
    'dist/dashboard/app.css',
    'dist/dashboard/index.html',
  ]);
  // What only the command needs is in its bundle, next to the library.
  expect(files.filter((path) => /^dist\/(cli|shadow|verify)\//.test(path))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/cli-serve.js', 'dist/packages/xmlbuilder2.js']));
  for (const folder of ['contract', 'docs', 'fixtures']) {
    expect(files).toEqual(expect.arrayContaining(filesIn(folder)));
  }
});

test('a CommonJS project with Jest and supertest', () => {
  const cwd = project('jest', ['jest', 'supertest']);
  run('npx', ['--no-install', 'jest', '--ci'], cwd);
});

/** The fenced block of a language in the page of the library that has a text in it. */
function shownBlock(language: string, text: string): string {
  const found = codeBlocks(readPage('docs/library.md'), language).find((block) => block.includes(text));
  if (found === undefined) throw new Error(`docs/library.md has no ${language} with ${text}`);
  return found;
}

test("the page's examples of mock-mor/testing pass as they stand", () => {
  const cwd = project('testing', ['jest']);
  writeFileSync(join(cwd, 'example.test.js'), shownBlock('js', 'useMockMor'));
  writeFileSync(join(cwd, 'example.test.mjs'), shownBlock('mjs', 'useMockMor'));
  run('npx', ['--no-install', 'jest', '--ci', 'example.test.js'], cwd);
  expect(run(process.execPath, ['--test', 'example.test.mjs'], cwd)).toMatch(/^# pass 1$/m);
});

test("the page's examples with msw and undici pass as they stand", () => {
  const cwd = packed.install('fetch', { msw: '2.15.0', undici: '7.30.2' });
  for (const tool of ['msw', 'undici']) writeFileSync(join(cwd, `${tool}.test.mjs`), shownBlock('mjs', `from '${tool}'`));
  expect(run(process.execPath, ['--test', 'msw.test.mjs', 'undici.test.mjs'], cwd)).toMatch(/^# pass 3$/m);
});

test('an ES module', () => {
  const cwd = project('esm', [], { type: 'module' });
  expect(run(process.execPath, ['main.js'], cwd)).toBe('same copy, one DID\n');
});

test('mock-mor/pact, as CommonJS and as an ES module', () => {
  const cwd = project('pact', []);
  const use = `
    const mor = await createMockMor();
    const { stateHandlers, requestFilter } = pactStates(mor);
    await stateHandlers['the number 5 exists']();
    const request = { headers: {} };
    requestFilter(request, {}, () => console.log(mor.sandbox(request.headers['x-mock-mor-sandbox']).dids({ did: '5' }).length));`;
  const commonJs = `const { createMockMor } = require('mock-mor'); const { pactStates } = require('mock-mor/pact'); (async () => {${use}})();`;
  const esModule = `import { createMockMor } from 'mock-mor'; import { pactStates } from 'mock-mor/pact'; ${use}`;
  expect(run(process.execPath, ['--input-type=commonjs', '-e', commonJs], cwd)).toBe('1\n');
  expect(run(process.execPath, ['--input-type=module', '-e', esModule], cwd)).toBe('1\n');
});

test('the descriptions come with it', () => {
  const cwd = project('describe', []);
  for (const [what, begins] of [
    ['openapi', '# Generated from'],
    ['xsd', '<?xml'],
  ] as const)
    expect(run(join(cwd, 'node_modules/.bin/mock-mor'), ['describe', what], cwd).startsWith(begins)).toBe(true);
});

describe('a strict TypeScript project without the types of Express', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = project('typescript', ['typescript', '@types/node']);
  });

  test('has no other types than those of Node', () => {
    expect(readdirSync(join(cwd, 'node_modules/@types'))).toEqual(['node']);
  });

  test.each(['commonjs', 'module'])('type-checks as %s, the library included', (type) => {
    writeFileSync(
      join(cwd, 'package.json'),
      JSON.stringify({ ...(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as object), type }),
    );
    run('npx', ['--no-install', 'tsc', '-p', '.'], cwd);
  });
});

test('the command, installed', async () => {
  const cwd = project('command', []);
  const bin = join(cwd, 'node_modules/.bin/mock-mor');
  expect(run(bin, ['--version'], cwd)).toBe(`${version}\n`);
  expect(run(bin, ['validate', join(dirname(bin), '../mock-mor/fixtures')], cwd)).toMatch(/ is valid: /);
  const server = spawn(bin, ['--port', '0'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const url = /^mock-mor ready on (\S+) \(fixtures: shipped, /.exec(line.toString())?.[1] ?? '';
    expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  } finally {
    server.kill('SIGKILL');
  }
});
