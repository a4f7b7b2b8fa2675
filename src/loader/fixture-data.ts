/** What the loader hands over: records that were checked, with every default filled in and every id given. */
import type { Did, Provider, Settings, User } from '../mor/model.ts';
import type { WorldRecords } from '../world/base.ts';
import { DidColumns } from '../world/did-columns.ts';
import { countOf } from '../world/did-records.ts';

/** What a DID has besides its number and id. */
export type DidAttributes = Omit<Did, 'id' | 'did'>;

/** Consecutive numbers of one length with consecutive ids. It is never expanded. */
export interface DidRange {
  readonly firstId: number;
  /** Digits. */
  readonly firstNumber: string;
  readonly count: number;
  readonly attributes: DidAttributes;
}

/** The content of fixtures. */
export interface FixtureData {
  readonly settings: Settings;
  /** The id of the first DID that is created. Default: the highest id + 1. */
  readonly next_did_id?: number | undefined;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  /** Single DIDs, in the order they were written. */
  readonly dids: readonly Did[];
  readonly ranges: readonly DidRange[];
}

/** The same DIDs as the store of today takes them up. To be removed with it. */
export function toColumns({ dids, ranges }: FixtureData): DidColumns {
  const columns = new DidColumns(dids.length + ranges.length);
  for (const did of dids) columns.add(did);
  for (const { firstId, firstNumber, count, attributes } of ranges) {
    columns.add({ id: firstId, from: firstNumber, to: numberAt(firstNumber, count - 1), ...attributes });
  }
  return columns;
}

/** Records of the store of today, all with ids, as the loader hands them over. To be removed with it. */
export function toFixtureData({ dids: entries, columns: _, ...rest }: WorldRecords): FixtureData {
  const dids: Did[] = [];
  const ranges: DidRange[] = [];
  for (const { id = 0, ...entry } of entries) {
    if ('did' in entry) dids.push({ id, ...entry });
    else {
      const { from, to, ...attributes } = entry;
      ranges.push({ firstId: id, firstNumber: from, count: countOf({ id, ...entry }), attributes });
    }
  }
  return { ...rest, dids, ranges };
}

/** The number at an index of a range, counted from 0. */
export function numberAt(firstNumber: string, index: number): string {
  return String(BigInt(firstNumber) + BigInt(index)).padStart(firstNumber.length, '0');
}
