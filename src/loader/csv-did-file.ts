/** Reads DIDs from a CSV file: columns by header, each value by the schema of a single DID. */
import type { z } from 'zod';
import type { Did } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';
import { readCell } from './csv-cell.ts';
import { CsvFile } from './csv-file.ts';
import type { DidEntry } from './did-entry.ts';
import type { DidAttributes } from '../world/did-range.ts';
import { formatPosition, type IssueCollector, type Origin, type Source } from './issues.ts';
import { pluralize } from './pluralize.ts';
import { didSchema } from './did-schema.ts';
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
  /** The index of each one's record. */
  readonly #records: number[] = [];
  readonly #remembered = new Map<string, DidEntry>();
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
    const csv = new CsvFile(bytes);
    // Issues are in the order of records, those of one in the order of columns.
    this.source = { file, rank, locate: (order) => ({ line: csv.lineAt(Math.floor(order)) }) };
    this.#issues = issues;
    this.defaults = defaults;
    const before = issues.count;
    let isReadable = true;
    csv.read(
      (cells, record) => {
        if (this.#columns === undefined) isReadable = isReadable && this.#readHeader(cells, record);
        else if (isReadable) this.#readRow(cells, record);
      },
      ({ cell, message }, record) => {
        // What is behind a broken header is no header.
        if (this.#columns === undefined) isReadable = false;
        issues.add(this.source, record, this.#columns?.[cell] ?? '', message);
      },
      onProgress,
    );
    issues.trackSources((did) => this.#find(did));
    if (this.#columns !== undefined || issues.count > before) return;
    const wrong = 'holds nothing: its first line must name its columns, such as did,provider_id.';
    issues.add(this.source, 0, '', `${wrong} ${ALLOWED}`);
  }

  /** Whether rows can be read by this header. */
  #readHeader(columns: readonly string[], record: number): boolean {
    const before = this.#issues.count;
    const add = (path: string, message: string): void => this.#issues.add(this.source, record, path, message);
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

  #readRow(cells: readonly string[], record: number): void {
    const { length } = this.#columns ?? [];
    if (cells.length !== length) {
      const wrong = `has ${pluralize(cells.length, 'value')}, but the first line names ${pluralize(length, 'column')}.`;
      this.#issues.add(this.source, record, '', isConflictMark(cells[0] ?? '') ? MERGE_CONFLICT : wrong);
      return;
    }
    const did = this.#text('did', cells) ?? '';
    // In this order the issues of a row are listed.
    const id = this.#text('id', cells) === undefined ? 0 : this.#read('id', cells, record);
    const isDigits = /^[0-9]+$/.test(did);
    const number = isDigits ? did : this.#read('did', cells, record);
    if (!isDigits && typeof number === 'string')
      this.suspicious.add(number, () => formatPosition(this.source, record, ''));
    // Spreading one object alone is much quicker than adding to it.
    const entry: DidEntry = { ...this.#template(cells, record) };
    entry.id = id as number;
    entry.did = number as string;
    this.dids.push(entry);
    this.#records.push(record);
  }

  /** A DID without an id or a number, with the attributes of a row. */
  #template(cells: readonly string[], record: number): DidEntry {
    let key = '';
    for (const field of ATTRIBUTES) key += `${this.#text(field, cells) ?? ''}\0`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const before = this.#issues.count;
    const values = ATTRIBUTES.map((field) => [field, this.#attribute(field, cells, record)] as const);
    const attributes: Partial<DidAttributes> = Object.fromEntries(values.filter(([, value]) => value !== undefined));
    const template: DidEntry = { id: 0, did: '', ...attributes };
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    // What has an issue is read again in the next row, so that it is reported there, too.
    if (this.#issues.count === before) this.#remembered.set(key, template);
    return template;
  }

  #attribute(field: keyof DidAttributes, cells: readonly string[], record: number): unknown {
    if (this.#text(field, cells) !== undefined) return this.#read(field, cells, record);
    if (this.defaults[field] !== undefined) return this.defaults[field];
    const byDefault = SCHEMAS[field].safeParse(undefined);
    // A missing column is reported at the header.
    return byDefault.success || !this.#cells.has(field) ? byDefault.data : this.#read(field, cells, record);
  }

  /** The text of a cell; undefined if it is empty. */
  #text(field: Field, cells: readonly string[]): string | undefined {
    const cell = this.#cells.get(field);
    return cell === undefined || cells[cell] === '' ? undefined : cells[cell];
  }

  /** The value of a cell; undefined, with its issue added, if it has none that is valid. */
  #read(field: Field, cells: readonly string[], record: number): unknown {
    const cell = {
      source: this.source,
      field,
      text: this.#text(field, cells),
      offset: this.#order(record, field),
    };
    return readCell(SCHEMAS[field], cell, this.#issues);
  }

  /** The index of a record, and behind the point the column, by which issues are sorted. */
  #order(record: number, field: Field): number {
    return record + (this.#cells.get(field) ?? 0) / ((this.#columns?.length ?? 0) + 1);
  }

  #find(did: object): Origin | undefined {
    this.#indexes ??= new Map(this.dids.map((one, index) => [one, index]));
    const record = this.#records[this.#indexes.get(did) ?? -1];
    if (record === undefined) return undefined;
    const offset: Origin['document']['offset'] = ([field]) => this.#order(record, field as Field);
    return { document: { source: this.source, offset }, path: [] };
  }
}

function describeUnknown(name: string, columns: number): string {
  if (columns === 1 && /[;\t|]/.test(name)) return `${quote(name)} is no column: columns are separated by commas.`;
  return `unknown column ${quote(name)}. ${ALLOWED}${didYouMean(name.trim().toLowerCase(), FIELDS)}`;
}
