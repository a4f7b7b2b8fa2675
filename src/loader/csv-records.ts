import { CsvError, parse, type Options } from 'csv-parse/sync';

const [LINE_FEED, CARRIAGE_RETURN, QUOTE, COMMA] = [0x0a, 0x0d, 0x22, 0x2c];
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** After how many broken values the rest of a file is not read: behind each the library starts again. */
const MAX_BROKEN = 1000;

const NUL = 'has a NUL; a list is text.';
const LONE_RETURN =
  'has a carriage return without a line feed: end lines with both or a line feed, or quote the value.';

const ERRORS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the quote that begins this value is never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'something is behind the quote that ends this value; a quote in a value is written twice.',
  INVALID_OPENING_QUOTE:
    'has a quote in a value that does not begin with one: write the value in quotes, and each quote in it twice.',
};

/** Gets the cells of a record and its offset in the file. */
export type OnRecord = (cells: readonly string[], offset: number) => void;

/** Gets what is wrong with a record that is left out, and in which of its cells. */
export type OnBroken = (offset: number, cell: number, message: string) => void;

/**
 * Reads the records of a CSV file by RFC 4180, one after the other, so that no more than one is in memory. Blank lines and a byte order
 * mark are left out. Behind a broken value it goes on in the next line.
 */
export function readCsv(file: Buffer, onRecord: OnRecord, onBroken: OnBroken): void {
  const end = file.at(-1) === CARRIAGE_RETURN ? file.length - 1 : file.length;
  const bytes = file.subarray(0, end);
  let start = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  let broken = 0;
  let oddCell: { readonly index: number; readonly message: string } | undefined;
  const options: Options = { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] };
  if (isOdd(bytes)) {
    options.cast = (text, { index, quoting }) => {
      const message = text.includes('\0') ? NUL : !quoting && text.includes('\r') ? LONE_RETURN : undefined;
      if (message !== undefined) oddCell ??= { index, message };
      return text;
    };
  }
  while (start < end) {
    let offset = start;
    options.on_record = (cells: string[], { bytes: size }) => {
      while (bytes[offset] === LINE_FEED || bytes[offset] === CARRIAGE_RETURN) offset += 1;
      if (oddCell === undefined) onRecord(cells, offset);
      else onBroken(offset, oddCell.index, oddCell.message);
      oddCell = undefined;
      offset = start + size;
      return null;
    };
    try {
      parse(bytes.subarray(start), options);
      return;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { code, bytes: size, index } = error as CsvError & { readonly bytes: number; readonly index: number };
      const cellStart = start + size + (bytes[start + size] === COMMA ? 1 : 0);
      onBroken(cellStart, index, ERRORS[code] ?? `${error.message}.`);
      if (++broken === MAX_BROKEN) onBroken(cellStart, -1, 'is so broken that what is behind this is not read.');
      if (broken === MAX_BROKEN) return;
      oddCell = undefined;
      const lineEnd = bytes.indexOf(LINE_FEED, skipQuoted(bytes, cellStart));
      start = lineEnd === -1 ? end : lineEnd + 1;
    }
  }
}

/** Whether there may be a character that is wrong, and that the library lets pass. Looking for it in each cell takes time. */
function isOdd(bytes: Buffer): boolean {
  if (bytes.includes(0)) return true;
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at !== -1; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) {
    if (bytes[at + 1] !== LINE_FEED) return true;
  }
  return false;
}

/** The quote that ends the value at an offset, or the offset if the value begins with none. */
function skipQuoted(bytes: Buffer, start: number): number {
  let at = start;
  if (bytes[at] !== QUOTE) return at;
  do at += 1 + Number(at > start && bytes[at] === QUOTE);
  while (at < bytes.length && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE));
  return at;
}
