/** For test runners: `useMockMor` at the top of a test file, and matchers or assertions that say why. */
import type { DidView } from './control/did-view.ts';
import type { RequestFilter } from './control/request-list.ts';
import type { CallName, MorText } from './mor/words.ts';
import { morMatchers, type SentParams } from './testing/matchers.ts';
import { createSuite, type Runner, type TestMor, type UseMockMorOptions } from './testing/suite.ts';

export { assertAnswered, assertCalled, assertCreatedDid, assertDid } from './testing/assertions.ts';
export { morMatchers, type MatcherResult, type SentParams, type Watched } from './testing/matchers.ts';
export type { CallName, MorText } from './mor/words.ts';
export type { Isolation, Runner, TestMor, UseMockMorOptions } from './testing/suite.ts';

/** What `expect` can do once it was extended by `morMatchers`. */
export interface MorMatchers<R = unknown> {
  /** A call made a DID of this number, and its fields are as given. */
  toHaveCreatedDid(did: string, fields?: Partial<DidView>): R;
  /** A DID of any origin has this number, and its fields are as given. */
  toHaveDid(did: string, fields?: Partial<DidView>): R;
  /** A request called this call of MOR's with these parameters, whatever it was answered. */
  toHaveCalled(call: CallName, params?: SentParams): R;
  /** A request was answered with this text of MOR's. */
  toHaveAnswered(outcome: MorText, where?: RequestFilter): R;
}

declare global {
  // The name that @types/jest gives its matchers; merging with it is the only way to add some.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type
    interface Matchers<R> extends MorMatchers<R> {}
  }
}

/**
 * One server for the tests of a file, one world for each test, and the matchers if the runner has an `expect` to extend.
 * `runner` is what has the runner's hooks: `globalThis` in Jest, Mocha and Jasmine, `test` in AVA, `import * as runner from 'vitest'`,
 * `'bun:test'` or `'node:test'` elsewhere.
 *
 * @throws MockMorError `OPTION_INVALID` if `runner` lacks such hooks or there is no such isolation; bad options and fixtures fail the file's first hook
 */
export function useMockMor(runner: Runner, options: UseMockMorOptions = {}): TestMor {
  const mor = createSuite(runner, options);
  const { expect } = runner;
  if (isExtensible(expect)) expect.extend(morMatchers);
  return mor;
}

/** Whether matchers can be added. The `expect` of chai and of Jasmine cannot be extended so. */
function isExtensible(expect: unknown): expect is { extend(matchers: typeof morMatchers): unknown } {
  return typeof (expect as { readonly extend?: unknown } | null | undefined)?.extend === 'function';
}
