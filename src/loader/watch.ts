import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listFixtureFiles } from './read-files.ts';

/** A watch that can be ended. */
export interface Watch {
  readonly stop: () => void;
  /** Stops watching CSV files: the fixtures are about to be read again, and name those there are. */
  readonly unwatchCsvFiles: () => void;
  /** Watches a CSV file as well. To be called before it is read, so that no change is missed. */
  readonly watchCsvFile: (file: string) => void;
}

/** How a path is watched. */
export interface WatchOptions {
  /** Time between two checks, in milliseconds. Default: 250. */
  readonly intervalMs?: number;
}

/**
 * Calls `onChange` if a fixture file, a CSV file or the set of a folder's files has changed and is stable: what was seen twice alike is
 * written completely. It polls, because the system's notices miss mounts of Docker Desktop and swapped links. It keeps no process alive.
 */
export function watchFixtures(path: string, onChange: () => void, { intervalMs = 250 }: WatchOptions = {}): Watch {
  const csvFiles = new Set<string>();
  const check = (): Stamps =>
    new Map([['', fingerprint(path)], ...Array.from(csvFiles, (file) => [file, fileStamp(file)] as const)]);
  let reported = check();
  let seen = reported;
  const timer = setInterval(() => {
    const now = check();
    const isStable = isEqual(now, seen);
    seen = now;
    if (!isStable || isEqual(now, reported)) return;
    reported = now;
    onChange();
  }, intervalMs);
  timer.unref();
  return {
    stop: () => clearInterval(timer),
    unwatchCsvFiles: () => {
      for (const file of csvFiles) for (const stamps of [reported, seen]) stamps.delete(file);
      csvFiles.clear();
    },
    watchCsvFile: (file) => {
      csvFiles.add(file);
      for (const stamps of [reported, seen]) stamps.set(file, fileStamp(file));
    },
  };
}

/** The stamps of CSV files by their names, and that of the watched path by an empty name. */
type Stamps = Map<string, string>;

function isEqual(stamps: Stamps, others: Stamps): boolean {
  return stamps.size === others.size && [...stamps].every(([name, stamp]) => others.get(name) === stamp);
}

/** Names, times, sizes and inodes of the files; that a file cannot be read is a part of it, too. */
function fingerprint(path: string): string {
  try {
    if (!statSync(path).isDirectory()) return fileStamp(path);
    return listFixtureFiles(readdirSync(path))
      .map((name) => `${name} ${fileStamp(join(path, name))}`)
      .join('\n');
  } catch (error) {
    return String(error);
  }
}

function fileStamp(file: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(file, { bigint: true });
    return `${String(mtimeNs)} ${String(size)} ${String(ino)}`;
  } catch (error) {
    return String(error);
  }
}
