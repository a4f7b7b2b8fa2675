/** How rows that arrive are merged into the list of requests. */
import type { RequestRow } from '../../src/dashboard/answers.ts';
import {
  addOlder,
  formatCount,
  formatDuration,
  listRows,
  mergeRows,
  NO_ROWS,
  PAGE_ROWS,
  showWaiting,
  type RowList,
} from '../../src/dashboard/rows.ts';

const row = (id: number, state: RequestRow['state'] = 'completed', outcome: string | null = 'DID created'): RequestRow => ({
  ...{ id, request_id: String(id), at: '2026-12-01T00:00:00.000Z', state, method: 'POST', call: 'did_create', caller: null, u: null },
  ...{ subject: null, outcome, kind: 'ok', fault: null, reason: null, status: 200, duration_ms: 1, sandbox: null },
});

const ids = ({ shown }: RowList): readonly number[] => shown.map(({ id }) => id);

const range = (from: number, to: number): RequestRow[] => Array.from({ length: to - from + 1 }, (_, index) => row(from + index));

it('shows a page with the newest first', () => {
  expect(ids(listRows(range(1, 3)))).toEqual([3, 2, 1]);
});

it('puts new rows on top, in the order of their ids', () => {
  expect(ids(mergeRows(listRows(range(1, 2)), [row(4), row(3)], false))).toEqual([4, 3, 2, 1]);
});

it('changes a row in its place', () => {
  const list = mergeRows(listRows([row(1, 'pending', null), row(2)]), [row(1)], true);
  expect(list).toEqual({ shown: [row(2), row(1)], waiting: [], waitingCount: 0 });
});

it('does not take a finished request for pending again', () => {
  const list = mergeRows(listRows([row(1)]), [row(1, 'pending', null)], false);
  expect(list.shown).toEqual([row(1)]);
});

it('adds no row to a list that is held, but counts it once', () => {
  const once = mergeRows(listRows(range(1, 2)), [row(3, 'pending', null), row(4)], true);
  const twice = mergeRows(once, [row(3), row(4)], true);
  expect(ids(twice)).toEqual([2, 1]);
  expect(twice.waitingCount).toBe(2);
  expect(twice.waiting).toEqual([row(4), row(3)]);
});

it('shows what waited', () => {
  const { list, isGap } = showWaiting(mergeRows(listRows(range(1, 2)), range(3, 5), true));
  expect(ids(list)).toEqual([5, 4, 3, 2, 1]);
  expect([list.waitingCount, isGap]).toEqual([0, false]);
});

it('keeps no more than a page waiting, and reports the gap', () => {
  const list = mergeRows(listRows([row(1)]), range(2, PAGE_ROWS + 101), true);
  expect([list.waiting.length, list.waitingCount, list.waiting[0]?.id]).toEqual([PAGE_ROWS, PAGE_ROWS + 100, PAGE_ROWS + 101]);
  expect(showWaiting(list).isGap).toBe(true);
});

it('keeps as many rows as were shown while it follows', () => {
  const list = mergeRows(listRows(range(1, PAGE_ROWS)), range(PAGE_ROWS + 1, PAGE_ROWS + 10), false);
  expect([list.shown.length, list.shown[0]?.id, list.shown.at(-1)?.id]).toEqual([PAGE_ROWS, PAGE_ROWS + 10, 11]);
});

it('adds older rows below, each once', () => {
  expect(ids(addOlder(listRows(range(5, 6)), range(3, 5)))).toEqual([6, 5, 4, 3]);
  expect(ids(addOlder(NO_ROWS, range(1, 2)))).toEqual([2, 1]);
});

it.each([
  [null, '–'],
  [0.44, '0.4 ms'],
  [15.4, '15 ms'],
  [2500, '2.5 s'],
])('formats %p as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('counts in words', () => {
  expect([formatCount(1, 'request'), formatCount(1234, 'request')]).toEqual(['1 request', '1,234 requests']);
});
