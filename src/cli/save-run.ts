import { writeFileSync } from 'node:fs';
import type { MockMor } from '../mock-mor.ts';
import { showHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';

/**
 * Writes the run when the process ends, whatever ends it but SIGKILL. It is written at the start too: a path that cannot be written is
 * reported before anything runs, and no earlier run is taken for this one.
 *
 * @throws MockMorError `OPTION_INVALID` if the file cannot be written
 */
export function saveRunOnExit(mor: MockMor, file: string): void {
  const write = (): void => writeFileSync(file, `${JSON.stringify(mor.run())}\n`);
  try {
    write();
  } catch (error) {
    throw invalidOption(`--save-run: ${(error as Error).message}`);
  }
  process.once('exit', () => {
    try {
      write();
    } catch (error) {
      process.stderr.write(`mock-mor: the run is not saved: ${showHidden((error as Error).message)}\n`);
      process.exitCode = 1;
    }
  });
}
