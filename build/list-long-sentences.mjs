// Lists the sentences of the docs that have more than 30 words, each with its page and line. It only warns: the exit status is 0.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_WORDS = 30;
const ROOT = join(import.meta.dirname, '..');

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md'),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

let count = 0;
for (const page of pages) {
  for (const { line, words, start } of readFileSync(join(ROOT, page), 'utf8')
    .split('\n\n')
    .reduce(collect, { line: 1, found: [], isCode: false }).found) {
    count++;
    console.log(`${page}:${line}: ${words} words: ${start} …`);
  }
}
console.log(`${count} sentences of more than ${MAX_WORDS} words (a warning)`);

/** Adds the long sentences of a block of lines between empty ones. Code and tables are left out. */
function collect({ line, found, isCode }, block) {
  const fences = block.match(/^ *```/gm)?.length ?? 0;
  const isText = !isCode && fences === 0 && !/^(\||<!--|#)/.test(block);
  return {
    line: line + block.split('\n').length + 1,
    found: isText ? [...found, ...longSentences(block, line)] : found,
    isCode: isCode !== (fences % 2 === 1),
  };
}

function longSentences(block, firstLine) {
  const items = block.split(/\n(?=(?:[-*]|\d+\.) )/);
  let line = firstLine;
  return items.flatMap((item) => {
    const at = line;
    line += item.split('\n').length;
    return item
      .replace(/`[^`]*`/g, 'code')
      .split(/(?<=[.!?:;]\)?)\s+/)
      .map((sentence) => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)))
      .filter((words) => words.length > MAX_WORDS)
      .map((words) => ({ line: at, words: words.length, start: words.slice(0, 8).join(' ') }));
  });
}
