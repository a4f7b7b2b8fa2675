'use strict';
/** What the README promises of a mock in a test, done in one: the same in every runner and environment. Without fetch, which jsdom has not. */
const assert = require('node:assert');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { request } = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createMockMor, didCreateHash } = require('mock-mor');
const { assertAnswered, assertCreatedDid } = require('mock-mor/testing');

const FORM = 'application/x-www-form-urlencoded';

function send(url, method, type, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false, headers: type === undefined ? {} : { 'Content-Type': type } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The parameters of a call, signed, as each kind of body. */
function bodies(did) {
  const call = { u: 'admin', provider_id: '1', did };
  const all = Object.entries({ ...call, hash: didCreateHash({ ...call, api_secret_key: 'secret' }) });
  const part = ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return {
    form: [FORM, all.map(([name, value]) => `${name}=${value}`).join('&')],
    json: ['application/json', JSON.stringify(Object.fromEntries(all))],
    multipart: ['multipart/form-data; boundary=b', `${all.map(part).join('')}--b--\r\n`],
  };
}

/** Nothing that is handed out is of another realm: `deepStrictEqual` of the test would refuse it. */
function assertOwn(value) {
  if (typeof value !== 'object' || value === null) return;
  assert.ok([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)), `a foreign object: ${JSON.stringify(value)}`);
  Object.values(value).forEach(assertOwn);
}

async function assertFilesAreRead() {
  const folder = mkdtempSync(join(tmpdir(), 'mock-mor-exercise-'));
  try {
    const world =
      'users: [{ id: 0, username: admin, type: admin }]\nproviders: [{ id: 1 }]\ndids_from: [{ file: list.csv, provider_id: 1 }]\n';
    writeFileSync(join(folder, 'world.yaml'), world);
    writeFileSync(join(folder, 'list.csv'), 'did,comment\n1234,ä\n');
    const mor = await createMockMor({ fixtures: folder });
    assert.strictEqual(mor.dids()[0].comment, 'ä');
    for (const file of ['list.csv', 'world.yaml']) {
      writeFileSync(join(folder, file), Buffer.from([0x64, 0x0a, 0xff]));
      assert.throws(() => mor.reloadFixtures(), { code: 'FIXTURE_INVALID', message: /UTF-8/ });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

exports.exercise = async function exercise(mor) {
  const url = `${mor.url}/billing/api/did_create`;
  assert.strictEqual(mor.counts().dids, 2);
  for (const [did, kind] of Object.entries({ 37060000091: 'form', 37060000092: 'json', 37060000093: 'multipart' })) {
    assert.match((await send(url, 'POST', ...bodies(did)[kind])).text, /DID created/);
    assertCreatedDid(mor, did, { provider_id: 1 });
  }
  assert.strictEqual((await send(url, 'POST', 'application/json', '{')).status, 400);
  assert.strictEqual((await send(url, 'POST', FORM, Buffer.from([0x75, 0x3d, 0xff]))).status, 400);
  assert.match((await send(`${url}?u=stranger`, 'POST')).text, /Access Denied/);
  assertAnswered(mor, 'Access Denied', { u: 'stranger' });
  assert.throws(() => assertCreatedDid(mor, '5'), { name: 'AssertionError', message: /^no call created the DID 5; created: / });

  assert.strictEqual((await send(`${mor.url}/__admin/health`, 'GET')).status, 200);
  assert.strictEqual((await send(`${mor.url}/__admin/settings`, 'PATCH', 'application/json', '{"allow_get_api":true}')).status, 200);
  assert.strictEqual((await send(`${mor.url}/__admin/requests?wait=5s&count=2`, 'GET')).status, 200);
  const waited = await mor.waitForRequests({ u: 'admin' }, { count: 3, signal: new AbortController().signal });
  assert.strictEqual(waited.complete, true);
  assert.match(mor.describe('xsd'), /^<\?xml/);

  mor.addFault({ delay_ms: 5 });
  assert.match((await send(url, 'POST', ...bodies('5').form)).text, /DID created/);
  const seen = [mor.users(), mor.providers(), mor.dids(), mor.settings(), mor.health(), mor.coverage(), mor.requests()];
  [...seen, mor.request(mor.requests().requests[0].id)].forEach(assertOwn);
  mor.replaceFixtures(mor.fixtures());
  assert.throws(() => mor.replaceFixtures('users: [}'), { code: 'FIXTURE_INVALID' });
  await assertFilesAreRead();

  // Symbols of its own realm, as code that was made of `using` asks for them.
  const other = await createMockMor();
  await other.listen();
  other.createSandbox({ name: 'a' })[Symbol.dispose]();
  assert.deepStrictEqual(other.sandboxes(), []);
  await other[Symbol.asyncDispose]();
  assert.strictEqual(other.url, undefined);
};
