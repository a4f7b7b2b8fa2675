import type { Document, LineCounter } from 'yaml';

/** What is wrong with the syntax, at an offset. */
export interface SyntaxIssue {
  readonly offset: number;
  readonly message: string;
}

/** Why values are not read that recursion cannot reach. */
export const TOO_DEEP = 'The values are nested too deeply to be read; fixtures need four levels.';

/** How much of a message of the library is shown. */
const MAX_MESSAGE = 150;

/** What a merge leaves in a file. */
export const MERGE_CONFLICT =
  'A merge conflict is left here: keep one side, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.';

/** Whether a line is one of those that a merge adds. */
export function isConflictMark(line: string): boolean {
  return /^(?:<{7}|={7}|>{7})(?: |$)/.test(line);
}

/** A key, then a colon with no blank behind it. */
const GLUED_COLON = /^["']?([A-Za-z_][\w-]{0,59})["']?:\S/;

/** A value, then the next key. */
const NO_COMMA = /^[^\n,{}[\]]*[^\s,:{}[\]]\s+["']?[A-Za-z_][\w-]*["']?\s*:/;

const NO_COMMA_BEFORE = 'A comma is missing before this.';

/** The mistakes that are usual, by what the library says of them and what is written there. The first that fits counts. */
const USUAL_MISTAKES: readonly (readonly [code: RegExp, written: RegExp, message: string])[] = [
  [/^RESOURCE_EXHAUSTION$/, /^/, TOO_DEEP],
  [/^MULTIPLE_DOCS$/, /^/, 'A second document starts here; a file holds one.'],
  [/^NON_STRING_KEY$/, /^/, 'A key must be text.'],
  [/^TAG_RESOLVE_FAILED$/, /^(!\S{0,60})/, 'The tag $1 is not supported: write the value itself, text in quotes.'],
  [
    /^(?:MULTILINE_IMPLICIT_KEY|MISSING_CHAR)$/,
    GLUED_COLON,
    'A blank is missing behind the colon of "$1": write "$1: …".',
  ],
  [/^BLOCK_IN_FLOW$/, NO_COMMA, 'A comma is missing between two values here.'],
  [/^UNEXPECTED_TOKEN$/, /^[[{]/, NO_COMMA_BEFORE],
  [/^BLOCK_IN_FLOW$/, /^/, 'A text with ": " in it needs quotes, and values in { } or [ ] a comma between them.'],
  [
    /^BLOCK_AS_IMPLICIT_KEY$/,
    /^/,
    'There are two colons in one line, or the next line is indented too far. A text with ": " in it needs quotes.',
  ],
];

/** Every syntax error, in our words if the mistake is a usual one: the first of each line, for it often causes the others there. */
export function describeSyntaxErrors(
  document: Pick<Document, 'errors' | 'warnings'>,
  text: string,
  lines: LineCounter,
): readonly SyntaxIssue[] {
  // Tags that could change a value are warnings to the library.
  const all = [...document.errors, ...document.warnings];
  if (all.length === 0) return [];
  const conflicts = Array.from(text.matchAll(/^<{7}(?: .*)?$/gm), ({ index }) => ({
    offset: index,
    message: MERGE_CONFLICT,
  }));
  if (conflicts.length > 0) return conflicts;
  const tooDeep = all.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const errors = tooDeep === undefined ? all.toSorted((a, b) => a.pos[0] - b.pos[0]) : [tooDeep];
  const findLine = ({ pos: [offset] }: SyntaxError): number => lines.linePos(offset).line;
  const withoutComma = new Set(errors.filter(isMissingComma).map(findLine));
  const issues = errors.map((error) => {
    const line = findLine(error);
    const message = withoutComma.has(line) ? NO_COMMA_BEFORE : describe(error, text);
    return { code: error.code, line, offset: error.pos[0], message };
  });
  // Of two rows without a comma between them the library takes the first for a key.
  const isKey = issues.every(({ message }) => message !== NO_COMMA_BEFORE);
  const first = new Map<number, SyntaxIssue>();
  for (const { code, line, offset, message } of issues)
    if (!first.has(line) && (isKey || code !== 'NON_STRING_KEY')) first.set(line, { offset, message });
  return [...first.values()];
}

type SyntaxError = Document['errors' | 'warnings'][number];

function isMissingComma({ code, message }: SyntaxError): boolean {
  return code === 'MISSING_CHAR' && message.startsWith('Missing , ');
}

function describe({ code, message, pos }: SyntaxError, text: string): string {
  const written = text.slice(pos[0], pos[0] + 500);
  for (const [codes, form, words] of USUAL_MISTAKES) {
    const found = codes.test(code) ? form.exec(written) : null;
    if (found !== null) return words.replaceAll('$1', () => found[1] ?? '');
  }
  // The words of the library may quote a text of any length.
  return `${message.slice(0, MAX_MESSAGE)}${message.length > MAX_MESSAGE ? '…' : '.'}`;
}
