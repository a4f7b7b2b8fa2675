import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { hasMoreMembers, tooManyParameters } from './parameter-limit.ts';

/** A string, or a number outside strings, in a text that is known to be JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The parameters of a JSON body. Numbers keep their digits as written, for a DID may stand above 2^53; booleans are their
 * text, `null` is absent, lists and maps are no text. A body that is no object carries no parameters. At most
 * `most` members.
 */
export function paramsOfJson(text: string, most: number): Map<string, ParamValue> {
  if (hasMoreMembers(text, most)) throw tooManyParameters(most);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MockMorError('BODY_INVALID', `the body is broken JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const params = new Map<string, ParamValue>();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return params;
  for (const [name, entry] of Object.entries(hasNumber(value) ? withNumbersAsText(text) : value)) {
    if (typeof entry === 'string') params.set(name, entry);
    else if (typeof entry === 'boolean') params.set(name, String(entry));
    else if (entry !== null) params.set(name, NOT_TEXT);
  }
  return params;
}

function hasNumber(value: object): boolean {
  return Object.values(value).some((entry) => typeof entry === 'number');
}

/** The text is known to be a JSON object, so each match is a whole string or a whole number. */
function withNumbersAsText(text: string): object {
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) as object;
}
