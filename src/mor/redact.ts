/** Takes secrets out of what is kept of a request: keys, hashes, passwords, and all that may be one of them. */
import { decodeOnce, ENCODED } from './decode.ts';
import { quote } from './quote.ts';

/** What stands for a secret in everything that is shown. */
export const MASKED_KEY = '***';

/** Shorter keys guard nothing, and to mask them would blot out ids and numbers. */
export const MIN_MASKED_LENGTH = 4;

/** How many secret values of one request are looked for in its other texts. A longer one is no password. */
const MAX_SENT_SECRETS = 100;
const MAX_SENT_LENGTH = 1000;

/** How many characters one pattern is made of: a world may have thousands of keys, and a pattern its limits. */
const MAX_PATTERN = 20_000;

/** What is known to be secret, as patterns. */
export interface KnownSecrets {
  /** The keys of a world, the longest first. */
  readonly keys: readonly RegExp[];
  /** What a request has sent as a password, a hash or the like. */
  readonly sent: readonly RegExp[];
}

/** What is written in place of each secret. */
export interface StandIns {
  readonly key: (key: string) => string;
  readonly hash: string;
  readonly other: string;
}

const MASKS: StandIns = { key: () => MASKED_KEY, hash: MASKED_KEY, other: MASKED_KEY };

/** The keys of a world and the values that one request has sent under secret names, those that are long enough to be any. */
export function knownSecrets(keys: readonly string[], sent: readonly string[] = []): KnownSecrets {
  const values = sent.filter((text) => text.length >= MIN_MASKED_LENGTH && text.length <= MAX_SENT_LENGTH).slice(0, MAX_SENT_SECRETS);
  return {
    keys: toPatterns(keys, literally),
    // A number in digits is no secret where it is a part of another number.
    sent: toPatterns(values, (text) => (/^[0-9]+$/.test(text) ? `(?<![0-9])${text}(?![0-9])` : literally(text))),
  };
}

function toPatterns(texts: readonly string[], toSource: (text: string) => string): readonly RegExp[] {
  // One may be a part of another.
  const longestFirst = texts
    .filter(({ length }) => length >= MIN_MASKED_LENGTH && length <= MAX_PATTERN)
    .toSorted((a, b) => b.length - a.length);
  const sources: string[] = [];
  for (const text of longestFirst) {
    const source = toSource(text);
    const last = sources.at(-1);
    if (last === undefined || last.length + source.length > MAX_PATTERN) sources.push(source);
    else sources[sources.length - 1] = `${last}|${source}`;
  }
  return sources.map((source) => new RegExp(source, 'g'));
}

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&');
}

