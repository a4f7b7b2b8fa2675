/** No key, hash or password comes into what is reported or what is written, wherever it stood in the request. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixturesInput } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { sha1, signed } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import { Secrets, sentBy } from '../../src/shadow/secrets.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { answerXml, ownFolder, realMock, realServer, sendTo, shadowed } from './shadowed.ts';

const KEY = 'k3y-of-the-administrator';
const RESELLER_KEY = 'k3y-of-the-administrator-and-more';
const PASSWORD = 'hunter2hunter2';
const FOREIGN_HASH = sha1('something else');

const WORLD = {
  settings: { api_secret_key: KEY },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller', own_providers: true, api_secret_key: RESELLER_KEY },
  ],
  providers: [
    { id: 1, name: `Trunk of ${KEY}` },
    { id: 2, user_id: 5 },
  ],
  dids: [{ id: 1, did: '37060000001', provider_id: 1, comment: `see ${RESELLER_KEY} and ${FOREIGN_HASH}` }],
} as const satisfies FixturesInput;

const GOOD = signed({ u: 'admin', provider_id: '1', did: '370' }, KEY);
const RESELLERS = signed({ u: 'reseller', provider_id: '2', did: '371' }, RESELLER_KEY);
const HASHES = [GOOD['hash'] ?? '', RESELLERS['hash'] ?? '', FOREIGN_HASH];
const HASH = HASHES[0] ?? '';

const SECRETS = [KEY, RESELLER_KEY, PASSWORD, ...HASHES, ...HASHES.map((hash) => hash.toUpperCase())];

const percented = (text: string): string => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16)}`).join('');

/** Requests with secrets in every place. */
const REQUESTS: readonly RawRequest[] = [
  ...TRANSPORTS.flatMap((by) => [
    carried(GOOD, by),
    carried(RESELLERS, by),
    carried({ ...GOOD, hash: FOREIGN_HASH }, by),
    carried(
      {
        ...GOOD,
        p: PASSWORD,
        password: PASSWORD,
        api_key: KEY,
        token: PASSWORD,
        comment: `a ${KEY} b ${RESELLER_KEY} c ${PASSWORD} d ${HASH}`,
      },
      by,
    ),
    carried({ ...GOOD, custom_sip_header: HASH.toUpperCase(), x: HASH, sha1: FOREIGN_HASH }, by),
    carried(signed({ u: KEY, provider_id: RESELLER_KEY, did: HASH }, KEY), by),
    carried(signed({ u: 'admin', provider_id: '1', did: KEY }, KEY), by),
    carried({ [KEY]: 'x', [`a${HASH}`]: 'y', [PASSWORD]: PASSWORD, pass: PASSWORD }, by),
    carried({ ...GOOD, 'hash[]': HASH, [`did[${KEY}]`]: '1' }, by),
  ]),
  { query: `u=admin&hash=${percented(HASH)}&did=${percented(KEY)}` },
  { query: `u=admin&hash=${HASH}%zz` },
  { query: `hash=${HASH}&hash=${FOREIGN_HASH}&u=admin&did=1&did=2` },
  { body: `{"u":"admin","hash":"${HASH}","x":{"key":"${KEY}"},"y":["${RESELLER_KEY}"]`, type: 'application/json' },
  { body: `{"u":"admin","hash":"${HASH}","x":{"key":"${KEY}"},"did":["${RESELLER_KEY}"]}`, type: 'application/json' },
  { body: `<hash key="${KEY}">${HASH}</hash>`, type: `text/xml; key="${KEY}"` },
  {
    body: `--${KEY}\r\nContent-Disposition: form-data; name="hash"; filename="${HASH}"\r\n\r\n${KEY}\r\n--${KEY}--\r\n`,
    type: `multipart/form-data; boundary=${KEY}`,
  },
  { path: `/billing/api/did_create&hash=${HASH}&key=${KEY}` },
  { path: `/billing/api/did_create/${HASH}/${KEY}` },
  { path: `/billing/api/${percented(KEY)}` },
  { path: `/billing/callc/${HASH}/${KEY}`, query: `hash=${HASH}` },
  { method: 'PUT', query: `u=admin&hash=${HASH}&p=${PASSWORD}` },
  { method: 'OPTIONS', query: `u=admin&hash=${HASH}&p=${PASSWORD}` },
];

