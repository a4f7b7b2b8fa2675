import { isAbsolute, join } from 'node:path';
import { CsvDidFile } from './csv-did-file.ts';
import type { DidAttributes } from '../world/did-range.ts';
import type { IssueCollector } from './issues.ts';
import type { LoadProgress } from './load-progress.ts';
import { readCsvBytes } from './read-files.ts';
import type { SourceDocument } from './source-document.ts';

/** A CSV file as `dids_from` names it, and the attributes of rows that have none of their own. */
export type CsvReference = { readonly file: string } & Partial<DidAttributes>;

/** The references in the value of `dids_from`: text alone is a path, a list has several. */
export function trackReferences(
  value: unknown,
  document: SourceDocument,
  issues: IssueCollector,
): readonly Partial<CsvReference>[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item, i) => {
    if (item === undefined) return [];
    const reference = (typeof item === 'string' ? { file: item } : item) as Partial<CsvReference>;
    issues.trackSource(reference, document, ['dids_from', ...(Array.isArray(value) ? [i] : [])]);
    return [reference];
  });
}

/** Reads the CSV files that a document names. Paths start from `folder`; without one it may name none. */
export function readCsvFiles(
  references: readonly Partial<CsvReference>[],
  { source }: SourceDocument,
  folder: string | undefined,
  issues: IssueCollector,
  { onListFile, onProgress }: LoadProgress,
): readonly CsvDidFile[] {
  return references.flatMap((reference, i) => {
    const { file: path, ...defaults } = reference;
    if (path === undefined) return [];
    const addIssue = (wrong: string): void => issues.addToField(reference, 'file', wrong);
    if (folder === undefined) {
      addIssue(
        'names a file, which fixtures in a request body may not: use fixtures in files, or put the rows into dids.',
      );
      return [];
    }
    const file = isAbsolute(path) ? path : join(folder, path);
    onListFile?.(file);
    // Behind the file that names it, and before the next.
    const csv = { file, rank: source.rank + (i + 1) / (references.length + 1) };
    const bytes = readCsvBytes(csv, issues, (wrong) => addIssue(`${file} ${wrong}`));
    return bytes === undefined
      ? []
      : [new CsvDidFile(bytes, csv, defaults, issues, (share) => onProgress?.(file, share))];
  });
}
