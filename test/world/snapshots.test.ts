import fc from 'fast-check';
import { Base } from '../../src/world/base.ts';
import { Snapshots } from '../../src/world/snapshots.ts';
import { Store } from '../../src/world/store.ts';
import { didRecord as did, SETTINGS, TRAITS } from '../support/records.ts';

const baseOf = (): Base =>
  new Base({
    settings: SETTINGS,
    users: [],
    providers: [],
    dids: [
      { ...TRAITS, from: '100', to: '109' },
      { ...TRAITS, did: '7' },
    ],
  });

/** Everything of a store that can be seen. */
function seen(store: Store): unknown {
  const { nextDidId, tally, settings } = store;
  return { nextDidId, tally, settings, records: store.records() };
}

function create(store: Store, number: string): void {
  store.apply([{ kind: 'did.add', did: did(number, store.nextDidId) }]);
}

/** Milliseconds of the fastest of some runs. */
function fastest(run: () => void): number {
  return Math.min(
    ...Array.from({ length: 7 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

test('a restore puts back DIDs, deletions, ids and settings, and ends the epoch', () => {
  const store = new Store(baseOf());
  const snapshots = new Snapshots(store);
  create(store, '55');
  store.delete(did('103', 4));
  store.patch({ dialect: 'legacy' }, 40);
  const then = seen(store);
  snapshots.take('then');
  create(store, '56');
  store.delete(did('55', 12));
  store.delete(did('7', 11));
  store.patch({ allow_api: false });
  const { epoch } = store;
  snapshots.restore('then');
  expect(seen(store)).toEqual(then);
  expect(store.epoch).toBeGreaterThan(epoch);
  expect([
    store.findDidByNumber('55')?.id,
    store.findDidByNumber('56'),
    store.findDidByNumber('103'),
    store.findDidByNumber('7')?.id,
  ]).toEqual([12, undefined, undefined, 11]);
});

test('what comes after a snapshot does not change it, however often it is restored', () => {
  const store = new Store(baseOf());
  const snapshots = new Snapshots(store);
  create(store, '55');
  snapshots.take('a');
  const then = seen(store);
  for (let round = 0; round < 200; round++) {
    snapshots.restore('a');
    expect(seen(store)).toEqual(then);
    create(store, `56${String(round)}`);
    store.delete(did('55', 12));
    snapshots.take(`after-${String(round)}`);
  }
  snapshots.restore('after-7');
  expect([store.findDidByNumber('567')?.id, store.findDidByNumber('566'), store.findDidByNumber('55')]).toEqual([13, undefined, undefined]);
});

type Step = readonly [kind: 'create' | 'put' | 'delete' | 'take' | 'restore' | 'reset' | 'patch', n: number];

test('whatever is done, a restored snapshot is the moment it was taken', () => {
  const aStep = fc.tuple(
    fc.constantFrom<Step[0][]>('create', 'create', 'put', 'delete', 'take', 'restore', 'reset', 'patch'),
    fc.integer({ min: 1, max: 40 }),
  );
  fc.assert(
    fc.property(fc.array(aStep, { maxLength: 60 }), (steps) => {
      const store = new Store(baseOf());
      const snapshots = new Snapshots(store);
      const moments = new Map<string, unknown>();
      for (const [kind, n] of steps) {
        const number = String(n);
        if (kind === 'create' && store.findDidByNumber(number) === undefined) create(store, number);
        if (kind === 'put' && store.findDidByNumber(number) === undefined && store.findDidById(n) === undefined) store.put(did(number, n));
        const old = store.findDidById(n);
        if (kind === 'delete' && old !== undefined) store.delete(old);
        if (kind === 'reset') store.resetState();
        if (kind === 'patch') store.patch({ max_did_length: n });
        const name = String(n % 5);
        if (kind === 'take' && !moments.has(name)) {
          snapshots.take(name);
          moments.set(name, seen(store));
        }
        if (kind === 'restore' && moments.has(name)) snapshots.restore(name);
        expect(new Set(store.records().dids.map(({ id }) => id)).size).toBe(store.records().dids.length);
      }
      for (const [name, moment] of moments) {
        snapshots.restore(name);
        expect(seen(store)).toEqual(moment);
      }
    }),
    { numRuns: 100 },
  );
});

test('a snapshot, a restore and a deletion cost the same after a hundred thousand DIDs', () => {
  const store = new Store(baseOf());
  const snapshots = new Snapshots(store);
  const rounds = (): void => {
    for (let i = 0; i < 200; i++) {
      snapshots.take('x');
      snapshots.restore('x');
      snapshots.delete('x');
    }
  };
  const small = fastest(rounds);
  for (let i = 0; i < 100_000; i++) create(store, `370${String(i)}`);
  // To copy as little as the numbers would take a hundred times as long as this allows.
  expect(fastest(rounds)).toBeLessThan(20 * small + 5);
  expect(store.tally.created).toBe(100_000);
});

describe('names', () => {
  const snapshots = (): Snapshots => new Snapshots(new Store(baseOf()));

  it.each(['a', '__proto__', 'constructor', 'A.b-c_9', '...', 'x'.repeat(64)])('%j is one', (name) => {
    const some = snapshots();
    expect(() => some.get(name)).toThrow('no snapshot is called');
    expect(some.take(name).name).toBe(name);
    expect(some.restore(name).name).toBe(name);
    expect(some.list().map((snapshot) => snapshot.name)).toEqual([name]);
    expect(some.delete(name).name).toBe(name);
    expect(some.list()).toEqual([]);
  });

  it.each(['', '.', '..', 'a b', 'a/b', 'ä', 'a\n', 'x'.repeat(65), undefined, null, 5, {}])('%j is none', (name) => {
    const some = snapshots();
    expect(() => some.take(name as string)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
    expect(() => some.restore(name as string)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(some.list()).toEqual([]);
  });

  it('one that is taken is refused, and the old snapshot stays', () => {
    const store = new Store(baseOf());
    const some = new Snapshots(store);
    some.take('a');
    create(store, '55');
    expect(() => some.take('a')).toThrow(expect.objectContaining({ code: 'SNAPSHOT_EXISTS' }));
    some.restore('a');
    expect(store.findDidByNumber('55')).toBeUndefined();
  });

  it('one that is not there is refused with those that are', () => {
    const some = snapshots();
    some.take('seeded');
    expect(() => some.restore('seded')).toThrow('no snapshot is called "seded"; Did you mean "seeded"? taken: seeded');
  });
});
