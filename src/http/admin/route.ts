import type { z } from 'zod';
import type { Control } from '../../control/control.ts';
import type { ReceivedParam } from '../../world/journal.ts';
import type { Params } from '../../mor/params.ts';
import { BodyValue } from '../../loader/body-value.ts';
import { checkJson } from '../../loader/json-syntax.ts';
import type { KnownSecrets } from '../../mor/redact.ts';
import { MockMorError, type ProblemCode } from '../../problems.ts';

/** The text of a body, and in which of the two syntaxes it came. */
export interface BodyText {
  readonly text: string;
  readonly syntax: 'yaml' | 'json';
}

/** A string, or a number outside strings, in text that is known to be JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * What a body holds: the value of JSON, or YAML text, which is read where its format is known.
 *
 * @throws MockMorError `BODY_INVALID` if it should be JSON and is not
 */
export function bodyValue({ text, syntax }: BodyText): string | BodyValue {
  if (syntax === 'yaml' || text.trim() === '') return text;
  const wrong = checkJson(text);
  if (wrong !== undefined) throw new MockMorError('BODY_INVALID', `the body ${wrong}`);
  // A number that JavaScript would write otherwise stays text, so that no digit of a DID is lost.
  const exact = (token: string): string => (token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`);
  return new BodyValue(JSON.parse(text.replace(/^\uFEFF/, '').replace(STRING_OR_NUMBER, exact)));
}

/** What a route is asked, read and checked as far as its row says. */
export interface AdminRequest<Query> {
  readonly control: Control;
  readonly query: Query;
  /** The id in the path; NaN where the path has none. */
  readonly id: number;
  /** The name in the path; empty where the path has none. */
  readonly name: string;
  /** Scheme and host as the request has them, to make addresses of; empty if it names no host. */
  readonly origin: string;
  /** The header `Last-Event-ID`: what a stream of events goes on behind. */
  readonly lastEventId: string | undefined;
  /** The parameters of a call, read as on MOR's paths; none where the row takes none. */
  readonly params: Params;
  /** Every one of them as it was received. */
  readonly received: readonly ReceivedParam[];
  /** What stands out about how they were sent, a sentence each. */
  readonly notes: readonly string[];
  /** What may not be shown of the request. */
  readonly secrets: KnownSecrets;
  /** Aborted when the client is gone: nothing needs to wait any more. */
  readonly signal: AbortSignal;
  /** The body as it came; empty where the row reads none, or it was left out. */
  readonly body: BodyText;
}

/** The media types of answers that are no JSON; `metrics` is Prometheus' text format, `events` a stream that the row subscribes to. */
export const TEXT_TYPES = {
  yaml: 'application/yaml',
  xml: 'application/xml',
  metrics: 'text/plain; version=0.0.4',
  events: 'text/event-stream',
} as const;

/** One row of the admin API. */
export interface AdminRoute<Query = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/__admin`; the only placeholders are `:id` and `:name`. */
  readonly path: string;
  /** What it does, in one line. */
  readonly about: string;
  readonly query?: z.ZodType<Query>;
  /** What the body holds: a record, or a whole world. Default: no body is read. */
  readonly body?: 'did' | 'settings' | 'fixtures' | 'fault' | z.ZodType;
  /**
   * Whether it takes the parameters of a call, of any name, in the query or a body of any kind, as MOR's paths do. Then only what
   * begins with two underscores is its own query. Default: false.
   */
  readonly takesCallParams?: boolean;
  /** Whether the body may be left out. Default: false. */
  readonly bodyIsOptional?: boolean;
  readonly status: number;
  /** The status of answers of the same shape that are not always `status`, and which there are. */
  readonly otherStatus?: { readonly statuses: readonly number[]; readonly of: (answer: unknown) => number | undefined };
  /** What is answered: JSON of this shape, or text of this kind. */
  readonly answer: z.ZodType | keyof typeof TEXT_TYPES;
  /** The answer as text for people, if it has such a form: for `format=text`, and for clients that accept only text. */
  readonly text?: (answer: unknown) => string;
  /** Whether the text goes to every client that does not name JSON in `Accept`. Default: false. */
  readonly isTextFirst?: boolean;
  /** What may go wrong beyond what any route may answer. */
  readonly problems: readonly ProblemCode[];
  readonly run: (request: AdminRequest<Query>) => unknown;
}

/** Keeps a row's query and its use of it of one type, then forgets it: the router gives each row what its own schema made. */
export function row<Query>(route: AdminRoute<Query>): AdminRoute {
  return route as AdminRoute;
}