/** What a real server may answer, some of it with what it was sent. */
const TARGETS: readonly (readonly [what: string, fixtures: FixturesInput | undefined, body: string])[] = [
  ['that agrees', WORLD, ''],
  [
    'that disagrees',
    { ...WORLD, settings: { ...WORLD.settings, allow_api: false }, users: [WORLD.users[0], { ...WORLD.users[1], allow_api: false }] },
    '',
  ],
  ['that repeats what it was sent', undefined, errorXml(`no ${KEY}, ${RESELLER_KEY} or ${HASH}`)],
  ['that writes of it elsewhere', undefined, errorXml('Access Denied').replace('</page>', `<a${HASH}>${KEY}</a${HASH}></page>`)],
  ['that says so in HTML', undefined, `<html>${KEY} ${HASH}</html>`],
];

test.each(TARGETS)('a server %s', async (_, fixtures, body) => {
  const folder = ownFolder();
  const target =
    fixtures === undefined
      ? (
          await realServer((_request, response) => {
            if (body.startsWith('<html>')) response.writeHead(500, { 'Content-Type': `text/html; key=${KEY}` }).end(body);
            else answerXml(response, body);
          })
        ).url
      : (await realMock(fixtures)).url;
  const { url, shadow, entries } = await shadowed(target, WORLD, { record: join(folder, 'record.yaml') });
  for (const request of REQUESTS) await sendTo(url, request);
  await shadow.close();
  expect(entries.length).toBeGreaterThanOrEqual(REQUESTS.length);
  const told = entries.map((entry) => JSON.stringify(entry)).join('\n');
  expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([]);
  const written = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  expect(SECRETS.filter((secret) => written.includes(secret))).toEqual([]);
  expect(existsSync(join(folder, 'record.yaml'))).toBe(!body.startsWith('<html>'));
});

describe('Secrets', () => {
  const secrets = new Secrets(new StateStore(new FixtureState(fixturesFromObject(WORLD))));

  test.each([
    ['nothing secret', 'nothing secret', 'nothing secret'],
    [`a ${KEY} b`, 'a *** b', 'a secret b'],
    [`${RESELLER_KEY}${KEY}`, '******', 'secret-5secret'],
    [`x${HASH}y`, 'x***y', 'xwrongy'],
    [HASH.toUpperCase(), '***', 'wrong'],
    ['37060000001', '37060000001', '37060000001'],
    ['1'.repeat(60), '1'.repeat(60), '1'.repeat(60)],
    [`a${PASSWORD}`, 'a***', 'a***'],
    ['', '', ''],
  ])('%s is logged and written without', (text, told, written) => {
    expect([secrets.masked(text, [PASSWORD]), secrets.replaced(text, [PASSWORD])]).toEqual([told, written]);
  });

  test('a number is written as it is, though the digits of a key are in it; the key by itself is not', () => {
    const numeric = new Secrets(new StateStore(new FixtureState(fixturesFromObject({ ...WORLD, settings: { api_secret_key: '3706' } }))));
    expect([numeric.replaced('37060000001'), numeric.replaced('3706'), numeric.replaced('a3706')]).toEqual([
      '37060000001',
      'secret',
      'asecret',
    ]);
  });

  test('two owners of one key have one key afterwards, and no key is none', () => {
    const twins = new Secrets(
      new StateStore(
        new FixtureState(
          fixturesFromObject({
            settings: { api_secret_key: 'same-key' },
            users: [
              { id: 5, username: 'r', type: 'reseller', api_secret_key: 'same-key' },
              { id: 6, username: 's', type: 'reseller' },
            ],
          }),
        ),
      ),
    );
    expect([twins.standInOf('same-key'), twins.standInOf(''), twins.keys]).toEqual(['secret', '', ['same-key']]);
  });

  test('a million digits, and a million hex digits, take no time to speak of', () => {
    const before = performance.now();
    secrets.replaced(`x${'1'.repeat(1_000_000)}`);
    expect(secrets.replaced(`x${'a1'.repeat(500_000)}`)).toBe('xwrong');
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('secret values are those under secret names', () => {
    const received = Object.entries({ hash: HASH, p: PASSWORD, 'key[]': 'abcdef', did: '370', pass: 'abc' }).map(([name, value]) => ({
      name,
      value,
      from: 'query' as const,
    }));
    expect(sentBy({ received, headerSecrets: ['token'] })).toEqual([HASH, PASSWORD, 'abcdef', 'abc', 'token']);
  });
});
