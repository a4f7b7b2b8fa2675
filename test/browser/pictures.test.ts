/** The pictures of the documentation: each view, wide and narrow. `UPDATE_DOCS=1` writes them. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { MockMor } from '../../src/index.ts';
import { openContext, openPage, settle, startBrowser } from './browser.ts';
import { startFullWorld, VIEWS } from './full-world.ts';

const FOLDER = join(__dirname, '../../docs/images');

const MAX_BYTES = 120 * 1024;

let browser: Browser;
let mor: MockMor;
let url: string;

beforeAll(async () => {
  browser = await startBrowser();
  ({ mor, url } = await startFullWorld());
  await mkdir(FOLDER, { recursive: true });
});

afterAll(async () => {
  await browser.close();
  await mor.close();
});

/** What must be on a picture. */
const SHOWN: Readonly<Record<string, string>> = {
  requests: 'did=37060000101',
  decision: 'Would fail too',
  dids: '37060000200',
  did: 'did_make_free',
  console: '137061234567***',
  faults: 'breaks the connection, after the call is carried out',
  coverage: 'did_create',
  world: 'Trunk of reseller_basic',
  settings: 'allow_get_api',
  snapshots: 'before-import',
  fixtures: 'Loaded from the package',
  sandboxes: 'suite-1',
  run: '--save-run',
};

describe.each([1280, 390])('%i pixels', (width) => {
  it.each(VIEWS)('%s', async (name, hash) => {
    const context = await openContext(browser, { viewport: { width, height: width > 1000 ? 800 : 844 } });
    const { page, problems } = await openPage(context, url, hash);
    await page
      .getByText(SHOWN[name] ?? name)
      .first()
      .waitFor({ state: 'attached' });
    await settle(page);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(problems).toEqual([]);
    const path = join(FOLDER, `dashboard-${name}-${String(width)}.png`);
    if (process.env['UPDATE_DOCS'] === '1') {
      await page.screenshot({ path });
      expect((await stat(path)).size).toBeLessThan(MAX_BYTES);
    }
    await context.close();
  });
});
