import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkJson } from '../../src/loader/json-syntax.ts';
import { readFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

test.each(['{}', ' {"a": [1, null, "\\u0041"]}\n', '\uFEFF[]', '"a"', '', ' \n'])(
  '%j is JSON, or nothing at all',
  (text) => {
    expect(checkJson(text)).toBeUndefined();
  },
);

// Node words its errors differently from version to version, and does not always know the position.
test.each([
  ['{ users: [] }', /^is not JSON: Expected property name or '}' at line 1, column 3\.$/],
  ['users: []', /^is not JSON: Unexpected token 'u'(?: at line 1, column 1)?\.$/],
  ['{ "users":\n  [}\n}', /^is not JSON: Unexpected token '}'(?: at line 2, column 4)?\.$/],
  ['{ "users": [\n', /^is not JSON: Unexpected end of JSON input(?: at line 2, column 1)?\.$/],
  ['{ "users": [] }\n}', /^is not JSON: Unexpected non-whitespace character after JSON at line 2, column 1\.$/],
  [`{ "settings": { "api_secret_key": "${'secret'.repeat(20)}" } ]`, /^is not JSON: (?:(?!secret)[^"])*\.$/],
])('%j is not, and nothing of it is quoted', (text, wrong) => {
  expect(checkJson(text)).toMatch(wrong);
});

describe('a .json file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mock-mor-json-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (text: string): string => {
    const file = join(folder, 'world.json');
    writeFileSync(file, text);
    return file;
  };

  test('must be JSON', () => {
    const file = write('{ users: [] }');
    expect(issueLines(() => readFixtures(file))).toEqual([
      `${file}: is not JSON: Expected property name or '}' at line 1, column 3.`,
    ]);
  });

  test('keeps every digit of a number in the place of text', () => {
    const file = write('{ "providers": [{ "id": 1 }], "dids": [{ "did": 370123456789012345678, "provider_id": 1 }] }');
    expect(readFixtures(file).dids).toMatchObject([{ did: '370123456789012345678' }]);
  });

  test('has no string that is null', () => {
    const file = write('{\n\t"users": [{ "id": 1, "username": null, "type": "admin" }],\n"providers": null\n}');
    expect(issueLines(() => readFixtures(file))).toEqual([
      `${file}:2:35 users[0].username: must be text, not null.`,
      `${file}:3:14 providers: must be a list, not null.`,
    ]);
  });
});
