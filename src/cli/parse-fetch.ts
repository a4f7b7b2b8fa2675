import { invalidOption } from '../problems.ts';
import { getQuery, type CopiedRequest } from './parse-curl.ts';

/** The parts of the options of `fetch` that say what is sent. */
interface FetchOptions {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
}

const FETCH = /^\s*(?:await\s+)?fetch\(([\s\S]*)\)\s*;?\s*$/;

/** Whether a text is a call of `fetch`. */
export function isFetch(text: string): boolean {
  return /^\s*(?:await\s+)?fetch\s*\(/.test(text);
}

/**
 * The request of a call of `fetch` as browsers copy it, for the browser or for Node.js: an address and options, both JSON.
 *
 * @throws MockMorError `OPTION_INVALID` for anything else
 */
export function parseFetch(text: string): CopiedRequest {
  const [url, { method = 'GET', headers = {}, body } = {}] = readArguments(text);
  if (typeof url !== 'string' || typeof method !== 'string' || typeof headers !== 'object' || headers === null) throw notAsCopied();
  const sent: unknown = body ?? '';
  if (typeof sent !== 'string') throw notAsCopied();
  const contentType = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] as unknown;
  return {
    method: method.toUpperCase(),
    url,
    query: getQuery(url),
    body: Buffer.from(sent),
    // What fetch sends with a body that is a string.
    contentType: typeof contentType === 'string' ? contentType : sent === '' ? undefined : 'text/plain;charset=UTF-8',
  };
}

function readArguments(text: string): readonly [url?: unknown, options?: FetchOptions] {
  try {
    return JSON.parse(`[${FETCH.exec(text)?.[1] ?? ''}]`) as readonly [unknown, FetchOptions];
  } catch {
    throw notAsCopied();
  }
}

function notAsCopied(): Error {
  return invalidOption(
    'cannot parse the call of fetch: write it as browsers copy it, fetch("URL", { "method": "POST", "body": "…" }), all of it JSON',
  );
}
