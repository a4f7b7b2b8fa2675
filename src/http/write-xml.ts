import { MOR_ERRORS, type MorError } from '../mor/errors.ts';
import type { ResponseType, Settings } from '../mor/model.ts';
import type { Details, Reply } from '../mor/reply.ts';
import { shapeOf, type Shape } from './xml-shapes.ts';

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

/** MOR's answer as XML: two blanks a level, a line feed at the end. The shape is xmlbuilder2's; only the values are new. */
export function xmlOf(reply: Reply, settings: Settings): string {
  if (reply.kind === 'error') {
    const error: MorError = MOR_ERRORS[reply.error];
    const text = settings.dialect === 'legacy' ? (error.legacyText ?? error.text) : error.text;
    const isBare = settings.error_envelope === 'bare' && error.beforeTheCall === true;
    return errorDocument(isBare ? 'status' : 'page', text);
  }
  const { text, details } = reply;
  return filled(shapeOf('page', 'success', details), text, details.fields);
}

/** Every error that was answered so far, by its root, then by its text: as few as there are texts. */
const errorDocuments = { page: new Map<string, string>(), status: new Map<string, string>() };

function errorDocument(root: 'page' | 'status', text: string): string {
  let document = errorDocuments[root].get(text);
  if (document === undefined) {
    document = filled(shapeOf(root, 'error'), text);
    errorDocuments[root].set(text, document);
  }
  return document;
}

/** A shape with the text of its outcome, then the values of its fields. */
function filled(shape: Shape, text: string, fields: Details['fields'] = []): string {
  let xml = `${shape[0] ?? ''}${xmlText(text)}${shape[1] ?? ''}`;
  for (let i = 0; i < fields.length; i++) xml += `${xmlText(fields[i]?.[1] ?? '')}${shape[i + 2] ?? ''}`;
  return xml;
}

/** Nothing in it needs care: what almost every value is. */
const PLAIN = /^[\w ./+-]*$/;

/** What XML 1.0 has no place for: control characters, lone surrogates, U+FFFE and U+FFFF. */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * A text made safe to stand between two tags: the one way by which a value reaches an answer. xmlbuilder2 alone would let
 * through control characters, lone surrogates and all that looks like an entity. What XML cannot hold becomes U+FFFD.
 */
export function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(ILLEGAL, '\uFFFD').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? '');
}
