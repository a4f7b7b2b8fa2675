import { sha1 } from '../../src/contract/signed.ts';
import { run, serve } from './program.ts';

test('a request of a running server, as it is explained there: status 1 if it was refused, 0 if not', async () => {
  const url = await serve(['--log', 'silent']).url();
  const hash = sha1('137060000099secret');
  await fetch(`${url}/billing/api/did_create?username=admin`, { method: 'POST' });
  await fetch(`${url}/billing/api/did_create?u=admin&provider_id=1&did=37060000099&hash=${hash}`, { method: 'POST' });
  const shown = await (await fetch(`${url}/__admin/requests/1?format=text`)).text();
  expect(shown).toContain('did you mean u?');
  expect(await run(['explain', '--url', url, '--request', '1'])).toEqual({ status: 1, stdout: shown, stderr: '' });
  expect((await run(['explain', '--url', `${url}/`, '--request', '2'])).status).toBe(0);
  const { trace } = (await (await fetch(`${url}/__admin/requests/1`)).json()) as { trace: unknown };
  expect(JSON.parse((await run(['explain', '--json', '--url', url, '--request', '1'])).stdout)).toEqual(trace);
});

test('in a sandbox, by the id of the answer’s header, and with a token', async () => {
  const url = await serve(['--log', 'silent', '--admin-token', 'letmein', '--sandboxes', 'auto']).url();
  const answer = await fetch(`${url}/__sandboxes/t-42/billing/api/did_create`, { method: 'POST' });
  const id = answer.headers.get('x-mock-mor-request-id') ?? '';
  expect(id).toBe('t-42-1');
  const env = { MOCK_MOR_ADMIN_TOKEN: 'letmein' };
  for (const args of [
    ['--url', url, '--request', id],
    ['--url', `${url}/__sandboxes/t-42`, '--request', id],
    ['--url', `${url}/__sandboxes/t-42`, '--request', '1'],
  ])
    expect((await run(['explain', ...args], { env })).stdout).toMatch(/^request t-42-1: POST .*\n\ndid_create: Access Denied\n/);
  const refused = await run(['explain', '--url', url, '--request', id]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    /^mock-mor: .* answered with status 401: send the header "Authorization: \*\*\*" with the token of --admin-token/,
  );
});

test('a request that is not there: what there is, status 2', async () => {
  const url = await serve(['--log', 'silent']).url();
  expect(await run(['explain', '--url', url, '--request', '7'])).toEqual({
    status: 2,
    stdout: '',
    stderr: `mock-mor: ${url} answered with status 404: the journal has no request 7; it may have been dropped or reset: it has none\n`,
  });
});

test.each([
  [['--request', 'x'], '--request "x" is no id of a request, such as 7, or t42-7 in the sandbox t42.'],
  [['--request', '1', 'u=admin'], '--request asks a running server, so it goes without WORDS.'],
  [['--request', '1', '--call', 'did_close'], '--request asks a running server, so it goes without --call.'],
  [['--url', 'http://127.0.0.1:1', 'u=admin'], '--url goes with --request ID: WORDS are judged by the fixtures.'],
  [[], 'explain needs WORDS, or --request ID. See mock-mor explain --help.'],
  [['--url', 'http://127.0.0.1:9', '--request', '1'], 'no answer from http://127.0.0.1:9/__admin/requests/1?format=json: '],
])('%j: status 2', async (args, line) => {
  const { status, stderr } = await run(['explain', ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(`mock-mor: ${line}`);
});
