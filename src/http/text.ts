import { MockMorError } from '../problems.ts';

/** The text of a body. @throws MockMorError `BODY_INVALID` where it is no UTF-8 */
export function utf8Of(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new MockMorError('BODY_INVALID', 'the body is no UTF-8');
  }
}
