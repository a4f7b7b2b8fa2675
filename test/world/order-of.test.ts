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

test('keys below 0 are left out', () => {
  expect(Array.from(orderOfKnown(Float64Array.of(5, -1, 3, -2, 4)))).toEqual([2, 4, 0]);
});
