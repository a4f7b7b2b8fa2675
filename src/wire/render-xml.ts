/** Writes a reply as MOR's XML: two blanks a level, a line feed at the end, UTF-8. */
import type { ResponseType } from '../mor/model.ts';
import type { Reply } from '../mor/reply.ts';
import { getDocumentTemplate, getItemTemplate, type ReplyValue, type XmlTemplate } from './xml-template.ts';

/** The headers of every answer, by the setting `response_type`. */
export const ANSWER_HEADERS = {
  xml: { 'Content-Type': 'text/xml; charset=utf-8' },
  attachment_xml: {
    'Content-Type': 'text/xml; charset=utf-8',
    'Content-Disposition': 'attachment; filename="mor_api_response.xml"',
  },
  attachment_html: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Disposition': 'attachment; filename="mor_api_response.html"',
  },
} as const satisfies Record<ResponseType, Readonly<Record<string, string>>>;

/** The whole reply as one text. */
export function renderXml(reply: Reply): string {
  const values: ReplyValue[] = [];
  const template = getDocumentTemplate(reply, values);
  let xml = template[0] ?? '';
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? '';
    if (typeof value === 'string') xml += escapeXml(value);
    else for (const piece of renderList(value)) xml += piece;
    xml += template[i + 1] ?? '';
  }
  return xml;
}

/** The beginning of a reply: `minLength` characters or more, or all of it; and what comes after, undefined if that was all. */
export function startXml(reply: Reply, minLength: number): { readonly head: string; readonly rest: Iterable<string> | undefined } {
  const pieces = renderXmlPieces(reply);
  let head = '';
  while (head.length < minLength) {
    const { value, done } = pieces.next();
    if (done === true) return { head, rest: undefined };
    head += value;
  }
  return { head, rest: pieces };
}

/** The reply piece by piece: the items of a list are read only as far as the pieces are. */
export function* renderXmlPieces(reply: Reply): Generator<string, void, undefined> {
  const values: ReplyValue[] = [];
  yield* fill(getDocumentTemplate(reply, values), values);
}

function* fill(template: XmlTemplate, values: readonly ReplyValue[]): Generator<string, void, undefined> {
  let xml = template[0] ?? '';
  for (const [i, value] of values.entries()) {
    if (typeof value === 'string') {
      xml += escapeXml(value);
    } else {
      yield xml;
      yield* renderList(value);
      xml = '';
    }
    xml += template[i + 1] ?? '';
  }
  yield xml;
}

/** The items, each on lines of its own; nothing at all for an empty list, so that its element is `<x></x>`. */
function* renderList({ list: [element, items], depth }: Exclude<ReplyValue, string>): Generator<string, void, undefined> {
  let isEmpty = true;
  for (const content of items) {
    isEmpty = false;
    const values: ReplyValue[] = [];
    const template = getItemTemplate(element, content, depth + 1, values);
    let xml = '\n';
    for (const piece of fill(template, values)) xml += piece;
    yield xml;
  }
  if (!isEmpty) yield `\n${'  '.repeat(depth)}`;
}

/** Needs no care: what almost every value is. */
const PLAIN = /^[\w ./+-]*$/;

/** What XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF. */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * A text made safe between two tags: the one way by which a value gets into an answer. xmlbuilder2 alone would let
 * through control characters, lone surrogates and all that looks like an entity. What XML cannot hold becomes U+FFFD.
 */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(ILLEGAL, '\uFFFD').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? '');
}
