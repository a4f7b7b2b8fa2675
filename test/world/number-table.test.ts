import fc from 'fast-check';
import { NumberTable } from '../../src/world/number-table.ts';

/** Few enough that they meet, close enough that they crowd each other, and some of 15 digits and more. */
const key = fc.oneof(
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 2 ** 32 + n),
  fc.maxSafeNat().map((n) => n + 1),
);

test('whatever is set, deleted and copied, it is what a Map would be', () => {
  const step = fc.tuple(fc.constantFrom('set', 'set', 'set', 'delete', 'delete', 'copy'), key, fc.nat());
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 200 }), (steps) => {
      let table = new NumberTable();
      let model = new Map<number, number>();
      const kept: [NumberTable, Map<number, number>][] = [];
      for (const [kind, key, value] of steps) {
        if (kind === 'copy') {
          kept.push([table, model]);
          table = new NumberTable(table);
          model = new Map(model);
        } else if (kind === 'set') {
          table.set(key, value);
          model.set(key, value);
        } else {
          table.delete(key);
          model.delete(key);
        }
      }
      const byKey = ([a]: readonly [number, number], [b]: readonly [number, number]): number => a - b;
      for (const [copy, copied] of [...kept, [table, model] as const]) {
        // As text: toEqual would take seconds.
        const told = JSON.stringify([copy.size, [...copy].sort(byKey), steps.map(([, key]) => [copy.get(key), copy.has(key)])]);
        expect(told).toBe(
          JSON.stringify([copied.size, [...copied].sort(byKey), steps.map(([, key]) => [copied.get(key), copied.has(key)])]),
        );
        expect([...copy.keys()]).toHaveLength(copied.size);
        expect([...copy.values()].sort()).toEqual([...copied.values()].sort());
      }
    }),
  );
});

test('keys that would all have one place are told apart, in whatever order they go', () => {
  const keys = Array.from({ length: 100 }, (_, high) => high * 2 ** 32 + (high ^ 12_345));
  const table = new NumberTable();
  for (const key of keys) table.set(key, key + 1);
  for (const gone of [50, 0, 99, 51]) table.delete(keys[gone]!);
  expect(keys.map((key) => table.get(key))).toEqual(keys.map((key, i) => ([50, 0, 99, 51].includes(i) ? undefined : key + 1)));
});
