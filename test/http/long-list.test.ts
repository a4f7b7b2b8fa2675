/** A list of 300,000 DIDs over HTTP: streamed, whole, kept only in part, and cut by a fault. */
import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { signParams } from '../../src/contract/signed.ts';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { didsGet } from '../../src/mor/calls/dids-get.ts';

const COUNT = 300_000;

/** A record as the contract shows it. */
const record = (id: number): string =>
  [
    '    <did>',
    `      <did>37061${String(id - 1).padStart(6, '0')}</did>`,
    '      <provider>Main trunk</provider>',
    '      <language>en</language>',
    '      <status>Free</status>',
    '      <reseller></reseller>',
    '      <device></device>',
    '      <dial_plan></dial_plan>',
    '      <simultaneous_call_limit>Unlimited</simultaneous_call_limit>',
    '      <tone_zone>us</tone_zone>',
    `      <id>${String(id)}</id>`,
    '    </did>\n',
  ].join('\n');

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<page>\n  <dids>\n';
const TAIL = '  </dids>\n</page>\n';

let mor: MockMor;

beforeAll(async () => {
  mor = await createMockMor({
    fixtures: {
      settings: { api_secret_key: 'secret', allow_get_api: true },
      users: [{ id: 0, username: 'admin', type: 'admin' }],
      providers: [{ id: 1, name: 'Main trunk' }],
      dids: [{ from: '37061000000', to: `37061${String(COUNT - 1)}`, provider_id: 1 }],
    },
  });
  await mor.listen();
});

afterEach(() => mor.reset());

afterAll(() => mor.close());

/** Asks for DIDs, and gives the answer when its head is there. */
async function list(filters: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const query = new URLSearchParams(signParams(didsGet, { u: 'admin', ...filters })).toString();
  const req = get(`${mor.url ?? ''}/billing/api/dids_get?${query}`, { agent: false });
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  return res;
}

/** The length of an answer, how many records it has, and its ends, without keeping it. */
async function digest(res: IncomingMessage) {
  let [length, records, start, end] = [0, 0, '', ''];
  let isWhole = true;
  try {
    for await (const part of res.setEncoding('latin1')) {
      const text = part as string;
      length += text.length;
      const seam = end.slice(-3) + text;
      records += seam.split('<id>').length - 1;
      if (start.length < 1000) start += text;
      end = (end + text).slice(-1000);
    }
  } catch {
    isWhole = false;
  }
  return { length, records, start, end, isWhole };
}

const WHOLE_LENGTH =
  HEAD.length + TAIL.length + Array.from({ length: COUNT }, (_, i) => record(i + 1).length).reduce((sum, one) => sum + one, 0);

test('it is streamed, whole, and the journal keeps its beginning', async () => {
  const res = await list();
  const { statusCode, headers } = res;
  expect([statusCode, headers['content-type'], headers['transfer-encoding'], headers['content-length']]).toEqual([
    200,
    'text/xml; charset=utf-8',
    'chunked',
    undefined,
  ]);
  const { start, end, ...rest } = await digest(res);
  expect(rest).toEqual({ length: WHOLE_LENGTH, records: COUNT, isWhole: true });
  expect(start.startsWith(HEAD + record(1) + record(2))).toBe(true);
  expect(end.endsWith(record(COUNT) + TAIL)).toBe(true);

  const [entry] = (await mor.waitForRequests({ state: 'completed' })).requests;
  expect(entry).toMatchObject({ call: 'dids_get', outcome: 'success', answer: { status: 200, is_cut: true } });
  const kept = entry?.answer?.body ?? '';
  expect(kept.startsWith(HEAD + record(1))).toBe(true);
  expect(kept.length).toBeLessThan(100_000);
});

test('a change while it is read is not seen, and the next list has it', async () => {
  // More than the buffers between them hold.
  const from = COUNT - 40_000;
  const res = await list({ from: String(from) });
  mor.deleteDid(COUNT);
  mor.putDid({ did: '5', provider_id: 1 });
  const { records, end, isWhole } = await digest(res);
  expect([records, end.endsWith(record(COUNT) + TAIL), isWhole]).toEqual([40_001, true, true]);
  const { start } = await digest(await list({ from: String(COUNT - 1) }));
  expect(start.startsWith(HEAD + record(COUNT - 1))).toBe(true);
  expect(start).not.toContain(`<id>${String(COUNT)}</id>`);
  expect(start).toContain('<did>5</did>');
});

test('a window of it is short, and not cut', async () => {
  const { start, records } = await digest(await list({ from: String(COUNT), max_results: '5' }));
  expect([records, start]).toEqual([1, HEAD + record(COUNT) + TAIL]);
  const [entry] = (await mor.waitForRequests({ state: 'completed' })).requests;
  expect(entry?.answer).toEqual({ status: 200, body: HEAD + record(COUNT) + TAIL });
});

test('a client that leaves ends it', async () => {
  const res = await list();
  res.destroy();
  const [entry] = (await mor.waitForRequests({ state: 'aborted' })).requests;
  expect(entry).toMatchObject({ call: 'dids_get', state: 'aborted' });
});

test('a fault cuts it in half under the length of the whole', async () => {
  mor.addFault({ connection: 'truncated', match: { call: 'dids_get' } });
  const res = await list();
  expect([res.statusCode, res.headers['content-length'], res.headers['transfer-encoding']]).toEqual([200, String(WHOLE_LENGTH), undefined]);
  const { length, start, isWhole } = await digest(res);
  expect([length, isWhole, start.startsWith(HEAD + record(1))]).toEqual([Math.floor(WHOLE_LENGTH / 2), false, true]);
  const [entry] = (await mor.waitForRequests({ state: 'aborted' })).requests;
  expect(entry?.fault).toMatch(/truncated/);
  expect((await digest(await list({ max_results: '1' }))).records).toBe(1);
});
