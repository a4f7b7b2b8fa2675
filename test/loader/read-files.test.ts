import fs, { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFixtures, readFixtures } from '../../src/loader/load.ts';
import { MockMorError } from '../../src/problems.ts';
import { issueLines } from './issue-lines.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('a folder', () => {
  test('all its YAML files are read in name order: lists joined, settings merged, the later file wins', () => {
    write('b.yml', 'settings: { api_secret_key: b, dialect: legacy }\nusers: [{ id: 1, username: one, type: admin }]');
    write('c.yaml', 'settings: { api_secret_key: c }\nusers: [{ id: 2, username: two, type: admin }]');
    write('a.yaml', '# nothing\n');
    write('.hidden.yaml', 'not: fixtures');
    write('notes.txt', 'not: fixtures');
    const { settings, users } = readFixtures(folder);
    expect(settings).toMatchObject({ api_secret_key: 'c', dialect: 'legacy' });
    expect(users.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('links are followed, as mounts of orchestrators need', () => {
    mkdirSync(join(folder, '..data'));
    write('..data/world.yaml', 'settings: { api_secret_key: linked }');
    symlinkSync('..data/world.yaml', join(folder, 'world.yaml'));
    expect(readFixtures(folder).settings.api_secret_key).toBe('linked');
  });

  test('issues of all files are reported at once, in the order of files and lines', () => {
    write('a.yaml', 'users:\n  - { id: 1, username: a, type: admin }\n  - { id: 1, username: b, typ: admin }');
    write('b.yaml', 'users: [');
    write('c.yaml', 'dids:\n  - { did: 1, provider_id: x }\nusers: [{ id: 9, username: a, type: admin }]');
    symlinkSync('nowhere', join(folder, 'd.yaml'));
    const at = (name: string): string => join(folder, name);
    expect(issueLines(() => readFixtures(folder))).toEqual([
      `${at('a.yaml')}:3:5 users[1].type: is missing; it must be one of admin, accountant, reseller, user.`,
      `${at('a.yaml')}:3:11 users[1].id: 1 is there already, at ${at('a.yaml')}:2:11 (users[0].id).`,
      expect.stringContaining(`${at('a.yaml')}:3:27 users[1]: unknown key "typ".`),
      `${at('b.yaml')}:1:9 Flow sequence in block collection must be sufficiently indented and end with a ].`,
      `${at('c.yaml')}:2:28 dids[0].provider_id: must be a whole number of at least 0 in plain digits, not "x".`,
      `${at('c.yaml')}:3:28 users[0].username: "a" is there already, at ${at('a.yaml')}:2:24 (users[0].username).`,
      `${at('d.yaml')}: cannot be read: there is no such file or folder.`,
    ]);
  });

  test('the subject is above the issues', () => {
    write('a.yaml', 'users: 5\nproviders: 5');
    expect(() => readFixtures(folder)).toThrow(`The fixtures in ${folder} are not valid`);
  });

  test('an issue of settings is reported where they are written, not in a later file without them', () => {
    write('a.yaml', 'settings: { default_did_provider_id: 9, next_did_id: 1 }');
    write('b.yaml', 'settings: { dialect: legacy }\nproviders: [{ id: 1 }]\ndids: [{ did: 5, provider_id: 1 }]');
    expect(issueLines(() => readFixtures(folder))).toEqual([
      `${join(folder, 'a.yaml')}:1:38 settings.default_did_provider_id: no provider has the id 9. Known: 1.`,
      `${join(folder, 'a.yaml')}:1:54 settings.next_did_id: must be above the highest id of a DID, 1, not 1.`,
    ]);
  });

  test('of which one file is empty: what the others name is known to be missing', () => {
    write('a.yaml', '# nothing');
    write('b.yaml', 'dids: [{ did: 5, provider_id: 9 }]');
    expect(issueLines(() => readFixtures(folder))).toEqual([
      `${join(folder, 'b.yaml')}:1:31 dids[0].provider_id: no provider has the id 9. Known: none.`,
    ]);
  });

  test('without a YAML file', () => {
    write('world.txt', '');
    expect(() => readFixtures(folder)).toThrow(
      new MockMorError(
        'FIXTURE_INVALID',
        `${folder}: the folder has no *.yaml or *.yml file. Name a YAML file, or a folder that has some.`,
      ),
    );
  });

  test('of which all files are empty', () => {
    write('a.yaml', '');
    write('b.yaml', '# nothing\n');
    expect(issueLines(() => readFixtures(folder))).toEqual([
      `${folder}: holds nothing: it must have at least one of settings, users, providers, devices, dial_plans, dids, dids_from. For an empty world write "users: []".`,
    ]);
  });

  test('of which one file is empty and one is bad: only the bad one is reported', () => {
    write('a.yaml', '');
    write('b.yaml', 'usrs: []');
    expect(issueLines(() => readFixtures(folder))).toEqual([expect.stringContaining('unknown key "usrs"')]);
  });
});

describe('a path that cannot be read: one line that says what to do', () => {
  test.each([
    [
      'none',
      (path: string) =>
        `${path}: cannot be read: there is no such file or folder. Name a YAML file, or a folder that has some.`,
    ],
    [
      'file.yaml/none',
      (path: string) =>
        `${path}: cannot be read: a part of the path is no folder. Name a YAML file, or a folder that has some.`,
    ],
  ])('%s', (name, message) => {
    write('file.yaml', 'users: []');
    const path = join(folder, name);
    expect(() => readFixtures(path)).toThrow(new MockMorError('FIXTURE_INVALID', message(path)));
  });

  test('a relative one: also where it was looked for', () => {
    expect(() => readFixtures('no/such')).toThrow(
      new MockMorError(
        'FIXTURE_INVALID',
        `no/such: cannot be read: there is no such file or folder (looked for at ${join(process.cwd(), 'no/such')}). Name a YAML file, or a folder that has some.`,
      ),
    );
  });

  test('a folder and a file that may not be read', () => {
    const file = write('world.yaml', 'users: []');
    const refuse = (): never => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    jest.spyOn(fs, 'readdirSync').mockImplementationOnce(refuse);
    expect(() => readFixtures(folder)).toThrow(
      new MockMorError(
        'FIXTURE_INVALID',
        `${folder}: cannot be read: reading it is not permitted. Name a YAML file, or a folder that has some.`,
      ),
    );
    jest.spyOn(fs, 'readFileSync').mockImplementationOnce(refuse);
    expect(issueLines(() => readFixtures(file))).toEqual([`${file}: cannot be read: reading it is not permitted.`]);
  });

  test('a device', () => {
    expect(() => readFixtures('/dev/zero')).toThrow(
      new MockMorError(
        'FIXTURE_INVALID',
        '/dev/zero: is neither a file nor a folder of files. Name a YAML file, or a folder that has some.',
      ),
    );
  });
});

test('an empty file', () => {
  const file = write('world.yaml', '');
  expect(issueLines(() => readFixtures(file))).toEqual([
    `${file}: holds nothing: it must have at least one of settings, users, providers, devices, dial_plans, dids, dids_from. For an empty world write "users: []".`,
  ]);
});

test('a .json file is JSON', () => {
  const file = write('world.json', '{ "users": null }');
  expect(issueLines(() => readFixtures(file))).toEqual([`${file}:1:12 users: must be a list, not null.`]);
});

describe('a file that is not UTF-8', () => {
  test.each([
    [
      'Latin-1 after good characters',
      Buffer.from('users: []\n# \u00e4\u20ac', 'utf8'),
      Buffer.from([0xe4, 0x0a, 0x61]),
      ':2:5',
      '0xE4',
    ],
    [
      'a character cut off by the end of the line',
      Buffer.from('a\nbc'),
      Buffer.from([0xe2, 0x82, 0x0a, 0x64]),
      ':2:3',
      '0xE2',
    ],
    ['a character cut off by the end of the file', Buffer.from('ab'), Buffer.from([0xf0, 0x9f, 0x98]), ':1:3', '0xF0'],
    ['UTF-16', Buffer.alloc(0), Buffer.from('\uFEFFusers: []', 'utf16le'), ':1:1', '0xFF'],
  ])('%s', (_, good, bad, place, byte) => {
    const file = write('world.yaml', Buffer.concat([good, bad]));
    expect(issueLines(() => readFixtures(file))).toEqual([
      `${file}${place} is not UTF-8: the byte ${byte} does not belong there. Save the file as UTF-8.`,
    ]);
  });
});

describe('hostile input ends soon, with a clear issue', () => {
  test('a file of 17 MiB is not read', () => {
    const file = write('world.yaml', '');
    truncateSync(file, 17 * 1024 * 1024);
    expect(issueLines(() => readFixtures(file))).toEqual([
      `${file}: is too large: 17 MiB, at most 16 MiB are read. Write consecutive numbers as blocks: { from: "37061000000", to: "37061999999", provider_id: 1 }, or list them in a CSV file that dids_from names.`,
    ]);
  });

  test('a text of 17 MiB is not read', () => {
    expect(issueLines(() => parseFixtures(' '.repeat(17 * 1024 * 1024)))).toEqual([
      expect.stringMatching(/^body: is too large: 17 MiB, at most 16 MiB are read\./),
    ]);
  });

  test('an alias bomb', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) =>
        `a${String(i)}: &a${String(i)} [${Array(9)
          .fill(i === 0 ? 'lol' : `*a${String(i - 1)}`)
          .join()}]`,
    );
    expect(issueLines(() => parseFixtures(levels.join('\n')))).toEqual([
      'body:6:10 Aliases stand for more than 100000 values here. Write the values themselves, consecutive numbers as blocks.',
    ]);
  });

  test.each([
    ['aliases', `users: [&a {}${', *a'.repeat(30_000)}]`],
    ['aliases of nothing', `users: [${'*a, '.repeat(90_000)}]`],
    ['anchors', `users: [${Array.from({ length: 50_000 }, (_, i) => `&a${String(i)} {}, `).join('')}]`],
    ['unknown keys', Array.from({ length: 50_000 }, (_, i) => `k${String(i)}: 1\n`).join('')],
    ['keys that are there twice', 'users: 1\n'.repeat(90_000)],
  ])('very many %s take no longer each than few', (_, text) => {
    const start = process.cpuUsage();
    const lines = issueLines(() => parseFixtures(text));
    expect(lines).toHaveLength(101);
    // Some 3 seconds; where each one is compared with all others, minutes.
    expect(process.cpuUsage(start).user).toBeLessThan(20e6);
  });

  test.each([
    ['brackets', '['.repeat(20_000)],
    ['braces', '{a: '.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['question marks', '? '.repeat(20_000)],
    ['indents', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('deep nesting of %s', (_, text) => {
    expect(issueLines(() => parseFixtures(text))).toEqual([
      expect.stringMatching(/^body:\d+:\d+ The values are nested too deeply to be read; fixtures need four levels\.$/),
    ]);
  });

  test.each([
    ['quotes', '"'.repeat(20_000)],
    ['closing brackets', ']\n'.repeat(20_000)],
    ['directives', '%\n'.repeat(20_000)],
    ['anchors', `${'&a\n'.repeat(5000)}x`],
    ['escapes', `"${'\\x'.repeat(20_000)}"`],
  ])('errors without end, of %s', (_, text) => {
    const lines = issueLines(() => parseFixtures(text));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(102);
    for (const line of lines) expect(line.length).toBeLessThan(200);
  });

  test('a key of a megabyte is shortened', () => {
    expect(issueLines(() => parseFixtures(`"${'k'.repeat(1000)}": 1`))).toEqual([
      `body:1:1 unknown key "${'k'.repeat(60)}…". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.`,
    ]);
  });

  test('long texts are shortened wherever they stand', () => {
    const long = 'k'.repeat(100_000);
    const key = 'k'.repeat(1000);
    const text = `
users: [{ id: 1, username: ${long}, type: admin }, { id: 2, username: ${long}, type: admin }]
providers: [{ id: 1 }]
dids:
  - { did: ${'1'.repeat(100_000)}, provider_id: 1 }
  - { did: ${'1'.repeat(100_000)}, provider_id: 1 }
  - { from: ${'2'.repeat(100_000)}, to: ${'1'.repeat(100_000)}, provider_id: 1 }
${key}: { ${key}: x }
`;
    const lines = issueLines(() => parseFixtures(text));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.length).toBeLessThan(400);
  });

  test.each([
    ['a tag', (long: string) => `users: !${long} x`],
    ['an alias', (long: string) => `users: *${long}`],
    ['a key twice', (long: string) => `${long}: 1\n${long}: 2`],
    ['what the library quotes', (long: string) => `a: }\n${long}: 2`],
    ['a glued colon', (long: string) => `users:\n  - ${long}:1\n    a: 2`],
  ])('%s of 100000 characters is shortened', (_, text) => {
    const lines = issueLines(() => parseFixtures(text('k'.repeat(100_000))));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.length).toBeLessThan(300);
  });

  test('of many issues a hundred are listed', () => {
    const rows = Array.from({ length: 123 }, () => '  - { id: x }').join('\n');
    const lines = issueLines(() => parseFixtures(`providers:\n${rows}`));
    expect(lines).toHaveLength(101);
    expect(lines[100]).toBe('and 23 more');
  });

  test('ten thousand overlapping blocks', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `  - { from: ${String(1e9 + i)}, to: 1999999999, provider_id: 1 }`,
    ).join('\n');
    expect(issueLines(() => parseFixtures(`providers: [{ id: 1 }]\ndids:\n${rows}`))).toHaveLength(101);
  });
});
