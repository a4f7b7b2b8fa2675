import { MockMorError } from '../problems.ts';

/** Keeps nothing from one text to the next. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a body. @throws MockMorError `BODY_INVALID` where it is no UTF-8 */
export function utf8Of(body: Buffer): string {
  try {
    return UTF8.decode(body);
  } catch {
    throw new MockMorError('BODY_INVALID', 'the body is no UTF-8');
  }
}
