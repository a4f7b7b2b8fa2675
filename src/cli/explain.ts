import { SANDBOX_PREFIX } from '../control/control.ts';
import { addNotes, explainCall } from '../control/explain-call.ts';
import { worldSecrets } from '../control/request-secrets.ts';
import { readFixtures } from '../loader/load.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { readParams } from '../http/read-params.ts';
import { callNameIn, decodedName } from '../http/vendor-path.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import { knownSecrets, redactPath, redactText } from '../mor/redact.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import type { MorState } from '../mor/state.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import type { Trace } from '../explain/trace.ts';
import { traceText } from '../control/trace-text.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';
import { settleOptions, type Given } from './arguments.ts';
import { EXPLAIN_OPTIONS } from './commands.ts';
import { OPTIONS } from '../options.ts';
import type { CopiedRequest } from './parse-curl.ts';
import { parseRequest } from './parse-request.ts';

/** What may stand in front of MOR's paths. */
const SANDBOX = new RegExp(`^${SANDBOX_PREFIX}[^/]+`);

/**
 * Prints what MOR would answer to a query string, a URL or a copied command, and why. Returns 0 if MOR would accept it, 1 if not.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`; `BODY_INVALID`, `BODY_UNSUPPORTED`, `QUERY_INVALID` where no call would be reached
 */
export async function explain({ flags, operands }: Given, variables: NodeJS.ProcessEnv): Promise<number> {
  const { fixtures, method, json } = settleOptions(EXPLAIN_OPTIONS, flags, variables);
  const world = new StateStore(new FixtureState(readFixtures(fixtures ?? getDefaultFixtures())));
  const trace = await traceOf(operands, method, world).catch((error: unknown) => {
    throw withoutSecrets(error, world);
  });
  process.stdout.write(`${json ? JSON.stringify(trace) : traceText(trace)}\n`);
  return trace.steps.length > 0 && trace.steps.every(({ state }) => state === 'passed') ? 0 : 1;
}

async function traceOf(operands: readonly string[], method: Method | undefined, world: MorState): Promise<Trace> {
  const request = parseRequest(operands);
  const { params, notes } = await readParams({ ...request, most: OPTIONS.maxParameters.default });
  return addNotes(explainCall(params, { method: method ?? methodOf(request), call: callOf(request) }, world), notes, worldSecrets(world));
}

/** What is wrong with a request may quote it: terminals are recorded, and so is what CI prints. */
function withoutSecrets(error: unknown, world: MorState): unknown {
  if (!(error instanceof MockMorError)) return error;
  return new MockMorError(error.code, redactText(error.message, worldSecrets(world)), error.faults);
}

function methodOf({ method }: CopiedRequest): Method {
  const known = METHODS.find((name) => name === method);
  if (known === undefined) throw invalidOption(`MOR's API knows GET and POST, not ${quoteIfHidden(method)}.`);
  return known;
}

function callOf({ url }: CopiedRequest): string {
  if (url === '') return 'did_create';
  const path = url.replace(/[?#].*$/s, '').replace(/^(?:[a-z]+:\/\/)?[^/]*/i, '');
  const name = decodedName(callNameIn(path.replace(/\/{2,}/g, '/').replace(SANDBOX, '')) ?? '%');
  if (name === undefined)
    throw invalidOption(
      `${quote(redactPath(path, knownSecrets([])))} is no path of MOR's: its calls are under /billing/api/, as in /billing/api/did_create.`,
    );
  return name;
}
