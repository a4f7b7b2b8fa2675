import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { createMockMor } from '../../src/index.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../shadow/certificate.ts';
import { run, serve } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** The status of an answer over TLS, by a client that trusts one certificate. */
const statusOf = (url: string, ca: string): Promise<number | string> =>
  new Promise((resolve) => {
    get(url, { ca, agent: false }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', (error) => resolve(error.message));
  });

const HAS_CURL = spawnSync('curl', ['--version']).status === 0;

test('self-signed: for loopback and allowed names; curl, the health check and verify trust it by its file', async () => {
  const caFile = join(folder, 'ca.pem');
  const program = serve(['--log', 'json', '--tls', 'self-signed', '--tls-ca-out', caFile, '--allowed-hosts', 'mor.test:80,*,[::2]']);
  const url = await program.url();
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ca = readFileSync(caFile, 'utf8');
  expect(new X509Certificate(ca).subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:mor.test, IP Address:0:0:0:0:0:0:0:2',
  );
  const { port } = new URL(url);
  expect(await statusOf(`${url}/__admin/health`, ca)).toBe(200);
  expect(await statusOf(`https://localhost:${port}/__admin/health`, ca)).toBe(200);
  expect(await statusOf(`${url}/__admin/health`, TEST_CERTIFICATE)).toMatch(/self-signed certificate/);
  if (HAS_CURL) {
    const curl = (...args: string[]): string => spawnSync('curl', ['-sS', ...args], { encoding: 'utf8' }).stdout;
    expect(curl('--cacert', caFile, '-d', 'u=nobody', `${url}/billing/api/did_create`)).toContain('<error>Access Denied</error>');
    expect(spawnSync('curl', ['-sS', url]).status).toBe(60);
  }
  expect(await run(['healthcheck', '--port', port, '--tls', 'self-signed'])).toEqual({ status: 0, stdout: 'healthy\n', stderr: '' });
  expect((await run(['healthcheck', '--port', port])).status).toBe(1);
  expect((await run(['verify', url, '--only', 'hash.exact', '--ca', caFile])).stdout).toMatch(/ 0 differ, 0 skipped, 0 failed /);
  expect((await run(['verify', url, '--only', 'hash.exact'])).status).toBe(2);
  // The addresses that the mock makes have the scheme.
  const made = await new Promise<string>((resolve) => {
    get(`${url}/__admin/sandboxes`, { ca, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve(text));
    });
  });
  expect(JSON.parse(made)).toHaveProperty('sandboxes');
  program.kill('SIGTERM');
  expect((await program.exit()).status).toBe(0);
});

test('a certificate of one’s own, and a client that speaks plain HTTP to it', async () => {
  const [cert, key] = [write('cert.pem', TEST_CERTIFICATE), write('key.pem', TEST_KEY)];
  const program = serve(['--log', 'json', '--tls-cert', cert, '--tls-key', key]);
  const { port } = new URL(await program.url());
  expect(await statusOf(`https://localhost:${port}/`, TEST_CERTIFICATE)).toBe(200);
  const plain = connect(Number(port), '127.0.0.1');
  plain.on('error', () => undefined);
  plain.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(plain, 'close');
  await program.said('stderr', /it speaks plain HTTP, and this port HTTPS; write https:\/\/ instead of http:\/\//);
  // One that says nothing holds up no end.
  const silent = connect(Number(port), '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'connect');
  program.kill('SIGTERM');
  expect((await program.exit()).status).toBe(0);
});

test('the library serves HTTPS by keys', async () => {
  const mor = await createMockMor({ tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } });
  const { port, protocol } = new URL(await mor.listen());
  expect(protocol).toBe('https:');
  expect(await statusOf(`https://localhost:${port}/__admin/health`, TEST_CERTIFICATE)).toBe(200);
  await mor.close();
  await expect(createMockMor({ tls: { cert: TEST_CERTIFICATE } as never })).rejects.toThrow(
    'the option tls must be an object { cert, key }',
  );
  await expect(createMockMor({ tls: { cert: 'x', key: TEST_KEY } })).rejects.toThrow(
    'the TLS certificate or key is not usable: both must be PEM',
  );
});

test.each<[args: readonly string[], line: string]>([
  [['--tls-cert', 'cert.pem'], '--tls-cert and --tls-key go together: give both, or none.'],
  [
    ['--tls', 'self-signed', '--tls-cert', 'cert.pem', '--tls-key', 'key.pem'],
    '--tls self-signed makes a certificate, so it goes without --tls-cert.',
  ],
  [['--tls-ca-out', 'ca.pem'], '--tls-ca-out goes with --tls self-signed.'],
  [['--tls-cert', 'none.pem', '--tls-key', 'key.pem'], '--tls-cert: ENOENT: '],
  [
    ['--tls-cert', 'key.pem', '--tls-key', 'key.pem'],
    'the TLS certificate or key is not usable: both must be PEM, the key without a passphrase',
  ],
  [['--tls', 'self-signed', '--tls-ca-out', 'no/ca.pem'], '--tls-ca-out: ENOENT: '],
])('%j: one line, status 2', async (args, line) => {
  write('cert.pem', TEST_CERTIFICATE);
  write('key.pem', TEST_KEY);
  const { status, stdout, stderr } = await run(['--port', '0', ...args], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.startsWith(`mock-mor: ${line}`)).toBe(true);
  expect(stderr).not.toContain('PRIVATE');
});
