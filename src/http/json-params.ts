import { showHidden } from '../mor/quote.ts';
import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { hasMoreMembers, tooManyParameters } from './parameter-limit.ts';

/** A string, or a number outside strings, in a text that is known to be JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The parameters of a JSON body. Numbers keep their digits as written, for a DID may stand above 2^53; booleans are their
 * text, `null` is absent, lists and maps are not strings. A body that is no object carries no parameters. At most
 * `most` members.
 */
export function paramsOfJson(text: string, most: number): Map<string, ParamValue> {
  if (hasMoreMembers(text, most)) throw tooManyParameters(most);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The parser quotes the body around an unexpected character; there may be a password in it.
    const words = (error as Error).message.replace(/, (?:\.\.\.)?".*$/s, '');
    throw new MockMorError('BODY_INVALID', `the body is broken JSON: ${showHidden(words)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map<string, ParamValue>();
  return paramsOfObject(value as JsonObject, text);
}

type JsonObject = Readonly<Record<string, unknown>>;

function paramsOfObject(object: JsonObject, text: string): Map<string, ParamValue> {
  const params = new Map<string, ParamValue>();
  // Name by name, for pairs would have to be made first.
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (typeof value === 'string') params.set(name, value);
    else if (typeof value === 'number') return paramsOfObject(withNumbersAsText(text), text);
    else if (typeof value === 'boolean') params.set(name, String(value));
    else if (value !== null) params.set(name, NOT_TEXT);
  }
  return params;
}

/** The text is known to be a JSON object, so each match is a whole string or a whole number. */
function withNumbersAsText(text: string): JsonObject {
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) as JsonObject;
}
