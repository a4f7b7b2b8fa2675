/** What `build/bundle-cli.mjs` makes of the command. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run, serve, type Program } from './program.ts';

const DIST = join(__dirname, '../../dist');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-bundle-'));
  const list = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'loaded'))}, Object.keys(require.cache).join('\\n'))`;
  writeFileSync(join(folder, 'list.cjs'), `process.on('exit', () => ${list});`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const preload = (): { readonly node: readonly string[] } => ({ node: ['--require', join(folder, 'list.cjs')] });

/** The files of the bundle that a process has loaded, from `dist`. */
const loaded = (): readonly string[] =>
  readFileSync(join(folder, 'loaded'), 'utf8')
    .split('\n')
    .filter((file) => file.startsWith(DIST))
    .map((file) => relative(DIST, file));

/** Starts a server, lets `use` use it, and stops it. */
async function servedWith(args: readonly string[], use: (url: string) => Promise<unknown>): Promise<readonly string[]> {
  const program: Program = serve(args, preload());
  await use(await program.url());
  program.kill('SIGTERM');
  expect((await program.exit()).status).toBe(0);
  return loaded();
}

const post = (url: string): Promise<Response> =>
  fetch(`${url}/billing/api/did_create`, { method: 'POST', body: new URLSearchParams({ u: 'admin' }) });

const LAZY = ['packages/', 'cli-pino-pretty.js', 'cli-verify.js', 'cli-shadow.js', 'cli-validate.js', 'cli-healthcheck.js'];
const lazyOnes = (files: readonly string[]): readonly string[] => files.filter((file) => LAZY.some((lazy) => file.startsWith(lazy)));

test('a server with a JSON log loads no package that it does not use', async () => {
  expect(lazyOnes(await servedWith(['--log', 'json'], () => Promise.resolve()))).toEqual([]);
});

test('xmlbuilder2 is loaded for the first answer', async () => {
  expect(lazyOnes(await servedWith(['--log', 'json'], post))).toEqual(['packages/xmlbuilder2.js']);
});

test('pino-pretty is loaded for a pretty log', async () => {
  expect(lazyOnes(await servedWith(['--log', 'pretty'], () => Promise.resolve()))).toEqual(['cli-pino-pretty.js']);
});

test('prom-client is loaded when metrics are read, busboy when a multipart body comes', async () => {
  const files = await servedWith(['--log', 'silent'], async (url) => {
    expect((await fetch(`${url}/__admin/metrics`)).status).toBe(200);
    const form = new FormData();
    form.set('u', 'admin');
    expect((await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: form })).status).toBe(200);
  });
  expect([...lazyOnes(files)].sort()).toEqual(['packages/busboy.js', 'packages/prom-client.js', 'packages/xmlbuilder2.js']);
});

test('a health check loads no server', async () => {
  await run(['healthcheck', '--port', '1'], preload());
  expect(loaded()).not.toEqual(expect.arrayContaining(['cli-serve.js']));
  expect(loaded()).toEqual(expect.arrayContaining(['cli.js', 'cli-main.js', 'cli-healthcheck.js']));
});

test('each package that is loaded late loads', () => {
  const files = readdirSync(join(DIST, 'packages')).map((file) => join(DIST, 'packages', file));
  expect(files.length).toBeGreaterThan(0);
  execFileSync(process.execPath, ['-e', files.map((file) => `require(${JSON.stringify(file)});`).join('')]);
});

test('the licences of what is in it are next to it', () => {
  const licences = readFileSync(join(DIST, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
  for (const name of [
    'express',
    'commander',
    'pino',
    'pino-pretty',
    'shell-quote',
    'zod',
    'yaml',
    'xmlbuilder2',
    'prom-client',
    '@fastify/busboy',
  ])
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, MIT|^${name} \\d+\\.\\d+\\.\\d+, [A-Z]`, 'm'));
});

test('an error that we did not foresee shows names and lines of the mock', async () => {
  writeFileSync(join(folder, 'break.cjs'), "process.stdout.write = () => { throw new Error('unforeseen'); };");
  const { status, stderr } = await run(['validate', join(DIST, '../fixtures')], { node: ['--require', join(folder, 'break.cjs')] });
  expect([status, stderr]).toEqual([
    70,
    expect.stringMatching(/^mock-mor: Error: unforeseen\n(?: {4}at .*\n)* {4}at .*validate .*cli-validate\.js/),
  ]);
});
