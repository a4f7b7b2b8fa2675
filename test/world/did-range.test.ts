import { clipToIds, didAt, indexInRange, numberAt } from '../../src/world/did-range.ts';
import { ATTRIBUTES, makeDid, makeRange } from '../support/did-factory.ts';

test.each<[firstNumber: string, index: number, expected: string]>([
  ['37060000000', 0, '37060000000'],
  ['37060000000', 999, '37060000999'],
  ['007', 92, '099'],
  ['0', 9, '9'],
  ['999999999999990', 9, '999999999999999'],
  ['0000000000000090', 9, '0000000000000099'],
  ['99999999999999999990', 9, '99999999999999999999'],
])('number %s + %d is %s', (firstNumber, index, expected) => {
  expect(numberAt(makeRange(firstNumber, firstNumber, 1), index)).toBe(expected);
});

test.each<[number: string, expected: number | undefined]>([
  ['0100', 0],
  ['0149', 49],
  ['0199', 99],
  ['0099', undefined],
  ['0200', undefined],
  ['100', undefined],
  ['00100', undefined],
  ['01x0', undefined],
  ['1e2 ', undefined],
  ['', undefined],
])('%j has the index %j in 0100 to 0199', (number, expected) => {
  expect(indexInRange(makeRange('0100', '0199', 1), number)).toBe(expected);
});

describe('the part of an entry between two ids', () => {
  const range = makeRange('0100', '0199', 11);

  it.each<[title: string, from: number, end: number, expected: unknown]>([
    ['all of it', 0, Infinity, range],
    ['just it', 11, 111, range],
    ['its start', 0, 21, makeRange('0100', '0109', 11)],
    ['its middle', 21, 31, makeRange('0110', '0119', 21)],
    ['its end', 101, Infinity, makeRange('0190', '0199', 101)],
    ['one number, which is no range', 60, 61, makeDid('0149', 60)],
    ['nothing before it', 0, 11, undefined],
    ['nothing behind it', 111, Infinity, undefined],
    ['nothing between equal ids', 50, 50, undefined],
  ])('%s', (_, from, end, expected) => {
    expect(clipToIds(range, from, end)).toEqual(expected);
  });

  it('of a single DID is the DID or nothing', () => {
    const did = makeDid('7', 5);
    expect([clipToIds(did, 5, 6), clipToIds(did, 0, Infinity), clipToIds(did, 6, 9), clipToIds(did, 0, 5)]).toEqual([
      did,
      did,
      undefined,
      undefined,
    ]);
  });
});

test('a DID of a range has what the range shares', () => {
  const range = { ...makeRange('100', '199', 1), attributes: { ...ATTRIBUTES, comment: 'c' } };
  expect(didAt(range, 5)).toEqual({ ...makeDid('105', 6), comment: 'c' });
});
