import { serve } from '../cli/program.ts';

const CALL_PATH = '/billing/api/did_create';
const CALL = `${CALL_PATH}?u=admin%1b%5b2J%0aforged&did=5`;

const LIMITS =
  'limits: 1048576 bytes of body, 65536 of headers, 1000 parameters; time-outs: headers 15000 ms, request 30000 ms, keep-alive 65000 ms';

test('JSON: the limits, then one line a request on standard error, the ready line alone on standard output', async () => {
  const program = serve(['--log', 'json']);
  const url = await program.url();
  const answer = await fetch(url + CALL, { method: 'POST' });
  await fetch(`${url}/__admin/health`);
  await program.said('stderr', /"request_id"/);
  program.kill('SIGTERM');
  const { stdout, stderr } = await program.exit();
  expect(stdout.split('\n')).toHaveLength(2);
  const [limits, line, ...rest] = stderr.split('\n');
  expect(rest).toEqual(['']);
  expect(JSON.parse(limits ?? '')).toEqual({ level: 'info', time: expect.any(String), msg: LIMITS });
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'info',
    request_id: answer.headers.get('x-mock-mor-request-id'),
    u: 'admin\u001b[2J\nforged',
    did: '5',
    outcome: 'Access Denied',
    status: 200,
  });
});

test('the limits in force are reported at the start', async () => {
  const program = serve(
    ['--log', 'json', '--max-body-bytes', '5', '--max-header-bytes', '600', '--max-parameters', '7', '--headers-timeout-ms', '80'],
    {
      env: { MOCK_MOR_REQUEST_TIMEOUT_MS: '90', MOCK_MOR_KEEP_ALIVE_TIMEOUT_MS: '0' },
    },
  );
  const [, said] = await program.said('stderr', /"msg":"(limits: [^"]*)"/);
  expect(said).toBe('limits: 5 bytes of body, 600 of headers, 7 parameters; time-outs: headers 80 ms, request 90 ms, keep-alive none');
});

test('pretty: one line a request, whatever is in it', async () => {
  const program = serve(['--log', 'pretty']);
  await fetch((await program.url()) + CALL, { method: 'POST' });
  await program.said('stderr', /did_create.*\n/);
  program.kill('SIGTERM');
  const { stderr } = await program.exit();
  expect(stderr).toMatch(
    /^\d\d:\d\d:\d\d info {2}limits: .*\n\d\d:\d\d:\d\d info {2}1 did_create "5" by "admin\\u001b\[2J\\nforged" \(U\+001B escape at character 6; U\+000A line feed at character 10\) \(unknown\): Access Denied \(200, \d+\.\d ms\)\n$/,
  );
});

test('silent: no line', async () => {
  const program = serve(['--log', 'silent']);
  await fetch((await program.url()) + CALL, { method: 'POST' });
  program.kill('SIGTERM');
  expect((await program.exit()).stderr).toBe('');
});

test('a reader who does not read holds up neither answers nor the end', async () => {
  const program = serve(['--log', 'json']);
  const url = await program.url();
  program.pauseReading('stderr');
  // Together several times what the system holds for a reader.
  const body = new URLSearchParams({ u: 'u'.repeat(200), did: '5'.repeat(200) });
  for (let i = 0; i < 20; i++) {
    await Promise.all(Array.from({ length: 25 }, () => fetch(url + CALL_PATH, { method: 'POST', body }).then((answer) => answer.text())));
  }
  program.kill('SIGTERM');
  const before = performance.now();
  await program.gone();
  expect(performance.now() - before).toBeLessThan(3000);
});
