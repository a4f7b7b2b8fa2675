import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

/** The notes of the trace, as the journal has them, and as the admin API explains the same parameters. */
async function notesOf(call: string, query: string): Promise<readonly (readonly string[] | undefined)[]> {
  await request(mor.handler).post(`/billing/api/${call}`).type('form').send(query);
  const explained = await request(mor.handler).post(`/__admin/explain/${call}`).type('form').send(query);
  return [mor.request(1).trace?.notes, (explained.body as { notes?: readonly string[] }).notes];
}

it.each<[title: string, call: string, query: string, notes: readonly string[] | undefined]>([
  ['nothing', 'did_create', 'u=admin&provider_id=1&did=5&hash=x', undefined],
  ['another name', 'did_create', 'username=admin&did=5', ['did_create does not read "username": did you mean u?']],
  ['the wrong id', 'did_close', 'u=admin&did_id=1', ['did_close does not read "did_id": did you mean dids_id?']],
  [
    'the wrong id the other way',
    'did_subscription_stop',
    'u=admin&dids_id=1',
    ['did_subscription_stop does not read "dids_id": did you mean did_id?'],
  ],
  ['another case', 'did_create', 'U=admin&did=5', ['did_create does not read "U": did you mean u?']],
  ['unknown names', 'did_create', 'u=admin&foo=1&bar=2&foo=3', ['did_create does not read "foo", "bar".']],
  ['a guess whose parameter is there too', 'did_create', 'u=admin&username=bob', ['did_create does not read "username".']],
  [
    'a repeated name',
    'did_create',
    'u=admin&did=5&did=6',
    ['"did" was sent several times: the last one counts, and one in the query before one in the body.'],
  ],
  ['a list next to a text', 'did_create', 'u=admin&did[]=5&did=6', ['"did" was sent several times: one is not a string, and counts.']],
  [
    'all of them: what was probably meant comes first',
    'did_create',
    'foo=1&u=admin&u=bob&hsah=x',
    [
      'did_create does not read "hsah": did you mean hash?',
      '"u" was sent several times: the last one counts, and one in the query before one in the body.',
      'did_create does not read "foo".',
    ],
  ],
  ['a call there is not', 'create_did', 'foo=1', ['MOR has no call "create_did": did you mean did_create?']],
  ['a call like none', 'frob', 'foo=1', undefined],
])('%s', async (_, call, query, notes) => {
  expect(await notesOf(call, query)).toEqual([notes, notes]);
});

it('the library says the same of an object', () => {
  expect(mor.explain({ username: 'admin', foo: 1 }).notes).toEqual([
    'did_create does not read "username": did you mean u?',
    'did_create does not read "foo".',
  ]);
});

it('they stand above the checks in text', async () => {
  await request(mor.handler).post('/billing/api/did_close?u=admin&did_id=1');
  const { text } = await request(mor.handler).get('/__admin/requests/1?format=text');
  expect(text.split('\n').slice(2, 5)).toEqual([
    'did_close: Incorrect hash',
    'did_close does not read "did_id": did you mean dids_id?',
    '',
  ]);
});

it('the journal names what was meant next to the parameter', async () => {
  await request(mor.handler).post('/billing/api/did_close?username=admin&did_id=1');
  expect(mor.request(1).params).toEqual([
    { name: 'username', value: 'admin', from: 'query', ignored: 'unknown: did you mean u?' },
    { name: 'did_id', value: '1', from: 'query', ignored: 'unknown: did you mean dids_id?' },
  ]);
});

it('of many unknown names a few are named', async () => {
  const query = Array.from({ length: 50 }, (_, i) => `zzzzzz${String(i)}=1`).join('&');
  await request(mor.handler).post(`/billing/api/did_create?${query}`);
  expect(mor.request(1).trace?.notes?.[0]).toMatch(/^did_create does not read "zzzzzz0", .* and 42 more\.$/);
});

it('no secret is in a note', async () => {
  const names = 'password=hunter2&hunter2=1&x-hunter2=1&%7B%22key%22%3A%22hunter2%22%7D=1&hunter2';
  for (const notes of await notesOf('did_create', names)) expect(JSON.stringify(notes)).not.toContain('hunter2');
});
