/** The list of DIDs: searched, sorted, paged, with marks, as the administrator or a reseller sees it. */
import request from 'supertest';
import { callHash, type DidFilter, type FixturesInput, type MockMor, type Page } from '../../src/index.ts';
import { withMock } from '../support/mock.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }, { id: 2 }],
  dids: [
    { id: 1, did: '3705', provider_id: 2 },
    { id: 2, did: '0Ab', provider_id: 1, reseller_id: 5 },
    { id: 3, did: '3701', provider_id: 1, status: 'reserved', user_id: 8 },
    { id: 4, did: '3702', provider_id: 2, reseller_id: 5, status: 'terminated' },
    { id: 10, from: '37100', to: '37104', provider_id: 1 },
  ],
};

const list = async (mor: MockMor, query: string): Promise<{ readonly ids: readonly number[]; readonly total: number }> => {
  const { body } = await request(mor.handler).get(`/__admin/dids?${query}`).expect(200);
  const { dids, total } = body as { readonly dids: readonly { readonly id: number }[]; readonly total: number };
  return { ids: dids.map(({ id }) => id), total };
};

const ALL = [1, 2, 3, 4, 10, 11, 12, 13, 14];

test.each<[query: string, ids: readonly number[], total?: number]>([
  ['', ALL],
  ['sort=id', ALL],
  ['sort=-id', ALL.toReversed()],
  ['sort=-id&limit=3', [14, 13, 12], 9],
  ['sort=-id&limit=3&offset=7', [2, 1], 9],
  ['sort=-id&offset=9', [], 9],
  ['sort=did', [2, 3, 4, 1, 10, 11, 12, 13, 14]],
  ['sort=-did&limit=2', [14, 13], 9],
  // As shown: a reseller's free one is reserved. Equal ones stay in the order of ids.
  ['sort=status', [1, 10, 11, 12, 13, 14, 2, 3, 4]],
  ['sort=-status', [4, 2, 3, 1, 10, 11, 12, 13, 14]],
  ['sort=-provider_id&limit=3', [1, 4, 2], 9],
  ['sort=user_id&limit=2', [3, 1], 9],
  // What has no user comes last in both directions.
  ['sort=-user_id&limit=2', [3, 1], 9],
  ['sort=-reseller_id&limit=3', [2, 4, 1], 9],
  ['q=710', [10, 11, 12, 13, 14]],
  ['q=ab', [2]],
  ['q=AB', [2]],
  ['q=', ALL],
  ['q=x', []],
  ['q=370&provider_id=2&sort=-did', [1, 4]],
  ['q=3710&limit=2&offset=3', [13, 14], 5],
  ['did=3701&q=9', []],
  ['did=3701', [3]],
  ['as=5', [2, 4]],
  ['as=5&status=free', [2]],
  ['status=reserved', [2, 3]],
  ['as=5&sort=-status', [4, 2]],
  ['as=9', []],
  ['as=5&reseller_id=0', []],
  ['mark=created', []],
])('%s', async (query, ids, total = ids.length) => {
  await withMock(WORLD, async (mor) => {
    expect(await list(mor, query)).toEqual({ ids, total });
  });
});

test('a reseller sees the stored status', async () => {
  await withMock(WORLD, (mor) => {
    expect([mor.did(2).status, mor.dids({ as: 5 })[0]?.status]).toEqual(['reserved', 'free']);
  });
});

test('marks: a call created it, a call changed it, the tester added it', async () => {
  await withMock(WORLD, async (mor) => {
    const call = (name: string, params: Readonly<Record<string, string>>) =>
      request(mor.handler)
        .post(`/billing/api/${name}`)
        .type('form')
        .send({ ...params, hash: callHash(name as 'did_create', params as never, 'secret') })
        .expect(200, /<success>/);
    await call('did_create', { u: 'admin', provider_id: '1', did: '999' });
    await call('did_terminate', { u: 'admin', dids_id: '11' });
    const added = mor.putDid({ did: '888', provider_id: 1 });
    const again = mor.putDid({ did: '777', provider_id: 1 });
    await call('did_terminate', { u: 'admin', dids_id: String(again.id) });
    expect(added.mark).toBe('added');
    expect(Object.fromEntries(mor.dids().flatMap(({ did, mark }) => (mark === null ? [] : [[did, mark]])))).toEqual({
      999: 'created',
      37101: 'changed',
      888: 'added',
      777: 'changed',
    });
    for (const mark of ['created', 'changed', 'added'] as const) {
      const expected = mor.dids().filter((did) => did.mark === mark);
      expect(mor.dids({ mark })).toEqual(expected);
      expect(mor.countDids({ mark })).toBe(expected.length);
      expect((await list(mor, `mark=${mark}`)).ids).toEqual(expected.map(({ id }) => id));
    }
    mor.reset();
    expect(mor.dids().every(({ mark }) => mark === null)).toBe(true);
  });
});

test.each([
  ['sort=number', /sort: must be one of id, -id, did/],
  ['mark=new', /mark: must be one of created, changed, added/],
  ['as=reseller', /as: must be a whole number in decimal digits/],
])('%s -> 400', async (query, says) => {
  await withMock(WORLD, async (mor) => {
    const { status, text } = await request(mor.handler).get(`/__admin/dids?${query}`);
    expect([status, text]).toEqual([400, expect.stringMatching(says)]);
  });
});

test('the library refuses the same', async () => {
  await withMock(WORLD, (mor) => {
    const wrong: readonly (DidFilter & Page)[] = [{ sort: 'number' as never }, { mark: 'new' as never }, { as: '5' as never }];
    for (const query of wrong) expect(() => mor.dids(query)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
