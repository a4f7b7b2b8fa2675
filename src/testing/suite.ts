import { checkOptions } from '../check-options.ts';
import { MISSED_REQUESTS } from '../control/missed-requests.ts';
import type { MockMorOptions, MockMorSandbox } from '../mock-mor.ts';
import { invalidOption } from '../problems.ts';
import { createResetWorld, createSandboxWorlds, HOW_AT_ONCE } from './test-worlds.ts';

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

/** How the tests of a file are kept apart. */
export const ISOLATIONS = ['sandbox', 'port', 'reset'] as const;

export type Isolation = (typeof ISOLATIONS)[number];

/** What `useMockMor` takes: the options of `createMockMor`, and how tests are kept apart. */
export interface UseMockMorOptions extends MockMorOptions {
  /**
   * `sandbox`: a sandbox for each test, reached by a prefix of the path. `port`: a sandbox for each test on a port of its own, for
   * clients that drop the prefix. `reset`: one world for all tests, its `url` known at the top of the file, reset before each test.
   * Default: `sandbox`.
   */
  readonly isolation?: Isolation | undefined;
}

/** The world of the running test. */
export interface TestMor extends Omit<MockMorSandbox, 'url'> {
  /** Where the code under test finds MOR, without a slash at the end. */
  readonly url: string;
}

const AT_ONCE = `a test began before another had ended: useMockMor has the world of one test at a time. ${HOW_AT_ONCE}`;

const RUNNERS = 'globalThis in Jest, Mocha and Jasmine, * of vitest, bun:test or node:test, test in AVA';

/**
 * One server for all tests of a file, and a world for each test: what is given back always means the world of the test that runs, which
 * begins as the fixtures say.
 */
export function createSuite(runner: Runner, { isolation = 'sandbox', ...options }: UseMockMorOptions): TestMor {
  checkRunner(runner);
  checkOptions({ isolation }, { isolation: { type: ISOLATIONS } });
  const worlds = isolation === 'reset' ? createResetWorld(options) : createSandboxWorlds(options, isolation);
  /** The names of the tests that run: the last, behind those around it, for `node:test` has tests in tests. */
  const running: (string | undefined)[] = [];

  const start = (): Promise<void> => worlds.start();
  async function beginTest(mayBegin: boolean, testName?: string): Promise<void> {
    if (running.length > 0 && !mayBegin) throw invalidOption(AT_ONCE);
    running.push(testName);
    await worlds.begin();
  }
  async function endTest(): Promise<void> {
    if (running.length === 0) return;
    running.pop();
    await worlds.end();
  }
  const stop = (): Promise<void> => worlds.stop();

  // Each hook is called as a method of its runner, because some need their `this`. None of these functions may declare a parameter: runners
  // would wait for a callback (Mocha, Jest) or read the names of its fields (Vitest, Playwright).
  if (runner.beforeAll === undefined) {
    runner.before?.(start);
    runner.beforeEach((...context: readonly unknown[]) => {
      const testName = fullNameIn(context[0]);
      return beginTest(context.length === 0 || isInside(testName, running.at(-1)), testName);
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

  return new Proxy({} as TestMor, {
    get: (_, key) => {
      if (key === MISSED_REQUESTS) return () => worlds.missed();
      // A runner that prints or awaits the object asks it for such things outside a test, too.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      return worlds.get(key);
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
