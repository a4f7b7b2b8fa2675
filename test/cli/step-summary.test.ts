import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { formatCoverage } from '../../src/cli/coverage-report.ts';
import { appendStepSummary } from '../../src/cli/step-summary.ts';
import { createMockMor } from '../../src/index.ts';
import { run, serve } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-summary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is appended to the file of the variable, and to none without it', () => {
  const file = join(folder, 'summary.md');
  writeFileSync(file, 'before\n');
  appendStepSummary('one\n', { GITHUB_STEP_SUMMARY: file });
  appendStepSummary('two\n', {});
  appendStepSummary('three\n', { GITHUB_STEP_SUMMARY: '' });
  expect(readFileSync(file, 'utf8')).toBe('before\none\n\n');
});

it('a file that cannot be written is reported, and nothing else happens', () => {
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  appendStepSummary('one\n', { GITHUB_STEP_SUMMARY: folder });
  expect(spy.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(/^mock-mor: no summary in GITHUB_STEP_SUMMARY: EISDIR.*\n$/),
  ]);
  spy.mockRestore();
});

describe('coverage as Markdown', () => {
  it('has what was met of each call that was called, and names the others', async () => {
    const mor = await createMockMor();
    await request(mor.handler).post('/billing/api/did_close?u=admin');
    const lines = formatCoverage(mor.coverage(), undefined).split('\n');
    const { calls } = mor.coverage();
    const total = calls.reduce((sum, { page }) => sum + page.of, 0);
    const close = calls.find(({ call }) => call === 'did_close')!;
    expect(lines.slice(0, 6)).toEqual([
      '## mock-mor coverage',
      '',
      `1 of ${String(total)} outcomes were met: those that the vendor's pages list.`,
      '',
      '| call | page | all | missing |',
      '| --- | ---: | ---: | --- |',
    ]);
    expect(lines[6]).toBe(
      `| \`did_close\` | 1 of ${String(close.page.of)} | 1 of ${String(close.all.of)} | ${close.page.missing.join(', ')} |`,
    );
    expect(lines.slice(7)).toEqual(['', expect.stringMatching(/^Not called: `did_create`, .*`\.$/), '']);
  });

  it('says whether what is required is met', async () => {
    const mor = await createMockMor();
    expect(formatCoverage(mor.coverage(), 'all').split('\n')[2]).toMatch(/^❌ 0 of \d+ outcomes were met: all that there are\.$/);
  });
});

it('serve appends it once, at its end', async () => {
  const file = join(folder, 'summary.md');
  const program = serve(['--log', 'silent', '--coverage-report', join(folder, 'coverage.json')], { env: { GITHUB_STEP_SUMMARY: file } });
  await program.url();
  program.kill('SIGTERM');
  await program.exit();
  expect(readFileSync(file, 'utf8').match(/^## /gm)).toHaveLength(1);
});

it('verify appends its own; a run in which all was skipped is not green and says why', async () => {
  const file = join(folder, 'summary.md');
  const url = await serve(['--log', 'silent']).url();
  const profile = join(folder, 'profile.yaml');
  writeFileSync(
    profile,
    'base_url: http://unused.test\nkey_from: MOR_KEY\ncallers: [{ username: admin, type: admin }]\nproviders: [{ id: 1 }]\nnot_available: { hash.exact: a proxy lowers hashes }\n',
  );
  const { status, stdout, stderr } = await run(['verify', url, '--profile', profile, '--only', 'hash.exact', '--rate', '0'], {
    env: { GITHUB_STEP_SUMMARY: file, MOR_KEY: 'secret' },
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^mock-mor: nothing was tried, so this run proves nothing: all 9 cases were skipped \(9 × .*a proxy lowers hashes.*\)\n$/,
  );
  expect(stdout).toMatch(/0 passed, 0 differ, 9 skipped, 0 failed/);
  expect(readFileSync(file, 'utf8')).toMatch(/^## mock-mor verify\n\n❌ 9 cases /);
});
