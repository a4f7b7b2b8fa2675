/** A page of a list is what the same part of the complete list is, whatever was added, updated, removed and asked for. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Did } from '../../src/mor/model.ts';
import { DidOverlay } from '../../src/world/did-overlay.ts';
import type { DidEntry } from '../../src/world/did-range.ts';
import { countEntries, expandEntries, listEntries, takePage, type EntryFilter } from '../../src/world/list-dids.ts';
import { StateStore } from '../../src/world/store.ts';
import { ATTRIBUTES, makeDid, makeFixtures, makeRange } from '../support/did-factory.ts';

/** Single DIDs and ranges, each with twenty ids and a hundred numbers to itself. */
const entries = fc
  .array(
    fc.record({
      isRange: fc.boolean(),
      size: fc.integer({ min: 2, max: 10 }),
      provider_id: fc.integer({ min: 1, max: 3 }),
      slot: fc.nat(40),
    }),
    { maxLength: 12 },
  )
  .map((rows) => {
    const slots = new Set<number>();
    return rows.flatMap(({ isRange, size, provider_id, slot }): DidEntry[] => {
      if (slots.has(slot)) return [];
      slots.add(slot);
      const [number, id] = [String(10_000 + slot * 100), 1 + slot * 20];
      const attributes = { ...ATTRIBUTES, provider_id };
      return [isRange ? { firstId: id, firstNumber: number, count: size, attributes } : { ...attributes, id, did: number }];
    });
  });

