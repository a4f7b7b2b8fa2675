/** Every link between pages leads to a file, and to a heading if it names one. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { headingAnchors, linkTargets, listPages, readPage } from '../support/markdown.ts';

const ROOT = join(__dirname, '..', '..');

/** The links of a page that lead nowhere. */
function brokenLinks(page: string, text = readPage(page)): readonly string[] {
  return linkTargets(text).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !headingAnchors(file === page ? text : readPage(file)).includes(anchor);
  });
}

test.each(listPages())('%s: every link leads somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('every page of docs is in the table of contents', () => {
  const targets = linkTargets(readPage('docs/README.md'));
  const pages = listPages().filter((page) => /^docs\/[^/]+$/.test(page) && page !== 'docs/README.md');
  expect(pages.filter((page) => !targets.includes(page.slice('docs/'.length)))).toEqual([]);
});

test('a missing file, a missing heading and a heading in code are found', () => {
  const text = '# One, and two\n\n[a](#one-and-two) [b](#three) [c](none.md) [d](../README.md#fixtures)\n\n```sh\n# Three\n```\n';
  expect(brokenLinks('docs/README.md', text)).toEqual(['#three', 'none.md']);
});
