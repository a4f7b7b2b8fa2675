/** The command: what it says where, how it starts and ends, and what is left behind. */
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { signed } from '../../src/contract/signed.ts';
import { parseCases } from '../../src/contract/table.ts';
import { carried } from '../../src/contract/transports.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../shadow/certificate.ts';
import { afterwards, answerXml, readBytes, realServer, sendTo } from '../shadow/shadowed.ts';
import { run, serve, start, type Program, type Setting } from '../cli/program.ts';

const FIXTURES = `
settings: { api_secret_key: the-real-key }
users:
  - { id: 0, username: admin, type: admin }
  - { id: 5, username: reseller, type: reseller, api_secret_key: the-key-of-the-reseller }
providers: [{ id: 1 }]
`;

let folder: string;
let fixtures: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-shadow-'));
  fixtures = join(folder, 'fixtures.yaml');
  writeFileSync(fixtures, FIXTURES);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = (did: string, key = 'the-real-key') => carried(signed({ u: 'admin', provider_id: '1', did }, key), 'form');

function shadow(target: string, args: readonly string[] = [], setting?: Setting): Program {
  return start(['shadow', '--target', target, '--port', '0', '--fixtures', fixtures, ...args], setting);
}

async function urlOf(program: Program): Promise<string> {
  return (await program.said('stdout', /^mock-mor shadow ready on (http:\S+) \(/))[1] ?? '';
}

/** A target that denies every caller. */
async function denying(): Promise<string> {
  const { url } = await realServer((request, response) => {
    request.resume();
    answerXml(response, errorXml('Access Denied'));
  });
  return url;
}

async function untilNobodyListens(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect(Number(port), hostname);
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (!isOpen) return;
  }
}

function countIn(file: string): number {
  return parseCases(readFileSync(file, 'utf8'), file).cases['recorded']?.length ?? 0;
}

test.each(['SIGTERM', 'SIGINT'] as const)('one line when it is ready, one at the end, which %s brings about; status 0', async (signal) => {
  const real = serve(['--fixtures', fixtures, '--log', 'silent']);
  const target = await real.url();
  const record = join(folder, 'record.yaml');
  const program = shadow(target, ['--record', record, '--log', 'silent']);
  const url = await urlOf(program);
  for (const request of [good('370'), good('370'), good('371', 'x')]) await sendTo(url, request);
  await sendTo(url, { path: '/__admin/reset' });
  program.kill(signal);
  expect(await program.exit()).toEqual({
    status: 0,
    stderr: '',
    stdout:
      `mock-mor shadow ready on ${url} (target: ${target}, fixtures: ${fixtures}, 2 users, 1 provider, 0 DIDs)\n` +
      'mock-mor shadow ended (requests: 3, same: 3, different: 0, not judged: 0, recorded: 3, not recorded: 0)\n',
  });
  expect(countIn(record)).toBe(3);
});

