import type { RequestListener } from 'node:http';
import express, { Router, type Express, type Request } from 'express';
import type { Control } from '../control/control.ts';
import type { Log } from '../log.ts';
import { packageVersion } from '../package-version.ts';
import { MockMorError } from '../problems.ts';
import type { Sandbox } from '../world/sandbox.ts';
import type { Sandboxes } from '../world/sandboxes.ts';
import type { GuardOptions } from './admin/guard.ts';
import { adminRouter } from './admin/router.ts';
import { chosenSandbox, takePrefix } from './choose-sandbox.ts';
import { plainErrors, sendText } from './plain-answers.ts';
import { tidyUrl } from './tidy-url.ts';
import { vendorRouter, type VendorOptions } from './vendor-router.ts';

/** What the app stands on. */
export interface AppOptions extends VendorOptions {
  readonly root: Sandbox;
  readonly sandboxes: Sandboxes;
  /** The control over the root. */
  readonly control: Control;
  /** Undefined switches the admin API off. */
  readonly admin: GuardOptions | undefined;
  readonly log: Log;
}

/** The whole HTTP side: MOR's own paths, and ours under `/__admin`. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  const router = Router({ caseSensitive: true });
  router.use(takePrefix);
  const { root, sandboxes, control } = options;
  const sandboxOf = (req: Request): Sandbox => chosenSandbox(req, root, sandboxes);
  const controlOf = (req: Request): Control => {
    const { name } = sandboxOf(req);
    return name === undefined ? control : control.sandbox(name);
  };
  router.use(vendorRouter(sandboxOf, options));
  if (options.admin !== undefined) router.use('/__admin', adminRouter(controlOf, options.admin));
  router.get('/', (req, res) => {
    sandboxOf(req);
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

function landingText({ admin }: AppOptions): string {
  return [
    `version ${packageVersion()}: a stand-in for the Kolmisoft MOR API, for tests`,
    'POST /billing/api/did_create    the call',
    ...(admin === undefined
      ? []
      : ['GET  /__admin/health            is it up, and with which fixtures', 'GET  /__admin/openapi.json      everything else']),
  ].join('\n');
}
