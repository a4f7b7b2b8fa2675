/**
 * Finds out what a client hashed: tries the closed lists of `hash-variants.ts`, those that differ least from MOR's
 * own way first.
 */
import { createHmac, hash } from 'node:crypto';
import { describeFormatError, parseHashFormat, type DigestName, type HashFormat } from './hash-format.ts';
import { formatPieces, joinPieces, piecesFor, type Piece, type Recipe } from './hash-recipe.ts';
import {
  ENCODINGS,
  KEY,
  KEY_MODES,
  keyVariants,
  SEPARATORS,
  SURROUNDS,
  textTransforms,
  type HashPart,
  type Param,
  type ParamTexts,
  type SecretKey,
  type Variant,
} from './hash-variants.ts';
import { partOrders } from './part-orders.ts';

/** A hash that does not match, and what is known of how it was made. */
export interface HashMismatch {
  /** The hash as it was sent; undefined if none was. */
  readonly sent: string | undefined;
  /** What the call hashes in front of the key, in its order, as sent; an empty text for what was not sent. */
  readonly params: readonly Param[];
  /** The other parameters that were sent. */
  readonly otherParams: readonly Param[];
  /** What a client may have hashed for a parameter that it did not send. */
  readonly defaults: readonly Param[];
  /** The keys that would have matched; at least one. */
  readonly keys: readonly SecretKey[];
  /** The keys of others. */
  readonly otherKeys: readonly SecretKey[];
  /** A text in front of the key that only some callers may use, and what to say if it was used. */
  readonly deprecatedRecipe?: { readonly text: string; readonly sentence: string } | undefined;
  /** Quotes a text for the sentence, with all keys masked. */
  readonly show: (text: string) => string;
}

/** How many texts are hashed at most, and how many characters altogether. */
const MAX_DIGESTS = 20_000;
const MAX_CHARACTERS = 16_000_000;

/**
 * What is tried, one after the other: how many deviations from MOR's own way at once, and how many of them are rare
 * ones.
 */
const PASSES: readonly (readonly [deviations: number, rare: number])[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [2, 0],
  [2, 1],
  [3, 0],
];

/** What the client hashed, in one sentence that never shows a key; undefined if no hash was sent. */
export function diagnoseHash(mismatch: HashMismatch): string | undefined {
  const { sent, deprecatedRecipe, keys, params, show } = mismatch;
  if (sent === undefined) return undefined;
  if (sent === '') return 'the hash is empty';
  const format = parseHashFormat(sent, show);
  if (format === undefined) return `the hash is no SHA-1 in lower-case hex: ${describeFormatError(sent)}`;
  if (deprecatedRecipe !== undefined && format.error === '' && keys.some((key) => sha1(deprecatedRecipe.text + key.text) === format.hex))
    return deprecatedRecipe.sentence;
  const unset = findUnsetVariable(format, mismatch);
  if (unset !== undefined) return describe(format, unset);
  const { found, tried, isCut } = search(format, mismatch);
  if (found !== undefined) return describe(format, found);
  const others = params.length === 0 ? '' : `, or another ${params.map(({ name }) => name).join(' or ')} than was sent`;
  const missing = `none of ${isCut === true ? 'the first ' : ''}${String(tried)} recipes fits: another key${others}`;
  return format.error === '' ? missing : `${format.error}; and ${missing}`;
}

function describe({ encoding, error }: HashFormat, { formula, reasons }: Finding): string {
  return `the hash is ${formula}${encoding}: ${[error, ...reasons].filter((reason) => reason !== '').join('; ')}`;
}

function sha1(text: string): string {
  return hash('sha1', text, 'hex');
}

/**
 * What a variable that is not set becomes in a text, by language: an option that was forgotten, a name that was
 * misspelt.
 */
const UNSET_VALUES = ['undefined', 'null', 'None', '<nil>', 'nil', '[object Object]'];

/** Finds a text that was that of an unset variable while everything else is as it must be. */
function findUnsetVariable({ hex, digest }: HashFormat, { params, keys }: HashMismatch): Finding | undefined {
  const rule: readonly HashPart[] = [...params, KEY];
  const asSent: ParamTexts = new Map(params.map(({ name, text }) => [name, text]));
  for (const part of rule) {
    for (const unset of UNSET_VALUES) {
      const pieces = rule.map((other) => (other === part ? unset : other));
      if (!keys.some((key) => hash(digest, joinPieces(pieces, asSent, key.text), 'hex') === hex)) continue;
      const what = part === KEY ? 'the key' : part.name;
      const reason = `${what} was hashed as the text "${unset}", as of a variable that is not set`;
      return { formula: `${digest}(${formatPieces(pieces, asSent)})`, reasons: [reason] };
    }
  }
  return undefined;
}

