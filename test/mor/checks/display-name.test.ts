import { getDisplayName } from '../../../src/mor/checks/display-name.ts';

const USER = { id: 8, username: 'user', type: 'user', owner_id: 0, accept_hash_without_did: false } as const;

test.each<[first: string | undefined, last: string | undefined, shown: string]>([
  ['Ann', 'Lee', 'Ann Lee'],
  ['Ann', '', 'Ann'],
  ['Ann', undefined, 'Ann'],
  ['', 'Lee', 'Lee'],
  [undefined, 'Lee', 'Lee'],
  ['', '', 'user'],
  [undefined, undefined, 'user'],
  [' ', 'Lee', '  Lee'],
])('%j and %j -> %j', (first_name, last_name, shown) => {
  expect(getDisplayName({ ...USER, first_name, last_name })).toBe(shown);
});