/** Names whose values are not shown: the hash, however it is misspelt, and what clients send of keys and passwords. */
const SECRET_NAME = /^(?:p|pw|pin|sid|has|hsh)(?:\[|$)|hash|key|pass|pwd|secret|token|auth|sign|cookie|session|cred|jwt/i;

/** Whether a parameter, a header or a field of this name holds a hash, a key or a password. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.trim());
}

/** Of pairs of names and values those values that are secret by their name. */
export function secretValues(pairs: Iterable<readonly [name: string, value: unknown]>): readonly string[] {
  const values: string[] = [];
  for (const [name, value] of pairs) if (typeof value === 'string' && isSecretName(name)) values.push(value);
  return values;
}

/** How often a text may be encoded, one encoding over the other. */
const MAX_ENCODINGS = 3;

/**
 * A text with every secret in it masked, or replaced by its stand-in. One that holds a secret in an encoded form is masked as a whole.
 *
 * @example
 * redactText('u=admin&p=hunter2', knownSecrets([])); // 'u=admin&p=***'
 */
export function redactText(text: string, secrets: KnownSecrets, standIns: StandIns = MASKS): string {
  const plain = redactPlain(text, secrets, standIns);
  let decoded = plain;
  for (let round = 0; round < MAX_ENCODINGS && ENCODED.test(decoded); round++) {
    decoded = decodeOnce(decoded);
    if (redactPlain(decoded, secrets, standIns) !== decoded) return standIns.other;
  }
  return plain;
}

/** The beginning of a text, redacted. At most `max` characters are looked at: of a longer text the end is left out, for a secret may be cut in two there. */
export function redactStart(text: string, secrets: KnownSecrets, max: number): string {
  if (text.length <= max) return redactText(text, secrets);
  const plain = redactText(text.slice(0, max), secrets);
  return plain.slice(0, Math.max(0, plain.length - CUT_OFF));
}

/** How much is left out where a text is cut. Longer keys are improbable. */
const CUT_OFF = 300;

/** The one name of a key that our own words have: a part of it is no key. */
const KEY_NAME = 'api_secret_key';

/** User names and passwords in addresses: `//admin:hunter2@`. */
const IN_ADDRESS = /\/\/[^\s:/?#]{0,100}:\S{0,100}@/g;

/** What an `Authorization` holds, also where it is quoted. */
const CREDENTIALS = /(?<![\w-])(Bearer|Basic)\s{1,3}([\w.~+/=-]{8,})/gi;

const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

/** Hex digits in a row, as many as an MD5 has or more. */
const HEX_RUN = /[0-9A-Fa-f]{32,}/g;

/** What ends as base64 does and is as long as an MD5, with whatever is glued in front of it. */
const BASE64_DIGEST = /(?<![\w+/=-])[\w+/-]{22,}={1,2}(?![\w+/=-])/g;

function redactPlain(text: string, secrets: KnownSecrets, standIns: StandIns): string {
  const rest = redactKnown(text, secrets, standIns);
  return /[=:>]/.test(rest) ? redactPairs(rest, standIns.other) : rest;
}

/** The same for texts of the mock, in which the name of a secret is just a word: masks only what is a secret in any context. */
export function redactKnown(text: string, { keys, sent }: KnownSecrets, { key, hash, other }: StandIns = MASKS): string {
  const replaceKeys = (rest: string, pattern: RegExp): string =>
    rest.replace(pattern, (found: string, at: number) => (isInKeyName(rest, found, at) ? found : key(found)));
  let rest = keys.reduce(replaceKeys, text);
  for (const pattern of sent) rest = rest.replace(pattern, other);
  if (rest.includes('//') && rest.includes('@')) rest = rest.replace(IN_ADDRESS, `//${other}@`);
  if (rest.length < 8) return rest;
  rest = rest
    .replace(CREDENTIALS, (all, scheme: string, sent: string) => (isCredential(scheme, sent) ? `${scheme} ${other}` : all))
    .replace(JSON_WEB_TOKEN, other)
    .replace(HEX_RUN, (run) => (isHash(run) ? hash : run));
  return rest.includes('=') ? rest.replace(BASE64_DIGEST, hash) : rest;
}

/** `Basic` is a usual word too: what is behind it must hold a user name and a password. */
function isCredential(scheme: string, sent: string): boolean {
  if (scheme.toLowerCase() !== 'basic') return true;
  try {
    return atob(sent).includes(':');
  } catch {
    return false;
  }
}

/** A long number is no hash, nor is one character again and again. */
function isHash(run: string): boolean {
  return /[A-Fa-f]/.test(run) && !/^(.)\1*$/.test(run);
}

function isInKeyName(text: string, found: string, at: number): boolean {
  const place = KEY_NAME.indexOf(found);
  return place >= 0 && found !== KEY_NAME && text.startsWith(KEY_NAME, at - place);
}

/** What stands between a name and its value: `p=`, `"p": `, `[p] => `, `<p>`. */
const SEPARATOR = /(?:[\\"'\]]{0,8}\s{0,3}(?:=>?|:)|>)\s{0,3}/g;

const NAME_AT_END = /[\p{L}\p{N}_.$-]{1,64}$/u;

/** Where the next pair of a query begins, or the next line or element. */
const NEXT_PAIR = /[&;]\s{0,3}[\p{L}\p{N}_.$[\]-]{1,64}=|[\r\n]|<\//gu;

/** Masks what stands behind a secret name: in quotes up to their end, else up to the next pair or the end of the text, for a password may hold anything. */
function redactPairs(text: string, standIn: string): string {
  let redacted = '';
  let done = 0;
  SEPARATOR.lastIndex = 0;
  for (let found = SEPARATOR.exec(text); found !== null; found = SEPARATOR.exec(text)) {
    const name = NAME_AT_END.exec(text.slice(Math.max(done, found.index - 64), found.index))?.[0];
    if (name === undefined || !isSecretName(name)) continue;
    // An element ends so, too.
    if (found[0].startsWith('>') && text[found.index - name.length - 1] !== '<') continue;
    const behind = SEPARATOR.lastIndex;
    const quote = /^\\*["']/.exec(text.slice(behind, behind + 8))?.[0] ?? '';
    const start = behind + quote.length;
    const end = quote === '' ? endOfBareValue(text, start) : endOfQuoted(text, quote, start);
    redacted += `${text.slice(done, start)}${end > start ? standIn : ''}`;
    done = end;
    SEPARATOR.lastIndex = end;
  }
  return redacted + text.slice(done);
}

function endOfBareValue(text: string, start: number): number {
  NEXT_PAIR.lastIndex = start;
  return NEXT_PAIR.exec(text)?.index ?? text.length;
}

/** Where the same quote comes again without a further backslash in front of it. */
function endOfQuoted(text: string, quote: string, start: number): number {
  let end = text.indexOf(quote, start);
  while (end > start && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return end < 0 ? text.length : end;
}

/** A name as people choose one, with brackets behind it. Characters that nobody sees may be in it, and usual blanks around it. */
const PLAIN_NAME = /^\s{0,3}(?:[\p{L}\p{M}\p{N}\p{Cf}_.$-]|[^\P{Zs} ]){1,64}(?:\[[\p{L}\p{N}_.-]{0,64}\]){0,8}\s{0,3}$/u;

/** The name of a parameter. What is no plain name, such as JSON that was sent as a form, may hold anything and is masked. */
export function redactName(name: string, secrets: KnownSecrets): string {
  return name === '' || PLAIN_NAME.test(name) ? redactText(name, secrets) : MASKED_KEY;
}

/** The name of a parameter for an error message, in quotes. */
export function quoteName(name: string): string {
  return quote(redactName(name, knownSecrets([])), { maxLength: 80 });
}

/** Redacts what an error message of the mock quotes. Its own words stay. */
export function redactQuotes(message: string, secrets: KnownSecrets): string {
  return message
    .replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => `"${redactText(quoted, secrets)}"`)
    .replace(HEX_RUN, (run) => (isHash(run) ? MASKED_KEY : run));
}

/** The name of a call: what no name has is cut off, for a client that forgets the question mark sends its parameters there. */
export function redactCall(call: string, secrets: KnownSecrets): string {
  return redactBeginning(call, /^[\w.*-]*/, secrets);
}

/** A path up to the name of a call, or else as far as it is plain. What stands behind a secret name is masked. */
export function redactPath(path: string, secrets: KnownSecrets): string {
  const segments = redactBeginning(path, /^[\w./*-]*?\/api\/[\w.*-]*(?:\/$)?|^[\w./*-]*/, secrets).split('/');
  const isSecret = (segment: string, place: number): boolean => segment !== '' && isSecretName(segments[place - 1] ?? '');
  return segments.map((segment, place) => (isSecret(segment, place) ? MASKED_KEY : segment)).join('/');
}

/** As much of a text as a pattern allows. A key or a hash that only its encoding hides may begin in there: then nothing of it. */
function redactBeginning(text: string, allowed: RegExp, secrets: KnownSecrets): string {
  const plain = redactKnown(text, secrets);
  const kept = allowed.exec(plain)?.[0] ?? '';
  if (kept.length === plain.length) return plain;
  let decoded = plain;
  for (let round = 0; round < MAX_ENCODINGS && ENCODED.test(decoded); round++) {
    decoded = decodeOnce(decoded);
    if (redactKnown(decoded, secrets) !== decoded) return MASKED_KEY;
  }
  return `${kept}…`;
}
