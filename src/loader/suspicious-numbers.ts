import { quote } from '../mor/quote.ts';
import { pluralize } from './pluralize.ts';

/** How many examples of each kind a warning has. */
const MAX_EXAMPLES = 3;

/** What numbers look like that a spreadsheet, a form or a clipboard has changed. The first that fits counts. */
const KINDS: readonly (readonly [words: string, form: RegExp])[] = [
  // Without a sign or a separator it is a number with a letter in it, which there may be.
  ['in scientific notation', /^[+-]?\d+(?:[.,]\d*e[+-]?|e[+-])\d+$/i],
  ['with separators', /^\d+(?:[.,'’]\d*)+$/],
  ['with the marks of a formula or of text', /^['’=]/],
  ['with a plus sign', /^\+\d+$/],
  ['with blanks or invisible characters', /[\s\p{Z}\p{C}]/u],
  ['with other characters', /^/],
];

/** Digits, and letters behind them: MOR lets people add such numbers. */
const POSSIBLE = /^[0-9][0-9A-Za-z]*$/;

/** Collects the numbers of one file that no call could have made. They are valid text, but probably not meant. */
export class SuspiciousNumbers {
  readonly #kinds = new Map<string, { count: number; readonly examples: string[] }>();

  /** Adds a number if it is one. `locate` gives its location in one text. */
  add(number: string, locate: () => string): void {
    if (POSSIBLE.test(number)) return;
    const [words = ''] = KINDS.find(([, form]) => form.test(number)) ?? [];
    const kind = this.#kinds.get(words) ?? { count: 0, examples: [] };
    this.#kinds.set(words, kind);
    kind.count += 1;
    if (kind.examples.length < MAX_EXAMPLES) kind.examples.push(`${locate()} ${quote(number)}`);
  }

  /** The warning about all of them; undefined if there are none. */
  describe(file = 'the fixtures'): string | undefined {
    if (this.#kinds.size === 0) return undefined;
    const kinds = Array.from(this.#kinds, ([words, { count, examples }]) => {
      const shown = [...examples, ...(count > examples.length ? ['…'] : [])].join(', ');
      return `${String(count)} ${words} (${shown})`;
    });
    const total = [...this.#kinds.values()].reduce((sum, { count }) => sum + count, 0);
    const subject = `${file}: ${pluralize(total, 'number')} that no call could have made`;
    const advice = 'If a spreadsheet made them, format the column as text and export it again.';
    return `${subject}: ${kinds.join(', ')}. They are kept as they are written. ${advice}`;
  }
}
