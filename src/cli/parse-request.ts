import { readFileSync } from 'node:fs';
import { invalidOption } from '../problems.ts';
import { isFetch, parseFetch } from './parse-fetch.ts';
import { parseCurl, getQuery, type CopiedRequest } from './parse-curl.ts';
import { isInvocation, parseInvocation } from './powershell.ts';
import { splitCommand } from './split-command.ts';

/** `curl` as the first word of a command, with or without its folder and `.exe`. */
const CURL = /^(?:\S*[\\/])?curl(?:\.exe)?$/i;

/**
 * Reads a request from words: one word may be a whole command (curl of any shell, PowerShell, a call of `fetch`), a URL or a query
 * string; `-` reads it from standard input. Several words are those of a curl command, or `name=value` each.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function parseRequest(words: readonly string[]): CopiedRequest {
  const [only = ''] = words;
  if (words.length > 1) return CURL.test(only) ? parseCurl(words.slice(1)) : parseQuery(words);
  if (only === '-') return parseText(readFileSync(0, 'utf8').replace(/\r?\n$/, ''));
  return parseText(only);
}

function parseText(text: string): CopiedRequest {
  if (isFetch(text)) return parseFetch(text);
  if (isInvocation(text)) return parseInvocation(text);
  if (CURL.test(/^\s*(\S*)/.exec(text)?.[1] ?? '')) return parseCurl(splitCommand(text.trim()).slice(1));
  const word = text.trim();
  return word.includes('://') || word.startsWith('/') ? post(word, getQuery(word)) : parseQuery([text]);
}

function parseQuery(words: readonly string[]): CopiedRequest {
  const odd = words.findIndex((word) => !word.includes('='));
  // A bare word is not shown: nobody can know whether it is a part of a password.
  const subject = words.length === 1 ? 'this' : `word ${String(odd + 1)}`;
  if (odd >= 0)
    throw invalidOption(
      `${subject} is no query string, URL or command. Write for example u=admin, or quote a command of curl, PowerShell or fetch as one word.`,
    );
  return post('', words.map((word) => word.replace(/^\?/, '')).join('&'));
}

function post(url: string, query: string): CopiedRequest {
  return { method: 'POST', url, query, body: Buffer.alloc(0), contentType: undefined };
}