describe('the log', () => {
  const NASTY = 'no\u001b[31m\nbody\u202e';

  test('json: an object a line, a difference with all that is known of it', async () => {
    const program = shadow(await denying(), ['--log', 'json']);
    await sendTo(await urlOf(program), good('370'));
    await program.said('stderr', /"verdict"/);
    program.kill('SIGTERM');
    const { stderr, stdout } = await program.exit();
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-/),
        request_id: '1',
        method: 'POST',
        path: '/billing/api/did_create',
        call: 'did_create',
        u: 'admin',
        did: '370',
        status: 200,
        duration_ms: expect.any(Number),
        outcome: 'Access Denied',
        verdict: 'different',
        mock: 'DID created',
        params: [
          { name: 'u', value: 'admin', from: 'form' },
          { name: 'provider_id', value: '1', from: 'form' },
          { name: 'did', value: '370', from: 'form' },
          { name: 'hash', value: '***', from: 'form' },
        ],
        notes: [],
        trace: expect.stringMatching(/^did_create: DID created\n\n✓ /),
        msg: expect.stringMatching(
          /^1 did_create "370" by "admin": different: the server says "Access Denied", the mock "DID created" \(200, [\d.]+ ms\)$/,
        ),
      },
    ]);
    expect(stdout.trim().split('\n').slice(1)).toEqual([
      'mock-mor shadow ended (requests: 1, same: 0, different: 1, not judged: 0)',
      '  different:',
      '    1 × did_create: the server says Access Denied, the mock DID created',
    ]);
  });

  test('pretty: the difference, what was sent and the trace, each on lines of its own; nothing in a request steers the terminal', async () => {
    const program = shadow(await denying(), ['--log', 'pretty']);
    const params = signed({ u: 'admin', provider_id: '1', did: '370', comment: NASTY, [NASTY]: NASTY }, 'the-real-key');
    const url = await urlOf(program);
    await sendTo(url, carried(params, 'query'));
    await sendTo(url, { query: `u=${encodeURIComponent(NASTY)}` });
    await program.said('stderr', /2 did_create/);
    program.kill('SIGTERM');
    const { stderr } = await program.exit();
    const lines = stderr.split('\n');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d warn {2}1 did_create "370" by "admin": different: the server says "Access Denied", the mock "DID created"/,
    );
    const nasty = String.raw`"no\u001b[31m\nbody\u202e" (U+001B escape at character 3; U+000A line feed at character 8; U+202E right-to-left override at character 13)`;
    expect(lines.slice(1, 7)).toEqual([
      '  POST /billing/api/did_create',
      '  u = "admin" (query)',
      '  provider_id = "1" (query)',
      '  did = "370" (query)',
      `  comment = ${nasty} (query)`,
      '  *** = "***" (query, unknown)',
    ]);
    expect(lines).toContain('  did_create: DID created');
    expect(lines.find((line) => line.includes('2 did_create'))).toContain(`by ${nasty}: Access Denied`);
    expect(['\u001b', '\u202e'].filter((character) => stderr.includes(character))).toEqual([]);
  });

  test('JSON where no terminal listens', async () => {
    const program = shadow(await denying());
    await sendTo(await urlOf(program), { query: 'u=nobody' });
    await program.said('stderr', /^\{.*"verdict":"same".*\}$/m);
  });
});

describe('does not start, with status 2 and one line', () => {
  test.each<[what: string, args: readonly string[], line: RegExp]>([
    ['without a target', [], /^mock-mor: shadow needs --target URL, .*\n$/],
    ['with a target that is no URL', ['--target', 'mor'], /^mock-mor: --target is no URL of a server: .*\n$/],
    [
      'with a password in the target',
      ['--target', 'http://joe:hunter2@mor.example.com'],
      /^mock-mor: --target must not hold a username or a password(?!.*hunter2).*\n$/,
    ],
    [
      'with no time for the target',
      ['--target', 'http://127.0.0.1:9', '--target-timeout-ms', '0'],
      /^mock-mor: --target-timeout-ms "0" is not a whole number from 1 to 2147483647: nothing waits for ever here\.\n$/,
    ],
    [
      'with a record in no folder',
      ['--target', 'http://127.0.0.1:9', '--record', '/nowhere/at/all.yaml'],
      /^mock-mor: --record: ENOENT.*\n$/,
    ],
    [
      'with a word too many',
      ['--target', 'http://127.0.0.1:9', 'x'],
      /^mock-mor: unexpected "x": shadow takes options only\. See mock-mor shadow --help\.\n$/,
    ],
    ['with a flag of serve alone', ['--watch'], /^mock-mor: unknown flag "--watch"\. .*\n$/],
  ])('%s', async (_, args, line) => {
    expect(await run(['shadow', '--port', '0', ...args])).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(line) });
  });

  test('on bad fixtures', async () => {
    writeFileSync(fixtures, 'users: [{ id: 0, type: admin }]\n');
    const { status, stderr } = await shadow('http://127.0.0.1:9').exit();
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('users[0].username') });
  });

  test('in front of itself', async () => {
    const free = (await realServer(() => undefined)).server;
    const { port } = free.address() as AddressInfo;
    await new Promise<void>((resolve) => void free.close(() => resolve()));
    const { status, stderr } = await run(['shadow', '--target', `http://localhost:${String(port)}`, '--port', String(port)]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^mock-mor: --target is this shadow itself: .*\n$/) });
  });
});

test('does not start on a port in use: status 1', async () => {
  const { port } = new URL(await denying());
  const { status, stderr } = await run(['shadow', '--target', 'http://127.0.0.1:9', '--port', port]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`port ${port} on 127.0.0.1 is in use`) });
});

