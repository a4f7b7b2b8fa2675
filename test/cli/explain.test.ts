import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockMor } from '../../src/index.ts';
import { splitCommand } from '../../src/cli/split-command.ts';
import { sha1 } from '../../src/contract/signed.ts';
import { run, start } from './program.ts';

const HASH = sha1('137060000099secret');
const QUERY = `u=admin&provider_id=1&did=37060000099&hash=${HASH}`;
const URL = 'http://127.0.0.1:8080/billing/api/did_create';
const OTHER_ORDER = sha1('370600000991secret');

test('what would succeed: every check, status 0', async () => {
  const { status, stdout, stderr } = await run(['explain', QUERY]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^did_create: DID created\n\n(✓ .*\n){11}$/);
});

test('what would be refused: the check that fails, what was hashed, the fix; status 1', async () => {
  const { status, stdout } = await run(['explain', QUERY.replace(HASH, OTHER_ORDER)]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^did_create: Incorrect hash\n\n(✓ .*\n){3}✗ .*\n/);
  expect(stdout).toContain('    what was hashed: the hash is sha1(did + provider_id + key): the order is provider_id, then did\n');
  expect(stdout).toContain(`    fix: send in lower-case hex the SHA-1 of "137060000099***", where *** is the administrator's key\n`);
});

test('--json: what the library and the admin API tell', async () => {
  const mor = await createMockMor();
  const { stdout } = await run(['explain', '--json', QUERY]);
  expect(JSON.parse(stdout)).toEqual(mor.explain(Object.fromEntries(new URLSearchParams(QUERY))));
});

test.each<[title: string, args: string[], status: number]>([
  ['a URL', [`${URL}?${QUERY}`], 0],
  ['a path', [`/api/did_create?${QUERY}`], 0],
  ['a path that is percent-encoded, in a sandbox', [`http://127.0.0.1:1/__sandboxes/t1//billing/api/did%5Fcreate/?${QUERY}`], 0],
  ['words', QUERY.split('&'), 0],
  ['a curl line as one', [`curl -d '${QUERY}' ${URL}`], 0],
  ['; in a query', [QUERY.replaceAll('&', ';')], 0],
  ['&amp; and blanks in a URL', [`${URL}?${QUERY.replaceAll('&', '&amp; ')}`], 0],
  ['a curl line with ; in its address', [`curl -X POST '${URL}?${QUERY.replaceAll('&', ';')}'`], 0],
  ['a curl line with blanks in its form', [`curl -d '${QUERY.replaceAll('&', '& ')}' ${URL}`], 0],
  ['a curl line with ; in its form', [`curl -d '${QUERY.replaceAll('&', ';')}' ${URL}`], 1],
  ['a curl line with a charset', [`curl -H 'Content-Type: application/x-www-form-urlencoded; charset=ISO-8859-1' -d '${QUERY}' ${URL}`], 0],
  ['a curl line with a body that is not read', [`curl -H 'Content-Type: text/plain' -d u=nobody '${URL}?${QUERY}'`], 0],
  ['a curl line in words', ['--', 'curl', '-s', '-d', QUERY, URL], 0],
  ['a curl line that sends GET', [`curl '${URL}?${QUERY}'`], 1],
  ['the same, judged as POST', ['--method', 'POST', `curl '${URL}?${QUERY}'`], 0],
  ['curl of Windows’ cmd', [`curl.exe ^"${URL}^" ^\n  --data-raw ^"${QUERY.replaceAll('&', '^&')}^"`], 0],
  ['curl of PowerShell', [`curl.exe "${URL}" \`\n  -d '${QUERY}'`], 0],
  ['curl by its path', ['--', 'C:\\Windows\\curl.exe', '-d', QUERY, URL], 0],
  ['Invoke-WebRequest', [`Invoke-WebRequest -Uri "${URL}" \`\n-Method "POST" \`\n-Body "${QUERY}"`], 0],
  ['a copy of fetch', [`fetch("${URL}?${QUERY}", {\n  "body": null,\n  "method": "POST"\n});`], 0],
  ['a call there is not', [`/billing/api/did_destroy?${QUERY}`], 1],
  ['-h behind -- is curl’s', ['--', 'curl', '-h'], 2],
])('%s: status %#', async (_, args, status) => {
  expect((await run(['explain', ...args])).status).toBe(status);
});

test.each<[args: string[], line: string]>([
  [[], 'mock-mor: explain needs WORDS, or --request ID. See mock-mor explain --help.\n'],
  [
    ['frob'],
    'mock-mor: this is no query string, URL or command. Write for example u=admin, or quote a command of curl, PowerShell or fetch as one word.\n',
  ],
  [
    ['http://h/billing/did_create'],
    `mock-mor: "/billing/did_create" is no path of MOR's: its calls are under /billing/api/, as in /billing/api/did_create.\n`,
  ],
  [[`curl -X PUT ${URL}`], "mock-mor: MOR's API knows GET and POST, not PUT.\n"],
  [['--method', 'PUT', QUERY], 'mock-mor: --method "PUT" is not one of GET, POST.\n'],
])('%j: one line, status 2', async (args, stderr) => {
  expect(await run(['explain', ...args])).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining(stderr.trimEnd()) as string });
});

test.each<[args: string[], line: string]>([
  [['--call', 'did_create', QUERY], 'did_create: DID created'],
  [['--call', 'did_remove', QUERY], 'did_remove: There is no such API'],
  [['--call', 'did_create', `http://127.0.0.1/billing/api/did_remove?${QUERY}`], 'did_create: DID created'],
])('%j', async (args, line) => {
  expect((await run(['explain', ...args])).stdout.split('\n')[0]).toBe(line);
});

test('standard input, with a line end behind it', async () => {
  const program = start(['explain', '-'], { input: `fetch("${URL}?${QUERY}", { "method": "POST" });\n` });
  expect(await program.exit()).toEqual({ status: 0, stdout: expect.stringMatching(/^did_create: DID created\n/), stderr: '' });
  expect((await start(['explain', '-'], { input: `${QUERY}\n` }).exit()).status).toBe(0);
});

test('JSON under the type of a form: the second line says so', async () => {
  const { stdout } = await run(['explain', `curl -d '{"u":"admin"}' ${URL}`]);
  const note = 'The body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded", so it was read as a form.';
  expect(stdout).toMatch(/^did_create: Access Denied\n.*\n\n✓/);
  expect(stdout.split('\n')[1]).toBe(note);
  expect(JSON.parse((await run(['explain', '--json', `curl -d '{"u":"admin"}' ${URL}`])).stdout)).toMatchObject({ notes: [note] });
});

test('a body of a type that is not read: one line, status 1', async () => {
  expect(await run(['explain', `curl -H 'Content-Type: text/plain' -d '{"u":"admin"}' ${URL}`])).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'mock-mor: a body of type "text/plain" is not read here; allowed: application/x-www-form-urlencoded, multipart/form-data, application/json; it looks like JSON\n',
  });
});

test('the page shows what it prints', async () => {
  const page = readFileSync(join(__dirname, '../../docs/explain.md'), 'utf8');
  const shown = Array.from(page.matchAll(/^\$ mock-mor (explain .*)\n([\s\S]*?)(?=^```|^\$ )/gm), ([, line = '', output]) => ({
    line,
    output,
  }));
  expect(shown).toHaveLength(1);
  for (const { line, output } of shown) expect({ line, output: (await run(splitCommand(line))).stdout }).toEqual({ line, output });
});
