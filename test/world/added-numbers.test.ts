import { AddedNumbers } from '../../src/world/added-numbers.ts';

/** Short ones, long ones, leading zeros, the longest that has a key and the shortest that has none, and what is no number. */
const NUMBERS = ['0', '00', '37060000001', '037060000001', '999999999999999', '1000000000000000', 'sip:Jonas', '３７０'];

test.each(NUMBERS)('%s is found by its id and its id by it, until it is deleted', (did) => {
  const numbers = new AddedNumbers();
  numbers.add(7, did);
  const before = numbers.copy();
  expect([numbers.size, numbers.under(7), numbers.idOf(did), [...numbers.ids()]]).toEqual([1, did, 7, [7]]);
  numbers.delete(7, did);
  expect([numbers.size, numbers.under(7), numbers.idOf(did), [...numbers.ids()]]).toEqual([0, undefined, undefined, []]);
  expect([before.size, before.under(7), before.idOf(did), [...before.ids()]]).toEqual([1, did, 7, [7]]);
});

test('numbers of every form stand beside each other, listed by their ids', () => {
  const numbers = new AddedNumbers();
  for (const [i, did] of NUMBERS.entries()) numbers.add(100 - i, did);
  expect(NUMBERS.map((did) => numbers.idOf(did))).toEqual(NUMBERS.map((_, i) => 100 - i));
  expect(Array.from(numbers.ids(), (id) => numbers.under(id))).toEqual(NUMBERS.toReversed());
  expect([numbers.under(0), numbers.under(1), numbers.idOf('1'), numbers.idOf('')]).toEqual([undefined, undefined, undefined, undefined]);
});
