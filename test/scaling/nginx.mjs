// Holds docs/scaling to what it says, with the nginx that is installed: the configuration passes its test mode, and a hundred
// sandboxes spread over two mocks and stick to theirs. Run by `npm run check:nginx`; it needs nginx and a build.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import console from 'node:console';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { URL, URLSearchParams } from 'node:url';

const require = createRequire(import.meta.url);
const { createMockMor, didCreateHash } = require('../../dist/index.js');
const { parse } = require('yaml');

const { fetch } = globalThis;

const SCALING = join(import.meta.dirname, '..', '..', 'docs', 'scaling');
const SANDBOXES = 100;

const folder = mkdtempSync(join(tmpdir(), 'mock-mor-nginx-'));
const closers = [() => rmSync(folder, { recursive: true })];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The configuration as shipped, but for the addresses, and for the folders where nginx keeps its files. */
function configured(port, mocks) {
  const shipped = readFileSync(join(SCALING, 'nginx.conf'), 'utf8');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`);
  const replaced = mocks
    .reduce((text, url, i) => text.replace(`server mock-${String(i + 1)}:8080`, `server ${new URL(url).host}`), shipped)
    .replace('listen 8080;', `listen 127.0.0.1:${String(port)};`)
    .replace('http {', `http {\n${paths.join('\n')}`);
  assert(!replaced.includes('8080'), 'an address of the configuration was not replaced');
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `pid ${join(folder, 'nginx.pid')};\nerror_log stderr warn;\ndaemon off;\n${replaced}`);
  return file;
}

async function startNginx(file, port) {
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'inherit' });
  closers.unshift(async () => {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
  });
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://127.0.0.1:${String(port)}/__admin/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(50);
  }
  throw new Error('nginx does not answer');
}

const form = (did) => {
  const params = { u: 'admin', provider_id: '1', did };
  return new URLSearchParams({ ...params, hash: didCreateHash({ ...params, api_secret_key: 'secret' }) });
};

async function post(url, did, headers = {}) {
  const answer = await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: form(did), headers });
  return /<(?:success|error)>([^<]*)</.exec(await answer.text())?.[1];
}

try {
  // What the compose file says of the mocks is how they are started here.
  const { services } = parse(readFileSync(join(SCALING, 'compose.yaml'), 'utf8'), { merge: true });
  assert.deepEqual(Object.keys(services), ['mor', 'mock-1', 'mock-2']);
  const { MOCK_MOR_SANDBOXES: sandboxes, MOCK_MOR_ALLOWED_HOSTS: host } = services['mock-2'].environment;
  const mocks = [1, 2].map(() => createMockMor({ sandboxes, allowedHosts: [host] }));
  const [one, two] = await Promise.all(mocks);
  closers.unshift(() => Promise.all([one.close(), two.close()]));
  const port = await freePort();
  const file = configured(port, [await one.listen(), await two.listen()]);
  const tested = spawnSync('nginx', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' });
  assert.equal(tested.status, 0, `nginx -t: ${tested.stderr}${String(tested.error ?? '')}`);
  console.log(tested.stderr.trim());
  await startNginx(file, port);
  const url = `http://127.0.0.1:${String(port)}`;

  const names = Array.from({ length: SANDBOXES }, (_, i) => `suite-${String(i)}`);
  for (const name of names) {
    const answers = [
      await post(`${url}/__sandboxes/${name}`, '37060000099'),
      await post(`${url}/__sandboxes/${name}`, '37060000099'),
      await post(url, '37060000099', { 'X-Mock-Mor-Sandbox': name }),
    ];
    assert.deepEqual(answers, ['DID created', 'DID already exists', 'DID already exists'], name);
  }
  const held = [one, two].map((mor) => mor.sandboxes().map(({ name }) => name));
  assert.deepEqual(held.flat().toSorted(), names.toSorted());
  assert(
    held.every(({ length }) => length > SANDBOXES / 4),
    `spread ${held.map(({ length }) => length).join(' and ')}`,
  );
  console.log(`${String(SANDBOXES)} sandboxes: ${held.map(({ length }) => String(length)).join(' and ')}, each on one mock`);

  // The admin API of a sandbox, by path, by header, and by its name under /__admin/sandboxes.
  for (const name of names.slice(0, 10)) {
    const byPath = await (await fetch(`${url}/__sandboxes/${name}/__admin/dids?created=true`)).json();
    const byHeader = await (await fetch(`${url}/__admin/dids?created=true`, { headers: { 'X-Mock-Mor-Sandbox': name } })).json();
    assert.deepEqual([byPath.total, byHeader.total], [1, 1]);
    assert.equal((await fetch(`${url}/__admin/sandboxes/${name}`, { method: 'DELETE' })).status, 200);
  }
  assert.equal(one.sandboxes().length + two.sandboxes().length, SANDBOXES - 10);

  // Without a sandbox: always the same mock.
  for (let i = 0; i < 20; i++) assert.equal(await post(url, `3706000${String(1000 + i)}`), 'DID created');
  assert.deepEqual([one, two].map((mor) => mor.countDids({ created: true })).toSorted(), [0, 20]);

  const made = await fetch(`${url}/__admin/sandboxes`, {
    method: 'POST',
    body: '{"name":"x"}',
    headers: { 'Content-Type': 'application/json' },
  });
  assert.equal(made.status, 409);
  assert.match(await made.text(), /made by its first use/);

  // A connection that the mock breaks is nginx's own error to the client.
  for (const connection of ['reset', 'empty']) {
    const world = `${url}/__sandboxes/broken`;
    const fault = { method: 'POST', body: JSON.stringify({ connection }), headers: { 'Content-Type': 'application/json' } };
    assert.equal((await fetch(`${world}/__admin/faults`, fault)).status, 201);
    assert.equal((await fetch(`${world}/billing/api/did_create`, { method: 'POST' })).status, 502);
  }

  // A mock that is gone is an error, not another world.
  const [lost] = held[0].slice(20);
  await one.close();
  assert.equal((await fetch(`${url}/__sandboxes/${lost}/__admin/dids`)).status, 502);
  assert(!two.sandboxes().some(({ name }) => name === lost));
  console.log('requests without a sandbox reach one mock, making one by POST is refused, and a lost connection is a 502');
} finally {
  for (const close of closers) await close();
}
