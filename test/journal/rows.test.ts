/** The journal as a list shows it: lines, the newest of many, a text, and what had to do with a DID. */
import request from 'supertest';
import { callHash, createMockMor, type MockMor } from '../../src/index.ts';

const NUMBER = '37060000123';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

async function call(
  name: string,
  params: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { text } = await request(mor.handler).post(`/billing/api/${name}`).set(headers).type('form').send(params);
  return text;
}

async function create(did: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  return call('did_create', {
    u: 'admin',
    provider_id: '1',
    did,
    hash: callHash('did_create', { provider_id: 1, did }, 'secret'),
    ...more,
  });
}

const close = (dids_id: number): Promise<string> =>
  call('did_close', { u: 'admin', dids_id: String(dids_id), hash: callHash('did_close', { dids_id }, 'secret') });

async function list(query: string): Promise<{ status: number; body: { requests: { id: number }[]; matched?: number; detail?: string } }> {
  return request(mor.handler).get(`/__admin/requests?${query}`);
}

const ids = async (query: string): Promise<readonly number[]> => (await list(query)).body.requests.map(({ id }) => id);

describe('view=row', () => {
  it('has a line for each request: who asked for what, the outcome, the reason', async () => {
    await create(NUMBER);
    await create(NUMBER, { hash: callHash('did_create', { provider_id: 1 }, 'secret') });
    const line = {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      state: 'completed',
      method: 'POST',
      call: 'did_create',
      caller: { id: 0, username: 'admin', type: 'admin' },
      u: 'admin',
      subject: `did=${NUMBER}`,
      fault: null,
      status: 200,
      duration_ms: expect.any(Number),
      sandbox: null,
    };
    const { status, body } = await list('view=row');
    const expected = {
      requests: [
        { id: 1, request_id: '1', ...line, outcome: 'DID created', kind: 'ok', reason: null },
        {
          ...{ id: 2, request_id: '2', ...line, outcome: 'Incorrect hash', kind: 'refused' },
          reason: `it is not the SHA-1 of "1${NUMBER}***"`,
        },
      ],
      dropped: 0,
      matched: 2,
      total: 2,
    };
    expect([status, body]).toEqual([200, expected]);
    expect(mor.requestRows()).toEqual(expected);
  });

  it('names the sandbox, an unknown caller, and says what the failed check saw', async () => {
    mor.createSandbox({ name: 's' });
    await request(mor.handler).post('/__sandboxes/s/billing/api/did_close').type('form').send({ u: 'nobody\n', dids_id: '1' });
    expect(mor.sandbox('s').requestRows().requests).toEqual([
      {
        ...{ id: 1, request_id: 's-1', at: expect.any(String), state: 'completed', method: 'POST', call: 'did_close', caller: null },
        ...{ u: 'nobody\n', subject: 'dids_id=1', outcome: 'Access Denied', kind: 'refused', fault: null },
        ...{
          reason: 'no user is called "nobody\\n" (U+000A line feed at character 7)',
          status: 200,
          duration_ms: expect.any(Number),
          sandbox: 's',
        },
      },
    ]);
  });

  it('cuts a reason at 200 characters', async () => {
    const filters = Object.fromEntries(
      ['status', 'did_owner', 'user', 'device', 'provider'].map((name) => [`search_${name}`, '9'.repeat(60)]),
    );
    await call('dids_get', { u: 'admin', hash: callHash('dids_get', {}, 'secret'), ...filters });
    const [row] = mor.requestRows().requests;
    expect(row?.reason).toMatch(/^none fits search_status "9{60}", .{100,}…$/);
    expect(row?.reason).toHaveLength(200);
  });

  it('after a wait has the lines that came', async () => {
    await create(NUMBER);
    const { status, body } = await list('view=row&wait=5s');
    expect([status, body]).toMatchObject([200, { requests: [{ id: 1, kind: 'ok' }], matched: 1, total: 1, complete: true }]);
  });
});

