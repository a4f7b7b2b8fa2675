import { SANDBOX_PREFIX } from '../control/control.ts';
import { addNotes, explainCall } from '../control/explain-call.ts';
import { worldSecrets } from '../control/request-secrets.ts';
import { readFixtures } from '../loader/load.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { readParams } from '../http/read-params.ts';
import { callNameIn, decodedName } from '../http/vendor-path.ts';
import { resolveCallName } from '../mor/calls/index.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import { knownSecrets, redactPath, redactText } from '../mor/redact.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import type { MorState } from '../mor/state.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import type { Trace } from '../explain/trace.ts';
import { traceText } from '../control/trace-text.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';
import { findServerUrlIssue } from '../option-values.ts';
import { DEFAULT_URL, OPTIONS } from '../options.ts';
import type { RequestDetail } from '../control/request-view.ts';
import { fetchRequest, type RequestAddress } from './explain-request.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { resolveOptions, type CommandOptions } from './resolve-options.ts';
import type { CopiedRequest } from './parse-curl.ts';
import { parseRequest } from './parse-request.ts';

/** What may stand in front of MOR's paths. */
const SANDBOX = new RegExp(`^${SANDBOX_PREFIX}[^/]+`);

const EXPLAIN_OPTIONS = {
  fixtures: OPTIONS.fixtures,
  method: {
    flag: 'method',
    type: METHODS,
    defaultText: "the command's, else POST",
    summary: 'HTTP method by which the call is judged',
  },
  call: {
    flag: 'call',
    type: 'string',
    value: 'NAME',
    defaultText: "the URL's, else did_create",
    summary: 'name of the call that is judged',
  },
  request: {
    flag: 'request',
    type: 'string',
    value: 'ID',
    summary: 'explain this request of a running server, by the id in its X-Mock-Mor-Request-Id, instead of WORDS',
  },
  url: {
    flag: 'url',
    type: 'string',
    value: 'URL',
    default: DEFAULT_URL,
    findIssue: findServerUrlIssue,
    summary: 'the server that --request asks; its token is that of MOCK_MOR_ADMIN_TOKEN',
  },
  json: { flag: 'json', type: 'boolean', default: false, summary: 'print the trace as JSON, as the admin API returns it' },
} as const satisfies CommandOptions;

/** `mock-mor explain`. */
export const EXPLAIN: CommandSpec = {
  description:
    'Explain why MOR would reject a call, from the fixtures. WORDS: a query string, a URL, or a command of curl, PowerShell or fetch ' +
    'as it was copied (quoted, or after --); - reads it from standard input. Exit status 1 if the call would be rejected.',
  options: EXPLAIN_OPTIONS,
  examples: [
    ["mock-mor explain 'u=admin&provider_id=1&did=37060000099&hash=…'", 'judges these parameters as a POST of did_create'],
    ["mock-mor explain -- curl -d 'u=admin' http://127.0.0.1:8080/billing/api/did_create", 'judges what curl would send'],
    ['mock-mor explain --request 7 --url http://127.0.0.1:8080', 'shows why a running server refused its request 7'],
    ['pbpaste | mock-mor explain -', 'judges what a browser copied, as curl or as fetch'],
  ],
  run: explain,
};

/**
 * Prints what MOR would answer, and why. Returns 0 if MOR would accept the call, 1 if not.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`; `BODY_INVALID`, `BODY_UNSUPPORTED`, `QUERY_INVALID` if the request reaches no call
 */
async function explain({ flags, operands }: ParsedArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const { fixtures, json, request, url, ...judged } = resolveOptions(EXPLAIN_OPTIONS, flags, env);
  if (request !== undefined) {
    const fromFixtures = ['fixtures', 'method', 'call'].find((flag) => flags.has(flag));
    if (operands.length > 0 || fromFixtures !== undefined)
      throw invalidOption(
        `--request asks a running server, so it goes without ${fromFixtures === undefined ? 'WORDS' : `--${fromFixtures}`}.`,
      );
    return explainRequest(
      { url, requestId: request, adminToken: resolveOptions({ adminToken: OPTIONS.adminToken }, new Map(), env).adminToken },
      json,
    );
  }
  if (operands.length === 0) throw invalidOption('explain needs WORDS, or --request ID. See mock-mor explain --help.');
  if (flags.has('url')) throw invalidOption('--url goes with --request ID: WORDS are judged by the fixtures.');
  const world = new StateStore(new FixtureState(readFixtures(fixtures ?? getDefaultFixtures())));
  const trace = await buildTrace(operands, judged, world).catch((error: unknown) => {
    throw withoutSecrets(error, world);
  });
  process.stdout.write(`${json ? JSON.stringify(trace) : traceText(trace)}\n`);
  return isAccepted(trace) ? 0 : 1;
}

/** Prints a request of a running server. Returns 0 if MOR accepted the call, 1 if not. */
async function explainRequest(address: RequestAddress, isJson: boolean): Promise<number> {
  const detail = JSON.parse(await fetchRequest(address, 'json')) as Pick<RequestDetail, 'trace'>;
  const { trace } = detail;
  process.stdout.write(isJson ? `${JSON.stringify(trace)}\n` : await fetchRequest(address, 'text'));
  return trace !== null && isAccepted(trace) ? 0 : 1;
}

function isAccepted({ steps }: Trace): boolean {
  return steps.length > 0 && steps.every(({ state }) => state === 'passed');
}

/** What the command line says of the request, before what is in the request itself. */
interface JudgedAs {
  readonly method: Method | undefined;
  readonly call: string | undefined;
}

async function buildTrace(operands: readonly string[], { method, call }: JudgedAs, world: MorState): Promise<Trace> {
  const request = parseRequest(operands);
  const { params, sent, notes } = await readParams({ ...request, most: OPTIONS.maxParameters.default });
  const sentName = call ?? callOf(request);
  const named = { method: method ?? methodOf(request), call: resolveCallName(sentName, params) };
  const trace = explainCall(params, named, world, { list: sent.list(), isByAction: sentName === '' });
  return addNotes(trace, notes, worldSecrets(world));
}

/** What is wrong with a request may quote it: terminals are recorded, and so is what CI prints. */
function withoutSecrets(error: unknown, world: MorState): unknown {
  if (!(error instanceof MockMorError)) return error;
  return new MockMorError(error.code, redactText(error.message, worldSecrets(world)), error.issues);
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
