import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfile } from '../../src/verify/profile.ts';
import { serverWorld } from '../../src/verify/server-world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-profile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(text: string, variables: Readonly<Record<string, string>> = { MOR_KEY: 'k1', SHOP_KEY: 'k2' }) {
  const file = join(folder, 'mor.yaml');
  writeFileSync(file, text);
  return loadProfile(file, variables, ['request.loose-paths', 'check.did-exists']);
}

const GOOD = `
base_url: https://mor.example.test/sub
key_from: MOR_KEY
settings: { default_did_provider_id: 7 }
callers:
  - { username: boss, type: admin }
  - { username: shop, type: reseller, allow_api: true, key_from: SHOP_KEY, own_providers: true }
  - { username: clerk, type: accountant, manage_dids: edit }
  - { username: jane, type: user, owner: shop }
providers:
  - { id: 7 }
  - { id: 9, owner: shop, hidden: true }
dids: [{ did: "0037", owner: shop }]
prefix: "3706999"
`;

test('a good profile -> a world like it, the keys from its variables', () => {
  const world = serverWorld(load(GOOD));
  expect(world.settings).toMatchObject({ api_secret_key: 'k1', default_did_provider_id: 7, allow_api: true, max_did_length: 255 });
  expect(world.users).toMatchObject([
    { id: 0, username: 'boss', type: 'admin' },
    { username: 'shop', type: 'reseller', allow_api: true, api_secret_key: 'k2', own_providers: true },
    { username: 'clerk', permissions: { manage_dids: 'edit' } },
    { username: 'jane', type: 'user', owner_id: world.findUserByName('shop')?.id },
  ]);
  expect(world.providers).toMatchObject([
    { id: 7, user_id: 0, hidden: false },
    { id: 9, user_id: world.findUserByName('shop')?.id, hidden: true },
  ]);
  expect(world.findDidByNumber('0037')?.reseller_id).toBe(world.findUserByName('shop')?.id);
});

test.each([
  ['a key written out', GOOD.replace('key_from: MOR_KEY', 'api_secret_key: k1'), /mor\.yaml:3:1 unknown key "api_secret_key"/],
  [
    'an address with a password',
    GOOD.replace('https://', 'https://a:b@'),
    /base_url: must be an http or https address without a name, a password/,
  ],
  ['a variable of our own options', GOOD.replace('MOR_KEY', 'MOCK_MOR_KEY'), /key_from: must not begin with MOCK_MOR_/],
  ['a prefix of two digits', GOOD.replace('3706999', '37'), /prefix: must be at least three digits/],
  ['an unknown type', GOOD.replace('type: admin', 'type: amin'), /callers\[0\]\.type: .*Did you mean "admin"/],
  [
    'a field of another type',
    GOOD.replace('type: admin', 'type: admin, owner: shop'),
    /callers\[0\]: "owner" is only for a plain user; this is an admin/,
  ],
  [
    'an owner nobody is',
    GOOD.replace('id: 9, owner: shop', 'id: 9, owner: shp'),
    /providers\[1\]\.owner: is no reseller among the callers\. Did you mean "shop"\?/,
  ],
  [
    'an owner that is no reseller',
    GOOD.replace('id: 9, owner: shop', 'id: 9, owner: clerk'),
    /providers\[1\]\.owner: is no reseller among the callers/,
  ],
  ['a caller called administrator', GOOD.replaceAll('shop', 'administrator'), /callers\[1\]\.username: must not be administrator/],
  ['a username twice', GOOD.replace('username: clerk', 'username: boss'), /callers\[2\]\.username: is there already/],
  ['a provider twice', GOOD.replace('id: 9', 'id: 7'), /providers\[1\]\.id: is there already/],
  ['a default that is no provider', GOOD.replace('_id: 7', '_id: 8'), /settings\.default_did_provider_id: must be among the providers/],
  ['an unused provider that is used', `${GOOD}unused_provider_id: 9\n`, /unused_provider_id: must be an id that no provider has/],
  [
    'a rule that is none',
    `${GOOD}not_available: { request.loose-path: x }\n`,
    /not_available\.request\.loose-path: is no rule.*Did you mean "request\.loose-paths"/,
  ],
  ['several faults', GOOD.replace('3706999', 'x').replace('type: admin', 'type: amin'), /2 issues/],
])('%s -> refused', (_, text, message) => {
  expect(() => load(text)).toThrow(message);
});

test('a key where the name of a variable should stand -> refused without it', () => {
  for (const key of ['s3cretKEY123', 's3cret-KEY', 'k e y']) {
    const refused = (): unknown => load(GOOD.replace('key_from: MOR_KEY', `key_from: ${key}`));
    expect(refused).toThrow(/key_from: must be the name of an environment variable in capitals/);
    expect(refused).not.toThrow(key);
  }
});

test('variables that are not set -> refused, all of them named', () => {
  expect(() => load(GOOD, {})).toThrow(/variables that are not set: MOR_KEY \(key_from\), SHOP_KEY \(callers\[1\]\.key_from\)/);
  expect(() => load(GOOD, { MOR_KEY: '', SHOP_KEY: 'k2' })).toThrow(/not set: MOR_KEY \(key_from\)\. Set them/);
});

test('a file that is not there -> refused', () => {
  expect(() => loadProfile(join(folder, 'none.yaml'), {}, [])).toThrow(/the profile cannot be read: ENOENT/);
});

test('parts that do not fit together -> refused with the reason', () => {
  expect(() => serverWorld(load(GOOD.replace('{ did: "0037", owner: shop }', '{ did: "0037" }, { did: "0037" }')))).toThrow(
    /the profile does not fit together.*0037.*is there already/s,
  );
});
