import { MAX_ID, type Did } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import type { DidAttributes, DidRange } from '../world/did-range.ts';
import type { IssueCollector } from './issues.ts';

/** A single DID or a block, with the fields that could be read. An id of 0 and an empty number count as left out. */
export type DidEntry = { -readonly [Key in keyof Did]?: Did[Key] } & {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** How many numbers it has; 0 for a block without two proper ends. */
export function countNumbers({ from, to }: DidEntry): number {
  if (from === undefined && to === undefined) return 1;
  if (from === undefined || to === undefined || from.length !== to.length || to < from) return 0;
  const count = BigInt(to) - BigInt(from) + 1n;
  return count > MAX_ID ? 0 : Number(count);
}

/** The first and the last number; undefined if they could not be read. */
export function getNumberSpan(entry: DidEntry): readonly [first: string, last: string] | undefined {
  const { did, from, to } = entry;
  if (from === undefined || to === undefined) return did === undefined || did === '' ? undefined : [did, did];
  return countNumbers(entry) > 0 ? [from, to] : undefined;
}

/** Adds what is wrong with the ends of a block. */
export function checkBlock(entry: DidEntry, issues: IssueCollector): void {
  const { from, to } = entry;
  if (from === undefined || to === undefined || countNumbers(entry) > 0) return;
  const wrong =
    from.length !== to.length
      ? `must have as many digits as "from": ${String(from.length)}, not ${String(to.length)}.`
      : to < from
        ? `must not be below "from": ${quote(to)} is below ${quote(from)}.`
        : `a block holds at most ${String(MAX_ID)} numbers, for each has an id.`;
  issues.addToField(entry, 'to', wrong);
}

/** Each entry with its first id. Those without one get theirs in their order, behind the highest that is written. */
export function* assignIds(entries: readonly DidEntry[]): Generator<{
  readonly entry: DidEntry;
  readonly firstId: number;
  readonly count: number;
  readonly isGiven: boolean;
}> {
  let free = 1;
  for (const entry of entries) if (entry.id) free = Math.max(free, entry.id + countNumbers(entry));
  for (const entry of entries) {
    const count = countNumbers(entry);
    const isGiven = !entry.id;
    const firstId = entry.id || free;
    // The caller may set the id.
    if (isGiven) free += count;
    yield { entry, firstId, count, isGiven };
  }
}

/** The entries as records, once nothing is wrong with them. */
export function toRecords(entries: readonly DidEntry[]): {
  readonly dids: readonly Did[];
  readonly ranges: readonly DidRange[];
} {
  const dids: Did[] = [];
  const ranges: DidRange[] = [];
  for (const { entry, firstId, count } of assignIds(entries)) {
    const { from } = entry;
    if (from === undefined) {
      // No copy: there may be a million of them.
      entry.id = firstId;
      dids.push(entry as Did);
      continue;
    }
    const { id: _, from: __, to: ___, ...attributes } = entry;
    ranges.push({ firstId, firstNumber: from, count, attributes: attributes as DidAttributes });
  }
  return { dids, ranges };
}
