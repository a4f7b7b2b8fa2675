import { fixturesFromObject, parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

/** The issues of some DIDs, each given as `[did]` or `[from, to]`, without the file and the fields around. */
function overlaps(...dids: readonly (readonly string[])[]): readonly string[] {
  const rows = dids.map(([from, to]) =>
    to === undefined
      ? `{ did: "${String(from)}", provider_id: 1 }`
      : `{ from: "${String(from)}", to: "${to}", provider_id: 1 }`,
  );
  const text = `providers: [{ id: 1 }]\ndids:\n${rows.map((row) => `  - ${row}\n`).join('')}`;
  return issueLines(() => parseFixtures(text, 'f')).map((line) =>
    line
      .replace(/f:\d+:\d+ dids\[(\d)\]\.\w+: the (numbers?) "/, '$1: $2 "')
      .replace(/f:\d+:\d+ \(dids\[(\d)\]\.\w+\)\.$/, '$1'),
  );
}

describe('two equal rows and a block over both: all three are reported', () => {
  test.each([
    [
      'the block first',
      [['10', '19'], ['15'], ['15']],
      [
        '1: number "15" is there already, at 0',
        '2: number "15" is there already, at 1',
        '2: number "15" is there already, at 0',
      ],
    ],
    [
      'the block between',
      [['15'], ['10', '19'], ['15']],
      [
        '1: number "15" is there already, at 0',
        '2: number "15" is there already, at 0',
        '2: number "15" is there already, at 1',
      ],
    ],
    [
      'the block last',
      [['15'], ['15'], ['10', '19']],
      [
        '1: number "15" is there already, at 0',
        '2: number "15" is there already, at 0',
        '2: number "15" is there already, at 1',
      ],
    ],
  ])('%s', (_, dids, lines) => {
    expect(overlaps(...dids)).toEqual(lines);
  });
});

describe('what is in several others', () => {
  test('a number in two blocks, one in the other', () => {
    expect(overlaps(['10', '19'], ['14', '16'], ['15'])).toEqual([
      '1: numbers "14" to "16" are there already, at 0',
      '2: number "15" is there already, at 0',
      '2: number "15" is there already, at 1',
    ]);
  });

  test('a block over blocks and numbers that do not meet each other', () => {
    expect(overlaps(['10', '12'], ['14'], ['16', '18'], ['10', '19'])).toEqual([
      '3: numbers "10" to "12" are there already, at 0',
      '3: numbers "16" to "18" are there already, at 2',
      '3: number "14" is there already, at 1',
    ]);
  });

  test('equal blocks', () => {
    expect(overlaps(['10', '12'], ['10', '12'], ['10', '12'])).toEqual([
      '1: numbers "10" to "12" are there already, at 0',
      '2: numbers "10" to "12" are there already, at 0',
      '2: numbers "10" to "12" are there already, at 1',
    ]);
  });

  test('a block of one number is a number', () => {
    expect(overlaps(['10', '10'], ['10'], ['10', '10'])).toEqual([
      '1: number "10" is there already, at 0',
      '2: number "10" is there already, at 0',
    ]);
  });
});

test.each([
  ['numbers of other lengths', ['5'], ['05'], ['005'], ['1', '4'], ['01', '04']],
  ['blocks that follow each other', ['10', '14'], ['15', '19'], ['09'], ['20']],
  ['names among the digits of a block', ['100', '199'], ['1a5'], ['+15'], ['1 5']],
])('%s do not overlap', (_, ...dids) => {
  const rows = dids.map(([from = '', to]) =>
    to === undefined ? { did: from, provider_id: 1 } : { from, to, provider_id: 1 },
  );
  expect(fixturesFromObject({ providers: [{ id: 1 }], dids: rows })).toHaveProperty('dids');
});
