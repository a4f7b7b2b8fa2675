import { parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

/** A provider and a reseller to name, in four lines before the text of a case. */
const WORLD = `users:
  - { id: 5, username: reseller, type: reseller }
providers:
  - { id: 1 }
`;

const idsDownFrom = (most: number): string =>
  Array.from({ length: most }, (_, i) => `{ id: ${String(most - i)} }`).join(', ');

describe('an issue between records, with both locations', () => {
  const cases: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
    [
      'an id and a username twice',
      'users:\n  - { id: 7, username: a, type: admin }\n  - { id: 7, username: a, type: admin }',
      'f.yaml:3:11 users[1].id: 7 is there already, at f.yaml:2:11 (users[0].id).',
      'f.yaml:3:24 users[1].username: "a" is there already, at f.yaml:2:24 (users[0].username).',
    ],
    [
      'a provider twice',
      'providers: [{ id: 1 }, { id: 1 }]',
      'f.yaml:1:30 providers[1].id: 1 is there already, at f.yaml:1:19 (providers[0].id).',
    ],
    ['a key twice', 'users: []\nusers: []', 'f.yaml:2:1 The key "users" is there twice, first at f.yaml:1:1.'],
    [
      'a number twice',
      `${WORLD}dids:\n  - { did: 007, provider_id: 1 }\n  - { did: "007", provider_id: 1 }`,
      'f.yaml:7:12 dids[1].did: the number "007" is there already, at f.yaml:6:12 (dids[0].did).',
    ],
    [
      'a name twice',
      `${WORLD}dids: [{ did: __proto__, provider_id: 1 }, { did: __proto__, provider_id: 1 }]`,
      'f.yaml:5:51 dids[1].did: the number "__proto__" is there already, at f.yaml:5:15 (dids[0].did).',
    ],
    [
      'a name of digits and a letter twice',
      `${WORLD}dids: [{ did: 1a, provider_id: 1 }, { did: 2a, provider_id: 1 }, { did: 1a, provider_id: 1 }]`,
      'f.yaml:5:73 dids[2].did: the number "1a" is there already, at f.yaml:5:15 (dids[0].did).',
    ],
    [
      'numbers of twenty digits, none of them in order',
      `${WORLD}dids:
  - { from: "30000000000000000010", to: "30000000000000000019", provider_id: 1 }
  - { from: "10000000000000000010", to: "10000000000000000019", provider_id: 1 }
  - { from: "20000000000000000010", to: "20000000000000000019", provider_id: 1 }
  - { did: "10000000000000000019", provider_id: 1 }
  - { did: "10000000000000000020", provider_id: 1 }
  - { did: "30000000000000000010", provider_id: 1 }`,
      'f.yaml:9:12 dids[3].did: the number "10000000000000000019" is there already, at f.yaml:7:13 (dids[1].from).',
      'f.yaml:11:12 dids[5].did: the number "30000000000000000010" is there already, at f.yaml:6:13 (dids[0].from).',
    ],
    [
      'blocks of twenty digits that overlap',
      `${WORLD}dids:
  - { from: "10000000000000000010", to: "10000000000000000019", provider_id: 1 }
  - { from: "10000000000000000015", to: "10000000000000000024", provider_id: 1 }`,
      'f.yaml:7:13 dids[1].from: the numbers "10000000000000000015" to "10000000000000000019" are there already, at f.yaml:6:13 (dids[0].from).',
    ],
    [
      'a number inside a block written before',
      `${WORLD}dids:\n  - { from: 1000000000, to: 1999999999, provider_id: 1 }\n  - { did: 1500000000, provider_id: 1 }`,
      'f.yaml:7:12 dids[1].did: the number "1500000000" is there already, at f.yaml:6:13 (dids[0].from).',
    ],
    [
      'a number inside a block written after',
      `${WORLD}dids:\n  - { did: 15, provider_id: 1 }\n  - { from: 10, to: 19, provider_id: 1 }`,
      'f.yaml:7:13 dids[1].from: the number "15" is there already, at f.yaml:6:12 (dids[0].did).',
    ],
    [
      'blocks that overlap, beside one that does not',
      `${WORLD}dids:\n  - { from: 10, to: 19, provider_id: 1 }\n  - { from: 20, to: 29, provider_id: 1 }\n  - { from: 15, to: 24, provider_id: 1 }`,
      'f.yaml:8:13 dids[2].from: the numbers "15" to "19" are there already, at f.yaml:6:13 (dids[0].from).',
      'f.yaml:8:13 dids[2].from: the numbers "20" to "24" are there already, at f.yaml:7:13 (dids[1].from).',
    ],
    [
      'an id inside the ids of a block',
      `${WORLD}dids:\n  - { id: 5, from: 10, to: 19, provider_id: 1 }\n  - { id: 14, did: 7, provider_id: 1 }`,
      'f.yaml:7:11 dids[1].id: the id 14 is there already, at f.yaml:6:11 (dids[0].id).',
    ],
    [
      'a DID of no provider',
      `${WORLD}dids: [{ did: 5, provider_id: 2 }]`,
      'f.yaml:5:31 dids[0].provider_id: no provider has the id 2. Known: 1.',
    ],
    [
      'a DID of no provider, of ten',
      `providers: [${idsDownFrom(10)}]\ndids: [{ did: 5, provider_id: 99 }]`,
      'f.yaml:2:31 dids[0].provider_id: no provider has the id 99. Known: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.',
    ],
    [
      'a DID of no provider, of twelve',
      `providers: [${idsDownFrom(12)}]\ndids: [{ did: 5, provider_id: 99 }]`,
      'f.yaml:2:31 dids[0].provider_id: no provider has the id 99. Known: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2 more.',
    ],
    [
      'a DID of no reseller',
      `${WORLD}dids: [{ did: 5, provider_id: 1, reseller_id: 9 }]`,
      'f.yaml:5:47 dids[0].reseller_id: no user has the id 9; it must be 0 (the administrator) or a reseller. Allowed: 0, 5.',
    ],
    [
      'a setting that names no provider',
      'settings: { default_did_provider_id: 2 }',
      'f.yaml:1:38 settings.default_did_provider_id: no provider has the id 2. Known: none.',
    ],
    [
      'a provider of nobody',
      'providers: [{ id: 1, user_id: 9 }]',
      'f.yaml:1:31 providers[0].user_id: no user has the id 9; it must be the administrator (0) or a reseller. Allowed: 0.',
    ],
    [
      'owners of the wrong type',
      'users:\n  - { id: 3, username: a, type: accountant }\n  - { id: 4, username: b, type: user, owner_id: 3 }\nproviders: [{ id: 1, user_id: 4 }]',
      'f.yaml:3:49 users[1].owner_id: the user 3 is of the type accountant; it must be the administrator (0) or a reseller. Allowed: 0.',
      'f.yaml:4:31 providers[0].user_id: the user 4 is of the type user; it must be the administrator (0) or a reseller. Allowed: 0.',
    ],
    [
      'a next id that is taken',
      `${WORLD}dids: [{ did: 5, provider_id: 1 }]\nsettings: { next_did_id: 1 }`,
      'f.yaml:6:26 settings.next_did_id: must be above the highest id of a DID, 1, not 1.',
    ],
    [
      'a next id that is taken, and the highest there can be',
      `${WORLD}dids: [{ id: 2147483647, did: 5, provider_id: 1 }]\nsettings: { next_did_id: 2147483647 }`,
      'f.yaml:6:26 settings.next_did_id: must be above the highest id of a DID, 2147483647, not 2147483647.',
    ],
  ];

  test.each(cases)('%s', (_, text, ...lines) => {
    expect(issueLines(() => parseFixtures(text, 'f.yaml'))).toEqual(lines);
  });

  test('nothing is reported as missing if the list of it could not be read', () => {
    const text = 'providers: [{ id: one }]\nusers: 5\ndids: [{ did: 5, provider_id: 1, reseller_id: 5 }]';
    expect(issueLines(() => parseFixtures(text, 'f.yaml'))).toEqual([
      'f.yaml:1:19 providers[0].id: must be a whole number of at least 0 in plain digits, not "one".',
      'f.yaml:2:8 users: must be a list, not "5".',
    ]);
  });
});

