import { MIMEType } from 'node:util';
import type { ParamValue, Params } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import { collected, pairsOfForm } from './form.ts';
import { paramsOfJson } from './json-params.ts';
import { pairsOfMultipart } from './multipart.ts';
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

/** The parameters of a request to the vendor's paths. A name in both query and body: the query wins (Rails). */
export async function readParams({ query, body, contentType }: ParamSources): Promise<Params> {
  const params =
    body.length === 0
      ? new Map<string, ParamValue>()
      : await paramsOfBody(body, contentType === undefined || contentType === '' ? FORM : contentType);
  for (const [name, value] of collected(pairsOfForm(query, 'query'))) params.set(name, value);
  return params;
}

async function paramsOfBody(body: Buffer, contentType: string): Promise<Map<string, ParamValue>> {
  const { type, charset } = parsedType(contentType) ?? { type: contentType.slice(0, 80), charset: undefined };
  refuseForeignCharset(charset);
  switch (type) {
    case FORM:
      return collected(pairsOfForm(utf8Of(body), 'body'));
    case MULTIPART:
      return collected(await pairsOfMultipart(body, contentType));
    case JSON_TYPE:
      return paramsOfJson(utf8Of(body));
    default:
      throw new MockMorError('BODY_UNSUPPORTED', `a body of type "${type}" is not read here; allowed: ${FORM}, ${MULTIPART}, ${JSON_TYPE}`);
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
  try {
    const parsed = new MIMEType(contentType);
    return { type: parsed.essence, charset: parsed.params.get('charset')?.toLowerCase() };
  } catch {
    return undefined;
  }
}
