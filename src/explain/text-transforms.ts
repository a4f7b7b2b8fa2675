/**
 * What clients make of a parameter or of a key before they hash it, or of a parameter after they hashed it. Closed
 * lists.
 */
import { FLOAT_FORMATS, INTEGER_FORMATS, printWholeNumber } from './number-formats.ts';

/** One way in which a text is changed. */
export interface TextTransform {
  /** Said of the text as it was hashed, such as `with a leading zero`. */
  readonly how: string;
  /** Returns the same text if the transform does not apply. */
  readonly apply: (text: string) => string;
  /** Whether it is tried with fewer other deviations at once. Default: false. */
  readonly isRare?: true;
}

/** The text without the ASCII white space around it, as MOR reads numbers. */
export function trimBlanks(text: string): string {
  return text.replace(/^[\t-\r ]+/, '').replace(/[\t-\r ]+$/, '');
}

const NUMBER_TRANSFORMS: readonly TextTransform[] = [
  ...FLOAT_FORMATS.map((apply) => ({ how: 'as a floating-point number', apply, isRare: true as const })),
  ...INTEGER_FORMATS.map((apply) => ({ how: 'as an integer that is too small for it', apply, isRare: true as const })),
];

/** What becomes of the text of a parameter. */
export const PARAM_TRANSFORMS: readonly TextTransform[] = [
  { how: 'without the blanks around it', apply: trimBlanks },
  { how: 'with a plus sign (a bare + in a query or a form is a blank: send %2B)', apply: (text) => text.replace(/^ /, '+') },
  { how: 'without its plus sign', apply: (text) => text.replace(/^[\t-\r ]*\+/, '') },
  { how: 'as a number', apply: dropZeros },
  { how: 'rounded, as a floating-point number', apply: (text) => (/^[0-9]{16,40}$/.test(text) ? String(Number(text)) : text) },
  { how: 'URL-encoded', apply: encodeUrl },
  { how: 'URL-encoded', apply: (text) => encodeUrl(text).replaceAll('%20', '+') },
  { how: 'URL-decoded', apply: decodeUrl },
  { how: 'without all that is no digit', apply: (text) => text.replace(/[^0-9]/g, '') },
  { how: 'with a plus sign in front', apply: (text) => `+${trimBlanks(text)}` },
  { how: 'with a leading zero', apply: (text) => `0${text}` },
  { how: 'with two leading zeros', apply: (text) => `00${text}` },
  { how: 'with a blank in front', apply: (text) => ` ${text}` },
  { how: 'with a blank behind', apply: (text) => `${text} ` },
  { how: 'with a line feed behind', apply: (text) => `${text}\n` },
  { how: 'with a carriage return behind', apply: (text) => `${text}\r`, isRare: true },
  { how: 'with a carriage return and a line feed behind', apply: (text) => `${text}\r\n`, isRare: true },
  { how: 'with quotes around it', apply: (text) => `"${text}"`, isRare: true },
  { how: 'with quotes around it', apply: (text) => `'${text}'`, isRare: true },
  { how: 'without the quotes around it', apply: unquote, isRare: true },
  { how: 'as a whole number', apply: printWholeNumber, isRare: true },
  ...NUMBER_TRANSFORMS,
];

const ENV_FILE = 'as an env file may keep them';

/**
 * What becomes of a key between the place where it is kept and the hash. `how` is what is said of the key, which is
 * never shown.
 */
