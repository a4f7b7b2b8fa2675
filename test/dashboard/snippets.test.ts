/** Each snippet is run, and the mock must have received the same texts. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { formatSnippet, KEY_VARIABLE, LANGUAGES, type Language, type SnippetInput } from '../../src/dashboard/snippets.ts';

const execute = promisify(execFile);

/** How a file with a snippet is run. */
const PROGRAMS: Readonly<Record<Language, { command: string; file: string }>> = {
  curl: { command: 'bash', file: 'snippet.sh' },
  fetch: { command: 'node', file: 'snippet.mjs' },
  PHP: { command: 'php', file: 'snippet.php' },
  Python: { command: 'python3', file: 'snippet.py' },
};

const isThere = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

const INSTALLED = LANGUAGES.filter((language) => isThere(PROGRAMS[language].command) && (language !== 'curl' || isThere('curl')));

/** Texts that a shell or a language reads otherwise if they are not quoted. */
const COMMENTS = [
  `it's "quoted" \`id\` $HOME $(id) \${HOME} !! !1 \\n \\ \\' \\$`,
  'a&b=c&d[]=1+2%20%zz#?;|<>*~',
  'two\nlines\r\nand\ta tab\rend',
  'Ąčę Привет 你好 مرحبا 😀',
  '\u202eright to left\u200f \u2028 \u2029 \u2066x\u2069',
  '@/etc/passwd',
  '-d x --data y',
  '%s %d {0} #{x} {{y}} <?php ?> """ \'\'\'',
];

let folder: string;
let mor: MockMor;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-mor-snippets-'));
  mor = await createMockMor();
  mor.patchSettings({ allow_get_api: true });
  url = await mor.listen();
});

afterAll(async () => {
  await mor.close();
  await rm(folder, { recursive: true });
});

async function runSnippet(language: Language, input: SnippetInput, key: string): Promise<string> {
  const { command, file } = PROGRAMS[language];
  const path = join(folder, file);
  await writeFile(path, formatSnippet(language, input));
  const env = { ...process.env, [KEY_VARIABLE]: key, PYTHONIOENCODING: 'utf-8', NO_PROXY: '*', no_proxy: '*' };
  const { stdout } = await execute(command, [path], { env });
  return stdout;
}

let nextNumber = 37_069_000_000;

describe.each(INSTALLED)('%s', (language) => {
  it('sends texts as they are, whatever is in them', async () => {
    const comment = COMMENTS.join(' ');
    const did = String(nextNumber++);
    const params = Object.entries({ u: 'admin', provider_id: '1', did, comment });
    const call = { url: `${url}/billing/api/did_create`, method: 'POST', params, hashed: ['provider_id', 'did'], fixedHash: null } as const;
    expect(await runSnippet(language, call, 'secret')).toContain('<success>DID created</success>');
    const request = mor.requests().requests.at(-1);
    expect(request?.params.map(({ name, value }) => [name, value])).toEqual([...params, ['hash', '***']]);
    expect(request?.answer?.status).toBe(200);
  });

  it('hashes with a key and values that have signs in them, by GET', async () => {
    const key = `k'"$!\\ &%`;
    mor.patchSettings({ api_secret_key: key });
    const params = Object.entries({ u: 'admin', provider_id: '1', did: `37'0"$(id)\\!&%` });
    const call = { url: `${url}/billing/api/did_create`, method: 'GET', params, hashed: ['provider_id', 'did'], fixedHash: null } as const;
    expect(await runSnippet(language, call, key)).toContain('<error>Invalid DID specified</error>');
    mor.patchSettings({ api_secret_key: 'secret' });
    const request = mor.requests().requests.at(-1);
    expect([request?.method, ...(request?.params ?? []).map(({ value, from }) => [from, value])]).toEqual([
      'GET',
      ...params.map(([, value]) => ['query', value]),
      ['query', '***'],
    ]);
  });

  it('sends a wrong hash as it is', async () => {
    const params = Object.entries({ u: 'admin', provider_id: '1', did: '37060009999' });
    const call = {
      url: `${url}/billing/api/did_create`,
      method: 'POST',
      params,
      hashed: ['provider_id', 'did'],
      fixedHash: 'a'.repeat(40),
    } as const;
    expect(await runSnippet(language, call, 'secret')).toContain('<error>Incorrect hash</error>');
  });
});

it('at least one language is installed', () => {
  expect(INSTALLED).toContain('fetch');
});
