import type { MorErrorName } from './errors.ts';
import type { Params } from './params.ts';
import type { Reply } from './reply.ts';
import type { Trace } from './trace.ts';
import type { MorState, StateChange } from './state.ts';

/** The methods MOR's API knows. */
export const METHODS = ['GET', 'POST'] as const;

export type Method = (typeof METHODS)[number];

/** What a caller sent, free of HTTP. */
export interface CallRequest {
  readonly method: Method;
  readonly params: Params;
}

/** What a call comes to: what is said, and what changes. An error changes nothing. */
export interface Outcome {
  readonly reply: Reply;
  readonly changes: readonly StateChange[];
  /** Why, worked out only when it is asked for: it may cost more than the call. */
  readonly explain: () => Trace;
}

/** One parameter that a call reads. */
export interface CallParam {
  /** As MOR spells it. */
  readonly name: string;
  /** What it says, in plain words. */
  readonly means: string;
  /** Whether a call without it is refused: always, never, or but for what is said. */
  readonly required: 'always' | 'never' | { readonly unless: string };
}

/** One value that an answer carries beside its status. */
export interface AnswerField {
  readonly name: string;
  readonly means: string;
  readonly holds: 'id' | 'digits';
  /** When it is there; absent where it always is. */
  readonly onlyIf?: string;
}

/** One call of MOR's API: a pure function of a request and a world. */
export interface Call {
  /** As in the path `/billing/api/NAME`. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly about: string;
  /** The parameters it reads, in the order of the vendor's page. */
  readonly params: readonly CallParam[];
  /** What it says when it is done. */
  readonly success: string;
  /** What a success carries beside its status, in order. */
  readonly details: { readonly element: string; readonly fields: readonly AnswerField[] };
  /** The errors of its checks, in their order. */
  readonly errors: readonly MorErrorName[];
  readonly decide: (request: CallRequest, world: MorState) => Outcome;
}

/** The outcome that says an error and changes nothing. */
export function refusal(error: MorErrorName, explain: () => Trace): Outcome {
  return { reply: { kind: 'error', error }, changes: [], explain };
}
