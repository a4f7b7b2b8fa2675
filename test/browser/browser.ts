/** A browser that shows the dashboard of a mock. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type Request } from 'playwright-core';

/** Where Debian's package puts the browser; the variable `CHROMIUM` names another. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const DASHBOARD = join(__dirname, '../../dist/dashboard');

/** Starts the browser. @throws Error if it is not installed */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) throw new Error(`${EXECUTABLE} is missing. Install it: apt-get install chromium`);
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** What a page did that it should not: errors of scripts, what the content security policy refused, dialogs. */
export interface WatchedPage {
  readonly page: Page;
  readonly problems: readonly string[];
}

/** A context of the browser, as of a person who opens it for the first time. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'UTC', locale: 'en-GB', ...options });
  context.setDefaultTimeout(15_000);
  return context;
}

/** Requests of a page that are not answered yet. The stream of events never is, and does not count. */
const pending = new WeakMap<Page, Set<Request>>();

function watchRequests(page: Page): void {
  const open = new Set<Request>();
  pending.set(page, open);
  page.on('request', (request) => {
    if (!request.url().includes('/__admin/events')) open.add(request);
  });
  for (const event of ['requestfinished', 'requestfailed'] as const) page.on(event as 'requestfinished', (request) => open.delete(request));
}

const MAX_FRAMES = 500;

/** Resolves when the page asks for nothing any more and is drawn. @throws Error if that takes too long */
export async function settle(page: Page): Promise<void> {
  let quiet = 0;
  for (let frame = 0; quiet < 5; frame++) {
    if (frame > MAX_FRAMES) throw new Error('the page does not come to rest');
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    quiet = pending.get(page)?.size === 0 ? quiet + 1 : 0;
  }
}

/** Opens the dashboard at a hash such as `#/requests`. */
export async function openPage(context: BrowserContext, url: string, hash = ''): Promise<WatchedPage> {
  const page = await context.newPage();
  watchRequests(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // A browser logs each status that is an error; the page handles those.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text());
  });
  await page.goto(`${url}/__admin/${hash}`);
  return { page, problems };
}

/** The bytes of the script and the style sheet of the page, as they are built. */
export async function readAssets(): Promise<readonly Buffer[]> {
  return Promise.all(['app.js', 'app.css'].map((name) => readFile(join(DASHBOARD, name))));
}

/** Resolves to the hash that the mock makes for a call. */
export async function sign(url: string, call: string, params: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(`${url}/__admin/hash/${call}`, { method: 'POST', body: new URLSearchParams(params) });
  return ((await answer.json()) as { hash: string }).hash;
}

/** Sends a call. The hash is the right one, unless the parameters have one. */
export async function sendCall(url: string, call: string, params: Readonly<Record<string, string>>): Promise<string> {
  const hash = params['hash'] ?? (await sign(url, call, params));
  const answer = await fetch(`${url}/billing/api/${call}`, { method: 'POST', body: new URLSearchParams({ ...params, hash }) });
  return answer.text();
}
