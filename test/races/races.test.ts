/** Requests that become whole in one turn of the loop: one winner, ids without a gap, and nothing of a world that is gone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { DEFAULT_PATH } from '../../src/contract/exchange.ts';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed } from '../../src/contract/signed.ts';
import { Dice } from '../hostile/dice.ts';
import { Barrier, bare, posted, type Reply } from './barrier.ts';

const CLIENTS = 200;
const ROUNDS = 50;
const DISTURBED_ROUNDS = 10;

// Ten thousand requests take their time where others run beside.
jest.setTimeout(60_000);

const NEXT_ID = 3;

const WORLD = `settings: { api_secret_key: secret }
users: [{ id: 0, username: admin, type: admin }]
providers: [{ id: 1 }]
dids: [{ id: 1, did: 1, provider_id: 1 }, { id: 2, did: 2, provider_id: 1 }]
`;

let folder: string;
let mor: MockMor;
let barrier: Barrier;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-races-'));
  writeFileSync(join(folder, 'world.yaml'), WORLD);
  mor = await createMockMor({ fixtures: folder });
  barrier = await Barrier.open(await mor.listen(), CLIENTS);
});

afterEach(async () => {
  barrier.close();
  await mor.close();
  rmSync(folder, { recursive: true });
});

const creation = (did: string, prefix = ''): string =>
  posted(prefix + DEFAULT_PATH, new URLSearchParams(signed({ u: 'admin', provider_id: '1', did })).toString());

const idIn = ({ body }: Reply): number => Number(/<id>(\d+)<\/id>/.exec(body)?.[1] ?? NaN);

/** All places in an order of chance. */
function shuffled(dice: Dice, count: number): readonly number[] {
  const places = Array.from({ length: count }, (_, i) => i);
  return places.map((place) => [place, dice.below(1_000_000)] as const).toSorted(([, a], [, b]) => a - b).map(([place]) => place); // prettier-ignore
}

test(`${String(CLIENTS)} equal creates end together, ${String(ROUNDS)} rounds -> one winner each, ids without a gap`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const replies = await barrier.round(Array<string>(CLIENTS).fill(creation(`9${String(round)}`)));
    const bodies = replies.map(({ body }) => body);
    expect(bodies.filter((body) => body === successXml(NEXT_ID + round))).toHaveLength(1);
    expect(bodies.filter((body) => body === errorXml('DID already exists'))).toHaveLength(CLIENTS - 1);
  }
  expect(mor.dids({ created: true }).map(({ id }) => id)).toEqual(Array.from({ length: ROUNDS }, (_, i) => NEXT_ID + i));
});

test('different creates end together -> each created, ids without a gap', async () => {
  const replies = await barrier.round(Array.from({ length: CLIENTS }, (_, i) => creation(`8${String(i)}`)));
  expect(replies.map(idIn).toSorted((a, b) => a - b)).toEqual(Array.from({ length: CLIENTS }, (_, i) => NEXT_ID + i));
});

/** What has to hold of a world after creates and something that put it back ended together. The replies to the creates are, by number. */
function expectOneWorld(world: Pick<MockMor, 'dids' | 'settings' | 'requests'>, told: ReadonlyMap<string, Reply>): void {
  const created = world.dids({ created: true });
  expect(created.map(({ id }) => id)).toEqual(created.map((_, i) => NEXT_ID + i));
  expect(world.settings().next_did_id).toBe(NEXT_ID + created.length);
  // Whatever is there was answered to its client, with just this id.
  for (const { did, id } of created) expect(told.get(did)).toMatchObject({ status: 200, body: successXml(id) });
  for (const reply of told.values()) {
    const isOfADeadWorld = reply.status === 409;
    expect([reply.status, reply.body.slice(0, 40)]).toEqual(
      isOfADeadWorld ? [409, 'mock-mor: the world was reset while this'] : [200, '<?xml version="1.0" encoding="UTF-8"?>\n<'],
    );
    // An id of a journal that is gone would name another request by now.
    if (isOfADeadWorld) expect(reply.requestId).toBeUndefined();
  }
  const { requests } = world.requests();
  expect(requests.map(({ id }) => id)).toEqual(requests.map((_, i) => i + 1));
}

