import { parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

const CONFLICT =
  'A merge conflict is left here: keep one side, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.';
const NO_COMMA = 'A comma is missing between two values here.';
const NO_COMMA_BEFORE = 'A comma is missing before this.';
const COLON_TEXT = 'A text with ": " in it needs quotes, and values in { } or [ ] a comma between them.';
const TWO_COLONS =
  'There are two colons in one line, or the next line is indented too far. A text with ": " in it needs quotes.';
const glued = (key: string): string => `A blank is missing behind the colon of "${key}": write "${key}: …".`;

const CASES: readonly (readonly [title: string, text: string, ...lines: string[]])[] = [
  [
    'an open bracket',
    'users: [\ndids: []',
    'f:2:1 Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  ['two documents', 'users: []\n---\nusers: []', 'f:2:1 A second document starts here; a file holds one.'],
  ['a key that is a list', '? [a]\n: 1', 'f:1:3 A key must be text.'],
  ['a tab', 'users:\n\t- { id: 1 }', 'f:2:1 Tabs are not allowed as indentation.'],
  [
    'a merge conflict: each of them, and nothing that follows from it',
    'users:\n<<<<<<< HEAD\n  - { id: 1 }\n=======\n  - { id: 2 }\n>>>>>>> x\ndids:\n<<<<<<< HEAD\n>>>>>>> x\n',
    `f:2:1 ${CONFLICT}`,
    `f:8:1 ${CONFLICT}`,
  ],
  ['a merge conflict with CR LF', 'users:\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n', `f:2:1 ${CONFLICT}`],
  ['a merge conflict at the very start', '<<<<<<< HEAD\nusers: []\n=======\n', `f:1:1 ${CONFLICT}`],
  ['no blank behind a colon, first in a row', 'users:\n  - id:1\n    username: a', `f:2:5 ${glued('id')}`],
  ['no blank behind a colon, last', 'settings:\n  allow_api: true\n  dialect:legacy', `f:3:3 ${glued('dialect')}`],
  [
    'a secret behind such a colon is not shown',
    'settings:\n  api_secret_key:hunter2\n  dialect: legacy',
    `f:2:3 ${glued('api_secret_key')}`,
  ],
  ['no comma between two fields', 'users:\n  - { id: 1 username: a, type: admin }', `f:2:11 ${NO_COMMA}`],
  ['no comma between two fields in quotes', '{"users": [{"id": 1 "username": "a"}]}', `f:1:19 ${NO_COMMA}`],
  ['no comma behind a text', 'users: [{ username: a b id: 1 }]', `f:1:21 ${NO_COMMA}`],
  ['no comma behind a text in quotes', 'users: [{ username: "a" id: 1 }]', `f:1:21 ${NO_COMMA}`],
  ['no comma behind a text in quotes, with quotes', '{"users": [{"username": "a" "id": 1}]}', `f:1:25 ${NO_COMMA}`],
  ['no comma between two texts', 'dids_from: ["a.csv" "b.csv"]', `f:1:21 ${NO_COMMA_BEFORE}`],
  ['no comma behind a map', 'users: [{ permissions: { } id: 1 }]', `f:1:28 ${NO_COMMA_BEFORE}`],
  [
    'no comma between two lines',
    '{"settings": {\n"dialect": "legacy"\n"allow_api": true}}',
    `f:3:1 ${NO_COMMA_BEFORE}`,
  ],
  ['no comma between two rows, a line each', 'users: [\n  { id: 1 }\n  { id: 2 },\n]', `f:3:3 ${NO_COMMA_BEFORE}`],
  ['no comma between two rows', 'users: [{ id: 1 } { id: 2 }]', `f:1:19 ${NO_COMMA_BEFORE}`],
  ['a colon in a text, in braces', 'dids: [{ did: 1, comment: x: y }]', `f:1:27 ${COLON_TEXT}`],
  ['a colon in a text', 'settings:\n  api_secret_key: a: b', `f:2:19 ${TWO_COLONS}`],
  ['a line indented too far', 'settings:\n  dialect: legacy\n    allow_api: true', `f:2:12 ${TWO_COLONS}`],
  [
    'errors of several lines: the first of each',
    'a: }\nb: ]',
    'f:1:4 Unexpected flow-map-end token in YAML stream: "}".',
    'f:2:1 Unexpected scalar token in YAML stream: "b".',
  ],
];

test.each(CASES)('%s', (_, text, ...lines) => {
  expect(issueLines(() => parseFixtures(text, 'f'))).toEqual(lines);
});

describe('what is valid YAML and still has no blank behind a colon', () => {
  test('in braces: an unknown key', () => {
    expect(issueLines(() => parseFixtures('providers: [{ id:1, name: a }]', 'f'))).toEqual([
      'f:1:13 providers[0].id: is missing; it must be a whole number of at least 0 in plain digits.',
      'f:1:15 providers[0]: unknown key "id:1". Allowed: id, name, user_id, hidden. A blank is missing behind the colon: write "id: …".',
    ]);
  });

  test('in a line: text instead of a map', () => {
    expect(issueLines(() => parseFixtures('settings:\n  dialect:legacy', 'f'))).toEqual([
      'f:2:3 settings: must be a map, not "dialect:legacy". A blank is missing behind the colon: write "dialect: …".',
    ]);
  });

  test('and one before it', () => {
    expect(issueLines(() => parseFixtures('settings :[]', 'f'))).toEqual([
      'f:1:1 must be a map, not "settings :[]". A blank is missing behind the colon: write "settings: …".',
    ]);
  });

  test('of what is no key', () => {
    expect(issueLines(() => parseFixtures('settings: { no:1 }', 'f'))).toEqual([
      expect.stringMatching(/^f:1:13 settings: unknown key "no:1"\. Allowed: [a-z_, ]+\.$/),
    ]);
  });
});

test('lines that look like a conflict inside a text are text', () => {
  const text = 'settings:\n  api_secret_key: |-\n    <<<<<<< HEAD\n    =======\n';
  expect(parseFixtures(text).settings.api_secret_key).toBe('<<<<<<< HEAD\n=======');
});
