import { SaxesParser } from 'saxes';
import { changesSince, createRunRecord } from '../../src/verify/record.ts';
import { formatMarkdown } from '../../src/verify/markdown-report.ts';
import { REPORTS, type Run } from '../../src/verify/reports.ts';
import type { CaseResult } from '../../src/verify/result.ts';
import { withoutSecrets } from '../../src/verify/secrets.ts';

const of = (title: string, more: Partial<CaseResult>): CaseResult => ({
  call: 'did_create',
  rule: 'check.did-exists',
  title,
  status: 'passed',
  differences: [],
  notes: [],
  durationMs: 5,
  ...more,
});

const RUN: Run = {
  kind: 'server',
  url: 'http://mor.test',
  meant: 5,
  settings: ['error_envelope: bare'],
  durationMs: 1234,
  results: [
    of('a <good> & "quoted" case', { notes: [{ aspect: 'envelope', expected: '<page>', got: '<status>' }] }),
    of('a case that differs\x1b[2J', { status: 'differs', differences: [{ aspect: 'outcome', expected: 'a', got: 'b\n100%\x00' }] }),
    of('one skipped', { status: 'skipped', reason: 'needs a thing' }),
    of('another skipped', { status: 'skipped', reason: 'needs a thing' }),
    of('a case that failed', { status: 'failed', reason: 'no answer within 5 ms' }),
  ],
};

test('pretty: what is wrong first, the rest in groups, the sum last, and nothing that steers a terminal', () => {
  expect(REPORTS.pretty(RUN)).toBe(`✗ did_create check.did-exists › a case that differs\\x1b[2J
    outcome: expected a; got b\\x0a100%\\x00

! did_create check.did-exists › a case that failed
    no answer within 5 ms

Skipped:
  2 × needs a thing

Differs, where real servers are known to differ:
  1 × envelope: expected <page>; got <status>

The mock behaves the same with these settings:
  error_envelope: bare

5 cases against the server at http://mor.test: 1 passed, 1 differ, 2 skipped, 1 failed (1.2 s)
`);
});

test('pretty: a run that was ended says so, and one that was compared what has changed', () => {
  const text = REPORTS.pretty({ ...RUN, meant: 9, endedBy: 'it was interrupted', made: { count: 2, file: 'made.csv' }, changes: [] });
  expect(text).toContain('Changed since the run it was compared with:\n  nothing\n');
  expect(text).toContain('2 numbers were made or may have been; they are listed in made.csv\n');
  expect(text).toContain('It ended after 5 cases: it was interrupted\n');
  expect(text).toContain('9 cases against');
});

test('pretty: of several calls a table stands above the last line', () => {
  const text = REPORTS.pretty({ ...RUN, results: [...RUN.results, of('one more', { call: 'dids_get' })] });
  expect(text.split('\n').slice(-6)).toEqual([
    'call        passed  differ  skipped  failed',
    'did_create       1       1        2       1',
    'dids_get         1       0        0       0',
    '',
    '5 cases against the server at http://mor.test: 2 passed, 1 differ, 2 skipped, 1 failed (1.2 s)',
    '',
  ]);
});

test('Markdown: the sum, the calls, what is not well, and no sign that Markdown reads', () => {
  expect(formatMarkdown({ ...RUN, changes: ['a | b'], endedBy: 'it was interrupted' })).toBe(`## mock-mor verify

❌ 5 cases against the server at http://mor.test: 1 passed, 1 differ, 2 skipped, 1 failed (1.2 s)

| call | passed | differ | skipped | failed |
| --- | ---: | ---: | ---: | ---: |
| \`did_create\` | 1 | 1 | 2 | 1 |

### Not well

- did\\_create check.did-exists › a case that differs\\\\x1b\\[2J: outcome: expected a; got b\\\\x0a100%\\\\x00
- did\\_create check.did-exists › a case that failed: no answer within 5 ms

### Changed since the run it was compared with

- a \\| b

### Skipped

- 2 × needs a thing

The run ended before its time: it was interrupted
`);
});

test('Markdown: a run that is well, one in which nothing passed, and many cases that are not well', () => {
  const good = of('good', {});
  const bad = of('bad', { status: 'failed', reason: 'no' });
  const skipped = of('one skipped', { status: 'skipped', reason: 'needs a thing' });
  expect(formatMarkdown({ ...RUN, results: [good] }).split('\n')[2]).toMatch(/^✅ /);
  expect(formatMarkdown({ ...RUN, results: [skipped] }).split('\n')[2]).toMatch(/^❌ /);
  const many = formatMarkdown({ ...RUN, results: Array.from({ length: 25 }, () => bad) });
  expect(many).toContain('\n- and 5 more\n');
});

test('json: the whole run', () => {
  const report = JSON.parse(REPORTS.json(RUN)) as Record<string, unknown>;
  expect(report).toMatchObject({
    target: 'server',
    counts: { passed: 1, differs: 1, skipped: 2, failed: 1 },
    settings: ['error_envelope: bare'],
    results: RUN.results,
  });
});

