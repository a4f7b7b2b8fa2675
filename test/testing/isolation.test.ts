/** The three ways to keep the tests of a file apart, and what matchers say of requests that missed their world. */
import { didCreateHash } from '../../src/index.ts';
import { morMatchers, useMockMor, type Runner, type TestMor } from '../../src/testing.ts';

type Hook = () => Promise<void> | void;

/** A runner whose hooks are run by hand. */
function createRunner(): { readonly runner: Runner; readonly run: (name: string) => Promise<void> } {
  const hooks = new Map<string, Hook>();
  const hook = (name: string) => (run: Hook) => hooks.set(name, run);
  const names = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;
  const runner = Object.fromEntries(names.map((name) => [name, hook(name)])) as unknown as Runner;
  return { runner, run: async (name) => hooks.get(name)?.() };
}

/** A client that builds absolute paths, as `new URL('/x', base)` does, or one that appends. */
async function create(base: string, did: string, path = '/billing/api/did_create', isAppending = true): Promise<string> {
  const params = { u: 'admin', provider_id: '1', did };
  const body = new URLSearchParams({ ...params, hash: didCreateHash({ ...params, api_secret_key: 'secret' }) });
  const response = await fetch(isAppending ? `${base}${path}` : new URL(path, base), { method: 'POST', body });
  return response.text();
}

/** What a matcher says when it fails. */
function failure(mor: TestMor, did: string): string {
  const { pass, message } = morMatchers.toHaveCreatedDid(mor, did);
  return pass ? 'it passed' : message();
}

const EARLY =
  "useMockMor(runner, { isolation: 'reset' }) has one url for all tests, known at the top of the file. Tests that run at once (test.concurrent, AVA's test instead of test.serial) make their own by createSandbox() of one createMockMor().";

describe('sandbox, the default', () => {
  it('has a prefix, and an early url names the isolation that fits', async () => {
    const { runner, run } = createRunner();
    const mor = useMockMor(runner);
    expect(() => mor.url).toThrow(`mor.url was used outside a test: there is a sandbox for each test only while it runs. ${EARLY}`);
    await run('beforeAll');
    await run('beforeEach');
    const { url } = mor;
    expect(new URL(url).pathname).toBe(mor.path);
    expect(await create(url, '5')).toContain('DID created');
    await run('afterEach');
    await run('afterAll');
  });

  it('a matcher shows what reached the root, and what reached no call, during this test alone', async () => {
    const { runner, run } = createRunner();
    const mor = useMockMor(runner);
    await run('beforeAll');
    await run('beforeEach');
    await create(mor.url, '5', undefined, false);
    await run('afterEach');
    await run('beforeEach');
    expect(failure(mor, '6')).toBe('no call created the DID 6; created: none\n\nno request came at all');
    for (let i = 0; i < 6; i++) await create(mor.url, '6', undefined, false);
    await create(mor.url, '6', '/did_create');
    await create(mor.url, '6', '/__sandboxes/other/billing/api/did_create?hash=deadbeef', false);
    expect(failure(mor, '6')).toBe(
      [
        'no call created the DID 6; created: none',
        'no request came here',
        `6 requests reached the root instead of ${mor.path}: does the client drop the path prefix, as new URL('/x', base) does? ` +
          "useMockMor(runner, { isolation: 'port' }) needs no prefix. " +
          'POST did_create, POST did_create, POST did_create, POST did_create, POST did_create and 1 more',
        '2 requests reached no call of MOR, which are under /billing/api: ' +
          `POST ${mor.path}/did_create (404), POST /__sandboxes/other/billing/api/did_create… (404)`,
      ].join('\n\n'),
    );
    await create(mor.url, '7');
    expect(failure(mor, '6')).toContain(
      `POST /__sandboxes/other/billing/api/did_create… (404)\n\nwhat came:\n  s2-1: POST did_create u=admin provider_id=1 did=7 hash=*** -> DID created`,
    );
    await run('afterEach');
    await run('afterAll');
  });
});

describe('port', () => {
  it('each test has a port of its own, without a prefix', async () => {
    const { runner, run } = createRunner();
    const mor = useMockMor(runner, { isolation: 'port' });
    expect(() => mor.url).toThrow(`mor.url was used outside a test: there is a port for each test only while it runs. ${EARLY}`);
    await run('beforeAll');
    const urls: string[] = [];
    for (const did of ['5', '6']) {
      await run('beforeEach');
      urls.push(mor.url);
      expect(mor.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await create(mor.url, did, undefined, false)).toContain('DID created');
      expect(mor.dids({ created: true })).toHaveLength(1);
      expect(await (await fetch(`${mor.url}/__admin/dids?created=true`)).json()).toMatchObject({ total: 1, dids: [{ did }] });
      await create(mor.url, did, '/did_create');
      expect(failure(mor, '7')).toContain('1 request reached no call of MOR, which are under /billing/api: POST /did_create (404)');
      await run('afterEach');
    }
    await expect(create(urls[0] ?? '', '7')).rejects.toThrow('fetch failed');
    await run('afterAll');
  });
});

describe('reset', () => {
  it('has its url before the first hook, and each test begins as the fixtures say', async () => {
    const { runner, run } = createRunner();
    const mor = useMockMor(runner, { isolation: 'reset' });
    const { url } = mor;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(() => mor.dids()).toThrow('mor.dids was used before the first hook of useMockMor: until then only mor.url is known');
    await run('beforeAll');
    const users = mor.counts().users;
    for (let i = 0; i < 2; i++) {
      await run('beforeEach');
      expect(mor.url).toBe(url);
      expect([
        mor.counts().users,
        mor.dids({ created: true }),
        mor.requests().requests,
        mor.faults(),
        mor.snapshots(),
        mor.sandboxes(),
      ]).toEqual([users, [], [], [], [], []]);
      expect(await create(url, '5', undefined, false)).toContain('<id>3</id>');
      await create(url, '5', '/did_create');
      expect(failure(mor, '7')).toContain('1 request reached no call of MOR, which are under /billing/api: POST /did_create (404)');
      mor.addFault({ connection: 'hang' });
      mor.takeSnapshot('a');
      mor.createSandbox({ name: 'b' });
      mor.replaceFixtures({ providers: [{ id: 1 }] });
      await mor.close();
      await run('afterEach');
    }
    expect(() => mor.view()).toThrow("with the isolation 'reset' there is no sandbox to view");
    await run('afterAll');
    await expect(create(url, '7')).rejects.toThrow('fetch failed');
  });

  it('two in one process have two urls; one that never starts lets its port go', async () => {
    const [one, other] = [createRunner(), createRunner()];
    const urls = [one, other].map(({ runner }) => useMockMor(runner, { isolation: 'reset', fixtures: { providers: [] } }).url);
    expect(new Set(urls).size).toBe(2);
    for (const { run } of [one, other]) await run('afterAll');
  });
});

it('refuses an isolation that there is not', () => {
  const { runner } = createRunner();
  expect(() => useMockMor(runner, { isolation: 'prt' as never })).toThrow(
    'the option isolation must be one of sandbox, port, reset. Did you mean "port"?',
  );
});
