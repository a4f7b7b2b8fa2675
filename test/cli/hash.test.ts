import { CALL_NAMES } from '../support/call-names.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, serve } from './program.ts';
import { execFileSync } from 'node:child_process';

const WORLD = `
settings: { api_secret_key: admin-key }
users:
  - { id: 0, username: admin, type: admin }
  - { id: 5, username: own, type: reseller, allow_api: true, api_secret_key: own-key }
  - { id: 6, username: off, type: reseller, allow_api: false, api_secret_key: own-key }
`;
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-hash-'));
  file = join(folder, 'world.yaml');
  writeFileSync(file, WORLD);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** SHA-1 of `1123456789` and each key, made with sha1sum. */
const HASH_OF = {
  secret: 'cb9dff0d59f7ffaf036d55b57c817bf528edb54a',
  'admin-key': 'ade8c928cf4c734aec04fdefbbd7341502eb893e',
  'own-key': 'e23686fe44fc3b0eceee3bdd5fa1f32d0d4bfc2c',
};

const CALL = ['hash', '--provider-id', '1', '--did', '123456789'];

test('with a key: text with the key masked, hash, curl', async () => {
  const curl =
    `curl --data-urlencode u=admin --data-urlencode provider_id=1 --data-urlencode did=123456789 --data-urlencode hash=${HASH_OF.secret} ` +
    'http://127.0.0.1:8080/billing/api/did_create';
  expect(await run([...CALL, '--key', 'secret'])).toEqual({
    status: 0,
    stdout: `text  1123456789***\nhash  ${HASH_OF.secret}\ncurl  ${curl}\n`,
    stderr: '',
  });
});

test.each<[u: string, key: keyof typeof HASH_OF]>([
  ['admin', 'admin-key'],
  ['own', 'own-key'],
  ['off', 'admin-key'],
])('the key of %s is %s', async (u, key) => {
  const { status, stdout } = await run([...CALL, '--fixtures', file, '--u', u]);
  expect(status).toBe(0);
  expect(stdout).toContain(`hash  ${HASH_OF[key]}\n`);
  expect(stdout).not.toContain(key);
});

test('the fixtures of the variable serve too, and a given key beats them', async () => {
  const env = { MOCK_MOR_FIXTURES: file };
  expect((await run([...CALL, '--u', 'own'], { env })).stdout).toContain(`hash  ${HASH_OF['own-key']}\n`);
  expect((await run([...CALL, '--u', 'own', '--key', 'secret'], { env })).stdout).toContain(`hash  ${HASH_OF.secret}\n`);
});

test.each<[title: string, args: string[], hash: string, text: string, fields: string]>([
  ['by --param', ['--param', 'provider_id=1', '--param=did=123456789'], HASH_OF.secret, '1123456789***', 'provider_id=1 did=123456789'],
  [
    'with the call named',
    ['did_create', '--did=123456789', '--param=provider_id=1'],
    HASH_OF.secret,
    '1123456789***',
    'provider_id=1 did=123456789',
  ],
  [
    'with a parameter that is not hashed, its = and comma kept',
    ['--provider-id=1', '--did=123456789', '--param', 'comment=a=b,c'],
    HASH_OF.secret,
    '1123456789***',
    "provider_id=1 did=123456789 'comment=a=b,c'",
  ],
  // SHA-1 of `123456789secret`, made with sha1sum.
  [
    'with an empty one',
    ['--param=provider_id=', '--did=123456789'],
    '996183c16cbc97cf118ff7185392ba01b3360b1c',
    '123456789***',
    'provider_id= did=123456789',
  ],
])('%s', async (_, args, hash, text, fields) => {
  const sent = fields.split(' ').concat(`hash=${hash}`);
  const { stdout, ...rest } = await run(['hash', ...args, '--key', 'secret']);
  expect(rest).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').slice(0, 2)).toEqual([`text  ${text}`, `hash  ${hash}`]);
  const words = /^curl {2}(.*)$/m.exec(stdout)?.[1] ?? '';
  // The order of the fields is that of the command line.
  for (const field of sent) expect(words).toContain(`--data-urlencode ${field}`);
});

test('--param u is the caller', async () => {
  const { stdout } = await run([...CALL, '--fixtures', file, '--param', 'u=own']);
  expect(stdout).toContain(`hash  ${HASH_OF['own-key']}\n`);
  expect(stdout).toContain(' u=own ');
});

test.each<[args: string[], line: string]>([
  [['hash', 'did_creat'], `mock-mor: unknown call "did_creat". Did you mean "did_create"? Allowed: ${CALL_NAMES.join(', ')}.\n`],
  [['hash', '--param', 'did'], 'mock-mor: --param "did" is not NAME=VALUE.\n'],
  [['hash', '--param', '=1'], 'mock-mor: --param "=1" is not NAME=VALUE.\n'],
  [['hash', '--param'], 'mock-mor: --param needs a value: NAME=VALUE.\n'],
  [['hash', '--did', '1', '--param', 'did=2'], 'mock-mor: the parameter "did" is given twice.\n'],
  [['hash', '--did', '1', '--u', 'own', '--param', 'u=admin'], 'mock-mor: the parameter "u" is given twice.\n'],
  [
    [...CALL, '--param', 'hash=1'],
    'mock-mor: unknown field "hash". Allowed: u, api_secret_key, provider_id, did, custom_sip_header, comment, reseller_comment, test.\n',
  ],
  [['hash', 'did_create', 'x'], 'mock-mor: unexpected "x": hash takes CALL. See mock-mor hash --help.\n'],
  [['hash', '--did', '1'], 'mock-mor: hash needs --provider-id ID; empty if a reseller leaves it out: --provider-id=\n'],
  [['hash', '--provider-id', '1'], 'mock-mor: hash needs --did NUMBER.\n'],
])('%j: one line, status 2', async (args, line) => {
  expect(await run(args)).toEqual({ status: 2, stdout: '', stderr: line });
});

test('an unknown caller: status 2, with the near miss', async () => {
  expect(await run([...CALL, '--fixtures', file, '--u', 'admim'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'mock-mor: u "admim" is no user of the fixtures. Did you mean "admin"? Known: admin, own, off.\n',
  });
});

test('the curl line works as it stands, whatever its words', async () => {
  const url = await serve(['--fixtures', file]).url();
  const { stdout } = await run(['hash', '--provider-id', '9', '--did', "it's & 1", '--fixtures', file, '--url', `${url}/`]);
  const curl = /^curl {2}(.*)$/m.exec(stdout)?.[1] ?? '';
  // The hash fits the odd text: MOR gets as far as the provider.
  expect(execFileSync('sh', ['-c', curl.replace(/^curl/, 'curl -s')], { encoding: 'utf8' })).toContain('Provider was not found');
});
