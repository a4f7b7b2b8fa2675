import { quote } from '../mor/quote.ts';
import {
  validationError,
  formatIssue,
  type ValidationIssue,
  type MockMorError,
  type ProblemCode,
} from '../problems.ts';
import { pluralize } from './pluralize.ts';
import type { Path, SourceDocument } from './source-document.ts';

/** How many issues are listed; the rest are counted. */
const MAX_LISTED = 100;

/** How many issues are kept before those that will not be listed are dropped. */
const MAX_KEPT = 20 * MAX_LISTED;

/** A file or a value that issues are found in. */
export interface Source {
  /** As it was named; absent for a JavaScript value. */
  readonly file?: string | undefined;
  /** Its position among the sources of a load, in which order issues are listed. */
  readonly rank: number;
  /** Where an offset is. Absent if the source has no lines. */
  readonly locate?: ((offset: number) => Location) | undefined;
}

/** A position in a file, counted from 1. */
export interface Location {
  readonly line: number;
  readonly column?: number | undefined;
}

/** What is wrong; a function if the words take time to find, for only the listed ones are needed. */
export type IssueMessage = string | (() => string);

/** Where a record was read. */
export interface Origin {
  readonly document: Pick<SourceDocument, 'source' | 'offset'>;
  readonly path: Path;
}

interface FoundIssue {
  readonly source: Source;
  readonly offset: number;
  readonly path: string;
  readonly message: IssueMessage;
}

/** A path in one text: `users[0].id`, or `users[0]["odd key"]`. */
export function joinPath(path: Path): string {
  return path.reduce<string>((start, step) => {
    if (typeof step === 'number') return `${start}[${String(step)}]`;
    if (!/^[A-Za-z_$][\w$-]{0,59}$/.test(step)) return `${start}[${quote(step)}]`;
    return start === '' ? step : `${start}.${step}`;
  }, '');
}

/** A location in one text: `fixtures/dids.yaml:3:5 (dids[0].did)`. The path alone if there is no file, the file if there is no path. */
export function formatLocation(source: Source, offset: number, path = ''): string {
  if (source.file === undefined) return path;
  const location = formatIssue({ ...locate(source, offset), path: '', message: '' }).trim();
  return path === '' ? location : `${location} (${path})`;
}

/** The position of an offset in words: `line 3, column 5`. The path if the source has no lines. */
export function formatPosition({ locate }: Source, offset: number, path: string): string {
  const location = locate?.(offset);
  if (location === undefined) return path;
  const { line, column } = location;
  return column === undefined ? `line ${String(line)}` : `line ${String(line)}, column ${String(column)}`;
}

/** Collects every issue of a load, and knows where each record was read. */
export class IssueCollector {
  #issues: FoundIssue[] = [];
  #count = 0;
  readonly #origins = new Map<object, Origin>();
  readonly #finders: ((record: object) => Origin | undefined)[] = [];

  /** How many issues there are. */
  get count(): number {
    return this.#count;
  }

  add(source: Source, offset: number, path: string, message: IssueMessage): void {
    this.#count += 1;
    this.#issues.push({ source, offset, path, message });
    if (this.#issues.length > MAX_KEPT) this.#dropUnlisted();
  }

  /** An issue of a file as a whole. */
  addToFile(file: string, rank: number, message: string, location?: Location): void {
    this.add({ file, rank, ...(location === undefined ? {} : { locate: () => location }) }, 0, '', message);
  }

  /** Keeps where a record was read, for issues that are found by comparing it with others. */
  trackSource(record: object, document: SourceDocument, path: Path): void {
    this.#origins.set(record, { document, path });
  }

  /** The same for very many records: they are looked up if there is an issue. */
  trackSources(find: (record: object) => Origin | undefined): void {
    this.#finders.push(find);
  }

  /** An issue of a field of a tracked record, or of the record itself if the field was left out. */
  addToField(record: object, field: string, message: IssueMessage): void {
    const { document, path } = this.#findOrigin(record);
    this.add(document.source, document.offset([...path, field]), joinPath([...path, field]), message);
  }

  /** Where a field of a tracked record is, in one text. */
  formatLocation(record: object, field: string): string {
    const { document, path } = this.#findOrigin(record);
    return formatLocation(document.source, document.offset([...path, field]), joinPath([...path, field]));
  }

  /** The error that lists them in the order of files and lines. `subject` is what is wrong: `The DID is not valid`. */
  toError(code: ProblemCode, subject: string): MockMorError {
    this.#dropUnlisted();
    const listed = this.#issues.map(({ source, offset, path, message }): ValidationIssue => {
      const words = typeof message === 'string' ? message : message();
      return { ...locate(source, offset), path, message: words };
    });
    const left = this.#count - listed.length;
    const rest = left > 0 ? [{ path: '', message: `and ${String(left)} more` }] : [];
    return validationError(code, `${subject} (${pluralize(this.#count, 'issue')}):`, [...listed, ...rest]);
  }

  /** A file of a million bad rows must not fill the memory with issues. */
  #dropUnlisted(): void {
    this.#issues.sort((a, b) => a.source.rank - b.source.rank || a.offset - b.offset);
    this.#issues.length = Math.min(this.#issues.length, MAX_LISTED);
  }

  #findOrigin(record: object): Origin {
    let origin = this.#origins.get(record);
    for (const find of this.#finders) origin ??= find(record);
    if (origin === undefined) throw new Error('An issue was found in a record that was not tracked');
    return origin;
  }
}

function locate({ file, locate }: Source, offset: number): Pick<ValidationIssue, 'file' | 'line' | 'column'> {
  return file === undefined ? {} : { file, ...locate?.(offset) };
}
