import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturesFromObject, parseFixtures, readFixtures } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/loader/schema.ts';
import { issueLines } from './issue-lines.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-lists-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const WORLD = 'users: [{ id: 5, username: reseller, type: reseller }]\nproviders: [{ id: 1 }, { id: 2 }]\n';

/** The issues of a CSV file that a fixture names by `dids_from`, without the folder. */
function issuesOf(csv: string | Buffer, named = 'dids_from: n.csv', world = WORLD): readonly string[] {
  writeFileSync(join(folder, 'n.csv'), csv);
  writeFileSync(join(folder, 'w.yaml'), `${world}${named}\n`);
  return issueLines(() => readFixtures(join(folder, 'w.yaml'))).map((line) => line.replaceAll(`${folder}/`, ''));
}

const CONFLICT =
  'A merge conflict is left here: keep one side, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.';

const COLUMNS =
  'id, did, provider_id, reseller_id, status, user_id, device_id, dial_plan_id, custom_sip_header, comment, reseller_comment, language, call_limit, tone_zone, grace_time, active_from, active_till, closed_till, has_calls, in_queue';

describe('an issue of a CSV file, with its line and column name', () => {
  const cases: readonly (readonly [title: string, csv: string, ...lines: string[]])[] = [
    [
      'nothing',
      '',
      `n.csv:1 holds nothing: its first line must name its columns, such as did,provider_id. Allowed: ${COLUMNS}.`,
    ],
    [
      'blank lines alone',
      '\n\r\n',
      `n.csv:1 holds nothing: its first line must name its columns, such as did,provider_id. Allowed: ${COLUMNS}.`,
    ],
    [
      'no column did',
      'provider_id\n1',
      'n.csv:1 did: is missing: the first line must name the columns, and one of them must be did.',
    ],
    [
      'no header',
      '37060000001,1',
      `n.csv:1 unknown column "37060000001". Allowed: ${COLUMNS}.`,
      `n.csv:1 unknown column "1". Allowed: ${COLUMNS}.`,
    ],
    [
      'an unknown column',
      'did,provider_id,coment\n5,1,a',
      `n.csv:1 unknown column "coment". Allowed: ${COLUMNS}. Did you mean "comment"?`,
    ],
    [
      'a column in capitals',
      'DID,provider_id',
      `n.csv:1 unknown column "DID". Allowed: ${COLUMNS}. Did you mean "did"?`,
    ],
    [
      'a column with a blank',
      'did, provider_id',
      `n.csv:1 unknown column " provider_id". Allowed: ${COLUMNS}. Did you mean "provider_id"?`,
    ],
    ['an empty column', 'did,provider_id,\n5,1,', `n.csv:1 unknown column "". Allowed: ${COLUMNS}.`],
    ['a column twice', 'did,provider_id,did\n5,1,6', 'n.csv:1 the column "did" is there twice.'],
    ['semicolons', 'did;provider_id\n5;1', 'n.csv:1 "did;provider_id" is no column: columns are separated by commas.'],
    [
      'a line for spreadsheets',
      'sep=;\ndid;provider_id\n5;1',
      'n.csv:1 sep= is for spreadsheets: delete this line. The first must name the columns, separated by commas.',
    ],
    [
      'a line for spreadsheets, of commas',
      'sep=,\ndid,provider_id\n5,1',
      'n.csv:1 sep= is for spreadsheets: delete this line. The first must name the columns, separated by commas.',
    ],
    [
      'a merge conflict',
      'did,provider_id\n5,1\n<<<<<<< HEAD\n6,1\n=======\n7,1\n>>>>>>> other\n',
      `n.csv:3 ${CONFLICT}`,
      `n.csv:5 ${CONFLICT}`,
      `n.csv:7 ${CONFLICT}`,
    ],
    [
      'decimal commas',
      'did,provider_id\n37061000001,0,1\n',
      'n.csv:2 has 3 values, but the first line names 2 columns.',
    ],
    [
      'a broken header: nothing behind it is taken for one',
      'did,"provider_id\n5,1\n',
      'n.csv:1 the quote that begins this value is never closed.',
    ],
    [
      'a broken header, and rows behind it',
      'did,"provider_id"x\n5,1\n"6,1\n',
      'n.csv:1 something is behind the quote that ends this value; a quote in a value is written twice.',
      'n.csv:3 the quote that begins this value is never closed.',
    ],
    [
      'no provider at all',
      'did\n5',
      'n.csv:1 provider_id: is missing: it must be a column, or beside the file: dids_from: { file: …, provider_id: 1 }.',
    ],
    [
      'a provider left empty',
      'did,provider_id\n5,\n6,1',
      'n.csv:2 provider_id: is missing; it must be a whole number of at least 0 in plain digits.',
    ],
    [
      'too few and too many values',
      'did,provider_id\n5\n6,1,free\n7,1',
      'n.csv:2 has 1 value, but the first line names 2 columns.',
      'n.csv:3 has 3 values, but the first line names 2 columns.',
    ],
    ['an empty number', 'did,provider_id\n,1', 'n.csv:2 did: is missing; it must be text.'],
    ['an empty number in quotes', 'did,provider_id\n"",1', 'n.csv:2 did: is missing; it must be text.'],
    ['a number with a blank', 'did,provider_id\n5 ,1', 'n.csv:2 did: must not have white space around it, not "5 ".'],
    ...['x', '01', '1.0', '-1', '+1', ' 1', '1e3'].map((text): readonly [string, string, string] => [
      `a provider written ${text}`,
      `did,provider_id\n5,${text}`,
      `n.csv:2 provider_id: must be a whole number of at least 0 in plain digits, not "${text}".`,
    ]),
    [
      'a provider that does not exist',
      'did,provider_id\n5,1\n6,7',
      'n.csv:3 provider_id: no provider has the id 7. Known: 1, 2.',
    ],
    [
      'a reseller that is none',
      'provider_id,did,reseller_id\n1,5,6\n1,6,5\n1,7,0\n1,8,',
      'n.csv:2 reseller_id: no user has the id 6; it must be 0 (the administrator) or a reseller. Allowed: 0, 5.',
    ],
    [
      'a status that is none',
      'did,provider_id,status\n5,1,fre',
      'n.csv:2 status: must be one of free, reserved, active, closed, terminated, not "fre". Did you mean "free"?',
    ],
    ...['0', '2147483648', '99999999999'].map((text): readonly [string, string, string] => [
      `an id of ${text}`,
      `id,did,provider_id\n${text},5,1`,
      `n.csv:2 id: must be at ${text === '0' ? 'least 1' : 'most 2147483647'}, not "${text}".`,
    ]),
    [
      'an id with zeros',
      'id,did,provider_id\n007,5,1',
      'n.csv:2 id: must be a whole number of at least 1 in plain digits, not "007".',
    ],
    [
      'an id twice',
      'did,id,provider_id\n5,7,1\n6,,1\n7,7,1',
      'n.csv:4 id: the id 7 is there already, at n.csv:2 (id).',
    ],
    [
      'an id twice, of rows that all have one',
      'did,id,provider_id\n5,7,1\n6,8,1\n7,7,1',
      'n.csv:4 id: the id 7 is there already, at n.csv:2 (id).',
    ],
    [
      'ids that go too high',
      'did,id,provider_id\n5,2147483647,1\n6,,1',
      'n.csv:3 id: its ids would end at 2147483648, above 2147483647, the highest there can be.',
    ],
    [
      'a number twice, three times, and in quotes',
      'did,provider_id\n37060000002,1\n37060000001,1\n37060000002,2\n"37060000002",1',
      'n.csv:4 did: the number "37060000002" is there already, at n.csv:2 (did).',
      'n.csv:5 did: the number "37060000002" is there already, at n.csv:2 (did).',
    ],
    [
      'a number with leading zeros is another',
      'did,provider_id\n07,1\n7,1\n007,1\n07,1',
      'n.csv:5 did: the number "07" is there already, at n.csv:2 (did).',
    ],
    [
      'numbers too long for a key twice',
      'did,provider_id\n1234567890123456,1\n1234567890123457,1\n1234567890123456,1',
      'n.csv:4 did: the number "1234567890123456" is there already, at n.csv:2 (did).',
    ],
    [
      'a text twice',
      'did,provider_id\n+37060,1\n37060,1\n+37060,1',
      'n.csv:4 did: the number "+37060" is there already, at n.csv:2 (did).',
    ],
    [
      'a quote that is not closed',
      'did,provider_id\n5,"1\n6,1\n',
      'n.csv:2 provider_id: the quote that begins this value is never closed.',
    ],
    [
      'text behind a quote',
      'did,provider_id\n"5"6,1\n7,x',
      'n.csv:2 did: something is behind the quote that ends this value; a quote in a value is written twice.',
      'n.csv:3 provider_id: must be a whole number of at least 0 in plain digits, not "x".',
    ],
    [
      'a quote inside a value',
      'did,provider_id,comment\n5,1,6" tube',
      'n.csv:2 comment: has a quote in a value that does not begin with one: write the value in quotes, and each quote in it twice.',
    ],
    [
      'a carriage return alone',
      'did,provider_id\n5,1\r6,1\n',
      'n.csv:2 provider_id: has a carriage return without a line feed: end lines with both or a line feed, or quote the value.',
    ],
    [
      'a NUL',
      'did,provider_id,comment\n5,1,a\0\n6,1,"\0"\n',
      'n.csv:2 comment: has a NUL; a list is text.',
      'n.csv:3 comment: has a NUL; a list is text.',
    ],
    [
      'lines behind a mark, and over line ends in quotes: the one that the record begins in',
      '\uFEFFdid,comment,provider_id\r\n5,"é\r\n😀"",",x\r\n\r\n6,,y\r\n',
      'n.csv:2 provider_id: must be a whole number of at least 0 in plain digits, not "x".',
      'n.csv:5 provider_id: must be a whole number of at least 0 in plain digits, not "y".',
    ],
    [
      'all issues of a row and of all rows at once',
      'id,did,provider_id,status\n0,5 ,x,y\n1,,9,free',
      'n.csv:2 id: must be at least 1, not "0".',
      'n.csv:2 did: must not have white space around it, not "5 ".',
      'n.csv:2 provider_id: must be a whole number of at least 0 in plain digits, not "x".',
      'n.csv:2 status: must be one of free, reserved, active, closed, terminated, not "y".',
      'n.csv:3 did: is missing; it must be text.',
      'n.csv:3 provider_id: no provider has the id 9. Known: 1, 2.',
    ],
  ];

  test.each(cases)('%s', (_, csv, ...lines) => {
    expect(issuesOf(csv)).toEqual(lines);
  });

  test('bytes that are no UTF-8', () => {
    expect(issuesOf(Buffer.from('did,provider_id\n5,1\n6\xff,1\n', 'latin1'))).toEqual([
      'n.csv:3:2 is not UTF-8: the byte 0xFF does not belong there. Save the file as UTF-8.',
    ]);
  });

  test('a hundred issues are listed, and the rest are counted, whatever their number', () => {
    const lines = issuesOf(
      `did,provider_id\n${Array.from({ length: 5000 }, (_, i) => `${String(i % 10)},9\n`).join('')}`,
    );
    expect(lines).toHaveLength(101);
    expect(lines.slice(0, 2).concat(lines.slice(10, 13), lines.slice(100))).toEqual([
      'n.csv:2 provider_id: no provider has the id 9. Known: 1, 2.',
      'n.csv:3 provider_id: no provider has the id 9. Known: 1, 2.',
      'n.csv:12 did: the number "0" is there already, at n.csv:2 (did).',
      'n.csv:12 provider_id: no provider has the id 9. Known: 1, 2.',
      'n.csv:13 did: the number "1" is there already, at n.csv:3 (did).',
      'and 9890 more',
    ]);
  });
});

