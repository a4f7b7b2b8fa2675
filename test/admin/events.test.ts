/** The stream of events over HTTP, and the same in the library. */
import request from 'supertest';
import { createMockMor, type MockMor, type MockMorEvent } from '../../src/index.ts';
import { openEvents, type EventClient } from '../support/event-client.ts';

let mor: MockMor;
let url: string;
const open: EventClient[] = [];

beforeEach(async () => {
  mor = await createMockMor();
  url = await mor.listen();
});

afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await mor.close();
});

async function connect(query = '', headers: Readonly<Record<string, string>> = {}, prefix = ''): Promise<EventClient> {
  const client = await openEvents(`${url}${prefix}/__admin/events${query}`, headers);
  open.push(client);
  return client;
}

async function send(prefix = ''): Promise<void> {
  await request(url).post(`${prefix}/billing/api/did_create`).type('form').send({ u: 'nobody' });
}

const has =
  (name: string, count = 1) =>
  (events: readonly { event: string }[]): boolean =>
    events.filter(({ event }) => event === name).length >= count;

it('begins with hello', async () => {
  const client = await connect();
  const [hello] = await client.until(has('hello'));
  expect([client.status, client.headers['content-type'], client.headers['cache-control']]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
    'no-store',
  ]);
  expect(client.text()).toMatch(/^retry: 1000\n\nid: [0-9a-f]{12}\.1\nevent: hello\ndata: \{/);
  const { instance } = hello?.data ?? {};
  expect(hello?.data).toEqual({ instance, version: mor.health().version, sandbox: null, reconnected: false });
});

it('has a row for a request that began, and again when it ended; and what changed', async () => {
  const client = await connect();
  await client.until(has('hello'));
  mor.addFault({ delay_ms: 60_000, times: 1 });
  const hanging = send();
  await client.until(has('requests'));
  expect(client.events.find(({ event }) => event === 'requests')?.data).toMatchObject({
    sandbox: null,
    rows: [{ id: 1, state: 'pending', call: 'did_create', u: 'nobody', sandbox: null }],
    dropped: 0,
  });
  await client.until(has('state'));
  expect(client.events.find(({ event }) => event === 'state')?.data).toEqual({ sandbox: null, topics: ['faults'] });
  await send();
  await client.until((events) => events.some(({ data }) => data.rows?.some(({ id, state }) => id === 2 && state === 'completed')));
  const rows = client.events.flatMap(({ data }) => data.rows ?? []);
  expect(rows.at(-1)).toEqual(mor.requestRows({ since: 1 }).requests[0]);
  hanging.catch(() => undefined);
});

it('names what changed in a world', async () => {
  const client = await connect();
  await client.until(has('hello'));
  mor.putDid({ did: '37060000777', provider_id: 1 });
  mor.patchSettings({ allow_get_api: false });
  mor.takeSnapshot('one');
  mor.createSandbox({ name: 'other' });
  mor.clearCoverage();
  const events = await client.until(has('state'));
  expect(events.at(-1)?.data).toEqual({ sandbox: null, topics: ['dids', 'settings', 'snapshots', 'sandboxes', 'coverage'] });
});

it('reports a cleared journal, and of a whole reset', async () => {
  await send();
  const client = await connect();
  await client.until(has('hello'));
  mor.clearRequests();
  await client.until(has('reset'));
  mor.reset();
  const events = await client.until((all) => has('reset', 2)(all) && has('state')(all));
  expect(events.slice(1).map(({ event, data }) => [event, data])).toEqual([
    ['reset', { sandbox: null }],
    ['reset', { sandbox: null }],
    ['state', { sandbox: null, topics: ['dids', 'users', 'devices', 'settings', 'faults'] }],
  ]);
});

it('is of one world, or of all', async () => {
  mor.createSandbox({ name: 'old' });
  const root = await connect();
  const all = await connect('?sandbox=*');
  const old = await connect('', {}, '/__sandboxes/old');
  for (const client of [root, all, old]) await client.until(has('hello'));
  mor.createSandbox({ name: 'new' });
  await send('/__sandboxes/new');
  await send('/__sandboxes/old');
  await send();
  const sandboxes = (client: EventClient): readonly unknown[] =>
    [...new Set(client.events.filter(({ event }) => event === 'requests').map(({ data }) => data['sandbox'] as string | null))].sort();
  await all.until(() => sandboxes(all).length === 3);
  await root.until(has('requests'));
  await old.until(has('requests'));
  expect([sandboxes(root), sandboxes(old), sandboxes(all)]).toEqual([[null], ['old'], ['new', 'old', null].sort()]);
  expect([root, all, old].map(({ events }) => events[0]?.data['sandbox'])).toEqual([null, '*', 'old']);
});

