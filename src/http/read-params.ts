import { MIMEType } from 'node:util';
import type { ParamValue, Params } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import type { ReceivedParam, Transport } from '../world/journal.ts';
import { collected, pairsOfForm } from './form.ts';
import { paramsOfJson } from './json-params.ts';
import { pairsOfMultipart } from './multipart.ts';
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

/** What a request holds: the parameters that take part, and every one as it was received. */
export interface ReadParams {
  readonly params: Params;
  /** In the order of sending, the body's before the query's. */
  readonly received: readonly ReceivedParam[];
}

/** The parameters of a request to the vendor's paths. A name in both query and body: the query wins (Rails). */
export async function readParams({ query, body, contentType, most }: ParamSources): Promise<ReadParams> {
  const ofBody =
    body.length === 0 ? NOTHING : await paramsOfBody(body, contentType === undefined || contentType === '' ? FORM : contentType, most);
  const ofQuery = paramsOfPairs(pairsOfForm(query, 'query', most), 'query');
  if (ofBody.received.length + ofQuery.received.length > most) throw tooManyParameters(most);
  return { params: new Map([...ofBody.params, ...ofQuery.params]), received: [...ofBody.received, ...ofQuery.received] };
}

const NOTHING: ReadParams = { params: new Map(), received: [] };

async function paramsOfBody(body: Buffer, contentType: string, most: number): Promise<ReadParams> {
  const { type, charset } = parsedType(contentType) ?? { type: contentType.slice(0, 80), charset: undefined };
  refuseForeignCharset(charset);
  switch (type) {
    case FORM:
      return paramsOfPairs(pairsOfForm(utf8Of(body), 'body', most), 'form');
    case MULTIPART:
      return paramsOfPairs(await pairsOfMultipart(body, contentType, most), 'multipart');
    case JSON_TYPE: {
      const params = paramsOfJson(utf8Of(body), most);
      return { params, received: Array.from(params, ([name, value]) => ({ name, value, from: 'json' })) };
    }
    default:
      throw new MockMorError('BODY_UNSUPPORTED', `a body of type "${type}" is not read here; allowed: ${FORM}, ${MULTIPART}, ${JSON_TYPE}`);
  }
}

function paramsOfPairs(pairs: readonly (readonly [name: string, value: ParamValue])[], from: Transport): ReadParams {
  return { params: collected(pairs), received: pairs.map(([name, value]) => ({ name, value, from })) };
}

/** @throws MockMorError `BODY_UNSUPPORTED` where a body says that it is not in UTF-8 */
export function refuseForeignCharset(charset: string | undefined): void {
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new MockMorError('BODY_UNSUPPORTED', `the charset "${charset}" is not read here; allowed: utf-8`);
  }
}

/** A longer content type is none that a client means, and Node's parser takes the square of its length. */
const LONGEST_TYPE = 1000;

/** A content type without its parameters, and its charset, both in lower case; undefined where it is none. */
export function parsedType(contentType: string): { readonly type: string; readonly charset: string | undefined } | undefined {
  if (contentType.length > LONGEST_TYPE) return undefined;
  try {
    const parsed = new MIMEType(contentType);
    return { type: parsed.essence, charset: parsed.params.get('charset')?.toLowerCase() };
  } catch {
    return undefined;
  }
}