describe('numbers of a CSV file next to others', () => {
  const DIDS = `dids:
  - { id: 9, did: 37060000005, provider_id: 1 }
  - { from: 37061000000, to: 37061999999, provider_id: 1 }
  - { from: 1234567890123456000, to: 1234567890123456999, provider_id: 1 }
dids_from: n.csv`;

  test.each([
    ['a row', '37060000005,', 'did: the number "37060000005" is there already, at w.yaml:4:19 (dids[0].did).'],
    [
      'the first of a block',
      '37061000000,',
      'did: the number "37061000000" is there already, at w.yaml:5:13 (dids[1].from).',
    ],
    [
      'inside a block',
      '37061500000,',
      'did: the number "37061500000" is there already, at w.yaml:5:13 (dids[1].from).',
    ],
    [
      'the last of a block',
      '37061999999,',
      'did: the number "37061999999" is there already, at w.yaml:5:13 (dids[1].from).',
    ],
    [
      'in a block too long for a key',
      '1234567890123456789,',
      'did: the number "1234567890123456789" is there already, at w.yaml:6:13 (dids[2].from).',
    ],
    ['an id', '5,9', 'id: the id 9 is there already, at w.yaml:4:11 (dids[0].id).'],
  ])('%s', (_, row, line) => {
    expect(issuesOf(`did,id,provider_id\n37062000000,,1\n${row},1\n37060999999,,1`, DIDS)).toEqual([`n.csv:3 ${line}`]);
  });

  test('twice, and in a block over both: all three are reported', () => {
    const block = 'dids: [{ from: 10, to: 19, provider_id: 1 }]\ndids_from: n.csv';
    expect(issuesOf('did,provider_id\n15,1\n15,1\n', block)).toEqual([
      'n.csv:2 did: the number "15" is there already, at w.yaml:3:16 (dids[0].from).',
      'n.csv:3 did: the number "15" is there already, at n.csv:2 (did).',
      'n.csv:3 did: the number "15" is there already, at w.yaml:3:16 (dids[0].from).',
    ]);
  });

  test('of the same list, behind others', () => {
    expect(issuesOf('did,provider_id\n5,1\n6,1\n5,1\n', DIDS)).toEqual([
      'n.csv:4 did: the number "5" is there already, at n.csv:2 (did).',
    ]);
  });

  test('of another list', () => {
    writeFileSync(join(folder, 'm.csv'), 'did,provider_id\n6,1\n5,1\n');
    expect(issuesOf('did,provider_id\n5,1\n', 'dids_from: [n.csv, m.csv]')).toEqual([
      'm.csv:3 did: the number "5" is there already, at n.csv:2 (did).',
    ]);
  });

  test('of the same list, named twice', () => {
    expect(issuesOf('did,provider_id\n5,1\n', 'dids_from: [n.csv, n.csv]')).toEqual([
      'n.csv:2 did: the number "5" is there already, at n.csv:2 (did).',
    ]);
  });
});

