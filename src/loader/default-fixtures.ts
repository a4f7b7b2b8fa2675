import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../package-folder.ts';

/** The folder of the fixtures that come with the package. */
export const DEFAULT_FIXTURES = join(PACKAGE_FOLDER, 'fixtures');
