import request from 'supertest';
import { createMockMor, type LogEntry } from '../../src/index.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

async function sendWith(
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly shown: unknown; readonly logged: LogEntry | undefined }> {
  const entries: LogEntry[] = [];
  const mor = await createMockMor({ log: (entry) => entries.push(entry) });
  await request(mor.handler).post('/billing/api/did_create').set(headers);
  return { shown: mor.requests().requests[0]?.trace_id, logged: entries[0] };
}

it.each([
  ['as the standard has it', `00-${ID}-${SPAN}-01`],
  ['a later version, with more behind it', `cc-${ID}-${SPAN}-01-what-comes`],
])('the id of a trace is in journal and log: %s', async (_, traceparent) => {
  const { shown, logged } = await sendWith({ TraceParent: traceparent });
  expect([shown, logged?.trace_id]).toEqual([ID, ID]);
  expect(logged?.message).toMatch(new RegExp(`^1 did_create by nobody: Access Denied \\(200, \\d+\\.\\d ms, trace ${ID}\\)$`));
});

it.each([
  ['none', {}],
  ['version ff', { traceparent: `ff-${ID}-${SPAN}-01` }],
  ['an id of zeros', { traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }],
  ['a span of zeros', { traceparent: `00-${ID}-${'0'.repeat(16)}-01` }],
  ['capitals', { traceparent: `00-${ID.toUpperCase()}-${SPAN}-01` }],
  ['other text', { traceparent: 'secret' }],
  ['an id of another header', { traceparents: `00-${ID}-${SPAN}-01`, tracestate: `00-${ID}-${SPAN}-01` }],
])('no id is made of %s', async (_, headers) => {
  const { shown, logged } = await sendWith(headers);
  expect([shown, logged?.trace_id]).toEqual([undefined, undefined]);
  expect(logged?.message).toMatch(/ ms\)$/);
});

it('the journal is filtered by it, in the library and over HTTP', async () => {
  const mor = await createMockMor();
  await request(mor.handler).post('/billing/api/did_create');
  await request(mor.handler).post('/billing/api/did_create').set('traceparent', `00-${ID}-${SPAN}-01`);
  expect(mor.requests({ trace_id: ID }).requests.map(({ id }) => id)).toEqual([2]);
  expect((await request(mor.handler).get(`/__admin/requests?trace_id=${ID}`)).body).toMatchObject({ requests: [{ id: 2, trace_id: ID }] });
  expect(mor.requests({ trace_id: 'x' }).requests).toEqual([]);
});
