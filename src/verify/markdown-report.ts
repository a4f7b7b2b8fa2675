/** A run as Markdown, for the summary of a job on a CI server. */
import { visible } from '../log.ts';
import { countByCall, countResults, formatDifference, formatName, groupLines, summary, type Run } from './reports.ts';

/** How many cases that are not well are listed. */
const MAX_LISTED = 20;

/** The counts of each call, what differs or failed, and why cases were skipped. Ends with a line feed. */
export function formatMarkdown(run: Run): string {
  const { results, changes = [], endedBy } = run;
  const bad = results.filter(({ status }) => status === 'differs' || status === 'failed');
  const listed = bad.slice(0, MAX_LISTED).map((result) => {
    const why = result.reason ?? result.differences.map(formatDifference).join('; ');
    return `- ${escape(formatName(result))}: ${escape(why)}`;
  });
  const more = bad.length > listed.length ? [`- and ${String(bad.length - listed.length)} more`] : [];
  const skipped = groupLines(results.filter(({ status }) => status === 'skipped').map(({ reason = '' }) => reason));
  const sections = [
    ['## mock-mor verify'],
    [`${isWell(run) ? '✅' : '❌'} ${escape(summary(run))}`],
    [
      '| call | passed | differ | skipped | failed |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...countByCall(run).map(
        ({ call, passed, differs, skipped: left, failed }) =>
          `| \`${call}\` | ${String(passed)} | ${String(differs)} | ${String(left)} | ${String(failed)} |`,
      ),
    ],
    listed.length === 0 ? [] : ['### Not well', '', ...listed, ...more],
    changes.length === 0 ? [] : ['### Changed since the run it was compared with', '', ...changes.map((change) => `- ${escape(change)}`)],
    skipped.length === 0 ? [] : ['### Skipped', '', ...skipped.map((line) => `- ${escape(line)}`)],
    endedBy === undefined ? [] : [`The run ended before its time: ${escape(endedBy)}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function isWell(run: Run): boolean {
  const { passed, differs, failed } = countResults(run);
  return differs + failed === 0 && passed > 0 && run.endedBy === undefined && (run.changes ?? []).length === 0;
}

/** Text that came from outside, in one line, without a sign that Markdown reads. */
function escape(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|~&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`));
}
