/** The rows of the request list: how those that arrive are merged, so that what a person reads does not move. */
import type { RequestKind, RequestRow } from './answers.ts';

/** How many rows the list shows at first, and gets more by "older". */
export const PAGE_ROWS = 200;

/** What the list shows, and what waits to be shown. Both newest first. */
export interface RowList {
  readonly shown: readonly RequestRow[];
  /** Requests that arrived while the list must not move. At most `PAGE_ROWS` are kept. */
  readonly waiting: readonly RequestRow[];
  /** How many arrived while the list must not move. */
  readonly waitingCount: number;
}

/** A list without rows. */
export const NO_ROWS: RowList = { shown: [], waiting: [], waitingCount: 0 };

/** A list of a page of the journal, which comes oldest first. */
export function listRows(page: readonly RequestRow[]): RowList {
  return { ...NO_ROWS, shown: [...page].reverse() };
}

/**
 * Merges rows that arrived, in any order. Those that are shown change in their places. New ones go to the top, or wait if the list is held.
 * `max` is how many stay shown while the list follows; what is older falls off its end.
 */
export function mergeRows(list: RowList, arrived: readonly RequestRow[], isHeld: boolean, max: number = PAGE_ROWS): RowList {
  const latest = new Map<number, RequestRow>();
  for (const row of arrived) latest.set(row.id, chooseLater(latest.get(row.id), row));
  const replace = (rows: readonly RequestRow[]): readonly RequestRow[] =>
    rows.some(({ id }) => latest.has(id)) ? rows.map((row) => chooseLater(row, latest.get(row.id) ?? row)) : rows;
  const shown = replace(list.shown);
  const waiting = replace(list.waiting);
  const newest = Math.max(0, list.shown[0]?.id ?? 0, list.waiting[0]?.id ?? 0);
  const added = [...latest.values()].filter(({ id }) => id > newest).sort((a, b) => b.id - a.id);
  if (isHeld) return { shown, waiting: [...added, ...waiting].slice(0, PAGE_ROWS), waitingCount: list.waitingCount + added.length };
  return { shown: [...added, ...waiting, ...shown].slice(0, Math.max(max, PAGE_ROWS)), waiting: [], waitingCount: 0 };
}

/** Shows what waits. `isGap` is true if more waited than were kept, so that the list must be read again. */
export function showWaiting(list: RowList): { list: RowList; isGap: boolean } {
  const isGap = list.waitingCount > list.waiting.length;
  return { list: { shown: [...list.waiting, ...list.shown], waiting: [], waitingCount: 0 }, isGap };
}

/** Adds a page of older requests, which comes oldest first. */
export function addOlder(list: RowList, page: readonly RequestRow[]): RowList {
  const oldest = list.shown.at(-1)?.id ?? Infinity;
  return { ...list, shown: [...list.shown, ...page.filter(({ id }) => id < oldest).reverse()] };
}

/** A finished request is never replaced by an event from before its end. */
function chooseLater(known: RequestRow | undefined, arrived: RequestRow): RequestRow {
  return known !== undefined && known.state !== 'pending' && arrived.state === 'pending' ? known : arrived;
}

const KIND_WORDS: Readonly<Record<RequestKind, string>> = { ok: 'OK', refused: 'Refused', fault: 'Fault', other: 'Other' };

/** What a kind is called in the list. */
export function formatKind(kind: RequestKind): string {
  return KIND_WORDS[kind];
}

/** `0.4 ms`, `15 ms`, `2.5 s`; a dash while there is no duration. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1,234 requests`, `1 request`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
