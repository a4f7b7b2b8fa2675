/** One way to make a hash, and the formula that shows it. */
import { KEY, type HashPart, type ParamTexts, type Separator, type Surround, type TextEncoder, type Variant } from './hash-variants.ts';

/** A part that is hashed, or a text between or around the parts. */
export type Piece = HashPart | string;

/** One variant of each dimension. */
export interface Recipe {
  readonly order: Variant<readonly HashPart[]>;
  readonly texts: Variant<ParamTexts>;
  readonly key: Variant<string>;
  readonly mode: Variant<'in the text' | 'hmac'>;
  readonly separator: Variant<Separator>;
  readonly surround: Variant<Surround>;
  readonly encoding: Variant<TextEncoder>;
}

/**
 * What is hashed, in its order: parts, and the texts between and around them. The key of an HMAC is no part of its
 * text.
 */
export function piecesFor({ order, separator, surround, mode }: Recipe): readonly Piece[] {
  const { between, isNamed, keyName, isKeyAttached } = separator.value;
  const parts = mode.value === 'hmac' ? order.value.filter((part) => part !== KEY) : order.value;
  const { before, after } = surround.value;
  // Most recipes: nothing is between the parts or around them.
  if (between === '' && !isNamed) return before === '' && after === '' ? parts : [before, ...parts, after];
  const pieces = parts.flatMap((part, index) => {
    const isApart = index > 0 && !(isKeyAttached && (part === KEY || parts[index - 1] === KEY));
    const name = !isNamed ? undefined : part === KEY ? keyName : part.name;
    const literal = `${isApart ? between : ''}${name === undefined ? '' : `${name}=`}`;
    return literal === '' ? [part] : [literal, part];
  });
  return [before, ...pieces, after];
}

/** The text that is hashed. */
export function joinPieces(pieces: readonly Piece[], texts: ParamTexts, key: string): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece === KEY ? key : (texts.get(piece.name) ?? piece.text);
  return text;
}

/** `provider_id + "&" + did`: leaves out what is empty, because it adds nothing to the text. */
export function formatPieces(pieces: readonly Piece[], texts: ParamTexts): string {
  const all = pieces.filter((piece) => (typeof piece === 'string' ? piece !== '' : piece === KEY || texts.get(piece.name) !== ''));
  return all.length === 0 ? '""' : all.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : piece.name)).join(' + ');
}
