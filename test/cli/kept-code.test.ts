import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAndRun, keptCodeOf, runScript } from '../../src/cli/kept-code.ts';
import { packageVersion } from '../../src/package-version.ts';

const DIST = join(__dirname, '../../dist');

let folder: string;
let script: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-code-'));
  script = join(folder, 'script.js');
  writeFileSync(join(folder, 'name.js'), "module.exports = 'beside';");
  // It writes down what it sees, where the test can read it.
  writeFileSync(
    script,
    "const fs = require('node:fs'); fs.writeFileSync(__dirname + '/seen', require('./name.js') + ' ' + (module.exports === exports) + ' ' + __filename);",
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seen = (): string => readFileSync(join(folder, 'seen'), 'utf8');

test('a script without kept code runs as it would by require', () => {
  expect(runScript(script)).toBeUndefined();
  expect(seen()).toBe(`beside true ${script}`);
});

test('kept code is taken, and the script runs the same', () => {
  writeFileSync(keptCodeOf(script), compileAndRun(script).createCachedData());
  rmSync(join(folder, 'seen'));
  expect(runScript(script)?.cachedDataRejected).toBe(false);
  expect(seen()).toBe(`beside true ${script}`);
});

test.each(['', 'what another V8 made'])('code that is not of this V8 (%j) is refused, and the script compiled', (code) => {
  writeFileSync(keptCodeOf(script), code);
  expect(runScript(script)?.cachedDataRejected).toBe(true);
  expect(seen()).toBe(`beside true ${script}`);
});

test('the build keeps the code of the command, and V8 takes it', () => {
  // In a process of its own: what other tests have set of V8's flags makes it refuse all code.
  const run = `
    process.argv.splice(1, 0, 'mock-mor', '--version');
    const { runScript } = require(${JSON.stringify(join(DIST, 'cli/kept-code.js'))});
    console.log(runScript(${JSON.stringify(join(DIST, 'command.js'))})?.cachedDataRejected);`;
  expect(execFileSync(process.execPath, ['-e', run], { encoding: 'utf8' })).toBe(`${packageVersion()}\nfalse\n`);
});

test('the command is plain ASCII, and each package beside it loads', () => {
  const packages = readdirSync(join(DIST, 'packages')).map((file) => join(DIST, 'packages', file));
  expect(packages.length).toBeGreaterThan(0);
  for (const file of [join(DIST, 'command.js'), ...packages]) expect(readFileSync(file, 'latin1')).not.toMatch(/[^\0-\x7f]/);
  for (const file of packages) compileAndRun(file);
});
