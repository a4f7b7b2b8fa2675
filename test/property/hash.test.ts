import fc from 'fast-check';
import { anyText, wellFormed } from '../support/any-text.ts';
import { textOfAnswer, createState } from '../support/pure-call.ts';
import { sha1, signed } from '../../src/contract/signed.ts';

const KEY = 'secret';

const WORLD = createState({
  settings: { api_secret_key: KEY },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1 }],
});

const GOOD = { u: 'admin', provider_id: '1', did: '370' };

const RIGHT = signed(GOOD, KEY)['hash'] ?? '';

const answerToHash = (hash: string): string => textOfAnswer(WORLD, { ...GOOD, hash });

test('the right hash -> DID created', () => {
  expect(answerToHash(RIGHT)).toBe('DID created');
});

test('the right hash with one character changed -> Incorrect hash', () => {
  fc.assert(
    fc.property(fc.nat(39), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(character !== RIGHT[at]);
      expect(answerToHash(RIGHT.slice(0, at) + character + RIGHT.slice(at + 1))).toBe('Incorrect hash');
    }),
    { numRuns: 300 },
  );
});

test('the right hash with letters in capitals -> Incorrect hash', () => {
  const letters = Array.from(RIGHT).flatMap((character, at) => (/[a-f]/.test(character) ? [at] : []));
  fc.assert(
    fc.property(fc.subarray(letters, { minLength: 1 }), (capitals) => {
      const mutated = Array.from(RIGHT)
        .map((character, at) => (capitals.includes(at) ? character.toUpperCase() : character))
        .join('');
      expect(answerToHash(mutated)).toBe('Incorrect hash');
    }),
    { numRuns: 200 },
  );
});

test('the right hash cut short or with any text around it -> Incorrect hash', () => {
  fc.assert(
    fc.property(anyText(), anyText(), fc.nat(39), (before, behind, length) => {
      fc.pre(before + behind !== '');
      expect(answerToHash(before + RIGHT + behind)).toBe('Incorrect hash');
      expect(answerToHash(RIGHT.slice(0, length))).toBe('Incorrect hash');
    }),
    { numRuns: 200 },
  );
});

test('the SHA-1 of any other text -> Incorrect hash', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(answerToHash(sha1(text))).toBe('Incorrect hash');
      expect(answerToHash(sha1(`1370${text}${KEY}`))).toBe(text === '' ? 'DID created' : 'Incorrect hash');
    }),
    { numRuns: 200 },
  );
});

test('any provider and number with the right hash -> any answer but Incorrect hash; with one changed -> Incorrect hash', () => {
  fc.assert(
    fc.property(anyText(), anyText(), anyText(), (provider_id, did, other) => {
      const params = signed({ u: 'admin', provider_id, did }, KEY);
      expect(textOfAnswer(WORLD, params)).not.toBe('Incorrect hash');
      // Lone surrogates are all U+FFFD in UTF-8.
      fc.pre(wellFormed(provider_id + other) !== wellFormed(provider_id + did));
      expect(textOfAnswer(WORLD, { ...params, did: other })).toBe('Incorrect hash');
    }),
    { numRuns: 300 },
  );
});
