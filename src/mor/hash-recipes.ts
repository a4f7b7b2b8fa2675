/** What clients are known to hash instead of what MOR asks for: a closed list, one dimension a table. The first of each is MOR's own way. */
import type { NamedKey } from './check.ts';
import { shown } from './in-words.ts';
import { trimmed, type NamedText } from './params.ts';

/** Stands for the key in a recipe: known by itself, for a parameter may be called `key` too. */
export const KEY: Part = { name: 'key', text: '' };

/** One thing that is hashed. */
export type Part = NamedText;

/** A way that differs from MOR's, and how: empty where it does not. */
export interface Way<T> {
  readonly value: T;
  readonly why: string;
}

/** How the parts stand together. */
export interface Joint {
  readonly between: string;
  /** Whether parts are `name=value`. */
  readonly isNamed: boolean;
  /** What the key is called where parts are named; undefined: it is not. */
  readonly keyName?: string;
  /** Whether the key stands without the separator. */
  readonly keyIsGlued: boolean;
}

const NOTHING_BETWEEN = 'nothing stands between the texts';
const TEXTS_ALONE = 'only the texts are hashed, without names and with nothing between them';

const apart = (between: string, keyIsGlued: boolean): Way<Joint> => ({
  value: { between, isNamed: false, keyIsGlued },
  why: NOTHING_BETWEEN,
});
const named = (between: string, key: Pick<Joint, 'keyIsGlued' | 'keyName'>): Way<Joint> => ({
  value: { between, isNamed: true, ...key },
  why: TEXTS_ALONE,
});

/** Separators and `name=value` forms. */
export const JOINTS: readonly Way<Joint>[] = [
  { value: { between: '', isNamed: false, keyIsGlued: true }, why: '' },
  apart('&', false),
  apart('&', true),
  apart(':', false),
  apart('|', false),
  apart('-', false),
  apart(';', false),
  apart(',', false),
  apart(',', true),
  named('&', { keyIsGlued: true }),
  named('&', { keyIsGlued: false }),
  named('&', { keyIsGlued: false, keyName: 'api_secret_key' }),
  named('&', { keyIsGlued: false, keyName: 'key' }),
  named(',', { keyIsGlued: true }),
];

/** What follows the last part. */
export const TAILS: readonly Way<string>[] = [
  { value: '', why: '' },
  { value: '\n', why: 'a line feed at the end was hashed with it (echo without -n)' },
  { value: '\r\n', why: 'a line end was hashed with it' },
];

/** How the key goes in. */
export const KEYINGS: readonly Way<'in the text' | 'hmac'>[] = [
  { value: 'in the text', why: '' },
  { value: 'hmac', why: 'it is an HMAC, and must be the plain SHA-1 of the texts with the key behind them' },
];

/** How many other parameters are tried as an extra or in the place of another. */
const MOST_EXTRAS = 8;

/** Longer texts are no numbers, and are tried only as they were sent. */
const LONGEST_TRIED = 1000;

/** Which parts, and in which order: all orders; a part missing or doubled; another parameter besides or instead. */
export function shapesOf(values: readonly NamedText[], others: readonly NamedText[]): readonly Way<readonly Part[]>[] {
  const rule: readonly Part[] = [...values, KEY];
  const extras = others.filter(({ text }) => text.length <= LONGEST_TRIED).slice(0, MOST_EXTRAS);
  const shapes: readonly (readonly Part[])[] = [
    rule,
    ...permutationsOf(rule),
    ...rule.flatMap((part) => permutationsOf(rule.filter((other) => other !== part))),
    ...rule.map((part) => [part]),
    ...rule.map((part, place) => rule.toSpliced(place, 0, part)),
    [KEY, ...rule],
    ...extras.flatMap((extra) => [...rule, KEY].map((_, place) => rule.toSpliced(place, 0, extra))),
    ...extras.flatMap((extra) => values.map((value) => rule.map((part) => (part === value ? extra : part)))),
    ...extras.flatMap((extra) => [[extra, KEY], [KEY, extra], [extra]]),
  ];
  return shapes.map((parts) => ({ value: parts, why: whyOf(parts, rule) }));
}

function permutationsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  if (parts.length < 2) return [parts];
  return parts.flatMap((first) => permutationsOf(parts.filter((part) => part !== first)).map((rest) => [first, ...rest]));
}

