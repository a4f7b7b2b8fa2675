/** The dashboard: a page over the admin API, for browsers. Its files hold nothing of a world, so they ask for no token. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { getPackageFolder } from '../package-folder.ts';
import { MockMorError } from '../problems.ts';
import { refuseProxying } from './absolute-form.ts';
import { guardSite } from './admin/guard.ts';
import { send, sendText } from './plain-answers.ts';

/** The files of the page, by their path below `/__admin`. */
const ASSETS = {
  '/assets/app.js': { file: 'app.js', type: 'text/javascript; charset=utf-8' },
  '/assets/app.css': { file: 'app.css', type: 'text/css; charset=utf-8' },
} as const;

const PAGE = { file: 'index.html', type: 'text/html; charset=utf-8' } as const;

/** Nothing from elsewhere, nothing inline, and in no frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept',
} as const;

const NOT_BUILT = 'the dashboard is not built: run "npm run build" in the folder of mock-mor. The admin API works without it';

/** Leads a browser from `/` to the page; other clients go on. */
export const leadToDashboard: RequestHandler = (req, res, next) => {
  if (!wantsHtml(req)) {
    next();
    return;
  }
  refuseProxying(req);
  const name = getLastSegment(req);
  redirect(res, name === '' ? './__admin/' : `./${name}/__admin/`);
};

/** Serves the page and its files below `/__admin`; what is not for it goes on to the admin API. */
export function serveDashboard(allowedHosts: ReadonlySet<string>): RequestHandler {
  const files = new Map<string, string>();
  const sendFile = (res: Response, { file, type }: { readonly file: string; readonly type: string }): void => {
    const text = files.get(file) ?? readBuilt(file);
    if (text === undefined) {
      sendText(res, 404, NOT_BUILT);
      return;
    }
    files.set(file, text);
    send(res, 200, { ...HEADERS, 'Content-Type': type }, text);
  };
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      next();
      return;
    }
    const asset = req.path in ASSETS ? ASSETS[req.path as keyof typeof ASSETS] : undefined;
    if (asset !== undefined) {
      guardSite(req, allowedHosts);
      sendFile(res, asset);
      return;
    }
    if (!wantsHtml(req)) {
      next();
      return;
    }
    const refusal = findRefusal(req, allowedHosts);
    if (refusal !== undefined) sendRefusal(res, refusal);
    else if (req.path !== '/') next();
    else if (getLastSegment(req) === '') sendFile(res, PAGE);
    else redirect(res, './__admin/');
  };
}

/** Whether a client would rather have HTML than JSON or text: a browser would, and curl takes anything. */
function wantsHtml(req: Request): boolean {
  const { accept } = req.headers;
  return accept !== undefined && accept.includes('html') && req.accepts(['application/json', 'text/plain', 'text/html']) === 'text/html';
}

/** What is behind the last slash of the path as it was sent. */
function getLastSegment(req: Request): string {
  const [path = ''] = req.originalUrl.split('?', 1);
  return path.slice(path.lastIndexOf('/') + 1);
}

/** To a place that is named from where the client is: in front of the path there may be a sandbox, or the prefix of a proxy. */
function redirect(res: Response, location: string): void {
  send(
    res,
    302,
    { ...HEADERS, Location: location, 'Content-Type': 'text/plain; charset=utf-8' },
    `mock-mor: the dashboard is at ${location}\n`,
  );
}

function readBuilt(file: string): string | undefined {
  try {
    return readFileSync(join(getPackageFolder(), 'dist', 'dashboard', file), 'utf8');
  } catch {
    // Not built, or bundled by somebody who left the files behind.
    return undefined;
  }
}

function findRefusal(req: Request, allowedHosts: ReadonlySet<string>): MockMorError | undefined {
  try {
    guardSite(req, allowedHosts);
    return undefined;
  } catch (error) {
    if (error instanceof MockMorError) return error;
    throw error;
  }
}

/** Says to a person why they are refused. Who only came from another page may go on from here. */
function sendRefusal(res: Response, { message }: MockMorError): void {
  const cameByLink = message.startsWith('the admin API is not for other web pages');
  const advice = cameByLink
    ? '<p>A link of another page led here. <a href="">Open this page itself</a>, or type its address.</p>'
    : '<p>Start mock-mor with the flag that is named above, or open it by <code>localhost</code> or its IP address.</p>';
  const page = [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><title>mock-mor: refused</title>',
    '<h1>mock-mor does not answer this request</h1>',
    `<p>${escapeHtml(message)}</p>`,
    advice,
    '</html>',
  ];
  send(res, 403, { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8' }, `${page.join('\n')}\n`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
