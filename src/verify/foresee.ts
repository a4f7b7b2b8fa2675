/** What the mock would answer to a request in the world of a server: whether a case makes sense there, and whether it could do harm. */
import { DID_CREATE_PATH, type RawRequest } from '../contract/exchange.ts';
import { callNameIn } from '../http/vendor-router.ts';
import { readParams, type ReadParams } from '../http/read-params.ts';
import { decide } from '../mor/calls/index.ts';
import { NOT_TEXT } from '../mor/params.ts';
import type { Change, World } from '../mor/world.ts';
import { MockMorError } from '../problems.ts';

/** What is foreseen of a request. */
export interface Foreseen {
  /** MOR's text; undefined where the request is refused before it reaches MOR. */
  readonly text: string | undefined;
  readonly changes: readonly Change[];
  /** How many checks would refuse it: with more than one, a server that leaves one out refuses it all the same. */
  readonly reasonsAgainst: number;
}

const REFUSED: Foreseen = { text: undefined, changes: [], reasonsAgainst: 0 };

export async function foreseen(request: RawRequest, world: World): Promise<Foreseen> {
  const { method = 'POST', path = DID_CREATE_PATH } = request;
  const call = callNameIn(path);
  const read = await paramsOf(request);
  if (call === undefined || read === undefined) return { ...REFUSED, reasonsAgainst: 2 };
  if (method !== 'GET' && method !== 'POST') return REFUSED;
  const { changes, explain } = decide(call, { method, params: read.params }, world);
  const { outcome, steps } = explain();
  const against = steps.filter(({ state, would_fail }) => state === 'failed' || would_fail === true).length;
  // What is no call of MOR's makes nothing, whatever its parameters.
  return { text: outcome, changes, reasonsAgainst: steps.length === 0 ? 2 : against };
}

/** Every number that a request names, in whatever way; the one that counts first. None where its parameters cannot be read. */
export async function numbersIn(request: RawRequest): Promise<readonly string[]> {
  const read = await paramsOf(request);
  if (read === undefined) return [];
  const counts = read.params.get('did');
  const texts = read.sent.list().flatMap(({ name, value }) => (/^did(?:\[|$)/.test(name) && value !== NOT_TEXT ? [value] : []));
  return [...(counts === undefined || counts === NOT_TEXT ? [] : [counts]), ...texts];
}

async function paramsOf({ query = '', body = '', type }: RawRequest): Promise<ReadParams | undefined> {
  try {
    return await readParams({ query, body: Buffer.from(body), contentType: type });
  } catch (error) {
    if (error instanceof MockMorError) return undefined;
    throw error;
  }
}
