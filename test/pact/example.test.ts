/** The pact of examples/pact, which a real consumer test wrote, verified by its file format. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { pactStates, type PactStates } from '../../src/pact.ts';
import { verifyPact, type Interaction, type Pact } from './pact-file.ts';

const EXAMPLE = join(__dirname, '../../examples/pact');
const PACT = JSON.parse(readFileSync(join(EXAMPLE, 'pacts/shop-MOR.json'), 'utf8')) as Pact;

let mor: MockMor;
let url: string;
let states: PactStates;
beforeEach(async () => {
  mor = await createMockMor();
  url = await mor.listen();
  states = pactStates(mor, { 'the shop has a trunk of its own': join(EXAMPLE, 'trunk.yaml') });
});
afterEach(() => mor.close());

const allGood = Object.fromEntries(PACT.interactions.map(({ description }) => [description, []]));

test('it holds, twice in a row, and forwards as backwards: no interaction sees another', async () => {
  expect(PACT.interactions).toHaveLength(6);
  expect(await verifyPact(PACT, states, url)).toEqual(allGood);
  expect(await verifyPact({ ...PACT, interactions: PACT.interactions.toReversed() }, states, url)).toEqual(allGood);
});

test('the world of the mock itself stays as it is, and only the last sandbox is left', async () => {
  await verifyPact(PACT, states, url);
  expect(mor.requests().requests).toEqual([]);
  expect(mor.counts()).toMatchObject({ users: 9, providers: 4, dids: 2 });
  expect(mor.sandboxes()).toMatchObject([{ requests: 1 }]);
});

const FREE = PACT.interactions.find(({ description }) => description === 'an order of a free number')!;

/** The interaction about a free number, and what differs in it. */
function changed(change: Partial<Interaction>): Pact {
  return { ...PACT, interactions: [{ ...FREE, description: 'changed', ...change }, FREE] };
}

test.each<[what: string, change: Partial<Interaction>, difference: RegExp]>([
  ['another body', { response: { ...FREE.response, body: '<page/>' } }, /^body: <\?xml.*<id>42<\/id>/s],
  [
    'another header',
    { response: { ...FREE.response, headers: { 'Content-Type': 'text/html' } } },
    /^Content-Type: text\/xml; charset=utf-8$/,
  ],
  ['another status', { response: { ...FREE.response, status: 500 } }, /^status 200: /],
  ['another request', { request: { ...FREE.request, body: 'u=nobody' } }, /Access Denied/],
  ['without its state', { providerStates: [] }, /<id>3<\/id>/],
  [
    'a state nobody knows',
    { providerStates: [{ name: 'the API is of' }] },
    /^status 500: mock-mor: the state "the API is of": there is no such state\. Did you mean "the API is off"\?/,
  ],
  [
    'a state that cannot be',
    { providerStates: [{ name: 'provider 9 is hidden' }] },
    /^status 500: mock-mor: .*no provider has the id 9; there are: 1, 2, 3, 4$/,
  ],
  [
    'a bad one after a good one',
    { providerStates: [{ name: 'the API is off' }, { name: 'nothing' }] },
    /^status 500: mock-mor: the state "nothing": /,
  ],
])('%s does not hold, and the next interaction does', async (_, change, difference) => {
  const ended = await verifyPact(changed(change), states, url);
  expect(ended['changed']?.join('\n')).toMatch(difference);
  expect(ended[FREE.description]).toEqual([]);
});

const PARAMS = Object.fromEntries(new URLSearchParams(FREE.request.body as string));
const asQuery = Object.fromEntries(Object.entries(PARAMS).map(([name, value]) => [name, [value]]));

test.each<[what: string, request: Partial<Interaction['request']>]>([
  ['JSON', { headers: { 'Content-Type': 'application/json' }, body: { ...PARAMS, provider_id: 1 } }],
  ['the query', { query: asQuery }],
])('the same order in %s holds', async (_, request) => {
  const { method, path } = FREE.request;
  expect(await verifyPact(changed({ request: { method, path, ...request } }), states, url)).toEqual({
    changed: [],
    [FREE.description]: [],
  });
});
