/** What the real server said, taken apart. */
import { parseAnswer, type ParsedAnswer } from '../contract/parse-answer.ts';
import { MOR_ERRORS, type MorError, type MorErrorName } from '../mor/errors.ts';
import type { PassedAnswer } from './pass-on.ts';
import { unpacked } from './unpack.ts';

/** An answer of the real server. */
export interface RealAnswer extends Pick<PassedAnswer, 'status' | 'type' | 'disposition'> {
  readonly body: string;
  /** Undefined where it is no answer of MOR's. */
  readonly xml: ParsedAnswer | undefined;
  /** The error it means, whether by today's text or the old one; undefined for a text we do not know. */
  readonly error: MorErrorName | undefined;
}

/** The answer; where its body cannot be had, why. */
export function parseRealAnswer({ body, encoding, ...head }: PassedAnswer, mostBytes: number): RealAnswer | string {
  const { status, type, disposition } = head;
  const bytes = body === undefined ? 'too large' : unpacked(body, body.length === 0 ? undefined : encoding, mostBytes);
  if (bytes === 'too large') return `the answer has more than ${String(mostBytes)} bytes`;
  if (typeof bytes === 'string') return `the answer is packed in a way that cannot be read here`;
  const text = new TextDecoder().decode(bytes);
  const xml = parseAnswer(text);
  return { status, type, disposition, body: text, xml, error: xml?.kind === 'error' ? errorOf(xml.text) : undefined };
}

/** Whether the real server did what a call asks for. */
export function isSuccess({ xml }: RealAnswer): boolean {
  return xml?.kind === 'success';
}

function errorOf(text: string): MorErrorName | undefined {
  const found = Object.entries<MorError>(MOR_ERRORS).find(([, error]) => error.text === text || error.legacyText === text);
  return found?.[0] as MorErrorName | undefined;
}
