import type { DidView, FixturesInput, MockMor } from '../../src/index.ts';
import { compareEffect } from '../../src/contract/effect.ts';
import { didClose } from '../../src/mor/calls/did-close.ts';
import { errorAnswer, successAnswer } from '../support/expected-answer.ts';
import { withMock } from '../support/mock.ts';
import { pooledClient } from '../support/pooled.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';
import { signed, signParams } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret', default_did_provider_id: 1 },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
  ],
  providers: [{ id: 1 }],
  dids: [
    { id: 1, did: '37060000001', provider_id: 1 },
    { id: 2, did: '37060000002', provider_id: 1 },
  ],
};

const creationOf = (did: string, u = 'admin') => carried(signed({ u, provider_id: '1', did }), 'query');

const create = (mor: MockMor, did: string, u?: string): Promise<Answer> => send(mor, creationOf(did, u));

const numbersOf = (mor: MockMor): readonly string[] => mor.dids().map(({ did }) => did);

test('three calls -> ids 3, 4, 5', async () => {
  await withMock(WORLD, async (mor) => {
    expect(await create(mor, '1')).toEqual(successAnswer(3));
    expect(await create(mor, '2')).toEqual(successAnswer(4));
    expect(await create(mor, '3')).toEqual(successAnswer(5));
  });
});

test('a failed call between two good ones -> takes no id', async () => {
  await withMock(WORLD, async (mor) => {
    expect(await create(mor, '1')).toEqual(successAnswer(3));
    expect(await create(mor, 'x')).toEqual(errorAnswer('Invalid DID specified'));
    expect(await create(mor, '2')).toEqual(successAnswer(4));
  });
});

test('the highest id given -> DID creation failed from then on, and the world as YAML says so', async () => {
  await withMock({ ...WORLD, settings: { ...WORLD.settings, next_did_id: 2147483647 } }, async (mor) => {
    expect(await create(mor, '1')).toEqual(successAnswer(2147483647));
    expect(await create(mor, '2')).toEqual(errorAnswer('DID creation failed'));
    expect(await create(mor, '1')).toEqual(errorAnswer('DID already exists'));
    mor.replaceFixtures(mor.fixtures());
    expect(await create(mor, '2')).toEqual(errorAnswer('DID creation failed'));
    mor.deleteDid(2147483647);
    mor.replaceFixtures(mor.fixtures());
    expect(await create(mor, '2')).toEqual(errorAnswer('DID creation failed'));
  });
});

test('the same number twice -> created, then DID already exists', async () => {
  await withMock(WORLD, async (mor) => {
    expect(await create(mor, '0370')).toEqual(successAnswer(3));
    expect(await create(mor, '0370')).toEqual(errorAnswer('DID already exists'));
    expect(await create(mor, ' 0370 ', 'reseller')).toEqual(errorAnswer('DID already exists'));
    expect(await create(mor, '370')).toEqual(successAnswer(4));
  });
});

test('a created DID -> at once in every list of DIDs', async () => {
  await withMock(WORLD, async (mor) => {
    await create(mor, '370', 'reseller');
    const made = {
      id: 3,
      did: '370',
      provider_id: 1,
      reseller_id: 5,
      status: 'reserved',
      stored_status: 'free',
      custom_sip_header: '',
      comment: '',
      reseller_comment: '',
      created: true,
      changed: false,
      mark: 'created',
    };
    expect(mor.did(3)).toEqual(made);
    for (const filter of [
      { did: '370' },
      { reseller_id: 5 },
      { status: 'reserved' },
      { created: true },
      { provider_id: 1, offset: 2 },
    ] as const) {
      expect(mor.dids(filter)).toEqual([made]);
    }
    expect(mor.dids({ status: 'free', created: true })).toEqual([]);
    expect(numbersOf(mor)).toEqual(['37060000001', '37060000002', '370']);
    expect(mor.countDids()).toBe(3);
  });
});

test('reset -> the fixtures again, and the same calls get the same ids', async () => {
  await withMock(WORLD, async (mor) => {
    for (let round = 0; round < 3; round++) {
      expect(await create(mor, '1')).toEqual(successAnswer(3));
      expect(await create(mor, '2')).toEqual(successAnswer(4));
      mor.reset();
      expect(numbersOf(mor)).toEqual(['37060000001', '37060000002']);
    }
  });
});

test('a created DID deleted -> its number is free, its id is not used again until a reset', async () => {
  await withMock(WORLD, async (mor) => {
    await create(mor, '1');
    mor.deleteDid(3);
    expect(await create(mor, '1')).toEqual(successAnswer(4));
    mor.reset();
    expect(await create(mor, '1')).toEqual(successAnswer(3));
  });
});

test('the DID with the highest id of the fixtures deleted -> its id is not used again', async () => {
  await withMock(WORLD, async (mor) => {
    mor.deleteDid(2);
    expect(await create(mor, '37060000002')).toEqual(successAnswer(3));
  });
});

