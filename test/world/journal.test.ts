import { Journal, type Arrival, type JournalEntry, type SentParams } from '../../src/world/journal.ts';

const ARRIVAL: Arrival = { at: 0, method: 'POST', path: '/billing/api/did_create', call: 'did_create', rawHeaders: [] };

const numbers = (journal: Journal): readonly number[] => journal.entries.map(({ number }) => number);

/** So many parameters, whose names and texts have so many characters together. */
const sized = (count: number, characters: number): SentParams => ({ count, characters, list: () => [], params: () => new Map() });

it('keeps the newest entries, and tells how many it dropped', () => {
  const journal = new Journal({ entries: 3, bytes: 1e6 });
  for (let i = 0; i < 5; i++) journal.open(ARRIVAL);
  expect([numbers(journal), journal.dropped]).toEqual([[3, 4, 5], 2]);
});

it.each([
  ['entries', { entries: 0, bytes: 1e6 }],
  ['bytes', { entries: 100, bytes: 0 }],
])('a limit of no %s keeps none, and numbers go on', (_, limits) => {
  const journal = new Journal(limits);
  const first = journal.open(ARRIVAL);
  const second = journal.open(ARRIVAL);
  journal.update(first, { state: 'completed', status: 200 });
  expect([numbers(journal), journal.bytes, first.number, second.number]).toEqual([[], 0, 1, 2]);
});

it('a flood of 1 MB parameters stays within its bytes', () => {
  const journal = new Journal({ entries: 1000, bytes: 5_000_000 });
  for (let i = 0; i < 50; i++) {
    journal.update(journal.open(ARRIVAL), { sent: sized(1, 1_000_007) });
    expect(journal.bytes).toBeLessThanOrEqual(5_000_000);
  }
  expect(numbers(journal)).toEqual([50]);
  expect(journal.dropped).toBe(49);
});

it('a flood of tiny parameters stays within its bytes, too', () => {
  const journal = new Journal({ entries: 1000, bytes: 5_000_000 });
  for (let i = 0; i < 20; i++) {
    journal.update(journal.open(ARRIVAL), { sent: sized(10_000, 10_000) });
  }
  // 10,000 parameters take 3 MB by themselves: there is room for one such request.
  expect([numbers(journal), journal.dropped]).toEqual([[20], 19]);
});

it('one entry larger than all the room is dropped itself', () => {
  const journal = new Journal({ entries: 10, bytes: 10_000 });
  journal.update(journal.open(ARRIVAL), { sent: sized(1, 1_000_007) });
  expect([numbers(journal), journal.bytes, journal.dropped]).toEqual([[], 0, 1]);
});

it('what becomes known of a dropped, deleted or cleared entry is not kept', () => {
  const journal = new Journal({ entries: 1, bytes: 1e6 });
  const dropped = journal.open(ARRIVAL);
  const deleted = journal.open(ARRIVAL);
  journal.delete(deleted);
  const cleared = journal.open(ARRIVAL);
  journal.clear();
  const after = journal.open(ARRIVAL);
  for (const entry of [dropped, deleted, cleared]) journal.update(entry, { state: 'completed', body: 'late' });
  expect(journal.entries).toEqual([after]);
  expect([after.number, after.state, journal.bytes]).toEqual([1, 'pending', after.bytes]);
});

it('headers take room by what is kept of them', () => {
  const journal = new Journal({ entries: 10, bytes: 1e6 });
  const plain = journal.open(ARRIVAL);
  const headed = journal.open({ ...ARRIVAL, rawHeaders: ['Content-Type', 'x'.repeat(88)] });
  // Two texts of 32 bytes and two a character.
  expect(headed.bytes - plain.bytes).toBe(264);
  journal.update(headed, { status: 200 });
  expect(journal.bytes).toBe(plain.bytes + headed.bytes);
});

it('a flood of large headers stays within its bytes', () => {
  const journal = new Journal({ entries: 1000, bytes: 100_000 });
  for (let i = 0; i < 50; i++) journal.open({ ...ARRIVAL, rawHeaders: ['X-Large', 'x'.repeat(15_000)] });
  expect([numbers(journal), journal.dropped]).toEqual([[48, 49, 50], 47]);
});

it('an entry is found by its number, among dropped and deleted ones', () => {
  const journal = new Journal({ entries: 5, bytes: 1e6 });
  const all = Array.from({ length: 8 }, () => journal.open(ARRIVAL));
  journal.delete(all[5] as JournalEntry);
  expect([numbers(journal), journal.size]).toEqual([[4, 5, 7, 8], 4]);
  expect([0, 3, 4, 5, 6, 7, 8, 9].map((number) => journal.entry(number)?.number)).toEqual([undefined, undefined, 4, 5, undefined, 7, 8, undefined]); // prettier-ignore
  journal.delete(all[5] as JournalEntry);
  expect([journal.size, journal.bytes]).toEqual([4, 4 * (all[0]?.bytes ?? 0)]);
});

it('a cleared journal counts from 1 again, in another generation', () => {
  const journal = new Journal({ entries: 1, bytes: 1e6 });
  journal.open(ARRIVAL);
  journal.open(ARRIVAL);
  const { generation } = journal;
  journal.clear();
  expect([journal.dropped, journal.size, journal.bytes, journal.open(ARRIVAL).number]).toEqual([0, 0, 0, 1]);
  expect(journal.generation).toBeGreaterThan(generation);
});

it('every change wakes its subscribers until they end it', () => {
  const journal = new Journal({ entries: 1, bytes: 1e6 });
  const wake = jest.fn();
  const unsubscribe = journal.subscribe(wake);
  const entry = journal.open(ARRIVAL);
  journal.update(entry, { state: 'completed' });
  journal.changed(entry);
  expect(wake).toHaveBeenCalledTimes(3);
  unsubscribe();
  journal.open(ARRIVAL);
  expect(wake).toHaveBeenCalledTimes(3);
});
