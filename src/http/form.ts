import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { piecesOfForm, tooManyParameters } from './parameter-limit.ts';

/** The pairs of a query string or an urlencoded body, decoded; `+` is a blank, an empty piece (a loose `&`) is nothing. At most `most`. */
export function pairsOfForm(text: string, place: 'query' | 'body', most: number): readonly (readonly [name: string, value: string])[] {
  if (piecesOfForm(text) > most) throw tooManyParameters(most);
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=');
      return equals < 0
        ? ([decoded(piece, place), ''] as const)
        : ([decoded(piece.slice(0, equals), place), decoded(piece.slice(equals + 1), place)] as const);
    });
}

function decoded(text: string, place: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const code = place === 'query' ? 'QUERY_INVALID' : 'BODY_INVALID';
    throw new MockMorError(code, `the ${place} has a percent-encoding that is broken or no UTF-8, in "${text.slice(0, 80)}"`);
  }
}

/**
 * The one place that says what repeated and bracketed names mean, as Rails reads them: the last of a scalar name wins;
 * `did[]=1` and `did[a]=1` are a list and a map called `did`, which are no text. Mixed with a scalar of the same name
 * real servers refuse the request whole; here the parameter is no text.
 */
export function collected(pairs: Iterable<readonly [name: string, value: ParamValue]>): Map<string, ParamValue> {
  const params = new Map<string, ParamValue>();
  for (const [name, value] of pairs) {
    const bracket = name.indexOf('[');
    if (bracket > 0) params.set(name.slice(0, bracket), NOT_TEXT);
    else if (name !== '' && params.get(name) !== NOT_TEXT) params.set(name, value);
  }
  return params;
}
