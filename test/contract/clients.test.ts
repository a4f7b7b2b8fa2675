/** How published clients call, byte for byte: the table of cases has their recipes too; here are their heads and lengths, and the whole head of the answer. */
import type { FixturesInput, MockMor } from '../../src/index.ts';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { withMock } from '../support/mock.ts';
import { afterContinue, overOneConnection, type WireAnswer } from '../support/raw-socket.ts';
import { sha1 } from '../../src/contract/signed.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1 }],
  dids: [{ id: 2, did: '37060000002', provider_id: 1 }],
};

const UNCHECKED: FixturesInput = { ...WORLD, settings: { disable_hash_checking: true } };

const GET_ALLOWED: FixturesInput = { ...WORLD, settings: { api_secret_key: 'secret', allow_get_api: true } };

const HASH = sha1('1370secret');

/** Bytes of a request: its lines with CRLF, an empty line, the body. */
function bytes(lines: readonly string[], body = ''): string {
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function withLength(lines: readonly string[], body: string): string {
  return bytes([...lines, `Content-Length: ${String(Buffer.byteLength(body))}`, 'Connection: close'], body);
}

/** What every answer to a client is: these headers and bytes, and nothing that a client did not ask for. */
function expectXml(answer: WireAnswer | undefined, body: string): void {
  expect(answer).toBeDefined();
  if (answer === undefined) return;
  // The request id is a header of the mock, which can be switched off; the body is the vendor's alone.
  const { date, connection, 'keep-alive': keepAlive, 'x-mock-mor-request-id': requestId, ...headers } = answer.headers;
  expect(requestId).toMatch(/^\d+$/);
  expect({ ...answer, headers }).toEqual({
    statusLine: 'HTTP/1.1 200 OK',
    headers: { 'content-type': 'text/xml; charset=utf-8', 'content-length': String(Buffer.byteLength(body)) },
    body,
  });
}

interface GoldenCall {
  readonly title: string;
  readonly world?: FixturesInput;
  readonly request: string;
  readonly expected: string;
  readonly made?: string;
}

const MULTIPART_HEAD = [
  'POST /billing/api/did_create HTTP/1.1',
  'Host: mor',
  'Accept: */*',
  'Content-Type: multipart/form-data; boundary=------------------------d74496d66958873e',
];

function multipart(fields: readonly (readonly [string, string])[]): string {
  const boundary = '--------------------------d74496d66958873e';
  const part = ([name, value]: readonly [string, string]): string =>
    `${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return `${fields.map(part).join('')}${boundary}--\r\n`;
}

const FORM_HEAD = ['POST /billing/api/did_create HTTP/1.1', 'Host: mor', 'Content-Type: application/x-www-form-urlencoded'];

const LARAVEL_HEAD = ['POST /billing/api/did_create HTTP/1.1', 'User-Agent: GuzzleHttp/7', 'Host: mor', 'Content-Type: application/json'];

const QUERY = `u=admin&provider_id=1&did=370&hash=${HASH}`;

const CALLS: readonly GoldenCall[] = [
  {
    title: 'Laravel package: JSON, provider_id a number, did a text with leading zeros',
    request: withLength(LARAVEL_HEAD, `{"u":"admin","provider_id":1,"did":"0044123","hash":"${sha1('10044123secret')}","p":"pass"}`),
    expected: successXml(3),
    made: '0044123',
  },
  {
    title: 'Laravel package: JSON, did a number',
    request: withLength(
      LARAVEL_HEAD,
      '{"u":"admin","provider_id":1,"did":123456789,"hash":"cb9dff0d59f7ffaf036d55b57c817bf528edb54a","p":"pass"}',
    ),
    expected: successXml(3),
    made: '123456789',
  },
  {
    title: 'Laravel package: JSON, did a number of 17 digits',
    request: withLength(
      LARAVEL_HEAD,
      `{"u":"admin","provider_id":1,"did":37012345678901237,"hash":"${sha1('137012345678901237secret')}","p":"pass"}`,
    ),
    expected: successXml(3),
    made: '37012345678901237',
  },
  {
    title: 'Laravel package: JSON, blanks hashed as sent',
    request: withLength(LARAVEL_HEAD, `{"u":"admin","provider_id":1,"did":" 370 ","hash":"${sha1('1 370 secret')}","p":""}`),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Laravel package: JSON, an existing DID',
    request: withLength(LARAVEL_HEAD, `{"u":"admin","provider_id":1,"did":37060000002,"hash":"${sha1('137060000002secret')}","p":"pass"}`),
    expected: errorXml('DID already exists'),
  },
  {
    title: 'PHP curl class: multipart, its wrong hash',
    request: withLength(
      MULTIPART_HEAD,
      multipart([
        ['u', 'admin'],
        ['did', '370'],
        ['provider_id', '1'],
        ['hash', sha1('admin3701secret')],
      ]),
    ),
    expected: errorXml('Incorrect hash'),
  },
  {
    title: 'PHP curl class: multipart, its wrong hash where none is checked',
    world: UNCHECKED,
    request: withLength(
      MULTIPART_HEAD,
      multipart([
        ['hash', sha1('admin3701secret')],
        ['did', '370'],
        ['provider_id', '1'],
        ['u', 'admin'],
      ]),
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'PHP curl class: multipart, the right hash',
    request: withLength(
      MULTIPART_HEAD,
      multipart([
        ['u', 'admin'],
        ['did', '370'],
        ['provider_id', '1'],
        ['hash', HASH],
      ]),
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Deno: GET with a query, not allowed',
    request: bytes([
      `GET /billing/api/did_create?${QUERY} HTTP/1.1`,
      'Host: mor',
      'accept: */*',
      'accept-encoding: identity',
      'user-agent: Deno/1.40',
      'Connection: close',
    ]),
    expected: errorXml('GET Requests are disabled'),
  },
  {
    title: 'Deno: GET with a query, allowed',
    world: GET_ALLOWED,
    request: bytes([
      `GET /billing/api/did_create?${QUERY} HTTP/1.1`,
      'Host: mor',
      'accept: */*',
      'user-agent: Deno/1.40',
      'Connection: close',
    ]),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Deno: POST urlencoded with a charset',
    request: withLength(
      ['POST /billing/api/did_create HTTP/1.1', 'Host: mor', 'content-type: application/x-www-form-urlencoded;charset=UTF-8'],
      QUERY,
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Express and request: everything in the query, content-length: 0, no content type, no hash',
    request: bytes([
      'POST /billing/api/did_create?u=admin&provider_id=1&did=370 HTTP/1.1',
      'host: mor',
      'content-length: 0',
      'Connection: close',
    ]),
    expected: errorXml('Incorrect hash'),
  },
  {
    title: 'Express and request: the same where no hash is checked',
    world: UNCHECKED,
    request: bytes([
      'POST /billing/api/did_create?u=admin&provider_id=1&did=370&hash=fixed HTTP/1.1',
      'host: mor',
      'content-length: 0',
      'Connection: close',
    ]),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'node-fetch: POST with a query and an empty body',
    request: bytes([
      `POST /billing/api/did_create?${QUERY} HTTP/1.1`,
      'Accept: */*',
      'Content-Length: 0',
      'User-Agent: node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
      'Connection: close',
      'Host: mor',
    ]),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Qt: query only, an empty form, the key sent along',
    request: bytes([
      `POST /billing/api/did_create?${QUERY}&API_Secret_Key=secret HTTP/1.1`,
      'Host: mor',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 0',
      'Connection: close',
      'Accept-Language: en-US,*',
      'User-Agent: Mozilla/5.0',
    ]),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Android: //billing/api and a loose & at the end of the form',
    request: withLength(
      ['POST //billing/api/did_create HTTP/1.1', 'Host: mor', 'Content-Type: application/x-www-form-urlencoded'],
      `${QUERY}&`,
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'Android: POST with a query and no body, no length given',
    request: bytes([
      `POST //billing/api/did_create?${QUERY} HTTP/1.1`,
      'User-Agent: Dalvik/2.1.0 (Linux; U; Android 9)',
      'Host: mor',
      'Connection: close',
    ]),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'a slash at the end, before the query',
    request: bytes([`POST /billing/api/did_create/?${QUERY} HTTP/1.1`, 'Host: mor', 'Connection: close']),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'blanks as + and %20, signs as %2B',
    request: withLength(FORM_HEAD, `u=admin&provider_id=1&did=+370%20&comment=a+b%20c%2Bd&hash=${sha1('1 370 secret')}`),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'an Accept of JSON only',
    request: withLength([...FORM_HEAD, 'Accept: application/json'], QUERY),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'an Accept that means nothing and an empty User-Agent',
    request: withLength([...FORM_HEAD, 'Accept: x', 'User-Agent:'], QUERY),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'a body in chunks',
    request: bytes(
      [...FORM_HEAD, 'Transfer-Encoding: chunked', 'Connection: close'],
      `10\r\n${QUERY.slice(0, 16)}\r\n${(QUERY.length - 16).toString(16)}\r\n${QUERY.slice(16)}\r\n0\r\n\r\n`,
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'a foreign Host',
    request: withLength(
      ['POST /billing/api/did_create HTTP/1.1', 'Host: mor.example.com:8443', 'Content-Type: application/x-www-form-urlencoded'],
      QUERY,
    ),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'an Origin and a Referer of a web page',
    request: withLength([...FORM_HEAD, 'Origin: http://elsewhere', 'Referer: http://elsewhere/page', 'Sec-Fetch-Site: cross-site'], QUERY),
    expected: successXml(3),
    made: '370',
  },
  {
    title: 'conditions on a cached answer',
    request: withLength([...FORM_HEAD, 'If-None-Match: *', 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'], QUERY),
    expected: successXml(3),
    made: '370',
  },
  {
    title: "the vendor's path with the whole address, as over a proxy",
    request: withLength(
      ['POST http://mor/billing/api/did_create HTTP/1.1', 'Host: mor', 'Content-Type: application/x-www-form-urlencoded'],
      QUERY,
    ),
    expected: successXml(3),
    made: '370',
  },
];

async function listening<T>(world: FixturesInput, use: (url: string, mor: MockMor) => Promise<T>): Promise<T> {
  return withMock(world, async (mor) => use(await mor.listen(), mor));
}

test.each(CALLS)('$title', async ({ world = WORLD, request, expected, made }) => {
  await listening(world, async (url, mor) => {
    const answers = await overOneConnection(url, request);
    expect(answers).toHaveLength(1);
    expectXml(answers[0], expected);
    expect(mor.dids({ created: true }).map(({ did }) => did)).toEqual(made === undefined ? [] : [made]);
  });
});

describe('Expect: 100-continue', () => {
  const body = multipart([
    ['u', 'admin'],
    ['did', '370'],
    ['provider_id', '1'],
    ['hash', HASH],
  ]);
  const head = bytes([...MULTIPART_HEAD, `Content-Length: ${String(body.length)}`, 'Expect: 100-continue', 'Connection: close']);

  test('the client waits for 100 Continue -> gets it, and DID created', async () => {
    await listening(WORLD, async (url) => {
      const [interim, final, ...more] = await afterContinue(url, head, body);
      expect(interim?.statusLine).toBe('HTTP/1.1 100 Continue');
      expectXml(final, successXml(3));
      expect(more).toEqual([]);
    });
  });

  test('the client does not wait -> DID created', async () => {
    await listening(WORLD, async (url) => {
      const [interim, final] = await overOneConnection(url, head + body);
      expect(interim?.statusLine).toBe('HTTP/1.1 100 Continue');
      expectXml(final, successXml(3));
    });
  });
});

describe('several calls on one connection', () => {
  test('Deno: hash orders one after the other until one fits -> three times Incorrect hash, then DID created', async () => {
    const orders = ['admin1370secret', '3701secret', 'secret1370', '1370secret'];
    await listening(WORLD, async (url) => {
      const requests = orders.map((text, i) => {
        const body = `u=admin&provider_id=1&did=370&hash=${sha1(text)}`;
        const end = i === orders.length - 1 ? ['Connection: close'] : [];
        return bytes([...FORM_HEAD, `Content-Length: ${String(body.length)}`, ...end], body);
      });
      const answers = await overOneConnection(url, requests.join(''));
      expect(answers).toHaveLength(4);
      for (const answer of answers.slice(0, 3)) expectXml(answer, errorXml('Incorrect hash'));
      expectXml(answers[3], successXml(3));
    });
  });

  test('query, JSON, an unknown call, multipart -> each its answer, in order', async () => {
    const json = `{"u":"admin","provider_id":1,"did":371,"hash":"${sha1('1371secret')}"}`;
    const parts = multipart([
      ['u', 'admin'],
      ['did', '370'],
      ['provider_id', '1'],
      ['hash', HASH],
    ]);
    await listening(WORLD, async (url) => {
      const answers = await overOneConnection(
        url,
        bytes([`POST /billing/api/did_create?${QUERY} HTTP/1.1`, 'Host: mor', 'content-length: 0']) +
          bytes([...LARAVEL_HEAD, `Content-Length: ${String(json.length)}`], json) +
          bytes(['POST /billing/api/no_such_call HTTP/1.1', 'Host: mor', 'content-length: 0']) +
          withLength(MULTIPART_HEAD, parts),
      );
      expect(answers).toHaveLength(4);
      [successXml(3), successXml(4), errorXml('There is no such API'), errorXml('DID already exists')].forEach((xml, i) => {
        expectXml(answers[i], xml);
      });
    });
  });

  test('a plain 4xx in between -> the next call is answered', async () => {
    await listening(WORLD, async (url) => {
      const [bad, good] = await overOneConnection(
        url,
        bytes([...LARAVEL_HEAD, 'Content-Length: 1'], '{') +
          bytes([`POST /billing/api/did_create?${QUERY} HTTP/1.1`, 'Host: mor', 'Connection: close']),
      );
      expect(bad?.statusLine).toMatch(/^HTTP\/1\.1 4\d\d /);
      expectXml(good, successXml(3));
    });
  });
});

describe('never compressed, never a redirect', () => {
  const paths = [
    '/billing/api/did_create',
    '/billing/api/did_create/',
    '//billing/api/did_create',
    '/api/did_create',
    '/api/did_create/',
    '/billing/api/no_such_call',
  ];

  test.each(paths)('%s, a client that names no encoding -> 200, as it is', async (path) => {
    await listening(WORLD, async (url) => {
      const [answer] = await overOneConnection(url, bytes([`POST ${path}?${QUERY} HTTP/1.1`, 'Host: mor', 'Connection: close']));
      expect(answer?.statusLine).toBe('HTTP/1.1 200 OK');
      expect(answer?.headers).not.toHaveProperty('content-encoding');
      expect(answer?.headers).not.toHaveProperty('location');
      expect(answer?.body.startsWith('<?xml')).toBe(true);
    });
  });
});