test.each<[title: string, disturbance: () => string, status: number]>([
  ['resets', () => bare('POST', '/__admin/reset'), 200],
  ['reloads and resets', () => bare('POST', '/__admin/fixtures/reload'), 200],
])('creates against %s -> ids without a gap since the last, nothing of what was before', async (title, disturbance, status) => {
  const dice = new Dice(7);
  for (let round = 0; round < DISTURBED_ROUNDS; round++) {
    mor.reset();
    const numbers = Array.from({ length: CLIENTS - 10 }, (_, i) => `7${String(i)}`);
    const disturbances = Array.from({ length: 10 }, (_, i) =>
      title === 'resets' || i < 9 ? disturbance() : bare('POST', '/__admin/reset'),
    );
    const requests = [...numbers.map((did) => creation(did)), ...disturbances];
    // The last is the whole reset, so that the journal too is that of one world; a reload alone leaves it.
    const order = title === 'resets' ? shuffled(dice, requests.length) : [...shuffled(dice, requests.length - 1), requests.length - 1];
    const replies = await barrier.round(requests, order);
    for (const reply of replies.slice(numbers.length)) expect(reply.status).toBe(status);
    expectOneWorld(mor, new Map(numbers.map((did, i) => [did, replies[i] as Reply])));
  }
});

test('creates against faults that come and go -> each is carried out whole or not at all', async () => {
  const dice = new Dice(8);
  const rule = (id: number): string =>
    posted('/__admin/faults', `{"times":"always","match":{"did":"6${String(id)}"},"error":"Incorrect hash"}`, 'application/json');
  for (let round = 0; round < DISTURBED_ROUNDS; round++) {
    mor.reset();
    const numbers = Array.from({ length: CLIENTS - 20 }, (_, i) => `6${String(i)}`);
    const requests = [
      ...numbers.map((did) => creation(did)),
      ...Array.from({ length: 15 }, (_, i) => rule(i)),
      ...Array.from({ length: 5 }, () => bare('DELETE', '/__admin/faults')),
    ];
    const replies = await barrier.round(requests, shuffled(dice, requests.length));
    const told = new Map(numbers.map((did, i) => [did, replies[i] as Reply]));
    const refused = [...told].filter(([, { body }]) => body === errorXml('Incorrect hash')).map(([did]) => did);
    expectOneWorld(mor, told);
    expect(mor.dids({ created: true }).map(({ did }) => did).toSorted()).toEqual(numbers.filter((did) => !refused.includes(did)).toSorted()); // prettier-ignore
  }
});

test('creates against the end of their sandbox and its being made again -> the new one has only what its answers said', async () => {
  const dice = new Dice(9);
  for (let round = 0; round < DISTURBED_ROUNDS; round++) {
    if (mor.sandboxes().length === 0) mor.createSandbox({ name: 'race' });
    const numbers = Array.from({ length: CLIENTS - 6 }, (_, i) => `5${String(i)}`);
    const ends = Array.from({ length: 3 }, () => bare('DELETE', '/__admin/sandboxes/race'));
    const makes = Array.from({ length: 3 }, () => posted('/__admin/sandboxes', '{"name":"race"}', 'application/json'));
    const requests = [...numbers.map((did) => creation(did, '/__sandboxes/race')), ...ends, ...makes];
    const replies = await barrier.round(requests, shuffled(dice, requests.length));
    for (const { status } of replies.slice(numbers.length)) expect([200, 201, 404, 409]).toContain(status);
    const told = new Map(
      numbers.map((did, i) => [did, replies[i] as Reply]).filter(([, reply]) => (reply as Reply).status !== 404) as [string, Reply][],
    );
    if (mor.sandboxes().length > 0) expectOneWorld(mor.sandbox('race'), told);
    // The root never hears of it.
    expect([mor.countDids(), mor.requests().requests]).toEqual([2, []]);
  }
});
