import { join } from 'node:path';

/** The folder of the package: one step above `src`, as above `dist`, where the command is one file. */
export const PACKAGE_FOLDER = join(__dirname, '..');
