import { appendFileSync } from 'node:fs';
import { showHidden } from '../mor/quote.ts';

/** Appends Markdown to the summary of the job, if this is a step of GitHub Actions (`GITHUB_STEP_SUMMARY`) or of what does the same. */
export function appendStepSummary(markdown: string, env: NodeJS.ProcessEnv): void {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, `${markdown}\n`);
  } catch (error) {
    // The result of the command is what it is without its summary.
    process.stderr.write(`mock-mor: no summary in GITHUB_STEP_SUMMARY: ${showHidden((error as Error).message)}\n`);
  }
}
