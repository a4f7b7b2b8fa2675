import request from 'supertest';
import { createLogger } from '../../src/cli/logger.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';
import { createMockMor, type LogEntry, type MockMor, type MockMorOptions } from '../../src/index.ts';
import { send } from '../support/send.ts';

const entries: LogEntry[] = [];
const logged = (options: MockMorOptions = {}): Promise<MockMor> =>
  createMockMor({ explain: true, ...options, log: (entry) => entries.push(entry) });

beforeEach(() => {
  entries.length = 0;
});

const GOOD = signed({ u: 'admin', provider_id: '1', did: '370600009' });
const DETAILS = '/__admin/requests/1?format=text';

it.each<[title: string, sent: Parameters<typeof send>[1], reason: string | undefined]>([
  ['a success', carried(GOOD, 'query'), undefined],
  [
    'a wrong hash, by what was hashed',
    { query: 'u=admin&provider_id=1&did=370600009&hash=9ffb2d3c4ed0dbc2bc9ec0f7f6d8a1a3d2ee7dd0' },
    expect.stringMatching(/^none of \d+ recipes fits: another key, or another provider_id or did than was sent$/),
  ],
  [
    'a provider there is not',
    carried(signed({ u: 'admin', provider_id: '99', did: '370600009' }), 'query'),
    'provider_id "99": no provider has this id; fix: send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'a misspelt parameter, before what follows from it',
    { query: 'username=admin&foo=1' },
    expect.stringMatching(/^did_create does not read "username": did you mean u\? u was not sent; fix: send as u one of: admin, /),
  ],
  ['a call there is not', { path: '/billing/api/create_did' }, 'MOR has no call "create_did": did you mean did_create?'],
  ['a call like none', { path: '/billing/api/frob' }, undefined],
  ['a method there is not', { method: 'PUT' }, "MOR's API knows GET and POST, not PUT"],
])('%s', async (_, sent, reason) => {
  await send(await logged(), sent);
  expect(entries.map((entry) => [entry.reason, entry.details_url])).toEqual([[reason, reason === undefined ? undefined : DETAILS]]);
});

it('the address leads to the decision: of a server, and of a sandbox', async () => {
  const mor = await logged();
  const url = await mor.listen();
  mor.createSandbox({ name: 't1' });
  await fetch(`${url}/__sandboxes/t1/billing/api/did_create`, { method: 'POST' });
  const address = entries[0]?.details_url ?? '';
  expect(address).toBe(`${url}/__sandboxes/t1${DETAILS}`);
  expect(await (await fetch(address)).text()).toContain('did_create: Access Denied');
  await mor.close();
});

it('without an admin API there is no address', async () => {
  await send(await logged({ admin: false }), {});
  expect(entries[0]).toMatchObject({ reason: expect.stringMatching(/^u was not sent; fix: /) as string, details_url: undefined });
});

it('what a fault did needs no reason', async () => {
  const mor = await logged();
  mor.addFault({ error: 'Incorrect hash' });
  await send(mor, carried(GOOD, 'query'));
  expect(entries[0]).toMatchObject({ outcome: 'Incorrect hash', reason: undefined });
});

it('no reasons are made unless they are asked for', async () => {
  await send(await logged({ explain: false }), {});
  expect(entries[0]).toMatchObject({ reason: undefined, details_url: undefined });
});

it('no secret is in it, and it is short', async () => {
  const mor = await logged();
  const long = 'x'.repeat(100_000);
  await request(mor.handler).post(`/billing/api/did_create?u=reseller-secret&hash=${GOOD['hash'] ?? ''}&hunter2=1&password=hunter2`);
  await request(mor.handler)
    .post('/billing/api/did_create')
    .type('form')
    .send({ u: long, did: long, [long]: '1' });
  for (const entry of entries) {
    const { reason = '' } = entry;
    for (const secret of ['secret', GOOD['hash'] ?? '', 'hunter2']) expect(reason).not.toContain(secret);
    expect(reason.length).toBeLessThan(600);
  }
});

it('pretty: one line below the call', async () => {
  await send(await logged(), {});
  const lines: string[] = [];
  const log = await createLogger({ writableLength: 0, write: (text: unknown) => lines.push(String(text)) > 0 }, 'pretty');
  for (const entry of entries) log({ ...entry, reason: 'a\u001b[2J\nb' });
  expect(lines.join('')).toMatch(
    / info {2}1 did_create by nobody: Access Denied .*\n {15}why: a\\x1b\[2J\\x0ab {2}\/__admin\/requests\/1\?format=text\n$/,
  );
});
