import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-validate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('good fixtures: what is in them, one of a kind in the singular', async () => {
  const path = write(
    'world.yaml',
    'users: [{ id: 0, username: admin, type: admin }]\nproviders: [{ id: 1, name: One }]\ndids: [{ from: "1000", to: "1999", provider_id: 1 }]\n',
  );
  expect(await run(['validate', path])).toEqual({
    status: 0,
    stdout: `${path} is valid: 1 user, 1 provider, 1000 DIDs\n  users      admin 1\n  providers  1 One\n  DIDs       free 1000\n`,
    stderr: '',
  });
});

test('bad fixtures: every fault, status 2', async () => {
  write('a.yaml', 'users:\n  - { id: 0, usernam: admin, type: admin }\n');
  write('b.yaml', 'providers:\n  - { id: one, name: One }\n');
  const { status, stdout, stderr } = await run(['validate', folder]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^mock-mor: .*\n/);
  expect(stderr).toMatch(/a\.yaml:2:\d+ users\[0\].*usernam/);
  expect(stderr).toMatch(/b\.yaml:2:\d+ providers\[0\]\.id/);
});

test('an empty file: status 2', async () => {
  const path = write('world.yaml', '');
  const { status, stdout, stderr } = await run(['validate', path]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    /world\.yaml: holds nothing: it must have at least one of settings, users, providers, devices, dial_plans, dids, dids_from\./,
  );
});

test('very many issues: a hundred are listed', async () => {
  const path = write('world.yaml', `providers:\n${'  - { id: x }\n'.repeat(10_000)}`);
  const { status, stderr } = await run(['validate', path]);
  expect([status, stderr.trimEnd().split('\n').length]).toEqual([2, 102]);
  expect(stderr).toContain('and 9900 more');
});

test('very many rows of YAML: valid, and one line says what is quicker', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `  - { did: ${String(i)}, provider_id: 1 }\n`).join('');
  const path = write('world.yaml', `providers: [{ id: 1 }]\ndids:\n${rows}`);
  const { status, stdout, stderr } = await run(['validate', path]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `${path} is valid: 0 users, 1 provider, 50000 DIDs\n  providers  1\n  DIDs       free 50000\n  warnings   1\n`,
  });
  expect(stderr).toMatch(/^mock-mor: 50000 rows of dids were read from YAML, .*\n$/);
}, 60_000);

test('numbers that a spreadsheet has changed: valid, and one line a file says so', async () => {
  const path = write('world.yaml', 'providers: [{ id: 1 }]\ndids_from: { file: numbers.csv, provider_id: 1 }\n');
  const list = write('numbers.csv', 'did\n3.70612E+10\n+37061000001\n');
  const { status, stdout, stderr } = await run(['validate', path]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `${path} is valid: 0 users, 1 provider, 2 DIDs\n  providers  1\n  DIDs       free 2\n  warnings   1\n`,
  });
  expect(stderr).toBe(
    `mock-mor: ${list}: 2 numbers that no call could have made: 1 in scientific notation (line 2 "3.70612E+10"), 1 with a plus sign (line 3 "+37061000001"). They are kept as they are written. If a spreadsheet made them, format the column as text and export it again.\n`,
  );
});

test('a list file: what is in it, and every fault in it', async () => {
  const path = write('world.yaml', 'providers: [{ id: 1 }]\ndids_from: { file: numbers.csv, provider_id: 1 }\n');
  write('numbers.csv', 'did\n1\n2\n');
  expect(await run(['validate', path])).toEqual({
    status: 0,
    stdout: `${path} is valid: 0 users, 1 provider, 2 DIDs\n  providers  1\n  DIDs       free 2\n`,
    stderr: '',
  });
  const list = write('numbers.csv', 'did\n1\n1\n,\n');
  const { status, stderr } = await run(['validate', path]);
  expect(status).toBe(2);
  expect(stderr.split('\n').slice(1, 3)).toEqual([
    `  ${list}:3 did: the number "1" is there already, at ${list}:2 (did).`,
    `  ${list}:4 has 2 values, but the first line names 1 column.`,
  ]);
});

test('a path that is not there: status 2', async () => {
  const path = join(folder, 'nothing.yaml');
  const { status, stdout, stderr } = await run(['validate', path]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(`mock-mor: ${path}: cannot be read: there is no such file or folder. Name a YAML file, or a folder that has some.\n`);
});

test('the shipped fixtures are good', async () => {
  const { status, stderr } = await run(['validate', 'fixtures'], { cwd: join(__dirname, '../..') });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('the summary names what there is, by kind, and the settings that are not the default; no key is in it', async () => {
  const { stdout } = await run(['validate', join(__dirname, '../../fixtures')]);
  expect(stdout).not.toContain('secret\n');
  const path = write(
    'world.yaml',
    [
      'settings: { api_secret_key: hunter2, dialect: legacy }',
      'users: [{ id: 0, username: admin, type: admin }, { id: 5, username: r, type: reseller }, { id: 6, username: s, type: reseller }]',
      'providers: [{ id: 1, name: One }, { id: 2, name: Two, user_id: 5 }]',
      'dids: [{ did: "1", provider_id: 1 }, { did: "2", provider_id: 2, reseller_id: 5 }, { did: "3", provider_id: 1, status: terminated }]',
      '',
    ].join('\n'),
  );
  expect((await run(['validate', path])).stdout).toBe(
    `${path} is valid: 3 users, 2 providers, 3 DIDs\n` +
      '  users      admin 1, reseller 2\n' +
      '  providers  1 One, 2 Two\n' +
      '  DIDs       free 1, reserved 1, terminated 1\n' +
      '  settings   api_secret_key: ***, dialect: legacy\n',
  );
});