/** What was hashed, and how that differs from MOR's own way. */
interface Finding {
  readonly formula: string;
  readonly reasons: readonly string[];
}

/** What was found, and how many different texts were hashed to find it. */
interface SearchResult {
  readonly found?: Finding;
  readonly tried: number;
  /** Whether the limit was reached before the end of the lists. */
  readonly isCut?: true;
}

function search({ hex, digest }: HashFormat, mismatch: HashMismatch): SearchResult {
  const seen = new Set<string>();
  let characters = 0;
  for (const recipe of eachRecipe(mismatch)) {
    const isHmac = recipe.mode.value === 'hmac';
    const key = recipe.key.value;
    const pieces = piecesFor(recipe);
    const text = joinPieces(pieces, recipe.texts.value, key);
    const bytes = recipe.encoding.value(text);
    const encoding = bytes === undefined ? '' : String(ENCODINGS.indexOf(recipe.encoding));
    const id = encoding === '' && !isHmac ? text : `${encoding}\0${isHmac ? key : ''}\0${text}`;
    if (seen.has(id)) continue;
    characters += id.length;
    if (seen.size >= MAX_DIGESTS || characters > MAX_CHARACTERS) return { tried: seen.size, isCut: true };
    seen.add(id);
    const made = isHmac ? hmac(digest, key, bytes ?? text) : hash(digest, bytes ?? text, 'hex');
    if (made === hex) return { found: describeRecipe(recipe, pieces, digest), tried: seen.size };
  }
  return { tried: seen.size };
}

function hmac(digest: DigestName, key: string, text: string | Buffer): string {
  return createHmac(digest, key).update(text).digest('hex');
}

function describeRecipe(recipe: Recipe, pieces: readonly Piece[], digest: DigestName): Finding {
  const { order, texts, key, mode, separator, surround, encoding } = recipe;
  const inner = formatPieces(pieces, texts.value);
  const formula = mode.value === 'hmac' ? `hmac_${digest}(key, ${inner})` : `${digest}(${inner})`;
  return { formula, reasons: [order, texts, key, mode, separator, surround, encoding].map(({ reason }) => reason) };
}

/**
 * Every recipe, in the order of the passes. If two make the same text, the likelier dimension is tried first: a
 * separator before blanks around texts.
 */
function* eachRecipe({ params, otherParams, defaults, keys, otherKeys, show }: HashMismatch): Generator<Recipe> {
  // A client chose the other names: what cannot be shown as it is, such as a name with a key in it, is not tried.
  const orders = partOrders(
    params,
    otherParams.filter(({ name }) => show(name) === `"${name}"`),
  );
  const texts = textTransforms(params, defaults, show);
  const keyTexts = keyVariants(keys, otherKeys);
  const lists = [orders, SEPARATORS, texts, SURROUNDS, keyTexts, KEY_MODES, ENCODINGS];
  for (const [deviations, rare] of PASSES) {
    for (const [order = 0, separator = 0, text = 0, surround = 0, key = 0, mode = 0, encoding = 0] of choices(lists, deviations, rare)) {
      yield {
        order: at(orders, order),
        separator: at(SEPARATORS, separator),
        texts: at(texts, text),
        surround: at(SURROUNDS, surround),
        key: at(keyTexts, key),
        mode: at(KEY_MODES, mode),
        encoding: at(ENCODINGS, encoding),
      };
    }
  }
}

/**
 * Every choice of one row from each list that takes the first from all but `deviations` of them, `rare` of those
 * being rare rows.
 */
function* choices(
  lists: readonly (readonly Variant<unknown>[])[],
  deviations: number,
  rare: number,
  first = 0,
  chosen = lists.map(() => 0),
): Generator<readonly number[]> {
  if (deviations === 0) {
    if (rare === 0) yield chosen;
    return;
  }
  for (let list = first; list < lists.length; list++) {
    for (const [index, { isRare }] of (lists[list] ?? []).entries()) {
      const left = isRare === true ? rare - 1 : rare;
      if (index === 0 || left < 0 || left >= deviations) continue;
      chosen[list] = index;
      yield* choices(lists, deviations - 1, left, list + 1, chosen);
    }
    chosen[list] = 0;
  }
}

function at<T>(rows: readonly T[], index: number): T {
  return rows[index] as T;
}
