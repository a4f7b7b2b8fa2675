import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MockMorError } from './problems.ts';

const NAME = 'mock-mor';

let found: string | undefined;

/**
 * The folder of the package, where its fixtures and descriptions are: one step above `src`, as above `dist`, where the command is one file.
 * Of code that a bundler copied elsewhere it is the package that is installed near the bundle or the current folder.
 *
 * @throws MockMorError `PACKAGE_NOT_FOUND` if there is none
 */
export function getPackageFolder(): string {
  found ??= findPackageFolder(ownFolder(), resolve('.'));
  return found;
}

/** `codeFolder` is where this code is, if that is known. */
export function findPackageFolder(codeFolder: string | undefined, currentFolder: string): string {
  if (codeFolder !== undefined && isPackage(dirname(codeFolder))) return dirname(codeFolder);
  const from = [...new Set([codeFolder ?? currentFolder, currentFolder])];
  for (const folder of from) {
    const installed = installedNear(folder);
    if (installed !== undefined) return installed;
  }
  throw new MockMorError(
    'PACKAGE_NOT_FOUND',
    `${NAME} was bundled, and the files that come with it (fixtures, descriptions) are not in the bundle: no installed ${NAME} was found from ` +
      `${from.join(' or ')}. Leave it out of the bundle (esbuild: --external:${NAME}; webpack: externals; rolldown, rollup: external), ` +
      'run the bundle where it is installed, or give createMockMor the option fixtures.',
  );
}

/** The folder of this file. An ES module that a bundler made knows none by this name. */
function ownFolder(): string | undefined {
  return typeof __dirname === 'string' ? resolve(__dirname) : undefined;
}

function isPackage(folder: string): boolean {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: unknown };
    return name === NAME;
  } catch {
    return false;
  }
}

/** The package in the `node_modules` of this folder or of one above it, as Node would find it. */
function installedNear(folder: string): string | undefined {
  const candidate = join(folder, 'node_modules', NAME);
  if (isPackage(candidate)) return candidate;
  const above = dirname(folder);
  return above === folder ? undefined : installedNear(above);
}
