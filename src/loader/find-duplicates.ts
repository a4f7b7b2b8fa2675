import { quote } from '../mor/quote.ts';
import { countNumbers, getNumberSpan, type DidEntry } from './did-entry.ts';
import type { IssueCollector } from './issues.ts';

/** Adds an issue for every value of a field that an earlier record has, too. */
export function reportDuplicates<Field extends string>(
  records: readonly { readonly [Name in Field]?: string | number | undefined }[],
  field: Field,
  issues: IssueCollector,
): void {
  const firsts = new Map<string | number, object>();
  for (const record of records) {
    const value = record[field];
    if (value === undefined) continue;
    const first = firsts.get(value);
    if (first === undefined) firsts.set(value, record);
    else {
      const words = typeof value === 'string' ? quote(value) : String(value);
      issues.addToField(record, field, () => `${words} is there already, at ${issues.formatLocation(first, field)}.`);
    }
  }
}

/** Adds an issue for every number that two entries have. */
export function reportDuplicateNumbers(entries: readonly DidEntry[], issues: IssueCollector): void {
  if (areDifferent(entries, toNumberKey)) return;
  const field = ({ did }: DidEntry): string => (did === undefined ? 'from' : 'did');
  // Numbers of one length are in the order of their texts, and no block has two lengths.
  const compare = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  const isDigits = (number: string): boolean => /^[0-9]+$/.test(number);
  for (const { first, second, from, to } of findOverlaps(entries, getNumberSpan, compare, isDigits)) {
    issues.addToField(second, field(second), () => {
      const shared = from === to ? `the number ${quote(from)} is` : `the numbers ${quote(from)} to ${quote(to)} are`;
      return `${shared} there already, at ${issues.formatLocation(first, field(first))}.`;
    });
  }
}

/** Adds an issue for every written id that two entries have. */
export function reportDuplicateIds(entries: readonly DidEntry[], issues: IssueCollector): void {
  if (areDifferent(entries, toIdKey)) return;
  const idSpan = (entry: DidEntry): readonly [number, number] | undefined => {
    const count = countNumbers(entry);
    return entry.id && count > 0 ? [entry.id, entry.id + count - 1] : undefined;
  };
  for (const { first, second, from, to } of findOverlaps(entries, idSpan, (a, b) => a - b)) {
    issues.addToField(second, 'id', () => {
      const shared = from === to ? `the id ${String(from)} is` : `the ids ${String(from)} to ${String(to)} are`;
      return `${shared} there already, at ${issues.formatLocation(first, 'id')}.`;
    });
  }
}

/** What two entries both have. `second` was written later. */
interface Overlap<Bound> {
  readonly first: DidEntry;
  readonly second: DidEntry;
  readonly from: Bound;
  readonly to: Bound;
}

interface Block<Bound> {
  readonly index: number;
  readonly from: Bound;
  readonly to: Bound;
}

/**
 * Finds entries that overlap: equal single values, and blocks with what is in them, by their ends only. It does not find every pair of
 * many, but each entry that overlaps another one, and of equal single values all but the first.
 */
function* findOverlaps<Bound extends string | number>(
  entries: readonly DidEntry[],
  toSpan: (entry: DidEntry) => readonly [Bound, Bound] | undefined,
  compare: (a: Bound, b: Bound) => number,
  canBeInBlock = (_single: Bound): boolean => true,
): Generator<Overlap<Bound>> {
  const overlap = (a: number, b: number, from: Bound, to: Bound): Overlap<Bound> => {
    const [first, second] = [entries[Math.min(a, b)], entries[Math.max(a, b)]] as [DidEntry, DidEntry];
    return { first, second, from, to };
  };
  const singles = new Map<Bound, number>();
  const blocks: Block<Bound>[] = [];
  for (const [index, entry] of entries.entries()) {
    const span = toSpan(entry);
    if (span === undefined) continue;
    const [from, to] = span;
    const before = singles.get(from);
    if (from !== to) blocks.push({ index, from, to });
    else if (before === undefined) singles.set(from, index);
    else yield overlap(before, index, from, to);
  }
  if (blocks.length === 0) return;
  blocks.sort((a, b) => compare(a.from, b.from));
  /** Of the blocks up to each, the one that ends last. */
  const furthest: Block<Bound>[] = [];
  for (const [i, block] of blocks.entries()) {
    const before = furthest[i - 1];
    for (const other of new Set([before, blocks[i - 1]])) {
      if (other === undefined || compare(other.to, block.from) < 0) continue;
      yield overlap(other.index, block.index, block.from, compare(other.to, block.to) < 0 ? other.to : block.to);
    }
    furthest.push(before !== undefined && compare(before.to, block.to) >= 0 ? before : block);
  }
  for (const [index, entry] of entries.entries()) {
    const [single, last] = toSpan(entry) ?? [];
    if (single === undefined || single !== last || !canBeInBlock(single)) continue;
    const i = countUpTo(blocks, ({ from }) => compare(from, single) <= 0) - 1;
    for (const block of new Set([furthest[i], blocks[i]])) {
      if (block !== undefined && compare(block.to, single) >= 0) yield overlap(block.index, index, single, single);
    }
  }
}

/** Whether every key is a number, and all are different. It takes a tenth of the time that looking for duplicates does. */
function areDifferent(entries: readonly DidEntry[], toKey: (entry: DidEntry) => number): boolean {
  const keys = new Float64Array(entries.length);
  for (const [i, entry] of entries.entries()) {
    keys[i] = toKey(entry);
    if (Number.isNaN(keys[i])) return false;
  }
  return keys.sort().every((key, i) => i === 0 || key !== keys[i - 1]);
}

/** Different for different numbers of up to 14 digits, NaN for others and for blocks. */
function toNumberKey({ did, from }: DidEntry): number {
  // With a 1 in front leading zeros count; up to 16 digits a number is exact.
  return from === undefined && did !== undefined && /^[0-9]{1,14}$/.test(did) ? Number(`1${did}`) : NaN;
}

/** The id; NaN if there is none, and for blocks. */
function toIdKey({ id, from, to }: DidEntry): number {
  return id && from === undefined && to === undefined ? id : NaN;
}

/** How many of some sorted items fit, all of them at the start. */
function countUpTo<T>(items: readonly T[], fits: (item: T) => boolean): number {
  let [start, end] = [0, items.length];
  while (start < end) {
    const middle = (start + end) >>> 1;
    if (fits(items[middle] as T)) start = middle + 1;
    else end = middle;
  }
  return start;
}
