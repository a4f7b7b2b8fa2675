/** For Pact: provider states of a mock, ready for the `Verifier` of `@pact-foundation/pact`, on which nothing here depends. */
import { URLSearchParams } from 'node:url';
import type { MockMor, MockMorSandbox } from './mock-mor.ts';
import { SANDBOX_HEADER } from './http/choose-sandbox.ts';
import { quote } from './mor/quote.ts';
import { stateNamed, type PactWorlds } from './pact/state-names.ts';

export { READY_STATES, type PactParams, type ReadyState } from './pact/ready-states.ts';
export type { PactWorld, PactWorlds } from './pact/state-names.ts';

/** Sets one state up; fails where the state is unknown or does not fit the world. */
export type PactStateHandler = (params?: unknown) => Promise<undefined>;

/** What of a request the filter touches, as Express has it. */
export interface PactRequest {
  readonly url?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  body?: unknown;
}

/** What of a response the filter uses. */
export interface PactResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}

/** Two options of Pact's `Verifier`. They belong together. */
export interface PactStates {
  readonly stateHandlers: Readonly<Record<string, PactStateHandler>>;
  /** Leads each request of the verifier into the sandbox of its interaction, its body as it came. */
  readonly requestFilter: (request: PactRequest, response: PactResponse, next: () => void) => void;
}

/** Where the verifier of pact-js sends states to its own proxy; such a request is none of an interaction. */
const SETUP_PATH = '/_pactSetup';

/**
 * Provider states of a mock that listens: those of `READY_STATES`, and your own, by name. Each interaction gets a sandbox of its own,
 * a world as the mock's fixtures say, changed by the states it is given. The sandbox of the last interaction stays, to look at.
 *
 * A state that cannot be set up, or that nobody knows, fails its interaction: its request is answered 500, with the reason.
 *
 * @example
 * const mor = await createMockMor();
 * await new Verifier({ ...pactStates(mor), provider: 'MOR', providerBaseUrl: await mor.listen(), pactUrls: ['pacts/shop-mor.json'] }).verifyProvider();
 */
export function pactStates(mor: MockMor, worlds: PactWorlds = {}): PactStates {
  let sandbox: MockMorSandbox | undefined;
  let failure: string | undefined;
  // Its request closes an interaction: what comes then belongs to the next, whether or not that has states.
  let isOver = true;

  function begin(): MockMorSandbox {
    void sandbox?.close();
    failure = undefined;
    isOver = false;
    sandbox = mor.createSandbox();
    return sandbox;
  }

  const handlerOf = (name: string) => async (params?: unknown) => {
    const world = isOver || sandbox === undefined ? begin() : sandbox;
    try {
      await stateNamed(name, worlds)(world, params);
    } catch (error) {
      // The verifier would only print it, and go on in the wrong world.
      failure ??= `the state ${quote(name, { maxLength: 200 })}: ${error instanceof Error ? error.message : String(error)}`;
      throw error;
    }
    return undefined;
  };

  return {
    // A state may have values in its name, so there is no list of all names.
    stateHandlers: new Proxy<Record<string, PactStateHandler>>(
      {},
      // Printing or awaiting the object asks it for such things.
      { get: (_, name) => (typeof name === 'symbol' || name === 'toJSON' || name === 'then' ? undefined : handlerOf(name)) },
    ),
    requestFilter: (request, response, next) => {
      if (request.url?.startsWith(SETUP_PATH) === true) {
        next();
        return;
      }
      const { name } = isOver || sandbox === undefined ? begin() : sandbox;
      isOver = true;
      failure ??= mendBody(request);
      if (failure !== undefined) {
        response.statusCode = 500;
        response.setHeader('Content-Type', 'text/plain; charset=utf-8');
        response.end(`mock-mor: ${failure}\n`);
        return;
      }
      request.headers[SANDBOX_HEADER.toLowerCase()] = name;
      next();
    },
  };
}

/**
 * The verifier reads a body and sends its own JSON of it on, a form's too, under the type and length that came; bytes it sends as they are
 * (seen in pact-js 16.5.0; its issue 1602). So the body is made of its values again. What of a form cannot be restored is reported.
 */
function mendBody(request: PactRequest): string | undefined {
  const { body, headers } = request;
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return undefined;
  const values = Object.entries(body as Readonly<Record<string, unknown>>);
  const type = String(headers['content-type']).toLowerCase();
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  if (!isForm && !type.startsWith('application/json')) return undefined;
  const odd = isForm ? values.find(([, value]) => typeof value !== 'string') : undefined;
  if (odd !== undefined) return `the form has ${odd[0]} several times or in brackets, which the verifier does not send on as it came`;
  const bytes = Buffer.from(isForm ? new URLSearchParams(values as [string, string][]).toString() : JSON.stringify(body));
  request.body = bytes;
  headers['content-length'] = String(bytes.length);
  return undefined;
}
