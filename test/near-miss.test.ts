import { didYouMean, nearMiss } from '../src/near-miss.ts';

const NAMES = ['u', 'did', 'hash', 'provider_id', 'custom_sip_header'];

it.each([
  ['hsah', 'hash'],
  ['ahsh', 'hash'],
  ['hsha', undefined],
  ['dids', 'did'],
  ['idd', 'did'],
  ['di', 'did'],
  ['ddi', 'did'],
  ['provdier_id', 'provider_id'],
  ['rpovidre_di', 'provider_id'],
  ['providerid', 'provider_id'],
  ['v', 'u'],
  ['comment', undefined],
  ['', 'u'],
  ['x'.repeat(61), undefined],
])('%s: %s', (word, meant) => {
  expect(nearMiss(word, NAMES)).toBe(meant);
});

it('takes the nearest, and of two that are as near the first', () => {
  expect(nearMiss('cat', ['cart', 'cut', 'cat_'])).toBe('cart');
  expect(nearMiss('dids_id', ['did_id', 'dids_id'])).toBe('dids_id');
});

it('is nothing without words', () => {
  expect([nearMiss('a', []), didYouMean('a', [])]).toEqual([undefined, '']);
});

it('is a question behind a sentence', () => {
  expect(didYouMean('hsah', NAMES)).toBe(' Did you mean "hash"?');
});
