import { listCases, loadCases, loadRules, type RuledCase } from '../contract/table.ts';
import { CALLS } from '../mor/calls/index.ts';
import { readVerified } from '../control/verified.ts';
import { quote, quoteIfHidden, showHidden } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';
import { MAX_TIMER_MS, OPTIONS } from '../options.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import { Client, NoAnswer } from '../verify/client.ts';
import { MadeList } from '../verify/made-list.ts';
import { MockTarget } from '../verify/mock-target.ts';
import { loadProfile, type LoadedProfile } from '../verify/profile.ts';
import { probe } from '../verify/probe.ts';
import { changesSince, checkPlace, createRunRecord, saveRecord } from '../verify/record.ts';
import { formatMarkdown } from '../verify/markdown-report.ts';
import { countResults, groupLines, REPORTS, type Run } from '../verify/reports.ts';
import { runCases, selectCases } from '../verify/run.ts';
import { withoutSecrets } from '../verify/secrets.ts';
import { ServerTarget } from '../verify/server-target.ts';
import { getTable, type Tables, type Target } from '../verify/target.ts';
import { describeSettings } from '../verify/describe-settings.ts';
import { readPem } from './tls-keys.ts';
import { appendStepSummary } from './step-summary.ts';
import { checkOutputFile } from './output-file.ts';
import type { CommandSpec, ParsedArgs } from './parse-args.ts';
import { resolveOptions, type CommandOptions } from './resolve-options.ts';

/** A real server is asked no faster than this, in requests per second, unless --rate says otherwise. */
const SERVER_RATE = 10;

const VERIFY_OPTIONS = {
  profile: {
    flag: 'profile',
    type: 'string',
    value: 'FILE',
    summary: 'YAML file that describes a real server; without it the server must be a mock',
  },
  allowWrites: {
    flag: 'allow-writes',
    type: 'boolean',
    default: false,
    summary: "also run the cases that create numbers on a real server, under the profile's prefix",
  },
  made: {
    flag: 'made',
    type: 'string',
    value: 'FILE',
    default: 'mock-mor-made.csv',
    summary: 'list of the numbers created on a real server, with their ids, written as they are created',
  },
  only: {
    flag: 'only',
    type: 'string',
    value: 'WHAT',
    summary: 'run only the cases of a rule or of a family of rules, or with this in their title',
  },
  list: { flag: 'list', type: 'boolean', default: false, summary: 'list the cases and run none' },
  format: { flag: 'format', type: ['pretty', 'json', 'junit', 'github'], default: 'pretty', summary: 'format of the report' },
  strict: {
    flag: 'strict',
    type: 'boolean',
    defaultText: 'for a mock, not for a real server',
    summary: 'compare headers, white space, envelope and dialect too',
  },
  rate: {
    flag: 'rate',
    type: 'integer',
    value: 'N',
    defaultText: '10 for a real server, no limit for a mock',
    summary: 'at most this many requests a second; 0 is no limit',
  },
  timeoutMs: {
    flag: 'timeout-ms',
    type: 'integer',
    value: 'N',
    default: 10_000,
    max: MAX_TIMER_MS,
    boundsReason: 'no timer waits longer',
    summary: 'time in which an answer must arrive, in milliseconds; 0 is no limit',
  },
  ca: {
    flag: 'ca',
    type: 'string',
    value: 'FILE',
    summary: 'PEM file of the certificate that an https server is trusted by, such as that of serve --tls-ca-out',
  },
  save: {
    flag: 'save',
    type: 'string',
    value: 'FILE',
    summary: 'save the result, for serve --verified and --against; it holds no address and no key',
  },
  against: { flag: 'against', type: 'string', value: 'FILE', summary: 'report what has changed since a saved run' },
} as const satisfies CommandOptions;

