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

/** The contract of one call. */
export interface CallContract {
  readonly rules: Rules;
  readonly cases: CaseTable['cases'];
}

/** The page as Markdown, its tables unpadded. `runs` are saved runs against real servers, the oldest first. */
export function coveragePage(contracts: readonly CallContract[], runs: readonly VerifiedRecord[]): string {
  return [
    '# What is proven, and against what',
    '',
    'The contract of a call has rules, and cases that prove them (`contract/NAME.rules.yaml`, `contract/NAME.cases.yaml`). The mock passes every case in its own tests, where each',
    'rule is also broken on purpose and its cases must notice. `mock-mor verify` runs the same cases against a real server. Runs that were saved with `--save` are in `contract/verified`.',
    'This page is made of the three.',
    ...(runs.length === 0
      ? ['', 'No run against a real server is saved yet: so far everything is as documented, as observed, or our decision.']
      : []),
    '',
    'A rule may be known in more than one way, and is then counted in each of them: what the page says in part may be our decision in part.',
    '',
    ...contracts.flatMap((contract) => callSection(contract, runs)),
  ].join('\n');
}

function callSection({ rules: { call, sections }, cases }: CallContract, runs: readonly VerifiedRecord[]): readonly string[] {
  const rules = sections.flatMap((section) => section.rules);
  const count = Object.values(cases).flat().length;
  const isProven = ({ id }: Rule): boolean => runs.some((run) => provenRules(run, call).includes(id));
  const counts = (of: readonly Rule[]): readonly string[] => [String(of.length), String(of.filter(isProven).length)];
  const decided = rules.filter(({ evidence }) => evidence.includes('ours'));
  return [
    `## ${call}`,
    '',
    `${String(rules.length)} rules, ${String(count)} cases.`,
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
      `### ${section.title}`,
      '',
      table(
        ['rule', 'says', 'known by', 'cases', 'proven against a real MOR'],
        section.rules.map((rule) => [
          `\`${rule.id}\``,
          rule.says,
          formatEvidence(rule),
          String(cases[rule.id]?.length ?? 0),
          provenAgainst(call, rule.id, cases, runs),
        ]),
      ),
      '',
    ]),
  ];
}

/** All that a rule is known by, in words. */
export function formatEvidence({ evidence }: Rule): string {
  return KINDS.filter((kind) => evidence.includes(kind.evidence))
    .map(({ label }) => label)
    .join(', ');
}

/** How many cases of a rule passed in each run in which none of them differed. */
function provenAgainst(call: string, rule: string, cases: CaseTable['cases'], runs: readonly VerifiedRecord[]): string {
  const by = runs.filter((run) => provenRules(run, call).includes(rule));
  const passed = (run: VerifiedRecord): number =>
    run.cases.filter((one) => one.call === call && one.rule === rule && one.status === 'passed').length;
  const lines = by.map(
    (run) => `${run.server_version ?? 'a real MOR'}, ${run.date.slice(0, 10)}: ${String(passed(run))} of ${String(cases[rule]?.length)}`,
  );
  return lines.length === 0 ? 'not yet' : lines.join('; ');
}

/** A Markdown table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map((cell) => cell.replaceAll('|', '\\|'))))].join('\n');
}
