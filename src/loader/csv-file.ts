import { CsvError, parse, type Options } from 'csv-parse/sync';

/** The least that a part of a file has, in bytes. Records of small parts are gone before the garbage collector has to move them. */
const MIN_PART_BYTES = 64 * 1024;

/** After how many broken records the rest of a file is not read: no more are listed, and behind each the library starts again. */
const MAX_BROKEN = 1000;

const [LINE_FEED, CARRIAGE_RETURN, QUOTE, COMMA] = [0x0a, 0x0d, 0x22, 0x2c];
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

const OPTIONS: Options = { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] };

const NUL = 'has a NUL; a list is text.';
const LONE_RETURN =
  'has a carriage return without a line feed: end lines with both or a line feed, or quote the value.';

const ERRORS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the quote that begins this value is never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'something is behind the quote that ends this value; a quote in a value is written twice.',
  INVALID_OPENING_QUOTE:
    'has a quote in a value that does not begin with one: write the value in quotes, and each quote in it twice.',
};

/** Why a record is left out, and the index of the cell that is wrong. */
export interface BrokenCell {
  readonly cell: number;
  readonly message: string;
}

interface CsvRecord {
  /** The line it begins in. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly broken?: BrokenCell | undefined;
}

/** Some whole lines of a file. */
interface Part {
  readonly bytes: Buffer;
  readonly firstLine: number;
}

/** A CSV file by RFC 4180. Blank lines and a byte order mark are no part of it. */
export class CsvFile {
  readonly #bytes: Buffer;
  readonly #parts: { readonly part: Part; readonly firstRecord: number }[] = [];
  #reread: { readonly part: Part; readonly records: readonly CsvRecord[] } | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Calls back with each record and its index. Behind a broken one reading goes on in the next line. */
  read(
    onRecord: (cells: readonly string[], index: number) => void,
    onBroken: (broken: BrokenCell, index: number) => void,
    onProgress: (share: number) => void,
  ): void {
    let [index, countBroken] = [0, 0];
    for (const part of cutAtLines(this.#bytes)) {
      this.#parts.push({ part, firstRecord: index });
      const rows = readQuickly(part);
      if (rows !== undefined) for (const cells of rows) onRecord(cells, index++);
      else {
        for (const { cells, broken } of readCarefully(part)) {
          if (broken === undefined) onRecord(cells, index++);
          else onBroken(broken, index++);
          if (broken !== undefined && ++countBroken === MAX_BROKEN) return;
        }
      }
      onProgress((part.bytes.byteOffset - this.#bytes.byteOffset + part.bytes.length) / this.#bytes.length);
    }
  }

  /** The line that a record begins in. */
  lineAt(index: number): number {
    const found = this.#parts.findLast(({ firstRecord }) => firstRecord <= index);
    if (found === undefined) return 1;
    const { part, firstRecord } = found;
    // Lines take the library twice the time, so they are looked for when they are needed.
    if (this.#reread?.part !== part) this.#reread = { part, records: readCarefully(part) };
    return this.#reread.records[index - firstRecord]?.line ?? part.firstLine;
  }
}

/** Parts of a file that end at line ends outside quotes. A carriage return at the very end is left out. */
function* cutAtLines(file: Buffer): Generator<Part> {
  const hasMark = file.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const end = file.at(-1) === CARRIAGE_RETURN ? file.length - 1 : file.length;
  let start = hasMark ? BYTE_ORDER_MARK.length : 0;
  let [line, firstLine] = [1, 1];
  let isQuoted = false;
  for (let at = start; at < end; at++) {
    if (file[at] === QUOTE) isQuoted = !isQuoted;
    if (file[at] !== LINE_FEED) continue;
    line += 1;
    if (isQuoted || at - start < MIN_PART_BYTES) continue;
    yield { bytes: file.subarray(start, at + 1), firstLine };
    [start, firstLine] = [at + 1, line];
  }
  if (start < end) yield { bytes: file.subarray(start, end), firstLine };
}

/** The cells of every record; undefined if one is broken. */
function readQuickly({ bytes }: Part): readonly (readonly string[])[] | undefined {
  if (isOdd(bytes)) return undefined;
  try {
    return parse(bytes, { ...OPTIONS, columns: false });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** Every record with its line, the broken ones too. */
function readCarefully({ bytes, firstLine }: Part): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let broken: BrokenCell | undefined;
  let [line, counted] = [firstLine, 0];
  const add = (offset: number, cells: readonly string[]): void => {
    for (; counted < offset; counted++) if (bytes[counted] === LINE_FEED) line += 1;
    records.push({ line, cells, broken });
    broken = undefined;
  };
  const options: Options = { ...OPTIONS };
  if (isOdd(bytes)) {
    options.cast = (text, { index, quoting }) => {
      const message = text.includes('\0') ? NUL : !quoting && text.includes('\r') ? LONE_RETURN : undefined;
      if (message !== undefined) broken ??= { cell: index, message };
      return text;
    };
  }
  let countErrors = 0;
  for (let start = 0; start < bytes.length && countErrors < MAX_BROKEN; countErrors++) {
    let offset = start;
    options.on_record = (cells: string[], { bytes: size }) => {
      while (bytes[offset] === LINE_FEED || bytes[offset] === CARRIAGE_RETURN) offset += 1;
      add(offset, cells);
      offset = start + size;
      return null;
    };
    try {
      parse(bytes.subarray(start), options);
      break;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { code, bytes: size, index } = error as CsvError & { readonly bytes: number; readonly index: number };
      const cellStart = start + size + (bytes[start + size] === COMMA ? 1 : 0);
      broken = { cell: index, message: ERRORS[code] ?? `${error.message}.` };
      add(cellStart, []);
      const lineEnd = bytes.indexOf(LINE_FEED, skipQuoted(bytes, cellStart));
      start = lineEnd === -1 ? bytes.length : lineEnd + 1;
    }
  }
  return records;
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
  if (bytes[start] !== QUOTE) return start;
  let at = start + 1;
  while (at < bytes.length && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE)) at += bytes[at] === QUOTE ? 2 : 1;
  return at;
}
