/** What the pages show of other tools comes from examples that run, or can at least be read. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { codeBlocks, readPage } from '../support/markdown.ts';

const ROOT = join(__dirname, '..', '..');

/** Code without its indentation. */
const unindented = (text: string): string => text.replace(/^\s+/gm, '').trim();

test.each([
  ['php', 'examples/php/tests/CreateNumberTest.php', 1],
  ['python', 'examples/python/test_create_number.py', 2],
  ['java', 'examples/java/CreateNumberTest.java', 2],
])('what the page of clients shows in %s is in the example', (language, file, count) => {
  const example = unindented(readPage(file));
  const blocks = codeBlocks(readPage('docs/clients.md'), language);
  expect(blocks).toHaveLength(count);
  // Functions may follow each other otherwise in the example.
  const parts = blocks.flatMap((block) => block.split(/\n{2,}(?=\S)/)).map(unindented);
  expect(parts.filter((part) => !example.includes(part))).toEqual([]);
});

const YAML_FILES = [
  'compose.yaml',
  'docs/scaling/kubernetes.yaml',
  'examples/compose/compose.yaml',
  ...readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`),
  ...readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).map((name) => `.github/ISSUE_TEMPLATE/${name}`),
];

test.each([
  ...YAML_FILES.map((file): [title: string, texts: readonly string[]] => [file, [readPage(file)]]),
  ...['docs/ci.md', 'docs/scaling.md'].map((page): [title: string, texts: readonly string[]] => [page, codeBlocks(readPage(page), 'yaml')]),
])('%s is valid YAML', (_, texts) => {
  expect(texts.flatMap((text) => [...parseAllDocuments(text)].flatMap(({ errors }) => errors.map(({ message }) => message)))).toEqual([]);
});

test('CI runs the lowest Node of the package, and the newest one, which the image has', () => {
  const { engines } = JSON.parse(readPage('package.json')) as { readonly engines: { readonly node: string } };
  const [, versions = ''] = /node: \[(.*)\]/.exec(readPage('.github/workflows/ci.yml')) ?? [];
  expect(versions).toContain(`'${engines.node.replace('>=', '')}'`);
  expect(versions).toContain(`'${/FROM node:(\d+)/.exec(readPage('Dockerfile'))?.[1] ?? ''}'`);
});
