/** What the mock says to a request, in a world that stays as it is. */
import { formatOutcome } from '../explain/trace.ts';
import { decide, findCall } from '../mor/calls/index.ts';
import type { Decision, Method } from '../mor/define-call.ts';
import type { Settings } from '../mor/model.ts';
import { errorReply, isReplyList, USUAL_ERRORS, type Reply, type ReplyContent } from '../mor/reply.ts';
import type { MorState } from '../mor/state.ts';
import { ANSWER_HEADERS, renderXml } from '../wire/render-xml.ts';
import { PROBLEMS, type ProblemCode } from '../problems.ts';
import type { Asked } from './asked.ts';

/** The mock's answer: one of MOR's, or a refusal of its own. */
export type MockAnswer =
  | { readonly kind: 'reply'; readonly call: string; readonly decision: Decision; readonly settings: Settings }
  | { readonly kind: 'refusal'; readonly code: ProblemCode };

/** The mock's answer if it is one of MOR's. */
export type MockReply = Extract<MockAnswer, { kind: 'reply' }>;

/** Decides on a request. Changes nothing. */
export function mockAnswerTo({ method, call, params, refusal }: Asked, state: MorState): MockAnswer {
  if (refusal !== undefined) return { kind: 'refusal', code: refusal };
  const { settings } = state;
  return { kind: 'reply', call, decision: decide(call, { method: method as Method, params }, state), settings };
}

/** The answer in one line: MOR's text of today, or what kind of refusal it is. A refusal's own words may quote the request. */
export function mockInWords(answer: MockAnswer): string {
  if (answer.kind === 'refusal') {
    const { status, title } = PROBLEMS[answer.code];
    return `HTTP ${String(status)} of its own: ${title}`;
  }
  return formatOutcome(answer.call, answer.decision.result);
}

/** The reply to a decision under these settings. */
export function replyTo({ call, decision: { result } }: MockReply, settings: Settings): Reply {
  return result.error === undefined ? result.reply : errorReply(result.error, findCall(call) ?? USUAL_ERRORS, settings);
}

/** The text of the first element of this name, at any depth; undefined if there is none. */
export function findReplyText(content: ReplyContent, name: string): string | undefined {
  if (typeof content === 'string' || isReplyList(content)) return undefined;
  for (const [element, inner] of Object.entries(content)) {
    if (element === name && typeof inner === 'string') return inner;
    const found = findReplyText(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A reply as it would be written under these settings. */
export function written(reply: Reply, settings: Settings): { readonly type: string; readonly disposition: string; readonly body: string } {
  const headers: { readonly 'Content-Type': string; readonly 'Content-Disposition'?: string } = ANSWER_HEADERS[settings.response_type];
  return { type: headers['Content-Type'], disposition: headers['Content-Disposition'] ?? '', body: renderXml(reply) };
}
