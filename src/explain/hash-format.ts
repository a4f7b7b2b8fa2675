/** Reads a hash as it was sent, whatever its digest, its encoding and what is around it. */
import { trimBlanks } from './text-transforms.ts';

/** Digests that clients use; MOR's own is `sha1`. */
export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** A hash as it was sent. */
export interface HashFormat {
  /** Its bytes in lower-case hex. */
  readonly hex: string;
  readonly digest: DigestName;
  /** What is wrong with its form; empty if nothing is. */
  readonly error: string;
  /** Added to the formula, such as ` in upper-case hex`; empty for lower-case hex. */
  readonly encoding: string;
}

/** Longer texts are no hashes, whatever is around them. */
const MAX_LENGTH = 200;

/** More of them around one hash are not looked for. */
const MAX_WRAPPINGS = 4;

const DIGEST_BY_BYTES: Readonly<Record<number, DigestName>> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' };
const DIGEST_TITLES: Readonly<Record<DigestName, string>> = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' };

/** What programs print around a hash. */
interface Wrapping {
  /** The hash without it; undefined if it is not there. */
  readonly unwrap: (text: string) => string | undefined;
  /** What is around the hash, as a noun; `show` quotes a part of it. */
  readonly describe: (text: string, show: (part: string) => string) => string;
}

/** The `uniquehash` that MOR gives each user: clients send it in the place of the hash. */
const UNIQUEHASH = /^[A-Za-z0-9]{10,11}$/;

const HEX = '(?:[0-9A-F]{32}|[0-9A-F]{40}|[0-9A-F]{64}|[0-9A-F]{128})';

/** A wrapping by its pattern, with the groups `hash` and, if it is shown, `rest`. */
const byPattern = (pattern: RegExp, describe: (rest: string) => string): Wrapping => ({
  unwrap: (text) => pattern.exec(text)?.groups?.['hash'],
  describe: (text, show) => describe(show(pattern.exec(text)?.groups?.['rest'] ?? '')),
});

/** A wrapping that a function takes away; the function returns the same text if there is none. */
const byFunction = (unwrap: (text: string) => string, description: string): Wrapping => ({
  unwrap: (text) => (unwrap(text) === text ? undefined : unwrap(text)),
  describe: () => description,
});

const WRAPPINGS: readonly Wrapping[] = [
  // Two blanks, or one if a shell split the words; an asterisk for binary mode; a backslash before an odd file name.
  byPattern(
    new RegExp(`^\\s*\\\\?(?<hash>${HEX})(?<rest>[\\t ]+\\*?\\S.*?)\\s*$`, 'is'),
    (rest) => `${rest} behind it, as sha1sum prints the name of its input`,
  ),
  byPattern(
    new RegExp(`^\\s*(?<rest>[^=:]{1,80}[=:]\\s*)(?<hash>${HEX})\\s*$`, 'is'),
    (rest) => `the label ${rest} in front of it, as openssl prints one`,
  ),
  byPattern(/^\s*(?<rest>\{S?SHA\d*\}|sha\d+-)(?<hash>[A-Za-z0-9+/]+=*)\s*$/i, (rest) => `${rest} in front of it`),
  byPattern(new RegExp(`^(?<rest>0x)(?<hash>${HEX})$`, 'i'), (rest) => `${rest} in front of it`),
  byPattern(/^b(?<quotes>["'])(?<hash>.*)\k<quotes>$/s, () => 'the b and the quotes of Python bytes around it (decode them)'),
  byPattern(/^(?<quotes>["'`])(?<hash>.*)\k<quotes>$/s, () => 'quotes around it'),
  byFunction(trimBlanks, 'blanks around it'),
  byFunction((text) => text.replace(/^[\p{C}\p{Z}]+/u, '').replace(/[\p{C}\p{Z}]+$/u, ''), 'hidden characters around it'),
  byFunction(
    (text) => (/^[0-9A-F]{2}(?:([-: ])[0-9A-F]{2})(?:\1[0-9A-F]{2}){14,}$/i.test(text) ? text.replace(/[-: ]/g, '') : text),
    'separators between its bytes',
  ),
];

/** The hash in a text; undefined if there is none. `show` quotes what is around it, with keys masked. */
export function parseHashFormat(sent: string, show: (text: string) => string): HashFormat | undefined {
  if (sent.length > MAX_LENGTH) return undefined;
  const { text, around } = unwrapAll(sent, show);
  const found = parseHex(text) ?? parseBase64(text);
  if (found === undefined) return undefined;
  const { hex, digest, encoding } = found;
  const errors = [...(digest === 'sha1' ? [] : [DIGEST_TITLES[digest]]), ...(encoding === '' ? [] : [encoding]), ...around];
  return {
    hex,
    digest,
    error: errors.length === 0 ? '' : `it must be SHA-1 in lower-case hex and nothing else, not ${errors.join(', ')}`,
    encoding: encoding === '' ? '' : ` in ${encoding}`,
  };
}

/** What is wrong with a text in which there is no hash. */
export function describeFormatError(sent: string): string {
  if (UNIQUEHASH.test(sent))
    return `it has ${String(sent.length)} characters, and must have 40; it looks like the uniquehash of a user, which is no hash of a request`;
  if (sent.length !== 40) return `it has ${sent.length === 1 ? '1 character' : `${String(sent.length)} characters`}, and must have 40`;
  return 'it has other characters than 0-9 and a-f';
}

function unwrapAll(sent: string, show: (text: string) => string): { readonly text: string; readonly around: readonly string[] } {
  const around: string[] = [];
  let text = sent;
  while (around.length < MAX_WRAPPINGS) {
    const wrapping = WRAPPINGS.find(({ unwrap }) => unwrap(text) !== undefined);
    if (wrapping === undefined) break;
    around.push(wrapping.describe(text, show));
    text = wrapping.unwrap(text) ?? '';
  }
  return { text, around };
}

type BareHash = Pick<HashFormat, 'hex' | 'digest' | 'encoding'>;

function parseHex(text: string): BareHash | undefined {
  const digest = /^(?:[0-9A-F]{2})+$/i.test(text) ? DIGEST_BY_BYTES[text.length / 2] : undefined;
  const hex = text.toLowerCase();
  return digest && { hex, digest, encoding: hex === text ? '' : 'upper-case hex' };
}

function parseBase64(text: string): BareHash | undefined {
  // A bare + of base64 arrives as a blank.
  if (/^[0-9A-F]+$/i.test(text) || !/^[A-Za-z0-9+/_ -]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text.replaceAll(' ', '+'), 'base64');
  const digest = DIGEST_BY_BYTES[bytes.length];
  if (digest !== undefined) return { hex: bytes.toString('hex'), digest, encoding: 'base64' };
  // The hex text was encoded, and not its bytes.
  const inner = parseHex(trimBlanks(bytes.toString('latin1')));
  return inner && { ...inner, encoding: inner.encoding === '' ? 'base64 of the hex text' : `base64 of ${inner.encoding}` };
}
