import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One figure as the bench writes it. */
interface Row {
  readonly figure: string;
  readonly server: string;
  readonly median: number;
}

const BENCH = join(__dirname, '..', '..', 'bench', 'run.mjs');
const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-bench-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

// Also proves that the reference servers answer what the mock answers: the bench refuses to compare what does not.
test('every figure of the bench is measured', async () => {
  const file = join(folder, 'rows.json');
  await run(process.execPath, [BENCH, '--smoke', '--json', file]);
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { readonly rows: readonly Row[] };
  expect(rows.filter(({ median }) => !Number.isFinite(median))).toEqual([]);
  expect(rows.filter(({ server }) => server === 'mock-mor').map(({ figure }) => figure)).toEqual([
    'requests per second, 32 connections',
    'CPU per request, 32 connections',
    'p50, 1 connection',
    'p99, 1 connection',
    'CPU of a supertest request',
    'start',
    'RSS at the start',
    'RSS after 200 creates',
    'memory for a created number',
    'CPU per request, 300 numbers',
    'RSS after 300 refused requests',
  ]);
}, 120_000);

test('an unknown figure is refused, and the known ones are reported', async () => {
  await expect(run(process.execPath, [BENCH, 'speed'])).rejects.toMatchObject({
    code: 2,
    stderr: 'unknown: speed. There are: throughput, latency, supertest, start, memory, numbers, refused\n',
  });
});
