/** Properties are tried with the same numbers for each mutant, and what fails is not made smaller: that it fails is all that is asked. */
import type * as FastCheck from 'fast-check';

jest.mock('fast-check', (): typeof FastCheck => {
  const actual = jest.requireActual<typeof FastCheck>('fast-check');
  actual.configureGlobal({ seed: 20261125, endOnFailure: true });
  return actual;
});
