import request from 'supertest';
import { createMockMor, didCreateHash, type MockMor } from '../../src/index.ts';

const NUMBER = '37060000123';

const FORM = 'application/x-www-form-urlencoded';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

/** Makes a DID as a client would, and tells its id. */
async function create(did: string, u = 'admin', api_secret_key = 'secret', provider_id = 1): Promise<string> {
  const hash = didCreateHash({ provider_id, did, api_secret_key });
  const { text } = await request(mor.handler).post('/billing/api/did_create').type('form').send({ u, provider_id, did, hash });
  return /<id>(\d+)<\/id>/.exec(text)?.[1] ?? text;
}

const admin = (): ReturnType<typeof request> => request(mor.handler);

describe('health', () => {
  it('tells status, version, age, fixtures and counts', async () => {
    await create(NUMBER);
    const { status, body, headers } = await admin().get('/__admin/health');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/json; charset=utf-8', 'no-store']);
    expect(body).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      instance: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      mode: 'mock',
      uptime_s: expect.any(Number) as number,
      fixtures: { source: 'shipped', loaded_at: expect.stringMatching(/^\d{4}-.*Z$/) as string },
      counts: { users: 9, providers: 4, dids: 3, created_dids: 1 },
    });
  });

  it('answers HEAD', async () => {
    const { status, text } = await admin().head('/__admin/health');
    expect([status, text]).toEqual([200, undefined]);
  });
});

describe('reset', () => {
  it('puts DIDs, ids and settings back, and says what it did', async () => {
    expect(await create(NUMBER)).toBe('3');
    await admin().delete('/__admin/dids/1');
    await admin().patch('/__admin/settings').send({ dialect: 'legacy' });
    const { status, body } = await admin().post('/__admin/reset');
    expect([status, body]).toEqual([
      200,
      {
        reset: ['state', 'requests', 'faults', 'settings'],
        added_dids_dropped: 1,
        deleted_dids_restored: 1,
        requests_dropped: 1,
        faults_dropped: 0,
        next_did_id: 3,
      },
    ]);
    expect(mor.settings().dialect).toBe('current');
    expect(mor.dids().map(({ id }) => id)).toEqual([1, 2]);
    expect(await create(NUMBER)).toBe('3');
  });

  it('puts back a part', async () => {
    await create(NUMBER);
    await admin().patch('/__admin/settings').send({ dialect: 'legacy' });
    expect((await admin().post('/__admin/reset?scope=settings')).body).toMatchObject({
      reset: ['settings'],
      added_dids_dropped: 0,
      next_did_id: 4,
    });
    expect([mor.settings().dialect, mor.countDids()]).toEqual(['current', 3]);
    expect((await admin().post('/__admin/reset?scope=state,settings')).body).toMatchObject({
      reset: ['state', 'settings'],
      added_dids_dropped: 1,
    });
  });

  it('refuses a scope it does not know, and changes nothing', async () => {
    await create(NUMBER);
    const { status, body } = await admin().post('/__admin/reset?scope=state,setings');
    expect([status, body]).toEqual([
      400,
      {
        type: 'about:blank',
        title: 'An option is not valid',
        status: 400,
        code: 'OPTION_INVALID',
        detail: 'unknown reset scope "setings". Did you mean "settings"? Allowed: state, requests, faults, settings.',
      },
    ]);
    expect(mor.countDids()).toBe(3);
  });
});

it('a wish in a body that nobody reads is refused, and nothing is reset', async () => {
  await create(NUMBER);
  const { status, body } = await admin().post('/__admin/reset').send({ scope: 'settings' });
  expect([status, body]).toMatchObject([
    400,
    { code: 'BODY_INVALID', detail: 'POST /__admin/reset reads no body; what it takes stands in the query' },
  ]);
  expect(mor.countDids()).toBe(3);
});

it('a query parameter where none is read is refused', async () => {
  expect((await admin().get('/__admin/users?x=1')).body).toMatchObject({
    status: 400,
    detail: 'unknown query parameter "x". Allowed: pretty.',
  });
});

it('a broken path is a problem like any other', async () => {
  const { status, type, body } = await admin().get('/__admin/dids/%zz');
  expect([status, type, body]).toMatchObject([400, 'application/problem+json', { code: 'PATH_INVALID' }]);
});

