/** The tables of the documents are made of the tables of the code. `npm run docs` writes them; without it they must be fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasVariable, variableName } from '../../src/cli/resolve-options.ts';
import { SHADOW_OPTIONS } from '../../src/cli/shadow.ts';
import { formatEvidence } from '../../src/contract/coverage-page.ts';
import { loadRules, type Rules } from '../../src/contract/table.ts';
import { formatPath } from '../../src/http/admin/index-page.ts';
import { ADMIN_ROUTES } from '../../src/http/admin/routes.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { MOR_ERRORS, type MorError, type MorErrorName } from '../../src/mor/errors.ts';
import { OPTIONS, type OptionSpec } from '../../src/options.ts';
import { READY_STATES } from '../../src/pact.ts';
import { unpadded } from '../support/unpadded.ts';

const ROOT = join(__dirname, '..', '..');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function optionRow(option: OptionSpec): readonly string[] {
  const flag =
    option.type === 'boolean'
      ? option.default === true
        ? `--no-${option.flag}`
        : `--${option.flag}`
      : `--${option.flag} ${placeholder(option)}`;
  const fallback = option.defaultText ?? (option.default === undefined ? 'none' : `\`${String(option.default)}\``);
  const variable = hasVariable(option) ? `\`${variableName(option)}\`` : 'none';
  return [`\`${flag}\``, variable, fallback, option.summary];
}

function placeholder({ type, value }: OptionSpec): string {
  return value ?? (Array.isArray(type) ? type.join('\\|') : '');
}

function errorRow(name: keyof typeof MOR_ERRORS, place: string): readonly string[] {
  const { text, legacyText, description, source }: MorError = MOR_ERRORS[name];
  return [place, `\`${text}\``, legacyText === undefined ? '' : `\`${legacyText}\``, description, source];
}

/** The table of a section of the rules, under its heading's name. */
function ruleTable({ title, rules }: Rules['sections'][number]): [file: string, marker: string, text: string] {
  const rows = rules.map((rule) => [`\`${rule.id}\``, rule.says.replaceAll('|', '\\|'), formatEvidence(rule)]);
  return ['docs/behaviour.md', title.toLowerCase().split(',')[0] ?? '', table(['rule', 'says', 'known by'], rows)];
}

/** What the calls may answer, in the order of their checks. */
const CALL_ERRORS = [...new Set(CALLS.flatMap(({ errors }) => errors))];

/** What pages list and no state causes. */
const FORCED_ONLY = (Object.keys(MOR_ERRORS) as MorErrorName[]).filter((name) => (MOR_ERRORS[name] as MorError).isForcedOnly === true);

const TABLES: readonly [file: string, marker: string, text: string][] = [
  ['docs/options.md', 'options', table(['flag', 'variable', 'default', ''], Object.values(OPTIONS).map(optionRow))],
  ['docs/shadow.md', 'options', table(['flag', 'variable', 'default', ''], Object.values(SHADOW_OPTIONS).map(optionRow))],
  [
    'docs/admin-api.md',
    'admin',
    table(
      ['call', 'does'],
      ADMIN_ROUTES.map(({ method, path, about, query }) => [`\`${method} ${formatPath(path)}${query === undefined ? '' : '?…'}\``, about]),
    ),
  ],
  [
    'docs/descriptions.md',
    'states',
    table(
      ['state', 'with its values in the name', 'description'],
      READY_STATES.map(({ name, inWords, about }) => [`\`${name}\``, inWords === undefined ? '' : `\`${inWords}\``, about]),
    ),
  ],
  [
    'docs/errors.md',
    'errors',
    table(
      ['#', 'text', 'on older servers', 'description', 'source'],
      [
        ...CALL_ERRORS.map((error, i) => errorRow(error, String(i + 1))),
        ...[...FORCED_ONLY, 'noSuchApi' as const].map((error) => errorRow(error, '–')),
      ],
    ),
  ],
  [
    'docs/errors.md',
    'order',
    table(
      ['call', 'errors'],
      CALLS.map(({ name, errors }) => [`\`${name}\``, errors.map((error) => `\`${MOR_ERRORS[error].text}\``).join(', ')]),
    ),
  ],
  ...loadRules('did_create').sections.map((section) => ruleTable(section)),
  ...CALLS.filter(({ name }) => name !== 'did_create').map(({ name }) =>
    ruleTable({ title: name, rules: loadRules(name).sections.flatMap(({ rules }) => rules) }),
  ),
];

it.each(TABLES)('%s: the table of %s is fresh', (file, marker, text) => {
  const path = join(ROOT, file);
  const found = new RegExp(`(<!-- ${marker}: [^>]*-->\\n)([\\s\\S]*?)(<!-- /${marker} -->)`);
  const written = readFileSync(path, 'utf8');
  const fresh = written.replace(found, (_, start: string, _old: string, end: string) => `${start}\n${text}\n\n${end}`);
  expect(found.test(written)).toBe(true);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, fresh);
  expect(unpadded(readFileSync(path, 'utf8'))).toBe(unpadded(fresh));
});

it('every error is in the table of errors: nothing is declared that no check or call answers', () => {
  expect(Object.keys(MOR_ERRORS).toSorted()).toEqual([...CALL_ERRORS, ...FORCED_ONLY, 'noSuchApi'].toSorted());
});
