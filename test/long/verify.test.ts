import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, serve, start } from '../cli/program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Servers of a test, which are gone after it. */
// A run sends some two thousand requests.
jest.setTimeout(180_000);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function httpServer(listener: RequestListener): Server {
  const server = createHttpServer(listener);
  servers.push(server);
  return server;
}

const path = (name: string): string => join(folder, name);

function write(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
}

const PROFILE = (baseUrl: string): string => `
base_url: ${baseUrl}
server_version: as shipped
key_from: MOR_KEY
settings: { default_did_provider_id: 1 }
callers:
  - { username: admin, type: admin }
  - { username: accountant, type: accountant, manage_dids: read }
  - { username: user, type: user }
providers: [{ id: 1 }, { id: 3, hidden: true }]
dids: [{ did: "37060000001" }]
prefix: "3709"
`;

const KEYS = { env: { MOR_KEY: 'secret' } };

describe('against a mock', () => {
  test('as shipped: every case passes, status 0, and the mock is as it was', async () => {
    const url = await serve().url();
    const { status, stdout, stderr } = await run(['verify', url]);
    expect(stdout).toMatch(new RegExp(`^(\\d+) cases against the mock at ${url}: \\1 passed, 0 differ, 0 skipped, 0 failed \\(`, 'm'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await (await fetch(`${url}/__admin/health`)).json()).toMatchObject({ counts: { dids: 2, created_dids: 0 } });
    expect(await (await fetch(`${url}/__admin/sandboxes`)).json()).toEqual({ sandboxes: [] });
    expect(await (await fetch(`${url}/__admin/requests`)).json()).toMatchObject({ requests: [] });
  });

  test('with a token, which comes from its variable', async () => {
    const url = await serve(['--admin-token', 'letmein']).url();
    const args = ['verify', url, '--only', 'check.hash-incorrect'];
    expect(await run(args, { env: { MOCK_MOR_ADMIN_TOKEN: 'letmein' } })).toMatchObject({ status: 0 });
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mock-mor: POST \/__admin\/sandboxes was answered with status 401: .*MOCK_MOR_ADMIN_TOKEN\.\n$/);
  });

  test('--only takes a rule, a family and a part of a title', async () => {
    const url = await serve().url();
    for (const [only, cases] of [
      ['hash.exact', 9],
      ['did_create hash', 82],
      ['a no-break space', 3],
    ] as const) {
      expect((await run(['verify', url, '--only', only])).stdout).toMatch(new RegExp(`^${String(cases)} cases .* ${String(cases)} passed`));
    }
    const { status, stderr } = await run(['verify', url, '--only', 'hash.exat']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean "hash.exact"?');
  });
});

test('--list tells every case with its rule and evidence, and needs no server', async () => {
  const { status, stdout } = await run(['verify', '--list', '--only', 'hash.exact']);
  expect(status).toBe(0);
  expect(stdout.split('\n')[0]).toBe('did_create hash.exact › the right hash in capitals -> Incorrect hash (observed)');
  expect(stdout.split('\n')).toHaveLength(10);
});

describe('against a server', () => {
  test('by default it makes nothing, names the settings, keeps a run without secrets, and serve tells of it', async () => {
    const fixtures = write('bare.yaml', 'settings: { error_envelope: bare }\n');
    const world = new URL('../../fixtures/', `file://${__filename}`).pathname;
    const files = ['users', 'providers', 'devices', 'dial_plans', 'dids']
      .map((name) => readFileSync(join(world, `${name}.yaml`), 'utf8'))
      .join('\n');
    writeFileSync(fixtures, `settings: { api_secret_key: secret, default_did_provider_id: 1, error_envelope: bare }\n${files}`);
    const url = await serve(['--fixtures', fixtures]).url();
    const args = ['verify', '--profile', write('mor.yaml', PROFILE(url)), '--rate', '0', '--only', 'check', '--save', path('run.json')];
    const { status, stdout, stderr } = await run(args, { ...KEYS, cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('The mock behaves the same with these settings:\n  error_envelope: bare\n');
    expect(stdout).toMatch(/makes a number, or would if the server broke one rule; --allow-writes lets it/);
    expect(await (await fetch(`${url}/__admin/health`)).json()).toMatchObject({ counts: { created_dids: 0 } });
    expect(existsSync(path('mock-mor-made.csv'))).toBe(false);

    const kept = readFileSync(path('run.json'), 'utf8');
    expect(kept).not.toContain(url);
    expect(kept).not.toMatch(/[0-9a-f]{40}/);
    const proven = serve(['--verified', path('run.json')]);
    expect(await (await fetch(`${await proven.url()}/__admin/health`)).json()).toMatchObject({
      verified: {
        target: 'mock',
        server_version: 'as shipped',
        differs: 0,
        rules: expect.arrayContaining([
          { call: 'did_create', rule: 'check.hash-incorrect', passed: expect.any(Number), of: expect.any(Number), differs: 0 },
        ]),
      },
    });

    expect(await run([...args, '--against', path('run.json')], { ...KEYS, cwd: folder })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Changed since the run it was compared with:\n  nothing\n'),
    });
    await fetch(`${url}/__admin/settings`, {
      method: 'PATCH',
      body: '{"dialect":"legacy"}',
      headers: { 'content-type': 'application/json' },
    });
    const changed = await run([...args, '--against', path('run.json')], { ...KEYS, cwd: folder });
    expect(changed.status).toBe(1);
    expect(changed.stdout).toContain(`answered "Access Denied" then, "Don't be so smart" now`);
  });

  test('--allow-writes makes numbers under the prefix and lists each', async () => {
    const url = await serve().url();
    const args = [
      'verify',
      '--profile',
      write('mor.yaml', PROFILE(url)),
      '--rate',
      '0',
      '--allow-writes',
      '--only',
      'effect',
      '--made',
      path('made.csv'),
    ];
    expect(await run(args, KEYS)).toMatchObject({ status: 0, stderr: '' });
    const [head, ...made] = readFileSync(path('made.csv'), 'utf8').trimEnd().split('\n');
    expect(head).toBe('run,did,id');
    const { dids } = (await (await fetch(`${url}/__admin/dids?created=true`)).json()) as { dids: { did: string; id: number }[] };
    expect(made.map((line) => line.replace(/^[^,]+Z,/, ''))).toEqual(dids.map(({ did, id }) => `${did},${String(id)}`));
    expect(made.length).toBeGreaterThan(5);
    expect(dids.every(({ did }) => did.startsWith('3709'))).toBe(true);
    // Another run adds to the list, and meets none of its numbers.
    expect(await run(args, KEYS)).toMatchObject({ status: 0, stdout: expect.stringContaining(`they are listed in ${path('made.csv')}\n`) });
    expect(readFileSync(path('made.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + 2 * made.length);
    expect((await run([...args, '--made', folder], KEYS)).stderr).toMatch(/^mock-mor: the list of what is made cannot be read: EISDIR/);
  });

  test('a difference: status 1, without key or hash', async () => {
    const url = await serve().url();
    // It says what is not so: user is an accountant who may edit.
    const profile = write(
      'mor.yaml',
      PROFILE(url).replace('username: user, type: user', 'username: user, type: accountant, manage_dids: edit'),
    );
    for (const format of ['pretty', 'json']) {
      const { status, stdout, stderr } = await run(
        ['verify', '--profile', profile, '--rate', '0', '--only', 'check', '--format', format],
        KEYS,
      );
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      expect(stdout).toMatch(/expected error: Provider was not found; got error: Access Denied|"got": "error: Access Denied"/);
      expect(stdout).not.toMatch(/[0-9a-f]{40}/i);
    }
  });

  test('a URL beside the profile goes before its own', async () => {
    const url = await serve().url();
    const profile = write('mor.yaml', PROFILE('http://127.0.0.1:9'));
    expect(await run(['verify', url, '--profile', profile, '--rate', '0', '--only', 'hash.exact'], KEYS)).toMatchObject({ status: 0 });
  });

  test('asked slowly and interrupted: what was found so far, status 2', async () => {
    const url = await serve().url();
    const program = start(['verify', '--profile', write('mor.yaml', PROFILE(url)), '--rate', '2', '--only', 'check'], KEYS);
    // It has begun when the first requests are there.
    await fetch(`${url}/__admin/requests?wait=10s&count=2`);
    program.kill('SIGINT');
    const { status, stdout, stderr } = await program.exit();
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).toMatch(/^It ended after \d+ cases: it was interrupted$/m);
  });

  test('a server that never answers: one line, status 2', async () => {
    const silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
    const args = ['verify', '--profile', write('mor.yaml', PROFILE(url)), '--rate', '0', '--timeout-ms', '50', '--only', 'hash.exact'];
    const ended = await run(args, KEYS);
    silent.close();
    await once(silent, 'close');
    expect(ended).toEqual({ status: 2, stdout: '', stderr: 'mock-mor: no answer: no answer within 50 ms\n' });
  });

  test('a wrong key: one line, status 2, without the key', async () => {
    const url = await serve().url();
    const ended = await run(['verify', '--profile', write('mor.yaml', PROFILE(url)), '--rate', '0'], { env: { MOR_KEY: 'not-it' } });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^mock-mor: a harmless call was answered "Incorrect hash": the key that the profile takes for "admin" is not his key.*\n$/,
    );
  });

  test('a server that repeats all it is sent: no key and no hash in any report, nor in what is kept', async () => {
    const key = 'k3y & <se>cret';
    const url = await serve().url();
    // In front of a mock whose key it has, it answers errors of its own that repeat the request.
    const echo = httpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(400, { 'content-type': `text/html; key=${key}`, location: `/?key=${encodeURIComponent(key)}` });
        response.end(`<p>${request.url ?? ''} ${Buffer.concat(chunks).toString()} ${key} ${JSON.stringify(key)}</p>`);
      });
    });
    const proxy = httpServer((request, response) => {
      // The first call is passed on, so that the run begins.
      const target = first ? url : `http://127.0.0.1:${String((echo.address() as AddressInfo).port)}`;
      first = false;
      void fetch(`${target}${request.url ?? ''}`, { method: 'POST' }).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(await answer.text());
      });
    });
    let first = true;
    await fetch(`${url}/__admin/settings`, {
      method: 'PATCH',
      body: JSON.stringify({ api_secret_key: key }),
      headers: { 'content-type': 'application/json' },
    });
    await Promise.all([echo, proxy].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    const base = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    for (const format of ['pretty', 'junit']) {
      first = true;
      const args = [
        'verify',
        '--profile',
        write('mor.yaml', PROFILE(base)),
        '--rate',
        '0',
        '--only',
        'check.access-denied',
        '--format',
        format,
        '--save',
        path('kept.json'),
      ];
      const { status, stdout, stderr } = await run(args, { env: { MOR_KEY: key } });
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      expect(stdout).toContain('***');
      for (const told of [stdout, readFileSync(path('kept.json'), 'utf8')]) {
        expect(told).not.toMatch(/[0-9a-f]{40}/i);
        expect(told).not.toMatch(/k3y/);
      }
    }
  });
});

