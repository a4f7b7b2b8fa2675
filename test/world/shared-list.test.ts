import fc from 'fast-check';
import { MAX_ID } from '../../src/mor/model.ts';
import { SharedList } from '../../src/world/shared-list.ts';

/** What a list holds, by all its doors. */
function held(list: SharedList<number>, asked: readonly number[]): unknown {
  return { entries: Array.from(list.indices(), (index) => [index, list.get(index)]), found: asked.map((index) => list.get(index)) };
}

/** The same of a map. */
function heldByMap(map: ReadonlyMap<number, number>, asked: readonly number[]): unknown {
  return { entries: [...map].toSorted(([a], [b]) => a - b), found: asked.map((index) => map.get(index)) };
}

test.each<[title: string, index: fc.Arbitrary<number>, nothing: number | undefined]>([
  ['ids that follow each other', fc.integer({ min: 0, max: 100 }), undefined],
  ['any id there may be', fc.integer({ min: 0, max: MAX_ID }), undefined],
  ['ids, with 0 for nothing', fc.integer({ min: 0, max: 100 }), 0],
  ['both ends of a level', fc.constantFrom(0, 31, 32, 1023, 1024, 32_767, 32_768, MAX_ID), undefined],
])('%s: whatever is set, taken away, copied and taken back, it is what a Map would be', (_, index, nothing) => {
  const steps = fc.array(fc.tuple(fc.constantFrom('set', 'set', 'set', 'delete', 'copy', 'back'), index, fc.integer({ min: 1 })), {
    minLength: 40,
    maxLength: 120,
  });
  fc.assert(
    fc.property(steps, (all) => {
      let list = new SharedList<number>(nothing);
      let model = new Map<number, number>();
      const kept: [SharedList<number>, Map<number, number>][] = [];
      for (const [kind, at, value] of all) {
        if (kind === 'set') {
          list.set(at, value);
          model.set(at, value);
        } else if (kind === 'delete') {
          list.set(at, undefined);
          model.delete(at);
        } else if (kind === 'copy') {
          kept.push([list.copy(), new Map(model)]);
        } else {
          const [copy, copied] = kept[value % Math.max(1, kept.length)] ?? [list, model];
          list = copy.copy();
          model = new Map(copied);
        }
      }
      const asked = all.map(([, at]) => at);
      for (const [copy, copied] of [...kept, [list, model] as const]) {
        // As text: toEqual would take seconds.
        expect(JSON.stringify(held(copy, asked))).toBe(JSON.stringify(heldByMap(copied, asked)));
      }
    }),
    { numRuns: 60 },
  );
});

test.each([-1, 0, 31, 32, MAX_ID, MAX_ID + 1, Number.MAX_SAFE_INTEGER])('an empty list has nothing at %d', (index) => {
  expect(new SharedList<number>().get(index)).toBeUndefined();
});

test('no index outside is taken for one inside', () => {
  const list = new SharedList<number>();
  for (let i = 0; i < 32; i++) list.set(i, i);
  expect([-1, -32, 32, 2 ** 32, 2 ** 32 + 5, 2 ** 53 - 1].map((index) => list.get(index))).toEqual(Array(6).fill(undefined));
});