test('junit: well-formed whatever the texts, with the right counts', () => {
  const xml = REPORTS.junit(RUN);
  const faults: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => faults.push(message));
  parser.write(xml).close();
  expect(faults).toEqual([]);
  expect(xml).toContain('<testsuites name="mock-mor verify" tests="5" failures="1" errors="1" skipped="2" time="1.234">');
  expect(xml).toContain('<testsuite name="did_create check.did-exists" tests="5" failures="1" errors="1" skipped="2" time="0.025">');
  expect(xml).toContain(
    '<testcase classname="did_create check.did-exists" name="a &lt;good&gt; &amp; &quot;quoted&quot; case" time="0.005">',
  );
  expect(xml).toContain('<skipped message="needs a thing"/>');
  expect(xml).toContain('<error message="no answer within 5 ms"/>');
});

test('github: an annotation for what is wrong, one line each', () => {
  expect(REPORTS.github({ ...RUN, changes: ['a, then b'] }).split('\n')).toEqual([
    '::error title=did_create check.did-exists › a case that differs\\x1b[2J::outcome: expected a; got b%0A100%25\\x00',
    '::error title=did_create check.did-exists › a case that failed::no answer within 5 ms',
    '::warning title=changed since the run it was compared with::a, then b',
    '::notice title=the mock behaves the same with::error_envelope: bare',
    '::notice title=mock-mor verify::5 cases against the server at http://mor.test: 1 passed, 1 differ, 2 skipped, 1 failed (1.2 s)',
    '',
  ]);
});

test('junit: what has changed and why it ended count as tests of their own', () => {
  const xml = REPORTS.junit({ ...RUN, endedBy: 'it was interrupted', changes: ['a, then b'] });
  expect(xml).toContain('tests="7" failures="2" errors="2" skipped="2"');
  expect(xml).toContain('<testcase classname="changed" name="a, then b">');
  expect(xml).toContain('<error message="it was interrupted"/>');
});

describe('secrets', () => {
  const shown = withoutSecrets(['k-$e&c<r>"é +/', 'k', '']);

  test.each([
    ['as it is', 'x k-$e&c<r>"é +/!', 'x ***!'],
    ['in a query', 'k-%24e%26c%3Cr%3E%22%C3%A9%20%2B%2F', '***'],
    ['in a form, in small letters', 'k-%24e%26c%3cr%3e%22%c3%a9+%2b%2f', '***'],
    ['every character of it encoded', Array.from(Buffer.from('k-$e&c<r>"é +/'), (byte) => `%${byte.toString(16)}`).join(''), '***'],
    ['in XML', 'k-$e&amp;c&lt;r&gt;&quot;&#233; +/', '***'],
    ['in XML by numbers', '&#107;&#x2d;$e&#38;c&#60;r&#0062;&#x22;&#xE9; +/', '***'],
    ['in JSON', String.raw`k-$e&c<r>\"\u00e9 +\/`, '***'],
    ['a short one', 'ak', 'a***'],
    ['a hash', 'hash=CB9DFF0D59F7FFAF036D55B57C817BF528EDB54A.', 'hash=***.'],
    ['nothing secret', 'Access Denied', 'Access Denied'],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe('a kept run', () => {
  const record = createRunRecord(RUN.results, 'server', { date: new Date(0), serverVersion: 'X5' });

  test('has neither address nor what was expected', () => {
    expect(record).toEqual({
      mock_mor: expect.stringMatching(/^\d/),
      date: '1970-01-01T00:00:00.000Z',
      target: 'server',
      server_version: 'X5',
      cases: RUN.results.map(({ call, rule, title, status }) => ({ call, rule, title, status })),
    });
  });

  test.each<[title: string, was: Partial<CaseResult>, is: Partial<CaseResult>, changes: readonly string[]]>([
    ['the same', { outcome: 'x', digest: '1' }, { outcome: 'x', digest: '1' }, []],
    ['another outcome', { outcome: 'x', digest: '1' }, { outcome: 'y', digest: '2' }, ['answered "x" then, "y" now']],
    [
      'another form',
      { outcome: 'x', digest: '1' },
      { outcome: 'x', digest: '2' },
      ['the same said in another form (headers, envelope or other elements)'],
    ],
    ['another status', { outcome: 'x' }, { outcome: 'x', status: 'differs' }, ['passed then, differs now']],
    ['skipped now', { outcome: 'x' }, { status: 'skipped' }, []],
    ['skipped then', { status: 'skipped' }, { outcome: 'x' }, []],
    ['failed now', { outcome: 'x' }, { status: 'failed' }, []],
  ])('%s', (_, was, is, changes) => {
    const kept = (more: Partial<CaseResult>) => createRunRecord([of('a case', more)], 'server', { date: new Date(0) });
    expect(changesSince(kept(was), kept(is))).toEqual(changes.map((change) => `did_create check.did-exists › a case: ${change}`));
  });

  test('a case that is new -> no change', () => {
    expect(changesSince(record, createRunRecord([of('new', { outcome: 'x' })], 'server', { date: new Date(0) }))).toEqual([]);
  });
});
