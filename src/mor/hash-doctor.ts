/** Finds out what a client hashed: tries the closed list of `hash-recipes.ts`, the ways that differ least from MOR's first. */
import { hexDigest, hexHmac, type DigestName } from './hash.ts';
import { JOINTS, KEY, KEYINGS, shapesOf, TAILS, treatmentsOf, type Joint, type Part, type Texts, type Way } from './hash-recipes.ts';
import type { NamedKey } from './check.ts';
import { NOT_TEXT, trimmed, type NamedText, type ParamValue } from './params.ts';

/** A hash that does not fit, and what is known of how it was made. */
export interface HashCase {
  readonly sent: ParamValue | undefined;
  /** What the rule hashes in front of the key, in its order, as sent. */
  readonly values: readonly NamedText[];
  /** The other parameters that were sent. */
  readonly others: readonly NamedText[];
  /** What a client may have hashed for a value that it did not send. */
  readonly fallbacks: readonly NamedText[];
  /** The keys that would have fit; at least one. */
  readonly keys: readonly NamedKey[];
  /** Keys of others. */
  readonly otherKeys: readonly NamedKey[];
  /** A text in front of the key that is known from elsewhere, and what to say of it. */
  readonly known?: { readonly text: string; readonly sentence: string };
}

/** How many texts are hashed at most, and how many characters altogether. */
const MOST_DIGESTS = 10_000;
const MOST_CHARACTERS = 16_000_000;

/** In how many dimensions a recipe may differ from MOR's at once. */
const MOST_DEVIATIONS = 3;

/** How many keys of others are tried. */
const MOST_OTHER_KEYS = 20;

/** A hash as it was sent, whatever its kind, as lower-case hex. */
interface SentHash {
  readonly hex: string;
  readonly digest: DigestName;
  /** What is wrong with the kind; empty where nothing is. */
  readonly why: string;
  /** Said behind the formula: ` in upper-case hex`. */
  readonly form: string;
}

/** What the client hashed, in one sentence. Never shows a key. */
export function diagnosed(hashCase: HashCase): string {
  const { sent, known, keys, values } = hashCase;
  if (sent === undefined) return 'no hash was sent';
  if (sent === NOT_TEXT) return 'the hash is no text: a list, a map or a file';
  if (sent === '') return 'the hash is empty';
  const hash = kindOf(sent);
  if (hash === undefined) return `the hash is no SHA-1 in lower-case hex: ${flawOf(sent)}`;
  if (known !== undefined && hash.why === '' && keys.some(({ text }) => hexDigest('sha1', known.text + text) === hash.hex))
    return known.sentence;
  const unset = unsetIn(hash, hashCase);
  if (unset !== undefined) return unset;
  const { found, tried, isCut } = search(hash, hashCase);
  if (found !== undefined)
    return `the hash is ${found.formula}${hash.form}: ${[hash.why, ...found.whys].filter((why) => why !== '').join('; ')}`;
  const missing = `none of ${isCut === true ? 'the first ' : ''}${String(tried)} recipes fits: another key, or another ${values.map(({ name }) => name).join(' or ')} than was sent`;
  return hash.why === '' ? missing : `${hash.why}; and ${missing}`;
}

const DIGEST_OF_BYTES: Readonly<Record<number, DigestName>> = { 16: 'md5', 20: 'sha1', 32: 'sha256' };
const NAMES = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const;

function kindOf(sent: string): SentHash | undefined {
  const bare = trimmed(sent.slice(0, 200));
  const isHex = /^[0-9A-Fa-f]+$/.test(bare);
  const isBase64 = !isHex && /^[A-Za-z0-9+/_ -]+={0,2}$/.test(bare);
  if (sent.length > 200 || (!isHex && !isBase64)) return undefined;
  // A bare + of base64 arrives as a blank.
  const bytes = isHex ? Buffer.from(bare, 'hex') : Buffer.from(bare.replaceAll(' ', '+'), 'base64');
  const digest = DIGEST_OF_BYTES[bytes.length];
  if (digest === undefined || (isHex && bare.length % 2 === 1)) return undefined;
  const hex = bytes.toString('hex');
  const isUpper = isHex && bare !== hex;
  const flaws = [
    ...(digest === 'sha1' ? [] : [NAMES[digest]]),
    ...(isBase64 ? ['base64'] : isUpper ? ['upper-case hex'] : []),
    ...(bare === sent ? [] : ['blanks around it']),
  ];
  return {
    hex,
    digest,
    why: flaws.length === 0 ? '' : `it must be SHA-1 in lower-case hex and nothing else, not ${flaws.join(', ')}`,
    form: isBase64 ? ' in base64' : isUpper ? ' in upper-case hex' : '',
  };
}

function flawOf(sent: string): string {
  if (sent.length !== 40) return `it has ${sent.length === 1 ? '1 character' : `${String(sent.length)} characters`}, and must have 40`;
  return 'it has other characters than 0-9 and a-f';
}

/** What a variable that is not set becomes in a text, by language: an option that was forgotten, a name that was misspelt. */
const UNSET = ['undefined', 'null', 'None'];

