import { keyOf, numberOf } from '../../src/world/number-key.ts';

test.each(['0', '7', '07', '007', '37060000001', '000000000000000', '999999999999999'])(
  '%s has a key, and comes back from it',
  (number) => {
    expect(numberOf(keyOf(number) ?? 0)).toBe(number);
  },
);

test.each(['', '-1', '+1', ' 1', '1e3', '1.0', 'x', '٣', '1000000000000000'])('%j has none', (text) => {
  expect(keyOf(text)).toBeUndefined();
});

test('keys are in the order of length, then of digits, and those of a block follow each other', () => {
  const numbers = ['0', '9', '00', '01', '10', '99', '000', '099', '100'];
  expect(numbers.map(keyOf).toSorted((a = 0, b = 0) => a - b)).toEqual(numbers.map(keyOf));
  expect((keyOf('0100') ?? 0) - (keyOf('0099') ?? 0)).toBe(1);
});
