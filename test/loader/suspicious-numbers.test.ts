import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturesFromObject, parseFixtures, readFixtures } from '../../src/loader/load.ts';
import { createMockMor } from '../../src/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-suspicious-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const END =
  'They are kept as they are written. If a spreadsheet made them, format the column as text and export it again.';

/** The warnings about one number in YAML, in quotes. */
function warningsAbout(did: string): readonly string[] {
  const warnings: string[] = [];
  const text = `providers: [{ id: 1 }]\ndids:\n  - { did: ${JSON.stringify(did)}, provider_id: 1 }\n`;
  const { dids } = parseFixtures(text, 'f.yaml', { onWarning: (message) => warnings.push(message) });
  expect(dids).toMatchObject([{ did }]);
  return warnings;
}

describe('a number that no call could have made', () => {
  test.each([
    ['3.70612E+10', 'in scientific notation', '"3.70612E+10"'],
    ['3,70612E+10', 'in scientific notation', '"3,70612E+10"'],
    ['3.7e10', 'in scientific notation', '"3.7e10"'],
    ['4E+10', 'in scientific notation', '"4E+10"'],
    ['37061000001.0', 'with separators', '"37061000001.0"'],
    ['37061000001,00', 'with separators', '"37061000001,00"'],
    ['37061000001.', 'with separators', '"37061000001."'],
    ['37.061.000.001', 'with separators', '"37.061.000.001"'],
    ["37'061'000'001", 'with separators', "\"37'061'000'001\""],
    ['="37061000001"', 'with the marks of a formula or of text', '"=\\"37061000001\\""'],
    ["'37061000001", 'with the marks of a formula or of text', '"\'37061000001"'],
    ['+37061000001', 'with a plus sign', '"+37061000001"'],
    ['370 61000001', 'with blanks or invisible characters', '"370 61000001"'],
    ['+370 61000001', 'with blanks or invisible characters', '"+370 61000001"'],
    [
      '370\u200961000001',
      'with blanks or invisible characters',
      '"370\\u200961000001" (U+2009 thin space at character 4)',
    ],
    [
      '37061000001\u00a0',
      'with blanks or invisible characters',
      '"37061000001\\u00a0" (U+00A0 no-break space at character 12)',
    ],
    [
      '\u202a37061000001',
      'with blanks or invisible characters',
      '"\\u202a37061000001" (U+202A left-to-right embedding at character 1)',
    ],
    ['370-61-000001', 'with other characters', '"370-61-000001"'],
    ['(370)61000001', 'with other characters', '"(370)61000001"'],
    ['abc', 'with other characters', '"abc"'],
    ['sep=;', 'with other characters', '"sep=;"'],
    ['٣٧٠', 'with other characters', expect.stringContaining('U+0663')],
  ])('%s: %s', (did, kind, shown) => {
    const [warning, ...others] = warningsAbout(did);
    expect(others).toEqual([]);
    const [, example] = new RegExp(
      `^f\\.yaml: 1 number that no call could have made: 1 ${kind} \\(line 3, column 12 (.*)\\)\\. ${END}$`,
    ).exec(warning ?? '') ?? [warning];
    expect(example).toEqual(shown);
  });

  test.each(['37061000001', '0037', '0', '37a', '1e5', '12E5', '0x10'])('%s is none', (did) => {
    expect(warningsAbout(did)).toEqual([]);
  });
});

test('one warning a file, with the count of each kind and its first three locations', () => {
  const rows = ['3.7E+10', '3.71E+10', '37061000001', '+370', '3.72E+10', '3.73E+10'];
  writeFileSync(join(folder, 'n.csv'), `comment,did\n${rows.map((did) => `,${did}\n`).join('')}`);
  writeFileSync(join(folder, 'm.csv'), 'did\n"two\nlines"\n="1"\n'.replace('="1"', '"=""1"""'));
  writeFileSync(
    join(folder, 'w.yaml'),
    'providers: [{ id: 1 }]\ndids_from: [{ file: n.csv, provider_id: 1 }, { file: m.csv, provider_id: 1 }]\ndids: [{ did: "1 2", provider_id: 1 }, { did: 5, provider_id: 1 }]\n',
  );
  const onWarning = jest.fn();
  readFixtures(folder, { onWarning });
  expect(onWarning.mock.calls).toEqual([
    [
      `${folder}/w.yaml: 1 number that no call could have made: 1 with blanks or invisible characters (line 3, column 15 "1 2"). ${END}`,
    ],
    [
      `${folder}/n.csv: 5 numbers that no call could have made: 4 in scientific notation (line 2 "3.7E+10", line 3 "3.71E+10", line 6 "3.72E+10", …), 1 with a plus sign (line 5 "+370"). ${END}`,
    ],
    [
      `${folder}/m.csv: 2 numbers that no call could have made: 1 with blanks or invisible characters (line 2 "two\\nlines" (U+000A line feed at character 4)), 1 with the marks of a formula or of text (line 4 "=\\"1\\""). ${END}`,
    ],
  ]);
});

test('an object has paths', () => {
  const onWarning = jest.fn();
  fixturesFromObject(
    {
      providers: [{ id: 1 }],
      dids: [
        { did: '5', provider_id: 1 },
        { did: '+5', provider_id: 1 },
      ],
    },
    { onWarning },
  );
  expect(onWarning.mock.calls).toEqual([
    [`the fixtures: 1 number that no call could have made: 1 with a plus sign (dids[1].did "+5"). ${END}`],
  ]);
});

test('fixtures that are refused warn of nothing', () => {
  const onWarning = jest.fn();
  expect(() => parseFixtures('dids: [{ did: +370, provider_id: 1 }]', 'f', { onWarning })).toThrow(
    'no provider has the id 1',
  );
  expect(onWarning).not.toHaveBeenCalled();
});

test('a mock logs it: at its start, at a reload, and for other fixtures', async () => {
  const log = jest.fn();
  const file = join(folder, 'w.yaml');
  writeFileSync(file, 'providers: [{ id: 1 }]\ndids: [{ did: +370, provider_id: 1 }]\n');
  const mor = await createMockMor({ fixtures: file, log });
  mor.reloadFixtures();
  mor.replaceFixtures('providers: [{ id: 1 }]\ndids: [{ did: +370, provider_id: 1 }]\n');
  mor.replaceFixtures({ providers: [{ id: 1 }], dids: [{ did: '+370', provider_id: 1 }] });
  const warning = (source: string, location: string): unknown => [
    {
      level: 'warn',
      message: `${source}: 1 number that no call could have made: 1 with a plus sign (${location} "+370"). ${END}`,
    },
  ];
  expect(log.mock.calls).toEqual([
    warning(file, 'line 2, column 15'),
    warning(file, 'line 2, column 15'),
    warning('body', 'line 2, column 15'),
    warning('the fixtures', 'dids[0].did'),
  ]);
});
