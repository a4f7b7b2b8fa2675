/** Texts that would run or break the layout if the page took them for anything but texts. */
import type { Browser } from 'playwright-core';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { openContext, openPage, sendCall, settle, startBrowser } from './browser.ts';

const TEXTS = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  'javascript:alert(4)',
  '\u202eright to left\u2066\u200f',
  '__proto__',
  'constructor',
  'x'.repeat(65_536),
  'é'.repeat(2000),
  '\u0000\u0001\u001b[31m',
  '{{7*7}}${7*7}<%= 7*7 %>',
];

let browser: Browser;
let mor: MockMor;
let url: string;

beforeAll(async () => {
  browser = await startBrowser();
  mor = await createMockMor({
    fixtures: {
      settings: { api_secret_key: 'secret', default_did_provider_id: 1 },
      users: [
        { id: 0, username: 'admin', type: 'admin' },
        ...TEXTS.slice(0, 6).map((text, index) => ({ id: index + 1, username: text, first_name: text, type: 'reseller' as const })),
      ],
      providers: TEXTS.slice(0, 6).map((name, index) => ({ id: index + 1, name, user_id: index })),
      dids: TEXTS.slice(0, 6).map((comment, index) => ({ did: `3706${String(index)}`, provider_id: 1, reseller_id: index, comment })),
    },
  });
  url = await mor.listen();
  for (const text of TEXTS) {
    await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: text, comment: text });
    await sendCall(url, 'did_create', { u: text, provider_id: text, did: text, hash: text });
    await sendCall(url, encodeURIComponent(text.slice(0, 200)), { [text.slice(0, 200)]: text, u: 'admin', hash: text });
  }
  mor.addFault({ http: { status: 502, body: TEXTS.join('\n') }, match: { call: 'did_close' } });
  await sendCall(url, 'did_close', { u: 'admin', dids_id: '1' });
});

afterAll(async () => {
  await browser.close();
  await mor.close();
});

const PLACES = [
  '#/requests',
  ...Array.from({ length: TEXTS.length * 3 + 1 }, (_, index) => `#/requests/${String(index + 1)}`),
  '#/dids',
  ...TEXTS.slice(0, 6).map((_, index) => `#/dids/${String(index + 1)}`),
  ...TEXTS.slice(0, 6).map((text) => `#/console?call=did_create&p.u=${encodeURIComponent(text)}&p.did=${encodeURIComponent(text)}`),
  `#/console?call=${encodeURIComponent(TEXTS[0] ?? '')}`,
  `#/requests/${encodeURIComponent(TEXTS[0] ?? '')}`,
  ...['#/faults', '#/coverage', '#/world', '#/world/settings', '#/world/fixtures'],
];

it.each([1280, 360])(
  'shows them as texts at %i pixels',
  async (width) => {
    const context = await openContext(browser, { viewport: { width, height: 800 } });
    const { page, problems } = await openPage(context, url);
    for (const place of PLACES) {
      await page.goto(`${url}/__admin/${place}`);
      await page.locator('h1, h2').first().waitFor({ state: 'attached' });
      await settle(page);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const scripts = await page.locator('script, #app img, #app iframe, #app svg').count();
      expect({ place: place.slice(0, 100), overflow, scripts }).toEqual({ place: place.slice(0, 100), overflow: 0, scripts: 1 });
    }
    expect(problems).toEqual([]);
    await context.close();
  },
  180_000,
);
