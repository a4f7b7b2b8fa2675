import { DidColumns } from '../../src/world/did-columns.ts';
import { KindCounts } from '../../src/world/kind-counts.ts';
import { TRAITS } from '../support/records.ts';

/** Runs of one, two and three numbers in turn, of as many kinds as are asked for, a hundred runs of each after the other. */
function columnsOf(runs: number, kinds: number): DidColumns {
  const columns = new DidColumns(runs);
  const places = Array.from({ length: kinds }, (_, i) => columns.traitsPlace({ ...TRAITS, comment: String(i) }));
  for (let run = 0; run < runs; run++) columns.push(10 * run, 1 + (run % 3), places[Math.floor(run / 100) % kinds] as number);
  return columns;
}

test('4096 runs each are counted together, what is left over is not', () => {
  const columns = columnsOf(3 * 4096 + 5, 3);
  const counts = new KindCounts(columns);
  expect([0, 1, 4095, 4096, 8192, 3 * 4096].map((run) => counts.endOfStretch(run))).toEqual([
    4096,
    undefined,
    undefined,
    8192,
    12_288,
    undefined,
  ]);
  for (const wanted of [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 1],
    [1, 1, 1],
  ]) {
    for (const start of [0, 4096, 8192]) {
      const runs = Array.from({ length: 4096 }, (_, i) => start + i).filter((run) => wanted[columns.traitsPlaceAt(run)] === 1);
      expect(counts.count(start, Uint8Array.from(wanted))).toBe(runs.reduce((sum, run) => sum + columns.countAt(run), 0));
    }
  }
});

test('nothing is counted where there would be more than a million counts', () => {
  const counts = new KindCounts(columnsOf(16 * 4096, 62_501));
  expect([counts.endOfStretch(0), new KindCounts(columnsOf(16 * 4096, 62_500)).endOfStretch(0)]).toEqual([undefined, 4096]);
});