describe('one unreadable row silences only what it makes uncertain', () => {
  const USERS = `users:
  - { id: 4, username: plain, type: user }
  - { id: 5, username: reseller, type: reseller }
`;
  const cases: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
    [
      'a user of an unknown type may be of any; the others and who is missing are reported',
      `${USERS}  - { id: 6, username: odd, type: resseler }
providers: [{ id: 1, user_id: 4 }, { id: 2, user_id: 6 }, { id: 3, user_id: 7 }]`,
      'f.yaml:4:35 users[2].type: must be one of admin, accountant, reseller, user, not "resseler". Did you mean "reseller"?',
      'f.yaml:5:31 providers[0].user_id: the user 4 is of the type user; it must be the administrator (0) or a reseller. Allowed: 0, 5.',
      'f.yaml:5:77 providers[2].user_id: no user has the id 7; it must be the administrator (0) or a reseller. Allowed: 0, 5.',
    ],
    [
      'two users without an id and a name: neither is there already',
      'users: [{ type: admin }, { type: admin }]',
      ...[9, 26].flatMap((column, i) => [
        `f.yaml:1:${String(column)} users[${String(i)}].id: is missing; it must be a whole number of at least 0 in plain digits.`,
        `f.yaml:1:${String(column)} users[${String(i)}].username: is missing; it must be text.`,
      ]),
    ],
    [
      'a row that is no map: it may be the user who is missing',
      `${USERS}  - nobody
providers: [{ id: 1, user_id: 7 }]`,
      'f.yaml:4:5 users[2]: must be a map, not "nobody".',
    ],
    [
      'a user without an id: he may be the one who is missing',
      `${USERS}  - { username: odd, type: reseller }
providers: [{ id: 1, user_id: 4 }, { id: 2, user_id: 7 }]
dids: [{ did: 1, provider_id: 3 }]`,
      'f.yaml:4:5 users[2].id: is missing; it must be a whole number of at least 0 in plain digits.',
      'f.yaml:5:31 providers[0].user_id: the user 4 is of the type user; it must be the administrator (0) or a reseller.',
      'f.yaml:6:31 dids[0].provider_id: no provider has the id 3. Known: 1, 2.',
    ],
    [
      'a provider without an id: the owners are reported',
      `${USERS}providers: [{ id: 1 }, { name: odd }]
dids: [{ did: 1, provider_id: 3, reseller_id: 7 }]`,
      'f.yaml:4:24 providers[1].id: is missing; it must be a whole number of at least 0 in plain digits.',
      'f.yaml:5:47 dids[0].reseller_id: no user has the id 7; it must be 0 (the administrator) or a reseller. Allowed: 0, 5.',
    ],
  ];

  test.each(cases)('%s', (_, text, ...lines) => {
    expect(issueLines(() => parseFixtures(text, 'f.yaml'))).toEqual(lines);
  });
});