/** `mock-mor verify`. */
export const VERIFY: CommandSpec = {
  description:
    'Run the cases of the contract against a mock or, with a profile, a real server. Exit status 1 if something differs, ' +
    '2 if the cases could not be run.',
  options: VERIFY_OPTIONS,
  examples: [
    ['mock-mor verify http://127.0.0.1:8080', 'runs every case against a mock'],
    ['MOR_KEY=… mock-mor verify --profile mor.yaml --save run.json', 'runs the harmless cases against a real server and saves the result'],
  ],
  run: verify,
};

/**
 * Returns 0 if all that ran passed, 1 if something differs, 2 if the cases could not be run, or not to the end.
 *
 * @throws MockMorError `OPTION_INVALID`, `RECORD_INVALID`, `TARGET_UNUSABLE`
 */
async function verify({ flags, operands: [url] }: ParsedArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const options = resolveOptions(VERIFY_OPTIONS, flags, env);
  if (url !== undefined || (options.profile === undefined && !options.list)) checkedUrl(url);
  const tables: Tables = new Map(CALLS.map(({ name }) => [name, loadCases(name)]));
  const all = CALLS.flatMap((call) => listCases(call, getTable(tables, call)));
  const rules = [...CALLS.map(({ name }) => name), ...new Set(all.map(({ rule }) => rule))];
  const cases = selectCases(all, options.only);
  if (cases.length === 0) throw nothingMeant(options.only ?? '', rules);
  if (options.list) return list(cases);
  const { profile: profileFile, made, save, against } = options;
  checkOutputFile('--made', made, { '--profile': profileFile, '--against': against });
  if (save !== undefined) checkOutputFile('--save', save, { '--profile': profileFile, '--made': made });
  const profile = options.profile === undefined ? undefined : loadProfile(options.profile, env, rules);
  const before = options.against === undefined ? undefined : readVerified(options.against);
  if (options.save !== undefined) checkPlace(options.save);
  const baseUrl = checkedUrl(url ?? profile?.base_url);
  const { adminToken } = resolveOptions({ adminToken: OPTIONS.adminToken }, new Map(), env);
  const ca = options.ca === undefined ? undefined : readPem('--ca', options.ca);
  const client = new Client({ baseUrl, ca, timeoutMs: options.timeoutMs, ratePerSecond: options.rate ?? (profile && SERVER_RATE) });
  const shown = withoutSecrets([...(profile?.keys.values() ?? []), adminToken ?? '']);
  const startedAt = new Date();
  const stop = new AbortController();
  const forget = onSignal(() => stop.abort());
  let target: Target | undefined;
  try {
    // A number that is made must not be forgotten for want of a place to write it.
    const madeList = profile !== undefined && options.allowWrites ? new MadeList(options.made, startedAt.toISOString()) : undefined;
    target = await orUnusable(
      profile === undefined ? MockTarget.open(client, tables, adminToken) : serverTarget(client, tables, profile, madeList, shown),
    );
    const { results, endedBy } = await runCases(target, cases, {
      isStrict: options.strict ?? target.kind === 'mock',
      signal: stop.signal,
      shown,
      onResult: progress(cases.length),
    });
    const kind = client.sawMock ? 'mock' : target.kind;
    const record = createRunRecord(results, kind, { date: startedAt, serverVersion: profile?.server_version, only: options.only, endedBy });
    const run: Run = {
      kind,
      url: baseUrl,
      results,
      endedBy,
      made: madeList && { count: madeList.size, file: options.made },
      meant: cases.length,
      settings: describeSettings(results),
      changes: before && changesSince(before, record),
      durationMs: Date.now() - startedAt.getTime(),
    };
    process.stdout.write(REPORTS[options.format](run));
    appendStepSummary(formatMarkdown(run), env);
    const nothing = explainNothing(run);
    if (nothing !== undefined) process.stderr.write(`mock-mor: ${showHidden(nothing)}\n`);
    if (options.save !== undefined) saveRecord(options.save, record);
    return statusOf(run);
  } finally {
    forget();
    await target?.close().catch((error: unknown) => {
      process.stderr.write(`mock-mor: not cleaned up: ${showHidden(error instanceof Error ? error.message : String(error))}\n`);
    });
    client.close();
  }
}

