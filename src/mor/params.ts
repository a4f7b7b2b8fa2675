/**
 * What one parameter of a request holds: its text, or the mark of a value that is not a string (a list, a map, an uploaded
 * file). Such a value is present and invalid: it never crashes a check and is never read as some other value.
 */
export type ParamValue = string | typeof NOT_TEXT;

/** The mark of a value that is not a string. */
export const NOT_TEXT = Symbol('a value that is not a string');

/** The parameters of one request by name. A parameter that was not sent, or was sent as `null`, has no entry. */
export type Params = ReadonlyMap<string, ParamValue>;

/** A parameter and its text as sent. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The text of a parameter, or undefined if it is absent or not a string. */
export function getString(params: Params, name: string): string | undefined {
  const value = params.get(name);
  return value === NOT_TEXT ? undefined : value;
}

/** The text that goes into a hash: as sent, before any trimming; empty where absent; undefined if the value is not a string. */
export function textToHash(params: Params, name: string): string | undefined {
  const value = params.get(name) ?? '';
  return value === NOT_TEXT ? undefined : value;
}

/**
 * The text without the ASCII white space around it, as Ruby's `strip` does it; a NUL stays, and makes a number invalid.
 * Two loops, for a pattern would look at inner blanks again and again.
 */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Tab, line feed, vertical tab, form feed, carriage return, space. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** The id that a text names, white space around it and leading zeros tolerated; undefined where it names none. */
export function idIn(text: string): number | undefined {
  const digits = trimmed(text);
  if (!/^[0-9]+$/.test(digits)) return undefined;
  const id = Number(digits);
  return Number.isSafeInteger(id) ? id : undefined;
}
