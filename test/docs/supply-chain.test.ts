/** What the package brings along: every production dependency of the lock file, by its licence, without scripts, held to its content. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const LOCK = join(ROOT, 'package-lock.json');

interface Lock {
  readonly packages: Record<string, Record<string, unknown>>;
}

function licences(lock: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'test/package/licences.mjs'), lock], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('every production dependency has an allowed licence, no install script, and an integrity', () => {
  const { status, stdout, stderr } = licences(LOCK);
  expect([status, stderr]).toEqual([0, '']);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) expect(stdout).toMatch(new RegExp(`[ :]${name}@\\d`));
});

test.each<[title: string, change: Record<string, unknown>, fault: RegExp]>([
  ['a licence that is not allowed', { license: 'GPL-3.0' }, /^express@\S+ has the licence GPL-3\.0; allowed: /],
  ['no licence', { license: undefined }, /^express@\S+ has the licence none; allowed: /],
  ['an install script', { hasInstallScript: true }, /^express@\S+ runs a script when it is installed\n$/],
  ['no integrity', { integrity: undefined }, /^express@\S+ has no integrity in the lock file\n$/],
])('%s is found', (_, change, fault) => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-mor-lock-'));
  const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as Lock;
  const express = { ...packages['node_modules/express'], ...change };
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ packages: { ...packages, 'node_modules/express': express } }));
  const { status, stderr } = licences(join(folder, 'lock.json'));
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([1, expect.stringMatching(fault)]);
});

test('the SBOM has the same dependencies, by name and content', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'test/package/sbom.mjs')], { encoding: 'utf8', cwd: ROOT });
  expect(status).toBe(0);
  const bom = JSON.parse(stdout) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: { readonly name: string } };
    readonly components: readonly { readonly name: string; readonly version: string; readonly hashes: readonly unknown[] }[];
  };
  expect([bom.bomFormat, bom.metadata.component.name]).toEqual(['CycloneDX', 'mock-mor']);
  const listed = licences(LOCK)
    .stdout.split('\n')
    .flatMap((line) => line.split(': ')[1]?.split(', ') ?? []);
  expect(bom.components.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(listed.toSorted());
  expect(bom.components.filter(({ hashes }) => hashes.length === 0)).toEqual([]);
});

test('the lock file names no place to download from, and the package runs no script where it is installed from a registry', () => {
  expect(readFileSync(LOCK, 'utf8')).not.toContain('"resolved"');
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
});
