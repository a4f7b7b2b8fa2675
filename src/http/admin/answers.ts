/** How answers of the admin API are written: JSON for programs; for people JSON over several lines, or text. */
import type { NextFunction, Request, Response } from 'express';
import { redactQuotes } from '../../mor/redact.ts';
import { MockMorError, PROBLEMS } from '../../problems.ts';
import type { SecretsIn } from '../plain-answers.ts';
import { TEXT_TYPES, type AdminRoute } from './route.ts';

/** What a client asks of the form of an answer, by its query and its headers. */
export interface AnswerForm {
  /** JSON over several lines. */
  readonly isPretty: boolean;
  /** The text of a row that has one. */
  readonly isText: boolean;
  /** Whether JSON goes out as `text/plain`, because the client takes nothing else. */
  readonly isPlain: boolean;
}

/** The query parameters that any row takes, for the form of its answer. */
export const FORM_PARAMS = {
  pretty: 'true or nothing: JSON over several lines',
  format: 'text: the answer for people; default: json',
} as const;

/** Which of them a row takes, as its own query writes them: next to the parameters of a call with two underscores in front. */
export function listFormParams(route: AdminRoute): readonly (keyof typeof FORM_PARAMS)[] {
  if (typeof route.answer === 'string') return [];
  return route.text === undefined ? ['pretty'] : ['pretty', 'format'];
}

/**
 * The form a client asks for. `sent` has the parameters `pretty` and `format` of the query, as far as they were sent.
 *
 * @throws MockMorError `QUERY_INVALID`
 */
export function readAnswerForm(
  req: Request,
  { isTextFirst = false }: AdminRoute,
  sent: Readonly<Partial<Record<string, unknown>>>,
): AnswerForm {
  const { pretty, format } = sent;
  if (pretty !== undefined && !['', 'true', 'false'].includes(pretty as string))
    throw new MockMorError('QUERY_INVALID', 'pretty: must be true or false');
  if (format !== undefined && format !== 'text' && format !== 'json')
    throw new MockMorError('QUERY_INVALID', 'format: must be one of json, text');
  const isPlain = takesOnlyText(req);
  return {
    isPretty: pretty === undefined ? isPlain : pretty !== 'false',
    isText: format === undefined ? isPlain || (isTextFirst && pretty === undefined && !namesJson(req)) : format === 'text',
    isPlain,
  };
}

function namesJson(req: Request): boolean {
  return /\bjson\b/i.test(req.headers.accept ?? '');
}

/** Many clients for Java and others name `text/plain` next to JSON, and mean JSON. */
function takesOnlyText(req: Request): boolean {
  const { accept } = req.headers;
  if (accept === undefined || !accept.includes('text/plain')) return false;
  return req.accepts('application/json') === false && req.accepts('text/plain') !== false;
}

/** Sends what a row gives, a line feed at its end. */
export function sendAnswer(res: Response, route: AdminRoute, result: unknown, { isPretty, isText, isPlain }: AnswerForm): void {
  const status = route.otherStatus?.of(result) ?? route.status;
  if (typeof route.answer === 'string') {
    send(res, status, TEXT_TYPES[route.answer], result as string);
    return;
  }
  if (isText && route.text !== undefined) {
    send(res, status, 'text/plain', route.text(result));
    return;
  }
  send(res, status, isPlain ? 'text/plain' : 'application/json', toJson(result, isPretty));
}

function toJson(value: unknown, isPretty: boolean): string {
  return JSON.stringify(value, undefined, isPretty ? 2 : undefined);
}

/** Express' word for a path whose percent-encoding is broken. */
function isBadPath(error: unknown): error is Error {
  return error instanceof Error && 'status' in error && error.status === 400;
}

/** Our own errors as problems, without the secrets in what they quote. What is none goes on to the app, which logs it. */
export function sendProblem(secretsIn: SecretsIn) {
  // Express knows what takes errors by its four parameters.
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    const known = isBadPath(error) ? new MockMorError('PATH_INVALID', 'the path has a percent-encoding that is broken or no UTF-8') : error;
    if (!(known instanceof MockMorError) || res.headersSent) {
      next(error);
      return;
    }
    const { status, title } = PROBLEMS[known.code];
    if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="mock-mor"');
    const secrets = secretsIn(req, res);
    const issues = known.issues.map((issue) => ({ ...issue, message: redactQuotes(issue.message, secrets) }));
    const problem = { type: 'about:blank', title, status, code: known.code, detail: redactQuotes(known.message, secrets) };
    const isPlain = takesOnlyText(req);
    const isPretty = isPlain || /[?&](?:__)?pretty(?:=(?:true)?)?(?:&|$)/.test(req.originalUrl);
    const type = isPlain ? 'text/plain' : 'application/problem+json';
    send(res, status, type, toJson(issues.length === 0 ? problem : { ...problem, issues }, isPretty));
  };
}

function send(res: Response, status: number, type: string, text: string): void {
  const body = text.endsWith('\n') ? text : `${text}\n`;
  res.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(body);
}
