import request from 'supertest';
import { createMockMor, didCreateHash, type MockMor, type MockMorOptions } from '../../src/index.ts';

// Sandboxes go by a clock that follows no date that is set; here it does, so that an hour passes at once.
jest.mock('../../src/http/real-timers.ts', () => ({
  ...jest.requireActual<object>('../../src/http/real-timers.ts'),
  steadyClock: () => () => Date.now(),
}));

const HEADER = 'X-Mock-Mor-Sandbox';

/** A query that creates a number in the shipped world. */
function query(did: string): string {
  return new URLSearchParams({
    u: 'admin',
    provider_id: '1',
    did,
    hash: didCreateHash({ provider_id: 1, did, api_secret_key: 'secret' }),
  }).toString();
}

/** What a call with this number answers: the id or the error, or what is not MOR's. */
async function create(mor: MockMor, did: string, prefix = '', headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { text, status } = await request(mor.handler)
    .post(`${prefix}/billing/api/did_create?${query(did)}`)
    .set(headers);
  return /<id>(\d+)<\/id>|<error>(.*)<\/error>/.exec(text)?.slice(1).find(Boolean) ?? `${String(status)} ${text}`;
}

async function mockWith(options: MockMorOptions = {}): Promise<MockMor> {
  return createMockMor(options);
}

let mor: MockMor;

