import { Router, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Control } from '../../control/control.ts';
import { MAX_YAML_BYTES } from '../../loader/read-files.ts';
import { quote } from '../../mor/quote.ts';
import { redactPath, type KnownSecrets } from '../../mor/redact.ts';
import { unknownName } from '../../near-miss.ts';
import { MockMorError } from '../../problems.ts';
import { describeMismatch, decodeHead } from '../body-shape.ts';
import { describeContentType, FORM, MULTIPART, parseContentType } from '../content-type.ts';
import { collected, paramsOfForm } from '../form.ts';
import { notUtf8 } from '../not-utf8.ts';
import { getBody, readBody } from '../read-body.ts';
import type { SecretsIn } from '../plain-answers.ts';
import { readParams } from '../read-params.ts';
import { decodeUtf8 } from '../text.ts';
import { listFormParams, readAnswerForm, sendAnswer, sendProblem, type AnswerForm } from './answers.ts';
import { streamEvents, type Subscribe } from './event-stream.ts';
import { guard, type GuardOptions } from './guard.ts';
import type { AdminRequest, AdminRoute, BodyText } from './route.ts';
import { ADMIN_ROUTES } from './routes.ts';

const JSON_TYPES = ['application/json'];
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

/** The largest body of a call or a record, in bytes: all but fixtures. */
const MAX_RECORD_BYTES = 1_048_576;

const NO_BODY: BodyText = { text: '', syntax: 'yaml' };

/**
 * The admin API over the control a request is for: each row of the table, 405 for other methods, problems as RFC 9457. A query,
 * or the parameters of a call, may have `maxParameters`.
 */
export function adminRouter(
  createControl: (req: Request) => Control,
  options: GuardOptions,
  maxParameters: number,
  secretsIn: SecretsIn,
): Router {
  const router = Router({ caseSensitive: true });
  router.use((req, _res, next) => {
    guard(req, options);
    next();
  });
  const readsWorld = readBody(MAX_YAML_BYTES, 'name large worlds as blocks of numbers');
  const readsRecord = readBody(MAX_RECORD_BYTES, 'nothing but fixtures is so large');
  for (const route of ADMIN_ROUTES) {
    const method = route.method.toLowerCase() as Lowercase<AdminRoute['method']>;
    const readsNone = route.body === undefined && route.takesCallParams !== true;
    const reads = readsNone ? refuseBody : route.body === 'fixtures' ? readsWorld : readsRecord;
    router[method](route.path, reads, async (req, res) => {
      const control = createControl(req);
      const { query, form } = readQuery(route, req, maxParameters);
      const context = { signal: untilGone(res), secrets: secretsIn(req, res), maxParameters, query };
      const result = await runRoute(route, control, req, context);
      if (route.answer === 'events' && req.method !== 'HEAD') streamEvents(res, result as Subscribe);
      else sendAnswer(res, route, route.answer === 'events' ? '' : result, form);
    });
  }
  for (const path of new Set(ADMIN_ROUTES.map((route) => route.path))) router.all(path, refuseMethod(path));
  router.use((req, res) => {
    const path = redactPath(req.path, secretsIn(req, res));
    throw new MockMorError('NOT_FOUND', `the admin API has no ${path}; GET /__admin lists what it has`);
  });
  router.use(sendProblem(secretsIn));
  return router;
}

/** A body that nobody reads would be a wish that is not heard, such as a scope in the body of a reset. */
function refuseBody(req: Request, _res: Response, next: NextFunction): void {
  const hasBody = Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
  if (hasBody)
    throw new MockMorError(
      'BODY_INVALID',
      `${req.method} ${req.originalUrl.split('?')[0] ?? ''} reads no body; what it takes stands in the query`,
    );
  next();
}

/** Aborted when the answer is out, or its client gone. */
function untilGone(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
}

/** What a request brings along, beside its body and the names in its path. */
interface RouteContext {
  readonly signal: AbortSignal;
  readonly secrets: KnownSecrets;
  readonly query: unknown;
  readonly maxParameters: number;
}

async function runRoute(route: AdminRoute, control: Control, req: Request, { maxParameters, ...context }: RouteContext): Promise<unknown> {
  const isWithout =
    route.body === undefined || route.takesCallParams === true || (route.bodyIsOptional === true && getBody(req).length === 0);
  const body = isWithout ? NO_BODY : bodyText(req);
  const origin = req.headers.host === undefined ? '' : `${req.protocol}://${req.headers.host}`;
  const { params, received, notes } = route.takesCallParams === true ? await callParamsOf(req, maxParameters) : NO_PARAMS;
  try {
    const name = paramOf(req, 'name') ?? '';
    const lastEventId = req.get('Last-Event-ID');
    return await route.run({ ...context, control, lastEventId, params, received, notes, id: idOf(req), name, origin, body });
  } catch (error) {
    throw withNotes(error, isWithout ? notes : notesOnBody(req, body));
  }
}

