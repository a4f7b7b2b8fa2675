import { createMockMor, type MockMor, type MockMorOptions, type MockMorSandbox } from '../mock-mor.ts';
import { invalidOption } from '../problems.ts';

type Hook = (run: () => Promise<void> | void) => unknown;

/** What a test runner offers: Jest's and Vitest's names for the hooks around a file, or those of `node:test`. */
export interface Runner {
  readonly beforeAll?: Hook | undefined;
  readonly before?: Hook | undefined;
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
  readonly afterAll?: Hook | undefined;
  readonly after?: Hook | undefined;
  /** Extended by the matchers where the runner has it. */
  readonly expect?: { readonly extend: (matchers: never) => unknown } | undefined;
}

const HOW_AT_ONCE = 'Tests that run at once (test.concurrent) make their own by createSandbox() of one createMockMor().';

const AT_ONCE = `a test began before another had ended: useMockMor has the sandbox of one test at a time. ${HOW_AT_ONCE}`;

/**
 * One server for all tests of a file, and one sandbox for each test: what is given back always means the sandbox of the
 * test that runs, with a `url` to call, and is a world as the fixtures say.
 */
export function suiteOf(runner: Runner, options: MockMorOptions): MockMorSandbox {
  let mor: MockMor | undefined;
  /** Of the test that runs, the last; before it those of the tests around it, for `node:test` has tests in tests. */
  const sandboxes: MockMorSandbox[] = [];
  const { beforeAll, before, afterAll, after } = (runner as Runner | undefined) ?? ({} as Partial<Runner>);
  const beforeFile = beforeAll ?? before;
  const afterFile = afterAll ?? after;
  if (beforeFile === undefined || afterFile === undefined) {
    throw invalidOption('useMockMor needs what has the hooks of your test runner: globalThis in Jest, or * of vitest or node:test');
  }
  beforeFile(async () => {
    mor = await createMockMor(options);
    await mor.listen();
  });
  const hasTestsInTests = runner.beforeAll === undefined;
  runner.beforeEach(() => {
    if (sandboxes.length > 0 && !hasTestsInTests) throw invalidOption(AT_ONCE);
    if (mor !== undefined) sandboxes.push(mor.createSandbox());
  });
  runner.afterEach(() => {
    const ended = sandboxes.pop();
    if (ended !== undefined) mor?.deleteSandbox(ended.name);
  });
  afterFile(async () => {
    await mor?.close();
  });
  return new Proxy({} as MockMorSandbox, {
    get: (_, key) => {
      // A runner that prints or awaits the object asks it for such things outside a test, too.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      const sandbox = sandboxes.at(-1);
      if (sandbox === undefined) {
        throw new Error(`mor.${key} was used outside a test: there is a sandbox for each test only while it runs. ${HOW_AT_ONCE}`);
      }
      const value: unknown = Reflect.get(sandbox, key, sandbox);
      return typeof value === 'function' ? (value.bind(sandbox) as unknown) : value;
    },
  });
}
