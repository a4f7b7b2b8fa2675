/** Sends a call of MOR as any client does, and finds its decision in the journal. */
import { api } from './api.ts';
import type { Result } from './console-result.tsx';
import { getCallUrl } from './place.ts';
import { MAX_SHOWN_CHARACTERS } from './split-xml.ts';

/** How long to wait for an answer, in milliseconds. A fault may never answer. */
const MAX_WAIT_MS = 15_000;

/** Sends the parameters. An answer that did not arrive is a result, too. */
export async function sendCall(call: string, method: 'GET' | 'POST', params: readonly (readonly [string, string])[]): Promise<Result> {
  const form = new URLSearchParams(params.map(([name, value]) => [name, value]));
  const newest = (await api.rows({ limit: 1 })).requests.at(-1)?.id ?? 0;
  const began = performance.now();
  const options: RequestInit = { method, cache: 'no-store', signal: AbortSignal.timeout(MAX_WAIT_MS) };
  try {
    const url = method === 'GET' ? `${getCallUrl(call)}?${form.toString()}` : getCallUrl(call);
    const answer = await fetch(url, method === 'GET' ? options : { ...options, body: form });
    const blob = await answer.blob();
    const text = await blob.slice(0, MAX_SHOWN_CHARACTERS * 2).text();
    const took = performance.now() - began;
    const id = /(\d+)$/.exec(answer.headers.get('x-mock-mor-request-id') ?? '')?.[1];
    const request = await findRequest(id, newest);
    const repeated = await findRepeated(newest, request);
    return { answer: { status: answer.status, text, blob, took }, ...(request === undefined ? {} : { request }), ...repeated };
  } catch (error) {
    const request = await findRequest(undefined, newest);
    const took = performance.now() - began;
    return { lost: { reason: describe(error), took }, ...(request === undefined ? {} : { request }) };
  }
}

function describe(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `there was no answer for ${String(MAX_WAIT_MS / 1000)} seconds`;
  return 'the connection ended without a whole answer';
}

/** A browser sends a request again by itself if a connection that it used before breaks: the request that it sent first. */
async function findRepeated(newest: number, request: Result['request']): Promise<Pick<Result, 'repeated'>> {
  const rows = await api.rows({ since: newest, kind: 'fault' }).catch(() => undefined);
  const first = rows?.requests.find(
    ({ id, call, state }) => request !== undefined && id < request.id && call === request.call && state === 'aborted',
  );
  return first === undefined ? {} : { repeated: first };
}

/** The request in the journal: by its id, or the first one after `newest`. */
async function findRequest(id: string | undefined, newest: number): Promise<Result['request']> {
  try {
    const found = id ?? (await api.rows({ since: newest })).requests[0]?.id;
    return found === undefined ? undefined : await api.request(found);
  } catch {
    return undefined;
  }
}
