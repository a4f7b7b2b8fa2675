/** A part of a long list is what the same part of the whole list is, whatever was added, deleted and asked for. */
import fc from 'fast-check';
import type { Did } from '../../src/mor/model.ts';
import { Base } from '../../src/world/base.ts';
import { didOfRun, type DidBlock, type DidRow } from '../../src/world/did-records.ts';
import { ANY, type IsWanted } from '../../src/world/did-walk.ts';
import { Store } from '../../src/world/store.ts';
import { SETTINGS, TRAITS } from '../support/records.ts';

/** Rows and blocks, each with a hundred numbers and ids to itself. */
const entries = fc
  .array(
    fc.record({
      isBlock: fc.boolean(),
      size: fc.integer({ min: 1, max: 9 }),
      provider_id: fc.integer({ min: 1, max: 3 }),
      place: fc.nat(40),
    }),
    {
      maxLength: 12,
    },
  )
  .map((rows) => {
    const places = new Set<number>();
    return rows.flatMap(({ isBlock, size, provider_id, place }): (DidRow | DidBlock)[] => {
      if (places.has(place)) return [];
      places.add(place);
      const first = 10_000 + place * 100;
      const fields = { ...TRAITS, provider_id, id: 1 + place * 20 };
      return [isBlock ? { ...fields, from: String(first), to: String(first + size) } : { ...fields, did: String(first) }];
    });
  });

const actions = fc.array(
  fc.record({
    kind: fc.constantFrom('create', 'put', 'delete', 'list', 'restore', 'reset'),
    at: fc.nat(820),
    provider_id: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 30 },
);

const filters: readonly IsWanted[] = [
  ANY,
  () => true,
  ({ provider_id }) => provider_id === 2,
  (_, maker) => maker === 'call',
  ({ provider_id }, maker) => provider_id !== 1 && maker !== 'call',
  () => false,
];

function carryOut(store: Store, kind: string, at: number, provider_id: number, i: number): void {
  const did = store.findDidById(at);
  const fresh = (id: number): Did => ({ ...TRAITS, provider_id, id, did: `9${String(i)}` });
  if (kind === 'create') store.apply([{ kind: 'did.add', did: fresh(store.nextDidId) }]);
  else if (kind === 'put' && did === undefined) store.put(fresh(at));
  else if (kind === 'delete' && did !== undefined) store.delete(did);
  else if (kind === 'list') Array.from(store.stretches());
  else if (kind === 'restore') store.restore(store.save());
  else if (kind === 'reset') store.resetState();
}

/** What is wanted, from every id there can be. */
function expected(store: Store, isWanted: IsWanted): readonly Did[] {
  return Array.from({ length: store.nextDidId }, (_, id) => store.findDidById(id)).filter(
    (did): did is Did => did !== undefined && isWanted(did, store.wasCreated(did.id) ? 'call' : undefined),
  );
}

function listed(store: Store, isWanted: IsWanted, skip: number): readonly Did[] {
  return Array.from(store.stretches(isWanted, skip)).flatMap(({ run }) =>
    Array.from({ length: run.count }, (_, place) => didOfRun(run, place)),
  );
}

test('any filter, any number passed over, after anything', () => {
  fc.assert(
    fc.property(entries, actions, fc.nat(60), (dids, acts, skip) => {
      const store = new Store(new Base({ settings: SETTINGS, users: [], providers: [], dids }));
      acts.forEach(({ kind, at, provider_id }, i) => carryOut(store, kind, at + 1, provider_id, i));
      for (const isWanted of filters) {
        const all = expected(store, isWanted);
        expect(store.count(isWanted)).toBe(all.length);
        expect(listed(store, isWanted, skip)).toEqual(all.slice(skip));
      }
    }),
    { numRuns: 200 },
  );
});

test('a page far behind in a long list, among what was added and deleted, also where runs that are counted together begin and end', () => {
  const dids = Array.from({ length: 20_000 }, (_, i): DidRow | DidBlock => {
    const [first, id] = [100_000 + 4 * i, 1 + 4 * i];
    const fields = { ...TRAITS, provider_id: 1 + (i % 3), id };
    return i % 4096 === 0 ? { ...fields, from: String(first), to: String(first + 2) } : { ...fields, did: String(first) };
  });
  const store = new Store(new Base({ settings: SETTINGS, users: [], providers: [], dids }));
  for (const id of [4, 50_000, 50_002, 60_000]) store.put({ ...TRAITS, provider_id: 2, id, did: `9${String(id)}` });
  const inBlock = 2 + 4 * 4096;
  const lastOfThird = 1 + 4 * (3 * 4096 - 1);
  const scattered = Array.from({ length: 17 }, (_, i) => 1 + 4 * (12_700 + 250 * i));
  for (const id of [inBlock, ...scattered, lastOfThird]) store.delete(store.findDidById(id) as Did);
  for (const isWanted of filters) {
    const all = expected(store, isWanted);
    expect(store.count(isWanted)).toBe(all.length);
    for (const skip of [
      0, 1, 1365, 4095, 4096, 4097, 4098, 4099, 8196, 8197, 8198, 8199, 8200, 12_292, 12_293, 12_294, 12_295, 12_296, 16_000, 19_980,
    ]) {
      const [first] = store.stretches(isWanted, skip);
      expect(first?.run.firstId).toBe(all[skip]?.id);
    }
  }
});

test('a page of a billion numbers makes only what is on it', () => {
  const store = new Store(
    new Base({ settings: SETTINGS, users: [], providers: [], dids: [{ ...TRAITS, from: '3706000000000', to: '3706999999999' }] }),
  );
  const [first] = store.stretches(() => true, 999_999_990);
  expect(first?.run).toEqual({ firstId: 999_999_991, count: 10, from: '3706999999990', traits: TRAITS });
  expect(store.count(({ provider_id }) => provider_id === 1)).toBe(1_000_000_000);
});
