/**
 * A hostile client against the built command: no 5xx, no hang, no ill-formed XML, nothing of the inside, and after each batch the same
 * canary answer and the next id. By hand with another seed: `HOSTILE_SEED=7 HOSTILE_CASES=100000 npm run test:hostile`; for a time
 * instead of a number of cases: `HOSTILE_MINUTES=10 npm run test:hostile`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { serve } from '../cli/program.ts';
import { attack } from './attack.ts';
import { TOKEN } from './requests.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_125);
const MINUTES = Number(process.env['HOSTILE_MINUTES'] ?? 0);
const CASES = MINUTES > 0 ? Infinity : Number(process.env['HOSTILE_CASES'] ?? 20_000);
const FOR_MS = MINUTES > 0 ? MINUTES * 60_000 : Infinity;

/** A millisecond and a half a case is a minute for forty thousand; this is only against a hang of the suite itself. */
const LIMIT_MS = 60_000 + Math.min(CASES * 10, FOR_MS);

/** A third of what the process may take at most with a journal of 16 MB, a body of 1 MB a connection and two dozen connections. */
const MAX_RESIDENT_BYTES = 500_000_000;

/** What the log may say of a hostile client. */
const EXPECTED_LINE =
  /^\{"level":"info"|^\{"level":"warn".*"msg":"(?:\S+ \S+ reached no world \(4\d\d\): [\w ]+|a connection from (?:127\.0\.0\.1|an unknown address) was refused \(4\d\d\): [^\n]+)"\}$/;

test(
  MINUTES > 0 ? `${String(MINUTES)} minutes from the seed ${String(SEED)}` : `${String(CASES)} cases from the seed ${String(SEED)}`,
  async () => {
    expect(Number.isInteger(SEED) && CASES > 0).toBe(true);
    const program = serve(['--log', 'json', '--admin-token', TOKEN]);
    const url = await program.url();
    const made = await fetch(`${url}/__admin/sandboxes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: '{"name":"victim"}',
    });
    expect(made.status).toBe(201);
    // Not a line of the mock, so a warning of Node's, such as that of a leak; or a line that no client should give rise to.
    const unexpected: string[] = [];
    /** Reads what was logged up to the last whole line, and forgets it: a long run logs more than a text can hold. */
    const readLog = (): void => {
      const end = program.stderr.lastIndexOf('\n') + 1;
      unexpected.push(
        ...program.stderr
          .slice(0, end)
          .split('\n')
          .filter((line) => line !== '' && !EXPECTED_LINE.test(line)),
      );
      program.stderr = program.stderr.slice(end);
    };
    const { port } = new URL(url);
    const { findings, counts } = await attack({ port: Number(port), seed: SEED, cases: CASES, forMs: FOR_MS, nextId: 3, onBatch: readLog });
    if (MINUTES > 0) process.stdout.write(`${countsLine(counts)}\n`);
    expect(findings).toEqual([]);
    expect(residentBytes(program.pid)).toBeLessThan(MAX_RESIDENT_BYTES);
    program.kill('SIGTERM');
    const { status } = await program.exit();
    readLog();
    expect({ status, unexpected, rest: program.stderr }).toEqual({ status: 0, unexpected: [], rest: '' });
  },
  LIMIT_MS,
);

/** `173 cases: 100 whole, 73 reset while`. */
function countsLine(counts: ReadonlyMap<string, number>): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return `${String(all)} cases: ${Array.from(counts, ([kind, count]) => `${String(count)} ${kind}`).join(', ')}`;
}

/** What the process holds, where the system tells it. */
function residentBytes(pid: number): number {
  const file = `/proc/${String(pid)}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? NaN) * 1024;
}
