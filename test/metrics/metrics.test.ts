import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { send } from '../support/send.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

let mor: MockMor;
beforeEach(async () => {
  mor = await createMockMor({ journalEntries: 2 });
});

/** The samples of a text of Prometheus' format, by name and labels. */
function samples(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

const measured = async () => samples(await mor.metrics());

const create = (did: string) => send(mor, carried(signed({ u: 'admin', provider_id: '1', did }), 'query'));

it('calls are counted by call and outcome', async () => {
  await create('5');
  await create('5');
  await create('6');
  await send(mor, { path: '/billing/api/no_such' });
  await send(mor, { path: '/billing/api/another' });
  await send(mor, { query: 'u=%zz' });
  const counts = [...(await measured())].filter(([name]) => name.startsWith('mock_mor_requests_total'));
  expect(Object.fromEntries(counts)).toEqual({
    'mock_mor_requests_total{call="did_create",outcome="DID created"}': 2,
    'mock_mor_requests_total{call="did_create",outcome="DID already exists"}': 1,
    'mock_mor_requests_total{call="unknown",outcome="There is no such API"}': 2,
    'mock_mor_requests_total{call="did_create",outcome="refused"}': 1,
  });
});

it('faults are counted by kind, without ids and times', async () => {
  for (const effect of [{ error: 'Access Denied' }, { delay_ms: 1 }, { delay_ms: 2 }, { http: { status: 503 } }] as const) {
    mor.addFault({ ...effect, phase: 'after' });
    await create('5');
  }
  const values = await measured();
  expect(values.get('mock_mor_faults_fired_total{fault="error"}')).toBe(1);
  expect(values.get('mock_mor_faults_fired_total{fault="delay"}')).toBe(2);
  expect(values.get('mock_mor_faults_fired_total{fault="HTTP 503"}')).toBe(1);
  expect(values.get('mock_mor_requests_total{call="did_create",outcome="fault"}')).toBe(1);
});

it('sandboxes and dropped entries are reported as they are, of all worlds', async () => {
  const a = mor.createSandbox({ name: 'a' });
  mor.createSandbox();
  for (let i = 0; i < 5; i++) await create(String(i));
  for (let i = 0; i < 3; i++) await request(a.handler).post('/billing/api/did_create');
  let values = await measured();
  expect([values.get('mock_mor_sandboxes'), values.get('mock_mor_journal_dropped_entries')]).toEqual([2, 3 + 1]);
  mor.reset();
  mor.deleteSandbox('a');
  values = await measured();
  expect([values.get('mock_mor_sandboxes'), values.get('mock_mor_journal_dropped_entries')]).toEqual([1, 0]);
});

it('durations are a histogram in seconds', async () => {
  mor.addFault({ delay_ms: 60 });
  await create('5');
  const values = await measured();
  const bucket = (le: string) => values.get(`mock_mor_request_duration_seconds_bucket{le="${le}",call="did_create"}`);
  expect([bucket('0.05'), bucket('30'), bucket('+Inf')]).toEqual([0, 1, 1]);
  expect(values.get('mock_mor_request_duration_seconds_count{call="did_create"}')).toBe(1);
  expect(values.get('mock_mor_request_duration_seconds_sum{call="did_create"}')).toBeGreaterThan(0.05);
});

it('what ended before the first look is in it, also a thousand and more', async () => {
  for (let i = 0; i < 1100; i++) await send(mor, { query: 'u=nobody' });
  await create('5');
  const values = await measured();
  expect(values.get('mock_mor_requests_total{call="did_create",outcome="Access Denied"}')).toBe(1100);
  expect(values.get('mock_mor_requests_total{call="did_create",outcome="DID created"}')).toBe(1);
  await create('6');
  expect((await measured()).get('mock_mor_requests_total{call="did_create",outcome="DID created"}')).toBe(2);
});

it('two mocks share no numbers', async () => {
  await create('5');
  await mor.metrics();
  const other = await createMockMor();
  expect(await other.metrics()).not.toContain('DID created');
});

it('over the admin API it is text of version 0.0.4, the same from a sandbox', async () => {
  await create('5');
  mor.createSandbox({ name: 'a' });
  const texts = await Promise.all(
    ['/__admin/metrics', '/__sandboxes/a/__admin/metrics'].map(async (path) => {
      const { status, headers, text } = await request(mor.handler).get(path);
      expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
      return text;
    }),
  );
  expect(texts).toEqual([await mor.metrics(), await mor.metrics()]);
  const { status, body } = await request(mor.handler).get('/__admin/metrics?x=1');
  expect([status, body.code]).toEqual([400, 'QUERY_INVALID']);
});