test('200 calls for one number at once -> one success, 199 times DID already exists', async () => {
  await withMock(WORLD, async (mor) => {
    const client = await pooledClient(mor, 50);
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.send(creationOf('370'))));
    client.end();
    expect(answers.filter(({ body }) => body === successAnswer(3).body)).toHaveLength(1);
    expect(answers.filter(({ body }) => body === errorAnswer('DID already exists').body)).toHaveLength(199);
    expect(mor.dids({ created: true })).toHaveLength(1);
  });
});

test('200 calls for 200 numbers at once -> 200 ids without a gap', async () => {
  await withMock(WORLD, async (mor) => {
    const client = await pooledClient(mor, 50);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => client.send(creationOf(`9${String(i)}`))));
    client.end();
    const ids = answers.map(({ body }) => Number(/<id>(\d+)<\/id>/.exec(body)?.[1]));
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 3));
  });
});

test('two instances in one process -> they share nothing', async () => {
  await withMock(WORLD, (one) =>
    withMock(WORLD, async (other) => {
      expect(await create(one, '1')).toEqual(successAnswer(3));
      expect(numbersOf(other)).toEqual(['37060000001', '37060000002']);
      one.patchSettings({ allow_api: false });
      expect(await create(other, '1')).toEqual(successAnswer(3));
      expect(await create(one, '2')).toEqual(errorAnswer('API Requests are disabled'));
      other.reset();
      expect(numbersOf(one)).toEqual(['37060000001', '37060000002', '1']);
      one.replaceFixtures({ settings: { api_secret_key: 'else' } });
      expect(await create(other, '1')).toEqual(successAnswer(3));
      expect(await create(one, '1')).toEqual(errorAnswer('Access Denied'));
      await one.close();
      expect(await create(other, '2')).toEqual(successAnswer(4));
    }),
  );
});

test('the object the fixtures came from changed later -> nothing changes', async () => {
  const users = [{ id: 0, username: 'admin', type: 'admin' as const }];
  const fixtures = { settings: { api_secret_key: 'secret' }, users, providers: [{ id: 1 }] };
  await withMock(fixtures, async (mor) => {
    fixtures.settings.api_secret_key = 'else';
    users.pop();
    expect(await create(mor, '1')).toEqual(successAnswer(1));
    mor.reset();
    expect(await create(mor, '1')).toEqual(successAnswer(1));
  });
});

describe('an update of a DID of the fixtures', () => {
  const CLOSING: FixturesInput = {
    ...WORLD,
    users: [...(WORLD.users ?? []), { id: 8, username: 'user', type: 'user' }],
    devices: [{ id: 3, user_id: 8 }],
    dids: [
      { id: 1, did: '1', provider_id: 1 },
      { id: 2, did: '2', provider_id: 1, status: 'active', device_id: 3 },
      { id: 3, from: '10', to: '12', provider_id: 1, status: 'active', device_id: 3 },
    ],
  };
  const close = (mor: MockMor, dids_id: string): Promise<Answer> =>
    send(mor, { path: '/billing/api/did_close', ...carried(signParams(didClose, { u: 'admin', dids_id }), 'query') });

  test('it is changed, not created, keeps its number and takes no id; a reset puts it back', async () => {
    await withMock(CLOSING, async (mor) => {
      const before = mor.dids();
      for (const id of ['2', '4']) expect((await close(mor, id)).body).toContain('DID successfully closed');
      const changed = ({ id }: DidView): boolean => id === 2 || id === 4;
      expect(mor.dids().filter((did) => !changed(did))).toEqual(before.filter((did) => !changed(did)));
      for (const { device_id, ...was } of before.filter(changed)) {
        expect(device_id).toBe(3);
        const closed_till = expect.any(Number) as number;
        expect(mor.did(was.id)).toStrictEqual({
          ...was,
          status: 'closed',
          stored_status: 'closed',
          closed_till,
          changed: true,
          mark: 'changed',
        });
      }
      expect(mor.dids({ created: true })).toEqual([]);
      expect(mor.settings().next_did_id).toBe(6);
      expect(await create(mor, '2')).toEqual(errorAnswer('DID already exists'));
      const written = mor.dids().map(({ changed: _changed, mark: _mark, ...did }) => did);
      mor.replaceFixtures(mor.fixtures());
      expect(mor.dids().map(({ changed: _changed, mark: _mark, ...did }) => did)).toEqual(written);
      mor.replaceFixtures(CLOSING);
      expect(mor.dids()).toEqual(before);
      await close(mor, '2');
      mor.reset();
      expect(mor.dids()).toEqual(before);
    });
  });

  test('a snapshot keeps it, and a sandbox has its own', async () => {
    await withMock(CLOSING, async (mor) => {
      const sandbox = mor.createSandbox({ name: 'own' });
      await close(mor, '2');
      mor.takeSnapshot('closed');
      expect(sandbox.did(2)).toMatchObject({ status: 'active', changed: false });
      mor.reset();
      expect(mor.did(2)).toMatchObject({ status: 'active', changed: false });
      mor.restoreSnapshot('closed');
      expect(mor.did(2)).toMatchObject({ status: 'closed', changed: true });
    });
  });
});

