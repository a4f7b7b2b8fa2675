/** The dashboard as a person uses it who has never seen it. */
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { openContext, openPage, readAssets, sendCall, startBrowser } from './browser.ts';

let browser: Browser;
let context: BrowserContext;
let mor: MockMor;
let url: string;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  mor = await createMockMor();
  url = await mor.listen();
  context = await openContext(browser);
});

afterEach(async () => {
  await context.close();
  await mor.close();
});

it('shows why a hash is wrong, sends the right one, makes it fail, and resets', async () => {
  const { page, problems } = await openPage(context, url);
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();

  // A wrong hash appears by itself, with its reason.
  await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37061234567', hash: 'a'.repeat(40) });
  const row = page.locator('tr[data-request="1"]');
  await row.waitFor();
  expect(await row.locator('td').allInnerTexts()).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d$/),
    ...[
      'did_create',
      'admin',
      'did=37061234567',
      'Incorrect hash\n\nit is not the SHA-1 of "137061234567***"',
      expect.stringMatching(/^\d[\d.]* m?s$/),
    ],
  ]);

  // Opened, it shows the decision.
  await row.click();
  expect(page.url()).toBe(`${url}/__admin/#/requests/1`);
  const why = page.locator('[data-why]');
  expect(await why.innerText()).toContain('send in lower-case hex the SHA-1 of "137061234567***"');
  expect(await page.locator('.step-failed').innerText()).toContain('the hash is the SHA-1 of provider_id, did and the secret key');
  expect(await page.locator('.step-passed').count()).toBe(3);

  // The console has it filled in, with the right hash.
  await page.getByRole('button', { name: 'Try again with changes' }).click();
  await page.locator('[data-hash]', { hasText: /^[0-9a-f]{40}$/ }).waitFor();
  expect(await page.getByLabel('did hashed', { exact: false }).first().inputValue()).toBe('37061234567');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.result .badge', { hasText: 'DID created' }).waitFor();
  expect(mor.dids({ did: '37061234567' })).toHaveLength(1);

  // The DID is in the list, and its history has the call.
  await page.getByRole('link', { name: 'DIDs', exact: true }).click();
  await page.getByRole('link', { name: '37061234567' }).click();
  await page.locator('.history li').nth(1).waitFor();
  expect(await page.locator('.history li').allInnerTexts()).toEqual([
    expect.stringContaining('DID created'),
    expect.stringContaining('Incorrect hash'),
  ]);

  // A fault by one click; the bar shows it in every view.
  await page.getByRole('link', { name: 'Faults', exact: true }).click();
  await page.getByRole('button', { name: 'HTTP 503' }).click();
  await page.locator('[data-fault-bar]', { hasText: '1 fault armed' }).waitFor();
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await page.locator('[data-fault-bar]').waitFor();
  expect(await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37061234568' })).toContain('503');
  await page.locator('tr[data-request="3"] .kind-fault').waitFor();
  await page.locator('[data-fault-bar]').waitFor({ state: 'detached' });

  // Reset, and undo.
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  expect(mor.dids({ did: '37061234567' })).toHaveLength(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The reset is undone.').waitFor();
  expect(mor.dids({ did: '37061234567' })).toHaveLength(1);
  expect(mor.requests().requests).toHaveLength(3);
  expect(problems).toEqual([]);
});

it('explains without sending, and sends it wrong on purpose', async () => {
  const { page, problems } = await openPage(context, url, '#/console?call=did_create');
  await page.locator('[data-hash]', { hasText: /^[0-9a-f]{40}$/ }).waitFor();
  await page.getByRole('button', { name: 'Only explain' }).click();
  await page.getByText('Nothing was sent, and nothing changed.').waitFor();
  expect(mor.requests().requests).toEqual([]);
  await page.getByLabel('Sign it').selectOption('order');
  await page.locator('[data-snippet]', { hasText: 'hash=' }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.result .badge', { hasText: 'Incorrect hash' }).waitFor();
  expect(mor.requests().requests.map(({ outcome }) => outcome)).toEqual(['Incorrect hash']);
  expect(problems).toEqual([]);
});

it('says that a lost reply was carried out', async () => {
  mor.addFault({ connection: 'empty', phase: 'after', times: 'always' });
  const { page } = await openPage(context, url, '#/console?call=did_create');
  await page.locator('[data-hash]', { hasText: /^[0-9a-f]{40}$/ }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('No answer came').waitFor();
  expect(await page.locator('.result').innerText()).toContain('after the call');
  expect(mor.dids({ created: true })).toHaveLength(1);
});

it('holds what is open in its place, and counts what is new', async () => {
  for (let id = 0; id < 3; id++) await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: `3706123450${String(id)}` });
  const { page } = await openPage(context, url, '#/requests/2');
  await page.locator('.step').first().waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37061234509' });
  const chip = page.getByRole('button', { name: '1 new' });
  await chip.waitFor();
  expect(await page.locator('tr[data-request]').count()).toBe(3);
  await chip.click();
  await page.locator('tr[data-request="4"]').waitFor();
  expect(await chip.count()).toBe(0);
});

it('searches in the whole journal on the server', async () => {
  await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37061234500', comment: 'needle' });
  await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37061234501' });
  const { page } = await openPage(context, url);
  await page.locator('tr[data-request="2"]').waitFor();
  await page.getByLabel('Search in requests and answers').fill('NEEDLE');
  await page.locator('tr[data-request="2"]').waitFor({ state: 'detached' });
  await page.getByText('1 that fit, 2 requests in all').waitFor();
  expect(page.url()).toBe(`${url}/__admin/#/requests?q=NEEDLE`);
});

it('changes a setting until the next reset, and takes and restores a snapshot', async () => {
  const { page } = await openPage(context, url, '#/world/settings');
  await page.getByLabel('allow_get_api').check();
  await page.getByRole('link', { name: 'Clock and snapshots' }).click();
  await page.getByLabel('Name').fill('one');
  await page.getByRole('button', { name: 'Take a snapshot' }).click();
  await page.getByRole('button', { name: 'Restore one' }).click();
  await page.getByText('The world is as in the snapshot one.').waitFor();
  expect(mor.settings().allow_get_api).toBe(true);
});

it('is at most 60 KB of script and styles together, compressed', async () => {
  const sizes = (await readAssets()).map((asset) => gzipSync(asset, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60 * 1024);
});
