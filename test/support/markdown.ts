/** Pages of Markdown: their fenced blocks, headings and links. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A page of the repository, by its path from the root. */
export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every page that users read, by its path from the root. */
export function listPages(): readonly string[] {
  const isPage = (name: string): boolean => name.endsWith('.md') && !name.includes('node_modules');
  const inFolder = (folder: string): readonly string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(isPage)
      .map((name) => relative(ROOT, join(ROOT, folder, name)));
  return [...readdirSync(ROOT).filter(isPage), ...inFolder('docs'), ...inFolder('examples')];
}

/** The fenced blocks of a language, without their fences. */
export function codeBlocks(page: string, language: string): readonly string[] {
  return Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')), ([, text = '']) => text);
}

/** A page without its fenced blocks. */
export function withoutCode(page: string): string {
  return page.replace(/^ *```[\s\S]*?^ *```$/gm, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
export function headingAnchors(page: string): readonly string[] {
  return Array.from(withoutCode(page).matchAll(/^#{1,6} (.+)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** The targets of a page's links, but those to other hosts. */
export function linkTargets(page: string): readonly string[] {
  return Array.from(
    withoutCode(page)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
    ([, target = '']) => target,
  ).filter((target) => !/^[a-z]+:/.test(target));
}
