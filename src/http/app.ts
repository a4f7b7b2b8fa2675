import type { RequestListener } from 'node:http';
import express, { Router, type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Control } from '../control.ts';
import type { Log } from '../log.ts';
import type { Method } from '../mor/call.ts';
import { decide } from '../mor/calls/index.ts';
import { packageVersion } from '../package-version.ts';
import { MockMorError, PROBLEMS } from '../problems.ts';
import type { Store } from '../world/store.ts';
import type { GuardOptions } from './admin/guard.ts';
import { adminRouter } from './admin/router.ts';
import { bodyOf, readBody } from './read-body.ts';
import { readParams } from './read-params.ts';
import { ANSWER_HEADERS, xmlOf } from './write-xml.ts';

/** What the app stands on. */
export interface AppOptions {
  readonly store: Store;
  readonly control: Control;
  /** Undefined switches the admin API off. */
  readonly admin: GuardOptions | undefined;
  /** Largest body of a request to the vendor's paths, in bytes. */
  readonly maxBodyBytes: number;
  readonly log: Log;
}

/** MOR's paths, and everything below them: `/billing/api/NAME`, which the vendor's page also writes as `/api/NAME`. */
const VENDOR_PATH = /^\/(?:billing\/)?api(?:\/(.*?))?\/?$/;

/** The whole HTTP side: MOR's own paths, and ours under `/__admin`. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  const router = Router({ caseSensitive: true });
  router.all(VENDOR_PATH, onlyMorMethods, readBody(options.maxBodyBytes, 'allow more with --max-body-bytes'), answerCall(options.store));
  if (options.admin !== undefined) router.use('/__admin', adminRouter(options.control, options.admin));
  router.get('/', (_req, res) => {
    sendText(res, 200, landingText(options));
  });
  router.use((req) => {
    throw new MockMorError('NOT_FOUND', `nothing is at ${req.path}; MOR's calls are under /billing/api, ours under /__admin`);
  });
  app.use(router);
  app.use(plainErrors(options.log));
  return app;
}

/** The app behind a tidy path. Express remembers a path as it first saw it, so it must be tidy before. */
export function handlerOf(app: Express): RequestListener {
  return (request, response) => {
    if (request.url !== undefined) request.url = tidyUrl(request.url);
    app(request, response);
  };
}

/** Clients write `//billing/api`, proxies the whole address: both mean the path. */
function tidyUrl(url: string): string {
  if (url.startsWith('/') && !url.includes('//')) return url;
  const [path = '', ...query] = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').split('?');
  return [`/${path}`.replace(/\/{2,}/g, '/'), ...query].join('?');
}

function onlyMorMethods(req: Request, res: Response, next: NextFunction): void {
  if (req.method !== 'GET' && req.method !== 'POST') {
    res.setHeader('Allow', 'GET, POST');
    throw new MockMorError('METHOD_NOT_ALLOWED', `MOR's API knows GET and POST, not ${req.method}`);
  }
  next();
}

function answerCall(store: Store): RequestHandler {
  return async (req, res) => {
    const queryAt = req.url.indexOf('?');
    const params = await readParams({
      query: queryAt < 0 ? '' : req.url.slice(queryAt + 1),
      body: bodyOf(req),
      contentType: req.headers['content-type'],
    });
    // From here to the answer nothing waits, so calls that come at once are decided one after the other.
    const name = (req.params as unknown as Record<string, string | undefined>)['0'] ?? '';
    const { reply, changes } = decide(name, { method: req.method as Method, params }, store);
    store.apply(changes);
    send(res, 200, ANSWER_HEADERS[store.settings.response_type], xmlOf(reply, store.settings));
  };
}

/** What we say ourselves is plain text with our name in front, never something in MOR's clothes. */
function plainErrors(log: Log) {
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) {
      next(error);
      return;
    }
    if (error instanceof MockMorError) {
      sendText(res, PROBLEMS[error.code].status, error.message);
      return;
    }
    const status = statusOf(error);
    if (status !== undefined) {
      sendText(res, status, (error as Error).message);
      return;
    }
    log({
      level: 'error',
      message: `${req.method} ${req.path} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    });
    sendText(res, 500, 'something broke here that is not MOR; the log says what');
  };
}

/** The 4xx that Express means by an error of its own. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function landingText({ admin }: AppOptions): string {
  return [
    `version ${packageVersion()}: a stand-in for the Kolmisoft MOR API, for tests`,
    'POST /billing/api/did_create    the call',
    ...(admin === undefined
      ? []
      : ['GET  /__admin/health            is it up, and with which fixtures', 'GET  /__admin/openapi.json      everything else']),
  ].join('\n');
}

function sendText(res: Response, status: number, text: string): void {
  send(res, status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }, `mock-mor: ${text}\n`);
}

/** Node's own writing: Express' `send` would look for ETags and types that are settled here. */
function send(res: Response, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}
