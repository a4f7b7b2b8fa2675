/**
 * What clients are known to hash instead of what MOR asks for. A closed list, one dimension a table; the first row of
 * each is MOR's own way.
 */
import { KEY_TRANSFORMS, PARAM_TRANSFORMS } from './text-transforms.ts';

/** A parameter and its text as sent. */
export interface Param {
  readonly name: string;
  readonly text: string;
}

/** One thing that is hashed. */
export type HashPart = Param;

/** Stands for the key among the parts. It is known by its identity, because a parameter may be called `key` too. */
export const KEY: HashPart = { name: 'key', text: '' };

/** A key, and whose it is. */
export interface SecretKey {
  readonly text: string;
  /** As in `the administrator's key`. */
  readonly owner: string;
}

/** One way to make a hash, and how it differs from MOR's. */
export interface Variant<T> {
  readonly value: T;
  /** Empty if it does not differ. */
  readonly reason: string;
  /** Whether it is tried with at most one other deviation at once. Default: false. */
  readonly isRare?: true | undefined;
}

/** How the parts are put together. */
export interface Separator {
  readonly between: string;
  /** Whether parts are `name=value`. */
  readonly isNamed: boolean;
  /** What the key is called if parts are named; undefined if it has no name. */
  readonly keyName?: string;
  /** Whether nothing separates the key from the rest. */
  readonly isKeyAttached: boolean;
}

const NOTHING_BETWEEN = 'nothing stands between the texts';
const TEXTS_ALONE = 'only the texts are hashed, without names and with nothing between them';

const separatedBy = (between: string, isKeyAttached: boolean, isRare?: true): Variant<Separator> => ({
  value: { between, isNamed: false, isKeyAttached },
  reason: NOTHING_BETWEEN,
  isRare,
});
const namedPairs = (between: string, key: Pick<Separator, 'isKeyAttached' | 'keyName'>): Variant<Separator> => ({
  value: { between, isNamed: true, ...key },
  reason: TEXTS_ALONE,
});

/** Separators and `name=value` forms. */
export const SEPARATORS: readonly Variant<Separator>[] = [
  { value: { between: '', isNamed: false, isKeyAttached: true }, reason: '' },
  separatedBy('&', false),
  separatedBy('&', true),
  separatedBy(':', false),
  separatedBy('|', false),
  separatedBy('-', false),
  separatedBy(';', false),
  separatedBy(',', false),
  separatedBy(',', true),
  // `echo` puts a blank between its words, and a loop a line feed.
  separatedBy(' ', false),
  separatedBy('\n', false),
  separatedBy('+', false, true),
  separatedBy('/', false, true),
  separatedBy('_', false, true),
  separatedBy('.', false, true),
  separatedBy('\t', false, true),
  namedPairs('&', { isKeyAttached: true }),
  namedPairs('&', { isKeyAttached: false }),
  namedPairs('&', { isKeyAttached: false, keyName: 'api_secret_key' }),
  namedPairs('&', { isKeyAttached: false, keyName: 'key' }),
  namedPairs(',', { isKeyAttached: true }),
];

/** Text around everything that is hashed. */
export interface Surround {
  readonly before: string;
  readonly after: string;
}

const DASH_OPTION = 'the shell hashed the option of `echo` too; use printf';
const CMD_QUOTES = '`echo` of the Windows shell keeps the quotes';

/** What a shell adds in front of the whole text and behind it. */
export const SURROUNDS: readonly Variant<Surround>[] = [
  { value: { before: '', after: '' }, reason: '' },
  { value: { before: '', after: '\n' }, reason: 'a line feed at the end was hashed with it (echo without -n)' },
  { value: { before: '', after: '\r\n' }, reason: 'a line end was hashed with it' },
  {
    value: { before: '', after: ' \r\n' },
    reason: 'the blank in front of | and a line end were hashed with it, as by the Windows shell',
    isRare: true,
  },
  { value: { before: '', after: '\\n' }, reason: 'a backslash and an n were hashed with it, instead of nothing', isRare: true },
  { value: { before: '-n ', after: '\n' }, reason: DASH_OPTION, isRare: true },
  { value: { before: '-e ', after: '\n' }, reason: DASH_OPTION, isRare: true },
  { value: { before: '-ne ', after: '\n' }, reason: DASH_OPTION, isRare: true },
  { value: { before: '-en ', after: '\n' }, reason: DASH_OPTION, isRare: true },
  { value: { before: '"', after: '"' }, reason: 'quotes around it were hashed with it', isRare: true },
  { value: { before: '"', after: '"\n' }, reason: 'quotes around it and a line feed were hashed with it', isRare: true },
  { value: { before: '"', after: '"\r\n' }, reason: `quotes around it and a line end were hashed with it: ${CMD_QUOTES}`, isRare: true },
  {
    value: { before: '"', after: '" \r\n' },
    reason: `quotes around it, a blank and a line end were hashed with it: ${CMD_QUOTES}`,
    isRare: true,
  },
  { value: { before: "'", after: "'" }, reason: 'quotes around it were hashed with it', isRare: true },
  { value: { before: "'", after: "'\r\n" }, reason: `quotes around it and a line end were hashed with it: ${CMD_QUOTES}`, isRare: true },
  {
    value: { before: "'", after: "' \r\n" },
    reason: `quotes around it, a blank and a line end were hashed with it: ${CMD_QUOTES}`,
    isRare: true,
  },
];

