import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { splitCommand } from '../../src/cli/split-command.ts';
import { createMockMor, didCreateHash } from '../../src/index.ts';
import request from 'supertest';
import { run } from './program.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mock-mor-init-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const NAMES = ['dids.yaml', 'providers.yaml', 'settings.yaml', 'users.yaml'];

test('writes fixtures that are valid, with the schema that they name, and says what is next', async () => {
  const { status, stdout, stderr } = await run(['init'], { cwd });
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stderr: '',
    stdout: `wrote settings.yaml, users.yaml, providers.yaml, dids.yaml into ./fixtures

Next:
  mock-mor validate ./fixtures
  mock-mor --fixtures ./fixtures --watch
  mock-mor hash did_create --param provider_id=1 --param did=37060000099 --fixtures ./fixtures
`,
  });
  const folder = join(cwd, 'fixtures');
  expect(readdirSync(folder).toSorted()).toEqual([...NAMES.slice(0, 1), 'mock-mor.schema.json', ...NAMES.slice(1)]);
  for (const name of NAMES) {
    const [first = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
    const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(first)?.[1] ?? '';
    expect(existsSync(join(folder, schema))).toBe(true);
  }
  expect((await run(['validate', './fixtures'], { cwd })).status).toBe(0);
  const printed = /^ {2}mock-mor (hash .*)$/m.exec(stdout)?.[1] ?? '';
  expect((await run(splitCommand(printed), { cwd })).status).toBe(0);
});

test('what its comments say holds: a success, a refusal, a plain user', async () => {
  await run(['init', 'a b'], { cwd });
  const mor = await createMockMor({ fixtures: join(cwd, 'a b') });
  const call = async (u: string, provider_id: number, did: string, api_secret_key: string): Promise<string> =>
    (
      await request(mor.handler)
        .post('/billing/api/did_create')
        .type('form')
        .send({ u, provider_id, did, hash: didCreateHash({ provider_id, did, api_secret_key }) })
    ).text;
  expect(await call('admin', 1, '37060000099', 'secret')).toContain('DID created');
  expect(await call('clerk', 1, '37060000098', 'secret')).toContain('DID created');
  expect(await call('shop', 2, '37060000097', 'shop-secret')).toContain('DID created');
  expect(await call('admin', 1, '37060000001', 'secret')).toContain('DID already exists');
  expect(await call('customer', 1, '37060000096', 'secret')).toContain('Access Denied');
});

test('a folder with a blank is quoted in what is next', async () => {
  expect((await run(['init', 'a b'], { cwd })).stdout).toContain("  mock-mor validate 'a b'\n");
});

test('overwrites nothing: status 2, and no file more', async () => {
  mkdirSync(join(cwd, 'fixtures'));
  writeFileSync(join(cwd, 'fixtures/users.yml'), 'mine\n');
  expect(await run(['init'], { cwd })).toEqual({
    status: 2,
    stdout: '',
    stderr: 'mock-mor: init overwrites nothing: ./fixtures has users.yml already. Name another folder.\n',
  });
  expect(readdirSync(join(cwd, 'fixtures'))).toEqual(['users.yml']);
});

test.each([
  ['a file in the place of the folder', ['file'], /^mock-mor: init needs a folder: ENOTDIR/],
  ['a file above it', ['file/fixtures'], /^mock-mor: init cannot write into file\/fixtures: /],
  ['two folders', ['a', 'b'], /^mock-mor: unexpected "b": init takes FOLDER\. See mock-mor init --help\.\n$/],
])('%s: status 2', async (_, words, line) => {
  writeFileSync(join(cwd, 'file'), '');
  const { status, stderr } = await run(['init', ...words], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(line);
});
