/** `serve --save-run`: what a run leaves behind. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { run, serve, SERVE } from './program.ts';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'save-run-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** On a slow machine only the first hashes are diagnosed. */
function withoutDiagnosis(run: object): unknown {
  return JSON.parse(JSON.stringify(run, (name, value: unknown) => (name === 'hash' ? undefined : value)));
}

test('the journal with its decisions is written at the end, masked', async () => {
  const file = join(folder, 'run.json');
  const program = serve(['--save-run', file, '--sandboxes', 'auto']);
  const url = await program.url();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'mock-mor-run', requests: [] });
  const form = { u: 'admin', provider_id: '1', did: '37060000777', hash: 'f'.repeat(39) + '0', password: 'hunter22' };
  await request(url).post('/billing/api/did_create').type('form').send(form);
  await request(url).post('/__sandboxes/t1/billing/api/did_create').type('form').send(form);
  const { body } = await request(url).get('/__admin/run');
  program.kill('SIGTERM');
  expect((await program.exit()).status).toBe(0);
  const text = readFileSync(file, 'utf8');
  const saved = JSON.parse(text) as { instance: string; at: string };
  expect(withoutDiagnosis(saved)).toEqual(withoutDiagnosis({ ...body, at: saved.at }));
  expect(saved).toMatchObject({
    format: 'mock-mor-run',
    instance: expect.stringMatching(/^[0-9a-f]{12}$/),
    requests: [
      { request_id: '1', sandbox: null, trace: { outcome: 'Incorrect hash' } },
      { request_id: 't1-1', sandbox: 't1', trace: { outcome: 'Incorrect hash' } },
    ],
    coverage: { calls: expect.any(Array) },
    faults: [],
  });
  expect(text).not.toMatch(/hunter22|f{39}0/);
});

test('a file that cannot be written is reported at the start', async () => {
  const { status, stderr } = await run([...SERVE, '--save-run', join(folder, 'none', 'run.json')]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^mock-mor: --save-run: ENOENT.*\n$/)]);
});

test('one that cannot be written at the end makes the status 1', async () => {
  const file = join(folder, 'sub', 'run.json');

  mkdirSync(join(folder, 'sub'));
  const program = serve(['--save-run', file]);
  await program.url();
  rmSync(join(folder, 'sub'), { recursive: true });
  program.kill('SIGTERM');
  const { status, stderr } = await program.exit();
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^mock-mor: the run is not saved: ENOENT/m)]);
});

test('it is not the coverage report too', async () => {
  const file = join(folder, 'run.json');
  const { status, stderr } = await run([...SERVE, '--save-run', file, '--coverage-report', file]);
  expect([status, stderr]).toEqual([2, 'mock-mor: --save-run and --coverage-report name the same file\n']);
});
