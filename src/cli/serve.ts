import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { watchFixtures } from '../loader/watch.ts';
import type { Log } from '../log.ts';
import { createMockMor, type MockMor } from '../mock-mor.ts';
import { OPTIONS } from '../options.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import { coverageExitCode, writeOnExit } from './coverage-report.ts';
import { listFirstSteps } from './first-steps.ts';
import { formatCounts } from './format-counts.ts';
import { checkOutputFile } from './output-file.ts';
import { createProgress, type Progress } from './progress.ts';
import { loadTlsKeys } from './tls-keys.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { createStderrLogger, exitOnUncaught, listenOrExplain, resolveLogFormat, waitForStopSignal } from './process-lifecycle.ts';
import { saveRunOnExit } from './save-run.ts';
import { resolveOptions, type OptionValues } from './resolve-options.ts';

/** How long clients have to end after a stop signal. Orchestrators kill after 10 s or more; a CI job waits for every one of them. */
const STOP_MS = 2000;

/** `mock-mor serve`. */
export const SERVE: CommandSpec = {
  description: 'Start the server. It runs until it gets SIGTERM or SIGINT.',
  options: OPTIONS,
  examples: [
    ['mock-mor', 'serves the shipped fixtures on http://127.0.0.1:8080'],
    ['mock-mor serve --fixtures ./fixtures --watch', 'serves your own, and loads them again when a file changes'],
    ['MOCK_MOR_PORT=0 mock-mor --log json', 'takes any free port, which the ready line names'],
  ],
  run: serve,
};

/**
 * Returns 0 after a signal to stop, 1 if the port cannot be had or `--coverage-require` is not met.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
async function serve({ flags }: ParsedArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const stopped = waitForStopSignal();
  const options = resolveOptions(OPTIONS, flags, env);
  // What is not for the command alone goes to the library, by the same names.
  const {
    port,
    host,
    watch: watches,
    log: format,
    coverageReport,
    coverageRequire,
    explain,
    saveRun,
    tls,
    tlsCert,
    tlsKey,
    tlsCaOut,
    ...ofTheLibrary
  } = options;
  const { fixtures, verified } = ofTheLibrary;
  if (coverageReport !== undefined)
    checkOutputFile('--coverage-report', coverageReport, { '--fixtures': fixtures, '--verified': verified });
  if (saveRun !== undefined) {
    checkOutputFile('--save-run', saveRun, { '--fixtures': fixtures, '--verified': verified });
    if (saveRun === coverageReport) throw invalidOption('--save-run and --coverage-report name the same file');
  }
  if (tlsCaOut !== undefined)
    checkOutputFile('--tls-ca-out', tlsCaOut, {
      '--fixtures': fixtures,
      '--verified': verified,
      '--tls-cert': tlsCert,
      '--tls-key': tlsKey,
    });
  const tlsKeys = await loadTlsKeys({ tls, tlsCert, tlsKey, tlsCaOut, allowedHosts: options.allowedHosts, host });
  const progress = format === undefined || format === 'pretty' ? createProgress(process.stderr) : undefined;
  const log = logAfter(progress, await createStderrLogger(format));
  await exitOnUncaught(format);
  // The first look comes before the files are read, so no change falls between the two.
  const watch = watches ? watchFixtures(fixtures ?? getDefaultFixtures(), () => reload(mor, log)) : undefined;
  const loadListener = { onFiles: watch?.unwatchCsvFiles, onListFile: watch?.watchCsvFile, onProgress: progress?.onProgress };
  const mor = await createMockMor({
    ...ofTheLibrary,
    tls: tlsKeys,
    explain: explain ?? explainsByDefault(format),
    log,
    loadListener,
  }).finally(progress?.end);
  if (coverageReport !== undefined) writeOnExit(mor, coverageReport, coverageRequire);
  if (saveRun !== undefined) saveRunOnExit(mor, saveRun);
  const url = await listenOrExplain(() => mor.listen({ port, host }), port, host);
  if (url === undefined) return 1;
  log({ level: 'info', message: formatLimits(options) });
  process.stdout.write(`mock-mor ready on ${url} (fixtures: ${fixtures ?? 'shipped'}, ${formatCounts(mor.health().counts)})\n`);
  if (process.stdout.isTTY)
    process.stdout.write(
      listFirstSteps(mor, url, options.admin)
        .map((line) => `${line}\n`)
        .join(''),
    );
  await stopped;
  watch?.stop();
  // Whatever a client does, we are gone in time.
  setTimeout(() => process.exit(coverageExitCode(mor, coverageRequire)), STOP_MS).unref();
  await mor.close();
  return coverageExitCode(mor, coverageRequire);
}

/** Reasons are for people at a terminal. */
function explainsByDefault(format: OptionValues<typeof OPTIONS>['log']): boolean {
  return process.stderr.isTTY && resolveLogFormat(format) === 'pretty';
}

/** A log whose lines stand where the progress of a load stood. */
function logAfter(progress: Progress | undefined, log: Log): Log {
  if (progress === undefined) return log;
  return (entry) => {
    progress.end();
    log(entry);
  };
}

/** A bad file keeps the last good world; health shows the same failure. */
function reload(mor: MockMor, log: Log): void {
  try {
    log({ level: 'info', message: `fixtures loaded again: ${formatCounts(mor.reloadFixtures())}` });
  } catch (error) {
    if (!(error instanceof MockMorError)) throw error;
    log({ level: 'error', message: `fixtures not loaded, the last valid ones stay active. ${error.message}` });
  }
}

/** The limits for connections and requests, for the log. */
function formatLimits(options: OptionValues<typeof OPTIONS>): string {
  const { maxBodyBytes, maxHeaderBytes, maxParameters, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = options;
  const sizes = `${String(maxBodyBytes)} bytes of body, ${String(maxHeaderBytes)} of headers, ${String(maxParameters)} parameters`;
  const times = `headers ${formatTimeout(headersTimeoutMs)}, request ${formatTimeout(requestTimeoutMs)}, keep-alive ${formatTimeout(keepAliveTimeoutMs)}`;
  return `limits: ${sizes}; time-outs: ${times}`;
}

function formatTimeout(ms: number): string {
  return ms === 0 ? 'none' : `${String(ms)} ms`;
}
