/** The worlds of a file's tests, in the ways in which tests can be kept apart. */
import { MISSED_REQUESTS, type MissedRequestsView } from '../control/missed-requests.ts';
import { createMockMor, type MockMor, type MockMorOptions, type MockMorSandbox } from '../mock-mor.ts';
import { invalidOption } from '../problems.ts';
import { reservePort } from './reserve-port.ts';

/** What to do if tests run at the same time. */
export const HOW_AT_ONCE =
  "Tests that run at once (test.concurrent, AVA's test instead of test.serial) make their own by createSandbox() of one createMockMor().";

/** The worlds of a file's tests, one after the other. */
export interface TestWorlds {
  /** Before the first test. */
  start(): Promise<void>;
  /** Before a test, which may be one in a test. */
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** After the last test. */
  stop(): Promise<void>;
  /** A property of the world of the running test. @throws Error if there is none */
  get(key: string): unknown;
  /** A sentence about each way in which requests missed it. */
  missed(): readonly string[];
}

/** A sandbox for each test: behind a prefix of the path, or on a port of its own. */
export function createSandboxWorlds(options: MockMorOptions, isolation: 'sandbox' | 'port'): TestWorlds {
  let mor: MockMor | undefined;
  /** That of the running test, the last, behind those of the tests around it. */
  const sandboxes: MockMorSandbox[] = [];
  return {
    start: async () => {
      mor = await createMockMor(options);
      if (isolation === 'sandbox') await mor.listen();
    },
    begin: async () => {
      const sandbox = mor?.createSandbox();
      if (sandbox === undefined) return;
      sandboxes.push(sandbox);
      if (isolation === 'port') await sandbox.listen();
    },
    end: () => sandboxes.pop()?.close(),
    stop: async () => mor?.close(),
    get: (key) => {
      const sandbox = sandboxes.at(-1);
      if (sandbox !== undefined) return bind(sandbox, key);
      const advice = "useMockMor(runner, { isolation: 'reset' }) has one url for all tests, known at the top of the file.";
      throw new Error(
        `mor.${key} was used outside a test: there is a ${isolation} for each test only while it runs. ${advice} ${HOW_AT_ONCE}`,
      );
    },
    missed: () => missedBy(sandboxes.at(-1)),
  };
}

/** One world for all tests, whose url is known at once. */
export function createResetWorld(options: MockMorOptions): TestWorlds {
  const reserved = reservePort();
  const url = `http://127.0.0.1:${String(reserved.port)}`;
  let mor: MockMor | undefined;
  let loadedAs = '';
  /** What only a sandbox has. */
  const own: Readonly<Record<string, unknown>> = {
    url,
    name: '',
    path: '',
    view: () => {
      throw invalidOption("with the isolation 'reset' there is no sandbox to view: mor.health() and mor.counts() are of the one world");
    },
    close: () => Promise.resolve(),
  };
  return {
    start: async () => {
      mor = await createMockMor(options);
      loadedAs = JSON.stringify(mor.health().fixtures);
      await reserved.release();
      await mor.listen({ port: reserved.port });
    },
    begin: () => {
      if (mor === undefined) return;
      for (const { name } of mor.snapshots()) mor.deleteSnapshot(name);
      for (const { name } of mor.sandboxes()) mor.deleteSandbox(name);
      if (JSON.stringify(mor.health().fixtures) !== loadedAs) {
        if (typeof options.fixtures === 'object') mor.replaceFixtures(options.fixtures);
        else mor.reloadFixtures();
        loadedAs = JSON.stringify(mor.health().fixtures);
      }
      mor.reset();
    },
    end: () => undefined,
    stop: async () => (mor === undefined ? reserved.release() : mor.close()),
    get: (key) => {
      if (Object.hasOwn(own, key)) return own[key];
      if (mor !== undefined) return bind(mor, key);
      throw new Error(`mor.${key} was used before the first hook of useMockMor: until then only mor.url is known`);
    },
    missed: () => missedBy(mor),
  };
}

/** A property of a mock; a method keeps its `this`. */
function bind(mor: object, key: string): unknown {
  const value: unknown = Reflect.get(mor, key, mor);
  return typeof value === 'function' ? (value.bind(mor) as unknown) : value;
}

function missedBy(mor: object | undefined): readonly string[] {
  return (mor as Required<MissedRequestsView> | undefined)?.[MISSED_REQUESTS]() ?? [];
}
