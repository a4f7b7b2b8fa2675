/** Splits XML into the pieces that get a colour. It reads any text, well-formed or not, and loses no character. */

/** Above this many characters a body is shown as plain text, and cut. */
export const MAX_SHOWN_CHARACTERS = 65_536;

/** A piece of XML. */
export interface XmlPiece {
  readonly kind: 'tag' | 'name' | 'value' | 'text' | 'note';
  readonly text: string;
}

const PIECES = /(<!--[\s\S]*?(?:-->|$)|<[?!][^>]*>?)|(<\/?)([^\s<>/"']+)([^<>]*)(>?)|([^<]+|<)/g;

const ATTRIBUTES = /([^\s="'/]+)(\s*=\s*)("[^"]*"|'[^']*')|([^\s="'/]+|[\s\S])/g;

/** The pieces of a text, in their order. */
export function splitXml(xml: string): readonly XmlPiece[] {
  const pieces: XmlPiece[] = [];
  for (const [, note, open, name, attributes = '', close = '', text] of xml.matchAll(PIECES)) {
    if (note !== undefined) pieces.push({ kind: 'note', text: note });
    else if (text !== undefined) pieces.push({ kind: 'text', text });
    else if (open !== undefined && name !== undefined) {
      pieces.push({ kind: 'tag', text: open }, { kind: 'name', text: name }, ...splitAttributes(attributes));
      if (close !== '') pieces.push({ kind: 'tag', text: close });
    }
  }
  return pieces;
}

function splitAttributes(attributes: string): readonly XmlPiece[] {
  const pieces: XmlPiece[] = [];
  for (const [, name, equals, value, other] of attributes.matchAll(ATTRIBUTES)) {
    if (name !== undefined && equals !== undefined && value !== undefined)
      pieces.push({ kind: 'name', text: name }, { kind: 'tag', text: equals }, { kind: 'value', text: value });
    else if (other !== undefined) pieces.push({ kind: 'tag', text: other });
  }
  return pieces;
}
