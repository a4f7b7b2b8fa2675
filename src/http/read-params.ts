import { MIMEType } from 'node:util';
import type { Params, ParamValue } from '../mor/params.ts';
import { quote } from '../mor/quote.ts';
import { MockMorError } from '../problems.ts';
import { sizeOf, type ReceivedParam, type SentParams } from '../world/journal.ts';
import { collect, collected, eachParamOfForm, paramsOfForm } from './form.ts';
import { paramsOfJson } from './json-params.ts';
import { paramsOfMultipart } from './multipart.ts';
import { tooManyParameters } from './parameter-limit.ts';
import { utf8Of } from './text.ts';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const JSON_TYPE = 'application/json';

/** What of a request holds parameters. */
export interface ParamSources {
  /** What stands behind the `?`; empty where nothing does. */
  readonly query: string;
  /** Empty where there is no body. */
  readonly body: Buffer;
  /** The header as sent. A body without one is read as a form, as Rails does. */
  readonly contentType: string | undefined;
  /** How many parameters there may be, those of query and body together. */
  readonly most: number;
}

/** What a request holds: the parameters that take part, and all as they came. */
export interface ReadParams {
  readonly params: Params;
  readonly sent: SentParams;
}

/** The parameters of a request to the vendor's paths, at once unless the body is multipart. A name in both query and body: the query wins (Rails). */
export function readParams(sources: ParamSources): ReadParams | Promise<ReadParams> {
  const { query, body, contentType, most } = sources;
  if (body.length === 0) return ofForm(query, 'query', most);
  const ofBody = paramsOfBody(body, contentType === undefined || contentType === '' ? FORM : contentType, most);
  return ofBody instanceof Promise ? ofBody.then((read) => withQuery(read, sources)) : withQuery(ofBody, sources);
}

function withQuery(ofBody: ReadParams, { query, most }: ParamSources): ReadParams {
  if (query === '') return ofBody;
  const sent = new SentTwice(ofBody.sent, ofForm(query, 'query', most).sent);
  if (sent.count > most) throw tooManyParameters(most);
  return { params: sent.params(), sent };
}

function paramsOfBody(body: Buffer, contentType: string, most: number): ReadParams | Promise<ReadParams> {
  const { type, charset } = parsedType(contentType) ?? { type: contentType.slice(0, 80), charset: undefined };
  refuseForeignCharset(charset);
  switch (type) {
    case FORM:
      return ofForm(utf8Of(body), 'form', most);
    case MULTIPART:
      return paramsOfMultipart(body, contentType, most).then((list) => ofList(collected(list), list));
    case JSON_TYPE:
      return ofJson(utf8Of(body), most);
    default:
      throw new MockMorError(
        'BODY_UNSUPPORTED',
        `a body of type ${quote(type, { maxLength: 80 })} is not read here; allowed: ${FORM}, ${MULTIPART}, ${JSON_TYPE}`,
      );
  }
}

function ofJson(text: string, most: number): ReadParams {
  const params = paramsOfJson(text, most);
  // The whole text counts: a list or a map in it is no parameter's text, but is kept.
  return { params, sent: new SentText(text, 'json', params.size, text.length) };
}

function ofForm(text: string, from: 'query' | 'form', most: number): ReadParams {
  const params = new Map<string, ParamValue>();
  let count = 0;
  let characters = 0;
  eachParamOfForm(text, from, most, (name, value) => {
    count += 1;
    characters += name.length + value.length;
    collect(params, name, value);
  });
  return { params, sent: new SentText(text, from, count, characters) };
}

function ofList(params: Params, list: readonly ReceivedParam[]): ReadParams {
  const { count, characters } = sizeOf(list);
  return { params, sent: { count, characters, list: () => list, params: () => params } };
}

/** A query string, an urlencoded body or a JSON one: the text is all that is kept. */
class SentText implements SentParams {
  readonly count: number;
  readonly characters: number;
  readonly #text: string;
  readonly #from: 'query' | 'form' | 'json';

  constructor(text: string, from: 'query' | 'form' | 'json', count: number, characters: number) {
    this.count = count;
    this.characters = characters;
    this.#text = text;
    this.#from = from;
  }

  list(): readonly ReceivedParam[] {
    const from = this.#from;
    if (from === 'json') return Array.from(this.params(), ([name, value]) => ({ name, value, from }));
    return paramsOfForm(this.#text, from, Infinity);
  }

  params(): Params {
    const from = this.#from;
    return from === 'json' ? paramsOfJson(this.#text, Infinity) : ofForm(this.#text, from, Infinity).params;
  }
}

/** A body and a query. */
class SentTwice implements SentParams {
  readonly count: number;
  readonly characters: number;
  readonly #body: SentParams;
  readonly #query: SentParams;

  constructor(body: SentParams, query: SentParams) {
    this.count = body.count + query.count;
    this.characters = body.characters + query.characters;
    this.#body = body;
    this.#query = query;
  }

  list(): readonly ReceivedParam[] {
    return [...this.#body.list(), ...this.#query.list()];
  }

  params(): Params {
    return new Map([...this.#body.params(), ...this.#query.params()]);
  }
}

/** @throws MockMorError `BODY_UNSUPPORTED` where a body says that it is not in UTF-8 */
export function refuseForeignCharset(charset: string | undefined): void {
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new MockMorError('BODY_UNSUPPORTED', `the charset ${quote(charset)} is not read here; allowed: utf-8`);
  }
}

/** A longer content type is none that a client means, and Node's parser takes the square of its length. */
const LONGEST_TYPE = 1000;

/** A content type without its parameters, and its charset, both in lower case; undefined where it is none. */
export function parsedType(contentType: string): { readonly type: string; readonly charset: string | undefined } | undefined {
  // As almost every client writes them, they need no parser.
  if (contentType === FORM || contentType === JSON_TYPE) return { type: contentType, charset: undefined };
  if (contentType.length > LONGEST_TYPE) return undefined;
  try {
    const parsed = new MIMEType(contentType);
    return { type: parsed.essence, charset: parsed.params.get('charset')?.toLowerCase() };
  } catch {
    return undefined;
  }
}
