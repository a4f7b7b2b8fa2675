import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-output-'));
  mkdirSync(join(folder, 'fixtures'));
  writeFileSync(at('fixtures/world.yaml'), 'users: [{ id: 0, username: admin, type: admin }]\n');
  writeFileSync(at('verified.json'), '{}');
  symlinkSync('fixtures', at('link'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const overwrites = (option: string, name: string, file: string): string =>
  `mock-mor: ${option} would overwrite what ${name} reads: ${file}\n`;

test.each<[title: string, args: string[], stderr: string]>([
  [
    'the fixtures',
    ['--fixtures', 'fixtures/world.yaml', '--coverage-report', './fixtures/../fixtures/world.yaml'],
    overwrites('--coverage-report', '--fixtures', './fixtures/../fixtures/world.yaml'),
  ],
  [
    'the fixtures, through a link',
    ['--fixtures', 'fixtures/world.yaml', '--coverage-report', 'link/world.yaml'],
    overwrites('--coverage-report', '--fixtures', 'link/world.yaml'),
  ],
  [
    'what would be fixtures the next time',
    ['--fixtures', 'link', '--coverage-report', 'fixtures/coverage.yml'],
    'mock-mor: --coverage-report would be read as a fixture file, because it is in the folder of --fixtures: fixtures/coverage.yml\n',
  ],
  [
    'the verified run',
    ['--verified', 'verified.json', '--coverage-report', 'verified.json'],
    overwrites('--coverage-report', '--verified', 'verified.json'),
  ],
])('serve refuses to write over %s, and leaves it', async (_title, args, stderr) => {
  expect(await run(['serve', '--port', '0', ...args], { cwd: folder })).toEqual({ status: 2, stdout: '', stderr });
  expect(readFileSync(at('fixtures/world.yaml'), 'utf8')).toContain('admin');
  expect(readFileSync(at('verified.json'), 'utf8')).toBe('{}');
});

test.each<[args: string[], stderr: string]>([
  [['--profile', 'profile.yaml', '--save', 'profile.yaml'], overwrites('--save', '--profile', 'profile.yaml')],
  [['--profile', 'profile.yaml', '--made', './profile.yaml'], overwrites('--made', '--profile', './profile.yaml')],
  [
    ['--against', 'verified.json', '--made', 'verified.json', '--profile', 'profile.yaml'],
    overwrites('--made', '--against', 'verified.json'),
  ],
  [['--made', 'x.csv', '--save', 'x.csv'], overwrites('--save', '--made', 'x.csv')],
])('verify %j: one line, status 2', async (args, stderr) => {
  const profile = 'name: mor\nbase_url: http://127.0.0.1:1\n';
  writeFileSync(at('profile.yaml'), profile);
  expect(await run(['verify', 'http://127.0.0.1:1', ...args], { cwd: folder })).toEqual({ status: 2, stdout: '', stderr });
  expect(readFileSync(at('profile.yaml'), 'utf8')).toBe(profile);
});
