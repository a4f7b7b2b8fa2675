/** A clone as others use it: installed from its git URL, and packed before anything is built. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, version } from './project.ts';

jest.setTimeout(600_000);

let folder: string;
let clone: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-git-'));
  clone = join(folder, 'clone');
  mkdirSync(clone);
  // What would be committed, as it is now.
  const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], ROOT).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(ROOT, file), join(clone, file));
  const git = (...args: string[]): string => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], clone);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=All');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A script that counts the builds, next to the real one. */
function countBuilds(): () => number {
  const manifest = join(clone, 'package.json');
  const { scripts, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts: Record<string, string> };
  const log = join(folder, 'builds.txt');
  writeFileSync(log, '');
  const build = `node -e "fs.appendFileSync('${log}', 'x')" && ${scripts['build'] ?? ''}`;
  writeFileSync(manifest, JSON.stringify({ ...rest, scripts: { ...scripts, build } }));
  return () => readFileSync(log, 'utf8').length;
}

test('npm pack without dependencies says what is missing, and packs nothing', () => {
  const { status, stderr } = spawnSync('npm', ['pack', '--pack-destination', folder], { cwd: clone, encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain(
    'mock-mor: dist is not built, because typescript and rolldown are not installed: run npm ci, with devDependencies',
  );
});

test('npm pack with dependencies builds, once', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const builds = countBuilds();
  const pack = (): string => run('npm', ['pack', '--json', '--pack-destination', folder], clone);
  expect(pack()).toContain('dist/index.js');
  pack();
  expect(builds()).toBe(1);
  execFileSync('git', ['checkout', '--quiet', 'package.json'], { cwd: clone });
  rmSync(join(clone, 'node_modules'));
  rmSync(join(clone, 'dist'), { recursive: true });
});

test('npm install of a git URL builds, once, and works', () => {
  const builds = countBuilds();
  run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--all', '--message=Count'], clone);
  const cwd = join(folder, 'user');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', `git+file://${clone}`], cwd);
  expect(run(join(cwd, 'node_modules/.bin/mock-mor'), ['--version'], cwd)).toBe(`${version}\n`);
  expect(run(process.execPath, ['-p', "require('mock-mor').callHash('did_close', { dids_id: 1 }, 'k').length"], cwd)).toBe('40\n');
  expect(builds()).toBe(1);
});
