import { gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { createMockMor, didCreateHash, type MockMor } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor({ maxBodyBytes: 2000 });
});

const FORM = 'application/x-www-form-urlencoded';
const PATH = '/billing/api/did_create';

/** What no MOR error can be meant for: a plain line that says what is wrong. */
it.each<[title: string, request: RawRequest, status: number, body: string]>([
  [
    'broken percent-encoding in the query',
    { query: 'u=%zz' },
    400,
    'mock-mor: the query has a percent-encoding that is broken or no UTF-8, in the value of "u"\n',
  ],
  [
    'a percent sign at the end of the query',
    { query: 'u=100%' },
    400,
    'mock-mor: the query has a percent-encoding that is broken or no UTF-8, in the value of "u"\n',
  ],
  [
    'no UTF-8 in the query',
    { query: 'u=%FF' },
    400,
    'mock-mor: the query has a percent-encoding that is broken or no UTF-8, in the value of "u"\n',
  ],
  [
    'broken percent-encoding in a name',
    { query: '%E4=1' },
    400,
    'mock-mor: the query has a percent-encoding that is broken or no UTF-8, in the name "***"\n',
  ],
  [
    'broken percent-encoding in a form',
    { type: FORM, body: 'did=%2' },
    400,
    'mock-mor: the body has a percent-encoding that is broken or no UTF-8, in the value of "did"\n',
  ],
  [
    'broken percent-encoding in the path',
    { path: '/billing/api/%zz' },
    400,
    'mock-mor: the path has a percent-encoding that is broken or no UTF-8, in "…"\n',
  ],
  [
    'another charset than UTF-8, and bytes in it',
    { type: `${FORM}; charset=koi8-r`, body: 'u=%C1' },
    400,
    'mock-mor: the body has a percent-encoding that is broken or no UTF-8, in the value of "u"; the Content-Type declares the charset "koi8-r", but bodies are read as UTF-8\n',
  ],
  [
    'a content type that is not read',
    { type: 'text/xml', body: '<a/>' },
    415,
    'mock-mor: a body of type "text/xml" is not read here; allowed: application/x-www-form-urlencoded, multipart/form-data, application/json\n',
  ],
  [
    'a content type that is none',
    { type: 'json', body: '{}' },
    415,
    'mock-mor: a body of type "json" is not read here; allowed: application/x-www-form-urlencoded, multipart/form-data, application/json; it looks like JSON\n',
  ],
  [
    'a multipart body without a boundary',
    { type: 'multipart/form-data', body: 'x' },
    400,
    'mock-mor: the multipart body is broken: Multipart: Boundary not found\n',
  ],
  [
    'a multipart body that is cut off',
    { type: 'multipart/form-data; boundary=b', body: '--b\r\nContent-Disposition: form-data; name="u"\r\n\r\nadm' },
    400,
    'mock-mor: the multipart body is broken: Unexpected end of multipart data\n',
  ],
  [
    'a body over the limit',
    { type: FORM, body: `u=${'a'.repeat(2000)}` },
    413,
    'mock-mor: the body has more than 2000 bytes; allow more with --max-body-bytes\n',
  ],
  ['another method', { method: 'PUT' }, 405, "mock-mor: MOR's API knows GET and POST, not PUT\n"],
  [
    'another method for a call that does not exist',
    { method: 'DELETE', path: '/billing/api/nonsense' },
    405,
    "mock-mor: MOR's API knows GET and POST, not DELETE\n",
  ],
  ['OPTIONS', { method: 'OPTIONS' }, 405, "mock-mor: MOR's API knows GET and POST, not OPTIONS\n"],
  [
    'a path that is nobody’s',
    { path: '/billing/callc/login' },
    404,
    "mock-mor: nothing is at /billing/callc/login; MOR's calls are under /billing/api, ours under /__admin\n",
  ],
  [
    'another case of the path',
    { path: '/Billing/API/did_create' },
    404,
    "mock-mor: nothing is at /Billing/API/did_create; MOR's calls are under /billing/api, ours under /__admin\n",
  ],
])('%s', async (_, sent, status, body) => {
  expect(await send(mor, sent)).toMatchObject({ status, body, type: 'text/plain; charset=utf-8' });
});

