import { keepHeaders, MAX_HEADER_CHARACTERS, MAX_HEADERS } from '../../src/world/sent-headers.ts';

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => [`h${String(i)}`, 'x']).flat();

test('headers within the limits are kept as they are, without a copy', () => {
  const raw = numbered(MAX_HEADERS);
  const kept = keepHeaders(raw);
  expect(kept).toEqual({ headers: raw, headerCharacters: 390, droppedHeaders: 0 });
  expect(kept.headers).toBe(raw);
  expect(keepHeaders([])).toEqual({ headers: [], headerCharacters: 0, droppedHeaders: 0 });
});

test('of more than a hundred the first are kept', () => {
  const raw = numbered(MAX_HEADERS + 3);
  expect(keepHeaders(raw)).toEqual({ headers: raw.slice(0, 2 * MAX_HEADERS), headerCharacters: 390, droppedHeaders: 3 });
});

test('one that does not fit is left out in full, those behind it are kept', () => {
  const large = 'x'.repeat(MAX_HEADER_CHARACTERS - 3);
  expect(keepHeaders(['a', 'b', 'c', `${large}y`, 'd', 'e'])).toEqual({
    headers: ['a', 'b', 'd', 'e'],
    headerCharacters: 4,
    droppedHeaders: 1,
  });
  expect(keepHeaders(['a', 'b', 'c', large, 'd', 'e'])).toEqual({
    headers: ['a', 'b', 'c', large],
    headerCharacters: MAX_HEADER_CHARACTERS,
    droppedHeaders: 1,
  });
});
