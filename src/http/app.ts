import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { Control } from '../control/control.ts';
import { requestSecrets, worldSecrets } from '../control/request-secrets.ts';
import { truncate, type Log } from '../log.ts';
import { redactPath } from '../mor/redact.ts';
import { packageVersion } from '../package-version.ts';
import { MockMorError, PROBLEMS } from '../problems.ts';
import type { SandboxRegistry } from '../world/sandbox-registry.ts';
import type { World } from '../world/world.ts';
import { noteAbsoluteForms, refuseProxying } from './absolute-form.ts';
import type { GuardOptions } from './admin/guard.ts';
import type * as AdminRouter from './admin/router.ts';
import { chosenSandbox, namedSandbox, refuseNesting, takePrefix } from './choose-sandbox.ts';
import type { ConnectionLogs } from './connections.ts';
import { leadToDashboard, serveDashboard } from './dashboard.ts';
import { plainErrors, sendText, type SecretsIn } from './plain-answers.ts';
import { createStreamGuard } from './stream-errors.ts';
import { tidyUrl, withoutNumberSign } from './tidy-url.ts';
import { addVendorRoutes, journaled, type VendorOptions } from './vendor-router.ts';

/** What the app stands on. */
export interface AppOptions extends VendorOptions {
  readonly root: World;
  readonly sandboxes: SandboxRegistry;
  /** The control over the root. */
  readonly control: Control;
  /** Undefined switches the admin API off. */
  readonly admin: GuardOptions | undefined;
  /** Whether browsers get the dashboard, if there is an admin API. */
  readonly dashboard: boolean;
  readonly log: Log;
  /** Gets each request that reached no world. Its path is without secrets. */
  readonly onMissed: (method: string, path: string, status: number) => void;
  /** The same where requests are logged; else nobody. */
  readonly requestLog: Log;
}

/** The whole HTTP side: MOR's own paths, and ours under `/__admin`. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  const { root, sandboxes, control } = options;
  const sandboxOf = (req: Request): World => chosenSandbox(req, root, sandboxes);
  const createControl = (req: Request): Control => {
    const { name } = sandboxOf(req);
    return name === undefined ? control : control.sandbox(name);
  };
  const secretsIn: SecretsIn = (req, res) => {
    const known = journaled(res);
    return known === undefined ? worldSecrets(namedSandbox(req, root, sandboxes).store) : requestSecrets(known.entry, known.sandbox.store);
  };
  const errors = plainErrors(options.log, secretsIn);
  // First, and on the app itself: every call would pass what stands before it, or a router around it.
  addVendorRoutes(app, sandboxOf, options);
  if (options.admin !== undefined && options.dashboard) {
    app.get('/', leadToDashboard);
    app.use('/__admin', serveDashboard(options.admin.allowedHosts));
  }
  if (options.admin !== undefined)
    app.use('/__admin', adminOnDemand(createControl, options.admin, options.maxParameters, secretsIn, errors));
  app.get('/', (req, res) => {
    sandboxOf(req);
    refuseProxying(req);
    sendText(res, 200, landingText(options));
  });
  app.use((req, res) => {
    refuseNesting(req);
    refuseProxying(req);
    const path = redactPath(req.path, secretsIn(req, res));
    throw new MockMorError('NOT_FOUND', `nothing is at ${path}; MOR's calls are under /billing/api, ours under /__admin`);
  });
  app.use(refusedUnseen(options.requestLog, options.onMissed, secretsIn));
  app.use(errors);
  return app;
}

/** Logs what was refused on its way to a world: it is in no journal, and a client that reads only the status would never know why. */
function refusedUnseen(requestLog: Log, onMissed: AppOptions['onMissed'], secretsIn: SecretsIn): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (error instanceof MockMorError && journaled(res) === undefined) {
      const { status, title } = PROBLEMS[error.code];
      const path = truncate(redactPath(req.originalUrl, secretsIn(req, res)));
      onMissed(req.method, path, status);
      // What the error says may quote the request.
      requestLog({ level: 'warn', message: `${req.method} ${path} reached no world (${String(status)}): ${title}` });
    }
    next(error);
  };
}

/** The admin API, loaded with its first request: its table of formats is a good part of a start. */
function adminOnDemand(
  createControl: (req: Request) => Control,
  guard: GuardOptions,
  maxParameters: number,
  secretsIn: SecretsIn,
  errors: ErrorRequestHandler,
): RequestHandler {
  let router: RequestHandler | undefined;
  return (req, res, next) => {
    // A router that is through passes an error on by `setImmediate`, which never comes where a test fakes it: this one answers errors itself.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() fails in a Jest test whose modules are CommonJS; the arrow sees the type
    router ??= (require('./admin/router') as typeof AdminRouter).adminRouter(createControl, guard, maxParameters, secretsIn).use(errors);
    void router(req, res, next);
  };
}

/** What the handler stands on, beside the app. */
export interface HandlerOptions extends ConnectionLogs {
  /** Names of this server, as for the admin API. */
  readonly allowedHosts: ReadonlySet<string>;
}

/** The app behind a tidy path, with the errors of its streams logged. Express remembers a path as it first saw it, so it must be tidy before. */
export function createRequestHandler(app: Express, { log, requestLog, allowedHosts }: HandlerOptions): RequestListener {
  const guardStreams = createStreamGuard(log);
  const noteAbsoluteForm = noteAbsoluteForms(allowedHosts, requestLog);
  const handle = app as unknown as (request: IncomingMessage, response: ServerResponse, done: () => void) => void;
  return (request, response) => {
    guardStreams(request, response);
    const { url } = request;
    if (url !== undefined) request.url = withoutNumberSign(tidyUrl(url));
    takePrefix(request);
    if (url?.startsWith('/') === false) noteAbsoluteForm(request, url);
    handle(request, response, nothingIsLeft);
  };
}

/** What Express calls when nobody answered. The app ends with what answers everything; Express' own last word would be made for each request. */
function nothingIsLeft(): void {
  throw new Error('a request fell through the app');
}

function landingText({ admin }: AppOptions): string {
  return [
    `version ${packageVersion()}: a stand-in for the Kolmisoft MOR API, for tests`,
    'POST /billing/api/did_create    the call',
    ...(admin === undefined
      ? []
      : [
          'GET  /__admin                   every route of the admin API, for tests',
          'GET  /__admin/health            is it up, and with which fixtures',
        ]),
  ].join('\n');
}
