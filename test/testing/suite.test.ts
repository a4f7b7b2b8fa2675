import { didCreateHash } from '../../src/index.ts';
import { useMockMor, type Runner } from '../../src/testing.ts';

const mor = useMockMor(globalThis, {
  fixtures: { settings: { api_secret_key: 'k' }, users: [{ id: 0, username: 'admin', type: 'admin' }], providers: [{ id: 1, name: 'x' }] },
});

async function create(did: string): Promise<string> {
  const hash = didCreateHash({ provider_id: 1, did, api_secret_key: 'k' });
  const answer = await fetch(`${mor.url}/billing/api/did_create`, {
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
  type Hook = (...context: unknown[]) => Promise<void> | void;

  /** A runner that only remembers its hooks, by the names of node:test. */
  function remembered(): { readonly runner: Runner; readonly run: (name: string, context?: unknown) => Promise<void> } {
    const hooks = new Map<string, Hook>();
    const hook = (name: string) => (run: Hook) => hooks.set(name, run);
    const runner = { before: hook('before'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'), after: hook('after') };
    return { runner, run: async (name, ...context) => hooks.get(name)?.(...context) };
  }

  it('works with the hooks of node:test, and not outside a test', async () => {
    const { runner, run } = remembered();
    const other = useMockMor(runner);
    expect(() => other.url).toThrow(
      "mor.url was used outside a test: there is a sandbox for each test only while it runs. useMockMor(runner, { isolation: 'reset' })",
    );
    await run('before');
    await run('beforeEach');
    expect((await fetch(`${other.url}/__admin/health`)).status).toBe(200);
    expect(other.counts()).toMatchObject({ users: 9 });
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

  it('two tests at once get an error that says they cannot share it', async () => {
    const { runner, run } = remembered();
    const hooks = { beforeAll: runner.before, afterAll: runner.after, beforeEach: runner.beforeEach, afterEach: runner.afterEach };
    useMockMor(hooks);
    await run('before');
    await run('beforeEach');
    await expect(run('beforeEach')).rejects.toThrow('a test began before another had ended');
    await run('after');
  });

  it.each<[title: string, first: unknown, second: unknown]>([
    ['two tests of node:test', { fullName: 'file > a' }, { fullName: 'file > b' }],
    ['two tests of node:test, one named like the other', { fullName: 'a' }, { fullName: 'ab' }],
    ['two tests of AVA, whose contexts have no such name', { title: 'a' }, { title: 'b' }],
  ])('%s at once are refused, not mixed up', async (_, first, second) => {
    const { runner, run } = remembered();
    const other = useMockMor(runner);
    await run('before');
    await run('beforeEach', first);
    const { name } = other;
    await expect(run('beforeEach', second)).rejects.toThrow('a test began before another had ended');
    expect(other.name).toBe(name);
    await run('after');
  });

  it('a test in a test is known by the full name that node:test gives it', async () => {
    const { runner, run } = remembered();
    const other = useMockMor(runner);
    await run('before');
    await run('beforeEach', { fullName: 'outer' });
    const outer = other.name;
    await run('beforeEach', { fullName: 'outer > inner' });
    expect(other.name).not.toBe(outer);
    await run('afterEach', { fullName: 'outer > inner' });
    expect(other.name).toBe(outer);
    await run('after');
  });

  it('hooks are called as methods of the runner, and take no parameter by which it would wait for a callback', () => {
    const taken: number[] = [];
    class Hooks {
      readonly #taken = taken;
      readonly #hook = (run: Hook): number => this.#taken.push(run.length);
      beforeAll(run: Hook): void {
        this.#hook(run);
      }
      beforeEach(run: Hook): void {
        this.#hook(run);
      }
      afterEach(run: Hook): void {
        this.#hook(run);
      }
      afterAll(run: Hook): void {
        this.#hook(run);
      }
    }
    useMockMor(new Hooks());
    expect(taken).toEqual([0, 0, 0, 0]);
  });

  it('hooks that run after a failed test too, as AVA has them, are taken before those that do not', () => {
    const always: string[] = [];
    const hook = (name: string) => Object.assign(() => undefined, { always: () => always.push(name) });
    useMockMor({ before: () => undefined, beforeEach: () => undefined, afterEach: hook('afterEach'), after: hook('after') });
    expect(always).toEqual(['afterEach', 'after']);
  });

  it.each<[title: string, expectation: unknown]>([
    ['no expect', undefined],
    ['the expect of chai or Jasmine, which has no extend', () => undefined],
    ['an expect whose extend is no function', Object.assign(() => undefined, { extend: {} })],
    ['an expect that is null', null],
  ])('works with %s, without matchers', async (_, expectation) => {
    const { runner, run } = remembered();
    const other = useMockMor({ ...runner, expect: expectation });
    await run('before');
    await run('beforeEach');
    expect(other.counts()).toMatchObject({ users: 9 });
    await run('afterEach');
    await run('after');
  });

  it('an expect with extend gets the matchers, as its method', () => {
    const given: unknown[] = [];
    const expectation = {
      given,
      extend(matchers: object): void {
        this.given.push(Object.keys(matchers));
      },
    };
    useMockMor({ ...remembered().runner, expect: expectation });
    expect(given).toEqual([['toHaveCreatedDid', 'toHaveDid', 'toHaveCalled', 'toHaveAnswered']]);
  });

  const WHAT =
    'useMockMor needs what has the hooks of your test runner: globalThis in Jest, Mocha and Jasmine, * of vitest, bun:test or node:test, test in AVA.';

  it.each<[title: string, runner: unknown, missing: string]>([
    ['nothing', undefined, 'beforeAll or before, beforeEach, afterEach, afterAll or after'],
    ['an object without hooks', {}, 'beforeAll or before, beforeEach, afterEach, afterAll or after'],
    ['hooks around the file alone', { before: () => undefined, after: () => undefined }, 'beforeEach, afterEach'],
    ['a hook that is no function', { ...remembered().runner, beforeEach: true }, 'beforeEach'],
  ])('refuses %s', (_, runner, missing) => {
    expect(() => useMockMor(runner as Runner)).toThrow(`${WHAT} Missing: ${missing}.`);
  });

  it('tells bad options in the first hook', async () => {
    const { runner, run } = remembered();
    useMockMor(runner, { fixtures: './no/such' });
    await expect(run('before')).rejects.toMatchObject({ code: 'FIXTURE_INVALID' });
  });
});
