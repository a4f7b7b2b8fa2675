import { CommanderError } from 'commander';
import { showHidden } from '../mor/quote.ts';
import { MockMorError, type ProblemCode } from '../problems.ts';
import { runProgram } from './program.ts';

/** Exit status for an error that we did not foresee: EX_SOFTWARE of sysexits.h. */
const EXIT_INTERNAL = 70;

/** Errors in the command line, or in the files it names: exit status 2. */
const USAGE_ERRORS: readonly ProblemCode[] = ['OPTION_INVALID', 'FIXTURE_INVALID', 'RECORD_INVALID', 'TARGET_UNUSABLE'];

/** Reports an error on standard error and returns the exit status for it. */
function reportError(error: unknown): number {
  // Commander has printed the help or the version.
  if (error instanceof CommanderError) return error.exitCode;
  if (!(error instanceof MockMorError)) {
    process.stderr.write(`mock-mor: ${showHidden(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    return EXIT_INTERNAL;
  }
  process.stderr.write(`mock-mor: ${showHidden(error.message)}\n`);
  return USAGE_ERRORS.includes(error.code) ? 2 : 1;
}

// A reader may close our output before we are done (`mock-mor --help | head -1`). That is no failure.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

runProgram(process.argv.slice(2), process.env).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = reportError(error);
  },
);
