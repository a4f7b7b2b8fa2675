import { firstError, type Check } from '../../src/mor/check.ts';

interface Facts {
  readonly hash: boolean;
  readonly caller: boolean;
  readonly provider: boolean;
}

const CHECKS: readonly Check<Facts>[] = [
  { requires: ({ hash }) => hash, orElse: 'hashIncorrect' },
  { requires: ({ caller }) => caller, orElse: 'accessDenied' },
  { requires: ({ provider }) => provider, orElse: 'providerNotFound' },
];

test.each([
  [{ hash: true, caller: true, provider: true }, undefined],
  [{ hash: false, caller: true, provider: true }, 'hashIncorrect'],
  [{ hash: true, caller: false, provider: true }, 'accessDenied'],
  [{ hash: true, caller: true, provider: false }, 'providerNotFound'],
  [{ hash: false, caller: false, provider: false }, 'hashIncorrect'],
  [{ hash: true, caller: false, provider: false }, 'accessDenied'],
])('firstError of %j -> %s', (facts, expected) => {
  expect(firstError(CHECKS, facts)).toBe(expected);
});

test('a check that fails -> those behind it are not asked', () => {
  const asked: string[] = [];
  const asks = (name: string, holds: boolean): Check<undefined> => ({
    requires: () => {
      asked.push(name);
      return holds;
    },
    orElse: 'didExists',
  });
  firstError([asks('first', true), asks('second', false), asks('third', true)], undefined);
  expect(asked).toEqual(['first', 'second']);
});

test('no checks -> no error', () => {
  expect(firstError([], undefined)).toBeUndefined();
});