test.each<[title: string, args: readonly string[], line: RegExp]>([
  ['no address', [], /verify needs URL, the address of a mock or a server, or --profile FILE/],
  ['no web address', ['ftp://mor'], /URL must be an http or https address/],
  ['a password in the address', ['http://a:b@mor'], /URL has a name or password in it/],
  ['a query in the address', ['http://mor/?a=b'], /URL must end with its path/],
  ['nobody there', ['http://127.0.0.1:9'], /no answer: .*ECONNREFUSED/],
  ['an unknown form', ['http://mor', '--format', 'xml'], /--format "xml" is not one of pretty, json, junit, github\./],
  ['a profile that is not there', ['--profile', '/none.yaml'], /the profile cannot be read/],
  ['a run that is not there', ['http://mor', '--against', '/none.json'], /the record of a verify cannot be read/],
])('%s: one line, status 2', async (_, args, line) => {
  const { status, stdout, stderr } = await run(['verify', ...args]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^mock-mor: ${line.source}.*\\n$`));
});

test('a web server that is no mock -> it says that a profile is needed, status 2', async () => {
  const url = await serve(['--no-admin']).url();
  const { status, stderr } = await run(['verify', url]);
  expect(status).toBe(2);
  expect(stderr).toContain('To run against a real server give --profile FILE.');
});
