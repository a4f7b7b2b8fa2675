/** For test runners: `useMockMor` at the top of a test file, and matchers or assertions that say why. */
import type { DidView } from './control/did-control.ts';
import type { RequestFilter } from './control/request-list.ts';
import type { MockMorOptions, MockMorSandbox } from './mock-mor.ts';
import { morMatchers } from './testing/matchers.ts';
import { suiteOf, type Runner } from './testing/suite.ts';

export { assertAnswered, assertCreatedDid } from './testing/assertions.ts';
export { morMatchers, type MatcherResult, type Watched } from './testing/matchers.ts';
export type { Runner } from './testing/suite.ts';

/** What `expect` can do once it was extended by `morMatchers`. */
export interface MorMatchers<R = unknown> {
  /** A call made a DID of this number, and its fields are as given. */
  toHaveCreatedDid(did: string, fields?: Partial<DidView>): R;
  /** A request was answered with this text of MOR's. */
  toHaveAnswered(outcome: string, where?: RequestFilter): R;
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
 * One server for the tests of a file, one sandbox for each test, and, where the runner has an `expect` to extend, the matchers.
 * `runner` is what has the runner's hooks: `globalThis` in Jest, `import * as runner from 'vitest'` or `'node:test'` elsewhere.
 *
 * @throws MockMorError `OPTION_INVALID` where `runner` has no such hooks; bad options and fixtures fail the file's first hook
 */
export function useMockMor(runner: Runner, options: MockMorOptions = {}): MockMorSandbox {
  const mor = suiteOf(runner, options);
  runner.expect?.extend(morMatchers as never);
  return mor;
}
