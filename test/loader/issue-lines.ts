import { MockMorError, type ProblemCode } from '../../src/problems.ts';

/** The issues of an error that is thrown, a line each; fails if nothing or something else is thrown. */
export function issueLines(run: () => unknown, code: ProblemCode = 'FIXTURE_INVALID'): readonly string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MockMorError)) throw error;
    expect(error.code).toBe(code);
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error('nothing was thrown');
}
