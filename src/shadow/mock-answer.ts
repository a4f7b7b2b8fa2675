/** What the mock says to a request, in a world that stays as it is. */
import { ANSWER_HEADERS, xmlOf } from '../http/write-xml.ts';
import type { Method, Outcome } from '../mor/call.ts';
import { decide } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import type { Settings } from '../mor/model.ts';
import type { Reply } from '../mor/reply.ts';
import type { MorState } from '../mor/state.ts';
import { PROBLEMS, type ProblemCode } from '../problems.ts';
import type { Asked } from './asked.ts';

/** The mock's answer: one of MOR's, or a refusal of its own. */
export type MockAnswer =
  | { readonly kind: 'reply'; readonly outcome: Outcome; readonly settings: Settings }
  | { readonly kind: 'refusal'; readonly code: ProblemCode };

/** Decides on a request. Changes nothing. */
export function mockAnswerTo({ method, call, params, refusal }: Asked, world: MorState): MockAnswer {
  if (refusal !== undefined) return { kind: 'refusal', code: refusal };
  const { settings } = world;
  return { kind: 'reply', outcome: decide(call, { method: method as Method, params }, world), settings };
}

/** The answer in one line: MOR's text of today, or what kind of refusal it is. A refusal's own words may quote the request. */
export function mockInWords(answer: MockAnswer): string {
  if (answer.kind === 'refusal') {
    const { status, title } = PROBLEMS[answer.code];
    return `HTTP ${String(status)} of its own: ${title}`;
  }
  const { reply } = answer.outcome;
  return reply.kind === 'error' ? MOR_ERRORS[reply.error].text : reply.text;
}

/** The value of a field of a success; undefined for an error, and where there is no such field. */
export function fieldOf(reply: Reply, name: string): string | undefined {
  return reply.kind === 'success' ? reply.details.fields.find(([field]) => field === name)?.[1] : undefined;
}

/** A reply as it would be written under these settings. */
export function written(reply: Reply, settings: Settings): { readonly type: string; readonly disposition: string; readonly body: string } {
  const headers: { readonly 'Content-Type': string; readonly 'Content-Disposition'?: string } = ANSWER_HEADERS[settings.response_type];
  return { type: headers['Content-Type'], disposition: headers['Content-Disposition'] ?? '', body: xmlOf(reply, settings) };
}
