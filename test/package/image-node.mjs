/**
 * Runs what is named on the command line by the Node the image is built on, which may be another than the one at hand:
 * `node image-node.mjs npm test`. The version is the one in the Dockerfile; the binary comes from the npm registry into a temporary folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const versions = new Set(Array.from(readFileSync('Dockerfile', 'utf8').matchAll(/^FROM node:(\d+\.\d+\.\d+)/gm), ([, version]) => version));
if (versions.size !== 1)
  throw new Error(`the Dockerfile names ${String(versions.size)} versions of Node; it is to be built and run by one`);
const [version] = versions;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('what shall be run? Usage: node image-node.mjs COMMAND [ARGUMENT ...]');

const folder = mkdtempSync(join(tmpdir(), 'mock-mor-image-node-'));
try {
  const binary = `node-${process.platform}-${process.arch}`;
  const flags = ['--prefix', folder, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags, `${binary}@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  const path = [join(folder, 'node_modules', binary, 'bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  const found = execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim();
  if (found !== `v${version}`) throw new Error(`the image is built on v${version}, but ${found} was found`);
  console.log(`by Node ${found}, as in the image: ${[command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command, args, { env, stdio: 'inherit' });
  if (error !== undefined) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
