/** The page for browsers: where it is, under which headers, and who gets something else. */
import request from 'supertest';
import { createMockMor, type MockMorOptions } from '../../src/index.ts';

let packageFolder: string | undefined;

jest.mock('../../src/package-folder.ts', () => {
  const actual = jest.requireActual<{ getPackageFolder: () => string }>('../../src/package-folder.ts');
  return { ...actual, getPackageFolder: () => packageFolder ?? actual.getPackageFolder() };
});

afterEach(() => (packageFolder = undefined));

const BROWSER = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8' };

async function ask(
  path: string,
  headers: Readonly<Record<string, string>> = BROWSER,
  options: MockMorOptions = {},
): Promise<request.Response> {
  const mor = await createMockMor(options);
  if (options.sandboxes !== 'auto') mor.createSandbox({ name: 's1' });
  return request(mor.handler).get(path).redirects(0).set(headers);
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

describe('a browser', () => {
  it.each([
    ['/', './__admin/'],
    ['/?a=b', './__admin/'],
    ['/__admin', './__admin/'],
    ['/__sandboxes/s1', './s1/__admin/'],
    ['/__sandboxes/s1/', './__admin/'],
    ['/__sandboxes/s1/__admin', './__admin/'],
  ])('is led from %s to the page, by %s', async (path, location) => {
    const { status, headers } = await ask(path);
    expect([status, headers['location'], headers['vary']]).toEqual([302, location, 'Accept']);
    expect(new URL(location, `http://h/prefix${path}`).pathname).toBe(
      path.startsWith('/__sandboxes') ? '/prefix/__sandboxes/s1/__admin/' : '/prefix/__admin/',
    );
  });

  it.each(['/__admin/', '/__admin/?x', '/__sandboxes/s1/__admin/', '/__sandboxes/gone/__admin/'])('gets the page at %s', async (path) => {
    const { status, headers, text } = await ask(path);
    expect([status, headers['content-type'], text]).toEqual([
      200,
      'text/html; charset=utf-8',
      expect.stringContaining('src="assets/app.js"'),
    ]);
    expect(headers).toMatchObject({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(text).not.toMatch(/<style|style=|<script>|(?:src|href)="(?:https?:)?\/\//);
  });

  it('makes no sandbox by looking at its page', async () => {
    const mor = await createMockMor({ sandboxes: 'auto' });
    await request(mor.handler).get('/__sandboxes/x/__admin/').set(BROWSER);
    expect(mor.sandboxes()).toEqual([]);
  });

  it('gets JSON from the admin API behind the page', async () => {
    expect((await ask('/__admin/health')).type).toBe('application/json');
  });
});

it.each([
  ['/__admin/assets/app.js', 'text/javascript; charset=utf-8'],
  ['/__admin/assets/app.css', 'text/css; charset=utf-8'],
  ['/__sandboxes/s1/__admin/assets/app.js', 'text/javascript; charset=utf-8'],
])('%s is a file of the page for any client', async (path, type) => {
  const { status, headers } = await ask(path, { Accept: '*/*' });
  expect([status, headers['content-type'], headers['content-security-policy'], headers['x-content-type-options']]).toEqual([
    200,
    type,
    POLICY,
    'nosniff',
  ]);
  expect(Number(headers['content-length'])).toBeGreaterThan(100);
});

it.each(['/__admin/assets/app.map', '/__admin/assets/..%2findex.html', '/__admin/assets/', '/__admin/index.html'])(
  '%s is none',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

describe('who else asks', () => {
  it.each([
    ['curl', { Accept: '*/*' }],
    ['a client that accepts JSON', { Accept: 'application/json' }],
    ['a client that prefers text', { Accept: 'text/plain, text/html;q=0.9' }],
  ])('%s gets text at /', async (_, headers) => {
    const { status, text } = await ask('/', headers);
    expect([status, text]).toEqual([200, expect.stringMatching(/^mock-mor: version /)]);
  });

  it('answers HEAD like GET', async () => {
    const mor = await createMockMor();
    const { status, headers, text } = await request(mor.handler).head('/__admin/').set(BROWSER);
    expect([status, headers['content-type'], text]).toEqual([200, 'text/html; charset=utf-8', undefined]);
  });
});

describe('switched off', () => {
  it.each<[string, MockMorOptions]>([
    ['dashboard: false', { dashboard: false }],
    ['admin: false', { admin: false }],
  ])('%s has no page', async (_, options) => {
    expect((await ask('/', BROWSER, options)).text).toMatch(/^mock-mor: version /);
    expect((await ask('/__admin/assets/app.js', BROWSER, options)).status).toBe(404);
    expect((await ask('/__admin/', BROWSER, options)).type).not.toBe('text/html');
  });

  it('says how to build it where it is not built', async () => {
    const mor = await createMockMor();
    packageFolder = '/nonexistent';
    const { status, text } = await request(mor.handler).get('/__admin/').set(BROWSER);
    expect([status, text]).toEqual([
      404,
      'mock-mor: the dashboard is not built: run "npm run build" in the folder of mock-mor. The admin API works without it\n',
    ]);
  });
});

describe('the guard', () => {
  it('with a token the page and its files come without, the API asks', async () => {
    const options = { adminToken: 't0ken' };
    expect((await ask('/__admin/', BROWSER, options)).status).toBe(200);
    expect((await ask('/__admin/assets/app.js', BROWSER, options)).status).toBe(200);
    expect((await ask('/__admin/health', BROWSER, options)).status).toBe(401);
  });

  it('a browser with a foreign Host gets a page that names the flag', async () => {
    for (const path of ['/__admin/', '/__admin/requests']) {
      const { status, type, headers, text } = await ask(path, { ...BROWSER, Host: 'mor.test:8080' });
      expect([status, type, headers['content-security-policy']]).toEqual([403, 'text/html', POLICY]);
      expect(text).toContain('allow it with --allowed-hosts mor.test (MOCK_MOR_ALLOWED_HOSTS)');
    }
    expect((await ask('/__admin/', { ...BROWSER, Host: 'mor.test' }, { allowedHosts: ['mor.test'] })).status).toBe(200);
  });

  it('a link of another page leads to a page that leads on', async () => {
    const { status, text } = await ask('/__admin/', { ...BROWSER, 'Sec-Fetch-Site': 'cross-site', Referer: 'https://ci.example/' });
    expect([status, text]).toEqual([403, expect.stringContaining('<a href="">Open this page itself</a>')]);
  });

  it('what it quotes cannot write HTML', async () => {
    const { text } = await ask('/__admin/', { ...BROWSER, Host: `x"><script>alert(1)</script>` });
    expect(text).not.toContain('<script>');
    expect(text).toContain('&#60;script&#62;');
  });

  it('files of the page are not for other sites', async () => {
    expect((await ask('/__admin/assets/app.js', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });
});
