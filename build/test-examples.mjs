// Runs the examples whose tools are installed, and prints why it skips the others. Those of Node.js install the packed package.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mock-mor-examples-'));
const failed = [];

try {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' }),
  );
  for (const name of ['jest', 'vitest', 'node-test']) await runExample(name, () => testWithNode(name, join(folder, filename)));
  const server = await startMock();
  try {
    for (const [name, find] of [
      ['python', findPython],
      ['java', findJava],
      ['php', findPhp],
    ]) {
      const { command, reason } = find();
      if (command === undefined) console.log(`skipped ${name}: ${reason}`);
      else
        await runExample(name, () =>
          run(command, copyExample(name), { ...process.env, MOR_URL: server.url, PYTHONDONTWRITEBYTECODE: '1' }),
        );
    }
  } finally {
    await server.stop();
  }
  for (const name of ['compose', 'pact', 'testcontainers'])
    console.log(`skipped ${name}: needs Docker or downloads; its README says how to run it`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function runExample(name, test) {
  try {
    await test();
    console.log(`passed  ${name}`);
  } catch (error) {
    failed.push(name);
    console.log(`failed  ${name}: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  }
}

function copyExample(name) {
  const copy = join(folder, name);
  cpSync(join(ROOT, 'examples', name), copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
  return copy;
}

function testWithNode(name, tarball) {
  const cwd = copyExample(name);
  const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  manifest.devDependencies['mock-mor'] = `file:${tarball}`;
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
  run(['npm', 'install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd);
  run(['npm', 'test'], cwd);
}

function run([program, ...args], cwd, env = process.env) {
  execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 180_000 });
}

async function startMock() {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), '--port', '0', '--log', 'silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    url: /http:\S+/.exec(String(line))[0],
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function works(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function findPython() {
  if (!works('python3', '-c', 'import pytest, requests')) return { reason: 'python3 with pytest and requests is not installed' };
  return { command: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'] };
}

function findJava() {
  if (!works('javac', '--version')) return { reason: 'no JDK is installed' };
  const version = /(\d+)/.exec(execFileSync('javac', ['--version'], { encoding: 'utf8' }))?.[1];
  return Number(version) < 17 ? { reason: `the JDK is ${version}, it needs 17` } : { command: ['java', 'CreateNumberTest.java'] };
}

/** PHPUnit of Composer, or that of Debian with its Guzzle. */
function findPhp() {
  const autoload = '/usr/share/php/GuzzleHttp/autoload.php';
  if (works('phpunit', '--version') && existsSync(autoload)) return { command: ['phpunit', '--bootstrap', autoload, 'tests'] };
  return { reason: 'phpunit and php-guzzlehttp-guzzle (names of Debian) are not installed' };
}
