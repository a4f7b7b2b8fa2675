import request from 'supertest';
import { createMockMor, type MockMorOptions } from '../../src/index.ts';

async function ask(
  headers: Readonly<Record<string, string>>,
  options: MockMorOptions = {},
  path = '/__admin/settings',
): Promise<request.Response> {
  const mor = await createMockMor(options);
  return request(mor.handler).get(path).set(headers);
}

describe('who is served', () => {
  it.each<[title: string, headers: Record<string, string>, options: MockMorOptions]>([
    ['a client that sends nothing but Host', {}, {}],
    ['localhost', { Host: 'localhost:8080' }, {}],
    ['a name under localhost', { Host: 'mor.localhost' }, {}],
    ['another loopback address', { Host: '127.3.2.1:80' }, {}],
    ['IPv6 loopback', { Host: '[::1]:8080' }, {}],
    ['an address of another machine, by number', { Host: '192.168.1.20:8080' }, {}],
    ['an IPv6 address, by number', { Host: '[fd00::7]:8080' }, {}],
    ['localhost with the dot of the root', { Host: 'localhost.:80' }, {}],
    ['an allowed host that was given with a port', { Host: 'mor:8080' }, { allowedHosts: ['mor:9999'] }],
    ['an allowed host', { Host: 'mor:8080' }, { allowedHosts: ['mor'] }],
    ['an allowed host in other case', { Host: 'MOR' }, { allowedHosts: ['mor'] }],
    ['any host, where * is allowed', { Host: 'whatever.example' }, { allowedHosts: ['*'] }],
    [
      'a page of our own',
      { Host: 'localhost:1', Origin: 'http://localhost:1', Referer: 'http://localhost:1/x', 'Sec-Fetch-Site': 'same-origin' },
      {},
    ],
    ['an address typed into a browser', { 'Sec-Fetch-Site': 'none' }, {}],
    ['the right token under another spelling of the scheme', { Authorization: 'bearer t0ken' }, { adminToken: 't0ken' }],
    ['the right token', { Authorization: 'Bearer t0ken' }, { adminToken: 't0ken' }],
  ])('%s', async (_, headers, options) => {
    expect((await ask(headers, options)).status).toBe(200);
  });
});

describe('who is refused with 403', () => {
  it.each<[title: string, headers: Record<string, string>, detail: string]>([
    [
      'what is no host name',
      { Host: 'evil.example/.localhost' },
      'the admin API is not served to the Host "evil.example/.localhost"; it is no host name',
    ],
    [
      'what is no host name either',
      { Host: 'evil.example#.localhost' },
      'the admin API is not served to the Host "evil.example#.localhost"; it is no host name',
    ],
    ['a name in brackets', { Host: '[localhost]' }, 'the admin API is not served to the Host "[localhost]"; it is no host name'],
    [
      'a name that was rebound to us',
      { Host: 'evil.example:8080' },
      'the admin API is not served to the Host "evil.example:8080"; allow it with --allowed-hosts evil.example (MOCK_MOR_ALLOWED_HOSTS)',
    ],
    [
      'a name that only begins like a loopback one',
      { Host: 'localhost.evil.example' },
      'the admin API is not served to the Host "localhost.evil.example"; allow it with --allowed-hosts localhost.evil.example (MOCK_MOR_ALLOWED_HOSTS)',
    ],
    [
      'an address that only begins like a loopback one',
      { Host: '127.0.0.1.evil.example' },
      'the admin API is not served to the Host "127.0.0.1.evil.example"; allow it with --allowed-hosts 127.0.0.1.evil.example (MOCK_MOR_ALLOWED_HOSTS)',
    ],
    [
      'a page of another site, on a server that is called by its number',
      { Host: '192.168.1.20:8080', Origin: 'https://evil.example' },
      'the admin API is not for other web pages; the request\'s origin is "https://evil.example"',
    ],
    [
      'a page of another site',
      { Origin: 'https://evil.example' },
      'the admin API is not for other web pages; the request\'s origin is "https://evil.example"',
    ],
    ['a page without an origin', { Origin: 'null' }, 'the admin API is not for other web pages; the request\'s origin is "null"'],
    [
      'a page on another port',
      { Host: 'localhost:8080', Origin: 'http://localhost:3000' },
      'the admin API is not for other web pages; the request\'s origin is "http://localhost:3000"',
    ],
    [
      'a link of another site',
      { Referer: 'https://evil.example/page' },
      'the admin API is not for other web pages; the request\'s referer is "https://evil.example/page"',
    ],
    [
      'an image on another site',
      { 'Sec-Fetch-Site': 'cross-site' },
      'the admin API is not for other web pages; the request\'s Sec-Fetch-Site is "cross-site"',
    ],
    [
      'a page of a sister site',
      { 'Sec-Fetch-Site': 'same-site' },
      'the admin API is not for other web pages; the request\'s Sec-Fetch-Site is "same-site"',
    ],
  ])('%s', async (_, headers, detail) => {
    const { status, body } = await ask(headers);
    expect([status, body]).toMatchObject([403, { code: 'FOREIGN_CALLER', detail }]);
  });
});

describe('the token', () => {
  it.each<[title: string, headers: Record<string, string>]>([
    ['none', {}],
    ['a wrong one', { Authorization: 'Bearer other' }],
    ['another scheme', { Authorization: 'Basic t0ken' }],
    ['the token alone', { Authorization: 't0ken' }],
  ])('%s: 401', async (_, headers) => {
    const { status, body, headers: answered } = await ask(headers, { adminToken: 't0ken' });
    expect([status, answered['www-authenticate'], body]).toMatchObject([401, 'Bearer realm="mock-mor"', { code: 'TOKEN_MISSING' }]);
  });

  it('a foreign page is refused before its token is looked at', async () => {
    expect((await ask({ Origin: 'https://evil.example', Authorization: 'Bearer t0ken' }, { adminToken: 't0ken' })).status).toBe(403);
  });
});

it('admin: false leaves no admin API, and the landing page does not name it', async () => {
  const answer = await ask({}, { admin: false });
  expect([answer.status, answer.text]).toEqual([
    404,
    "mock-mor: nothing is at /__admin/settings; MOR's calls are under /billing/api, ours under /__admin\n",
  ]);
  expect((await ask({}, { admin: false }, '/')).text).not.toContain('__admin');
});

it('MOR’s own paths serve any Host and any page', async () => {
  const answer = await ask({ Host: 'evil.example', Origin: 'https://evil.example' }, {}, '/billing/api/did_create');
  expect([answer.status, answer.type]).toEqual([200, 'text/xml']);
});
