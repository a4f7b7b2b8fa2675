/** The page of what is proven, made of the rules, the cases and the runs that are kept in `contract/verified`; `npm run docs` writes it anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCases, shippedRules, stepsOf, type Rule } from '../../src/contract/table.ts';
import { settingsSchema } from '../../src/fixtures/schema.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { MOR_ERRORS, type MorError } from '../../src/mor/errors.ts';
import { provenRules, readVerified, type VerifiedRecord } from '../../src/control/verified.ts';

const ROOT = join(__dirname, '../..');
const PAGE = join(ROOT, 'docs/coverage.md');
const RUNS = join(ROOT, 'contract/verified');

const { cases } = shippedCases();
const { sections } = shippedRules();
const RULES = sections.flatMap(({ rules }) => rules);

/** Runs against real servers, the oldest first. */
const runs: readonly VerifiedRecord[] = (existsSync(RUNS) ? readdirSync(RUNS) : [])
  .filter((name) => name.endsWith('.json'))
  .map((name) => readVerified(join(RUNS, name)))
  .filter(({ target }) => target === 'server')
  .toSorted((a, b) => (a.date < b.date ? -1 : 1));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map((cell) => cell.replaceAll('|', '\\|'))))].join('\n');
}

/** How many cases of a rule passed in each run against a real server in which none of them differed. */
function provenAgainst(rule: string): string {
  const by = runs.filter((run) => provenRules(run).includes(rule));
  const passed = (run: VerifiedRecord): number => run.cases.filter((one) => one.rule === rule && one.status === 'passed').length;
  const told = by.map(
    (run) => `${run.server_version ?? 'a real MOR'}, ${run.date.slice(0, 10)}: ${String(passed(run))} of ${String(cases[rule]?.length)}`,
  );
  return told.length === 0 ? 'not yet' : told.join('; ');
}

/** By what a rule is known, its strongest source first. */
const KINDS: readonly { readonly title: string; readonly evidence: Rule['evidence'][number]; readonly says: string }[] = [
  { title: 'Documented', evidence: 'page', says: "The vendor's page of the call says it." },
  { title: 'Documented elsewhere', evidence: 'wiki', says: "Other public pages of the vendor say it, the call's own does not." },
  { title: 'Observed', evidence: 'observed', says: 'Nothing public says it; real servers and published clients are known to behave so.' },
  { title: 'Our decision', evidence: 'ours', says: 'Nothing says it. A real server may do otherwise; tests should not hang on it.' },
];

const kindOf = ({ evidence }: Rule): (typeof KINDS)[number] | undefined => KINDS.find((kind) => evidence.includes(kind.evidence));

function page(): string {
  const count = Object.values(cases).flat().length;
  const counted = KINDS.map((kind) => {
    const ofKind = RULES.filter((rule) => kindOf(rule) === kind);
    const proven = ofKind.filter(({ id }) => provenAgainst(id) !== 'not yet').length;
    return [kind.title, kind.says, String(ofKind.length), String(ofKind.length), String(proven)];
  });
  return [
    '# What is proven, and against what',
    '',
    `The contract of \`did_create\` has ${String(RULES.length)} rules, and ${String(count)} cases that prove them (\`contract/did_create.cases.yaml\`). The mock passes every case in`,
    'its own tests, where each rule is also broken on purpose and its cases must notice. `mock-mor verify` runs the same cases against a real server: what such a run',
    'has shown is kept in `contract/verified` (`--save`), and this page, which is made of the three, tells it.',
    runs.length === 0 ? '\nNo run against a real server is kept yet: so far all is as documented, as observed, or our decision.' : '',
    '',
    table(['how it is known', '', 'rules', 'proven against the mock', 'proven against a real MOR'], counted),
    '',
    ...sections.flatMap(({ title, rules }) => [
      `## ${title}`,
      '',
      table(
        ['rule', 'says', 'how it is known', 'cases', 'proven against a real MOR'],
        rules.map((rule) => [
          `\`${rule.id}\``,
          rule.says,
          kindOf(rule)?.title.toLowerCase() ?? '',
          String(cases[rule.id]?.length ?? 0),
          provenAgainst(rule.id),
        ]),
      ),
      '',
    ]),
  ].join('\n');
}

/** Prettier pads the cells of tables; what they say is what counts. */
const unpadded = (text: string): string =>
  text
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .replace(/\s+/g, ' ')
    .trim();

test('the page of what is proven is fresh', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page());
  expect(unpadded(readFileSync(PAGE, 'utf8'))).toBe(unpadded(page()));
});

test('every error, in both spellings, every setting and every parameter has a case', () => {
  const all = Object.values(cases).flat();
  const steps = all.flatMap(stepsOf);
  const errors = Object.values<MorError>(MOR_ERRORS).flatMap(({ text, legacyText }) => [
    text,
    ...(legacyText === undefined ? [] : [legacyText]),
  ]);
  expect(errors.filter((text) => !steps.some(({ expect: { error } }) => error === text))).toEqual([]);
  const settings = Object.keys(settingsSchema.shape);
  expect(settings.filter((name) => !all.some(({ given }) => name in (given?.settings ?? {})))).toEqual([]);
  const params = CALLS.flatMap((call) => call.params.map(({ name }) => name));
  expect(params.filter((name) => !steps.some(({ send }) => name in (send?.params ?? {})))).toEqual([]);
});