describe('kind', () => {
  it('separates what succeeded, what MOR refused, what a fault hit, and the rest', async () => {
    await create(NUMBER);
    await create(NUMBER);
    mor.addFault({ http: { status: 503 } });
    await create(NUMBER);
    await call('no_such_call', { u: 'admin' });
    await request(mor.handler).put('/billing/api/did_create');
    expect(mor.requestRows().requests.map(({ id, kind }) => `${String(id)} ${kind}`)).toEqual([
      '1 ok',
      '2 refused',
      '3 fault',
      '4 other',
      '5 other',
    ]);
    expect(await ids('kind=refused')).toEqual([2]);
    expect(await ids('kind=other')).toEqual([4, 5]);
    expect((await list('kind=amber')).status).toBe(400);
  });
});

describe('limit and before', () => {
  it('leave the newest that fit, the oldest first, and say how many fit', async () => {
    for (const did of ['1', '2', '3', '4']) await create(`3706000000${did}`);
    const { body } = await list('limit=2&before=4');
    expect(body).toMatchObject({ requests: [{ id: 2 }, { id: 3 }], dropped: 0, matched: 3, total: 4 });
    expect(mor.requests({ limit: 2, before: 4 })).toEqual(body);
    expect(await ids('limit=0')).toEqual([]);
    expect(await ids('limit=9')).toEqual([1, 2, 3, 4]);
    expect(mor.requests({ before: 2 })).toEqual({ requests: [expect.objectContaining({ id: 1 })], dropped: 0 });
  });

  it('a wait counts what fits, not what is listed', async () => {
    for (const did of ['1', '2']) await create(`3706000000${did}`);
    expect(await mor.waitForRequests({ limit: 1 }, { count: 2 })).toMatchObject({ requests: [{ id: 2 }], matched: 2, complete: true });
  });
});

describe('q', () => {
  beforeEach(async () => {
    await create(NUMBER, { comment: 'Žąsis' });
    await create(NUMBER, { comment: 'plain' });
    await call('did_close', { u: 'bob', dids_id: '999999' }, { 'User-Agent': 'Shop/1.0' });
  });

  it.each([
    ['a parameter', 'comment=plain', [2]],
    ['another case, in another script', 'žĄSIS', [1]],
    ['a header', 'user-agent: shop', [3]],
    ['the answer', '<id>3</id>', [1]],
    ['the outcome', 'did created', [1]],
    ['the call', 'DID_CLOSE', [3]],
    ['the failed check', 'DID 3 has the number', [2]],
    ['a part of the path', 'post /billing/api/did_cr', [1, 2]],
    ['nothing', 'nowhere to be seen', []],
    ['an empty text', '', [1, 2, 3]],
  ])('finds %s', async (_, text, expected) => {
    expect(await ids(`q=${encodeURIComponent(text)}`)).toEqual(expected);
  });

  it('finds no secret, whole or in part', async () => {
    const hash = callHash('did_create', { provider_id: 1, did: NUMBER }, 'secret');
    await call(
      'did_create',
      { u: 'admin', did: NUMBER, hash, password: 'hunter22', comment: 'hunter22' },
      { Authorization: 'Bearer abcdef123456' },
    );
    for (const secret of [hash, hash.slice(0, 12), 'hunter22', 'hunter', 'abcdef123456']) expect(await ids(`q=${secret}`)).toEqual([]);
  });
});

describe('touches_did', () => {
  it('finds what made a DID, named it by number or id, or changed it', async () => {
    await create(NUMBER);
    await create(NUMBER);
    await create('37060000999');
    await close(3);
    await close(1);
    await call('did_close', { u: 'admin', dids_id: ' 03 ' });
    expect(await ids('touches_did=3')).toEqual([1, 2, 4, 6]);
    expect(await ids('touches_did=1')).toEqual([5]);
    expect(await ids('touches_did=999')).toEqual([]);
  });
});
