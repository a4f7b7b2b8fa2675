import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import type { ReceivedParam } from '../world/journal.ts';
import { describeCharset } from './content-type.ts';
import { tooManyParameters } from './parameter-limit.ts';
import { describeName, describeValue } from './text.ts';

/** How a text of `name=value` is read. */
export interface FormReading {
  /** In a query `;` separates parameters as `&` does, in a form it is text (Rack 1 and 2). */
  readonly from: 'query' | 'form';
  /** How many parameters there may be, empty ones too. */
  readonly most: number;
  /** The charset that was declared for a form: named if the text is not UTF-8, otherwise not looked at. */
  readonly charset?: string | undefined;
}

const BLANK = 0x20;

/**
 * Goes through a query string or an urlencoded body, decoded; `+` is a blank, an empty piece (a loose `&`) is nothing, and blanks behind
 * a separator are skipped. `isBare` is true for a name without `=`.
 *
 * @throws MockMorError `PARAMETERS_TOO_MANY`, `QUERY_INVALID`, `BODY_INVALID`
 */
export function eachParamOfForm(sent: string, reading: FormReading, take: (name: string, value: string, isBare: boolean) => void): void {
  const text = separatedByAmpersands(sent, reading.from);
  const isPlain = !text.includes('%') && !text.includes('+');
  let pieces = 0;
  let equals = text.indexOf('=');
  for (let start = 0; start < text.length;) {
    if (++pieces > reading.most) throw tooManyParameters(reading.most);
    const ampersand = text.indexOf('&', start);
    const end = ampersand < 0 ? text.length : ampersand;
    // Looked for again only once it is passed: a body of bare names must not be searched to its end for each of them.
    if (equals >= 0 && equals < start) equals = text.indexOf('=', start);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (end > start) {
      const name = text.slice(start, nameEnd);
      const value = text.slice(nameEnd + 1, end);
      const isBare = nameEnd === end;
      if (isPlain) take(name, value, isBare);
      else take(decoded(name, reading), decoded(value, reading, name), isBare);
    }
    start = end + 1;
    while (text.charCodeAt(start) === BLANK) start += 1;
  }
}

/** Whether a text is separated as only some versions of Rack read it: by a raw `;` in a query, or with blanks behind a separator. */
export function hasOddSeparators(text: string, from: FormReading['from']): boolean {
  return text.includes('& ') || (from === 'query' && text.includes(';'));
}

/** What is in front of each parameter that `eachParamOfForm` finds, those of loose separators too. */
export function listSeparators(text: string, from: FormReading['from']): readonly string[] {
  const separators: string[] = [];
  let before = '';
  text.split(from === 'query' ? /([&;] *)/ : /(& *)/).forEach((piece, i) => {
    if (i % 2 === 1) before += piece;
    else if (piece !== '') {
      separators.push(before);
      before = '';
    }
  });
  return separators;
}

/** The text with one kind of separator. */
function separatedByAmpersands(text: string, from: FormReading['from']): string {
  return from === 'query' && text.includes(';') ? text.replaceAll(';', '&') : text;
}

/** The same as a list. */
export function paramsOfForm(text: string, reading: FormReading): readonly ReceivedParam[] {
  const params: ReceivedParam[] = [];
  eachParamOfForm(text, reading, (name, value, isBare) =>
    params.push({ name, value, from: reading.from, ...(isBare ? { isBare: true as const } : {}) }),
  );
  return params;
}

/** The text of a name or, where the name is given, of its value. */
function decoded(text: string, { from, charset }: FormReading, name?: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const [code, place] = from === 'query' ? (['QUERY_INVALID', 'query'] as const) : (['BODY_INVALID', 'body'] as const);
    // A value is not quoted, nor what is no plain name: it may be a password.
    const which = name === undefined ? describeName(text) : describeValue(name);
    throw new MockMorError(code, `the ${place} has a percent-encoding that is broken or no UTF-8, in ${which}${describeCharset(charset)}`);
  }
}

/**
 * The one place that says what repeated and bracketed names mean, as Rails reads them: the last of a scalar name wins;
 * `did[]=1` and `did[a]=1` are a list and a map called `did`, which are not strings. Mixed with a scalar of the same name
 * real servers refuse the request whole; here the parameter is not a string.
 */
export function collect(params: Map<string, ParamValue>, name: string, value: ParamValue): void {
  const bracket = name.indexOf('[');
  if (bracket > 0) params.set(name.slice(0, bracket), NOT_TEXT);
  else if (name !== '' && params.get(name) !== NOT_TEXT) params.set(name, value);
}

/** The parameters of one place. */
export function collected(received: readonly ReceivedParam[]): Map<string, ParamValue> {
  const params = new Map<string, ParamValue>();
  for (const { name, value } of received) collect(params, name, value);
  return params;
}
