import { join } from 'node:path';
import { getPackageFolder } from '../package-folder.ts';

/** The folder of the fixtures that come with the package. @throws MockMorError `PACKAGE_NOT_FOUND` in a bundle that cannot find it */
export function getDefaultFixtures(): string {
  return join(getPackageFolder(), 'fixtures');
}
