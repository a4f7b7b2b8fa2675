/** The README is short, and what it shows is what happens: its curl lines and examples are run exactly as written. */
import { join } from 'node:path';
import supertest from 'supertest';
import ts from 'typescript';
import * as mockMor from '../../src/index.ts';
import { codeBlocks, readPage } from '../support/markdown.ts';
import { readCurlLines, runCurl } from '../support/shown-curl.ts';

const README = readPage('README.md');

test('it has at most 150 lines and 900 words', () => {
  expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  expect(README.split(/\s+/).filter((word) => word !== '').length).toBeLessThanOrEqual(900);
});

test('AGENTS.md has fewer than 60 lines', () => {
  expect(readPage('AGENTS.md').trimEnd().split('\n').length).toBeLessThan(60);
});

test.each(['README.md', 'docs/admin-api.md', 'docs/faults.md'])('%s: curl prints what the page shows', async (page) => {
  const mor = await mockMor.createMockMor();
  const url = await mor.listen();
  try {
    const lines = readCurlLines(readPage(page));
    expect(lines.length).toBeGreaterThanOrEqual(1);
    for (const { line, output } of lines) expect({ line, output: await runCurl(line, url) }).toEqual({ line, output });
  } finally {
    await mor.close();
  }
});

test('the reason of the refusal is the one that the mock gives', async () => {
  const mor = await mockMor.createMockMor();
  const url = await mor.listen();
  const calls = readCurlLines(README).filter(({ line }) => line.includes('did_create'));
  for (const { line } of calls) await runCurl(line, url);
  const failed = mor.request(2).trace?.steps.find(({ state }) => state === 'failed');
  await mor.close();
  const shown = codeBlocks(README, 'text').find((text) => text.startsWith('✗')) ?? '';
  expect(shown.replace(/ {2,}/g, ' ').trim()).toBe(`✗ ${failed?.check ?? ''} ${failed?.actual ?? ''}\n fix: ${failed?.fix ?? ''}`);
});

describe('the Jest example', () => {
  const [example = ''] = codeBlocks(README, 'js');

  it('has a dozen lines at most', () => {
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(12);
  });

  let title: string | undefined;
  let body: (() => Promise<void>) | undefined;
  const modules: Readonly<Record<string, unknown>> = { supertest, 'mock-mor': mockMor };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the example is run as it stands
  new Function('require', 'test', 'expect', example)(
    (name: string) => modules[name],
    (named: string, run: () => Promise<void>) => {
      title = named;
      body = run;
    },
    expect,
  );

  it(`passes as it stands: ${title ?? 'nothing'}`, async () => {
    expect.hasAssertions();
    await body?.();
  });
});

test.each([
  ['README.md', 'supertest'],
  ['docs/library.md', 'useMockMor'],
])('%s: the Jest example type-checks', (page, text) => {
  const example = codeBlocks(readPage(page), 'js').find((block) => block.includes(text)) ?? '';
  expect(typeIssues(example)).toEqual([]);
  expect(typeIssues(`${example}\nmor.nothing();`)).not.toEqual([]);
});

/** What TypeScript finds in a strict project with this file, the built package and the types of Jest, supertest and Node. */
function typeIssues(text: string): readonly string[] {
  const file = join(__dirname, '../../example.test.js');
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['jest', 'node'],
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => (name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version));
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter((issue) => issue.file?.fileName === file || issue.file === undefined)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test.each([
  ['README.md', { users: 2, providers: 1, dids: 1_000_001 }],
  ['docs/fixtures.md', { users: 4, providers: 2, dids: 1_000_002 }],
])('%s: its fixtures are valid', async (page, counts) => {
  const shown = codeBlocks(readPage(page), 'yaml').find((text) => text.includes('Main trunk')) ?? '';
  const mor = await mockMor.createMockMor({ fixtures: {} });
  expect(mor.replaceFixtures(shown)).toEqual(counts);
});
