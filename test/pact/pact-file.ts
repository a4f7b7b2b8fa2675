/** Verifies a pact by its file format (version 3), as the verifier of pact-js does it, without that package. */
import type { PactRequest, PactResponse, PactStates } from '../../src/pact.ts';
import { parsedXml } from '../support/well-formed.ts';

export interface Pact {
  readonly interactions: readonly Interaction[];
  readonly metadata: { readonly pactSpecification: { readonly version: string } };
}

export interface Interaction {
  readonly description: string;
  readonly providerStates?: readonly { readonly name: string; readonly params?: Readonly<Record<string, unknown>> }[];
  readonly request: Message & {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, readonly string[]>>;
  };
  readonly response: Message & { readonly status: number };
}

interface Message {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or JSON. */
  readonly body?: string | object;
  readonly matchingRules?: object;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How each interaction ended, by its description: what differs, or nothing. */
export type Verification = Readonly<Record<string, readonly string[]>>;

/** Sets up the states of each interaction, sends its request to `url`, and compares status, headers and body. */
export async function verifyPact({ interactions, metadata }: Pact, states: PactStates, url: string): Promise<Verification> {
  if (!metadata.pactSpecification.version.startsWith('3.')) throw new Error('a pact of another version than 3');
  const ended: Record<string, readonly string[]> = {};
  for (const interaction of interactions) {
    const { description, providerStates = [], request, response } = interaction;
    if (request.matchingRules !== undefined || response.matchingRules !== undefined) throw new Error('a pact with matching rules');
    for (const { name, params } of providerStates) {
      // The verifier prints what goes wrong, and goes on.
      await states.stateHandlers[name]?.(params).catch(() => undefined);
    }
    ended[description] = differences(response, await answerTo(request, states, url));
  }
  return ended;
}

async function answerTo(
  { method, path, query = {}, headers = {}, body }: Interaction['request'],
  states: PactStates,
  url: string,
): Promise<Answer> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
  );
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const request: PactRequest = { url: path, headers: { ...sent }, body: readBody(body, sent['content-type']) };
  const refusal = { statusCode: 200, headers: {} as Record<string, string>, body: '' };
  const response: PactResponse = {
    set statusCode(status: number) {
      refusal.statusCode = status;
    },
    setHeader: (name, value) => (refusal.headers[name.toLowerCase()] = value),
    end: (text) => (refusal.body = text),
  };
  const next = jest.fn();
  states.requestFilter(request, response, next);
  if (next.mock.calls.length === 0) return { status: refusal.statusCode, headers: refusal.headers, body: refusal.body };
  const outgoing = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const bytes = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
  const answer = await fetch(`${url}${path}${search.size === 0 ? '' : `?${search.toString()}`}`, {
    method,
    headers: outgoing,
    body: bytes,
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

/** A body as the parsers leave it that the verifier has in front of its filter. */
function readBody(body: string | object = {}, type = ''): object {
  if (typeof body !== 'string') return body;
  return type.startsWith('application/x-www-form-urlencoded') ? Object.fromEntries(new URLSearchParams(body)) : Buffer.from(body);
}

function differences({ status, headers = {}, body }: Interaction['response'], answer: Answer): readonly string[] {
  const wrongHeaders = Object.entries(headers).filter(([name, value]) => answer.headers[name.toLowerCase()] !== value);
  if (status !== answer.status) return [`status ${String(answer.status)}: ${answer.body.trim()}`];
  return [
    ...wrongHeaders.map(([name]) => `${name}: ${String(answer.headers[name.toLowerCase()])}`),
    ...(JSON.stringify(parsedXml(typeof body === 'string' ? body : '')) === JSON.stringify(parsedXml(answer.body))
      ? []
      : [`body: ${answer.body.trim()}`]),
  ];
}
