import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPackageFolder, getPackageFolder } from '../src/package-folder.ts';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mock-mor-folder-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A folder with a package of this name. */
function packageAt(path: string, name: string): string {
  const made = join(folder, path);
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, 'package.json'), JSON.stringify({ name }));
  return made;
}

it('is one step above the code', () => {
  expect(getPackageFolder()).toBe(dirname(__dirname));
  expect(findPackageFolder(join(packageAt('a', 'mock-mor'), 'dist'), folder)).toBe(join(folder, 'a'));
});

it.each([
  ['of another package', 'shop'],
  ['of a folder without a name', undefined],
])('of a bundle in the dist %s it is the package installed near the bundle', (_, name) => {
  const project = packageAt('shop', name as string);
  const installed = packageAt('shop/node_modules/mock-mor', 'mock-mor');
  expect(findPackageFolder(join(project, 'dist'), folder)).toBe(installed);
});

it('of a bundle that was moved, or does not know its folder, it is the package installed near the current folder', () => {
  const project = packageAt('shop', 'shop');
  const installed = packageAt('shop/node_modules/mock-mor', 'mock-mor');
  expect(findPackageFolder(join(folder, 'elsewhere'), join(project, 'test'))).toBe(installed);
  expect(findPackageFolder(undefined, project)).toBe(installed);
});

it.each([
  ['that knows its folder', true],
  ['that does not', false],
])('a bundle far from any installed package gets an error that says what to do: one %s', (_, isKnown) => {
  const code = join(folder, 'dist');
  expect(() => findPackageFolder(isKnown ? code : undefined, folder)).toThrow(
    expect.objectContaining({
      code: 'PACKAGE_NOT_FOUND',
      message:
        'mock-mor was bundled, and the files that come with it (fixtures, descriptions) are not in the bundle: no installed mock-mor was found from ' +
        `${isKnown ? `${code} or ` : ''}${folder}. Leave it out of the bundle (esbuild: --external:mock-mor; webpack: externals; ` +
        'rolldown, rollup: external), run the bundle where it is installed, or give createMockMor the option fixtures.',
    }) as Error,
  );
});
