import fc from 'fast-check';
import { orderOf, orderOfKnown } from '../../src/world/order-of.ts';

const key = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.maxSafeNat().map((value) => value % 2 ** 52),
);

test('the order is that of a sort that compares, equal keys as they stand', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const expected = keys.map((_, place) => place).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      expect(Array.from(orderOf(keys))).toEqual(expected);
    }),
  );
});

test.each([
  ['at the end of the first digit', 2 ** 13],
  ['at the end of the second, where a half ends', 2 ** 26],
  ['at the end of the third', 2 ** 39],
])('keys that meet %s', (_, end) => {
  expect(Array.from(orderOf([end + 1, end, end - 1]))).toEqual([2, 1, 0]);
});

test.each([
  [
    [5, -1, 0, -2, 4],
    [2, 4, 0],
  ],
  [[-1, -2], []],
  [
    [0, 1],
    [0, 1],
  ],
])('of %j those below 0 are left out', (keys, places) => {
  expect(Array.from(orderOfKnown(Float64Array.from(keys)))).toEqual(places);
});
