import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { formatIssue, MockMorError } from '../problems.ts';
import type { IssueCollector, Source } from './issues.ts';

/** The largest fixtures that are read, as a file or a body, in bytes. */
export const MAX_YAML_BYTES = 16 * 1024 * 1024;

/** The largest CSV file that is read, in bytes: some seven million numbers. */
const MAX_CSV_BYTES = 128 * 1024 * 1024;

const BLOCK = '{ from: "37061000000", to: "37061999999", provider_id: 1 }';

const NOT_A_FILE = 'is neither a file nor a folder of files';

/** A fixture file as text; undefined if it could not be read. */
export interface FixtureText extends Source {
  readonly file: string;
  readonly text: string | undefined;
}

/** The names of a folder's fixture files, in the order they are read. Files that begin with a dot belong to editors and mounts. */
export function listFixtureFiles(names: readonly string[]): readonly string[] {
  return names.filter((name) => /^[^.].*\.ya?ml$/s.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
}

/**
 * Reads the file at a path, or the fixture files of the folder there.
 *
 * @throws MockMorError `FIXTURE_INVALID`, in one line, if the path leads to no file at all
 */
export function readFixtureFiles(path: string, issues: IssueCollector): readonly FixtureText[] {
  const names = namesIn(path);
  if (names?.length === 0) throw invalidPath(path, 'the folder has no *.yaml or *.yml file');
  const files = names === undefined ? [path] : names.map((name) => join(path, name));
  return files.map((file, rank) => {
    const addIssue = (wrong: string): void => issues.addToFile(file, rank, wrong);
    const bytes = readBytes(file, checkYamlSize, addIssue);
    const isText = bytes !== undefined && checkUtf8(bytes, { file, rank }, issues);
    return { file, rank, text: isText ? bytes.toString('utf8') : undefined };
  });
}

/** Reads a CSV file, which is UTF-8; undefined if it could not be read. `addIssue` gets what is wrong with the file as a whole. */
export function readCsvBytes(
  source: Source & { readonly file: string },
  issues: IssueCollector,
  addIssue: (wrong: string) => void,
): Buffer | undefined {
  const bytes = readBytes(source.file, checkCsvSize, addIssue);
  return bytes !== undefined && checkUtf8(bytes, source, issues) ? bytes : undefined;
}

/** What is wrong with the size of YAML text; undefined if nothing is. */
export function checkYamlSize(bytes: number): string | undefined {
  if (bytes <= MAX_YAML_BYTES) return undefined;
  return `is too large: ${formatMebibytes(bytes)}, at most ${formatMebibytes(MAX_YAML_BYTES)} are read. Write consecutive numbers as blocks: ${BLOCK}, or list them in a CSV file that dids_from names.`;
}

function checkCsvSize(bytes: number): string | undefined {
  if (bytes <= MAX_CSV_BYTES) return undefined;
  return `is too large: ${formatMebibytes(bytes)}, at most ${formatMebibytes(MAX_CSV_BYTES)} are read. Write consecutive numbers as blocks, under dids: ${BLOCK}.`;
}

/** The names of a folder's fixture files; undefined for a file. */
function namesIn(path: string): readonly string[] | undefined {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return listFixtureFiles(readdirSync(path));
    if (stats.isFile()) return undefined;
  } catch (error) {
    throw invalidPath(path, describeReadError(path, error));
  }
  throw invalidPath(path, NOT_A_FILE);
}

function invalidPath(path: string, wrong: string): MockMorError {
  const issue = { file: path, path: '', message: `${wrong}. Name a YAML file, or a folder that has some.` };
  return new MockMorError('FIXTURE_INVALID', formatIssue(issue), [issue]);
}

function readBytes(
  file: string,
  checkSize: typeof checkYamlSize,
  addIssue: (wrong: string) => void,
): Buffer | undefined {
  try {
    const stats = statSync(file);
    // Reading a pipe or a device might never end.
    const wrong = stats.isFile() ? checkSize(stats.size) : `${NOT_A_FILE}.`;
    if (wrong === undefined) return readFileSync(file);
    addIssue(wrong);
  } catch (error) {
    addIssue(`${describeReadError(file, error)}.`);
  }
  return undefined;
}

function checkUtf8(bytes: Buffer, { file = '', rank }: Source, issues: IssueCollector): boolean {
  if (isUtf8(bytes)) return true;
  const { byte, ...location } = findInvalidByte(bytes);
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  issues.addToFile(
    file,
    rank,
    `is not UTF-8: the byte ${hex} does not belong there. Save the file as UTF-8.`,
    location,
  );
  return false;
}

/** The first byte that is no part of a character: it decodes to U+FFFD, which the bytes do not hold there. */
function findInvalidByte(bytes: Buffer): { readonly line: number; readonly column: number; readonly byte: number } {
  const text = bytes.toString('utf8');
  const replacement = Buffer.from('\uFFFD');
  let [start, offset] = [0, 0];
  for (const { index } of text.matchAll(/\uFFFD/g)) {
    offset += Buffer.byteLength(text.slice(start, index));
    start = index;
    if (replacement.equals(bytes.subarray(offset, offset + replacement.length))) continue;
    break;
  }
  const lines = text.slice(0, start).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, byte: bytes[offset] ?? 0 };
}

/** A number of bytes for people. Always in MiB, so that a size and its limit can be compared: `17 MiB`, `17.5 MiB`. */
function formatMebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MiB`;
}

const READ_ERRORS = new Map<unknown, string>([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'reading it is not permitted'],
  ['ENOTDIR', 'a part of the path is no folder'],
  ['ELOOP', 'its links lead in a circle'],
]);

function describeReadError(path: string, error: unknown): string {
  // Not by instanceof: under a test framework the system's errors come from another realm.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const place = isAbsolute(path) ? '' : ` (looked for at ${resolve(path)})`;
  return `cannot be read: ${READ_ERRORS.get(code) ?? String(error)}${place}`;
}
