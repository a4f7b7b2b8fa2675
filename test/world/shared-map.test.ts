import fc from 'fast-check';
import { NUMBERS, SharedMap } from '../../src/world/shared-map.ts';

/** What a map holds, by all its doors. */
function held<Key extends string | number>(map: SharedMap<Key, number> | ReadonlyMap<Key, number>, asked: readonly Key[]): unknown {
  return {
    size: map.size,
    keys: [...map.keys()].toSorted(),
    values: [...map.values()].toSorted(),
    found: asked.map((key) => [key, map.get(key), map.has(key)]),
  };
}

test.each<[title: string, key: fc.Arbitrary<string | number>, empty?: () => SharedMap<string | number, number>]>([
  ['small numbers', fc.integer({ min: 0, max: 300 })],
  ['any number an id may be', fc.maxSafeNat()],
  [
    'numbers in tables',
    fc.oneof(
      fc.integer({ min: 1, max: 3000 }),
      fc.maxSafeNat().map((n) => n + 1),
    ),
    () => new SharedMap<number, number>({ ...NUMBERS, most: 20 }) as unknown as SharedMap<string | number, number>,
  ],
  ['texts', fc.oneof(fc.constantFrom('__proto__', 'toString', '', 'constructor'), fc.stringMatching(/^37[0-9]{1,3}$/))],
])(
  '%s: whatever is set, deleted, copied and taken back, it is what a Map would be',
  (_, key, empty = () => new SharedMap<string | number, number>()) => {
    const steps = fc.array(fc.tuple(fc.constantFrom('set', 'set', 'set', 'delete', 'copy', 'back'), key, fc.nat()), {
      minLength: 60,
      maxLength: 150,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let map = empty();
        let model = new Map<string | number, number>();
        const kept: [SharedMap<string | number, number>, Map<string | number, number>][] = [];
        for (const [kind, name, value] of all) {
          if (kind === 'set') {
            map.set(name, value);
            model.set(name, value);
          } else if (kind === 'delete') {
            map.delete(name);
            model.delete(name);
          } else if (kind === 'copy') {
            kept.push([map.copy(), new Map(model)]);
          } else {
            const [copy, copied] = kept[value % Math.max(1, kept.length)] ?? [map, model];
            map = copy.copy();
            model = new Map(copied);
          }
        }
        const asked = all.map(([, name]) => name);
        for (const [copy, copied] of [...kept, [map, model] as const]) {
          // As text: toEqual would take seconds.
          expect(JSON.stringify(held(copy, asked))).toBe(JSON.stringify(held(copied, asked)));
        }
      }),
      { numRuns: 40 },
    );
  },
);

test.each([
  ['texts', new SharedMap<string | number, number>(), (i: number) => `370${String(i)}`],
  ['numbers in tables', new SharedMap<number, number>(NUMBERS) as unknown as SharedMap<string | number, number>, (i: number) => 1e11 + i],
])('a hundred thousand %s, deleted again -> empty', (_, map, keyOf) => {
  for (let i = 0; i < 100_000; i++) map.set(keyOf(i), i);
  const copy = map.copy();
  for (let i = 0; i < 100_000; i++) map.delete(keyOf(i));
  expect([map.size, [...map.keys()], copy.size, copy.get(keyOf(99_999))]).toEqual([0, [], 100_000, 99_999]);
});

test('of many keys all are told, with their values, also behind a copy that changes', () => {
  const ofOne = new SharedMap<number, number>();
  for (let i = 0; i < 1000; i++) ofOne.set(i, -i);
  const copy = ofOne.copy();
  for (let i = 0; i < 1000; i += 2) copy.delete(i);
  const model = new Map(Array.from({ length: 1000 }, (_, i) => [i, -i]));
  const half = new Map([...model].filter(([key]) => key % 2 === 1));
  expect([held(ofOne, []), held(copy, [])]).toEqual([held(model, []), held(half, [])]);
});

test('keys of one hash are told apart, however many', () => {
  // The two halves of a number are laid over each other, so these all come to the same.
  const keys = Array.from({ length: 100 }, (_, high) => high * 2 ** 32 + (high ^ 12_345));
  const map = new SharedMap<number, number>();
  for (const key of keys) map.set(key, key);
  expect(keys.map((key) => map.get(key))).toEqual(keys);
  map.delete(keys[50]!);
  expect([map.size, map.get(keys[50]!), map.get(keys[51]!)]).toEqual([99, undefined, keys[51]]);
});
