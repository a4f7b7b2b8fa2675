import { TextDecoder } from 'node:util';
import { MockMorError } from '../problems.ts';

/** Keeps nothing from one text to the next. A byte order mark is a part of the text: a hash is made of what was sent. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a body. @throws MockMorError `BODY_INVALID` where it is no UTF-8 */
export function utf8Of(body: Buffer): string {
  try {
    return UTF8.decode(body);
  } catch {
    throw new MockMorError('BODY_INVALID', 'the body is no UTF-8');
  }
}
