import { realpathSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { quoteIfHidden } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';

/**
 * Refuses to write a file over one that the command reads, or into a folder of fixtures as one of them. `inputs` are paths by the
 * options that name them.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function checkOutputFile(option: string, file: string, inputs: Readonly<Record<string, string | undefined>>): void {
  const output = realPath(file);
  for (const [name, path] of Object.entries(inputs)) {
    if (path === undefined) continue;
    const input = realPath(path);
    if (output === input) throw invalidOption(`${option} would overwrite what ${name} reads: ${quoteIfHidden(file)}`);
    if (name === '--fixtures' && dirname(output) === input && /^\.ya?ml$/i.test(extname(output)))
      throw invalidOption(`${option} would be read as a fixture file, because it is in the folder of ${name}: ${quoteIfHidden(file)}`);
  }
}

/** The path without links. Of a file that is not there yet, that of its folder. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const folder = dirname(whole);
    return folder === whole ? whole : resolve(realPath(folder), whole.slice(folder.length).replace(/^[\\/]/, ''));
  }
}
