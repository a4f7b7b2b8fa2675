/** Tokens, sandboxes, tabs and a server that starts again. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createMockMor, type MockMor, type MockMorOptions } from '../../src/index.ts';
import { openContext, openPage, sendCall, startBrowser } from './browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

/** What a test started, in its order. */
const started: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.close();
});

async function startMor(options?: MockMorOptions): Promise<{ mor: MockMor; url: string }> {
  const mor = await createMockMor(options);
  started.push(mor);
  return { mor, url: await mor.listen() };
}

async function startContext(): Promise<BrowserContext> {
  const context = await openContext(browser);
  started.push(context);
  return context;
}

/** Resolves once the page follows the stream. */
const waitForLive = (page: Page): Promise<void> => page.getByText('Live', { exact: true }).waitFor();

const GOOD = { u: 'admin', provider_id: '1' };

it('asks for the token once, and keeps it for the tab only', async () => {
  const { url } = await startMor({ adminToken: 'open sesame' });
  const context = await startContext();
  const { page } = await openPage(context, url);
  const field = page.getByLabel('Token of the admin API');
  await field.fill('wrong');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('The server does not accept this token.').waitFor();
  await field.fill('open sesame');
  await page.getByRole('button', { name: 'Open' }).click();
  await waitForLive(page);
  await sendCall(url, 'did_create', { ...GOOD, did: '1', hash: 'x' });
  await page.locator('tr[data-request="1"]').waitFor();
  await page.reload();
  await page.locator('tr[data-request="1"]').waitFor();
  expect(page.url()).not.toContain('sesame');
  expect(await page.evaluate('JSON.stringify([localStorage, document.cookie])')).toBe('[{},""]');
  const other = await openPage(context, url);
  await other.page.getByLabel('Token of the admin API').waitFor();
});

it('shows two sandboxes in two tabs, each its own', async () => {
  const { mor, url } = await startMor();
  for (const name of ['one', 'two']) mor.createSandbox({ name });
  const context = await startContext();
  const { page: one } = await openPage(context, url, '#/requests?sandbox=one');
  // The path of a sandbox leads to the same place.
  const { page: two } = await openPage(context, `${url}/__sandboxes/two`);
  await waitForLive(one);
  await waitForLive(two);
  expect(new URL(two.url()).hash).toBe('#/requests?sandbox=two');
  await sendCall(`${url}/__sandboxes/one`, 'did_create', { ...GOOD, did: '37060000011' });
  await one.locator('tr[data-request="1"]', { hasText: 'did=37060000011' }).waitFor();
  await sendCall(`${url}/__sandboxes/two`, 'did_create', { ...GOOD, did: '37060000022' });
  await two.locator('tr[data-request="1"]', { hasText: 'did=37060000022' }).waitFor();
  expect(await one.locator('tr[data-request]').count()).toBe(1);
  // A link to a sandbox that is gone says so.
  mor.deleteSandbox('two');
  await two.reload();
  await two.getByRole('heading', { name: 'There is no sandbox two' }).waitFor();
  await two.getByRole('button', { name: 'Go to the main world' }).click();
  await two.getByRole('heading', { name: 'No requests yet' }).waitFor();
});

it('eight tabs share one stream, and go on when its tab is closed', async () => {
  const { url } = await startMor();
  const context = await startContext();
  let streams = 0;
  context.on('request', (request) => {
    if (request.url().includes('/__admin/events')) streams += 1;
  });
  const pages: Page[] = [];
  for (let tab = 0; tab < 8; tab++) {
    const { page } = await openPage(context, url);
    await waitForLive(page);
    pages.push(page);
  }
  expect(streams).toBe(1);
  await sendCall(url, 'did_create', { ...GOOD, did: '37060000011' });
  await Promise.all(pages.map((page) => page.locator('tr[data-request="1"]').waitFor()));
  await pages.shift()?.close();
  await sendCall(url, 'did_create', { ...GOOD, did: '37060000012' });
  await Promise.all(pages.map((page) => page.locator('tr[data-request="2"]').waitFor()));
  expect(streams).toBe(2);
}, 60_000);

it('shows that the server is gone, and reads everything again when another one is there', async () => {
  const { mor: first, url } = await startMor();
  const context = await startContext();
  const { page } = await openPage(context, url);
  await waitForLive(page);
  await sendCall(url, 'did_create', { ...GOOD, did: '37060000011' });
  await page.locator('tr[data-request="1"]', { hasText: '37060000011' }).waitFor();
  await first.close();
  await page.getByText('No connection', { exact: true }).waitFor();
  const second = await createMockMor();
  started.push(second);
  await second.listen({ port: Number(new URL(url).port) });
  await waitForLive(page);
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  await sendCall(url, 'did_create', { ...GOOD, did: '37060000022' });
  await page.locator('tr[data-request="1"]', { hasText: '37060000022' }).waitFor();
}, 60_000);

it('opens a saved run, read-only, and goes back to the server', async () => {
  const { mor, url } = await startMor();
  await sendCall(url, 'did_create', { ...GOOD, did: '37060000011', hash: 'x' });
  const run = {
    ...{ format: 'mock-mor-run', version: '0.1.0', at: '2026-12-01T00:00:00.000Z', instance: 'x' },
    ...{ requests: [mor.request(1)], coverage: mor.coverage(), faults: [] },
  };
  mor.clearRequests();
  const context = await startContext();
  const { page, problems } = await openPage(context, url, '#/world/run');
  await page
    .getByLabel('Open a run')
    .setInputFiles({ name: 'ci.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(run)) });
  await page.locator('[data-run-bar]', { hasText: 'ci.json' }).waitFor();
  await page.locator('tr[data-request="1"]').click();
  await page.locator('[data-why]').waitFor();
  await page.getByRole('link', { name: 'Coverage', exact: true }).click();
  await page.locator('.cell.is-met').nth(1).waitFor();
  await page.getByRole('button', { name: 'Close the run' }).click();
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  expect(problems).toEqual([]);
});
