import { SANDBOX_PREFIX } from '../control/control.ts';
import { explainCall } from '../control/explain-call.ts';
import { readFixtures } from '../loader/load.ts';
import { DEFAULT_FIXTURES } from '../loader/default-fixtures.ts';
import { readParams } from '../http/read-params.ts';
import { callNameIn, decodedName } from '../http/vendor-path.ts';
import { METHODS, type Method } from '../mor/call.ts';
import { invalidOption } from '../problems.ts';
import { traceText } from '../control/trace-text.ts';
import { Base } from '../world/base.ts';
import { Store } from '../world/store.ts';
import { settleOptions, type Given } from './arguments.ts';
import { EXPLAIN_OPTIONS } from './commands.ts';
import { OPTIONS } from '../options.ts';
import { queryOf, readCurl, type Sendable } from './curl-line.ts';
import { shellWords } from './shell-words.ts';

/** What may stand in front of MOR's paths. */
const SANDBOX = new RegExp(`^${SANDBOX_PREFIX}[^/]+`);

/**
 * Tells what MOR would say to a query string, a URL or a curl line, and why. Gives 0 where it would succeed, 1 where MOR would refuse.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`; `BODY_INVALID`, `BODY_UNSUPPORTED`, `QUERY_INVALID` where no call would be reached
 */
export async function explain({ flags, operands }: Given, variables: NodeJS.ProcessEnv): Promise<number> {
  const { fixtures, method, json } = settleOptions(EXPLAIN_OPTIONS, flags, variables);
  const request = requestIn(operands);
  const { params } = await readParams({ ...request, most: OPTIONS.maxParameters.default });
  const world = new Store(new Base(readFixtures(fixtures ?? DEFAULT_FIXTURES)));
  const trace = explainCall(params, { method: method ?? methodOf(request), call: callOf(request) }, world);
  process.stdout.write(`${json ? JSON.stringify(trace) : traceText(trace)}\n`);
  return trace.steps.length > 0 && trace.steps.every(({ state }) => state === 'passed') ? 0 : 1;
}

/** One word may be a whole curl line, a URL or a query string; several are the words of a curl line, or `name=value` each. */
function requestIn(operands: readonly string[]): Sendable {
  const [only = ''] = operands;
  const words = operands.length === 1 && /^\s*curl\s/.test(only) ? shellWords(only) : operands;
  if (words[0] === 'curl') return readCurl(words.slice(1));
  if (words.length === 1 && (only.includes('://') || only.startsWith('/'))) return posted(only, queryOf(only));
  const odd = words.find((word) => !word.includes('='));
  if (odd !== undefined)
    throw invalidOption(`"${odd}" is no query string, no URL and no curl line; write for instance u=admin, or quote the curl line.`);
  return posted('', words.map((word) => word.replace(/^\?/, '')).join('&'));
}

function posted(url: string, query: string): Sendable {
  return { method: 'POST', url, query, body: Buffer.alloc(0), contentType: undefined };
}

function methodOf({ method }: Sendable): Method {
  const known = METHODS.find((name) => name === method);
  if (known === undefined) throw invalidOption(`MOR's API knows GET and POST, not ${method}.`);
  return known;
}

function callOf({ url }: Sendable): string {
  if (url === '') return 'did_create';
  const path = url.replace(/[?#].*$/s, '').replace(/^(?:[a-z]+:\/\/)?[^/]*/i, '');
  const name = decodedName(callNameIn(path.replace(/\/{2,}/g, '/').replace(SANDBOX, '')) ?? '%');
  if (name === undefined)
    throw invalidOption(`"${path}" is no path of MOR's: its calls are under /billing/api/, as in /billing/api/did_create.`);
  return name;
}