beforeEach(async () => {
  mor = await mockWith();
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('two suites on one server', () => {
  it('do not see each other: state, ids, settings, journal, snapshots, reset', async () => {
    for (const name of ['a', 'b']) await request(mor.handler).post('/__admin/sandboxes').send({ name }).expect(201);
    expect(await create(mor, '555', '/__sandboxes/a')).toBe('3');
    expect(await create(mor, '556', '/__sandboxes/a')).toBe('4');
    expect(await create(mor, '555', '', { [HEADER]: 'b' })).toBe('3');
    expect(await create(mor, '555')).toBe('3');
    await request(mor.handler).patch('/__sandboxes/a/__admin/settings').send({ dialect: 'legacy' }).expect(200);
    await request(mor.handler).post('/__admin/snapshots').set(HEADER, 'a').send({ name: 'x' }).expect(201);
    const [a, b] = [mor.sandbox('a'), mor.sandbox('b')];
    const told = [mor, a, b].map((world) => [
      world.countDids({ created: true }),
      world.settings().dialect,
      world.requests().requests.map(({ request_id }) => request_id),
      world.snapshots().map(({ name }) => name),
    ]);
    expect(told).toEqual([
      [1, 'current', ['1'], []],
      [2, 'legacy', ['a-1', 'a-2'], ['x']],
      [1, 'current', ['b-1'], []],
    ]);
    await request(mor.handler).post('/__admin/reset').expect(200);
    expect([mor, a, b].map((world) => world.countDids({ created: true }))).toEqual([0, 2, 1]);
    await request(mor.handler).post('/__sandboxes/a/__admin/reset').expect(200);
    expect([a, b].map((world) => world.requests().requests.length)).toEqual([0, 1]);
    expect(a.settings().dialect).toBe('current');
  });
});

describe('GET /__admin/sandboxes/NAME', () => {
  it('shows one as the list does, and is no use of it', async () => {
    await request(mor.handler).post('/__admin/sandboxes').send({ name: 't42' });
    const { body: list } = (await request(mor.handler).get('/__admin/sandboxes')) as { body: { sandboxes: readonly object[] } };
    const one = await request(mor.handler).get('/__admin/sandboxes/t42');
    const { host } = new URL((one.body as { base_url: string }).base_url);
    expect([one.status, one.body]).toEqual([200, { ...list.sandboxes.at(-1), base_url: `http://${host}/__sandboxes/t42` }]);
    expect(mor.sandboxView('t42')).toEqual({ ...mor.sandboxes().at(-1), base_url: '/__sandboxes/t42' });
  });

  it('names those that there are, and is refused in a sandbox', async () => {
    mor.createSandbox({ name: 't41' });
    mor.createSandbox({ name: 't42' });
    expect((await request(mor.handler).get('/__admin/sandboxes/t43')).body).toMatchObject({
      status: 404,
      code: 'SANDBOX_UNKNOWN',
      detail: expect.stringMatching(/^there is no sandbox "t43"\. Did you mean "t41"\? There are: .*t41, t42\. POST /) as string,
    });
    expect((await request(mor.handler).get('/__sandboxes/t42/__admin/sandboxes/t42')).body).toMatchObject({ code: 'SANDBOX_NESTED' });
  });
});

describe('POST /__admin/sandboxes', () => {
  it('makes one and answers where it is', async () => {
    const { status, body } = await request(mor.handler).post('/__admin/sandboxes').set('Host', 'localhost:1234').send({ name: 't42' });
    expect([status, body]).toEqual([
      201,
      {
        name: 't42',
        base_url: 'http://localhost:1234/__sandboxes/t42',
        from: null,
        made_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        used_at: expect.any(String) as string,
        expires_at: expect.any(String) as string,
        dids: 2,
        created_dids: 0,
        requests: 0,
      },
    ]);
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
  ])('%s -> names in turn', async (_, body) => {
    const names: unknown[] = [];
    for (let i = 0; i < 2; i++)
      names.push(((await request(mor.handler).post('/__admin/sandboxes').send(body)).body as { name: string }).name);
    expect(names).toEqual(['s1', 's2']);
    const { body: list } = await request(mor.handler).get('/__admin/sandboxes');
    expect(list).toMatchObject({ sandboxes: [{ name: 's1' }, { name: 's2' }] });
  });

  it.each<[body: object, status: number, code: string, detail: string]>([
    [{ names: 'a' }, 422, 'RECORD_INVALID', 'body: unknown key "names". Allowed: name, from. Did you mean "name"?'],
    [
      { name: 'a b' },
      422,
      'RECORD_INVALID',
      'name: must be 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", and neither "." nor "..", not the text "a b".',
    ],
    [{ name: '.' }, 422, 'RECORD_INVALID', 'name: must be 1 to 64 of'],
    [['a'], 422, 'RECORD_INVALID', 'must be a map, not a list.'],
    [{ name: 'taken' }, 409, 'SANDBOX_EXISTS', 'use it, reset it, or delete it first'],
    [{ from: 'nowhere' }, 404, 'NOT_FOUND', 'no snapshot is called "nowhere"'],
  ])('%j is refused: %d %s', async (body, status, code, detail) => {
    mor.createSandbox({ name: 'taken' });
    const answer = await request(mor.handler).post('/__admin/sandboxes').send(body);
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
    expect(answer.body).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
    expect(mor.sandboxes().map(({ name }) => name)).toEqual(['taken']);
  });

  it('beyond the limit is refused, with what to do', async () => {
    mor = await mockWith({ maxSandboxes: 1 });
    mor.createSandbox();
    const { status, body } = await request(mor.handler).post('/__admin/sandboxes');
    expect([status, body]).toMatchObject([409, { code: 'SANDBOX_LIMIT', detail: expect.stringContaining('--max-sandboxes') as string }]);
  });
});

describe('DELETE /__admin/sandboxes/NAME', () => {
  it('drops it; the name is unknown then', async () => {
    mor.createSandbox({ name: 'a' });
    expect((await request(mor.handler).delete('/__admin/sandboxes/a')).body).toMatchObject({ name: 'a' });
    expect((await request(mor.handler).delete('/__admin/sandboxes/a')).status).toBe(404);
    expect(await create(mor, '5', '/__sandboxes/a')).toMatch(
      /^404 mock-mor: there is no sandbox "a"\. POST \/__admin\/sandboxes \{"name":"a"\} creates it/,
    );
  });
});

describe('choosing', () => {
  beforeEach(() => {
    mor.createSandbox({ name: 'a' });
    mor.createSandbox({ name: 'b' });
  });

  it.each<[path: string, headers: Readonly<Record<string, string>>, sandbox: string | undefined]>([
    ['/__sandboxes/a/billing/api/did_create', {}, 'a'],
    ['/__sandboxes/%61/api/did_create', {}, 'a'],
    ['//__sandboxes//a//billing/api/did_create', {}, 'a'],
    ['/billing/api/did_create', { [HEADER]: 'a' }, 'a'],
    ['/billing/api/did_create', { 'x-mock-mor-sandbox': 'b' }, 'b'],
    ['/__sandboxes/a/billing/api/did_create', { [HEADER]: 'a' }, 'a'],
    ['/billing/api/did_create', {}, undefined],
  ])('%s with %j -> %s', async (path, headers, sandbox) => {
    const { text } = await request(mor.handler)
      .post(`${path}?${query('555')}`)
      .set(headers);
    expect(text).toContain('<id>3</id>');
    const world = sandbox === undefined ? mor : mor.sandbox(sandbox);
    expect(world.requests().requests).toMatchObject([{ path: path.includes('billing') ? '/billing/api/did_create' : '/api/did_create' }]);
    expect([mor, mor.sandbox('a'), mor.sandbox('b')].filter((other) => other.countDids() === 3)).toEqual([world]);
  });

  it.each<[path: string, headers: Readonly<Record<string, string>>, status: number, text: string]>([
    [
      '/__sandboxes/a/billing/api/did_create',
      { [HEADER]: 'b' },
      400,
      'the path names the sandbox "a" and the header X-Mock-Mor-Sandbox "b"',
    ],
    ['/billing/api/did_create', { [HEADER]: '' }, 400, 'invalid sandbox name ""'],
    ['/billing/api/did_create', { [HEADER]: 'a, a' }, 400, 'invalid sandbox name "a, a"'],
    ['/__sandboxes/a%20b/billing/api/did_create', {}, 400, 'invalid sandbox name "a b"'],
    ['/__sandboxes/%E0%A4/billing/api/did_create', {}, 400, 'invalid sandbox name "%E0%A4"'],
    ['/__sandboxes/A/billing/api/did_create', {}, 404, 'there is no sandbox "A". Did you mean "a"? There are: a, b. POST '],
    ['/__sandboxes/__proto__/billing/api/did_create', {}, 404, 'there is no sandbox "__proto__"'],
    ['/__sandboxes/c/', {}, 404, 'there is no sandbox "c"'],
    ['/__sandboxes', {}, 404, 'nothing is at /__sandboxes'],
    ['/__sandboxes/', {}, 404, 'nothing is at /__sandboxes/'],
    ['/__sandboxes/a/__sandboxes/b/billing/api/did_create', {}, 409, 'a sandbox holds no sandboxes'],
  ])('%s with %j -> %d in plain text', async (path, headers, status, text) => {
    const answer = await request(mor.handler).get(path).set(headers);
    expect([answer.status, answer.type]).toEqual([status, 'text/plain']);
    expect(answer.text).toMatch(/^mock-mor: /);
    expect(answer.text).toContain(text);
    expect([mor, mor.sandbox('a'), mor.sandbox('b')].map((world) => world.requests().requests.length)).toEqual([0, 0, 0]);
  });

  it.each<[path: string, headers: Readonly<Record<string, string>>, status: number, code: string]>([
    ['/__sandboxes/a/__admin/health', { [HEADER]: 'b' }, 400, 'SANDBOX_INVALID'],
    ['/__sandboxes/a%20b/__admin/health', {}, 400, 'SANDBOX_INVALID'],
    ['/__sandboxes/c/__admin/health', {}, 404, 'SANDBOX_UNKNOWN'],
    ['/__sandboxes/a/__admin/sandboxes', {}, 409, 'SANDBOX_NESTED'],
    ['/__admin/sandboxes', { [HEADER]: 'a' }, 409, 'SANDBOX_NESTED'],
    ['/__sandboxes/a/__admin/nothing', {}, 404, 'NOT_FOUND'],
  ])('%s with %j -> %d %s as a problem', async (path, headers, status, code) => {
    const answer = await request(mor.handler).get(path).set(headers);
    expect([answer.status, answer.type, (answer.body as { code: string }).code]).toEqual([status, 'application/problem+json', code]);
  });

  it('a sandbox makes and deletes none', async () => {
    await request(mor.handler).post('/__sandboxes/a/__admin/sandboxes').send({ name: 'c' }).expect(409);
    await request(mor.handler).delete('/__sandboxes/a/__admin/sandboxes/b').expect(409);
    expect(mor.sandboxes()).toHaveLength(2);
  });

  it('its front page answers, and its routes refuse methods as the root does', async () => {
    expect((await request(mor.handler).get('/__sandboxes/a')).text).toContain('mock-mor: version');
    expect((await request(mor.handler).get('/__sandboxes/a?x=1')).status).toBe(200);
    expect((await request(mor.handler).put('/__sandboxes/a/__admin/health')).headers['allow']).toBe('GET, HEAD');
  });
});

describe('the guard', () => {
  it('stands in front of a sandbox too, and before anything is said of it', async () => {
    mor = await mockWith({ adminToken: 'letmein', sandboxes: 'auto' });
    expect((await request(mor.handler).get('/__sandboxes/a/__admin/health')).status).toBe(401);
    expect((await request(mor.handler).get('/__admin/health').set(HEADER, 'a')).status).toBe(401);
    const foreign = await request(mor.handler)
      .get('/__sandboxes/a/__admin/health')
      .set('Origin', 'http://evil.example')
      .set('Authorization', 'Bearer letmein');
    expect(foreign.status).toBe(403);
    expect(mor.sandboxes()).toEqual([]);
    expect((await request(mor.handler).get('/__sandboxes/a/__admin/health').set('Authorization', 'Bearer letmein')).status).toBe(200);
  });

  it('without an admin API no sandbox has one', async () => {
    mor = await mockWith({ admin: false });
    mor.createSandbox({ name: 'a' });
    expect((await request(mor.handler).get('/__sandboxes/a/__admin/health')).status).toBe(404);
    expect(await create(mor, '5', '/__sandboxes/a')).toBe('3');
  });
});

describe('sandboxes: auto', () => {
  beforeEach(async () => {
    mor = await mockWith({ sandboxes: 'auto', maxSandboxes: 2 });
  });

  it('the first use makes it, by either way', async () => {
    expect(await create(mor, '555', '/__sandboxes/a')).toBe('3');
    expect(await create(mor, '555', '', { [HEADER]: 'b' })).toBe('3');
    expect(await create(mor, '555', '/__sandboxes/a')).toBe('DID already exists');
    expect(mor.sandboxes().map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('beyond the limit it is refused, with what to do', async () => {
    for (const name of ['a', 'b']) await create(mor, '555', `/__sandboxes/${name}`);
    expect(await create(mor, '555', '/__sandboxes/c')).toMatch(/^409 mock-mor: the limit of sandboxes is reached \(2\); delete/);
    expect((await request(mor.handler).get('/__sandboxes/c/__admin/dids')).body).toMatchObject({ code: 'SANDBOX_LIMIT' });
  });
});

describe('an expired sandbox', () => {
  it.each(['explicit', 'auto'] as const)('says so, until it is made again (%s)', async (sandboxes) => {
    mor = await mockWith({ sandboxes, sandboxIdleMs: 60_000 });
    mor.createSandbox({ name: 'a' });
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 120_000);
    expect(await create(mor, '555', '/__sandboxes/a')).toMatch(/^410 mock-mor: the sandbox "a" was not used for 60000 ms and expired/);
    const admin = await request(mor.handler).get('/__sandboxes/a/__admin/health');
    expect([admin.status, admin.type, admin.body]).toMatchObject([410, 'application/problem+json', { code: 'SANDBOX_EXPIRED' }]);
    await request(mor.handler).post('/__admin/sandboxes').send({ name: 'a' }).expect(201);
    expect(await create(mor, '555', '/__sandboxes/a')).toBe('3');
  });
});

describe('snapshots', () => {
  it('are taken, listed, restored, forked and deleted', async () => {
    await create(mor, '555');
    mor.patchSettings({ dialect: 'legacy' });
    const taken = await request(mor.handler).post('/__admin/snapshots').send({ name: 'seeded' });
    expect([taken.status, taken.body]).toEqual([
      201,
      { name: 'seeded', taken_at: expect.stringMatching(/Z$/) as string, dids: 3, created_dids: 1, next_did_id: 4 },
    ]);
    await create(mor, '556');
    mor.reset();
    expect((await request(mor.handler).get('/__admin/snapshots')).body).toEqual({ snapshots: [taken.body] });
    const fork = (await request(mor.handler).post('/__admin/sandboxes').send({ name: 'fork', from: 'seeded' })).body as object;
    expect(fork).toMatchObject({ from: 'seeded', dids: 3, created_dids: 1 });
    expect(await create(mor, '555', '/__sandboxes/fork')).toBe('DID already exists');
    expect(await create(mor, '557', '/__sandboxes/fork')).toBe('4');
    expect([mor.countDids(), mor.settings().dialect]).toEqual([2, 'current']);
    expect((await request(mor.handler).post('/__admin/snapshots/seeded/restore')).body).toEqual(taken.body);
    expect([mor.dids({ created: true }).map(({ did }) => did), mor.settings().dialect, mor.settings().next_did_id]).toEqual([
      ['555'],
      'legacy',
      4,
    ]);
    expect((await request(mor.handler).delete('/__admin/snapshots/seeded')).body).toEqual(taken.body);
    expect(mor.snapshots()).toEqual([]);
    // The fork has it still, as its own way back to its start.
    await request(mor.handler).post('/__sandboxes/fork/__admin/snapshots/seeded/restore').expect(200);
    expect(
      mor
        .sandbox('fork')
        .dids({ created: true })
        .map(({ did }) => did),
    ).toEqual(['555']);
    await request(mor.handler).post('/__sandboxes/fork/__admin/reset').expect(200);
    expect(mor.sandbox('fork').countDids()).toBe(2);
  });

  it.each<[method: 'post' | 'delete', path: string, body: object | undefined, status: number, code: string]>([
    ['post', '/__admin/snapshots', undefined, 415, 'BODY_UNSUPPORTED'],
    ['post', '/__admin/snapshots', {}, 422, 'RECORD_INVALID'],
    ['post', '/__admin/snapshots', { name: '' }, 422, 'RECORD_INVALID'],
    ['post', '/__admin/snapshots', { name: '..' }, 422, 'RECORD_INVALID'],
    ['post', '/__admin/snapshots', { name: 'b', nane: 'c' }, 422, 'RECORD_INVALID'],
    ['post', '/__admin/snapshots', [], 422, 'RECORD_INVALID'],
    ['post', '/__admin/snapshots', { name: 'a' }, 409, 'SNAPSHOT_EXISTS'],
    ['post', '/__admin/snapshots/b/restore', undefined, 404, 'NOT_FOUND'],
    ['post', '/__admin/snapshots/a%20b/restore', undefined, 404, 'NOT_FOUND'],
    ['post', '/__admin/snapshots/__proto__/restore', undefined, 404, 'NOT_FOUND'],
    ['delete', '/__admin/snapshots/b', undefined, 404, 'NOT_FOUND'],
    ['post', '/__admin/snapshots/a/restore?x=1', undefined, 400, 'QUERY_INVALID'],
    ['delete', '/__admin/snapshots', undefined, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s %j -> %d %s, and nothing changed', async (method, path, body, status, code) => {
    mor.takeSnapshot('a');
    await create(mor, '555');
    const answer = await request(mor.handler)[method](path).send(body);
    expect([answer.status, answer.type, (answer.body as { code: string }).code]).toEqual([status, 'application/problem+json', code]);
    expect([mor.snapshots().map(({ name }) => name), mor.countDids()]).toEqual([['a'], 3]);
  });

  it('are gone with the fixtures they were taken over, not with a reset', async () => {
    mor.takeSnapshot('a');
    mor.reset();
    expect(mor.snapshots()).toHaveLength(1);
    mor.reloadFixtures();
    expect(mor.snapshots()).toEqual([]);
    expect((await request(mor.handler).post('/__admin/snapshots/a/restore')).status).toBe(404);
  });
});
