import { createMockMor, type MockMor, type MockMorOptions, type MockMorSandbox } from '../mock-mor.ts';
import { invalidOption } from '../problems.ts';

type Hook = (run: () => Promise<void> | void) => unknown;

/** A hook after tests. AVA skips its own after a failed test, except in the form `always`. */
type AfterHook = Hook & { readonly always?: Hook | undefined };

/**
 * What a test runner offers: the hooks around a file and around each test, by the names of Jest, Vitest, Jasmine and Bun, or by those
 * of `node:test`, Mocha and AVA.
 */
export interface Runner {
  readonly beforeAll?: Hook | undefined;
  readonly before?: Hook | undefined;
  readonly beforeEach: Hook;
  readonly afterEach: AfterHook;
  readonly afterAll?: AfterHook | undefined;
  readonly after?: AfterHook | undefined;
  /** Extended by the matchers if it has `extend`, as in Jest, Vitest and Bun. That of chai and Jasmine has not. */
  readonly expect?: unknown;
}

const HOW_AT_ONCE =
  "Tests that run at once (test.concurrent, AVA's test instead of test.serial) make their own by createSandbox() of one createMockMor().";

const AT_ONCE = `a test began before another had ended: useMockMor has the sandbox of one test at a time. ${HOW_AT_ONCE}`;

const RUNNERS = 'globalThis in Jest, Mocha and Jasmine, * of vitest, bun:test or node:test, test in AVA';

/**
 * One server for all tests of a file, and one sandbox for each test: what is given back always means the sandbox of the
 * test that runs, with a `url` to call, and is a world as the fixtures say.
 */
export function createSuite(runner: Runner, options: MockMorOptions): MockMorSandbox {
  checkRunner(runner);
  let mor: MockMor | undefined;
  /** Of the test that runs, the last; before it those of the tests around it, for `node:test` has tests in tests. */
  const running: { readonly sandbox: MockMorSandbox; readonly testName: string | undefined }[] = [];

  async function start(): Promise<void> {
    mor = await createMockMor(options);
    await mor.listen();
  }
  function beginTest(mayBegin: boolean, testName?: string): void {
    if (running.length > 0 && !mayBegin) throw invalidOption(AT_ONCE);
    if (mor !== undefined) running.push({ sandbox: mor.createSandbox(), testName });
  }
  function endTest(): void {
    const ended = running.pop();
    if (ended !== undefined) mor?.deleteSandbox(ended.sandbox.name);
  }
  async function stop(): Promise<void> {
    await mor?.close();
  }

  // Each hook is called as a method of its runner, because some need their `this`. None of these functions may declare a parameter: runners
  // would wait for a callback (Mocha, Jest) or read the names of its fields (Vitest, Playwright).
  if (runner.beforeAll === undefined) {
    runner.before?.(start);
    runner.beforeEach((...context: readonly unknown[]) => {
      const testName = fullNameIn(context[0]);
      beginTest(context.length === 0 || isInside(testName, running.at(-1)?.testName), testName);
    });
  } else {
    runner.beforeAll(start);
    runner.beforeEach(() => beginTest(false));
  }
  if (runner.afterEach.always === undefined) runner.afterEach(endTest);
  else runner.afterEach.always(endTest);
  if (runner.afterAll !== undefined) runner.afterAll(stop);
  else if (runner.after?.always === undefined) runner.after?.(stop);
  else runner.after.always(stop);

  return new Proxy({} as MockMorSandbox, {
    get: (_, key) => {
      // A runner that prints or awaits the object asks it for such things outside a test, too.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      const sandbox = running.at(-1)?.sandbox;
      if (sandbox === undefined) {
        throw new Error(`mor.${key} was used outside a test: there is a sandbox for each test only while it runs. ${HOW_AT_ONCE}`);
      }
      const value: unknown = Reflect.get(sandbox, key, sandbox);
      return typeof value === 'function' ? (value.bind(sandbox) as unknown) : value;
    },
  });
}

/** @throws MockMorError `OPTION_INVALID` that names the missing hooks */
function checkRunner(runner: Runner): void {
  const hooks = (runner as Runner | null | undefined) ?? ({} as Partial<Runner>);
  const alternatives = [['beforeAll', 'before'], ['beforeEach'], ['afterEach'], ['afterAll', 'after']] as const;
  const missing = alternatives.filter((names) => !names.some((name) => typeof hooks[name] === 'function'));
  if (missing.length > 0) {
    const names = missing.map((either) => either.join(' or ')).join(', ');
    throw invalidOption(`useMockMor needs what has the hooks of your test runner: ${RUNNERS}. Missing: ${names}.`);
  }
}

/** The name of a test with those of the suites and tests around it, if the runner gives it to a hook: `node:test` does. */
function fullNameIn(context: unknown): string | undefined {
  const fullName = (context as { readonly fullName?: unknown } | null | undefined)?.fullName;
  return typeof fullName === 'string' ? fullName : undefined;
}

function isInside(inner: string | undefined, outer: string | undefined): boolean {
  return inner !== undefined && outer !== undefined && inner.startsWith(`${outer} > `);
}
