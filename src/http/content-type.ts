/** The `Content-Type` of a request: its type, which says how the body is read, and its charset, which is not looked at but reported. */
import { MIMEType } from 'node:util';
import { quote } from '../mor/quote.ts';

export const FORM = 'application/x-www-form-urlencoded';
export const MULTIPART = 'multipart/form-data';
export const JSON_TYPE = 'application/json';

/** The types of bodies that carry parameters of a call. */
export const PARAM_TYPES = [FORM, MULTIPART, JSON_TYPE] as const;

export type ParamType = (typeof PARAM_TYPES)[number];

/** A longer content type is none that a client means, and Node's parser takes the square of its length. */
const MAX_TYPE_LENGTH = 1000;

/** How much of a header is quoted, in characters. */
const MAX_QUOTED_LENGTH = 80;

/** A content type in its parts. */
export interface ContentType {
  /** In lower case, without its parameters. */
  readonly type: string;
  /** As the client wrote it; undefined if there is none, or an empty one. */
  readonly charset: string | undefined;
  /** What separates the parts of a multipart body. */
  readonly boundary: string | undefined;
}

/** The parts of a header `Content-Type`; undefined if it is not a content type. */
export function parseContentType(contentType: string): ContentType | undefined {
  // As almost every client writes them, they need no parser.
  if (contentType === FORM || contentType === JSON_TYPE) return { type: contentType, charset: undefined, boundary: undefined };
  if (contentType.length > MAX_TYPE_LENGTH) return undefined;
  try {
    const { essence, params } = new MIMEType(contentType);
    return { type: essence, charset: params.get('charset') ?? undefined, boundary: params.get('boundary') ?? undefined };
  } catch {
    return undefined;
  }
}

/** How a body of a call is read. */
export interface BodyType {
  /** Undefined if the type carries no parameters. */
  readonly type: ParamType | undefined;
  /** What the client declared; not looked at. */
  readonly charset: string | undefined;
}

const UNTYPED: BodyType = { type: FORM, charset: undefined };

/** How a body of a call is read: without a `Content-Type` as a form, as Rails does. */
export function parseBodyType(contentType: string | undefined): BodyType {
  if (contentType === undefined || contentType === '') return UNTYPED;
  const { type: sent, charset } = parseContentType(contentType) ?? {};
  return { type: PARAM_TYPES.find((known) => known === sent), charset };
}

/** A text of a header, in quotes and cut if it is long. */
export function quoteHeader(text: string): string {
  return quote(text, { maxLength: MAX_QUOTED_LENGTH });
}

/** What was sent as `Content-Type`, as the end of a sentence. */
export function describeContentType(contentType: string | undefined): string {
  return contentType === undefined || contentType === '' ? 'no Content-Type was sent' : `the Content-Type is ${quoteHeader(contentType)}`;
}

/** What a declared charset means for bytes that are not UTF-8, to follow an error; empty if no charset was declared. */
export function describeCharset(charset: string | undefined): string {
  if (charset === undefined) return '';
  const isUtf8 = /^utf-?8$/i.test(charset);
  return `; the Content-Type declares the charset ${quoteHeader(charset)}${isUtf8 ? '' : ', but bodies are read as UTF-8'}`;
}
