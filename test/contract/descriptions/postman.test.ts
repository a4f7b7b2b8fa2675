import { describedApi } from '../../../src/contract/descriptions/described-api.ts';
import { postmanText } from '../../../src/contract/descriptions/postman.ts';
import { shippedRules } from '../../../src/contract/table.ts';
import { createMockMor, type MockMor } from '../../../src/index.ts';
import { runCollection, type Collection } from './postman-run.ts';

const TEXT = postmanText(describedApi());
const COLLECTION = JSON.parse(TEXT) as Collection;
const FOLDERS = COLLECTION.item.filter(({ item }) => item !== undefined);

let mor: MockMor;
let url: string;
beforeEach(async () => {
  mor = await createMockMor();
  url = await mor.listen();
});
afterEach(() => mor.close());

test('every request of it passes against a mock with the shipped fixtures', async () => {
  const results = await runCollection(COLLECTION, { baseUrl: url });
  expect(results.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(results.map(({ name }) => name)).toEqual([
    'the world is there',
    ...FOLDERS.flatMap(({ item = [] }) => item.map(({ name }) => name)),
  ]);
});

test('in a sandbox it leaves the world of others alone', async () => {
  const { name, url: baseUrl = '' } = mor.createSandbox();
  const results = await runCollection(COLLECTION, { baseUrl });
  expect(results.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(mor.requests().requests).toEqual([]);
  expect(mor.sandbox(name).counts()).toMatchObject({ users: 6, providers: 6 });
});

test('with another number it passes as well', async () => {
  const results = await runCollection(COLLECTION, { baseUrl: url, did: '37060000123' });
  expect(results.filter(({ failure }) => failure !== undefined)).toEqual([]);
});

test('a wrong key fails every test that needs a hash', async () => {
  const results = await runCollection(COLLECTION, { baseUrl: url, key: 'wrong' });
  const failed = results.filter(({ failure }) => failure !== undefined).map(({ name }) => name);
  expect(failed).toEqual(
    expect.arrayContaining(['the good call -> DID created', 'urlencoded form -> DID created', 'multipart form -> DID created']),
  );
  expect(failed).not.toContain('an admin, wrong hash -> Incorrect hash');
});

describe('the folders', () => {
  test('are rules of the contract, in its order, those of all checks among them', () => {
    const rules = shippedRules().sections.flatMap((section) => section.rules);
    const ids = rules.map(({ id }) => id);
    const names = FOLDERS.map(({ name }) => name);
    expect(names).toEqual(ids.filter((id) => names.includes(id)));
    expect(names).toEqual(expect.arrayContaining(rules.filter(({ says }) => /^\d+\. /.test(says)).map(({ id }) => id)));
  });

  test('have a handful of requests each', () => {
    for (const { item = [] } of FOLDERS) expect([1, 2, 3, 4]).toContain(item.length);
  });
});

test('it says which format it has, and is readable: variables for the good call, no hash but by script', () => {
  expect(COLLECTION.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
  expect(COLLECTION.variable.map(({ key }) => key)).toEqual(['baseUrl', 'u', 'provider_id', 'did', 'key']);
  expect(TEXT).not.toMatch(/[0-9a-f]{40}/);
});
