import type { Did } from '../mor/model.ts';

/** What all numbers of a block share. */
export type DidTraits = Omit<Did, 'id' | 'did'>;

/** A DID as written: its id may be left to the base. */
export interface DidRow extends DidTraits {
  readonly id?: number | undefined;
  readonly did: string;
}

/** A block of consecutive numbers of one length, `from` and `to` included. Its ids follow each other. */
export interface DidBlock extends DidTraits {
  /** Id of the first number. */
  readonly id?: number | undefined;
  readonly from: string;
  readonly to: string;
}

/** Consecutive numbers with consecutive ids: a block, or a single number as a block of one. */
export interface DidRun {
  readonly firstId: number;
  readonly count: number;
  /** The first number: digits, unless the run holds just this one. */
  readonly from: string;
  readonly traits: DidTraits;
}

/** How many numbers an entry holds. A block's `from` and `to` are digits of one length, `from` not above `to`. */
export function countOf(entry: DidRow | DidBlock): number {
  return 'from' in entry ? Number(BigInt(entry.to) - BigInt(entry.from)) + 1 : 1;
}

/** The number that stands at a place of a run, counted from 0. */
export function numberInRun(from: string, place: number): string {
  return place === 0 ? from : String(BigInt(from) + BigInt(place)).padStart(from.length, '0');
}

/** The DID that stands at a place of a run, counted from 0. */
export function didOfRun(run: DidRun, place: number): Did {
  return { id: run.firstId + place, did: numberInRun(run.from, place), ...run.traits };
}
