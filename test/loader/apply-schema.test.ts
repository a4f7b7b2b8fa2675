import { parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

/** A provider and a reseller to name, in four lines before the text of a case. */
const WORLD = `users:
  - { id: 5, username: reseller, type: reseller }
providers:
  - { id: 1 }
`;

const USER_KEYS =
  'id, username, first_name, last_name, password, email, uniquehash, balance, blocked, hidden, lcr_id, tariff_id, accept_hash_without_did, type, permissions, own_providers, allow_api, api_secret_key, disable_hash_checking, owner_id';

describe('an issue of one value, with its location', () => {
  const cases: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
    ['a top level that is no map', '- a', 'f.yaml:1:1 must be a map, not a list.'],
    [
      'an unknown key',
      'provders: []',
      'f.yaml:1:1 unknown key "provders". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from. Did you mean "providers"?',
    ],
    [
      'unknown keys of odd names',
      '__proto__: 1\nconstructor: {}\n"to String": 1',
      'f.yaml:1:1 unknown key "__proto__". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.',
      'f.yaml:2:1 unknown key "constructor". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.',
      'f.yaml:3:1 unknown key "to String". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.',
    ],
    [
      'a merge key',
      'a: &a {}\n<<: *a',
      'f.yaml:1:1 unknown key "a". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.',
      'f.yaml:2:1 unknown key "<<". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from. Merge keys are not supported; an alias (*name) is.',
    ],
    ['a list that is a map', 'users: {}', 'f.yaml:1:8 users: must be a list, not a map.'],
    ['a list that is null', 'users: ~', 'f.yaml:1:8 users: must be a list, not "~".'],
    ['a row that is text', 'providers: [one]', 'f.yaml:1:13 providers[0]: must be a map, not "one".'],
    [
      'a switch that says yes',
      'settings:\n  allow_api: yes',
      'f.yaml:2:14 settings.allow_api: must be true or false, not "yes".',
    ],
    [
      'a switch in quotes',
      'settings:\n  allow_api: "true"',
      'f.yaml:2:14 settings.allow_api: must be true or false, not the text "true". Write it without quotes.',
    ],
    ...['truely', 'untrue', 'falsely', 'unfalse'].map((written): readonly [string, string, string] => [
      `a switch that says ${written}`,
      `settings: { allow_api: ${written} }`,
      `f.yaml:1:24 settings.allow_api: must be true or false, not "${written}".`,
    ]),
    [
      'a word that is not allowed',
      'settings: { dialect: legasy }',
      'f.yaml:1:22 settings.dialect: must be one of current, legacy, not "legasy". Did you mean "legacy"?',
    ],
    ...['0x10', '010', '1e3', '1_000', '-1', '1.0', '+1', '"5"', 'five'].map(
      (written): readonly [string, string, string] => [
        `a number written ${written}`,
        `settings: { max_did_length: ${written} }`,
        `f.yaml:1:29 settings.max_did_length: must be a whole number of at least 1 in plain digits, not ${
          written === '"5"' ? 'the text "5". Write it without quotes.' : `"${written}".`
        }`,
      ],
    ),
    [
      'a number left empty',
      'settings:\n  max_did_length:',
      'f.yaml:2:18 settings.max_did_length: must be a whole number of at least 1 in plain digits, not nothing.',
    ],
    [
      'a number too low',
      'settings: { next_did_id: 0 }',
      'f.yaml:1:26 settings.next_did_id: must be at least 1, not "0".',
    ],
    [
      'a number too high',
      'providers: [{ id: 9007199254740992 }]',
      'f.yaml:1:19 providers[0].id: must be at most 2147483647, not "9007199254740992".',
    ],
    ...(
      [
        ['users: [{ id: 2147483648, username: a, type: admin }]', '1:15 users[0].id', 2147483647],
        ['providers: [{ id: 2147483648 }]', '1:19 providers[0].id', 2147483647],
        [`${WORLD}dids: [{ id: 2147483648, did: 5, provider_id: 1 }]`, '5:14 dids[0].id', 2147483647],
        ['settings: { next_did_id: 2147483649 }', '1:26 settings.next_did_id', 2147483648],
      ] as const
    ).map(([text, place, most]): readonly [string, string, string] => [
      `an id above those of MOR's columns, ${place}`,
      text,
      `f.yaml:${place}: must be at most ${String(most)}, not "${String(most + 1)}".`,
    ]),
    [
      'text that is a list',
      'settings: { api_secret_key: [a] }',
      'f.yaml:1:29 settings.api_secret_key: must be text, not a list.',
    ],
    [
      'keys that are missing',
      'users:\n  - { type: admin }',
      'f.yaml:2:5 users[0].id: is missing; it must be a whole number of at least 0 in plain digits.',
      'f.yaml:2:5 users[0].username: is missing; it must be text.',
    ],
    [
      'an empty username',
      'users: [{ id: 1, username: "", type: admin }]',
      'f.yaml:1:28 users[0].username: must not be empty.',
    ],
    [
      'a username left empty',
      'users: [{ id: 1, username: , type: admin }]',
      'f.yaml:1:28 users[0].username: must not be empty.',
    ],
    [
      'a user without a type',
      'users: [{ id: 1, username: a }]',
      'f.yaml:1:9 users[0].type: is missing; it must be one of admin, accountant, reseller, user.',
    ],
    [
      'a user of an unknown type, and what else is wrong with him',
      'users: [{ id: x, usernme: a, type: resseler }]',
      'f.yaml:1:15 users[0].id: must be a whole number of at least 0 in plain digits, not "x".',
      `f.yaml:1:18 users[0]: unknown key "usernme". Allowed: ${USER_KEYS}. Did you mean "username"?`,
      'f.yaml:1:36 users[0].type: must be one of admin, accountant, reseller, user, not "resseler". Did you mean "reseller"?',
    ],
    [
      'a key of another type of user',
      'users: [{ id: 1, username: a, type: admin, own_providers: true }]',
      'f.yaml:1:44 users[0]: "own_providers" is only for a reseller; this is an admin.',
    ],
    [
      'a key that no type of user has',
      'users: [{ id: 1, username: a, type: user, ownr_id: 0 }]',
      'f.yaml:1:43 users[0]: unknown key "ownr_id". Allowed: id, username, first_name, last_name, password, email, uniquehash, balance, blocked, hidden, lcr_id, tariff_id, accept_hash_without_did, type, owner_id. Did you mean "owner_id"?',
    ],
    [
      'a permission that does not exist',
      'users: [{ id: 1, username: a, type: accountant, permissions: { manage_dids: write } }]',
      'f.yaml:1:77 users[0].permissions.manage_dids: must be one of none, read, edit, not "write".',
    ],
    [
      'an id 0 that is no admin',
      'users: [{ id: 0, username: a, type: user }]',
      'f.yaml:1:37 users[0].type: must be admin, not "user": the user with the id 0 is the administrator.',
    ],
    [
      'an id 0 of an unknown type: what it must be is reported once',
      'users: [{ id: 0, username: a, type: x }]',
      'f.yaml:1:37 users[0].type: must be one of admin, accountant, reseller, user, not "x".',
    ],
    [
      'a DID with blanks around it',
      `${WORLD}dids: [{ did: "1 ", provider_id: 1 }]`,
      'f.yaml:5:15 dids[0].did: must not have white space around it, not the text "1 ".',
    ],
    [
      'a DID with the id 0',
      `${WORLD}dids: [{ id: 0, did: 1, provider_id: 1 }]`,
      'f.yaml:5:14 dids[0].id: must be at least 1, not "0".',
    ],
    [
      'a block of other characters',
      `${WORLD}dids: [{ from: 1a, to: 22, provider_id: 1 }]`,
      'f.yaml:5:16 dids[0].from: must be digits only, not "1a".',
    ],
    [
      'a block whose end is no number: its start is nothing to compare',
      `${WORLD}dids: [{ from: 11, to: 2b, provider_id: 1 }]`,
      'f.yaml:5:24 dids[0].to: must be digits only, not "2b".',
    ],
    [
      'a block without an end',
      `${WORLD}dids: [{ from: 11, provider_id: 1 }]`,
      'f.yaml:5:8 dids[0].to: is missing; it must be text.',
    ],
    [
      'a block of two lengths',
      `${WORLD}dids: [{ from: 1, to: 22, provider_id: 1 }]`,
      'f.yaml:5:23 dids[0].to: must have as many digits as "from": 1, not 2.',
    ],
    [
      'a block that goes down',
      `${WORLD}dids: [{ from: 22, to: 11, provider_id: 1 }]`,
      'f.yaml:5:24 dids[0].to: must not be below "from": "11" is below "22".',
    ],
    [
      'a block that is too large',
      `${WORLD}dids: [{ from: 00000000000000000, to: 99999999999999999, provider_id: 1 }]`,
      'f.yaml:5:39 dids[0].to: a block holds at most 2147483647 numbers, for each has an id.',
    ],
    [
      'a block that is too large by one',
      `${WORLD}dids: [{ from: 0000000000, to: 2147483647, provider_id: 1 }]`,
      'f.yaml:5:32 dids[0].to: a block holds at most 2147483647 numbers, for each has an id.',
    ],
    [
      'a block that is a single DID too',
      `${WORLD}dids: [{ did: 5, from: 1, to: 2, provider_id: 1 }]`,
      'f.yaml:5:10 dids[0]: "did" is only for a single DID; this is a block of DIDs.',
    ],
    [
      'ids that go too high: every one that is written',
      `${WORLD}dids:\n  - { id: 2147483647, from: 1, to: 2, provider_id: 1 }\n  - { id: 2147483640, from: 10, to: 19, provider_id: 1 }`,
      'f.yaml:6:11 dids[0].id: its ids would end at 2147483648, above 2147483647, the highest there can be.',
      'f.yaml:7:11 dids[1].id: the ids 2147483647 to 2147483648 are there already, at f.yaml:6:11 (dids[0].id).',
      'f.yaml:7:11 dids[1].id: its ids would end at 2147483649, above 2147483647, the highest there can be.',
    ],
    [
      'ids that go too high because they follow a high one',
      `${WORLD}dids:\n  - { did: 2, provider_id: 1 }\n  - { id: 2147483647, did: 1, provider_id: 1 }\n  - { did: 3, provider_id: 1 }`,
      'f.yaml:6:5 dids[0].id: its ids would end at 2147483648, above 2147483647, the highest there can be.',
    ],
    [
      'ids that go too high where the last of those that follow a high one does not fit',
      `${WORLD}dids:
  - { id: 2147483645, did: 1, provider_id: 1 }
  - { did: 2, provider_id: 1 }
  - { did: 4, provider_id: 1 }
  - { from: 10, to: 11, provider_id: 1 }
  - { did: 3, provider_id: 1 }`,
      'f.yaml:9:5 dids[3].id: its ids would end at 2147483649, above 2147483647, the highest there can be.',
    ],
    [
      'ids that go too high: if one is written, what follows it is not reported',
      `${WORLD}dids:\n  - { id: 2147483647, from: 1, to: 2, provider_id: 1 }\n  - { did: 5, provider_id: 1 }`,
      'f.yaml:6:11 dids[0].id: its ids would end at 2147483648, above 2147483647, the highest there can be.',
    ],
  ];

  test.each(cases)('%s', (_, text, ...lines) => {
    expect(issueLines(() => parseFixtures(text, 'f.yaml'))).toEqual(lines);
  });
});
