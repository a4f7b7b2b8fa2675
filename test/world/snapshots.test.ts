import fc from 'fast-check';
import { Snapshots } from '../../src/world/snapshots.ts';
import { StateStore } from '../../src/world/store.ts';
import { makeDid, makeFixtures, makeRange } from '../support/did-factory.ts';

const newStore = (): StateStore => new StateStore(makeFixtures([makeRange('100', '109', 1), makeDid('7', 11)]));

/** Everything of a store that can be seen. */
function seen(store: StateStore): unknown {
  const { nextDidId, counts, settings } = store;
  return { nextDidId, counts, settings, data: store.toFixtureData() };
}

function create(store: StateStore, number: string): void {
  store.apply({ kind: 'did.add', did: makeDid(number, store.nextDidId) });
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
  const store = newStore();
  const snapshots = new Snapshots(store);
  create(store, '55');
  store.apply({ kind: 'did.remove', id: 4 });
  store.patchSettings({ dialect: 'legacy' }, 40);
  const then = seen(store);
  snapshots.take('then');
  create(store, '56');
  store.apply({ kind: 'did.remove', id: 12 });
  store.apply({ kind: 'did.remove', id: 11 });
  store.patchSettings({ allow_api: false });
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
  const store = newStore();
  const snapshots = new Snapshots(store);
  create(store, '55');
  snapshots.take('a');
  const then = seen(store);
  for (let round = 0; round < 200; round++) {
    snapshots.restore('a');
    expect(seen(store)).toEqual(then);
    create(store, `56${String(round)}`);
    store.apply({ kind: 'did.remove', id: 12 });
    snapshots.take(`after-${String(round)}`);
  }
  snapshots.restore('after-7');
  expect([store.findDidByNumber('567')?.id, store.findDidByNumber('566'), store.findDidByNumber('55')]).toEqual([13, undefined, undefined]);
});

type Step = readonly [kind: 'create' | 'put' | 'update' | 'delete' | 'take' | 'restore' | 'reset' | 'patch', n: number];

test('whatever is done, a restored snapshot is the moment it was taken', () => {
  const aStep = fc.tuple(
    fc.constantFrom<Step[0][]>('create', 'create', 'put', 'update', 'delete', 'take', 'restore', 'reset', 'patch'),
    fc.integer({ min: 1, max: 40 }),
  );
  fc.assert(
    fc.property(fc.array(aStep, { maxLength: 60 }), (steps) => {
      const store = newStore();
      const snapshots = new Snapshots(store);
      const moments = new Map<string, unknown>();
      for (const [kind, n] of steps) {
        const number = String(n);
        if (kind === 'create' && store.findDidByNumber(number) === undefined) create(store, number);
        if (kind === 'put' && store.findDidByNumber(number) === undefined && store.findDidById(n) === undefined)
          store.apply({ kind: 'did.add', did: makeDid(number, n) }, 'tester');
        const old = store.findDidById(n);
        if (kind === 'delete' && old !== undefined) store.apply({ kind: 'did.remove', id: n });
        if (kind === 'update' && old !== undefined) store.apply({ kind: 'did.update', id: n, fields: { comment: String(steps.length) } });
        if (kind === 'reset') store.resetState();
        if (kind === 'patch') store.patchSettings({ max_did_length: n });
        const name = String(n % 5);
        if (kind === 'take' && !moments.has(name)) {
          snapshots.take(name);
          moments.set(name, seen(store));
        }
        if (kind === 'restore' && moments.has(name)) snapshots.restore(name);
        const ids = Array.from(store.listDids(), ({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
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
  const store = newStore();
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
  expect(store.counts.created).toBe(100_000);
});

describe('names', () => {
  const snapshots = (): Snapshots => new Snapshots(newStore());

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
    const store = newStore();
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
