/**
 * A hostile client against the built command: no 5xx, no hang, no ill-formed XML, nothing of the inside, and after each batch the same
 * canary answer and the next id. By hand with another seed: `HOSTILE_SEED=7 HOSTILE_CASES=100000 npm run test:hostile`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { serve } from '../cli/program.ts';
import { attack } from './attack.ts';
import { TOKEN } from './requests.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_125);
const CASES = Number(process.env['HOSTILE_CASES'] ?? 20_000);

/** A millisecond and a half a case is a minute for forty thousand; this is only against a hang of the suite itself. */
const LIMIT_MS = 30_000 + CASES * 10;

/** A third of what the process may take at most with a journal of 16 MB, a body of 1 MB a connection and two dozen connections. */
const MOST_RESIDENT_BYTES = 500_000_000;

test(
  `${String(CASES)} cases from the seed ${String(SEED)}`,
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
    const findings = await attack({ port: Number(new URL(url).port), seed: SEED, cases: CASES, nextId: 3 });
    expect(findings).toEqual([]);
    expect(residentBytes(program.pid)).toBeLessThan(MOST_RESIDENT_BYTES);
    program.kill('SIGTERM');
    const { status, stderr } = await program.exit();
    const lines = stderr.split('\n').filter((line) => line !== '');
    const isExpected = (line: string): boolean =>
      /"level":"info"|"level":"warn".*"msg":"\S+ \S+ reached no world \(4\d\d\): [\w ]+"\}$/.test(line);
    expect({ status, unexpected: lines.filter((line) => line.startsWith('{') && !isExpected(line)) }).toEqual({
      status: 0,
      unexpected: [],
    });
    // Not a line of ours, so a warning of Node's, such as that of a leak.
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
  },
  LIMIT_MS,
);

/** What the process holds, where the system tells it. */
function residentBytes(pid: number): number {
  const file = `/proc/${String(pid)}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? NaN) * 1024;
}
