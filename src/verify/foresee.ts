/** What the mock would answer to a request in the world of a server: whether a case makes sense there, and whether it could do harm. */
import { DEFAULT_PATH, type RawRequest } from '../contract/exchange.ts';
import { readParams, type ReadParams } from '../http/read-params.ts';
import { callNameIn } from '../http/vendor-path.ts';
import { decide, resolveCallName } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { NOT_TEXT, trimmed } from '../mor/params.ts';
import { explainDecision } from '../explain/trace.ts';
import type { MorState, StateChange } from '../mor/state.ts';
import { OPTIONS } from '../options.ts';
import { MockMorError } from '../problems.ts';

/** What is foreseen of a request. */
export interface Foreseen {
  /** MOR's text; undefined where the request is refused before it reaches MOR. */
  readonly text: string | undefined;
  readonly changes: readonly StateChange[];
  /** The errors of all checks that would refuse it, where it is a call. */
  readonly reasonsAgainst: readonly string[];
}

const REFUSED: Foreseen = { text: undefined, changes: [], reasonsAgainst: [] };

export async function foreseen(request: RawRequest, state: MorState): Promise<Foreseen> {
  const { method = 'POST', path = DEFAULT_PATH } = request;
  const nameInPath = callNameIn(path);
  const read = await paramsOf(request);
  if (nameInPath === undefined || read === undefined || (method !== 'GET' && method !== 'POST')) return REFUSED;
  const call = resolveCallName(nameInPath, read.params);
  const decision = decide(call, { method, params: read.params }, state);
  const { outcome, steps } = explainDecision(call, decision);
  const changes = decision.result.error === undefined ? decision.result.changes : [];
  const against = steps.filter(({ state, would_fail }) => state === 'failed' || would_fail === true).map(({ error }) => error);
  return { text: outcome, changes, reasonsAgainst: against };
}

/**
 * Whether a request changes nothing even on a server that breaks any one rule. With numbers in it, all of them there already, something else
 * must stand against it; with none, two checks must. A DID that does not exist cannot be changed.
 */
export function isHarmless({ text, reasonsAgainst }: Foreseen, numbers: readonly string[]): boolean {
  const isNoCall = text === undefined || text === MOR_ERRORS.noSuchApi.text;
  if (reasonsAgainst.includes(MOR_ERRORS.didNotFound.text)) return true;
  const others = new Set(reasonsAgainst.filter((error) => error !== MOR_ERRORS.didExists.text));
  // That a number is there is a reason by itself only where a call would make it.
  const isThere = numbers.length > 0 && reasonsAgainst.includes(MOR_ERRORS.didExists.text);
  return isNoCall || others.size > (isThere ? 0 : 1);
}

/** The number that counts by the contract, trimmed; undefined where there is none. */
export async function numberThatCounts(request: RawRequest): Promise<string | undefined> {
  const did = (await paramsOf(request))?.params.get('did');
  return did === undefined || did === NOT_TEXT || trimmed(did) === '' ? undefined : trimmed(did);
}

/** Every number that a request names, trimmed; the one that counts first. Also what no rule lets count, for a server may break the rule. */
export async function numbersIn(request: RawRequest): Promise<readonly string[]> {
  const read = await paramsOf(request);
  const found = [...(read === undefined ? [] : numbersOf(read)), ...numbersInText(request)];
  return [...new Set(found.map(trimmed))].filter((number) => number !== '');
}

function numbersOf({ params, sent }: ReadParams): readonly string[] {
  const counts = params.get('did');
  const texts = sent.list().flatMap(({ name, value }) => (/^did(?:\[|$)/i.test(name) && value !== NOT_TEXT ? [value] : []));
  return [...(counts === undefined || counts === NOT_TEXT ? [] : [counts]), ...texts];
}

/**
 * What stands behind the name `did` in JSON of any shape, and in text that is broken. A server may read either under any type, and separate a
 * body by `;`.
 */
function numbersInText({ query = '', body = '' }: RawRequest): readonly string[] {
  const json = Array.from(body.matchAll(/"did"[^0-9"]*"?([^",}\]]*)/gi), ([, text = '']) => text);
  const form = Array.from(`${query}&${body}`.matchAll(/(?:^|[&;]) *did[^=&;]*=([^&;]*)/gi), ([, text = '']) => decoded(text));
  return [...json, ...form].filter((text) => /[0-9]/.test(text));
}

/** As far as it can be decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

async function paramsOf({ query = '', body = '', type }: RawRequest): Promise<ReadParams | undefined> {
  try {
    return await readParams({ query, body: Buffer.from(body), contentType: type, most: OPTIONS.maxParameters.default });
  } catch (error) {
    if (error instanceof MockMorError) return undefined;
    throw error;
  }
}
