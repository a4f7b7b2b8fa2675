import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import type { ReceivedParam } from '../world/journal.ts';

/** What a query string or an urlencoded body holds, decoded; `+` is a blank, an empty piece (a loose `&`) is nothing. */
export function paramsOfForm(text: string, from: 'query' | 'form'): readonly (ReceivedParam & { readonly value: string })[] {
  const params: (ReceivedParam & { readonly value: string })[] = [];
  for (const piece of text.split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const name = decoded(equals < 0 ? piece : piece.slice(0, equals), from);
    params.push({ name, value: equals < 0 ? '' : decoded(piece.slice(equals + 1), from), from });
  }
  return params;
}

function decoded(text: string, from: 'query' | 'form'): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const [code, place] = from === 'query' ? (['QUERY_INVALID', 'query'] as const) : (['BODY_INVALID', 'body'] as const);
    throw new MockMorError(code, `the ${place} has a percent-encoding that is broken or no UTF-8, in "${text.slice(0, 80)}"`);
  }
}

/**
 * The one place that says what repeated and bracketed names mean, as Rails reads them: the last of a scalar name wins;
 * `did[]=1` and `did[a]=1` are a list and a map called `did`, which are no text. Mixed with a scalar of the same name
 * real servers refuse the request whole; here the parameter is no text.
 */
export function collected(received: readonly ReceivedParam[]): Map<string, ParamValue> {
  const params = new Map<string, ParamValue>();
  for (const { name, value } of received) {
    const bracket = name.indexOf('[');
    if (bracket > 0) params.set(name.slice(0, bracket), NOT_TEXT);
    else if (name !== '' && params.get(name) !== NOT_TEXT) params.set(name, value);
  }
  return params;
}
