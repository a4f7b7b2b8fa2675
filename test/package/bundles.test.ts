import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { devDependencies, PackedPackage, run, version } from './project.ts';

jest.setTimeout(300_000);

const BUNDLES = ['esbuild.cjs', 'esbuild.mjs', 'rolldown.cjs', 'rolldown.mjs', 'webpack.cjs', 'webpack.mjs'];

let packed: PackedPackage;
let cwd: string;

beforeAll(() => {
  packed = new PackedPackage();
  cwd = packed.install('bundle', { esbuild: '0.28.2', rolldown: devDependencies['rolldown'], webpack: '5.113.0' });
  run(process.execPath, ['bundle.mjs'], cwd);
});
afterAll(() => packed.remove());

describe.each(BUNDLES)('a test helper in %s', (file) => {
  it('finds the shipped fixtures and the descriptions of the installed package', () => {
    expect(run(process.execPath, [join('out', file)], cwd)).toBe(`${version}: 9 users, Access Denied\n<?xml\n`);
  });

  it('far from any installed package says what to do, and serves fixtures of its own', () => {
    const far = mkdtempSync(join(packed.folder, 'far-'));
    copyFileSync(join(cwd, 'out', file), join(far, file));
    const message = new RegExp(
      '^PACKAGE_NOT_FOUND mock-mor was bundled, and .* no installed mock-mor was found from .*' +
        '\\. Leave it out of the bundle \\(esbuild: --external:mock-mor; .*\\), .* or give createMockMor the option fixtures\\.\\n$',
    );
    expect(run(process.execPath, [file], far)).toMatch(message);
    const [answer, description] = run(process.execPath, [file, 'own'], far).split(/\n(.*)/s);
    expect(answer).toBe(`${version}: 0 users, Access Denied`);
    expect(description).toMatch(message);
  });
});
