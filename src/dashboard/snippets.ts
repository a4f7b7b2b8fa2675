/** One signed request in four languages. The key is read from the environment; every other text is quoted so that it arrives as it is. */

/** What is sent. */
export interface SnippetInput {
  /** The whole address of the call. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** The parameters in their order, without the hash. */
  readonly params: readonly (readonly [name: string, value: string])[];
  /** The names of the parameters that are hashed before the key, in this order. */
  readonly hashed: readonly string[];
  /** A hash that is sent as it is, such as a wrong one. Null computes it from the key. */
  readonly fixedHash: string | null;
}

/** The variable that the snippets read the API secret key from. */
export const KEY_VARIABLE = 'MOR_API_SECRET_KEY';

/** The languages, in the order of the tabs. */
export const LANGUAGES = ['curl', 'fetch', 'PHP', 'Python'] as const;

/** A language of snippets. */
export type Language = (typeof LANGUAGES)[number];

const FORMATS: Readonly<Record<Language, (input: SnippetInput) => string>> = {
  curl: formatCurl,
  fetch: formatFetch,
  PHP: formatPhp,
  Python: formatPython,
};

/** A program that sends the request and prints the answer. */
export function formatSnippet(language: Language, input: SnippetInput): string {
  return FORMATS[language](input);
}

/** Control characters, line ends, and marks that change the direction: shown as escapes. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** What is hashed before the key. */
function joinHashed({ params, hashed }: SnippetInput): string {
  return hashed.map((name) => params.find(([known]) => known === name)?.[1] ?? '').join('');
}

function formatCurl(input: SnippetInput): string {
  const { url, method, params, fixedHash } = input;
  const fields = params.map(([name, value]) => `--data-urlencode ${quoteShell(`${name}=${value}`)}`);
  const sign = `hash=$(printf '%s' ${quoteShell(joinHashed(input))}"$${KEY_VARIABLE}" | openssl sha1 -r | cut -d' ' -f1)`;
  const hash = fixedHash === null ? '--data-urlencode "hash=$hash"' : `--data-urlencode ${quoteShell(`hash=${fixedHash}`)}`;
  const send = [`curl -sS${method === 'GET' ? ' -G' : ''} ${quoteShell(url)}`, ...fields, hash].join(' \\\n  ');
  return fixedHash === null ? `${sign}\n${send}` : send;
}

/** A word for a POSIX shell. Inside of single quotes nothing has a meaning but the quote. */
export function quoteShell(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A literal of JavaScript and of Python: both read the escapes of JSON. */
function quoteJson(text: string): string {
  return JSON.stringify(text).replace(new RegExp(HIDDEN, 'gu'), (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function formatFetch(input: SnippetInput): string {
  const { url, method, params, fixedHash } = input;
  const entries = params.map(([name, value]) => `  [${quoteJson(name)}, ${quoteJson(value)}],`);
  const isSigned = fixedHash === null;
  return [
    ...(isSigned ? ["import { createHash } from 'node:crypto';", ''] : []),
    'const params = new URLSearchParams([',
    ...entries,
    ...(isSigned ? [] : [`  ["hash", ${quoteJson(fixedHash)}],`]),
    ']);',
    ...(isSigned
      ? [
          `const text = ${quoteJson(joinHashed(input))} + process.env.${KEY_VARIABLE};`,
          "params.set('hash', createHash('sha1').update(text).digest('hex'));",
        ]
      : []),
    method === 'GET'
      ? `const answer = await fetch(${quoteJson(`${url}?`)} + params);`
      : `const answer = await fetch(${quoteJson(url)}, { method: 'POST', body: params });`,
    'console.log(await answer.text());',
  ].join('\n');
}

/** A literal of PHP: in single quotes if it is one plain line, else in double quotes with escapes. */
function quotePhp(text: string): string {
  const isPlain = !HIDDEN.test(text);
  if (isPlain) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  const escaped = text.replace(/[\\"$]/g, '\\$&').replace(new RegExp(HIDDEN, 'gu'), (character) => {
    return `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
  return `"${escaped}"`;
}

function formatPhp(input: SnippetInput): string {
  const { url, method, params, fixedHash } = input;
  const isSigned = fixedHash === null;
  return [
    '<?php',
    '$params = [',
    ...params.map(([name, value]) => `  ${quotePhp(name)} => ${quotePhp(value)},`),
    ...(isSigned ? [] : [`  'hash' => ${quotePhp(fixedHash)},`]),
    '];',
    ...(isSigned ? [`$params['hash'] = sha1(${quotePhp(joinHashed(input))} . getenv('${KEY_VARIABLE}'));`] : []),
    ...(method === 'GET'
      ? [`echo file_get_contents(${quotePhp(`${url}?`)} . http_build_query($params));`]
      : [
          '$http = [',
          "  'method' => 'POST',",
          "  'header' => 'Content-Type: application/x-www-form-urlencoded',",
          "  'content' => http_build_query($params),",
          '];',
          `echo file_get_contents(${quotePhp(url)}, false, stream_context_create(['http' => $http]));`,
        ]),
  ].join('\n');
}

function formatPython(input: SnippetInput): string {
  const { url, method, params, fixedHash } = input;
  const isSigned = fixedHash === null;
  const modules = isSigned ? ['hashlib', 'os', 'urllib.parse', 'urllib.request'] : ['urllib.parse', 'urllib.request'];
  return [
    ...modules.map((name) => `import ${name}`),
    '',
    'params = {',
    ...params.map(([name, value]) => `    ${quoteJson(name)}: ${quoteJson(value)},`),
    ...(isSigned ? [] : [`    "hash": ${quoteJson(fixedHash)},`]),
    '}',
    ...(isSigned
      ? [
          `text = ${quoteJson(joinHashed(input))} + os.environ["${KEY_VARIABLE}"]`,
          'params["hash"] = hashlib.sha1(text.encode()).hexdigest()',
        ]
      : []),
    'query = urllib.parse.urlencode(params)',
    method === 'GET'
      ? `answer = urllib.request.urlopen(${quoteJson(`${url}?`)} + query)`
      : `answer = urllib.request.urlopen(${quoteJson(url)}, query.encode())`,
    'print(answer.read().decode())',
  ].join('\n');
}
