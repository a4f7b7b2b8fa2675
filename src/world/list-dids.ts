import type { Did } from '../mor/model.ts';
import { attributesIn, clipToIds, countIn, didAt, firstIdIn, numberAt, type DidAttributes, type DidEntry } from './did-range.ts';
import type { DidMark, DidOverlay } from './did-overlay.ts';

/** Which DIDs a list has; every condition that is given must hold. It is asked once for a range. */
export interface EntryFilter {
  readonly attributes?: ((attributes: DidAttributes) => boolean) | undefined;
  /** True: only what calls made. False: only the rest. */
  readonly created?: boolean | undefined;
  /** True: only what calls updated and no call made. False: only the rest. */
  readonly changed?: boolean | undefined;
  /** Only what differs from the fixtures in this way. */
  readonly mark?: DidMark | undefined;
}

/**
 * The DIDs that a filter leaves, in the order of ids, ranges unexpanded: one that lost or changed numbers comes in parts.
 * The overlay must not change while the list is read.
 */
export function* listEntries(dids: DidOverlay, { attributes, created, changed, mark }: EntryFilter = {}): Generator<DidEntry> {
  const { didEntries } = dids.fixtures;
  const fits = (entry: DidEntry): boolean => attributes === undefined || attributes(attributesIn(entry));
  const fitsMaker = (id: number): boolean =>
    (created === undefined || created === dids.isCreated(id)) &&
    (changed === undefined || changed === dids.isChanged(id)) &&
    (mark === undefined || mark === dids.getMark(id));
  // What the fixtures have differs in no way.
  let index = created === true || changed === true || mark !== undefined ? didEntries.length : 0;
  let from = 0;
  for (const id of [...dids.changedIds(), Infinity]) {
    for (let entry = didEntries[index]; entry !== undefined && firstIdIn(entry) < id; entry = didEntries[++index]) {
      const part = clipToIds(entry, from, id);
      if (part !== undefined && fits(part)) yield part;
      // The rest of a range comes behind what was changed in it.
      if (firstIdIn(entry) + countIn(entry) > id) break;
    }
    const did = dids.findAddedOrUpdated(id);
    if (did !== undefined && fitsMaker(id) && fits(did)) yield did;
    from = id + 1;
  }
}

/** Whether a list has a number. */
export type NumberTest = (number: string) => boolean;

/** Each DID of a list, or those whose number is wanted. Ranges are expanded one number at a time, so that a list of any length takes no more memory than a short one. */
export function* expandEntries(entries: Iterable<DidEntry>, isWanted?: NumberTest): Generator<Did> {
  for (const entry of entries)
    for (let i = 0; i < countIn(entry); i++) if (isWanted === undefined || isWanted(numberAt(entry, i))) yield didAt(entry, i);
}

/** How many DIDs of a list have a number that is wanted. */
export function countNumbers(entries: Iterable<DidEntry>, isWanted: NumberTest): number {
  let count = 0;
  for (const entry of entries) for (let i = 0; i < countIn(entry); i++) if (isWanted(numberAt(entry, i))) count += 1;
  return count;
}

/** How many DIDs a list has. */
export function countEntries(entries: Iterable<DidEntry>): number {
  let count = 0;
  for (const entry of entries) count += countIn(entry);
  return count;
}

/** At most `limit` DIDs of a list, without the first `offset` ones. Of a range only what is on the page is made. */
export function takePage(entries: Iterable<DidEntry>, offset: number, limit: number): readonly Did[] {
  const page: Did[] = [];
  if (limit <= 0) return page;
  let skip = offset;
  for (const entry of entries) {
    const end = Math.min(countIn(entry), skip + limit - page.length);
    for (let i = skip; i < end; i++) page.push(didAt(entry, i));
    if (page.length >= limit) break;
    skip = Math.max(0, skip - countIn(entry));
  }
  return page;
}
