import { readFixtures } from '../loader/load.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import { invalidOption } from '../problems.ts';
import type { ShadowCounts } from '../shadow/ledger.ts';
import type { ShadowEntry } from '../shadow/report.ts';
import { Shadow } from '../shadow/shadow.ts';
import { targetIn } from '../shadow/target.ts';
import { MAX_TIMER_MS, OPTIONS } from '../options.ts';
import { visible } from '../log.ts';
import { formatCounts } from './format-counts.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { createStderrLogger, exitOnUncaught, listenOrExplain, resolveLogFormat, waitForStopSignal } from './process-lifecycle.ts';
import { resolveOptions, type CommandOptions } from './resolve-options.ts';

/** When a stop is over, whatever the target and the clients do: pending answers have 8 s. */
const STOP_MS = 9500;

/** The options of `mock-mor shadow`. */
export const SHADOW_OPTIONS = {
  target: { flag: 'target', type: 'string', value: 'URL', summary: 'the real server, http or https: scheme, host and port; required' },
  fixtures: OPTIONS.fixtures,
  port: OPTIONS.port,
  host: OPTIONS.host,
  record: {
    flag: 'record',
    type: 'string',
    value: 'FILE',
    summary: 'append what was compared to this file, as cases of the contract, without secrets',
  },
  targetTimeoutMs: {
    flag: 'target-timeout-ms',
    type: 'integer',
    value: 'N',
    default: 30_000,
    min: 1,
    max: MAX_TIMER_MS,
    boundsReason: 'nothing waits for ever here',
    summary: 'time in which the target must answer, in milliseconds',
  },
  maxBodyBytes: OPTIONS.maxBodyBytes,
  log: OPTIONS.log,
} as const satisfies CommandOptions;

/** `mock-mor shadow`. */
export const SHADOW: CommandSpec = {
  description: 'Pass requests on to a real server, and report each answer that the mock would have given differently.',
  options: SHADOW_OPTIONS,
  examples: [['mock-mor shadow --target https://mor.example.com --fixtures ./fixtures', 'then let clients call http://127.0.0.1:8080']],
  run: shadow,
};

/**
 * Returns 0 after a signal to stop, 1 if the record is not complete.
 *
 * @throws MockMorError `OPTION_INVALID`, `FIXTURE_INVALID`
 */
async function shadow({ flags }: ParsedArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const stopped = waitForStopSignal();
  const { target: targetText, fixtures, port, host, log: format, ...rest } = resolveOptions(SHADOW_OPTIONS, flags, env);
  if (targetText === undefined) throw invalidOption('shadow needs --target URL, the real server that it stands in front of.');
  const target = targetIn(targetText);
  await exitOnUncaught(format);
  const it = new Shadow({ ...rest, target, records: readFixtures(fixtures ?? getDefaultFixtures()), log: await createShadowLog(format) });
  const url = await listenOrExplain(() => it.listen(host, port), port, host);
  if (url === undefined) return 1;
  const world = `fixtures: ${fixtures ?? 'shipped'}, ${formatCounts(it.worldCounts)}`;
  process.stdout.write(`mock-mor shadow ready on ${url} (target: ${target.origin}, ${world})\n`);
  await stopped;
  setTimeout(() => process.exit(ended(it, rest.record)), STOP_MS).unref();
  await it.close();
  return ended(it, rest.record);
}

/** People read the further lines of a difference, programs its fields. */
async function createShadowLog(format: Parameters<typeof resolveLogFormat>[0]): Promise<(entry: ShadowEntry) => void> {
  const log = await createStderrLogger(format);
  const isPretty = resolveLogFormat(format) === 'pretty';
  return ({ details = [], ...entry }) => log(isPretty ? { ...entry, message: [entry.message, ...details].join('\n') } : entry);
}

/** Prints the result, and returns the exit status. */
function ended({ counts, summary, recordFailure }: Shadow, record: string | undefined): number {
  process.stdout.write([`mock-mor shadow ended (${formatShadowCounts(counts, record)})`, ...formatSummary(summary), ''].join('\n'));
  if (recordFailure === undefined) return 0;
  process.stderr.write(`mock-mor: the record is not whole: ${recordFailure}\n`);
  return 1;
}

/** How many lines a part of the summary has at most. */
const MAX_LINES = 10;

/** What differed and what was not judged, the most frequent first: at most one screen. */
export function formatSummary(summary: Shadow['summary']): readonly string[] {
  return Object.entries(summary).flatMap(([verdict, tally]) => {
    const listed = tally.slice(0, MAX_LINES).map(([what, count]) => `    ${String(count)} × ${visible(what)}`);
    const rest = tally.slice(MAX_LINES).reduce((sum, [, count]) => sum + count, 0);
    const more = rest === 0 ? [] : [`    and ${String(rest)} more`];
    return listed.length === 0 ? [] : [`  ${verdict}:`, ...listed, ...more];
  });
}

function formatShadowCounts({ requests, same, different, notJudged, recorded, skipped }: ShadowCounts, record: string | undefined): string {
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
