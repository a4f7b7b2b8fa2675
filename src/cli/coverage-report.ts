import { writeFileSync } from 'node:fs';
import { missingIn, type Coverage, type RequiredShare } from '../control/coverage-report.ts';
import type { MockMor } from '../mock-mor.ts';
import { showHidden } from '../mor/quote.ts';
import { appendStepSummary } from './step-summary.ts';
import { invalidOption } from '../problems.ts';

/** What a suite must have met: what the vendor's page lists, or everything; undefined asks for nothing. */
type Required = RequiredShare | undefined;

/**
 * Writes the report when the process ends, whatever ends it but SIGKILL. It is written at the start too: a path that cannot be
 * written is reported before anything runs, and no report of an earlier run is taken for this one's.
 *
 * @throws MockMorError `OPTION_INVALID` where the file cannot be written
 */
export function writeOnExit(mor: MockMor, file: string, required: Required): void {
  try {
    writeFileSync(file, reportText(mor, required));
  } catch (error) {
    throw invalidOption(`--coverage-report: ${(error as Error).message}`);
  }
  process.once('exit', () => {
    appendStepSummary(formatCoverage(mor.coverage(), required), process.env);
    try {
      writeFileSync(file, reportText(mor, required));
    } catch (error) {
      process.stderr.write(`mock-mor: no coverage report: ${showHidden((error as Error).message)}\n`);
      process.exitCode = 1;
    }
  });
}

/** The exit status by what was required: 0, or 1 with what is missing on standard error. */
export function coverageExitCode(mor: MockMor, required: Required): number {
  const missing = missingOf(mor, required);
  if (missing.length === 0) return 0;
  process.stderr.write(`mock-mor: --coverage-require ${String(required)}: not met\n${missing.map((outcome) => `  ${outcome}\n`).join('')}`);
  return 1;
}

function missingOf(mor: MockMor, required: Required): readonly string[] {
  return required === undefined ? [] : missingIn(mor.coverage(), required);
}

/** How many listed outcomes a call may miss, so that a summary stays one screen. */
const MAX_MISSING = 8;

/** The report as Markdown: what of each call was met, and what is missing of what is required, or else of what the page lists. */
export function formatCoverage(coverage: Coverage, required: Required): string {
  const share = required ?? 'page';
  const missing = missingIn(coverage, share);
  const mark = required === undefined ? '' : missing.length === 0 ? '✅ ' : '❌ ';
  const met = coverage.calls.reduce((sum, call) => sum + call[share].met, 0);
  const total = coverage.calls.reduce((sum, call) => sum + call[share].of, 0);
  const rows = coverage.calls
    .filter(({ all }) => all.met > 0)
    .map(({ call, page, all }) => {
      const left = (share === 'page' ? page : all).missing;
      const more = left.length > MAX_MISSING ? ` and ${String(left.length - MAX_MISSING)} more` : '';
      return `| \`${call}\` | ${String(page.met)} of ${String(page.of)} | ${String(all.met)} of ${String(all.of)} | ${left.slice(0, MAX_MISSING).join(', ')}${more} |`;
    });
  const unmet = coverage.calls.filter(({ all }) => all.met === 0).map(({ call }) => `\`${call}\``);
  return [
    '## mock-mor coverage',
    '',
    `${mark}${String(met)} of ${String(total)} outcomes were met: ${share === 'page' ? "those that the vendor's pages list" : 'all that there are'}.`,
    ...(rows.length === 0 ? [] : ['', '| call | page | all | missing |', '| --- | ---: | ---: | --- |', ...rows]),
    ...(unmet.length === 0 ? [] : ['', `Not called: ${unmet.join(', ')}.`]),
    '',
  ].join('\n');
}

/** All sandboxes together, then each that is still there. */
function reportText(mor: MockMor, required: Required): string {
  const sandboxes = mor.sandboxes().map(({ name }) => ({ name, ...mor.sandbox(name).coverage() }));
  const report = { required: required ?? null, missing: missingOf(mor, required), ...mor.coverage(), sandboxes };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