it('refuses all worlds in a sandbox, another world by name, and an unknown sandbox', async () => {
  mor.createSandbox({ name: 's' });
  const statuses = await Promise.all([
    connect('?sandbox=*', {}, '/__sandboxes/s'),
    connect('?sandbox=s'),
    connect('', {}, '/__sandboxes/gone'),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([409, 400, 404]);
});

it('goes on behind the last event that was seen', async () => {
  const first = await connect();
  await first.until(has('hello'));
  mor.clearRequests();
  const seen = (await first.until(has('reset'))).at(-1)?.id ?? '';
  first.close();
  await first.ended;
  mor.putDid({ did: '37060000777', provider_id: 1 });
  const again = await connect('', { 'Last-Event-ID': seen });
  await again.until(has('state'));
  expect(again.events.map(({ event, data }) => [event, data['reconnected']])).toEqual([
    ['hello', true],
    ['state', undefined],
  ]);
  expect(again.events[0]?.id).toBe(seen);
  const byQuery = await connect(`?last_event_id=${seen}`);
  await byQuery.until(has('state'));
  expect(byQuery.events).toEqual(again.events);
});

it.each([
  ['of another server', 'ffffffffffff.3'],
  ['that will come one day', '99999999'],
  ['that is none', 'x'],
  ['before all', '0'],
])('an id %s: everything may have been missed', async (_, id) => {
  const before = await connect();
  const instance = (await before.until(has('hello')))[0]?.data['instance'] as string;
  const client = await connect('', { 'Last-Event-ID': /^[0-9]/.test(id) ? `${instance}.${id}` : id });
  const events = await client.until(has('missed'));
  expect(events.map(({ event, data }) => [event, data['reconnected'] ?? data])).toEqual([
    ['hello', false],
    ['missed', { sandbox: null }],
  ]);
});

it('ends when the server closes', async () => {
  const client = await connect();
  await client.until(has('hello'));
  await mor.close();
  await client.ended;
  expect(client.response.complete).toBe(true);
});

it('ends when its sandbox goes, after what happened in it', async () => {
  mor.createSandbox({ name: 's' });
  const client = await connect('', {}, '/__sandboxes/s');
  await client.until(has('hello'));
  await send('/__sandboxes/s');
  mor.deleteSandbox('s');
  await client.ended;
  expect(client.events.at(-1)).toMatchObject({ data: { sandbox: 's' } });
});

it('is guarded like the rest', async () => {
  const guarded = await createMockMor({ adminToken: 't0ken' });
  const there = `${await guarded.listen()}/__admin/events`;
  try {
    const bad = await Promise.all([
      openEvents(there),
      openEvents(there, { Authorization: 'Bearer t0ken', Host: 'evil.example' }),
      openEvents(there, { Authorization: 'Bearer t0ken', Origin: 'https://evil.example' }),
      openEvents(there, { Authorization: 'Bearer t0ken', 'Sec-Fetch-Site': 'cross-site' }),
    ]);
    expect(bad.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
    const good = await openEvents(there, { Authorization: 'Bearer t0ken' });
    await good.until(has('hello'));
    good.close();
  } finally {
    await guarded.close();
  }
});

it('answers HEAD without a stream', async () => {
  const { status, headers } = await request(url).head('/__admin/events');
  expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
});

describe('in the library', () => {
  it('calls back until it is ended', async () => {
    const events: MockMorEvent[] = [];
    let wake = (): void => undefined;
    const end = mor.subscribe((event) => {
      events.push(event);
      wake();
    });
    const next = new Promise<void>((resolve) => (wake = resolve));
    await send();
    await next;
    end();
    expect(events.map(({ event }) => event).slice(0, 2)).toEqual(['hello', 'requests']);
  });

  it('refuses what is no listener, and options it does not know', () => {
    expect(() => mor.subscribe('x' as never)).toThrow('subscribe takes a function that is called with each event');
    expect(() => mor.subscribe(() => undefined, { sandbox: 's' as never })).toThrow('the option sandbox must be one of *');
    expect(() => mor.createSandbox({ name: 's' }).subscribe(() => undefined, { sandbox: '*' })).toThrow('a sandbox holds no sandboxes');
  });
});
