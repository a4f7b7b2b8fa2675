import { findHeapOverflow } from '../../src/loader/heap-limit.ts';
import { parseFixtures } from '../../src/loader/load.ts';
import { issueLines } from './issue-lines.ts';

const row = '  - { did: 5, provider_id: 1 }\n';

test.each<[title: string, text: string, heapBytes: number, location: [number, number] | undefined]>([
  ['as many as fit', row.repeat(20), 200_000, undefined],
  ['one more', row.repeat(20), 198_000, [20, row.length]],
  ['much text, few values', `a: ${'x'.repeat(1000)}`, 4000, undefined],
  ['empty lists', '[],'.repeat(10), 20_000, [1, 16]],
  ['a small text, whatever is in it', ',,,,', 8000, undefined],
])('%s', (_, text, heapBytes, location) => {
  const max = String(heapBytes / 2000);
  expect(findHeapOverflow(text, heapBytes)).toEqual(
    location === undefined
      ? undefined
      : {
          location: { line: location[0], column: location[1] },
          message: `Stopped here: the YAML has more than ${max} values and keys, the most that fit into this process's heap. Write consecutive numbers as blocks, or list them in a CSV file that dids_from names.`,
        },
  );
});

test('is reported with its line, and nothing is read', () => {
  const text = `users: []\ndids: [${'[],'.repeat(5_500_000)}]`;
  expect(issueLines(() => parseFixtures(text))).toEqual([
    expect.stringMatching(/^body:2:\d+ Stopped here: the YAML has more than \d+ values and keys, /),
  ]);
});
