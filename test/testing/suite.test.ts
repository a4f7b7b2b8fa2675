import { didCreateHash } from '../../src/index.ts';
import { useMockMor, type Runner } from '../../src/testing.ts';

const mor = useMockMor(globalThis, {
  fixtures: { settings: { api_secret_key: 'k' }, users: [{ id: 0, username: 'admin', type: 'admin' }], providers: [{ id: 1, name: 'x' }] },
});

async function create(did: string): Promise<string> {
  const hash = didCreateHash({ provider_id: 1, did, api_secret_key: 'k' });
  const answer = await fetch(`${mor.url ?? ''}/billing/api/did_create`, {
    method: 'POST',
    body: new URLSearchParams({ u: 'admin', provider_id: '1', did, hash }),
  });
  return answer.text();
}

it.each([1, 2, 3])('each test has a world of its own: run %d', async () => {
  expect(mor.counts().dids).toBe(0);
  expect(await create('555')).toContain('<id>1</id>');
  expect(mor).toHaveCreatedDid('555');
  expect(mor).toHaveAnswered('DID created');
  expect(mor.requests().requests).toHaveLength(1);
});

it('what was changed is not there in the next test', () => {
  mor.patchSettings({ dialect: 'legacy' });
  expect(mor.settings().dialect).toBe('legacy');
});

it('such as here', () => {
  expect(mor.settings().dialect).toBe('current');
});

describe('beside a runner', () => {
  /** A runner that only remembers its hooks, by the names of node:test. */
  function remembered(): { readonly runner: Runner; readonly run: (name: string) => Promise<void> } {
    const hooks = new Map<string, () => Promise<void> | void>();
    const hook = (name: string) => (run: () => Promise<void> | void) => hooks.set(name, run);
    const runner = { before: hook('before'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'), after: hook('after') };
    return { runner, run: async (name) => hooks.get(name)?.() };
  }

  it('works with the hooks of node:test, and not outside a test', async () => {
    const { runner, run } = remembered();
    const other = useMockMor(runner);
    expect(() => other.url).toThrow(
      'mor.url was used outside a test: there is a sandbox for each test only while it runs. Tests that run at once',
    );
    await run('before');
    await run('beforeEach');
    expect((await fetch(`${other.url ?? ''}/__admin/health`)).status).toBe(200);
    expect(other.counts()).toMatchObject({ users: 6 });
    await run('afterEach');
    expect(() => other.counts()).toThrow('outside a test');
    await run('after');
  });

  it('a test in a test of node:test has a world of its own, and the outer one keeps its', async () => {
    const { runner, run } = remembered();
    const other = useMockMor(runner);
    await run('before');
    await run('beforeEach');
    const outer = other.name;
    await run('beforeEach');
    expect(other.name).not.toBe(outer);
    await run('afterEach');
    expect(other.name).toBe(outer);
    await run('afterEach');
    await run('after');
  });

  it('two tests at once are told that they cannot share it', async () => {
    const { runner, run } = remembered();
    const hooks = { beforeAll: runner.before, afterAll: runner.after, beforeEach: runner.beforeEach, afterEach: runner.afterEach };
    useMockMor(hooks);
    await run('before');
    await run('beforeEach');
    await expect(run('beforeEach')).rejects.toThrow('a test began before another had ended');
    await run('after');
  });

  it('refuses what has no hooks', () => {
    expect(() => useMockMor(undefined as unknown as Runner)).toThrow('useMockMor needs what has the hooks of your test runner');
    expect(() => useMockMor({} as Runner)).toThrow(
      'useMockMor needs what has the hooks of your test runner: globalThis in Jest, or * of vitest or node:test',
    );
  });

  it('tells bad options in the first hook', async () => {
    const { runner, run } = remembered();
    useMockMor(runner, { fixtures: './no/such' });
    await expect(run('before')).rejects.toMatchObject({ code: 'FIXTURE_INVALID' });
  });
});
