import fc from 'fast-check';
import { GrowingColumn } from '../../src/world/growing-column.ts';

const numbers = fc.oneof(fc.nat(4), fc.nat(300), fc.constantFrom(254, 255, 256, 257, 2 ** 32 - 2, 2 ** 32 - 1));

test.each<[title: string, usual: number, step: 0 | 1]>([
  ['zeros', 0, 0],
  ['ones', 1, 0],
  ['numbers that count up', 1, 1],
])('of %s: whatever is set, and however it grows, each place holds what was set there, or what is usual', (_, usual, step) => {
  const steps = fc.array(fc.tuple(fc.nat(19), numbers, fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (all) => {
      const column = new GrowingColumn(usual, 20, step);
      const expected = Array.from({ length: 20 }, (_, place) => usual + step * place);
      for (const [place, value, grows] of all) {
        column.set(place, value);
        expected[place] = value;
        if (grows) column.grow(20);
      }
      expect(expected.map((_, place) => column.at(place))).toEqual(expected);
    }),
  );
});

test('a column that counts up beyond what the first set number needs', () => {
  const column = new GrowingColumn(1, 1000, 1);
  column.set(0, 5);
  expect([column.at(0), column.at(999)]).toEqual([5, 1000]);
});

test('it is as usual until something else is set, also where it grew', () => {
  const column = new GrowingColumn(1, 4, 1);
  column.set(2, 3);
  column.grow(8);
  expect([column.isAsUsual, column.at(7)]).toEqual([true, 8]);
  column.set(2, 4);
  column.grow(16);
  expect([column.isAsUsual, column.at(2), column.at(3)]).toEqual([false, 4, 4]);
  column.set(15, 70_000);
  expect([column.at(15), column.at(2)]).toEqual([70_000, 4]);
  column.grow(32);
  column.set(31, 7);
  expect([column.at(31), column.at(15), column.at(2)]).toEqual([7, 70_000, 4]);
});