it.each([
  ['{"u": "admin",}', 'Expected double-quoted property name in JSON at position 14'],
  ['{"u":"admin","p":hunter2}', "Unexpected token 'h'"],
  ['{"p":hunter2}', "Unexpected token 'h'"],
  [`{"p":hunter2,"comment":"${'long, '.repeat(20)}"}`, "Unexpected token 'h'"],
  ['hunter2', "Unexpected token 'h'"],
  ['{"p":"hunter2', 'Unterminated string in JSON at position 13'],
])('broken JSON is reported with the parser’s words, but for what it quotes: %s', async (body, words) => {
  const answer = await send(mor, { type: 'application/json', body });
  // Later versions of Node tell line and column too.
  expect([answer.status, answer.body.trim().replace(/ \(line .*$/, '')]).toEqual([400, `mock-mor: the body is broken JSON: ${words}`]);
});

it.each<[title: string, request: RawRequest]>([
  ['in a broken query', { query: 'u=admin&p=hunter2%zz' }],
  ['in Latin-1', { query: 'u=admin&p=hunter2%E9' }],
  ['in a broken form', { type: FORM, body: 'u=admin&p=hunter2%zz' }],
  ['in broken JSON', { type: 'application/json', body: '{"u":"admin","p":hunter2}' }],
])('a password is quoted neither in the answer nor in the journal: %s', async (_, sent) => {
  const answer = await send(mor, sent);
  expect(answer.status).toBe(400);
  expect(JSON.stringify([answer, mor.requests()])).not.toContain('unter');
});

describe('multipart', () => {
  const type = 'multipart/form-data; boundary=b';
  const part = (head: string, value: Buffer | string): Buffer =>
    Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), Buffer.from(value), Buffer.from('\r\n--b--\r\n')]);
  const sendParts = async (body: Buffer): Promise<[number, string]> => {
    const call = request(mor.handler).post(PATH).set('Content-Type', type);
    const { status, text } = await call.serialize((data: unknown) => data as string).send(body);
    return [status, text];
  };

  it('a field that is no UTF-8 is refused, as in a form', async () => {
    expect(await sendParts(part('Content-Disposition: form-data; name="comment"', Buffer.from([0xff, 0xfe])))).toEqual([
      400,
      'mock-mor: the value of "comment" is not UTF-8\n',
    ]);
  });

  it('the charset of a part does not change its bytes', async () => {
    const body = part(
      'Content-Disposition: form-data; name="u"\r\nContent-Type: text/plain; charset=utf-16le',
      Buffer.from('admin', 'utf16le'),
    );
    expect(await sendParts(body)).toEqual([200, expect.stringContaining('Access Denied')]);
  });

  it.each([
    ['u', '\u{feff}admin', 'Access Denied'],
    ['did', '\u{feff}370', 'Invalid DID specified'],
  ])('a byte order mark in %s is a part of the text, as in any other transport', async (name, value, error) => {
    const params = { u: 'admin', provider_id: '1', did: '370', [name]: value };
    const all = { ...params, hash: didCreateHash({ ...params, api_secret_key: 'secret' }) };
    const parts = Object.entries(all).map(([key, text]) => `--b\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${text}\r\n`);
    expect(await sendParts(Buffer.from(`${parts.join('')}--b--\r\n`))).toEqual([200, expect.stringContaining(error)]);
    expect((await request(mor.handler).post(PATH).type('form').send(all)).text).toContain(error);
    expect((await request(mor.handler).post(PATH).send(all)).text).toContain(error);
  });

  it('a part without a name is no parameter', async () => {
    expect(await sendParts(part('Content-Disposition: form-data', 'v'))).toEqual([200, expect.stringContaining('Access Denied')]);
  });

  it('a file that is no UTF-8 is a value that is not a string', async () => {
    const body = part(
      'Content-Disposition: form-data; name="u"; filename="a.bin"\r\nContent-Type: application/octet-stream',
      Buffer.from([0xff]),
    );
    expect(await sendParts(body)).toEqual([200, expect.stringContaining('Access Denied')]);
  });
});

it('a body without a content type, or with an empty one, is read as a form', async () => {
  for (const sent of [{ body: 'u=admin' }, { body: 'u=admin', type: '' }]) expect((await send(mor, sent)).body).toContain('Incorrect hash');
});

it('a million blanks inside a number are looked at once', async () => {
  mor = await createMockMor();
  const answer = await send(mor, { type: FORM, body: `u=nobody&did=1${'+'.repeat(1_000_000)}1` });
  expect(answer.body).toContain('Access Denied');
});

it('behind a body parser of somebody else it says so', async () => {
  const app = express();
  app.use(express.json());
  app.use(mor.handler);
  const { status, text } = await request(app).post(PATH).send({ u: 'admin' });
  expect([status, text]).toEqual([400, 'mock-mor: another body parser read the body before; put the handler of mock-mor in front of it\n']);
});

it.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s gets the list of methods there are', async (method) => {
  const answer = await new request.Test(mor.handler, method, PATH);
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST']);
});

