import { MockMorError } from '../problems.ts';

/** A text of JSON with a member takes at least these bytes: `"":0,`. */
const MIN_MEMBER = 5;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** What is said of a request with more parameters than there may be. */
export function tooManyParameters(most: number): MockMorError {
  const message = `the request has more than ${String(most)} parameters; send fewer, or allow more with --max-parameters`;
  return new MockMorError('PARAMETERS_TOO_MANY', message);
}

/** Whether a text of JSON has more members than this, those of inner objects and repeated ones too: looked for before it is parsed. */
export function hasMoreMembers(text: string, most: number): boolean {
  if (text.length <= most * MIN_MEMBER) return false;
  let count = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isInString = !isInString;
    else if (isInString) at += code === BACKSLASH ? 1 : 0;
    else if (code === COLON && ++count > most) return true;
  }
  return false;
}
