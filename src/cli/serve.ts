import { getShippedFixtures } from '../fixtures/shipped.ts';
import { watchFixtures } from '../fixtures/watch.ts';
import type { Log } from '../log.ts';
import { createMockMor, type MockMor } from '../mock-mor.ts';
import { OPTIONS } from '../options.ts';
import { MockMorError } from '../problems.ts';
import { settleOptions, type Given } from './arguments.ts';
import { countsText } from './counts.ts';
import { limitsText } from './limits.ts';
import { reportCoverage, statusByCoverage } from './coverage-file.ts';
import { checkOutputFile } from './output-file.ts';
import { progressOn, type Progress } from './progress.ts';
import { dieLoudly, listening, logOf, stopSignal } from './server-life.ts';

/** How long clients have to end after a stop signal. Orchestrators kill after 10 s or more; a CI job waits for every one of them. */
const STOP_MS = 2000;

/**
 * Serves until a signal says stop, and gives the exit status.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
export async function serve(flags: Given['flags'], variables: NodeJS.ProcessEnv): Promise<number> {
  const stopped = stopSignal();
  const options = settleOptions(OPTIONS, flags, variables);
  // What is not for the command alone goes to the library, by the same names.
  const { port, host, watch: watches, log: format, coverageReport, coverageRequire, ...ofTheLibrary } = options;
  const { fixtures, verified } = ofTheLibrary;
  if (coverageReport !== undefined)
    checkOutputFile('--coverage-report', coverageReport, { '--fixtures': fixtures, '--verified': verified });
  const progress = format === undefined || format === 'pretty' ? progressOn(process.stderr) : undefined;
  const log = logAfter(progress, logOf(format));
  dieLoudly(format);
  // The first look comes before the files are read, so no change falls between the two.
  const watch = watches ? watchFixtures(fixtures ?? getShippedFixtures(), () => reload(mor, log)) : undefined;
  const loadListener = { onFiles: watch?.forgetLists, onListFile: watch?.followList, onProgress: progress?.onProgress };
  const mor = await createMockMor({ ...ofTheLibrary, log, loadListener }).finally(progress?.end);
  if (coverageReport !== undefined) reportCoverage(mor, coverageReport, coverageRequire);
  const url = await listening(() => mor.listen({ port, host }), port, host);
  if (url === undefined) return 1;
  log({ level: 'info', message: limitsText(options) });
  process.stdout.write(`mock-mor ready on ${url} (fixtures: ${fixtures ?? 'shipped'}, ${countsText(mor.health().counts)})\n`);
  await stopped;
  watch?.stop();
  // Whatever a client does, we are gone in time.
  setTimeout(() => process.exit(statusByCoverage(mor, coverageRequire)), STOP_MS).unref();
  await mor.close();
  return statusByCoverage(mor, coverageRequire);
}

/** A log whose lines stand where the progress of a load stood. */
function logAfter(progress: Progress | undefined, log: Log): Log {
  if (progress === undefined) return log;
  return (entry) => {
    progress.end();
    log(entry);
  };
}

/** A bad file keeps the last good world; health tells the same failure. */
function reload(mor: MockMor, log: Log): void {
  try {
    log({ level: 'info', message: `fixtures loaded anew: ${countsText(mor.reloadFixtures())}` });
  } catch (error) {
    if (!(error instanceof MockMorError)) throw error;
    log({ level: 'error', message: `fixtures not loaded, the last good ones stay in force. ${error.message}` });
  }
}
