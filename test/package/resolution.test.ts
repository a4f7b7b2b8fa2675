/** The types as TypeScript of several versions finds and reads them, from the packed package. */
import { join } from 'node:path';
import { devDependencies, PackedPackage, run } from './project.ts';

jest.setTimeout(600_000);

let packed: PackedPackage;
let cwd: string;

beforeAll(() => {
  packed = new PackedPackage();
  cwd = packed.install('node10', {
    '@types/jasmine': '6.0.0',
    '@types/jest': devDependencies['@types/jest'],
    '@types/mocha': '10.0.10',
    '@types/node': devDependencies['@types/node'],
    jest: devDependencies['jest'],
    'ts-jest': '29.4.15',
    typescript: '5.9.3',
    'typescript-5.4': 'npm:typescript@5.4.5',
  });
});
afterAll(() => packed.remove());

function compile(compiler: string, options: string, files: readonly string[]): void {
  const strict = '--noEmit --strict --esModuleInterop --target es2022';
  run(process.execPath, [join('node_modules', compiler, 'bin/tsc'), ...strict.split(' '), ...options.split(' '), ...files], cwd);
}

describe.each(['typescript-5.4', 'typescript'])('%s', (compiler) => {
  test('node10, the default of CommonJS: all types are found and sound, whatever lib there is', () => {
    compile(compiler, '--module commonjs --types node', ['entries.ts', 'disposing.ts']);
  });

  test.each(['--module node16 --moduleResolution node16', '--module esnext --moduleResolution bundler'])('%s', (options) => {
    compile(compiler, `${options} --types node --skipLibCheck`, ['entries.ts', 'disposing.ts']);
  });

  test('using, with the lib for it', () => {
    compile(compiler, '--module commonjs --types node --skipLibCheck --lib es2022,esnext.disposable', ['using.ts']);
  });
});

test.each(['jasmine', 'mocha'])('useMockMor takes the globals of %s', (runner) => {
  compile('typescript', `--module commonjs --types node,${runner} --skipLibCheck`, [`${runner}.ts`]);
});

test('ts-jest, its types checked, under node10', () => {
  run('npx', ['--no-install', 'jest', '--ci'], cwd);
});
