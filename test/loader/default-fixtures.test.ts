import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { fixturesJsonSchema } from '../../src/loader/json-schema.ts';
import { readFixtures } from '../../src/loader/load.ts';
import { getDefaultFixtures } from '../../src/loader/default-fixtures.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { didCreateHash } from '../../src/explain/call-hash.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';

const FILES = ['settings.yaml', 'users.yaml', 'providers.yaml', 'devices.yaml', 'dial_plans.yaml', 'dids.yaml'];

const read = (name: string): string => readFileSync(join(getDefaultFixtures(), name), 'utf8');

function isValid(fixtures: unknown): boolean {
  return new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(fixturesJsonSchema()) as object)(fixtures);
}

test('the committed JSON Schema is fresh; else: npm run docs', () => {
  if (process.env['UPDATE_DOCS'] === '1')
    writeFileSync(join(getDefaultFixtures(), 'mock-mor.schema.json'), fixturesJsonSchema());
  expect(read('mock-mor.schema.json')).toBe(fixturesJsonSchema());
});

test.each(FILES)('%s points editors at the schema and fits it', (name) => {
  expect(read(name)).toMatch(/^# yaml-language-server: \$schema=\.\/mock-mor\.schema\.json\n/);
  expect(isValid(parse(read(name)))).toBe(true);
});

test.each([
  [{ users: [{ id: 1, username: 37, type: 'admin' }] }, true],
  [{ dids: [{ did: 37060000001, provider_id: 1 }] }, true],
  [{ dids: [{ from: '10', to: '19', provider_id: 1 }] }, true],
  [{ dids: [{ from: '10', provider_id: 1 }] }, false],
  [{ users: [{ id: 1, username: 'a', type: 'admin', own_providers: true }] }, false],
  [{ settings: { dialect: 'legasy' } }, false],
  [{ user: [] }, false],
])('an editor takes %j: %p', (fixtures, expected) => {
  expect(isValid(fixtures)).toBe(expected);
});

test('nine users, four providers, three devices, a dial plan, two DIDs', () => {
  const { users, providers, devices, dial_plans, dids } = readFixtures(getDefaultFixtures());
  expect([users, providers, devices, dial_plans, dids].map(({ length }) => length)).toEqual([9, 4, 3, 1, 2]);
});

const send = (params: Readonly<Record<string, string>>, method: 'GET' | 'POST' = 'POST') =>
  decide(
    'did_create',
    { method, params: new Map(Object.entries(params)) },
    new StateStore(new FixtureState(readFixtures(getDefaultFixtures()))),
  ).result;

test("the request of the vendor's page, byte for byte, gets the id 3", () => {
  expect(
    send({ u: 'username', provider_id: '1', did: '123456789', hash: 'bc2f114099d16656d37e45fd9e8744cb9386d462' }),
  ).toMatchObject({
    reply: { content: { did_details: { id: '3' } } },
  });
});

/** What the remarks in the shipped files promise, each by hand. */
const PROMISES: readonly (readonly [u: string, provider: string, did: string, key: string, comesTo: string])[] = [
  ['admin', '1', '123', 'secret', 'success'],
  ['reseller', '2', '123', 'reseller-secret', 'success'],
  ['reseller', '1', '123', 'secret', 'success'],
  ['reseller', '', '123', 'reseller-secret', 'success'],
  ['reseller_basic', '1', '123', 'secret', 'success'],
  ['admin', '1', '123', 'wrong', 'hashIncorrect'],
  ['user', '1', '123', 'wrong', 'hashIncorrect'],
  ['user', '1', '123', 'secret', 'accessDenied'],
  ['nobody', '1', '123', 'secret', 'accessDenied'],
  ['admin', '3', '123', 'secret', 'providerNotFound'],
  ['admin', '5', '123', 'secret', 'providerNotFound'],
  ['admin', '2', '123', 'secret', 'providerNotYours'],
  ['reseller', '4', '123', 'reseller-secret', 'providerNotYours'],
  ['reseller_basic', '4', '123', 'secret', 'providerNotYours'],
  ['accountant', '1', '123', 'secret', 'didsNotManageable'],
  ['admin', '1', '37060000001', 'secret', 'didExists'],
  ['admin', '1', '37060000002', 'secret', 'didExists'],
  ['admin', '1', '12a', 'secret', 'didInvalid'],
  ['admin', '1', '1'.repeat(256), 'secret', 'creationFailed'],
];

test.each(PROMISES)('%s, provider %s, %s, key %s', (u, provider_id, did, api_secret_key, comesTo) => {
  const result = send({ u, provider_id, did, hash: didCreateHash({ provider_id, did, api_secret_key }) });
  expect(result.error ?? 'success').toBe(comesTo);
});

test('sent as GET', () => {
  expect(send({ u: 'admin' }, 'GET')).toEqual({ error: 'getDisabled' });
});