export const KEY_TRANSFORMS: readonly TextTransform[] = [
  { how: 'the key lost the blanks around it', apply: trimBlanks },
  { how: `the key was hashed with double quotes around it, ${ENV_FILE}`, apply: (key) => `"${key}"`, isRare: true },
  { how: `the key was hashed with single quotes around it, ${ENV_FILE}`, apply: (key) => `'${key}'`, isRare: true },
  { how: 'the key was hashed with backticks around it', apply: (key) => `\`${key}\``, isRare: true },
  {
    how: 'the key was hashed with a carriage return behind it, from a file with Windows line ends',
    apply: (key) => `${key}\r`,
    isRare: true,
  },
  { how: 'the key was hashed with a line feed behind it, as a file or `echo` without -n has it', apply: (key) => `${key}\n`, isRare: true },
  {
    how: 'the key was hashed with a carriage return and a line feed behind it, from a file with Windows line ends',
    apply: (key) => `${key}\r\n`,
    isRare: true,
  },
  {
    how: `the key was hashed with double quotes around it and a carriage return behind, from an env file with Windows line ends`,
    apply: (key) => `"${key}"\r`,
    isRare: true,
  },
  {
    how: `the key was hashed with single quotes around it and a carriage return behind, from an env file with Windows line ends`,
    apply: (key) => `'${key}'\r`,
    isRare: true,
  },
  { how: 'the key was hashed with a blank in front of it', apply: (key) => ` ${key}`, isRare: true },
  { how: 'the key was hashed with a blank behind it', apply: (key) => `${key} `, isRare: true },
  { how: 'the key was hashed with a byte order mark (U+FEFF) in front of it', apply: (key) => `\uFEFF${key}`, isRare: true },
  { how: 'the key lost the quotes around it', apply: unquote, isRare: true },
  { how: 'the key lost its backslashes, as in a shell or an env file', apply: (key) => key.replace(/\\(.)/gs, '$1'), isRare: true },
  { how: 'the key was hashed with its backslashes doubled', apply: (key) => key.replaceAll('\\', '\\\\'), isRare: true },
  {
    how: 'the key lost a $ and the word behind it, as a shell or an env file expands them',
    apply: (key) => key.replace(/\$(?:\{[^}]*\}|[A-Za-z_][A-Za-z_0-9]*|[0-9@*#?!-])/g, ''),
    isRare: true,
  },
  { how: 'a $$ in the key was hashed as $, as Docker Compose reads it', apply: (key) => key.replaceAll('$$', () => '$'), isRare: true },
  { how: 'a $ in the key was hashed as $$', apply: (key) => key.replaceAll('$', () => '$$'), isRare: true },
  {
    how: 'the key was cut at its #, where a comment begins in an env file',
    apply: (key) => trimBlanks(key.replace(/#.*$/s, '')),
    isRare: true,
  },
  {
    how: 'the key was cut at its first blank, as a shell cuts a word without quotes',
    apply: (key) => key.replace(/(?<=.)[\t-\r ].*$/s, ''),
    isRare: true,
  },
  {
    how: 'the key was cut at a sign that a shell or a URL reads as its own',
    apply: (key) => key.replace(/(?<=.)[&;|<>()].*$/s, ''),
    isRare: true,
  },
  { how: 'the key was cut at its =', apply: (key) => key.replace(/(?<=.)=.*$/s, ''), isRare: true },
  { how: 'the key was hashed URL-encoded', apply: encodeUrl, isRare: true },
  { how: 'the key was hashed URL-encoded', apply: (key) => encodeUrl(key).replaceAll('%20', '+'), isRare: true },
  { how: 'the key was hashed URL-decoded', apply: decodeUrl, isRare: true },
  {
    how: 'the key was hashed in base64, as the YAML of a Kubernetes Secret has it',
    apply: (key) => Buffer.from(key, 'utf8').toString('base64'),
    isRare: true,
  },
  {
    how: 'the key was hashed in base64 with a line feed behind it, as `echo KEY | base64` prints it',
    apply: (key) => Buffer.from(`${key}\n`, 'utf8').toString('base64'),
    isRare: true,
  },
  { how: 'the key was decoded from base64 before it was hashed', apply: decodeBase64, isRare: true },
  { how: 'the key was hashed with XML or HTML entities in it', apply: escapeHtml, isRare: true },
  { how: 'the key was hashed in lower case', apply: (key) => key.toLowerCase(), isRare: true },
  { how: 'the key was hashed in upper case', apply: (key) => key.toUpperCase(), isRare: true },
  { how: 'the key was hashed as a number, without its leading zeros', apply: dropZeros, isRare: true },
  ...NUMBER_TRANSFORMS.map(({ how, apply }) => ({ how: `the key was hashed ${how}`, apply, isRare: true as const })),
];

function dropZeros(text: string): string {
  return /^[\t-\r ]*\+?[0-9]+[\t-\r ]*$/.test(text) ? trimBlanks(text).replace(/^\+?0*(?=[0-9])/, '') : text;
}

function unquote(text: string): string {
  return /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;
}

/** A lone surrogate, which JSON can bring, has no encoding of its own. */
function encodeUrl(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Only what is base64 of text. */
function decodeBase64(text: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})+$|^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/.test(text)) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
