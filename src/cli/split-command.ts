/** Splits a command into its words, as the shell would that it was written for. */
import { parse } from 'shell-quote';
import { quoteIfHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';
import { splitPowerShell } from './powershell.ts';

/**
 * The words of a command of a POSIX shell, of Windows' cmd (`^"` and `^` at a line end) or of PowerShell (a backtick at a line end).
 *
 * @throws MockMorError `OPTION_INVALID` if a quote is not closed
 */
export function splitCommand(text: string): readonly string[] {
  if (/\s\^"|\^\r?\n/.test(text)) return splitCmd(text);
  return /`\r?\n/.test(text) ? splitPowerShell(text) : splitPosix(text);
}

/** What is an operator, a pattern or a comment in a shell is plain text here: nothing is run. */
const PLAIN = '&|;()<>*?#~!{}';

/** The plain characters are replaced by these while `shell-quote` reads: code points that are no characters. */
const FIRST_PLACEHOLDER = 0xfdd0;

function splitPosix(text: string): readonly string[] {
  const line = text.replace(/\\\r?\n/g, '');
  const unquoted = line.replace(/\\[\s\S]|\$'(?:\\[\s\S]|[^\\'])*'|'[^']*'|"(?:\\[\s\S]|[^"\\])*"/g, (piece) => ' '.repeat(piece.length));
  const open = unquoted.search(/['"\\]/);
  if (open >= 0) throw invalidOption(`a quote is not closed in: ${quoteIfHidden(line.slice(open, open + 60))}`);
  const hidden = line.replace(/[&|;()<>*?#~!{}]/g, (sign) => String.fromCharCode(FIRST_PLACEHOLDER + PLAIN.indexOf(sign)));
  // A variable is left as it is written.
  const words = parse(hidden, (name) => `$${name}`);
  return words
    .filter((word) => typeof word === 'string')
    .map((word) => word.replace(/[\ufdd0-\ufdde]/g, (sign) => PLAIN.charAt(sign.charCodeAt(0) - FIRST_PLACEHOLDER)));
}

function splitCmd(text: string): readonly string[] {
  // cmd.exe: a caret outside of quotes makes the next character plain, and takes a line end away.
  const line = text
    .replace(/\r\n/g, '\n')
    .replace(/("[^"]*"?)|\^\n?([\s\S]?)/g, (_, quoted: string | undefined, next: string | undefined) => quoted ?? next ?? '');
  return splitWindowsArguments(line);
}

/** As the C runtime of a Windows program splits its command line. */
function splitWindowsArguments(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (const [piece, slashes = '', quotes, blank] of line.matchAll(/(\\*)(""?)|(\s+)|\\+|[^\s"\\]+/g)) {
    if (quotes !== undefined) {
      const isEscaped = slashes.length % 2 === 1;
      word = (word ?? '') + '\\'.repeat(slashes.length >> 1) + (isEscaped || (isQuoted && quotes === '""') ? '"' : '');
      // Two quotes in a row are a plain one inside of quotes, and nothing outside.
      if (isEscaped === (quotes === '""')) isQuoted = !isQuoted;
    } else if (blank === undefined || isQuoted) word = (word ?? '') + piece;
    else {
      if (word !== undefined) words.push(word);
      word = undefined;
    }
  }
  if (isQuoted) throw invalidOption(`a quote is not closed in: ${quoteIfHidden(line.slice(0, 60))}`);
  return word === undefined ? words : [...words, word];
}
