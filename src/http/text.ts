import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { quoteName } from '../mor/redact.ts';
import { MockMorError } from '../problems.ts';

/** Keeps nothing from one text to the next. A byte order mark is a part of the text: a hash is made of what was sent. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a body; undefined if it is not UTF-8. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a body. @throws MockMorError `BODY_INVALID` where it is no UTF-8 */
export function utf8Of(body: Buffer): string {
  const text = decodeUtf8(body);
  if (text === undefined) throw new MockMorError('BODY_INVALID', 'the body is not UTF-8');
  return text;
}

/** Whether a text that holds one byte in each character, as `latin1` decodes it, is UTF-8. */
export function holdsUtf8(bytes: string): boolean {
  return isUtf8(Buffer.from(bytes, 'latin1'));
}

/** `the name "café"`; what may be more than a name, such as a whole body, is not quoted. */
export function describeName(name: string): string {
  return `the name ${quoteName(name)}`;
}

/** `the value of "comment"`. The value itself is not quoted: it may be a password. */
export function describeValue(name: string): string {
  return `the value of ${quoteName(name)}`;
}
