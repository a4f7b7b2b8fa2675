/** Every view in light and dark: what axe finds, and what keys alone can do. */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { MockMor } from '../../src/index.ts';
import { openContext, openPage, settle, startBrowser } from './browser.ts';
import { startFullWorld, VIEWS } from './full-world.ts';

let browser: Browser;
let mor: MockMor;
let url: string;
let axe: string;

beforeAll(async () => {
  browser = await startBrowser();
  ({ mor, url } = await startFullWorld());
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
});

afterAll(async () => {
  await browser.close();
  await mor.close();
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await openContext(browser, { colorScheme, bypassCSP: true });
    ({ page } = await openPage(context, url));
    await page.evaluate(axe);
  });

  afterAll(() => context.close());

  it.each(VIEWS)('axe finds nothing in %s', async (_, hash) => {
    await page.goto(`${url}/__admin/${hash}`);
    await settle(page);
    const yaml = page.getByRole('button', { name: 'Show as YAML' });
    if ((await yaml.count()) > 0) await yaml.click();
    await settle(page);
    const { violations } = await page.evaluate<{ violations: readonly Violation[] }>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)])).toEqual([]);
  });
});

it('works by keys alone', async () => {
  const context = await openContext(browser);
  const { page, problems } = await openPage(context, url);
  await settle(page);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await press('Escape');
  await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'hidden' });
  await press('j', 'j');
  await page.locator('[data-why], .step').first().waitFor();
  expect(new URL(page.url()).hash).toBe('#/requests/10');
  await press('k');
  expect(new URL(page.url()).hash).toBe('#/requests/11');
  await press('Escape');
  expect(new URL(page.url()).hash).toBe('#/requests');
  // Letters in a field are letters.
  await press('/');
  await page.keyboard.type('r?j');
  expect(await page.getByLabel('Search in requests and answers').inputValue()).toBe('r?j');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await settle(page);
  await page.keyboard.press('Tab');
  expect(await page.locator('select:focus').count()).toBe(1);
  await page.goto(`${url}/__admin/#/requests/6`);
  await page.locator('[data-why]').waitFor();
  await press('r');
  await page.getByRole('heading', { name: 'Console' }).waitFor();
  expect(await page.locator('#field-u').inputValue()).toBe('reseller_reader');
  await page.locator('#field-did').focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.result h2').waitFor();
  await page.locator('h1').click();
  await press('g', 'd');
  await page.getByLabel('Search numbers').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