const actions = fc.array(
  fc.record({
    kind: fc.constantFrom('create', 'put', 'update', 'remove', 'list', 'restore', 'reset'),
    at: fc.nat(820),
    provider_id: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 30 },
);

const filters: readonly EntryFilter[] = [
  {},
  { attributes: () => true },
  { attributes: ({ provider_id }) => provider_id === 2 },
  { created: true },
  { created: false },
  { attributes: ({ provider_id }) => provider_id !== 1, created: false },
  { attributes: ({ provider_id }) => provider_id === 1, created: true },
  { attributes: () => false },
];

function act(store: StateStore, kind: string, at: number, provider_id: number, i: number): void {
  const did = store.findDidById(at);
  const fresh = (id: number): Did => ({ ...ATTRIBUTES, provider_id, id, did: `9${String(i)}` });
  if (kind === 'create') store.apply({ kind: 'did.add', did: fresh(store.nextDidId) });
  else if (kind === 'put' && did === undefined) store.apply({ kind: 'did.add', did: fresh(at) }, 'tester');
  else if (kind === 'update' && did !== undefined) store.apply({ kind: 'did.update', id: at, fields: { provider_id } });
  else if (kind === 'remove' && did !== undefined) store.apply({ kind: 'did.remove', id: at });
  else if (kind === 'list') Array.from(store.listDids());
  else if (kind === 'restore') store.restore(store.takeSnapshot());
  else if (kind === 'reset') store.resetState();
}

/** What a filter should leave, asked of every id there can be. */
function expected(store: StateStore, { attributes, created }: EntryFilter): readonly Did[] {
  return Array.from({ length: store.nextDidId }, (_, id) => store.findDidById(id)).filter(
    (did) => did !== undefined && (attributes?.(did) ?? true) && (created === undefined || created === store.isCreated(did.id)),
  ) as Did[];
}

test('any page of any filter, after anything', () => {
  fc.assert(
    fc.property(entries, actions, fc.nat(60), fc.nat(12), (all, acts, offset, limit) => {
      const store = new StateStore(makeFixtures(all));
      acts.forEach(({ kind, at, provider_id }, i) => act(store, kind, at + 1, provider_id, i));
      for (const filter of filters) {
        const wanted = expected(store, filter);
        expect(store.countDids(filter)).toBe(wanted.length);
        expect(store.pageDids(filter, 0, Infinity)).toEqual(wanted);
        expect(store.pageDids(filter, offset, limit)).toEqual(wanted.slice(offset, offset + limit));
      }
      expect([...store.listDids()]).toEqual(expected(store, {}));
      expect([...store.listDids(({ did }) => did.endsWith('1'))]).toEqual(expected(store, {}).filter(({ did }) => did.endsWith('1')));
    }),
    { numRuns: 200 },
  );
});

test('a page far into a list of single DIDs and ranges', () => {
  const all = Array.from({ length: 2000 }, (_, i): DidEntry => {
    const [number, id] = [String(100_000 + 4 * i), 1 + 4 * i];
    return i % 400 === 0 ? makeRange(number, String(100_000 + 4 * i + 2), id) : { ...makeDid(number, id), provider_id: 1 + (i % 3) };
  });
  const store = new StateStore(makeFixtures(all));
  for (const id of [4, 5000, 5002, 6000]) store.apply({ kind: 'did.add', did: makeDid(`9${String(id)}`, id) }, 'tester');
  for (const id of [2 + 4 * 400, 4801, 4805, 7997]) store.apply({ kind: 'did.remove', id });
  for (const filter of filters) {
    const wanted = expected(store, filter);
    for (const offset of [0, 1, 399, 400, 401, 402, 403, 1201, 1202, 1999, 2005, 2009, 2010, 2011, 5000])
      expect(store.pageDids(filter, offset, 3)).toEqual(wanted.slice(offset, offset + 3));
  }
});

describe('entries of a list', () => {
  it('a range comes in parts where numbers were removed and changed', () => {
    const dids = new DidOverlay(makeFixtures([makeRange('100', '109', 1)]));
    for (const id of [10, 5, 6, 1]) dids.remove(id);
    dids.update(8, { comment: 'c' }, 'call');
    expect([...listEntries(dids)]).toEqual([
      makeRange('101', '103', 2),
      makeDid('106', 7),
      { ...makeDid('107', 8), comment: 'c' },
      makeDid('108', 9),
    ]);
  });

  it('a DID under the id of a removed number of a range stands in its place', () => {
    const dids = new DidOverlay(makeFixtures([makeRange('100', '104', 1)]));
    dids.remove(3);
    dids.add(makeDid('7', 3), 'tester');
    expect([...listEntries(dids)]).toEqual([makeRange('100', '101', 1), makeDid('7', 3), makeRange('103', '104', 4)]);
    dids.remove(3);
    expect([...listEntries(dids)]).toEqual([makeRange('100', '101', 1), makeRange('103', '104', 4)]);
  });

  it('DIDs put inside, between and behind ranges stand in the order of ids', () => {
    const dids = new DidOverlay(makeFixtures([makeRange('100', '104', 1), makeRange('200', '204', 11)]));
    dids.add(makeDid('7', 8), 'tester');
    dids.add(makeDid('9', 30), 'tester');
    expect([...listEntries(dids)]).toEqual([makeRange('100', '104', 1), makeDid('7', 8), makeRange('200', '204', 11), makeDid('9', 30)]);
  });

  it('a filter is asked once for a range', () => {
    const attributes = jest.fn(() => true);
    const dids = new DidOverlay(makeFixtures([makeRange('1000000000', '1999999999', 1)]));
    expect(countEntries(listEntries(dids, { attributes }))).toBe(1_000_000_000);
    expect(attributes).toHaveBeenCalledTimes(1);
  });
});

test('a page of a billion numbers makes only what is on it', () => {
  const page = takePage([makeRange('3706000000000', '3706999999999', 1)], 999_999_998, 10);
  expect(page).toEqual([makeDid('3706999999998', 999_999_999), makeDid('3706999999999', 1_000_000_000)]);
  expect(takePage([makeRange('3706000000000', '3706999999999', 1)], 0, 0)).toEqual([]);
});

test('a list of a billion numbers is made one by one, as it is read', () => {
  const list = expandEntries([makeRange('3706000000000', '3706999999999', 1)]);
  expect([list.next().value, list.next().value]).toEqual([makeDid('3706000000000', 1), makeDid('3706000000001', 2)]);
});

test('a list of a million numbers is read in bounded memory', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const heapBytes = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const store = new StateStore(makeFixtures([makeRange('3706000000', '3706999999', 1)]));
  const before = heapBytes();
  let count = 0;
  for (const { id } of store.listDids()) {
    count += 1;
    if (id % 250_000 === 0) expect(heapBytes() - before).toBeLessThan(5_000_000);
  }
  expect(count).toBe(1_000_000);
});