/** A reseller, two users with a device each, and a dial plan, in nine lines before the text of a case. */
const LINKED = `users:
  - { id: 5, username: reseller, type: reseller }
  - { id: 8, username: user, type: user }
  - { id: 9, username: other, type: user, owner_id: 5 }
providers: [{ id: 1 }]
devices:
  - { id: 108, user_id: 8 }
  - { id: 109, user_id: 9 }
dial_plans: [{ id: 4, name: Menu, type: ivr }]
`;

const didRow = (fields: string): string => `${LINKED}dids: [{ did: 5, provider_id: 1, ${fields} }]`;

describe('the links of devices, dial plans and DIDs', () => {
  const cases: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
    [
      'a device of no user',
      'users: [{ id: 8, username: user, type: user }]\ndevices: [{ id: 1, user_id: 7 }]',
      'f.yaml:2:29 devices[0].user_id: no user has the id 7. Known: 8.',
    ],
    [
      'a device twice',
      'users: [{ id: 8, username: user, type: user }]\ndevices: [{ id: 1, user_id: 8 }, { id: 1, user_id: 8 }]',
      'f.yaml:2:40 devices[1].id: 1 is there already, at f.yaml:2:17 (devices[0].id).',
    ],
    [
      'a dial plan twice',
      'dial_plans: [{ id: 4, name: a, type: ivr }, { id: 4, name: a, type: ivr }]',
      'f.yaml:1:51 dial_plans[1].id: 4 is there already, at f.yaml:1:20 (dial_plans[0].id).',
    ],
    [
      'a dial plan of a plain user',
      'users: [{ id: 8, username: user, type: user }]\ndial_plans: [{ id: 4, name: a, type: ivr, user_id: 8 }]',
      'f.yaml:2:52 dial_plans[0].user_id: the user 8 is of the type user; it must be the administrator (0) or a reseller. Allowed: 0.',
    ],
    [
      'a DID of no user',
      didRow('status: reserved, user_id: 7'),
      'f.yaml:10:61 dids[0].user_id: no user has the id 7. Known: 5, 8, 9.',
    ],
    [
      'a DID of no device',
      didRow('status: active, device_id: 7'),
      'f.yaml:10:61 dids[0].device_id: no device has the id 7. Known: 108, 109.',
    ],
    [
      'a DID of no dial plan',
      didRow('status: active, dial_plan_id: 7'),
      'f.yaml:10:64 dids[0].dial_plan_id: no dial plan has the id 7. Known: 4.',
    ],
    [
      'a device and a dial plan',
      didRow('status: active, device_id: 108, dial_plan_id: 4'),
      'f.yaml:10:80 dids[0].dial_plan_id: must be left out: the DID has a device.',
    ],
    [
      "a user who is not the device's",
      didRow('status: active, user_id: 9, device_id: 108'),
      'f.yaml:10:59 dids[0].user_id: must be 8, the user of device 108, or left out.',
    ],
    [
      'all at once',
      didRow('status: active, user_id: 7, device_id: 7, dial_plan_id: 7'),
      'f.yaml:10:59 dids[0].user_id: no user has the id 7. Known: 5, 8, 9.',
      'f.yaml:10:73 dids[0].device_id: no device has the id 7. Known: 108, 109.',
      'f.yaml:10:90 dids[0].dial_plan_id: no dial plan has the id 7. Known: 4.',
      'f.yaml:10:90 dids[0].dial_plan_id: must be left out: the DID has a device.',
    ],
    ...(['free', 'terminated'] as const).flatMap((status): [string, string, string][] =>
      (['user_id: 8', 'device_id: 108', 'dial_plan_id: 4'] as const).map((link) => {
        const [field = ''] = link.split(':');
        const column = `dids: [{ did: 5, provider_id: 1, status: ${status}, ${field}: `.length + 1;
        return [
          `${status}, with a ${field}`,
          didRow(`status: ${status}, ${link}`),
          `f.yaml:10:${String(column)} dids[0].${field}: must be left out: the status is ${status}.`,
        ];
      }),
    ),
    ...(['reserved', 'closed'] as const).flatMap((status): [string, string, string][] =>
      (['device_id: 108', 'dial_plan_id: 4'] as const).map((link) => {
        const [field = ''] = link.split(':');
        const column = `dids: [{ did: 5, provider_id: 1, status: ${status}, ${field}: `.length + 1;
        return [
          `${status}, with a ${field}`,
          didRow(`status: ${status}, ${link}`),
          `f.yaml:10:${String(column)} dids[0].${field}: must be left out: the status is ${status}.`,
        ];
      }),
    ),
    [
      'a user of a DID that is free because nothing else is said',
      didRow('user_id: 8'),
      'f.yaml:10:43 dids[0].user_id: must be left out: the status is free.',
    ],
    [
      'a block of no device',
      `${LINKED}dids:\n  - { from: 10, to: 19, provider_id: 1, status: active, device_id: 7 }`,
      'f.yaml:11:68 dids[0].device_id: no device has the id 7. Known: 108, 109.',
    ],
    [
      'a device list that could not be read, and a DID with a device',
      'users: [{ id: 8, username: user, type: user }]\nproviders: [{ id: 1 }]\ndevices: [{ id: x, user_id: 8 }]\ndids: [{ did: 5, provider_id: 1, status: active, device_id: 7 }]',
      'f.yaml:3:17 devices[0].id: must be a whole number of at least 0 in plain digits, not "x".',
    ],
  ];

  test.each(cases)('%s', (_, text, ...lines) => {
    expect(issueLines(() => parseFixtures(text, 'f.yaml'))).toEqual(lines);
  });

  test('what fits together is taken, and a DID gets the user of its device', () => {
    const { dids, ranges } = parseFixtures(`${LINKED}dids:
  - { did: 1, provider_id: 1, status: active, device_id: 109 }
  - { did: 2, provider_id: 1, status: active, device_id: 108, user_id: 8 }
  - { did: 3, provider_id: 1, status: active, dial_plan_id: 4 }
  - { did: 4, provider_id: 1, status: reserved }
  - { did: 5, provider_id: 1, status: closed, user_id: 8, closed_till: 1800000000 }
  - { did: 6, provider_id: 1, status: active, user_id: 5 }
  - { from: 10, to: 19, provider_id: 1, status: active, device_id: 109 }`);
    expect(dids.map(({ did, user_id, device_id, dial_plan_id }) => [did, user_id, device_id, dial_plan_id])).toEqual([
      ['1', 9, 109, undefined],
      ['2', 8, 108, undefined],
      ['3', undefined, undefined, 4],
      ['4', undefined, undefined, undefined],
      ['5', 8, undefined, undefined],
      ['6', 5, undefined, undefined],
    ]);
    expect(ranges.map(({ attributes: { user_id, device_id } }) => [user_id, device_id])).toEqual([[9, 109]]);
  });

  test('ids that are left out follow the highest one, in every file', () => {
    const { devices, dial_plans } = parseFixtures(
      `${LINKED.replace('dial_plans: [', 'dial_plans: [{ name: First, type: queue }, ')}  `.replace(
        '  - { id: 109',
        '  - { user_id: 8 }\n  - { id: 109',
      ),
    );
    expect(devices.map(({ id, username, primary }) => [id, username, primary])).toEqual([
      [108, '108', true],
      [110, '110', false],
      [109, '109', true],
    ]);
    expect(dial_plans.map(({ id, name }) => [id, name])).toEqual([
      [5, 'First'],
      [4, 'Menu'],
    ]);
  });
});
