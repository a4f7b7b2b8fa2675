import { findFailedCheck, type Check } from '../../src/mor/check.ts';

const WORDS = { statement: 'it holds', actual: () => 'it does not', fix: () => 'make it hold' };

interface Facts {
  readonly hash: boolean;
  readonly caller: boolean;
  readonly provider: boolean;
}

const CHECKS: readonly Check<Facts>[] = [
  { requires: ({ hash }) => hash, orElse: 'hashIncorrect', ...WORDS },
  { requires: ({ caller }) => caller, orElse: 'accessDenied', ...WORDS },
  { requires: ({ provider }) => provider, orElse: 'providerNotFound', ...WORDS },
];

test.each([
  [{ hash: true, caller: true, provider: true }, undefined],
  [{ hash: false, caller: true, provider: true }, 'hashIncorrect'],
  [{ hash: true, caller: false, provider: true }, 'accessDenied'],
  [{ hash: true, caller: true, provider: false }, 'providerNotFound'],
  [{ hash: false, caller: false, provider: false }, 'hashIncorrect'],
  [{ hash: true, caller: false, provider: false }, 'accessDenied'],
])('the first failed check of %j -> %s', (facts, expected) => {
  expect(CHECKS[findFailedCheck(CHECKS, facts)]?.orElse).toBe(expected);
});

test('a check that fails -> those behind it are not asked', () => {
  const asked: string[] = [];
  const asks = (name: string, holds: boolean): Check<undefined> => ({
    requires: () => {
      asked.push(name);
      return holds;
    },
    orElse: 'didExists',
    ...WORDS,
  });
  findFailedCheck([asks('first', true), asks('second', false), asks('third', true)], undefined);
  expect(asked).toEqual(['first', 'second']);
});

test('no checks -> none fails', () => {
  expect(findFailedCheck([], undefined)).toBe(-1);
});
