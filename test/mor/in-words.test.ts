import {
  joined,
  listSecretKeys,
  listed,
  onOrOff,
  ownerInWords,
  providerNamed,
  secretsIn,
  shown,
  userInWords,
} from '../../src/mor/in-words.ts';
import type { User } from '../../src/mor/model.ts';
import { SETTINGS } from '../support/did-factory.ts';

const ADMIN: User = { id: 0, username: 'admin', type: 'admin', accept_hash_without_did: false };
const reseller = (id: number, username: string, api_secret_key: string): User => ({
  id,
  username,
  type: 'reseller',
  permissions: { manage_dids: 'edit' },
  accept_hash_without_did: false,
  own_providers: false,
  allow_api: true,
  api_secret_key,
  disable_hash_checking: false,
});
const USERS = [ADMIN, reseller(5, 'bob', 'bobs-key'), reseller(6, 'eve', ''), reseller(7, 'reseller', 'abc')];

test('the keys of a world -> the administrator’s first, those of resellers behind it, no empty ones', () => {
  const OF_RESELLERS = [
    { text: 'bobs-key', owner: 'the key of user 5 (reseller bob)' },
    { text: 'abc', owner: 'the key of user 7 (reseller)' },
  ];
  expect(listSecretKeys({ settings: SETTINGS, users: USERS })).toEqual([
    { text: 'secret', owner: "the administrator's key" },
    ...OF_RESELLERS,
  ]);
  expect(listSecretKeys({ settings: { ...SETTINGS, api_secret_key: '' }, users: USERS })).toEqual(OF_RESELLERS);
});

test('what a request sent as a password is one of its secrets; a number in digits is not', () => {
  const params = new Map([
    ['u', 'admin'],
    ['p', 'hunter2'],
    ['pass', '37060000001'],
  ]);
  expect(secretsIn({ settings: SETTINGS, users: [ADMIN], params })).toEqual([
    { text: 'secret', owner: "the administrator's key" },
    { text: 'hunter2', owner: 'the request' },
  ]);
});

test.each([
  ['a "b"\n', '"a \\"b\\"\\n" (U+000A line feed at character 6)'],
  ['1secret\u200b', '"1***\\u200b" (U+200B zero-width space at character 5)'],
  ['a'.repeat(60), `"${'a'.repeat(60)}"`],
  ['a'.repeat(61), `"${'a'.repeat(60)}…"`],
  [`${'a'.repeat(58)}secret`, `"${'a'.repeat(58)}**…"`],
  ['secret'.repeat(1000), `"${'*'.repeat(60)}…"`],
  [`${'0a'.repeat(20)} 370`, '"*** 370"'],
  ['admin&p=hunter2', '"admin&p=***"'],
])('%j, shown -> %s', (text, expected) => {
  expect(shown(text, [{ text: 'secret', owner: '' }])).toBe(expected);
});

test.each([
  [userInWords(ADMIN), 'user 0 (admin)'],
  [userInWords(USERS[1]!), 'user 5 (reseller bob)'],
  [providerNamed({ id: 1, name: '', user_id: 0, hidden: false }), 'provider 1'],
  [providerNamed({ id: 1, name: 'Main', user_id: 0, hidden: false }), 'provider 1 (Main)'],
  [
    providerNamed({ id: 1, name: 'Ma\u00a0in', user_id: 0, hidden: false }),
    'provider 1 ("Ma\\u00a0in" (U+00A0 no-break space at character 3))',
  ],
  [userInWords(reseller(5, 'bob\u200b', '')), 'user 5 (reseller "bob\\u200b" (U+200B zero-width space at character 4))'],
  [listed(['a', 'b\u0301']), 'a, "b\\u0301" (U+0301 combining character at character 2)'],
  [ownerInWords(0, []), 'the administrator'],
  [ownerInWords(5, USERS), 'user 5 (reseller bob)'],
  [ownerInWords(9, USERS), 'user 9'],
  [[onOrOff(true), onOrOff(false)].join(), 'on,off'],
  [listed([1, 2]), '1, 2'],
  [listed([1, 2, 3, 4, 5, 6, 7, 8]), '1, 2, 3, 4, 5, 6, 7, 8'],
  [listed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), '1, 2, 3, 4, 5, 6, 7, 8 and 2 more'],
  [joined([]), ''],
  [joined(['a']), 'a'],
  [joined(['a', 'b']), 'a and b'],
  [joined(['a', 'b', 'c'], 'or'), 'a, b or c'],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});
