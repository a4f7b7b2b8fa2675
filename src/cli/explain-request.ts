/** One request of the journal of a running server, asked over its admin API. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { quote, showHidden } from '../mor/quote.ts';
import { MockMorError, invalidOption } from '../problems.ts';

/** Where the request is. */
export interface RequestAddress {
  /** The server; a sandbox of it by its path, `http://127.0.0.1:8080/__sandboxes/t42`. */
  readonly url: string;
  /** As in `X-Mock-Mor-Request-Id`: `7`, or `t42-7` of the sandbox t42. */
  readonly requestId: string;
  readonly adminToken: string | undefined;
}

/** How long the server may take, in milliseconds, and how much it may answer, in characters. */
const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 10_000_000;

/** The request as JSON or as text. @throws MockMorError `OPTION_INVALID` for an id that is none, `TARGET_UNUSABLE` if the server has no such request */
export async function fetchRequest({ url, requestId, adminToken }: RequestAddress, format: 'json' | 'text'): Promise<string> {
  const [, sandbox, id] = /^(?:([A-Za-z0-9._-]{1,64})-)?(\d{1,15})$/.exec(requestId) ?? [];
  if (id === undefined) throw invalidOption(`--request ${quote(requestId)} is no id of a request, such as 7, or t42-7 in the sandbox t42.`);
  const base = url.replace(/\/+$/, '');
  const prefix = sandbox === undefined || base.endsWith(`/__sandboxes/${sandbox}`) ? base : `${base}/__sandboxes/${sandbox}`;
  const { status, text } = await get(`${prefix}/__admin/requests/${id}?format=${format}`, adminToken);
  if (status === 200) return text;
  throw new MockMorError('TARGET_UNUSABLE', showHidden(`${base} answered with status ${String(status)}: ${detailIn(text)}`));
}

/** What a problem says; of another answer its first line. */
function detailIn(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { readonly detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // No JSON: something else than a mock answered.
  }
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}

function get(address: string, token: string | undefined): Promise<{ readonly status: number; readonly text: string }> {
  const { protocol } = new URL(address);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new MockMorError('TARGET_UNUSABLE', `no answer from ${address}: ${error.message}`));
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const asked = send(address, { headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MAX_ANSWER) asked.destroy(new Error('the answer is too long'));
      });
      answer.on('error', fail).on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.setTimeout(TIMEOUT_MS, () => asked.destroy(new Error(`no answer within ${String(TIMEOUT_MS)} ms`)));
    asked.on('error', fail).end();
  });
}
