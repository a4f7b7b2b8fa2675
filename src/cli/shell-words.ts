import { quoteIfHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';

/** A piece of a POSIX command line: blanks, a quoted text, an escape, or plain characters. */
const PIECE = /(\s+)|'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\$]+|\$)/gy;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The words of a line as a shell would split it. Variables and patterns are left as they stand. @throws MockMorError `OPTION_INVALID` */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const match of line.matchAll(PIECE)) {
    const [piece, blank, single, ansi, double, escaped, plain] = match;
    end += piece.length;
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (escaped !== '\n') {
      const text =
        single ??
        ansi?.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPES[letter] ?? letter) ??
        double?.replace(/\\(["\\$`])/g, '$1').replace(/\\\n/g, '') ??
        escaped ??
        plain ??
        '';
      word = (word ?? '') + text;
    }
  }
  if (end < line.length) throw invalidOption(`a quote is not closed in: ${quoteIfHidden(line.slice(end, end + 60))}`);
  if (word !== undefined) words.push(word);
  return words;
}