it('a byte order mark in front of a body is a part of it: no name of a form, and no JSON', async () => {
  const form = await send(mor, { type: FORM, body: '\u{feff}u=admin' });
  expect(form.body).toContain('Access Denied');
  const json = await send(mor, { type: 'application/json', body: '\u{feff}{"u":"admin"}' });
  expect(json).toMatchObject({ status: 400, body: "mock-mor: the body is broken JSON: Unexpected token '[U+FEFF]'\n" });
});

it('JSON that is no UTF-8', async () => {
  const answer = await request(mor.handler)
    .post(PATH)
    .set('Content-Type', 'application/json')
    .serialize((body: unknown) => body as string)
    .send(Buffer.from('{"u":"\xff"}', 'latin1'));
  expect([answer.status, answer.text]).toEqual([400, 'mock-mor: the value of "u" is not UTF-8\n']);
});

describe('compressed bodies', () => {
  async function sendCompressed(encoding: string, body: Buffer): Promise<request.Response> {
    const call = request(mor.handler).post(PATH).set({ 'Content-Type': FORM, 'Content-Encoding': encoding });
    return call.serialize((data: unknown) => data as string).send(body);
  }

  it('gzip is unpacked', async () => {
    expect((await sendCompressed('gzip', gzipSync('u=nobody'))).text).toContain('Access Denied');
  });

  it('what is too large once unpacked is refused', async () => {
    expect((await sendCompressed('gzip', gzipSync('u='.padEnd(1_000_000, 'a')))).status).toBe(413);
  });

  it('a broken one is refused', async () => {
    const answer = await sendCompressed('gzip', Buffer.from('u=nobody'));
    expect([answer.status, answer.text]).toEqual([
      400,
      'mock-mor: the body did not come whole, or is not packed as its Content-Encoding says\n',
    ]);
  });

  // zstd is known to newer Nodes, and refused on all.
  it.each(['snappy', 'zstd', 'gzip, gzip'])('%s: an encoding that is not known is refused', async (encoding) => {
    const answer = await sendCompressed(encoding, Buffer.from('u=nobody'));
    expect([answer.status, answer.text]).toEqual([
      415,
      `mock-mor: unsupported content encoding "${encoding}"; allowed: gzip, deflate, br, identity\n`,
    ]);
  });
});

describe('names that live on every JavaScript object are plain names', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(NAMES)('%s as a username is nobody', async (name) => {
    expect((await send(mor, { query: `u=${name}` })).body).toContain('Access Denied');
  });

  it.each(NAMES)('%s as a parameter is ignored, in every transport', async (name) => {
    for (const sent of [
      { query: `u=nobody&${name}=1` },
      { type: FORM, body: `${name}[x]=1` },
      { type: 'application/json', body: `{"${name}":{"u":"admin"}}` },
    ]) {
      expect((await send(mor, sent)).body).toContain('Access Denied');
    }
  });

  it.each(NAMES)('u[%s]=admin is not a string, and no user', async (name) => {
    expect((await send(mor, { query: `u[${name}]=admin` })).body).toContain('Access Denied');
  });

  it.each(NAMES)('%s as a call does not exist', async (name) => {
    expect((await send(mor, { path: `/billing/api/${name}` })).body).toContain('There is no such API');
  });
});

it('JSON nested as deep as the limit allows is answered', async () => {
  const deep = '['.repeat(900) + ']'.repeat(900);
  expect((await send(mor, { type: 'application/json', body: `{"u":"nobody","did":${deep}}` })).body).toContain('Access Denied');
});

it('a fault of our own is plain text with 500, logged, and shown to nobody', async () => {
  const logged: string[] = [];
  const broken = await createMockMor({ log: ({ message }) => logged.push(message) });
  // A store whose look-up breaks is the seam nearest to MOR's own code.
  jest.spyOn(Map.prototype, 'get').mockImplementationOnce(() => {
    throw new Error('broken on purpose');
  });
  const answer = await send(broken, { query: 'u=admin' });
  jest.restoreAllMocks();
  expect(answer).toMatchObject({
    status: 500,
    type: 'text/plain; charset=utf-8',
    body: 'mock-mor: something broke here that is not MOR; the log says what\n',
  });
  expect(logged.join()).toContain('broken on purpose');
});

it('the landing page says what is here', async () => {
  const { status, text } = await request(mor.handler).get('/');
  expect([status, text]).toEqual([
    200,
    expect.stringMatching(
      /^mock-mor: version \d+\.\d+\.\d+: .*\nPOST \/billing\/api\/did_create .*\nGET {2}\/__admin .*\nGET {2}\/__admin\/health .*\n$/,
    ),
  ]);
});
