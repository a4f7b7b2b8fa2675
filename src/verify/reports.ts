/** A run as a report: for people, programs, CI servers and GitHub. */
import { create } from 'xmlbuilder2';
import type { Difference } from '../contract/compare.ts';
import { visible } from '../log.ts';
import type { CaseResult } from './result.ts';
import type { Target } from './target.ts';

/** A run that is over. */
export interface Run {
  readonly kind: Target['kind'];
  /** Where it ran. */
  readonly url: string;
  readonly results: readonly CaseResult[];
  /** How many cases were meant. */
  readonly meant: number;
  /** Why it ended before its time; undefined where it did not. */
  readonly endedBy?: string | undefined;
  /** How many numbers it has made, or may have made, and where they are listed; undefined where none could be. */
  readonly made?: { readonly count: number; readonly file: string } | undefined;
  /** The settings with which the mock behaves the same. */
  readonly settings: readonly string[];
  /** What has changed since the run it was compared with; undefined where it was not. */
  readonly changes?: readonly string[] | undefined;
  readonly durationMs: number;
}

/** How many results have each status. */
export function countResults({ results }: Pick<Run, 'results'>): Readonly<Record<CaseResult['status'], number>> {
  const count = (status: CaseResult['status']): number => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), differs: count('differs'), skipped: count('skipped'), failed: count('failed') };
}

/** How many results of each call have each status, in the order of the run. */
export function countByCall({ results }: Pick<Run, 'results'>): readonly (ReturnType<typeof countResults> & { readonly call: string })[] {
  const calls = [...new Set(results.map(({ call }) => call))];
  return calls.map((call) => ({ call, ...countResults({ results: results.filter((result) => result.call === call) }) }));
}

/** The reports there are, by name: each gives the whole text, its line feed included. */
export const REPORTS = {
  pretty: prettyReport,
  json: jsonReport,
  junit: junitReport,
  github: githubReport,
} as const satisfies Record<string, (run: Run) => string>;