/** Where there is no answer at all, that is said in one line. */
function orUnusable<T>(answered: Promise<T>): Promise<T> {
  return answered.catch((error: unknown) => {
    throw error instanceof NoAnswer ? new MockMorError('TARGET_UNUSABLE', `no answer: ${error.message}`) : error;
  });
}

async function serverTarget(
  client: Client,
  tables: Tables,
  profile: LoadedProfile,
  madeList: MadeList | undefined,
  shown: (text: string) => string,
): Promise<Target> {
  const target = new ServerTarget(client, tables, profile, {
    madeList,
    onHarm: (did, id) => {
      process.stderr.write(
        `mock-mor: the server has made the number ${quoteIfHidden(did)} with the id ${quoteIfHidden(id)}, which it should have refused. Take it away there.\n`,
      );
    },
  });
  await probe(client, profile, shown);
  return target;
}

/** 1 for a difference or a change; 2 where a case could not be judged, where none was, and where the run ended before its time. */
function statusOf(run: Run): number {
  const { passed, differs, failed } = countResults(run);
  if (differs > 0 || (run.changes?.length ?? 0) > 0) return 1;
  return failed > 0 || passed === 0 || run.endedBy !== undefined ? 2 : 0;
}

/** Why a run in which nothing went wrong proves nothing; undefined if it does prove something. */
function explainNothing(run: Run): string | undefined {
  const { passed, differs, skipped, failed } = countResults(run);
  if (passed + differs + failed > 0 || run.endedBy !== undefined) return undefined;
  const [first = ''] = groupLines(run.results.map(({ reason = '' }) => reason));
  return `nothing was tried, so this run proves nothing: all ${String(skipped)} cases were skipped (${first})`;
}

function list(cases: readonly RuledCase[]): number {
  const rules = CALLS.flatMap(({ name }) =>
    loadRules(name).sections.flatMap((section) => section.rules.map((rule) => ({ name, ...rule }))),
  );
  const evidence = new Map(rules.map(({ name, id, evidence }) => [`${name} ${id}`, evidence.join(', ')]));
  const line = ({ call, rule, one }: RuledCase): string =>
    `${call.name} ${rule} › ${one.title} (${evidence.get(`${call.name} ${rule}`) ?? ''})\n`;
  process.stdout.write(cases.map(line).join(''));
  return 0;
}

function nothingMeant(pattern: string, rules: readonly string[]): MockMorError {
  const begun = rules.filter((rule) => rule.startsWith(pattern));
  const hint = begun.length === 0 ? didYouMean(pattern, rules) : ` Rules that begin so: ${begun.join(', ')}.`;
  return invalidOption(`--only ${quote(pattern)} is no rule, and no case has it in its title.${hint} --list shows them all.`);
}

/** @throws MockMorError `OPTION_INVALID` for what is no address, or has a secret in it */
function checkedUrl(text: string | undefined): string {
  if (text === undefined) throw invalidOption('verify needs URL, the address of a mock or a server, or --profile FILE with its base_url.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalidOption('URL must be an http or https address, such as http://127.0.0.1:8080.');
  if (url.username !== '' || url.password !== '')
    throw invalidOption('URL has a name or password in it, which others on this machine can see.');
  if (url.search !== '' || url.hash !== '') throw invalidOption('URL must end with its path; it has a query.');
  return text.replace(/\/+$/, '');
}

/** A line on a terminal that says how far it is; nothing elsewhere. */
function progress(total: number): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  let done = 0;
  return () => {
    done += 1;
    process.stderr.write(done < total ? `\r${String(done)} of ${String(total)}` : '\r\x1b[K');
  };
}

/** Calls back at the first SIGINT or SIGTERM; the next one has its usual effect. Gives what takes it back. */
function onSignal(callBack: () => void): () => void {
  const forget = (): void => {
    process.off('SIGINT', onFirst);
    process.off('SIGTERM', onFirst);
  };
  const onFirst = (): void => {
    forget();
    callBack();
  };
  process.on('SIGINT', onFirst);
  process.on('SIGTERM', onFirst);
  return forget;
}
