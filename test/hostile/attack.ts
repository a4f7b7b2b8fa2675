import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed } from '../../src/contract/signed.ts';
import { hostileCase, type HostileCase } from './cases.ts';
import { Dice } from './dice.ts';
import { findFault } from './judge.ts';
import { Lane, type Outcome } from './lane.ts';

/** How much is done, and from which seed. */
export interface Attack {
  readonly port: number;
  readonly seed: number;
  /** How many at most. */
  readonly cases: number;
  /** How long at most, in milliseconds. Default: for ever. */
  readonly forMs?: number;
  /** The id the next DID of the root gets. */
  readonly nextId: number;
  /** How long an answer may take. Default: 10000, longer than any does also on a machine that is busy. */
  readonly deadlineMs?: number;
  /** Called after each batch, once the canary has sung. */
  readonly onBatch?: () => void;
}

/** What came of an attack. */
export interface AttackReport {
  /** Nothing where all is well. A finding names its seed and turn, and has the bytes. */
  readonly findings: readonly string[];
  /** How many cases of each kind there were, resets by their moments. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Connections at once. */
const LANES = 24;

/** After so many cases the canary sings. */
const BATCH = 500;

/** More findings than these nobody reads. */
const MAX_FINDINGS = 10;

/** Does everything a hostile client does, and reports what it found. */
export async function attack({ port, seed, cases, forMs = Infinity, nextId, deadlineMs = 10_000, onBatch }: Attack): Promise<AttackReport> {
  const findings: string[] = [];
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  const dice = new Dice(seed);
  const lanes = Array.from({ length: LANES }, () => new Lane(port, deadlineMs));
  let turn = 0;
  for (let batch = 0; turn < cases && findings.length < MAX_FINDINGS && performance.now() - startedAt < forMs; batch++) {
    const end = Math.min(cases, turn + BATCH);
    const work = async (lane: Lane): Promise<void> => {
      while (turn < end && findings.length < MAX_FINDINGS) {
        const mine = turn++;
        const hostile = hostileCase(dice, mine);
        const kind = hostile.moment === undefined ? hostile.kind : `reset ${hostile.moment}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        const outcome = await lane.run(hostile);
        const wrong = faultIn(hostile, outcome);
        if (wrong === undefined) continue;
        const before = outcome.before === undefined ? '' : `\n  behind ${shown(outcome.before)}`;
        findings.push(`seed ${String(seed)}, turn ${String(mine)}, ${hostile.kind}: ${wrong}\n  ${shown(hostile.bytes)}${before}`);
      }
    };
    await Promise.all(lanes.map(work));
    const wrong = await canary(new Lane(port, deadlineMs), batch, nextId + batch);
    if (wrong !== undefined) findings.push(`seed ${String(seed)}, canary after turn ${String(turn)}: ${wrong}`);
    for (const lane of lanes) lane.end();
    onBatch?.();
  }
  return { findings, counts };
}

function faultIn({ heads, marks }: HostileCase, { answers, wrong }: Outcome): string | undefined {
  if (wrong !== undefined) return wrong;
  for (const [place, answer] of answers.entries()) {
    const fault = findFault(answer, heads[place]);
    if (fault !== undefined) return fault;
    const mark = marks[place];
    if (mark !== undefined && !answer.body.includes(`/${mark};`))
      return `the answer in place ${String(place)} is not that to ${mark}: ${answer.body.toString('utf8', 0, 200)}`;
  }
  return undefined;
}

/** The same good call after each batch: created with the next id of one sequence, to the byte, and refused when it comes again. */
async function canary(lane: Lane, batch: number, id: number): Promise<string | undefined> {
  const body = new URLSearchParams(signed({ u: 'admin', provider_id: '1', did: `555${String(batch)}` })).toString();
  const head = `POST /billing/api/did_create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
  const bytes = Buffer.from((head + body).repeat(2));
  const { answers, wrong } = await lane.run({ kind: 'whole', bytes, heads: [false, false], marks: [], cuts: [] });
  lane.end();
  if (wrong !== undefined) return wrong;
  const expected = [successXml(id), errorXml('DID already exists')];
  const said = answers.map((answer) => answer.body.toString('utf8'));
  return said.every((text, i) => text === expected[i]) ? undefined : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(said)}`;
}

function shown(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString('latin1'));
  return text.length <= 1500 ? text : `${text.slice(0, 1500)}… (${String(bytes.length)} bytes)`;
}
