import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { run, serve, start } from './program.ts';

const ROOT = join(__dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-serve-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** A port nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the ready line', () => {
  test('alone on standard output, with the fixtures as they were given', async () => {
    const port = await freePort();
    const program = start(['--fixtures', './fixtures', '--port', String(port)], { cwd: ROOT });
    await program.url();
    expect(program.stdout).toMatch(
      new RegExp(
        `^mock-mor ready on http://127\\.0\\.0\\.1:${String(port)} \\(fixtures: \\./fixtures, \\d+ users, \\d+ providers, \\d+ DIDs\\)\n$`,
      ),
    );
    program.kill('SIGTERM');
    expect((await program.exit()).stdout.split('\n')).toHaveLength(2);
  });

  test('counts one as one, and none as none', async () => {
    const file = write('one.yaml', 'users: [{ id: 0, username: admin, type: admin }]\nproviders: [{ id: 1, name: One }]\n');
    const program = serve(['--fixtures', file]);
    await program.url();
    expect(program.stdout).toContain(`(fixtures: ${file}, 1 user, 1 provider, 0 DIDs)\n`);
  });

  test('names the shipped fixtures where none are given, wherever it is started', async () => {
    const program = serve([], { cwd: folder });
    expect((await fetch(`${await program.url()}/__admin/health`)).status).toBe(200);
    expect(program.stdout).toContain('(fixtures: shipped, ');
  });

  test('is all there is with --log silent', async () => {
    const program = serve(['--log', 'silent']);
    await fetch(await program.url());
    program.kill('SIGTERM');
    const { status, stdout, stderr } = await program.exit();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n')).toHaveLength(2);
  });
});

test('two servers with --port 0 have two ports', async () => {
  const urls = await Promise.all([serve().url(), serve().url()]);
  expect(new Set(urls).size).toBe(2);
});

test('port, host and admin by variable reach the server', async () => {
  const port = await freePort();
  const program = start([], { env: { MOCK_MOR_PORT: String(port), MOCK_MOR_HOST: 'localhost', MOCK_MOR_ADMIN: 'false' } });
  await program.url();
  expect((await fetch(`http://localhost:${String(port)}/__admin/health`)).status).toBe(404);
});

test('the token and the body limit by flag reach the server', async () => {
  const url = await serve(['--admin-token', 'letmein', '--max-body-bytes', '10']).url();
  expect((await fetch(`${url}/__admin/health`)).status).toBe(401);
  expect((await fetch(`${url}/__admin/health`, { headers: { authorization: 'Bearer letmein' } })).status).toBe(200);
  expect((await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: new URLSearchParams({ u: 'a'.repeat(10) }) })).status).toBe(
    413,
  );
});

describe('does not start', () => {
  test('on a port in use: one line that says what to do, status 1', async () => {
    const { port } = new URL(await serve().url());
    expect(await run(['--port', port])).toEqual({
      status: 1,
      stdout: '',
      stderr: `mock-mor: port ${port} on 127.0.0.1 is in use. Stop what listens there, or take another one with --port N (0: any free one).\n`,
    });
  });

  test('on an address of another machine: one line, status 1', async () => {
    expect(await run(['--port', '0', '--host', '192.0.2.1'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'mock-mor: 192.0.2.1 is no address of this machine. Give one with --host ADDRESS, such as 127.0.0.1 or 0.0.0.0.\n',
    });
  });

  test('on bad fixtures: every fault with its place, status 2', async () => {
    write('a.yaml', 'users:\n  - { id: 0, username: admin, type: amin }\n');
    write('b.yaml', 'providrs: []\n');
    const { status, stdout, stderr } = await run(['--port', '0', '--fixtures', folder]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/a\.yaml:2:\d+ users\[0\]\.type/);
    expect(stderr).toMatch(/b\.yaml:1:1 .*providrs.*"providers"/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('on fixtures that may not be read: status 2', async () => {
    const file = write('closed.yaml', 'users: []\n');
    chmodSync(file, 0);
    // The superuser may read it all the same.
    if (process.getuid?.() === 0) rmSync(file);
    const { status, stdout, stderr } = await run(['--port', '0', '--fixtures', file]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(file);
  });
});

test('closed output is no reason to stop', async () => {
  const program = serve(['--log', 'json', '--watch']);
  const url = await program.url();
  program.stopReading('stdout');
  program.stopReading('stderr');
  await fetch(`${url}/__admin/fixtures/reload`, { method: 'POST' });
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  program.kill('SIGTERM');
  expect((await program.exit()).status).toBe(0);
});

test.each(['setImmediate(() => { throw new Error("unforeseen"); })', 'void Promise.reject(new Error("unforeseen"))'])(
  'an error nobody caught is logged and ends it with 70: %s',
  async (code) => {
    const preload = write('preload.cjs', `process.on('SIGUSR2', () => { ${code} });`);
    const program = serve(['--log', 'json'], { node: ['--require', preload] });
    await program.url();
    program.kill('SIGUSR2');
    const { status, stderr } = await program.exit();
    expect(status).toBe(70);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'error',
      msg: expect.stringMatching(/^Error: unforeseen\n/),
    });
  },
);
