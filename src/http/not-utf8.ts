/** Which parameter of a body is not UTF-8, once the body is known not to be. Bytes are read as `latin1`, one a character. */
import { MockMorError } from '../problems.ts';
import { describeCharset, parseContentType } from './content-type.ts';
import { describeName, describeValue, holdsUtf8 } from './text.ts';

/** The error for bytes that are not UTF-8: names what they belong to, and the charset that was declared. */
export function notUtf8(what: string, charset: string | undefined): MockMorError {
  return new MockMorError('BODY_INVALID', `${what} is not UTF-8${describeCharset(charset)}`);
}

/** The name or value in an urlencoded body. */
export function findInForm(body: Buffer): string {
  const text = body.toString('latin1');
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf('&', start);
    const end = ampersand < 0 ? text.length : ampersand;
    const piece = text.slice(start, end);
    if (!holdsUtf8(piece)) return describePair(piece);
    start = end + 1;
  }
  return 'the body';
}

function describePair(piece: string): string {
  const [name = ''] = piece.replace(/^ +/, '').split('=', 1);
  return holdsUtf8(name) ? describeValue(percentDecoded(toText(name))) : describeName(withBytesShown(name));
}

function percentDecoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

/** The member of a JSON object; the whole body if it is no object, or broken. */
export function findInJson(body: Buffer): string {
  // An escape stands for a character, not for a byte.
  const text = body.toString('latin1').replace(/\\(?:u[0-9a-f]{4}|[^u])/gi, (escape) => (/^\\u/i.test(escape) ? '?' : escape));
  for (const [name, value] of membersOf(text)) {
    if (!holdsUtf8(name)) return describeName(withBytesShown(name));
    if (!holdsUtf8(JSON.stringify(value))) return describeValue(toText(name));
  }
  return 'the body';
}

function membersOf(text: string): readonly (readonly [string, unknown])[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  } catch {
    return [];
  }
}

/** The charset that a part of a multipart body declares for itself, or else the body; undefined if neither does. */
export function findPartCharset(body: Buffer, contentType: string, name: string): string | undefined {
  const { boundary = '', charset } = parseContentType(contentType) ?? {};
  const parts = body.toString('latin1').split(`--${boundary}\r\n`);
  const head = parts.find((part) => !holdsUtf8(part) && toText(part).includes(`name="${name}"`))?.split('\r\n\r\n', 1)[0];
  return /^content-type:.*?;\s*charset="?([^\s";]+)/im.exec(head ?? '')?.[1] ?? charset;
}

function toText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** `caf<E9>`: each byte that is no ASCII in hex. */
function withBytesShown(name: string): string {
  return name.replace(/[\x80-\xff]/g, (byte) => `<${byte.charCodeAt(0).toString(16).toUpperCase()}>`);
}
