import { connect } from 'node:net';
import request from 'supertest';
import { headerSecrets, headerViews } from '../../src/control/request-headers.ts';
import { createMockMor, type RequestDetail } from '../../src/index.ts';
import { knownSecrets } from '../../src/mor/redact.ts';
import { pooledClient } from '../support/pooled.ts';

const PATH = '/billing/api/did_create';

test.each<[title: string, raw: readonly string[], views: Readonly<Record<string, string>>]>([
  ['none', [], {}],
  [
    'usual ones',
    ['Host', 'mor.example', 'User-Agent', 'curl/8.5.0', 'Content-Type', 'application/json; charset=ISO-8859-1', 'Content-Length', '12'],
    { host: 'mor.example', 'user-agent': 'curl/8.5.0', 'content-type': 'application/json; charset=ISO-8859-1', 'content-length': '12' },
  ],
  ['repeated ones', ['X-A', '1', 'x-b', '2', 'x-a', '', 'X-A', '3'], { 'x-a': '1, , 3', 'x-b': '2' }],
  [
    'secret ones',
    ['Authorization', 'Basic YTpi', 'Proxy-Authorization', 'x', 'Cookie', 'a=b', 'X-Api-Key', 'x', 'X-Auth', '', 'X-Session-Id', 'x'],
    { authorization: '***', 'proxy-authorization': '***', cookie: '***', 'x-api-key': '***', 'x-auth': '', 'x-session-id': '***' },
  ],
  [
    'a key, a hash and a password in others',
    ['Referer', 'http://crm/?u=a&p=b&c=d', 'X-K3y-of-mor', 'k3y-of-mor', 'Via', 'bc2f114099d16656d37e45fd9e8744cb9386d462'],
    { referer: 'http://crm/?u=a&p=***&c=d', 'x-***': '***', via: '***' },
  ],
  ['long ones, cut behind what is masked', ['X-Long', `k3y-of-mor${'x'.repeat(600)}`], { 'x-long': `***${'x'.repeat(497)}…` }],
  ['a long name', ['x'.repeat(200), '1'], { [`${'x'.repeat(100)}…`]: '1' }],
  [
    'a name that objects have',
    ['__proto__', '1', 'constructor', '2'],
    Object.fromEntries([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]),
  ],
])('headers: %s', (_, raw, views) => {
  const shown = headerViews(raw, knownSecrets(['k3y-of-mor', 'K3y-of-mor']));
  expect(Object.entries(shown)).toEqual(Object.entries(views));
});

test.each<[name: string, value: string, secrets: readonly string[]]>([
  [
    'Authorization',
    `Basic ${Buffer.from('admin:hunter2').toString('base64')}`,
    ['Basic YWRtaW46aHVudGVyMg==', 'YWRtaW46aHVudGVyMg==', 'hunter2'],
  ],
  ['Authorization', 'Bearer abc', ['Bearer abc', 'abc', '']],
  ['X-Password', 'a b c', ['a b c']],
  [
    'Cookie',
    'lang=en-US; token=abcd; sid2=0123456789abcdef',
    ['lang=en-US; token=abcd; sid2=0123456789abcdef', 'abcd', '0123456789abcdef'],
  ],
  ['User-Agent', 'curl', []],
])('what %s: %s holds as secrets', (name, value, secrets) => {
  expect(headerSecrets([name, value])).toEqual(secrets);
});

test('an entry has them, in the list too, and in HTTP as in the library', async () => {
  const mor = await createMockMor();
  await request(mor.handler).post(PATH).set('User-Agent', 'crm/1').set('Cookie', 'a=b').type('text/plain').send('u=admin');
  const entry = mor.request(1);
  expect(entry).toMatchObject({
    headers: { 'user-agent': 'crm/1', cookie: '***', 'content-type': 'text/plain', 'content-length': '7' },
    answer: { status: 415 },
  });
  expect(entry).not.toHaveProperty('headers_dropped');
  expect(mor.requests().requests).toEqual([expect.objectContaining({ headers: entry.headers })]);
  expect(((await request(mor.handler).get('/__admin/requests/1')).body as RequestDetail).headers).toEqual(entry.headers);
});

test('a request that is not answered yet has them, too', async () => {
  const mor = await createMockMor();
  const { port } = new URL(await mor.listen());
  const socket = connect(Number(port), '127.0.0.1');
  const pending = mor.waitForRequests({ state: 'pending' });
  socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nX-Trace: 7\r\nContent-Length: 8\r\n\r\nu=`);
  expect((await pending).requests).toMatchObject([{ state: 'pending', headers: { host: 'x', 'x-trace': '7', 'content-length': '8' } }]);
  socket.destroy();
  await mor.close();
});

test('of many or large ones the first are kept, and the others counted', async () => {
  const mor = await createMockMor();
  const client = await pooledClient(mor, 1);
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${String(i)}`, String(i)]));
  await client.send({ headers: many });
  await client.send({ headers: { 'x-large': 'x'.repeat(17_000), 'x-small': '1' } });
  client.end();
  const [first, second] = mor.requests().requests;
  expect(Object.keys(first?.headers ?? {})).toHaveLength(100);
  expect(first?.headers_dropped).toBeGreaterThanOrEqual(50);
  expect(second?.headers).toMatchObject({ 'x-small': '1' });
  expect([second?.headers['x-large'], second?.headers_dropped]).toEqual([undefined, 1]);
  await mor.close();
});
