/** The parameters of a request, from its query and its body: every place that reads requests to MOR does it here. */
import type { Params, ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { measureParams, type ReceivedParam, type SentParams } from '../world/journal.ts';
import {
  decodeHead,
  describeMismatch,
  describeUnreadType,
  isOrdinaryForm,
  noteOnForm,
  noteOnIgnoredBody,
  noteOnJson,
  noteOnSingle,
  type Carrier,
} from './body-shape.ts';
import { FORM, JSON_TYPE, MULTIPART, parseBodyType, parseContentType, type ParamType } from './content-type.ts';
import { collect, collected, eachParamOfForm, paramsOfForm, type FormReading } from './form.ts';
import { paramsOfJson } from './json-params.ts';
import { paramsOfMultipart } from './multipart.ts';
import { findInForm, findInJson, notUtf8 } from './not-utf8.ts';
import { tooManyParameters } from './parameter-limit.ts';
import { decodeUtf8 } from './text.ts';

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
  /** What stands out about how they were sent, a sentence each: a body that looks like another type, or was not read. */
  readonly notes: readonly string[];
}

const NO_NOTES: readonly string[] = [];

/**
 * The parameters of a request to the vendor's paths, at once unless the body is multipart. A name in both query and body: the query
 * wins (Rails).
 *
 * @throws MockMorError `BODY_INVALID`, `BODY_UNSUPPORTED`, `PARAMETERS_TOO_MANY`, `QUERY_INVALID`
 */
export function readParams(sources: ParamSources): ReadParams | Promise<ReadParams> {
  const { query, body, contentType, most } = sources;
  if (body.length === 0) return readQuery(query, most, true);
  const { type, charset } = parseBodyType(contentType);
  if (type === undefined) return readQueryAlone(sources);
  const ofBody = readBodyAs(type, charset, sources);
  return ofBody instanceof Promise ? ofBody.then((read) => withQuery(read, sources)) : withQuery(ofBody, sources);
}

function withQuery(ofBody: ReadParams, { query, most }: ParamSources): ReadParams {
  if (query === '') return ofBody;
  const ofQuery = readQuery(query, most, false);
  const sent = new SentTwice(ofBody.sent, ofQuery.sent);
  if (sent.count > most) throw tooManyParameters(most);
  const notes = ofBody.notes.length + ofQuery.notes.length === 0 ? NO_NOTES : [...ofBody.notes, ...ofQuery.notes];
  return { params: sent.params(), sent, notes };
}

/** The body is of a type that carries no parameters: it is ignored next to a query that has some (Rack), and refused without. */
function readQueryAlone({ query, body, contentType = '', most }: ParamSources): ReadParams {
  const read = readQuery(query, most, false);
  const head = decodeHead(body);
  if (read.params.size > 0) return { ...read, notes: [...read.notes, noteOnIgnoredBody(head, contentType)] };
  throw new MockMorError('BODY_UNSUPPORTED', describeUnreadType(head, parseContentType(contentType)?.type ?? contentType.slice(0, 80)));
}

function readQuery(query: string, most: number, isAlone: boolean): ReadParams {
  return readForm(query, { from: 'query', most }, { place: 'query', contentType: undefined, isAlone });
}

/** The body may not be what its type says: an error says so, too. */
function readBodyAs(type: ParamType, charset: string | undefined, sources: ParamSources): ReadParams | Promise<ReadParams> {
  const { query, body, contentType, most } = sources;
  const carrier: Carrier = { place: 'body', contentType, isAlone: query === '' };
  try {
    switch (type) {
      case FORM:
        return readForm(decodeBody(body, charset, findInForm), { from: 'form', most, charset }, carrier);
      case JSON_TYPE:
        return readJson(decodeBody(body, charset, findInJson), most, carrier);
      case MULTIPART:
        return readMultipart(body, most, carrier).catch((error: unknown) => {
          throw withMismatch(error, type, body, contentType);
        });
    }
  } catch (error) {
    throw withMismatch(error, type, body, contentType);
  }
}

function decodeBody(body: Buffer, charset: string | undefined, findBytes: (body: Buffer) => string): string {
  const text = decodeUtf8(body);
  if (text === undefined) throw notUtf8(findBytes(body), charset);
  return text;
}

function readForm(text: string, reading: FormReading, carrier: Carrier): ReadParams {
  const params = new Map<string, ParamValue>();
  let count = 0;
  let characters = 0;
  eachParamOfForm(text, reading, (name, value) => {
    count += 1;
    characters += name.length + value.length;
    collect(params, name, value);
  });
  const sent = new SentText(text, reading.from, count, characters);
  const note = count === 0 || isOrdinaryForm(text, count) ? undefined : noteOnForm(text, sent.list(), carrier);
  return { params, sent, notes: note === undefined ? NO_NOTES : [note] };
}

function readJson(text: string, most: number, carrier: Carrier): ReadParams {
  const params = paramsOfJson(text, most);
  const note = params.size > 1 ? undefined : noteOnJson(text, params, carrier);
  // The whole text counts: a list or a map in it is no parameter's text, but is kept.
  return { params, sent: new SentText(text, 'json', params.size, text.length), notes: note === undefined ? NO_NOTES : [note] };
}

async function readMultipart(body: Buffer, most: number, carrier: Carrier): Promise<ReadParams> {
  const list = await paramsOfMultipart(body, carrier.contentType ?? '', most);
  const params = collected(list);
  const note = noteOnSingle(list, carrier);
  const { count, characters } = measureParams(list);
  return {
    params,
    sent: { count, characters, list: () => list, params: () => params },
    notes: note === undefined ? NO_NOTES : [note],
  };
}

const SHAPE_OF_TYPE = { [FORM]: 'a form', [MULTIPART]: 'multipart', [JSON_TYPE]: 'JSON' } as const satisfies Record<ParamType, string>;

/** An error about a body, with what may be behind it. */
function withMismatch(error: unknown, type: ParamType, body: Buffer, contentType: string | undefined): unknown {
  if (!(error instanceof MockMorError) || error.code !== 'BODY_INVALID') return error;
  const mismatch = describeMismatch(decodeHead(body), [SHAPE_OF_TYPE[type]], contentType);
  return mismatch === undefined ? error : new MockMorError(error.code, `${error.message}; ${mismatch}`);
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
    return paramsOfForm(this.#text, { from, most: Infinity });
  }

  params(): Params {
    const from = this.#from;
    return from === 'json' ? paramsOfJson(this.#text, Infinity) : collected(paramsOfForm(this.#text, { from, most: Infinity }));
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
