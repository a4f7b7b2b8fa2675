/**
 * Builds `dist` unless it is newer than what it is made of. npm runs it as `prepare`: after an install in a clone, before the package is
 * packed, and twice where a project installs mock-mor from a git URL.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What a build reads. */
const SOURCES = ['src', 'build', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'LICENSE'];

/** What a build writes last. */
const LAST = join(ROOT, 'dist', 'THIRD-PARTY-LICENCES.txt');

/** When something was changed last: a folder is when a file in it was added or removed. */
function changedAt(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

function isFresh() {
  return existsSync(LAST) && SOURCES.every((source) => changedAt(join(ROOT, source)) <= statSync(LAST).mtimeMs);
}

if (isFresh()) process.exit(0);

const missing = ['typescript', 'rolldown'].filter((name) => !existsSync(join(ROOT, 'node_modules', name)));
if (missing.length > 0) {
  const { npm_command: command = '' } = process.env;
  // Without devDependencies an install is complete; a package is not.
  const isInstall = ['ci', 'install', 'install-test', 'install-ci-test'].includes(command);
  console.error(
    `mock-mor: dist is not built, because ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed: run npm ci, with devDependencies`,
  );
  process.exit(isInstall ? 0 : 1);
}
const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], shell: true });
process.exit(status ?? 1);
