/**
 * How a message shows text that came from outside. Everything in such a text can be seen: a character that has no shape
 * of its own, or that looks like another one, is escaped and named by its code point and position.
 */

/** How many characters of a text are quoted by default. */
const MAX_QUOTED = 60;

/** How many characters are searched for hidden ones. Messages about a text of a megabyte must stay cheap. */
const MAX_SEARCHED = 2000;

/** How many different hidden characters, and how many positions of each, a message names. The rest is counted. */
const MAX_NAMED = 3;

/**
 * What nobody can see, or takes for another character: control, format and bidirectional characters, private-use and
 * unassigned ones, lone surrogates, combining marks, blanks other than the usual one, letters and symbols without a
 * shape, full-width forms of ASCII, digits other than 0 to 9.
 */
const HIDDEN = /[\p{C}\p{M}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\uFF01-\uFF5E]|[^\P{Zs} ]|[^\P{Nd}0-9]/u;
const ALL_HIDDEN = new RegExp(HIDDEN, 'gu');

/** Nearly every text. The search by Unicode classes costs a hundred times as much, and a log line quotes two texts. */
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;
const IS_PRINTABLE_ASCII = /^[ -~]*$/;

/** The characters that testers meet, by code point. */
const NAMES: Readonly<Record<number, string>> = {
  0x00: 'NUL',
  0x09: 'tab',
  0x0a: 'line feed',
  0x0d: 'carriage return',
  0x1b: 'escape',
  0x7f: 'delete',
  0xa0: 'no-break space',
  0xad: 'soft hyphen',
  0x2009: 'thin space',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of an embedding or override',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x202f: 'narrow no-break space',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'end of an isolate',
  0x2800: 'blank braille pattern',
  0x3000: 'ideographic space',
  0xfeff: 'byte order mark',
};

/** The others, by what they are. The first that fits counts. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\p{Cc}/u, 'control character'],
  [/\p{Cs}/u, 'lone surrogate'],
  [/\p{Co}/u, 'private-use character'],
  [/\p{Cn}/u, 'unassigned character'],
  [/\p{M}/u, 'combining character'],
  [/\p{Zs}/u, 'space'],
  [/\p{Cf}/u, 'format character'],
  [/\p{Nd}/u, 'digit other than 0-9'],
];

/** How a text is quoted. */
export interface QuoteOptions {
  /** Longer texts are cut, and end in `…`. Default: 60 characters. */
  readonly maxLength?: number;
  /** Added in front of the closing quote, behind the cut. Default: empty. */
  readonly suffix?: string;
  /** Whether line ends and tabs belong in such a text: they are escaped, and not named. Default: false. */
  readonly isMultiline?: boolean;
}

/**
 * A text from outside, in double quotes and on one line: `"370\u200b61" (U+200B zero-width space at character 4)`.
 * Escapes are those of JSON; positions count characters from 1. Looks for hidden characters in the first 2000 characters.
 */
export function quote(text: string, { maxLength = MAX_QUOTED, suffix = '', isMultiline = false }: QuoteOptions = {}): string {
  if (text.length <= maxLength && NEEDS_NO_ESCAPE.test(text)) return `"${text}${suffix}"`;
  const quoted = `"${escapeText(startOfText(text, maxLength))}${text.length > maxLength ? '…' : ''}${suffix}"`;
  return IS_PRINTABLE_ASCII.test(text) ? quoted : `${quoted}${listHidden(startOfText(text, MAX_SEARCHED), isMultiline)}`;
}

/** A text as it is if everything in it can be seen, else in quotes: for lists in which quotes would only be noise. */
export function quoteIfHidden(text: string, options?: QuoteOptions): string {
  return hasHidden(text) ? quote(text, options) : text;
}

/**
 * A message that is already put together, hidden characters shown as `[U+200B]`: for words of others, such as those of
 * a parser, that quote text in their own way. Line feeds stay.
 */
export function showHidden(message: string): string {
  if (IS_PRINTABLE_ASCII.test(message)) return message;
  return message.replace(ALL_HIDDEN, (character) => (character === '\n' ? character : `[${formatCodePoint(character)}]`));
}

/** Any value in one short line: a string in quotes, anything else by its type. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  return value === null ? 'null' : typeof value;
}

/** One character: `"x"` if it can be seen, else `U+200B zero-width space`. */
export function describeCharacter(character: string): string {
  return HIDDEN.test(character) ? nameHidden(character) : `"${escapeText(character)}"`;
}

function hasHidden(text: string): boolean {
  return !IS_PRINTABLE_ASCII.test(text) && HIDDEN.test(startOfText(text, MAX_SEARCHED));
}

/** The first characters of a text. A pair of surrogates is one character, and is not cut in half. */
function startOfText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return text.slice(0, (text.codePointAt(maxLength - 1) ?? 0) > 0xffff ? maxLength - 1 : maxLength);
}

function escapeText(text: string): string {
  return text.replace(/["\\]/g, String.raw`\$&`).replace(ALL_HIDDEN, escapeCharacter);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

/** As JSON writes it: what masks keys in reports looks for that form too. */
function escapeCharacter(character: string): string {
  const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return SHORT_ESCAPES[character] ?? character.split('').map(escapeUnit).join('');
}

/** ` (U+200B zero-width space at characters 4 and 7)`, with its blank in front, or nothing. */
function listHidden(text: string, isMultiline: boolean): string {
  const positions = new Map<string, number[]>();
  Array.from(text).forEach((character, index) => {
    if (!HIDDEN.test(character) || (isMultiline && /[\t\n\r]/.test(character))) return;
    const known = positions.get(character);
    if (known === undefined) positions.set(character, [index + 1]);
    else known.push(index + 1);
  });
  if (positions.size === 0) return '';
  const named = [...positions].slice(0, MAX_NAMED).map(([character, at]) => {
    return `${nameHidden(character)} at ${formatPositions(at)}`;
  });
  const rest = positions.size - MAX_NAMED;
  return ` (${[...named, ...(rest > 0 ? [`${String(rest)} other hidden ${rest === 1 ? 'character' : 'characters'}`] : [])].join('; ')})`;
}

function formatPositions(positions: readonly number[]): string {
  const [first] = positions;
  if (positions.length === 1) return `character ${String(first)}`;
  const rest = positions.length - MAX_NAMED;
  const named = positions.slice(0, MAX_NAMED).map(String);
  const last = rest > 0 ? `${String(rest)} more` : named.pop();
  return `characters ${named.join(', ')} and ${String(last)}`;
}

function nameHidden(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `${formatCodePoint(character)} ${NAMES[code] ?? describeKind(character, code)}`;
}

function formatCodePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function describeKind(character: string, code: number): string {
  if (code >= 0xff01 && code <= 0xff5e) return `full-width ${JSON.stringify(String.fromCodePoint(code - 0xfee0))}`;
  return KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? 'invisible character';
}
