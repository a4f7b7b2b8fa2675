/**
 * Jest's runner, but for one thing: of a mutant that a test has killed, the tests behind it are not run. Stryker would have
 * all of them run, which takes three times as long. It asks for a runner with `jest-circus` in its name.
 */
import { createEmptyTestResult } from '@jest/test-result';
import circus from 'jest-circus/runner';

let lastKilled;

/** Jest takes a file without a test for a fault. */
const notRun = () => ({ ...createEmptyTestResult(), testResults: [{ status: 'pending', fullName: 'not run', failureMessages: [] }] });

export default async function runUntilKilled(globalConfig, config, environment, ...others) {
  // Undefined in the run without a mutant, which goes through everything.
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  const isKilled = () => mutant !== undefined && lastKilled === mutant;
  if (isKilled()) return notRun();
  const handle = environment.handleTestEvent;
  environment.handleTestEvent = async (event, state) => {
    if (event.name === 'test_done' && event.test.errors.length > 0) lastKilled = mutant;
    if (event.name === 'test_start' && isKilled()) event.test.mode = 'skip';
    await handle?.call(environment, event, state);
  };
  return circus.default(globalConfig, config, environment, ...others);
}
