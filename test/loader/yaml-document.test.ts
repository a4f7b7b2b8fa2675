import { parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

/** As written in a fixture, and the text that it is. */
const TEXTS: readonly (readonly [written: string, text: string])[] = [
  ['0037012345', '0037012345'],
  ['370123456789012345678', '370123456789012345678'],
  ['37060000001', '37060000001'],
  ['1e5', '1e5'],
  ['0x10', '0x10'],
  ['0o17', '0o17'],
  ['1_000', '1_000'],
  ['+37060000001', '+37060000001'],
  ['1.50', '1.50'],
  ['.inf', '.inf'],
  ['-0', '-0'],
  ['yes', 'yes'],
  ['true', 'true'],
  ['null', 'null'],
  ['~', '~'],
  ['2026-01-31', '2026-01-31'],
  ['12:30:45', '12:30:45'],
  ['=', '='],
  ['<<', '<<'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['two words # and a remark', 'two words'],
  ['"0037"', '0037'],
  ["'0037'", '0037'],
  ['"null"', 'null'],
  ['"a\\tb\\u00e9\\n."', 'a\tbé\n.'],
  ["'it''s'", "it's"],
  ['!!str 0037', '0037'],
  ['|-\n      0037\n      yes', '0037\nyes'],
];

describe('text is kept character for character', () => {
  test.each(TEXTS)('%s', (written, text) => {
    const { users, settings, providers, dids } = parseFixtures(`
settings:
  api_secret_key: ${written}
users:
  - id: 1
    type: admin
    username: ${written}
providers:
  - id: 1
    name: ${written}
dids:
  - provider_id: 1
    did: ${written}
  - did: other
    provider_id: 1
    comment: ${written}
    custom_sip_header: ${written}
    reseller_comment: ${written}
`);
    expect(settings.api_secret_key).toBe(text);
    expect(users[0]?.username).toBe(text);
    expect(providers[0]?.name).toBe(text);
    expect(dids[0]).toMatchObject({ did: text });
    expect(dids[1]).toMatchObject({ comment: text, custom_sip_header: text, reseller_comment: text });
  });

  test('the ends of a block, quoted or not', () => {
    const text = 'providers: [{ id: 1 }]\ndids: [{ from: 0010, to: "0019", provider_id: 1 }]';
    expect(parseFixtures(text).ranges).toMatchObject([{ firstNumber: '0010', count: 10 }]);
  });

  test('nothing written is the empty text, and an empty list', () => {
    const { settings, users } = parseFixtures('settings:\n  api_secret_key:\nusers:\n  # - { id: 1 }\n');
    expect(settings.api_secret_key).toBe('');
    expect(users).toEqual([]);
  });

  test('a byte order mark is no part of the first key, nor of its place', () => {
    expect(parseFixtures('\uFEFFusers: []').users).toEqual([]);
  });
});

describe('a text that leaves open what is meant', () => {
  const cases: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
    [
      'all that is wrong at once, without what follows from it',
      'users: *all\nusers: !odd []\nproviders: *none',
      'f:2:8 The tag !odd is not supported: write the value itself, text in quotes.',
    ],
    [
      'aliases and keys at once',
      'users: *all\nusers: []\nproviders: *none',
      'f:1:8 The alias *all has no anchor &all before it.',
      'f:2:1 The key "users" is there twice, first at f:1:1.',
      'f:3:12 The alias *none has no anchor &none before it.',
    ],
    ['an alias of nothing', 'users: *all', 'f:1:8 The alias *all has no anchor &all before it.'],
    ['a cyclic alias', 'users: &all [*all]', 'f:1:14 The alias *all is inside its own anchor, so it would never end.'],
    [
      'a tag that changes a value',
      'settings: { api_secret_key: !!binary aGk= }',
      'f:1:29 The tag !!binary is not supported: write the value itself, text in quotes.',
    ],
    [
      'a tag of nobody',
      'users: !all []',
      'f:1:8 The tag !all is not supported: write the value itself, text in quotes.',
    ],
  ];

  test.each(cases)('%s', (_, text, ...lines) => {
    expect(issueLines(() => parseFixtures(text, 'f'))).toEqual(lines);
  });

  test('an alias stands for its value', () => {
    const { users } = parseFixtures(
      'users: [{ id: 1, username: &name 007, type: admin }, { id: 2, username: b, type: reseller, api_secret_key: *name }]',
    );
    expect(users[1]).toMatchObject({ api_secret_key: '007', allow_api: true });
  });
});