describe('compareEffect', () => {
  const NOW = 1_800_000_000;
  const DAY = 86_400;
  beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW * 1000));
  afterEach(() => jest.restoreAllMocks());

  const DIDS = [
    { id: 1, did: '370', status: 'closed', user_id: 8, closed_till: NOW + 90 * DAY, created: false },
    { id: 2, did: '371', status: 'free', device_id: undefined, comment: '' },
  ];

  const USERS = [{ id: 1, username: 'admin', type: 'admin', created: false }];
  const DEVICES = [{ id: 1, user_id: 1, secret: '***', changed: true }];

  type Row = Readonly<Record<string, unknown>>;

  const compare = (...effects: readonly (readonly Row[])[]) =>
    compareEffect(
      effects.map((effect) => ({ expect: { success: true as const, effect: effect as never } })),
      { dids: DIDS, users: USERS, devices: DEVICES },
    );

  const differs = (expected: string, actual: string) => [{ aspect: 'effect', expected, got: actual }];

  test.each<[title: string, row: Row, differences: readonly object[]]>([
    ['all as it is, by its id', { id: 1, status: 'closed', user_id: 8, created: false }, []],
    ['all as it is, by its number', { did: '370', status: 'closed' }, []],
    ['another status', { id: 1, status: 'free' }, differs('status "free"', 'status "closed"')],
    ['null: a field that it has not', { id: 1, device_id: null }, []],
    ['null: a field that is undefined', { id: 2, device_id: null }, []],
    ['null: a field that it has', { id: 1, user_id: null }, differs('user_id null', 'user_id 8')],
    ['an empty text is not null', { id: 2, comment: null }, differs('comment null', 'comment ""')],
    ['a field that it has not', { id: 2, user_id: 8 }, differs('user_id 8', 'user_id null')],
    ['in 90 days', { id: 1, closed_till: 'now+90d' }, []],
    ['in 91 days', { id: 1, closed_till: 'now+91d' }, differs('closed_till "now+91d"', `closed_till ${String(NOW + 90 * DAY)}`)],
    ['in 89 days', { id: 1, closed_till: 'now+89d' }, differs('closed_till "now+89d"', `closed_till ${String(NOW + 90 * DAY)}`)],
    ['in 90 days, but not closed at all', { id: 2, closed_till: 'now+90d' }, differs('closed_till "now+90d"', 'closed_till null')],
    ['gone', { id: 9, gone: true }, []],
    ['gone, but it is there', { id: 1, gone: true }, differs('DID 1 is gone', 'DID 1 is there')],
    ['a user as it is', { user: 1, username: 'admin', created: false }, []],
    ['another user', { user: 1, username: 'root' }, differs('username "root"', 'username "admin"')],
    ['a user who is not there', { user: 2, type: 'user' }, differs('user 2 is there', 'user 2 is not there')],
    ['a device as it is', { device: 1, user_id: 1, changed: true, pin: null }, []],
    ['another device', { device: 1, secret: '' }, differs('secret ""', 'secret "***"')],
    ['a device that is gone', { device: 2, gone: true }, []],
    ['a device that is not gone', { device: 1, gone: true }, differs('device 1 is gone', 'device 1 is there')],
    ['not there', { did: '379', status: 'free' }, differs('DID 379 is there', 'DID 379 is not there')],
  ])('%s', (_, row, differences) => {
    expect(compare([row])).toEqual(differences);
  });

  test.each([
    [0, true],
    [299, true],
    [300, false],
    [-1, false],
  ])('compared %i s later: the same is meant: %s', (seconds, isMeant) => {
    jest.spyOn(Date, 'now').mockReturnValue((NOW + seconds) * 1000);
    expect(compare([{ id: 1, closed_till: 'now+90d' }])).toHaveLength(isMeant ? 0 : 1);
  });

  test('rows of three kinds with one id are different rows', () => {
    expect(compare([{ id: 1, status: 'free' }], [{ user: 1, type: 'user' }], [{ device: 1, user_id: 2 }])).toHaveLength(3);
  });

  test('of several requests the last row for a DID counts, whether by its id or its number', () => {
    expect(compare([{ id: 1, status: 'active' }], [{ did: '370', status: 'closed' }])).toEqual([]);
    expect(compare([{ id: 1, status: 'closed' }], [{ did: '370', status: 'active' }])).toHaveLength(1);
    expect(compare([{ id: 1, status: 'closed' }], [{ id: 2, status: 'active' }])).toHaveLength(1);
  });
});
