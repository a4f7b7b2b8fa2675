import { callHash, didCreateHash, getHashInput, type DidCreateHashInput } from '../../src/explain/call-hash.ts';
import { findCall } from '../../src/mor/calls/index.ts';
import { CALL_NAMES } from '../support/call-names.ts';

// The SHA-1 values come from `printf '%s' TEXT | sha1sum`.
type Input = DidCreateHashInput & Readonly<Record<string, string | number | undefined>>;

const HASHES: readonly (readonly [title: string, input: Input, text: string, hash: string])[] = [
  [
    "the page's numbers",
    { provider_id: 1, did: '123456789', api_secret_key: 'secret' },
    '1123456789secret',
    'cb9dff0d59f7ffaf036d55b57c817bf528edb54a',
  ],
  [
    'the provider as text',
    { provider_id: '1', did: '123456789', api_secret_key: 'secret' },
    '1123456789secret',
    'cb9dff0d59f7ffaf036d55b57c817bf528edb54a',
  ],
  [
    "the page's example, without the DID",
    { provider_id: 1, did: '', api_secret_key: 'secret' },
    '1secret',
    'bc2f114099d16656d37e45fd9e8744cb9386d462',
  ],
  [
    'letters beyond ASCII',
    { provider_id: '1', did: 'ą', api_secret_key: 'secret' },
    '1ąsecret',
    'c851d84bbfb2760f0f80704b7d4bf908266d6ef5',
  ],
  ['no provider', { did: '5', api_secret_key: 'secret' }, '5secret', 'd303ad2eaef52ff1993350cf96ca3fecbadf78ce'],
  ['an empty provider', { provider_id: '', did: '5', api_secret_key: 'secret' }, '5secret', 'd303ad2eaef52ff1993350cf96ca3fecbadf78ce'],
  [
    'blanks and leading zeros stay',
    { provider_id: ' 01', did: ' 05 ', api_secret_key: 's' },
    ' 01 05 s',
    '0958343c79f67acb45058c099f53409c20b56735',
  ],
];

test.each<[input: object, message: string]>([
  [{ provider_id: 1, api_secret_key: 'secret' }, 'did must be a string, exactly as it will be sent; it is missing'],
  [{ provider_id: 1, did: 37060000099, api_secret_key: 'secret' }, 'did must be a string, exactly as it will be sent; it is a number'],
  [{ provider_id: 1, did: '5', key: 'secret' }, 'api_secret_key must be a string, exactly as it will be sent; it is missing'],
])('%j is refused', (input, message) => {
  expect(() => didCreateHash(input as DidCreateHashInput)).toThrow(new TypeError(message));
});

test.each(HASHES)('%s -> its text and hash', (_, input, text, hash) => {
  expect(getHashInput(findCall('did_create')!, input, input.api_secret_key)).toBe(text);
  expect(didCreateHash(input)).toBe(hash);
});

test('a call by its name -> the same hash', () => {
  expect(callHash('did_create', { provider_id: 1, did: '123456789' }, 'secret')).toBe('cb9dff0d59f7ffaf036d55b57c817bf528edb54a');
});

test('a call that there is not -> a sentence with the known ones', () => {
  expect(() => callHash('did_frob' as never, {}, 'secret')).toThrow(
    new TypeError(`there is no call "did_frob". Known: ${CALL_NAMES.join(', ')}`),
  );
});