describe('how a CSV file is named', () => {
  test.each([
    ['a map', 'dids_from: {}', 'w.yaml:3:12 dids_from.file: is missing; it must be text.'],
    [
      'a number in an unreadable list',
      'dids_from: [!odd 5]',
      'w.yaml:3:13 The tag !odd is not supported: write the value itself, text in quotes.',
    ],
    ['an empty text', 'dids_from: ""', 'w.yaml:3:12 dids_from: must not be empty.'],
    [
      'a list in a list',
      'dids_from: [[n.csv]]',
      'w.yaml:3:13 dids_from[0]: must be text, or a map with file, not a list.',
    ],
    [
      'an unknown key',
      'dids_from: { file: n.csv, provider: 1 }',
      'w.yaml:3:27 dids_from: unknown key "provider". Allowed: file, provider_id, reseller_id, status, user_id, device_id, dial_plan_id, custom_sip_header, comment, reseller_comment, language, call_limit, tone_zone, grace_time, active_from, active_till, closed_till, has_calls, in_queue. Did you mean "provider_id"?',
      'n.csv:1 provider_id: is missing: it must be a column, or beside the file: dids_from: { file: …, provider_id: 1 }.',
    ],
    [
      'a provider that does not exist',
      'dids_from: { file: n.csv, provider_id: 3 }',
      'w.yaml:3:40 dids_from.provider_id: no provider has the id 3. Known: 1, 2.',
    ],
    [
      'a reseller that does not exist',
      'dids_from: [{ file: n.csv, provider_id: 1, reseller_id: 8 }]',
      'w.yaml:3:57 dids_from[0].reseller_id: no user has the id 8; it must be 0 (the administrator) or a reseller. Allowed: 0, 5.',
    ],
    [
      'a file that is not there',
      'dids_from: m.csv',
      'w.yaml:3:12 dids_from.file: m.csv cannot be read: there is no such file or folder.',
    ],
    ['a folder', 'dids_from: [n.csv, .]', 'w.yaml:3:20 dids_from[1].file: . is neither a file nor a folder of files.'],
    [
      'a device',
      'dids_from: /dev/zero',
      'w.yaml:3:12 dids_from.file: /dev/zero is neither a file nor a folder of files.',
    ],
  ])('%s', (title, named, ...lines) => {
    const csv = title === 'a folder' ? 'did,provider_id\n5,1' : 'did\n5\n6';
    const shown = lines.map((line) => line.replace('file: . is', `file: ${folder} is`));
    expect(issuesOf(csv, named)).toEqual(shown);
  });

  test('a file that is too large is not read', () => {
    writeFileSync(join(folder, 'big.csv'), '');
    truncateSync(join(folder, 'big.csv'), 129 * 1024 * 1024);
    expect(issuesOf('', 'dids_from: big.csv')).toEqual([
      'w.yaml:3:12 dids_from.file: big.csv is too large: 129 MiB, at most 128 MiB are read. Write consecutive numbers as blocks, under dids: { from: "37061000000", to: "37061999999", provider_id: 1 }.',
    ]);
  });

  test('a text that is no file may name none: what came over HTTP reads no file of the server', () => {
    writeFileSync(join(folder, 'n.csv'), 'did,provider_id\n5,1\n');
    const text = `${WORLD}dids_from: ${join(folder, 'n.csv')}`;
    expect(issueLines(() => parseFixtures(text))).toEqual([
      'body:3:12 dids_from.file: names a file, which fixtures in a request body may not: use fixtures in files, or put the rows into dids.',
    ]);
  });

  test.each([['dids_from:'], ['dids_from: []']])('not at all: %s', (named) => {
    expect(parseFixtures(WORLD + named)).toMatchObject({ dids: [], ranges: [] });
  });

  test.each<[title: string, issue: string, named: unknown]>([
    ['a text', 'dids_from.file: none.csv cannot be read: there is no such file or folder', 'none.csv'],
    ['a number', 'dids_from: must be text, or a map with file, not the number 5.', 5],
    ['null', 'dids_from: must be text, or a map with file, not null.', null],
  ])('in an object as %s', (_, issue, named) => {
    const [line] = issueLines(() => fixturesFromObject({ dids_from: named } as FixturesInput));
    expect(line).toContain(issue);
  });

  test('issues of an object have a path', () => {
    expect(
      issueLines(() =>
        fixturesFromObject({ providers: [{ id: 1 }], dids_from: [{ file: join(folder, 'none.csv'), provider_id: 2 }] }),
      ),
    ).toEqual([
      `dids_from[0].file: ${join(folder, 'none.csv')} cannot be read: there is no such file or folder.`,
      'dids_from[0].provider_id: no provider has the id 2. Known: 1.',
    ]);
  });

  test('issues of several files are in the order of the files', () => {
    mkdirSync(join(folder, 'world'));
    writeFileSync(join(folder, 'a.csv'), 'did,provider_id\n5,x');
    writeFileSync(join(folder, 'world', '1.yaml'), 'dids_from: ../a.csv\nproviders: [{ id: 1 }]\nusrs: []');
    writeFileSync(join(folder, 'world', '2.yaml'), 'settings: { dialect: old }\n');
    symlinkSync('../a.csv', join(folder, 'world', '3.csv'));
    const lines = issueLines(() => readFixtures(join(folder, 'world')));
    expect(lines.map((line) => line.replaceAll(`${folder}/`, '').split(' ', 1)[0])).toEqual([
      'world/1.yaml:3:1',
      'a.csv:2',
      'world/2.yaml:1:22',
    ]);
  });
});