describe('dids', () => {
  it('lists them in the order of ids, paged', async () => {
    await create(NUMBER);
    const { body } = await admin().get('/__admin/dids?limit=2&offset=1');
    expect(body).toMatchObject({ total: 3, limit: 2, offset: 1, dids: [{ id: 2 }, { id: 3, did: NUMBER, created: true }] });
  });

  it.each([
    ['did=37060000123', [3]],
    ['did=3706000012', []],
    ['provider_id=2', [2, 4]],
    ['provider_id=1', [1, 3]],
    ['reseller_id=5', [2, 4]],
    ['reseller_id=0', [1, 3]],
    ['status=reserved', [4]],
    ['status=free&created=true', [3]],
    ['created=false', [1, 2]],
    ['created=true&limit=1', [3]],
    ['limit=0', []],
    ['offset=99', []],
  ])('?%s leaves the ids %j', async (query, ids) => {
    await create(NUMBER);
    await create('37060000124', 'reseller', 'reseller-secret', 2);
    const { body } = (await admin().get(`/__admin/dids?${query}`)) as { body: { dids: { id: number }[] } };
    expect(body.dids.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    [
      'limt=1',
      'unknown query parameter "limt". Did you mean "limit"? Allowed: did, q, provider_id, reseller_id, user_id, device_id, status, created, changed, mark, as, sort, limit, offset, pretty.',
    ],
    ['limit=-1', 'limit: must be a whole number in decimal digits'],
    ['limit=all', 'limit: must be a whole number in decimal digits'],
    ['limit=', 'limit: must be a whole number in decimal digits'],
    ['reseller_id=', 'reseller_id: must be a whole number in decimal digits'],
    ['provider_id=0x1', 'provider_id: must be a whole number in decimal digits'],
    ['limit=10001', 'limit: must be at most 10000'],
    ['created=yes', 'created: must be one of true, false'],
    ['status=gone', 'status: must be one of free, reserved, active, closed, terminated'],
    ['did[]=1', 'did: must be a text'],
    [
      '__proto__=1',
      'unknown query parameter "__proto__". Allowed: did, q, provider_id, reseller_id, user_id, device_id, status, created, changed, mark, as, sort, limit, offset, pretty.',
    ],
  ])('?%s is refused', async (query, detail) => {
    const { status, body, headers } = await admin().get(`/__admin/dids?${query}`);
    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({ code: 'QUERY_INVALID', detail });
  });

  it('one by its id', async () => {
    expect((await admin().get('/__admin/dids/1')).body).toMatchObject({ id: 1, created: false });
    const { status, body } = await admin().get('/__admin/dids/99');
    expect([status, body]).toMatchObject([404, { code: 'NOT_FOUND', detail: 'no DID has the id 99; there are: 1, 2' }]);
  });

  it.each(['x', '1.5', '-1', '1e3', '99999999999999999999'])('the id %s names none', async (id) => {
    expect((await admin().get(`/__admin/dids/${id}`)).body).toMatchObject({ status: 404, detail: `nothing has the id "${id}"` });
  });

  it('puts one there without MOR’s checks; the call finds it', async () => {
    const { status, body } = await admin()
      .post('/__admin/dids')
      .send({ did: 'not digits', provider_id: 1, status: 'closed', comment: '<b>' });
    expect([status, body]).toEqual([
      201,
      {
        id: 3,
        did: 'not digits',
        provider_id: 1,
        reseller_id: 0,
        status: 'closed',
        stored_status: 'closed',
        custom_sip_header: '',
        comment: '<b>',
        reseller_comment: '',
        created: false,
        changed: false,
        mark: 'added',
      },
    ]);
    expect(await create('not digits')).toContain('DID already exists');
    expect(await create(NUMBER)).toBe('4');
  });

  it('takes YAML too', async () => {
    const { status, body } = await admin().post('/__admin/dids').type('application/yaml').send('did: "0037"\nprovider_id: 1\nid: 50\n');
    expect([status, body]).toMatchObject([201, { id: 50, did: '0037' }]);
  });

  it.each([
    ['application/json', '{ "did": 12345678901234567890, "provider_id": 1 }', '12345678901234567890'],
    ['application/json; charset=UTF-8', '{ "did": "0012", "provider_id": 1 }', '0012'],
    ['application/json', '{ "did": 37060000009, "provider_id": 1 }', '37060000009'],
    ['application/json', '{ "comment": "1.0, \\"2.0\\"", "did": 1.50, "provider_id": 1 }', '1.50'],
    ['application/json', '\uFEFF{ "did": 1e5, "provider_id": 1 }', '1e5'],
    ['text/yaml', 'did: 0012\nprovider_id: 1', '0012'],
    ['text/yaml; charset=us-ascii', 'did: 1e5\nprovider_id: 1', '1e5'],
    ['application/json; charset=ISO-8859-1', '{ "did": "0012", "provider_id": 1 }', '0012'],
  ])('%s %s: every digit stays', async (type, text, did) => {
    const { status, body } = await admin()
      .post('/__admin/dids')
      .serialize((data: unknown) => data as string)
      .set('Content-Type', type)
      .send(text);
    expect([status, body]).toMatchObject([201, { did }]);
  });

  it('tells the place of a fault', async () => {
    const { status, body } = await admin().post('/__admin/dids').type('text/yaml').send('did: 5\nprovider_id: 99\n');
    expect([status, body]).toMatchObject([
      422,
      { issues: [{ file: 'body', line: 2, column: 14, path: 'provider_id', message: 'no provider has the id 99.' }] },
    ]);
  });

  it.each([
    ['a number that exists', { did: '37060000001', provider_id: 1 }],
    ['an id that exists', { did: NUMBER, provider_id: 1, id: 2 }],
  ])('refuses %s', async (_, did) => {
    const { status, body } = await admin().post('/__admin/dids').send(did);
    expect([status, body]).toMatchObject([409, { code: 'DID_EXISTS' }]);
    expect(mor.countDids()).toBe(2);
  });

  it('refuses what is no DID with every fault at once', async () => {
    const { status, body } = (await admin()
      .post('/__admin/dids')
      .send({ did: [37], provider_id: 99, stauts: 'free' })) as {
      status: number;
      body: { code: string; issues: { path: string }[] };
    };
    expect([status, body.code]).toEqual([422, 'RECORD_INVALID']);
    expect(body.issues.map(({ path }) => path).toSorted()).toEqual(['', 'did', 'provider_id']);
    expect(mor.countDids()).toBe(2);
  });

  it('deletes one, whose id is not given again until a reset', async () => {
    expect(await create(NUMBER)).toBe('3');
    const { status, body } = await admin().delete('/__admin/dids/3');
    expect([status, body]).toMatchObject([200, { id: 3, did: NUMBER, created: true }]);
    expect((await admin().delete('/__admin/dids/3')).status).toBe(404);
    expect(await create(NUMBER)).toBe('4');
  });
});

describe('users, providers, settings', () => {
  it('masks every key', async () => {
    const texts = await Promise.all(['users', 'providers', 'settings'].map(async (name) => (await admin().get(`/__admin/${name}`)).text));
    expect(texts.join()).not.toContain('secret"');
    expect((await admin().get('/__admin/users')).body).toMatchObject({
      users: expect.arrayContaining([expect.objectContaining({ username: 'reseller', api_secret_key: '***' })]) as unknown[],
    });
    expect((await admin().get('/__admin/settings')).body).toMatchObject({ api_secret_key: '***', next_did_id: 3 });
  });

  it('changes settings until the next reset', async () => {
    const { status, body } = await admin()
      .patch('/__admin/settings')
      .send({ error_envelope: 'bare', next_did_id: 500, default_did_provider_id: null });
    expect([status, body]).toMatchObject([200, { error_envelope: 'bare', next_did_id: 500 }]);
    expect(body).not.toHaveProperty('default_did_provider_id');
    expect(await create(NUMBER)).toBe('500');
    mor.reset();
    expect(mor.settings()).toMatchObject({ error_envelope: 'page', next_did_id: 3, default_did_provider_id: 1 });
  });

  it.each([
    [{ dialct: 'legacy' }, ''],
    [{ dialect: 'old' }, 'dialect'],
    [{ allow_api: 'no' }, 'allow_api'],
    [{ max_did_length: 0 }, 'max_did_length'],
    [{ default_did_provider_id: 99 }, 'default_did_provider_id'],
    [{ next_did_id: 2 }, 'next_did_id'],
    [{ api_secret_key: [7] }, 'api_secret_key'],
    [{ next_did_id: 2147483649 }, 'next_did_id'],
  ])('refuses %j and changes nothing', async (patch, path) => {
    const before = mor.settings();
    const { status, body } = await admin()
      .patch('/__admin/settings')
      .send({ ...patch, allow_get_api: true });
    expect([status, body]).toMatchObject([422, { code: 'RECORD_INVALID', issues: [{ path }] }]);
    expect(mor.settings()).toEqual(before);
  });
});

describe('fixtures', () => {
  it('are written as YAML that makes the same world again', async () => {
    await create(NUMBER);
    await admin().patch('/__admin/settings').send({ dialect: 'legacy' });
    const { text, headers } = await admin().get('/__admin/fixtures');
    expect(headers['content-type']).toBe('application/yaml; charset=utf-8');
    const before = {
      dids: mor.dids().map((did) => ({ ...did, created: false, mark: null })),
      settings: mor.settings(),
      users: mor.users(),
    };
    const { status, body } = await admin().put('/__admin/fixtures').type('application/yaml').send(text);
    expect([status, body]).toEqual([200, { users: 9, providers: 4, dids: 3 }]);
    expect({ dids: mor.dids(), settings: mor.settings(), users: mor.users() }).toEqual(before);
    expect(mor.fixtures()).toBe(text);
  });

  it('are replaced by JSON, which is the base of later resets', async () => {
    const world = { users: [{ id: 0, username: 'root', type: 'admin' }], providers: [{ id: 7, name: 'Only' }] };
    expect((await admin().put('/__admin/fixtures').send(world)).body).toEqual({ users: 1, providers: 1, dids: 0 });
    mor.reset();
    expect(mor.users()).toMatchObject([{ username: 'root' }]);
    expect(mor.health().fixtures.source).toBe('body');
  });

  it.each([
    ['application/json', '{"dids_from":"/etc/hostname"}'],
    ['application/yaml', 'dids_from: /etc/hostname'],
  ])('in a body of %s read no file of the server', async (type, text) => {
    const { status, body } = await admin().put('/__admin/fixtures').type(type).send(text);
    const message = 'names a file, which fixtures in a request body may not: use fixtures in files, or put the rows into dids.';
    expect([status, body]).toMatchObject([422, { code: 'FIXTURE_INVALID', issues: [{ file: 'body', path: 'dids_from.file', message }] }]);
  });

  it('that are bad answer 422 with every fault and its place, and change nothing', async () => {
    await create(NUMBER);
    const before = mor.fixtures();
    const { status, body } = await admin()
      .put('/__admin/fixtures')
      .type('text/yaml')
      .send('users:\n  - { id: 1, username: a, type: amdin }\nprovders: []\n');
    expect([status, body]).toMatchObject([
      422,
      {
        code: 'FIXTURE_INVALID',
        issues: [
          { file: 'body', line: 2, column: 33, path: 'users[0].type' },
          { file: 'body', line: 3, column: 1, path: '' },
        ],
      },
    ]);
    expect(mor.fixtures()).toBe(before);
  });

  it.each([
    ['application/json', ''],
    ['application/json', '{}'],
    ['application/yaml', ''],
    ['application/yaml', '# users: []\n'],
  ])('that hold nothing are refused: %s %j', async (type, text) => {
    const { status, body } = await admin().put('/__admin/fixtures').type(type).send(text);
    expect([status, body]).toMatchObject([
      422,
      { code: 'FIXTURE_INVALID', issues: [{ file: 'body', message: expect.stringMatching(/^holds nothing: /) as string }] },
    ]);
    expect(mor.counts()).toEqual({ users: 9, providers: 4, dids: 2 });
  });

  it('tell a hundred faults of many', async () => {
    const rows = Array.from({ length: 5000 }, () => '  - { id: x }').join('\n');
    const { body, text } = (await admin().put('/__admin/fixtures').type('text/yaml').send(`providers:\n${rows}`)) as {
      body: { issues: unknown[] };
      text: string;
    };
    expect(body.issues).toHaveLength(101);
    expect(text).toContain('and 4900 more');
  });

  it('are read again from their files', async () => {
    await admin().put('/__admin/fixtures').send({ users: [] });
    expect((await admin().post('/__admin/fixtures/reload')).body).toEqual({ users: 9, providers: 4, dids: 2 });
    expect(mor.health().fixtures.source).toBe('shipped');
  });

  it('that came as an object have no files to read again', async () => {
    mor = await createMockMor({ fixtures: {} });
    expect((await admin().post('/__admin/fixtures/reload')).body).toMatchObject({ status: 409, code: 'NO_FIXTURE_FILES' });
  });
});

describe('what is no admin request', () => {
  it.each([
    ['PATCH', '/__admin/health', 'GET, HEAD'],
    ['GET', '/__admin/reset', 'POST'],
    ['PUT', '/__admin/dids', 'GET, HEAD, POST'],
    ['POST', '/__admin/dids/1', 'GET, HEAD, DELETE'],
    ['DELETE', '/__admin/openapi.json', 'GET, HEAD'],
    ['OPTIONS', '/__admin/settings', 'GET, HEAD, PATCH'],
  ])('%s %s: 405, allowed are %s', async (method, path, allow) => {
    const { status, headers, body } = await new request.Test(mor.handler, method, path);
    expect([status, headers['allow'], headers['content-type']]).toEqual([405, allow, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      detail: `${method} is not for ${path.replace('1', ':id')}; allowed: ${allow}`,
    });
  });

  it.each(['/__admin/nothing', '/__admin/Health'])('%s: 404', async (path) => {
    const { status, body } = await admin().get(path);
    expect([status, body]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  });

  it.each([
    ['no content type', undefined, '{}', 415, 'BODY_UNSUPPORTED'],
    ['a form', FORM, 'a=1', 415, 'BODY_UNSUPPORTED'],
    ['text/plain, which a web page may send anywhere', 'text/plain', '{}', 415, 'BODY_UNSUPPORTED'],
    ['broken JSON', 'application/json', '{', 400, 'BODY_INVALID'],
    ['a string of JSON', 'application/json', '"dialect: legacy"', 422, 'RECORD_INVALID'],
    ['broken YAML', 'application/yaml', 'a: [', 422, 'RECORD_INVALID'],
    ['an alias bomb', 'application/yaml', aliasBomb(), 422, 'RECORD_INVALID'],
    ['no record', 'application/json', '[]', 422, 'RECORD_INVALID'],
    ['nothing', 'application/json', '', 422, 'RECORD_INVALID'],
  ])('a body of %s', async (_, type, body, status, code) => {
    const call = admin().patch('/__admin/settings');
    if (type !== undefined) void call.set('Content-Type', type);
    else void call.unset('Content-Type');
    const answer = await call.serialize((data: unknown) => data as string).send(body);
    expect([answer.status, answer.body]).toMatchObject([status, { code }]);
  });

  const TYPES = 'application/json, application/yaml, application/x-yaml, text/yaml, text/x-yaml';

  it.each<[title: string, type: string | undefined, body: string | Buffer, detail: RegExp | string]>([
    [
      'JSON under the type of a form',
      FORM,
      '{"did":"5"}',
      `send the body as one of: ${TYPES}; the body looks like JSON, but the Content-Type is "${FORM}"; with curl add: -H 'Content-Type: application/json'`,
    ],
    [
      'JSON without a type',
      undefined,
      '{"did":"5"}',
      `send the body as one of: ${TYPES}; the body looks like JSON, but no Content-Type was sent`,
    ],
    [
      'a form',
      FORM,
      'did=5&provider_id=1',
      `send the body as one of: ${TYPES}; the body looks like a form, but the Content-Type is "${FORM}"; with curl add: -H 'Content-Type: application/json'`,
    ],
    ['something else', 'text/csv', '5', `send the body as one of: ${TYPES}; the Content-Type is "text/csv"`],
    [
      'a form under JSON',
      'application/json',
      'did=5&p=hunter2',
      /\nthe body looks like a form, but the Content-Type is "application\/json"\.$/,
    ],
    ['an encoded form under YAML', 'text/yaml', 'did%3D5%26p%3D1', /\nthe body looks like a form, but the Content-Type is "text\/yaml"\.$/],
    ['YAML under JSON', 'application/json', 'did: "5"', /\nthe body looks like YAML, but the Content-Type is "application\/json"\.$/],
    ['a JSON array', 'application/json', '[{"did":"5"}]', 'The DID is not valid (1 issue):\n  body: must be a map, not a list.'],
    [
      'JSON in Latin-1',
      'application/json; charset=ISO-8859-1',
      Buffer.from('{"did":"\xe9"}', 'latin1'),
      'the body is not UTF-8; the Content-Type declares the charset "ISO-8859-1", but bodies are read as UTF-8',
    ],
    ['wrong JSON', 'application/json', '{"did":"5"}', /^[^]*provider_id[^]*\.$/],
  ])('%s: the answer says what it looks like', async (_, type, body, detail) => {
    const call = admin().post('/__admin/dids');
    if (type === undefined) void call.unset('Content-Type');
    else void call.set('Content-Type', type);
    const answer = await call.serialize((data: unknown) => data as string).send(type === undefined ? Buffer.from(body) : body);
    const shown = (answer.body as { detail: string }).detail;
    if (typeof detail === 'string') expect(shown).toBe(detail);
    else expect(shown).toMatch(detail);
    expect(/looks like/.test(shown)).toBe(/looks like/.test(String(detail)));
  });

  it('a body over 16 MiB', async () => {
    const { status, body } = await admin()
      .put('/__admin/fixtures')
      .type('text/yaml')
      .send('#'.repeat(16 * 1024 * 1024 + 1));
    expect([status, body]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
  });

  it('no CORS header on anything', async () => {
    for (const path of ['/__admin/health', '/__admin/nothing', '/billing/api/did_create']) {
      const { headers } = await admin().get(path);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++)
    lines.push(
      `a${String(i)}: &a${String(i)} [${Array(9)
        .fill(`*a${String(i - 1)}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}