/** What is wrong with some parts, against those of the rule. */
function whyOf(parts: readonly Part[], rule: readonly Part[]): string {
  const present = [...new Set(parts)].filter((part) => rule.includes(part));
  const spoken = (part: Part): string => (part === KEY ? 'the key' : part.name);
  return [
    ...rule.filter((part) => !parts.includes(part)).map((part) => `${spoken(part)} is missing`),
    ...rule.filter((part) => parts.filter((other) => other === part).length > 1).map((part) => `${spoken(part)} is in it twice`),
    ...new Set(parts.filter((part) => !rule.includes(part)).map((part) => `${spoken(part)} takes no part`)),
    ...orderOf(present, rule, spoken),
  ].join('; ');
}

function orderOf(present: readonly Part[], rule: readonly Part[], spoken: (part: Part) => string): readonly string[] {
  const isInOrder = (parts: readonly Part[]): boolean =>
    parts.every((part, i) => i === 0 || rule.indexOf(part) > rule.indexOf(parts[i - 1] as Part));
  if (isInOrder(present)) return [];
  const values = present.filter((part) => part !== KEY);
  if (isInOrder(values)) return ['the key comes last'];
  const named = present.at(-1) === KEY || values.length === present.length ? rule.filter((part) => part !== KEY) : rule;
  return [`the order is ${named.map(spoken).join(', then ')}`];
}

/** What a client may have made of a text before it hashed it, or on the way here after it had. */
const TREATMENTS: readonly { readonly how: string; readonly of: (text: string) => string }[] = [
  { how: 'without the blanks around it', of: trimmed },
  { how: 'with a plus sign (a bare + in a query or a form is a blank: send %2B)', of: (text) => text.replace(/^ /, '+') },
  { how: 'without its plus sign', of: (text) => text.replace(/^[\t-\r ]*\+/, '') },
  { how: 'as a number', of: (text) => (/^[\t-\r ]*\+?[0-9]+[\t-\r ]*$/.test(text) ? trimmed(text).replace(/^\+?0*(?=[0-9])/, '') : text) },
  { how: 'rounded, as a floating-point number', of: (text) => (/^[0-9]{1,40}$/.test(text) ? String(Number(text)) : text) },
  { how: 'URL-encoded', of: (text) => encoded(text) },
  { how: 'URL-encoded', of: (text) => encoded(text).replaceAll('%20', '+') },
  { how: 'URL-decoded', of: decodedOnceMore },
  { how: 'without all that is no digit', of: (text) => text.replace(/[^0-9]/g, '') },
  { how: 'with a plus sign in front', of: (text) => `+${trimmed(text)}` },
  { how: 'with a leading zero', of: (text) => `0${text}` },
  { how: 'with two leading zeros', of: (text) => `00${text}` },
  { how: 'with a blank in front', of: (text) => ` ${text}` },
  { how: 'with a blank behind', of: (text) => `${text} ` },
  { how: 'with a line feed behind', of: (text) => `${text}\n` },
];

/** A lone surrogate, which JSON can bring, has no encoding of its own. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function decodedOnceMore(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The texts that are hashed, by the names of their parameters. */
export type Texts = ReadonlyMap<string, string>;

/** Each treatment of each text, and of all at once. What changes nothing is left out. */
export function treatmentsOf(
  values: readonly NamedText[],
  fallbacks: readonly NamedText[],
  keys: readonly NamedKey[],
): readonly Way<Texts>[] {
  const asSent: Texts = new Map(values.map(({ name, text }) => [name, text]));
  const ways: Way<Texts>[] = [{ value: asSent, why: '' }];
  const seen = new Set([JSON.stringify([...asSent.values()])]);
  const add = (texts: Texts, why: (changed: readonly NamedText[]) => string): void => {
    const id = JSON.stringify([...texts.values()]);
    if (seen.has(id)) return;
    seen.add(id);
    const changed = Array.from(texts, ([name, text]) => ({ name, text })).filter(({ name, text }) => asSent.get(name) !== text);
    ways.push({ value: texts, why: why(changed) });
  };
  const hashed = (changed: readonly NamedText[]): string =>
    changed
      .map(({ name, text }) => `${name} was sent as ${shown(asSent.get(name) ?? '', keys)} and hashed as ${shown(text, keys)}`)
      .join(', ');
  for (const { name, text } of fallbacks) {
    add(new Map(asSent).set(name, text), (changed) => `${hashed(changed)}: what is left out is left out of the hash too`);
  }
  if (values.some(({ text }) => text.length > LONGEST_TRIED)) return ways;
  for (const { how, of } of TREATMENTS) {
    const why = (changed: readonly NamedText[]): string => `${hashed(changed)}, ${how}`;
    for (const { name, text } of values) if (text !== '') add(new Map(asSent).set(name, of(text)), why);
    add(new Map(values.map(({ name, text }) => [name, text === '' ? text : of(text)])), why);
  }
  return ways;
}
