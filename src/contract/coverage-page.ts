/** The page of what is proven (`docs/coverage.md`), made of the rules, the cases and the kept runs. */
import { provenRules, type VerifiedRecord } from '../control/verified.ts';
import type { CaseTable, Rule, Rules } from './table.ts';

type Evidence = Rule['evidence'][number];

/** By what a rule is known, the strongest first. */
const KINDS: readonly { readonly evidence: Evidence; readonly label: string; readonly means: string }[] = [
  { evidence: 'page', label: 'page', means: "The vendor's page of the call says it." },
  { evidence: 'wiki', label: 'wiki', means: 'Other public pages of the vendor say it.' },
  { evidence: 'observed', label: 'observed', means: 'Real servers and published clients are known to behave so.' },
  {
    evidence: 'ours',
    label: 'our decision',
    means: 'Nothing says it, or not all of it. A real server may do otherwise; tests should not hang on it.',
  },
];

/** What the page is made of. */
export interface CoverageSources {
  readonly rules: Rules;
  readonly cases: CaseTable['cases'];
  /** Kept runs against real servers, the oldest first. */
  readonly runs: readonly VerifiedRecord[];
}

/** The page as Markdown, its tables unpadded. */
export function coveragePage({ rules: { sections }, cases, runs }: CoverageSources): string {
  const rules = sections.flatMap((section) => section.rules);
  const count = Object.values(cases).flat().length;
  const isProven = ({ id }: Rule): boolean => runs.some((run) => provenRules(run).includes(id));
  const counts = (of: readonly Rule[]): readonly string[] => [String(of.length), String(of.filter(isProven).length)];
  const decided = rules.filter(({ evidence }) => evidence.includes('ours'));
  return [
    '# What is proven, and against what',
    '',
    `The contract of \`did_create\` has ${String(rules.length)} rules, and ${String(count)} cases that prove them (\`contract/did_create.cases.yaml\`). The mock passes every case in`,
    'its own tests, where each rule is also broken on purpose and its cases must notice. `mock-mor verify` runs the same cases against a real server: what such a run',
    'has shown is kept in `contract/verified` (`--save`), and this page, which is made of the three, tells it.',
    ...(runs.length === 0
      ? ['', 'No run against a real server is kept yet: so far all is as documented, as observed, or our decision.']
      : []),
    '',
    'A rule may be known in more than one way, and is then counted in each of them: what the page says in part may be our decision in part.',
    '',
    table(
      ['known by', 'that is', 'rules', 'of them proven against a real MOR'],
      [
        ...KINDS.map(({ evidence, label, means }) => [label, means, ...counts(rules.filter((rule) => rule.evidence.includes(evidence)))]),
        ['all', 'Each rule counted once.', ...counts(rules)],
      ],
    ),
    '',
    `Of the ${String(rules.length)} rules ${String(decided.length)} are our decision, wholly (${String(decided.filter(({ evidence }) => evidence.length === 1).length)}) or in part; the others have a source for all they say.`,
    '',
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      '',
      table(
        ['rule', 'says', 'known by', 'cases', 'proven against a real MOR'],
        section.rules.map((rule) => [
          `\`${rule.id}\``,
          rule.says,
          labelsOf(rule),
          String(cases[rule.id]?.length ?? 0),
          provenAgainst(rule.id, cases, runs),
        ]),
      ),
      '',
    ]),
  ].join('\n');
}

/** All that a rule is known by, in words. */
export function labelsOf({ evidence }: Rule): string {
  return KINDS.filter((kind) => evidence.includes(kind.evidence))
    .map(({ label }) => label)
    .join(', ');
}

/** How many cases of a rule passed in each run in which none of them differed. */
function provenAgainst(rule: string, cases: CaseTable['cases'], runs: readonly VerifiedRecord[]): string {
  const by = runs.filter((run) => provenRules(run).includes(rule));
  const passed = (run: VerifiedRecord): number => run.cases.filter((one) => one.rule === rule && one.status === 'passed').length;
  const told = by.map(
    (run) => `${run.server_version ?? 'a real MOR'}, ${run.date.slice(0, 10)}: ${String(passed(run))} of ${String(cases[rule]?.length)}`,
  );
  return told.length === 0 ? 'not yet' : told.join('; ');
}

/** A Markdown table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map((cell) => cell.replaceAll('|', '\\|'))))].join('\n');
}
