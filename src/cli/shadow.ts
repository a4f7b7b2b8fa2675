import { readFixtures } from '../fixtures/load.ts';
import { getShippedFixtures } from '../fixtures/shipped.ts';
import { invalidOption } from '../problems.ts';
import type { ShadowCounts } from '../shadow/ledger.ts';
import type { ShadowEntry } from '../shadow/report.ts';
import { Shadow } from '../shadow/shadow.ts';
import { targetIn } from '../shadow/target.ts';
import { settleOptions, type Given } from './arguments.ts';
import { SHADOW_OPTIONS } from './commands.ts';
import { countsText } from './counts.ts';
import { dieLoudly, formatFor, listening, logOf, stopSignal } from './server-life.ts';

/** When a stop is over, whatever the target and the clients do: answers under way have 8 s. */
const STOP_MS = 9500;

/**
 * Passes requests on to a real server until a signal says stop, and gives the exit status: 1 where the record is not whole.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
export async function shadow(flags: Given['flags'], variables: NodeJS.ProcessEnv): Promise<number> {
  const stopped = stopSignal();
  const { target: targetText, fixtures, port, host, log: format, ...rest } = settleOptions(SHADOW_OPTIONS, flags, variables);
  if (targetText === undefined) throw invalidOption('shadow needs --target URL, the real server that it stands in front of.');
  const target = targetIn(targetText);
  dieLoudly(format);
  const it = new Shadow({ ...rest, target, records: readFixtures(fixtures ?? getShippedFixtures()), log: logTo(format) });
  const url = await listening(() => it.listen(host, port), port, host);
  if (url === undefined) return 1;
  const world = `fixtures: ${fixtures ?? 'shipped'}, ${countsText(it.worldCounts)}`;
  process.stdout.write(`mock-mor shadow ready on ${url} (target: ${target.origin}, ${world})\n`);
  await stopped;
  setTimeout(() => process.exit(ended(it, rest.record)), STOP_MS).unref();
  await it.close();
  return ended(it, rest.record);
}

/** People read the further lines of a difference, programs its fields. */
function logTo(format: Parameters<typeof formatFor>[0]): (entry: ShadowEntry) => void {
  const log = logOf(format);
  const isPretty = formatFor(format) === 'pretty';
  return ({ details = [], ...entry }) => log(isPretty ? { ...entry, message: [entry.message, ...details].join('\n') } : entry);
}

/** Tells what came of it, and gives the exit status. */
function ended({ counts, recordFailure }: Shadow, record: string | undefined): number {
  process.stdout.write(`mock-mor shadow ended (${summary(counts, record)})\n`);
  if (recordFailure === undefined) return 0;
  process.stderr.write(`mock-mor: the record is not whole: ${recordFailure}\n`);
  return 1;
}

function summary({ requests, same, different, notJudged, recorded, skipped }: ShadowCounts, record: string | undefined): string {
  const counts = {
    requests,
    same,
    different,
    'not judged': notJudged,
    ...(record === undefined ? {} : { recorded, 'not recorded': skipped }),
  };
  return Object.entries(counts)
    .map(([what, count]) => `${what}: ${String(count)}`)
    .join(', ');
}
