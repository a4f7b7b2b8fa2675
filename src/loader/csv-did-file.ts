/** Reads DIDs from a CSV file: columns by header, each value by the schema of a single DID. */
import { z } from 'zod';
import type { Did } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';
import { applySchema } from './apply-schema.ts';
import { readCsv } from './csv-records.ts';
import type { DidEntry } from './did-entry.ts';
import type { DidAttributes } from '../world/did-range.ts';
import { formatPosition, type IssueCollector, type Origin, type Source } from './issues.ts';
import { pluralize } from './pluralize.ts';
import { didSchema } from './schema.ts';
import { createCellDocument } from './source-document.ts';
import { SuspiciousNumbers } from './suspicious-numbers.ts';
import { isConflictMark, MERGE_CONFLICT } from './yaml-syntax.ts';

type Field = keyof Did;

/** The columns that a file can have: the fields of a single DID. */
const FIELDS = Object.keys(didSchema.shape) as readonly Field[];
const ATTRIBUTES = FIELDS.filter((name): name is keyof DidAttributes => name !== 'id' && name !== 'did');
const SCHEMAS: Readonly<Record<Field, z.ZodType>> = didSchema.shape;
const ALLOWED = `Allowed: ${FIELDS.join(', ')}.`;

/** How many combinations of attributes are remembered. Mostly there are few. */
const MAX_REMEMBERED = 10_000;

/** One CSV file. */
export class CsvDidFile {
  /** A DID for each record behind the header, with the fields that could be read. */
  readonly dids: DidEntry[] = [];
  /** The attributes of records that have none of their own. */
  readonly defaults: Partial<DidAttributes>;
  readonly source: Source;
  readonly suspicious = new SuspiciousNumbers();
  readonly #issues: IssueCollector;
  /** Where each record begins. */
  readonly #offsets: number[] = [];
  readonly #remembered = new Map<string, Partial<DidAttributes>>();
  #columns: readonly string[] | undefined;
  #cells: ReadonlyMap<Field, number> = new Map();
  #indexes: ReadonlyMap<object, number> | undefined;