function prettyReport(run: Run): string {
  const { results, settings, changes } = run;
  const of = (status: CaseResult['status']): readonly CaseResult[] => results.filter((result) => result.status === status);
  const sections = [
    of('differs').flatMap((result) => [
      `✗ ${formatName(result)}`,
      ...result.differences.map((difference) => `    ${formatDifference(difference)}`),
    ]),
    of('failed').flatMap((result) => [`! ${formatName(result)}`, `    ${result.reason ?? ''}`]),
    titled('Skipped:', groupLines(of('skipped').map(({ reason = '' }) => reason))),
    titled('Differs, where real servers are known to differ:', groupLines(results.flatMap(({ notes }) => notes.map(formatDifference)))),
    titled('The mock behaves the same with these settings:', settings),
    ...(changes === undefined ? [] : [titled('Changed since the run it was compared with:', changes.length === 0 ? ['nothing'] : changes)]),
    run.made === undefined ? [] : [`${String(run.made.count)} numbers were made or may have been; they are listed in ${run.made.file}`],
    run.endedBy === undefined ? [] : [`It ended after ${String(results.length)} cases: ${run.endedBy}`],
    callTable(run),
    [summary(run)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.map(visible).join('\n')}\n`)
    .join('\n');
}

/** The counts of each call; nothing for one call, of which the last line says the same. */
function callTable(run: Run): readonly string[] {
  const rows = countByCall(run);
  if (rows.length < 2) return [];
  const cells = rows.map(({ call, passed, differs, skipped, failed }) => [call, ...[passed, differs, skipped, failed].map(String)]);
  const table = [['call', 'passed', 'differ', 'skipped', 'failed'], ...cells];
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  return table.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '));
}

/** The last line: `600 cases: 590 passed, 1 differs, …`. */
export function summary(run: Run): string {
  const { passed, differs, skipped, failed } = countResults(run);
  const seconds = (run.durationMs / 1000).toFixed(1);
  return `${String(run.meant)} cases against the ${run.kind} at ${run.url}: ${String(passed)} passed, ${String(differs)} differ, ${String(skipped)} skipped, ${String(failed)} failed (${seconds} s)`;
}

/** `CALL RULE › TITLE`. */
export function formatName({ call, rule, title }: CaseResult): string {
  return `${call} ${rule} › ${title}`;
}

/** What was expected and what came, in one line. */
export function formatDifference({ aspect, expected, got }: Difference): string {
  return `${aspect}: expected ${expected}; got ${got}`;
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** Each line once, with how often it was there, the most frequent first. */
export function groupLines(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([line, count]) => `${String(count)} × ${line}`);
}

function jsonReport(run: Run): string {
  const { kind, url, results, meant, endedBy, made, settings, changes, durationMs } = run;
  const report = {
    target: kind,
    url,
    meant,
    counts: countResults(run),
    ended_by: endedBy,
    made,
    settings,
    changes,
    duration_ms: durationMs,
    results,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** JUnit's XML: a suite a rule. */
function junitReport(run: Run): string {
  const { differs, skipped, failed } = countResults(run);
  const { changes = [], endedBy } = run;
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' });
  const ends = endedBy === undefined ? 0 : 1;
  const totals = {
    tests: run.results.length + changes.length + ends,
    failures: differs + changes.length,
    errors: failed + ends,
    skipped,
    time: run.durationMs / 1000,
  };
  const suites = document.ele('testsuites', { name: 'mock-mor verify', ...totals });
  const ruleOf = ({ call, rule }: CaseResult): string => `${call} ${rule}`;
  for (const rule of new Set(run.results.map(ruleOf))) {
    const ofRule = run.results.filter((result) => ruleOf(result) === rule);
    const counts = countResults({ results: ofRule });
    const time = ofRule.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
    const suite = suites.ele('testsuite', {
      name: rule,
      tests: ofRule.length,
      failures: counts.differs,
      errors: counts.failed,
      skipped: counts.skipped,
      time,
    });
    for (const { title, status, differences, notes, reason = '', durationMs } of ofRule) {
      const testCase = suite.ele('testcase', { classname: rule, name: title, time: durationMs / 1000 });
      const text = differences.map(formatDifference).join('\n');
      if (status === 'differs') testCase.ele('failure', { message: inWordsOfFirst(differences) }).txt(text);
      if (status === 'failed') testCase.ele('error', { message: reason });
      if (status === 'skipped') testCase.ele('skipped', { message: reason });
      if (notes.length > 0) testCase.ele('system-out').txt(notes.map(formatDifference).join('\n'));
    }
  }
  if (changes.length + ends > 0) {
    const suite = suites.ele('testsuite', {
      name: 'the run',
      tests: changes.length + ends,
      failures: changes.length,
      errors: ends,
      skipped: 0,
    });
    for (const change of changes) suite.ele('testcase', { classname: 'changed', name: change }).ele('failure', { message: change });
    if (endedBy !== undefined) suite.ele('testcase', { classname: 'the run', name: 'ran to its end' }).ele('error', { message: endedBy });
  }
  return `${document.end({ prettyPrint: true, indent: '  ' })}\n`;
}

function inWordsOfFirst([first]: readonly Difference[]): string {
  return first === undefined ? '' : formatDifference(first);
}

/** Workflow commands: an annotation for each case that is not well, and a notice at the end. */
function githubReport(run: Run): string {
  const { results, settings, changes = [], endedBy } = run;
  const bad = results.filter(({ status }) => status === 'differs' || status === 'failed');
  return [
    ...bad.map((result) => annotation('error', formatName(result), result.reason ?? result.differences.map(formatDifference).join('\n'))),
    ...changes.map((change) => annotation('warning', 'changed since the run it was compared with', change)),
    ...(endedBy === undefined ? [] : [annotation('error', 'the run ended before its time', endedBy)]),
    ...settings.map((setting) => annotation('notice', 'the mock behaves the same with', setting)),
    annotation('notice', 'mock-mor verify', summary(run)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function annotation(level: 'error' | 'warning' | 'notice', title: string, message: string): string {
  const data = (text: string): string =>
    text
      .split('\n')
      .map(visible)
      .join('\n')
      .replace(/[%\r\n]/g, (character) => encodeURIComponent(character));
  return `::${level} title=${data(title).replace(/[:,]/g, (character) => encodeURIComponent(character))}::${data(message)}`;
}
