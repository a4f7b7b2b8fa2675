import fc from 'fast-check';
import { CsvFile, type BrokenCell } from '../../src/loader/csv-file.ts';

interface ReadCsv {
  readonly records: readonly (readonly string[])[];
  readonly broken: readonly (readonly [line: number, BrokenCell])[];
  /** The line of each record, the broken ones too. */
  readonly lines: readonly number[];
  readonly shares: readonly number[];
}

function readCsv(text: string): ReadCsv {
  const file = new CsvFile(Buffer.from(text));
  const records: (readonly string[])[] = [];
  const broken: [number, BrokenCell][] = [];
  const indexes: number[] = [];
  const shares: number[] = [];
  file.read(
    (cells, index) => {
      records.push([...cells]);
      indexes.push(index);
    },
    (cell, index) => {
      broken.push([file.lineAt(index), cell]);
      indexes.push(index);
    },
    (share) => shares.push(share),
  );
  expect(indexes).toEqual(indexes.map((_, i) => i));
  return { records, broken, lines: indexes.map((index) => file.lineAt(index)), shares };
}

/** Some 200 KB: several of the parts that a file is read in. */
const MANY = Array.from({ length: 20_000 }, (_, i) => [String(1_000_000 + i), String(i % 7)] as const);

describe('a file of several parts', () => {
  test('has every record, its line and its progress', () => {
    const { records, broken, lines, shares } = readCsv(MANY.map((cells) => `${cells.join(',')}\r\n`).join(''));
    expect([records, broken]).toEqual([MANY, []]);
    expect(lines).toEqual(MANY.map((_, i) => i + 1));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test('may have line ends in quotes anywhere', () => {
    const rows = MANY.map(([number, rest]) => [number, `"${rest}\n,\n`]);
    const text = rows.map(([number, rest = '']) => `${String(number)},"${rest.replaceAll('"', '""')}"\n`).join('');
    const { records, broken, lines } = readCsv(text);
    expect([records, broken]).toEqual([rows, []]);
    expect(lines).toEqual(rows.map((_, i) => 3 * i + 1));
  });

  test('is read behind a broken record, in whatever part it is', () => {
    const rows = MANY.map((cells, i) => (i % 5000 === 4999 ? '5,"6"7' : cells.join(',')));
    const { records, broken, lines } = readCsv(rows.join('\n'));
    const message = 'something is behind the quote that ends this value; a quote in a value is written twice.';
    expect(broken).toEqual([5000, 10_000, 15_000, 20_000].map((line) => [line, { cell: 1, message }]));
    expect(records).toEqual(MANY.filter((_, i) => i % 5000 !== 4999));
    expect(lines).toEqual(MANY.map((_, i) => i + 1));
  });

  test('is read although quotes that do not pair up put all of it into one part', () => {
    const { records, broken } = readCsv(`1,6" tube\n${MANY.map((cells) => `${cells.join(',')}\n`).join('')}`);
    expect(records).toEqual(MANY);
    expect(broken).toEqual([[1, { cell: 1, message: expect.stringContaining('has a quote in a value') }]]);
  });

  test.each([
    ['quotes', '5,"6"7\n'],
    ['NULs', '5,\0\n'],
  ])('is not read behind a thousand records with broken %s', (_, row) => {
    const { records, broken } = readCsv(row.repeat(20_000));
    expect([records.length, broken.length]).toEqual([0, 1000]);
  });
});

test('any cells of any size are read back, with the lines that their records begin in', () => {
  const text = fc.oneof(
    fc.constantFrom('', 'a', '"', ',', '\n', '\r\n', '\uFEFF', 'é', 'x'.repeat(30_000), '\n"'.repeat(20_000)),
    fc.string(),
  );
  const record = fc.array(text, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      (records, lineEnd) => {
        let line = 1;
        const expected = records.map((cells) => {
          const start = line;
          line += cells.join('').split('\n').length;
          return start;
        });
        const written = records.map(
          (cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',') + lineEnd,
        );
        const { records: read, broken, lines } = readCsv(written.join(''));
        expect([read, broken, lines]).toEqual([records, [], expected]);
      },
    ),
    { numRuns: 200 },
  );
});