  /** Reads a file; every issue is added. `onProgress` gets how much is read, from 0 to 1. */
  constructor(
    bytes: Buffer,
    { file, rank }: Source,
    defaults: Partial<DidAttributes>,
    issues: IssueCollector,
    onProgress: (share: number) => void,
  ) {
    this.source = { file, rank, locate: createLineCounter(bytes) };
    this.#issues = issues;
    this.defaults = defaults;
    const before = issues.count;
    let isReadable = true;
    readCsv(
      bytes,
      (cells, offset) => {
        if (this.#columns === undefined) isReadable = isReadable && this.#readHeader(cells, offset);
        else if (isReadable) this.#readRow(cells, offset);
        if (this.dids.length % 100_000 === 99_999) onProgress(offset / bytes.length);
      },
      (offset, cell, message) => {
        // What is behind a broken header is no header.
        if (this.#columns === undefined) isReadable = false;
        issues.add(this.source, offset, this.#columns?.[cell] ?? '', message);
      },
    );
    issues.trackSources((record) => this.#find(record));
    if (this.#columns !== undefined || issues.count > before) return;
    const wrong = 'holds nothing: its first line must name its columns, such as did,provider_id.';
    issues.add(this.source, 0, '', `${wrong} ${ALLOWED}`);
  }

  /** Whether rows can be read by this header. */
  #readHeader(columns: readonly string[], offset: number): boolean {
    const before = this.#issues.count;
    const add = (path: string, message: string): void => this.#issues.add(this.source, offset, path, message);
    const cells = new Map<Field, number>();
    this.#columns = columns;
    this.#cells = cells;
    if (/^sep=/i.test(columns[0] ?? '')) {
      add('', 'sep= is for spreadsheets: delete this line. The first must name the columns, separated by commas.');
      return false;
    }
    for (const [cell, name] of columns.entries()) {
      const field = FIELDS.find((known) => known === name);
      if (field === undefined) add('', describeUnknown(name, columns.length));
      else if (cells.has(field)) add('', `the column ${quote(name)} is there twice.`);
      else cells.set(field, cell);
    }
    if (this.#issues.count > before) return false;
    if (!cells.has('did')) add('did', 'is missing: the first line must name the columns, and one of them must be did.');
    if (!cells.has('provider_id') && this.defaults.provider_id === undefined)
      add(
        'provider_id',
        'is missing: it must be a column, or beside the file: dids_from: { file: …, provider_id: 1 }.',
      );
    return cells.has('did');
  }

  #readRow(cells: readonly string[], offset: number): void {
    const { length } = this.#columns ?? [];
    if (cells.length !== length) {
      const wrong = `has ${pluralize(cells.length, 'value')}, but the first line names ${pluralize(length, 'column')}.`;
      this.#issues.add(this.source, offset, '', isConflictMark(cells[0] ?? '') ? MERGE_CONFLICT : wrong);
      return;
    }
    const did = this.#text('did', cells) ?? '';
    // In this order the issues of a row are listed.
    const id = this.#text('id', cells) === undefined ? 0 : this.#read('id', cells, offset);
    const isDigits = /^[0-9]+$/.test(did);
    const number = isDigits ? did : this.#read('did', cells, offset);
    if (!isDigits && typeof number === 'string')
      this.suspicious.add(number, () => formatPosition(this.source, offset, ''));
    this.dids.push({ id: id as number, did: number as string, ...this.#attributes(cells, offset) });
    this.#offsets.push(offset);
  }

  #attributes(cells: readonly string[], offset: number): Partial<DidAttributes> {
    const key = ATTRIBUTES.map((field) => this.#text(field, cells) ?? '').join('\0');
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const before = this.#issues.count;
    const values = ATTRIBUTES.map((field) => [field, this.#attribute(field, cells, offset)] as const);
    const attributes: Partial<DidAttributes> = Object.fromEntries(values.filter(([, value]) => value !== undefined));
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    // What has an issue is read again in the next row, so that it is reported there, too.
    if (this.#issues.count === before) this.#remembered.set(key, attributes);
    return attributes;
  }

  #attribute(field: keyof DidAttributes, cells: readonly string[], offset: number): unknown {
    if (this.#text(field, cells) !== undefined) return this.#read(field, cells, offset);
    if (this.defaults[field] !== undefined) return this.defaults[field];
    const byDefault = SCHEMAS[field].safeParse(undefined);
    // A missing column is reported at the header.
    return byDefault.success || !this.#cells.has(field) ? byDefault.data : this.#read(field, cells, offset);
  }

  /** The text of a cell; undefined if it is empty. */
  #text(field: Field, cells: readonly string[]): string | undefined {
    const cell = this.#cells.get(field);
    return cell === undefined || cells[cell] === '' ? undefined : cells[cell];
  }

  /** The value of a cell; undefined, with its issue added, if it has none that is valid. */
  #read(field: Field, cells: readonly string[], offset: number): unknown {
    const text = this.#text(field, cells);
    const asText = SCHEMAS[field].safeParse(text);
    if (asText.success) return asText.data;
    const document = createCellDocument(this.source, field, text, this.#order(offset, field));
    const { value } = applySchema(z.strictObject({ [field]: SCHEMAS[field] }), document, this.#issues);
    return (value as Partial<Did>)[field];
  }

  /** The offset of a record, and behind the point the column, so that the issues of one are in the order of columns. */
  #order(offset: number, field: Field): number {
    return offset + (this.#cells.get(field) ?? 0) / ((this.#columns?.length ?? 0) + 1);
  }

  #find(record: object): Origin | undefined {
    this.#indexes ??= new Map(this.dids.map((did, index) => [did, index]));
    const offset = this.#offsets[this.#indexes.get(record) ?? -1];
    if (offset === undefined) return undefined;
    const document: Origin['document'] = {
      source: this.source,
      offset: ([field]) => this.#order(offset, field as Field),
    };
    return { document, path: [] };
  }
}

/** The lines of offsets. Those of a report only grow, so that each line is counted once. */
function createLineCounter(bytes: Buffer): (offset: number) => { readonly line: number } {
  let [at, line] = [0, 1];
  return (offset) => {
    if (offset < at) [at, line] = [0, 1];
    for (let next = bytes.indexOf('\n', at); next !== -1 && next < Math.floor(offset); next = bytes.indexOf('\n', at)) {
      [at, line] = [next + 1, line + 1];
    }
    return { line };
  };
}

function describeUnknown(name: string, columns: number): string {
  if (columns === 1 && /[;\t|]/.test(name)) return `${quote(name)} is no column: columns are separated by commas.`;
  return `unknown column ${quote(name)}. ${ALLOWED}${didYouMean(name.trim().toLowerCase(), FIELDS)}`;
}
