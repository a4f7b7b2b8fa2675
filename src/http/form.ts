import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { quote } from '../mor/quote.ts';
import { MockMorError } from '../problems.ts';
import type { ReceivedParam } from '../world/journal.ts';
import { tooManyParameters } from './parameter-limit.ts';

/** Goes through a query string or an urlencoded body, decoded; `+` is a blank, an empty piece (a loose `&`) is nothing. At most `most` pieces, empty ones too. */
export function eachParamOfForm(text: string, from: 'query' | 'form', most: number, take: (name: string, value: string) => void): void {
  const isPlain = !text.includes('%') && !text.includes('+');
  let pieces = 0;
  let equals = text.indexOf('=');
  for (let start = 0; start < text.length;) {
    if (++pieces > most) throw tooManyParameters(most);
    const ampersand = text.indexOf('&', start);
    const end = ampersand < 0 ? text.length : ampersand;
    // Looked for again only once it is passed: a body of bare names must not be searched to its end for each of them.
    if (equals >= 0 && equals < start) equals = text.indexOf('=', start);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (end > start) {
      const name = text.slice(start, nameEnd);
      const value = text.slice(nameEnd + 1, end);
      if (isPlain) take(name, value);
      else take(decoded(name, from), decoded(value, from, name));
    }
    start = end + 1;
  }
}

/** The same as a list. */
export function paramsOfForm(text: string, from: 'query' | 'form', most: number): readonly ReceivedParam[] {
  const params: ReceivedParam[] = [];
  eachParamOfForm(text, from, most, (name, value) => params.push({ name, value, from }));
  return params;
}

/** The text of a name or, where the name is given, of its value. */
function decoded(text: string, from: 'query' | 'form', name?: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const [code, place] = from === 'query' ? (['QUERY_INVALID', 'query'] as const) : (['BODY_INVALID', 'body'] as const);
    // A value is not quoted: it may be a password.
    const which = name === undefined ? `the name ${quote(text, { maxLength: 80 })}` : `the value of ${quote(name, { maxLength: 80 })}`;
    throw new MockMorError(code, `the ${place} has a percent-encoding that is broken or no UTF-8, in ${which}`);
  }
}

/**
 * The one place that says what repeated and bracketed names mean, as Rails reads them: the last of a scalar name wins;
 * `did[]=1` and `did[a]=1` are a list and a map called `did`, which are no text. Mixed with a scalar of the same name
 * real servers refuse the request whole; here the parameter is no text.
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