test('what serve has variables for has them here', async () => {
  const target = await denying();
  const env = { MOCK_MOR_PORT: '0', MOCK_MOR_FIXTURES: fixtures, MOCK_MOR_LOG: 'silent', MOCK_MOR_MAX_BODY_BYTES: '50' };
  const program = start(['shadow', '--target', target], { env });
  expect((await sendTo(await urlOf(program), good('370'))).body).toBe(errorXml('Access Denied'));
  program.kill('SIGTERM');
  expect(await program.exit()).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(
      /\(requests: 1, same: 0, different: 0, not judged: 1\)\n {2}not judged:\n {4}1 × did_create: the request has more than 50 bytes\n$/,
    ),
  });
});

describe('TLS', () => {
  async function tlsTarget(): Promise<number> {
    const server = createTlsServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (request, response) => {
      void readBytes(request).then(() => answerXml(response, errorXml(request.headers.host ?? '')));
    });
    server.listen(0, 'localhost');
    await once(server, 'listening');
    afterwards(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return (server.address() as AddressInfo).port;
  }

  test('a target is verified by what Node trusts', async () => {
    const port = await tlsTarget();
    const certificate = join(folder, 'certificate.pem');
    writeFileSync(certificate, TEST_CERTIFICATE);
    const trusting = shadow(`https://localhost:${String(port)}`, [], { env: { NODE_EXTRA_CA_CERTS: certificate } });
    expect(await sendTo(await urlOf(trusting), good('370'))).toMatchObject({ status: 200, body: errorXml(`localhost:${String(port)}`) });
    const doubting = shadow(`https://localhost:${String(port)}`);
    expect(await sendTo(await urlOf(doubting), good('370'))).toMatchObject({
      status: 502,
      body: 'mock-mor: the target cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT\n',
    });
  });
});

describe('the end', () => {
  test('waits for an answer that is in flight', async () => {
    let answer = (): void => undefined;
    let arrived = (): void => undefined;
    const came = new Promise<void>((resolve) => (arrived = resolve));
    const { url: target } = await realServer((request, response) => {
      request.resume();
      answer = () => answerXml(response, errorXml('Access Denied'));
      arrived();
    });
    const program = shadow(target, ['--log', 'silent']);
    const url = await urlOf(program);
    const call = sendTo(url, { query: 'u=nobody' });
    await came;
    program.kill('SIGTERM');
    await untilNobodyListens(url);
    answer();
    expect((await call).body).toBe(errorXml('Access Denied'));
    expect(await program.exit()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\(requests: 1, same: 1, different: 0, not judged: 0\)\n$/),
    });
  });

  test('by SIGKILL, in the middle of requests: the record parses, and the next run adds to it', async () => {
    const record = join(folder, 'record.yaml');
    const target = await denying();
    const program = shadow(target, ['--record', record, '--log', 'silent']);
    const url = await urlOf(program);
    let number = 0;
    while (!existsSync(record)) await sendTo(url, good(String((number += 1))));
    let answered = 0;
    const requests = Array.from({ length: 100 }, async (_, i) => {
      await sendTo(url, good(String(10_000 + i)));
      answered += 1;
      if (answered === 60) program.kill('SIGKILL');
    });
    await Promise.allSettled(requests);
    expect((await program.exit()).status).toBeNull();
    const before = countIn(record);
    expect(before).toBeGreaterThan(0);

    const next = shadow(target, ['--record', record, '--log', 'silent']);
    await sendTo(await urlOf(next), good('20000'));
    next.kill('SIGTERM');
    expect((await next.exit()).status).toBe(0);
    expect(countIn(record)).toBe(before + 1);
  });

  test('with a record that could not be written: status 1, and the requests went on', async () => {
    const place = join(folder, 'place');
    mkdirSync(place);
    const program = shadow(await denying(), ['--record', join(place, 'record.yaml'), '--log', 'silent']);
    const url = await urlOf(program);
    rmSync(place, { recursive: true });
    for (const did of ['1', '2']) expect((await sendTo(url, good(did))).body).toBe(errorXml('Access Denied'));
    program.kill('SIGTERM');
    const { status, stdout, stderr } = await program.exit();
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /\(requests: 2, same: 0, different: 2, not judged: 0, recorded: 0, not recorded: 2\)\n {2}different:\n(?: {4}.*\n)+$/,
    );
    expect(stderr).toMatch(/^mock-mor: the record is not whole: ENOENT/m);
  });
});
