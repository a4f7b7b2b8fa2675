/** What a curl command would send. */
import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ParamSources } from '../http/read-params.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';

/** A request as somebody copied it, before its parameters are read. */
export interface CopiedRequest extends Omit<ParamSources, 'most'> {
  readonly method: string;
  /** The address as written. */
  readonly url: string;
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;

/** Those that say what is sent, and those that change nothing about it. */
const CURL_OPTIONS = {
  request: { ...TEXT, short: 'X' },
  header: { ...TEXT, short: 'H' },
  data: { ...TEXT, short: 'd' },
  'data-ascii': TEXT,
  'data-raw': TEXT,
  'data-binary': TEXT,
  'data-urlencode': TEXT,
  json: TEXT,
  form: { ...TEXT, short: 'F' },
  'form-string': TEXT,
  get: { ...SWITCH, short: 'G' },
  url: TEXT,
  'url-query': TEXT,
  output: { ...TEXT, short: 'o' },
  'write-out': { ...TEXT, short: 'w' },
  user: { ...TEXT, short: 'u' },
  'user-agent': { ...TEXT, short: 'A' },
  referer: { ...TEXT, short: 'e' },
  cookie: { ...TEXT, short: 'b' },
  'cookie-jar': { ...TEXT, short: 'c' },
  'max-time': { ...TEXT, short: 'm' },
  'connect-timeout': TEXT,
  retry: TEXT,
  silent: { ...SWITCH, short: 's' },
  'show-error': { ...SWITCH, short: 'S' },
  include: { ...SWITCH, short: 'i' },
  verbose: { ...SWITCH, short: 'v' },
  insecure: { ...SWITCH, short: 'k' },
  proxy: { ...TEXT, short: 'x' },
  resolve: TEXT,
  cacert: TEXT,
  cert: { ...TEXT, short: 'E' },
  'max-redirs': TEXT,
  'fail-with-body': SWITCH,
  'no-buffer': { ...SWITCH, short: 'N' },
  'no-progress-meter': SWITCH,
  'progress-bar': { ...SWITCH, short: '#' },
  ipv4: { ...SWITCH, short: '4' },
  ipv6: { ...SWITCH, short: '6' },
  http2: SWITCH,
  location: { ...SWITCH, short: 'L' },
  fail: { ...SWITCH, short: 'f' },
  globoff: { ...SWITCH, short: 'g' },
  compressed: SWITCH,
  'http1.1': SWITCH,
} as const satisfies ParseArgsConfig['options'];

const BOUNDARY = 'mock-mor-explains';

/** Reads the words of a curl command, `curl` itself left out. @throws MockMorError `OPTION_INVALID` */
export function parseCurl(words: readonly string[]): CopiedRequest {
  let method: string | undefined;
  let contentType: string | undefined;
  let bodyType: string | undefined;
  let isGet = false;
  const urls: string[] = [];
  const queries: string[] = [];
  const data: string[] = [];
  const parts: string[] = [];
  for (const { name, value } of tokensOf(words)) {
    switch (name) {
      case 'request':
        method = value;
        break;
      case 'header':
        contentType = /^content-type:\s*(.*?)\s*$/i.exec(value)?.[1] ?? contentType;
        break;
      case 'data':
      case 'data-ascii':
        data.push(value.startsWith('@') ? fileText(value.slice(1)).replace(/[\r\n\0]/g, '') : value);
        break;
      case 'data-binary':
        data.push(value.startsWith('@') ? fileText(value.slice(1)) : value);
        break;
      case 'data-raw':
        data.push(value);
        break;
      case 'data-urlencode':
        data.push(urlEncoded(value));
        break;
      case 'json':
        data.push(value.startsWith('@') ? fileText(value.slice(1)) : value);
        bodyType = 'application/json';
        break;
      case 'form':
      case 'form-string':
        parts.push(formPart(value, name === 'form'));
        break;
      case 'get':
        isGet = true;
        break;
      case 'url-query':
        queries.push(urlEncoded(value));
        break;
      case 'url':
        urls.push(value);
        break;
      default:
    }
  }
  const [url, second] = urls;
  if (url === undefined) throw invalidOption('the curl command has no address');
  if (second !== undefined)
    throw invalidOption(
      `the curl command has two addresses, ${describeAddress(url)} and ${describeAddress(second)}; quote what holds an & or a blank`,
    );
  // JSON pieces are put together as they stand, form pieces with an & between them.
  const text = data.join(bodyType === undefined ? '&' : '');
  const hasData = data.length > 0 && !isGet;
  const query = [getQuery(url), ...queries, ...(isGet && text !== '' ? [text] : [])].filter((piece) => piece !== '').join('&');
  if (parts.length > 0) {
    const body = Buffer.from([...parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`), `--${BOUNDARY}--\r\n`].join(''));
    return { method: method ?? 'POST', url, query, body, contentType: `multipart/form-data; boundary=${BOUNDARY}` };
  }
  return {
    method: method ?? (hasData ? 'POST' : 'GET'),
    url,
    query,
    body: Buffer.from(hasData ? text : ''),
    contentType: contentType ?? bodyType ?? 'application/x-www-form-urlencoded',
  };
}

/** What stands behind the `?` of an address. */
export function getQuery(url: string): string {
  const [before = ''] = url.split('#');
  const at = before.indexOf('?');
  return at < 0 ? '' : before.slice(at + 1);
}

interface Token {
  readonly name: string;
  readonly value: string;
}

/** Options by their long names in the order written; an address counts as `url`. */
function tokensOf(words: readonly string[]): readonly Token[] {
  try {
    const { tokens } = parseArgs({ args: [...words], options: CURL_OPTIONS, allowPositionals: true, tokens: true });
    return tokens.flatMap((token) => {
      if (token.kind === 'positional') return [{ name: 'url', value: token.value }];
      return token.kind === 'option' ? [{ name: token.name, value: token.value ?? '' }] : [];
    });
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ');
    throw invalidOption(`cannot parse the curl command: ${message}. Remove options that do not affect the request.`);
  }
}

/** `text`, `=text`, `name=text`, `name@file` or `@file`, the text URL-encoded. */
function urlEncoded(value: string): string {
  const at = /[=@]/.exec(value)?.index ?? -1;
  if (at < 0) return encodeURIComponent(value);
  const text = value.slice(at + 1);
  const name = value.slice(0, at);
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(value[at] === '@' ? fileText(text) : text)}`;
}

/** A bare word is not shown: it may be a part of a password that was not quoted. */
function describeAddress(address: string): string {
  return address.includes('://') ? quote(address, { maxLength: 200 }) : 'a word without a scheme';
}

function formPart(value: string, readsFiles: boolean): string {
  const equals = value.indexOf('=');
  if (equals < 0) throw invalidOption(`-F ${quoteIfHidden(value)} is no name=value`);
  const name = value.slice(0, equals).replaceAll('"', '%22');
  const content = value.slice(equals + 1);
  const head = `Content-Disposition: form-data; name="${name}"`;
  if (!readsFiles) return `${head}\r\n\r\n${content}`;
  if (content.startsWith('@')) return `${head}; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  if (content.startsWith('<')) return `${head}\r\n\r\n${fileText(content.slice(1))}`;
  return `${head}\r\n\r\n${content.replace(/;type=.*$/, '').replace(/^"(.*)"$/, '$1')}`;
}

function fileText(path: string): string {
  if (path === '-') throw invalidOption('the curl command reads standard input, which is not available here');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw invalidOption(`the curl command reads ${quoteIfHidden(path)}: ${(error as Error).message}`);
  }
}
