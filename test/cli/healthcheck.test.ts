import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { parseServerFlags } from '../../src/cli/healthcheck.ts';
import { run, serve } from './program.ts';

/** What Docker gives it. The program itself aims at 1.5 s, but a busy machine starts a process slowly. */
const LIMIT_MS = 2000;
const HEALTHY = { status: 0, stdout: 'healthy\n', stderr: '' };
const portOf = async (url: Promise<string>): Promise<string> => new URL(await url).port;

test.each<[title: string, server: string[], check: string[]]>([
  ['its port', [], []],
  ['every address', ['--host', '0.0.0.0'], ['--host', '0.0.0.0']],
  ['a token', ['--admin-token', 'letmein'], ['--admin-token', 'letmein']],
  ['no admin API', ['--no-admin'], ['--no-admin']],
])('a live server, by flags: %s', async (_title, server, check) => {
  const port = await portOf(serve(server).url());
  expect(await run(['healthcheck', '--port', port, ...check])).toEqual(HEALTHY);
});

test('a live server, by variables', async () => {
  const port = await portOf(serve(['--admin-token', 'letmein']).url());
  const env = { MOCK_MOR_PORT: port, MOCK_MOR_HOST: '0.0.0.0', MOCK_MOR_ADMIN_TOKEN: 'letmein', MOCK_MOR_FIXTURES: '/fixtures' };
  expect(await run(['healthcheck'], { env })).toEqual(HEALTHY);
});

test('port 0 cannot be asked: status 2, from a flag or a variable', async () => {
  const stderr = (source: string): string =>
    `mock-mor: ${source} "0" is not a whole number from 1 to 65535: a server that was started with 0 has a port of its own, which the ready line names.\n`;
  expect(await run(['healthcheck', '--port', '0'])).toEqual({ status: 2, stdout: '', stderr: stderr('--port') });
  expect(await run(['healthcheck'], { env: { MOCK_MOR_PORT: '0' } })).toEqual({ status: 2, stdout: '', stderr: stderr('MOCK_MOR_PORT') });
});

test('a server that refuses us is not healthy', async () => {
  const port = await portOf(serve(['--admin-token', 'letmein']).url());
  expect(await run(['healthcheck', '--port', port])).toEqual({ status: 1, stdout: '', stderr: 'not healthy: status 401\n' });
});

describe('nobody who answers', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => server.close());

  test('a port nobody listens on: 1', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    const { status, stdout, stderr } = await run(['healthcheck', '--port', String(port)]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^not healthy: .*ECONNREFUSED.*\n$/);
  });

  test('a server that says nothing: 1, in time', async () => {
    const { port } = server.address() as AddressInfo;
    const before = performance.now();
    const { status, stderr } = await run(['healthcheck', '--port', String(port)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^not healthy: .*no answer within \d+ ms\n$/);
    expect(performance.now() - before).toBeLessThan(LIMIT_MS);
  });
});

test.each<[words: string, port: string | undefined]>([
  ['node /app/dist/cli.js --port 9000', '9000'],
  ['node /app/dist/cli.js serve --port=9000', '9000'],
  ['/sbin/docker-init -- node /app/dist/cli.js serve --port 9000', '9000'],
  ['node /app/dist/cli.js', undefined],
  ['/sbin/init --port 9000', undefined],
])('process 1 is %s: port %s', (words, port) => {
  expect(parseServerFlags(words.split(' '), (word) => word === '/app/dist/cli.js').get('port')?.[0]).toBe(port);
});
