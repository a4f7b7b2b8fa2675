import { MIMEType } from 'node:util';
import type { Params, ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { sizeOf, type ReceivedParam, type SentParams } from '../world/journal.ts';
import { collect, collected, eachParamOfForm, paramsOfForm } from './form.ts';
import { paramsOfJson } from './json-params.ts';
import { paramsOfMultipart } from './multipart.ts';
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
}

/** What a request holds: the parameters that take part, and all as they came. */
export interface ReadParams {
  readonly params: Params;
  readonly sent: SentParams;
}

/** The parameters of a request to the vendor's paths, at once unless the body is multipart. A name in both query and body: the query wins (Rails). */
export function readParams({ query, body, contentType }: ParamSources): ReadParams | Promise<ReadParams> {
  if (body.length === 0) return ofForm(query, 'query');
  const ofBody = paramsOfBody(body, contentType === undefined || contentType === '' ? FORM : contentType);
  return ofBody instanceof Promise ? ofBody.then((read) => withQuery(read, query)) : withQuery(ofBody, query);
}

function withQuery(ofBody: ReadParams, query: string): ReadParams {
  if (query === '') return ofBody;
  const sent = new SentTwice(ofBody.sent, ofForm(query, 'query').sent);
  return { params: sent.params(), sent };
}

function paramsOfBody(body: Buffer, contentType: string): ReadParams | Promise<ReadParams> {
  const { type, charset } = parsedType(contentType) ?? { type: contentType.slice(0, 80), charset: undefined };
  refuseForeignCharset(charset);
  switch (type) {
    case FORM:
      return ofForm(utf8Of(body), 'form');
    case MULTIPART:
      return paramsOfMultipart(body, contentType).then((list) => ofList(collected(list), list));
    case JSON_TYPE: {
      const params = paramsOfJson(utf8Of(body));
      return ofList(
        params,
        Array.from(params, ([name, value]) => ({ name, value, from: 'json' })),
      );
    }
    default:
      throw new MockMorError('BODY_UNSUPPORTED', `a body of type "${type}" is not read here; allowed: ${FORM}, ${MULTIPART}, ${JSON_TYPE}`);
  }
}

function ofForm(text: string, from: 'query' | 'form'): ReadParams {
  const params = new Map<string, ParamValue>();
  let count = 0;
  let characters = 0;
  eachParamOfForm(text, from, (name, value) => {
    count += 1;
    characters += name.length + value.length;
    collect(params, name, value);
  });
  return { params, sent: new SentForm(text, from, count, characters) };
}

function ofList(params: Params, list: readonly ReceivedParam[]): ReadParams {
  const { count, characters } = sizeOf(list);
  return { params, sent: { count, characters, list: () => list, params: () => params } };
}

/** A query string or an urlencoded body: the text is all that is kept. */
class SentForm implements SentParams {
  readonly count: number;
  readonly characters: number;
  readonly #text: string;
  readonly #from: 'query' | 'form';

  constructor(text: string, from: 'query' | 'form', count: number, characters: number) {
    this.count = count;
    this.characters = characters;
    this.#text = text;
    this.#from = from;
  }

  list(): readonly ReceivedParam[] {
    return paramsOfForm(this.#text, this.#from);
  }

  params(): Params {
    return ofForm(this.#text, this.#from).params;
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
    throw new MockMorError('BODY_UNSUPPORTED', `the charset "${charset}" is not read here; allowed: utf-8`);
  }
}

/** A content type without its parameters, and its charset, both in lower case; undefined where it is none. */
export function parsedType(contentType: string): { readonly type: string; readonly charset: string | undefined } | undefined {
  // As almost every client writes them, they need no parser.
  if (contentType === FORM || contentType === JSON_TYPE) return { type: contentType, charset: undefined };
  try {
    const parsed = new MIMEType(contentType);
    return { type: parsed.essence, charset: parsed.params.get('charset')?.toLowerCase() };
  } catch {
    return undefined;
  }
}
