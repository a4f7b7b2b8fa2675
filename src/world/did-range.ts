import type { Did } from '../mor/model.ts';

/** All that the numbers of a range share. */
export type DidAttributes = Omit<Did, 'id' | 'did'>;

/** Consecutive numbers of one length with consecutive ids. A range is never expanded, whatever its size. */
export interface DidRange {
  readonly firstId: number;
  /** Digits. */
  readonly firstNumber: string;
  /** How many numbers it has. */
  readonly count: number;
  readonly attributes: DidAttributes;
}

/** An entry of fixtures or of a list: a single DID or a range. */
export type DidEntry = Did | DidRange;

/** Up to this length a number is counted exactly by JavaScript's numbers. */
const MAX_EXACT_DIGITS = 15;

/** Whether an entry is a range. */
export function isRange(entry: DidEntry): entry is DidRange {
  return 'firstNumber' in entry;
}

/** The lowest id of an entry. */
export function firstIdIn(entry: DidEntry): number {
  return isRange(entry) ? entry.firstId : entry.id;
}

/** How many DIDs an entry has. */
export function countIn(entry: DidEntry): number {
  return isRange(entry) ? entry.count : 1;
}

/** What an entry says of each of its DIDs but the number and the id. */
export function attributesIn(entry: DidEntry): DidAttributes {
  return isRange(entry) ? entry.attributes : entry;
}

/** The number at an index of an entry, counted from 0. */
export function numberAt(entry: DidEntry, index: number): string {
  if (!isRange(entry)) return entry.did;
  const { firstNumber } = entry;
  const { length } = firstNumber;
  const sum = length <= MAX_EXACT_DIGITS ? Number(firstNumber) + index : BigInt(firstNumber) + BigInt(index);
  return String(sum).padStart(length, '0');
}

/** The DID at an index of an entry, counted from 0. */
export function didAt(entry: DidEntry, index: number): Did {
  return isRange(entry) ? { id: entry.firstId + index, did: numberAt(entry, index), ...entry.attributes } : entry;
}

/** The index of a number in a range; undefined if it is not in there. */
export function indexInRange({ firstNumber, count }: DidRange, number: string): number | undefined {
  if (number.length !== firstNumber.length || !/^[0-9]+$/.test(number)) return undefined;
  const index = Number(BigInt(number) - BigInt(firstNumber));
  return index >= 0 && index < count ? index : undefined;
}

/** The part of an entry with ids from `from` to before `end`; undefined if there is none. */
export function clipToIds(entry: DidEntry, from: number, end: number): DidEntry | undefined {
  const firstId = firstIdIn(entry);
  const skipped = Math.max(0, from - firstId);
  const count = Math.min(countIn(entry), end - firstId) - skipped;
  if (count <= 0) return undefined;
  if (count === countIn(entry)) return entry;
  return count === 1
    ? didAt(entry, skipped)
    : { firstId: firstId + skipped, firstNumber: numberAt(entry, skipped), count, attributes: attributesIn(entry) };
}

/** Single DIDs and ranges apart, each in the order given. */
export function splitEntries(entries: readonly DidEntry[]): { readonly dids: readonly Did[]; readonly ranges: readonly DidRange[] } {
  return { dids: entries.filter((entry): entry is Did => !isRange(entry)), ranges: entries.filter(isRange) };
}

/** When a DID becomes free by itself, in Unix seconds; Infinity for one that does not. */
export function getClosingEnd({ status, closed_till = Infinity }: DidAttributes): number {
  return status === 'closed' ? closed_till : Infinity;
}