/** How the key goes in. */
export const KEY_MODES: readonly Variant<'in the text' | 'hmac'>[] = [
  { value: 'in the text', reason: '' },
  { value: 'hmac', reason: 'it is an HMAC, and must be the plain SHA-1 of the texts with the key behind them' },
];

/** The bytes of a text; undefined if they are those of its UTF-8. */
export type TextEncoder = (text: string) => Buffer | undefined;

const littleEndian = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bigEndian = (text: string): Buffer => littleEndian(text).swap16();
const UTF_8 = 'and must be UTF-8';

/** The encodings of Windows programs: PowerShell writes files in UTF-16, editors put a byte order mark in front. */
export const ENCODINGS: readonly Variant<TextEncoder>[] = [
  { value: () => undefined, reason: '' },
  { value: littleEndian, reason: `the text was hashed as UTF-16 (little-endian), ${UTF_8}`, isRare: true },
  { value: bigEndian, reason: `the text was hashed as UTF-16 (big-endian), ${UTF_8}`, isRare: true },
  {
    value: (text) => littleEndian(`\uFEFF${text}`),
    reason: `the text was hashed as UTF-16 (little-endian) with a byte order mark in front, ${UTF_8} without one`,
    isRare: true,
  },
  {
    value: (text) => bigEndian(`\uFEFF${text}`),
    reason: `the text was hashed as UTF-16 (big-endian) with a byte order mark in front, ${UTF_8} without one`,
    isRare: true,
  },
  {
    value: (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
    reason: 'a byte order mark (U+FEFF) in front of the text was hashed with it',
    isRare: true,
  },
  {
    value: (text) => (/^[\0-\x7f]*$/.test(text) ? undefined : Buffer.from(text, 'latin1')),
    reason: `the text was hashed as ISO-8859-1, ${UTF_8}`,
    isRare: true,
  },
];

/** Longer texts are no numbers, and are tried only as they were sent. */
export const MAX_TRIED_LENGTH = 1000;

/** The texts that are hashed, by the names of their parameters. */
export type ParamTexts = ReadonlyMap<string, string>;

/**
 * Each transform of each parameter, and of all at once. What changes nothing is left out. `defaults` are texts that a
 * client may have hashed for a parameter that it did not send; `show` quotes a text for a sentence.
 */
export function textTransforms(
  params: readonly Param[],
  defaults: readonly Param[],
  show: (text: string) => string,
): readonly Variant<ParamTexts>[] {
  const asSent: ParamTexts = new Map(params.map(({ name, text }) => [name, text]));
  const variants: Variant<ParamTexts>[] = [{ value: asSent, reason: '' }];
  const seen = new Set([JSON.stringify([...asSent.values()])]);
  const add = (texts: ParamTexts, how: string, isRare?: true): void => {
    const id = JSON.stringify([...texts.values()]);
    if (seen.has(id)) return;
    seen.add(id);
    const changed = [...texts].filter(([name, text]) => asSent.get(name) !== text);
    const list = changed.map(([name, text]) => `${name} was sent as ${show(asSent.get(name) ?? '')} and hashed as ${show(text)}`);
    variants.push({ value: texts, reason: `${list.join(', ')}${how}`, isRare });
  };
  for (const { name, text } of defaults) add(new Map(asSent).set(name, text), ': what is left out is left out of the hash too');
  if (params.some(({ text }) => text.length > MAX_TRIED_LENGTH)) return variants;
  for (const { how, apply, isRare } of PARAM_TRANSFORMS) {
    for (const { name, text } of params) if (text !== '') add(new Map(asSent).set(name, apply(text)), `, ${how}`, isRare);
    add(new Map(params.map(({ name, text }) => [name, text === '' ? text : apply(text)])), `, ${how}`, isRare);
  }
  return variants;
}

/** How many keys of others are tried. */
const MAX_OTHER_KEYS = 20;

/** The keys that fit, as they are; those of others; what becomes of the ones that fit; none. */
export function keyVariants(keys: readonly SecretKey[], otherKeys: readonly SecretKey[]): readonly Variant<string>[] {
  const wanted = keys.map(({ owner }) => owner).join(' or ');
  const known = new Set(keys.map(({ text }) => text));
  return [
    ...keys.map(({ text }) => ({ value: text, reason: '' })),
    ...otherKeys.slice(0, MAX_OTHER_KEYS).map(({ text, owner }) => ({ value: text, reason: `it has ${owner}, and must have ${wanted}` })),
    { value: '', reason: 'the key is empty' },
    ...KEY_TRANSFORMS.flatMap(({ how, apply, isRare }) => {
      const changed = keys.map(({ text }) => apply(text)).filter((text) => text !== '' && !known.has(text));
      for (const text of changed) known.add(text);
      return changed.map((value) => ({ value, reason: how, isRare }));
    }),
  ];
}