/** An error, with what stands out about the body that led to it. */
function withNotes(error: unknown, notes: readonly string[]): unknown {
  if (!(error instanceof MockMorError) || notes.length === 0) return error;
  return new MockMorError(error.code, [error.message, ...notes].join('\n'), error.issues);
}

/** What a body looks like, if that is not what its type says. */
function notesOnBody(req: Request, { syntax }: BodyText): readonly string[] {
  const mismatch = describeMismatch(decodeHead(getBody(req)), SHAPES_OF_SYNTAX[syntax], req.headers['content-type']);
  return mismatch === undefined ? [] : [`${mismatch}.`];
}

/** JSON is YAML, too. */
const SHAPES_OF_SYNTAX = { json: ['JSON'], yaml: ['YAML', 'JSON'] } as const;

/** What is a row's own among the parameters of a call. */
const OWN_NAME = /^__/;

const NO_PARAMS: CallParams = { params: new Map(), received: [], notes: [] };

type CallParams = Pick<AdminRequest<unknown>, 'params' | 'received' | 'notes'>;

async function callParamsOf(req: Request, most: number): Promise<CallParams> {
  const { params, sent, notes } = await readParams({
    query: queryTextOf(req),
    body: getBody(req),
    contentType: req.headers['content-type'],
    most,
  });
  return {
    params: new Map([...params].filter(([name]) => !OWN_NAME.test(name))),
    received: sent.list().filter(({ name }) => !OWN_NAME.test(name)),
    notes,
  };
}

function queryTextOf(req: Request): string {
  const queryAt = req.originalUrl.indexOf('?');
  return queryAt < 0 ? '' : req.originalUrl.slice(queryAt + 1);
}

/** What a query asks of a row, and of the form of its answer. */
function readQuery(route: AdminRoute, req: Request, most: number): { readonly query: unknown; readonly form: AnswerForm } {
  const pairs = [...collected(paramsOfForm(queryTextOf(req), { from: 'query', most }))];
  const sent = Object.fromEntries(route.takesCallParams === true ? pairs.filter(([name]) => OWN_NAME.test(name)) : pairs);
  const prefix = route.takesCallParams === true ? '__' : '';
  const formParams = listFormParams(route).map((name) => `${prefix}${name}`);
  const own = route.query instanceof z.ZodObject ? Object.keys(route.query.shape) : [];
  const unknown = unknownName('query parameter', Object.keys(sent), [...own, ...formParams]);
  if (unknown !== undefined) throw new MockMorError('QUERY_INVALID', unknown);
  const isForm = ([name]: readonly [string, unknown]): boolean => formParams.includes(name);
  const ofForm = Object.entries(sent).filter(isForm);
  const form = readAnswerForm(req, route, Object.fromEntries(ofForm.map(([name, value]) => [name.slice(prefix.length), value])));
  const parsed = route.query?.safeParse(Object.fromEntries(Object.entries(sent).filter((pair) => !isForm(pair))));
  if (parsed?.success === false) {
    throw new MockMorError('QUERY_INVALID', parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  return { query: parsed?.data, form };
}

/** The id in the path. What is no id names nothing. */
function idOf(req: Request): number {
  const text = paramOf(req, 'id');
  if (text === undefined) return NaN;
  if (!/^[0-9]{1,15}$/.test(text)) throw new MockMorError('NOT_FOUND', `nothing has the id ${quote(text)}`);
  return Number(text);
}

function paramOf(req: Request, name: 'id' | 'name'): string | undefined {
  return (req.params as Readonly<Record<string, string | undefined>>)[name];
}

function bodyText(req: Request): BodyText {
  const contentType = req.headers['content-type'];
  const { type = '', charset } = (contentType === undefined ? undefined : parseContentType(contentType)) ?? {};
  if (![...JSON_TYPES, ...YAML_TYPES].includes(type)) {
    const cause = describeMismatch(decodeHead(getBody(req)), [], contentType) ?? describeContentType(contentType);
    const curl = type === FORM || type === MULTIPART ? `; with curl add: -H 'Content-Type: application/json'` : '';
    throw new MockMorError('BODY_UNSUPPORTED', `send the body as one of: ${[...JSON_TYPES, ...YAML_TYPES].join(', ')}; ${cause}${curl}`);
  }
  const text = decodeUtf8(getBody(req));
  if (text === undefined) throw notUtf8('the body', charset);
  return { text, syntax: JSON_TYPES.includes(type) ? 'json' : 'yaml' };
}

function refuseMethod(path: string) {
  const methods = ADMIN_ROUTES.filter((route) => route.path === path).map((route) => route.method);
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return (req: Request, res: Response): void => {
    res.setHeader('Allow', allowed.join(', '));
    throw new MockMorError(
      'METHOD_NOT_ALLOWED',
      `${req.method} is not for /__admin${path === '/' ? '' : path}; allowed: ${allowed.join(', ')}`,
    );
  };
}
