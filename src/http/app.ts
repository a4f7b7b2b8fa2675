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
import { isVendorPath, vendorRouter, type VendorOptions } from './vendor-router.ts';

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
  // A router that passes a request on, or an error, does so by `setImmediate`, which never comes where a test fakes it: each of ours
  // is given only what is its own, and ends with what answers errors.
  const errors = plainErrors(options.log);
  const vendor = vendorRouter(sandboxOf, options).use(errors);
  router.use((req, res, next) => {
    if (isVendorPath(req.path)) vendor(req, res, next);
    else next();
  });
  if (options.admin !== undefined) router.use('/__admin', adminRouter(controlOf, options.admin, options.maxParameters).use(errors));
  router.get('/', (req, res) => {
    sandboxOf(req);
    sendText(res, 200, landingText(options));
  });
  router.use((req) => {
    throw new MockMorError('NOT_FOUND', `nothing is at ${req.path}; MOR's calls are under /billing/api, ours under /__admin`);
  });
  router.use(errors);
  app.use(router);
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

function landingText({ admin }: AppOptions): string {
  return [
    `version ${packageVersion()}: a stand-in for the Kolmisoft MOR API, for tests`,
    'POST /billing/api/did_create    the call',
    ...(admin === undefined
      ? []
      : ['GET  /__admin/health            is it up, and with which fixtures', 'GET  /__admin/openapi.json      everything else']),
  ].join('\n');
}
