/**
 * What a query or a body looks like, if that is not what it is read as: of JSON under the type of a form MOR only says that the caller
 * is unknown. Nothing of a request is quoted but its content type.
 */
import { NOT_TEXT, type Params } from '../mor/params.ts';
import type { ReceivedParam } from '../world/journal.ts';
import { describeContentType, PARAM_TYPES, quoteHeader } from './content-type.ts';

type Shape = 'a form' | 'multipart' | 'JSON' | 'XML' | 'YAML' | 'UTF-16';

/** By the first characters, as `latin1` or UTF-8 decodes them; a byte order mark in front counts for nothing. */
const SHAPES: readonly (readonly [Shape, RegExp])[] = [
  ['UTF-16', /^(?:\xff\xfe|\xfe\xff|\0[^\0]|[^\0]\0[^\0]\0)/],
  ['JSON', /^(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*(?:[[{"'\d-]|\]?\s*$))/],
  ['multipart', /^(?:\xef\xbb\xbf)?\s*--[^\r\n]{1,200}\r?\ncontent-/i],
  ['XML', /^(?:\xef\xbb\xbf)?\s*<[?!a-z]/i],
  ['a form', /^(?:\xef\xbb\xbf)?\s*\??[\w.[\]+~-]{1,100}(?:=|%3D)/i],
  ['YAML', /^(?:\xef\xbb\xbf)?\s*(?:---\s*[\r\n]|[\w-]{1,100}:(?:[ \t\r\n]|$))/],
];

/** Enough to guess by, in characters. */
const MAX_HEAD_LENGTH = 1000;

function guessShape(text: string): Shape | undefined {
  const head = text.slice(0, MAX_HEAD_LENGTH);
  return SHAPES.find(([, pattern]) => pattern.test(head))?.[0];
}

/** As much of a body as the guess needs. */
export function decodeHead(body: Buffer): string {
  return body.toString('latin1', 0, MAX_HEAD_LENGTH);
}

/** That a body looks like something else than it is read as, without a full stop; undefined if it does not. */
export function describeMismatch(text: string, readAs: readonly Shape[], contentType: string | undefined): string | undefined {
  const shape = guessShape(text);
  if (shape === undefined || readAs.includes(shape)) return undefined;
  if (shape === 'UTF-16') return 'the body looks like UTF-16 instead of UTF-8';
  return `the body looks like ${shape}, but ${describeContentType(contentType)}`;
}

/** What a body looks like that would be read under its own type, to follow a sentence; empty if it would not be. */
function describeReadable(text: string): string {
  const shape = guessShape(text);
  return shape === 'a form' || shape === 'multipart' || shape === 'JSON' ? `; it looks like ${shape}` : '';
}

/** Why a body is refused whose type carries no parameters. */
export function describeUnreadType(head: string, type: string): string {
  return `a body of type ${quoteHeader(type)} is not read here; allowed: ${PARAM_TYPES.join(', ')}${describeReadable(head)}`;
}

/** The note on a body that was ignored for its type. */
export function noteOnIgnoredBody(head: string, contentType: string | undefined): string {
  return `Only the query was read, not the body: ${describeContentType(contentType)}${describeReadable(head)}.`;
}

/** How a query or a body came. */
export interface Carrier {
  readonly place: 'query' | 'body';
  readonly contentType: string | undefined;
  /** Whether nothing is in the other place. */
  readonly isAlone: boolean;
}

/** Whether a form is one that needs no note. Almost every one is: this is all that they cost. */
export function isOrdinaryForm(text: string, count: number): boolean {
  return count > 1 && /^\w[^\0]/.test(text) && text.includes('=');
}

/** The note on a query or an urlencoded body that is not an ordinary one. */
export function noteOnForm(text: string, list: readonly ReceivedParam[], carrier: Carrier): string | undefined {
  const { place, contentType } = carrier;
  const name = list[0]?.name ?? '';
  // The whole may be percent-encoded.
  const mismatch = describeMismatch(text, ['a form'], contentType) ?? describeMismatch(name, ['a form'], contentType);
  if (mismatch !== undefined) {
    return place === 'body'
      ? sentence(`${mismatch}, so it was read as a form`)
      : `The query does not look like parameters: write them as name=value, joined by "&".`;
  }
  if (list.length > 0 && list.every((param) => param.value === '' && param.name.includes('='))) {
    return withType(`The "=" and "&" of the ${place} are percent-encoded, so they are text: encode each name and value by itself`, carrier);
  }
  if (text.startsWith('\u{feff}')) return `The ${place} begins with a byte order mark, which is a part of the first name.`;
  return noteOnSingle(list, carrier);
}

/** The note on a single parameter, of any transport, that seems to hold all the others. */
export function noteOnSingle(list: readonly ReceivedParam[], carrier: Carrier): string | undefined {
  const [single, second] = list;
  if (single === undefined || second !== undefined || single.value === NOT_TEXT || !carrier.isAlone) return undefined;
  const shape = guessShape(single.value);
  const holdsOthers = shape === 'JSON' || (shape === 'a form' && /&|%26/.test(single.value));
  return holdsOthers ? withType(`The only parameter holds what looks like ${shape}: send each parameter by itself`, carrier) : undefined;
}

const JSON_KINDS: Readonly<Record<string, string>> = {
  '[': 'a JSON array',
  '"': 'a JSON string',
  n: 'JSON null',
  t: 'a JSON boolean',
  f: 'a JSON boolean',
};

/** The note on a JSON body without parameters, or with a single one; undefined if it is as it should be. */
export function noteOnJson(text: string, params: Params, carrier: Carrier): string | undefined {
  const first = /[^\s]/.exec(text)?.[0] ?? '';
  if (first !== '{') {
    const held = first === '"' ? describeReadable(JSON.parse(text) as string).replace('; it', ' that') : '';
    const kind = JSON_KINDS[first] ?? 'a JSON number';
    return withType(`The body is ${kind}${held}, which carries no parameters: send one JSON object`, carrier);
  }
  if (params.size !== 1 || !carrier.isAlone || !/^\s*\{\s*"[^"\\]*"\s*:\s*\{/.test(text)) return undefined;
  return withType('The only member of the JSON object is an object: send each parameter as a member of the outer one', carrier);
}

function withType(words: string, { place, contentType }: Carrier): string {
  return place === 'query' ? `${words}.` : `${words}; ${describeContentType(contentType)}.`;
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