describe('the links of rows', () => {
  const LINKED = `${WORLD}devices: [{ id: 3, user_id: 5 }]\ndial_plans: [{ id: 4, name: Menu, type: ivr }]\n`;

  test('of what is not there, and of what does not fit together', () => {
    const csv = [
      'did,provider_id,status,user_id,device_id,dial_plan_id',
      '1,1,active,,3,',
      '2,1,active,,9,',
      '3,1,reserved,9,,',
      '4,1,active,,3,4',
      '5,1,free,5,,',
      '6,1,active,,,9',
      '7,1,active,,,4',
    ];
    expect(issuesOf(csv.join('\n'), 'dids_from: n.csv', LINKED)).toEqual([
      'n.csv:3 device_id: no device has the id 9. Known: 3.',
      'n.csv:4 user_id: no user has the id 9. Known: 5.',
      'n.csv:5 dial_plan_id: must be left out: the DID has a device.',
      'n.csv:6 user_id: must be left out: the status is free.',
      'n.csv:7 dial_plan_id: no dial plan has the id 9. Known: 4.',
    ]);
  });

  test('a default of the whole file is reported once, where it is written', () => {
    const named = 'dids_from: { file: n.csv, provider_id: 1, status: active, device_id: 7 }';
    expect(issuesOf('did,device_id\n1,3\n2,\n3,\n4,9', named, LINKED)).toEqual([
      'w.yaml:5:70 dids_from.device_id: no device has the id 7. Known: 3.',
      'n.csv:5 device_id: no device has the id 9. Known: 3.',
    ]);
  });

  test('rows with a device get its user', () => {
    writeFileSync(join(folder, 'n.csv'), 'did,provider_id,status,device_id\n1,1,active,3\n2,1,free,');
    writeFileSync(join(folder, 'w.yaml'), `${LINKED}dids_from: n.csv\n`);
    expect(readFixtures(join(folder, 'w.yaml')).dids.map(({ user_id, device_id }) => [user_id, device_id])).toEqual([
      [5, 3],
      [undefined, undefined],
    ]);
  });
});