/** What is to be said where one of the texts was that of an unset variable, and all else is as it should be. */
function unsetIn({ hex, digest, form, why }: SentHash, { values, keys }: HashCase): string | undefined {
  const rule: readonly Part[] = [...values, KEY];
  const asSent: Texts = new Map(values.map(({ name, text }) => [name, text]));
  for (const part of rule) {
    for (const unset of UNSET) {
      const pieces = rule.map((other) => (other === part ? unset : other));
      if (!keys.some((key) => hexDigest(digest, textOf(pieces, asSent, key.text)) === hex)) continue;
      const fault = `${part === KEY ? 'the key' : part.name} was hashed as the text "${unset}", as of a variable that is not set`;
      return `the hash is ${digest}(${formulaOf(pieces, asSent, '')})${form}: ${[why, fault].filter((reason) => reason !== '').join('; ')}`;
    }
  }
  return undefined;
}

/** What was found, and how many different texts were hashed to find it. */
interface Search {
  readonly found?: { readonly formula: string; readonly whys: readonly string[] };
  readonly tried: number;
  /** Whether the bound was met before the list was through. */
  readonly isCut?: true;
}

function search({ hex, digest }: SentHash, { values, others, fallbacks, keys, otherKeys }: HashCase): Search {
  const shapes = shapesOf(values, others);
  const treatments = treatmentsOf(values, fallbacks, [...keys, ...otherKeys]);
  const keyWays = waysOfKeys(keys, otherKeys);
  const sizes = [shapes, treatments, keyWays, KEYINGS, JOINTS, TAILS].map(({ length }) => length);
  const seen = new Set<string>();
  let characters = 0;
  for (let deviations = 0; deviations <= MOST_DEVIATIONS; deviations++) {
    for (const [s = 0, t = 0, k = 0, g = 0, j = 0, e = 0] of choicesOf(sizes, deviations)) {
      const ways = [at(shapes, s), at(treatments, t), at(keyWays, k), at(KEYINGS, g), at(JOINTS, j), at(TAILS, e)] as const;
      const [{ value: shape }, { value: texts }, { value: key }, { value: keying }, { value: joint }, { value: tail }] = ways;
      const isHmac = keying === 'hmac';
      const pieces = piecesOf(isHmac ? shape.filter((part) => part !== KEY) : shape, joint);
      const text = textOf(pieces, texts, key.text) + tail;
      const id = isHmac ? `${key.text}\0${text}` : text;
      if (seen.has(id)) continue;
      characters += id.length;
      if (seen.size >= MOST_DIGESTS || characters > MOST_CHARACTERS) return { tried: seen.size, isCut: true };
      seen.add(id);
      if ((isHmac ? hexHmac(digest, key.text, text) : hexDigest(digest, text)) !== hex) continue;
      const inner = formulaOf(pieces, texts, tail);
      const formula = isHmac ? `hmac_${digest}(key, ${inner})` : `${digest}(${inner})`;
      return { found: { formula, whys: ways.map(({ why }) => why) }, tried: seen.size };
    }
  }
  return { tried: seen.size };
}

/** The keys that fit need no word; those of others do. */
function waysOfKeys(keys: readonly NamedKey[], otherKeys: readonly NamedKey[]): readonly Way<NamedKey>[] {
  const wanted = keys.map(({ owner }) => owner).join(' or ');
  return [
    ...keys.map((key) => ({ value: key, why: '' })),
    ...otherKeys.slice(0, MOST_OTHER_KEYS).map((key) => ({ value: key, why: `it has ${key.owner}, and must have ${wanted}` })),
    ...keys.map((key) => ({ value: { ...key, text: trimmed(key.text) }, why: 'the key lost the blanks around it' })),
    { value: { text: '', owner: '' }, why: 'the key is empty' },
  ];
}

/** Every choice of one from each list that takes the first from all but `deviations` of them. */
function* choicesOf(sizes: readonly number[], deviations: number, first = 0, chosen = sizes.map(() => 0)): Generator<readonly number[]> {
  if (deviations === 0) {
    yield chosen;
    return;
  }
  for (let list = first; list < sizes.length; list++) {
    for (let place = 1; place < (sizes[list] ?? 0); place++) {
      chosen[list] = place;
      yield* choicesOf(sizes, deviations - 1, list + 1, chosen);
    }
    chosen[list] = 0;
  }
}

function at<T>(ways: readonly Way<T>[], place: number): Way<T> {
  return ways[place] as Way<T>;
}

function textOf(pieces: readonly (Part | string)[], texts: Texts, key: string): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece === KEY ? key : (texts.get(piece.name) ?? piece.text);
  return text;
}

/** What is hashed, in its order: parts, and the texts that stand between them. */
function piecesOf(parts: readonly Part[], { between, isNamed, keyName, keyIsGlued }: Joint): readonly (Part | string)[] {
  if (between === '' && !isNamed) return parts;
  return parts.flatMap((part, place) => {
    const isApart = place > 0 && !(keyIsGlued && (part === KEY || parts[place - 1] === KEY));
    const name = !isNamed ? undefined : part === KEY ? keyName : part.name;
    const literal = `${isApart ? between : ''}${name === undefined ? '' : `${name}=`}`;
    return literal === '' ? [part] : [literal, part];
  });
}

/** What is empty adds nothing, and is not told. */
function formulaOf(pieces: readonly (Part | string)[], texts: Texts, tail: string): string {
  const all = [...pieces, tail].filter((piece) => (typeof piece === 'string' ? piece !== '' : texts.get(piece.name) !== ''));
  return all.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : piece.name)).join(' + ');
}
