/** What the admin API and the library show of users, devices, dial plans and the links of DIDs. */
import request from 'supertest';
import { callHash, createMockMor, type MockMor } from '../../src/index.ts';

const FIXTURES = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller', api_secret_key: 'hush' },
    { id: 8, username: 'user', type: 'user', first_name: 'Ann', password: 'pass', uniquehash: 'f00dcafe01', balance: '-1.5' },
  ],
  providers: [{ id: 1, name: 'Main trunk' }],
  devices: [
    { id: 9, user_id: 8, secret: 's3cret', pin: '1234', hidden: true, primary: false },
    { id: 7, user_id: 8, primary: true },
  ],
  dial_plans: [
    { id: 6, name: 'Second', type: 'ivr' },
    { id: 4, name: 'Menu', type: 'ivr' },
  ],
  dids: [
    { id: 1, did: '3701', provider_id: 1, status: 'active', device_id: 7 },
    { id: 2, did: '3702', provider_id: 1, reseller_id: 5 },
    { id: 3, did: '3703', provider_id: 1, status: 'reserved', user_id: 8 },
    { from: '37100', to: '37199', provider_id: 1 },
  ],
} as const;

const DEVICE_7 = {
  ...{ id: 7, user_id: 8, type: 'SIP', username: '7', secret: '', ipaddr: '', port: 5060, callerid: '' },
  ...{ devicegroup_id: 1, primary: true, hidden: false, trunk: 0, created: false, changed: false },
};

const DEVICE_9 = { ...DEVICE_7, id: 9, username: '9', secret: '***', pin: '***', primary: false, hidden: true };

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor({ fixtures: structuredClone(FIXTURES) as never });
});

const get = async (path: string): Promise<[status: number, body: unknown]> => {
  const { status, body } = await request(mor.handler).get(`/__admin${path}`);
  return [status, body];
};

async function close(dids_id: number): Promise<void> {
  const hash = callHash('did_close', { dids_id }, 'secret');
  await request(mor.handler).post('/billing/api/did_close').type('form').send({ u: 'admin', dids_id, hash });
}

describe('devices', () => {
  it('are listed in the order of ids, hidden ones too, their secrets and pins masked', async () => {
    expect(await get('/devices')).toEqual([200, { devices: [DEVICE_7, DEVICE_9] }]);
    expect(mor.devices()).toEqual([DEVICE_7, DEVICE_9]);
  });

  it('one by its id', async () => {
    expect(await get('/devices/9')).toEqual([200, DEVICE_9]);
    expect(mor.device(9)).toEqual(DEVICE_9);
    expect(await get('/devices/8')).toMatchObject([404, { code: 'NOT_FOUND', detail: 'no device has the id 8; there are: 7, 9' }]);
    expect(() => mor.device(8)).toThrow('no device has the id 8');
  });

  it('what a caller changes in a view changes nothing', () => {
    Object.assign(mor.device(7), { username: 'x' });
    expect(mor.device(7)).toEqual(DEVICE_7);
  });
});

it('dial plans are listed in the order of ids', async () => {
  const plans = [
    { id: 4, name: 'Menu', type: 'ivr', user_id: 0 },
    { id: 6, name: 'Second', type: 'ivr', user_id: 0 },
  ];
  expect(await get('/dial_plans')).toEqual([200, { dial_plans: plans }]);
  expect(mor.dialPlans()).toEqual(plans);
});

describe('one user', () => {
  it('is shown with the key masked', async () => {
    expect(await get('/users/5')).toMatchObject([200, { id: 5, username: 'reseller', api_secret_key: '***' }]);
    expect(mor.user(5)).toMatchObject({ id: 5, api_secret_key: '***' });
    const secrets = { password: '***', uniquehash: '***' };
    const rest = { type: 'user', owner_id: 0, accept_hash_without_did: false, balance: '-1.5', created: false, changed: false };
    expect(mor.user(8)).toEqual({ id: 8, username: 'user', first_name: 'Ann', ...rest, ...secrets });
    expect(await get('/users')).toEqual([200, { users: [mor.user(0), mor.user(5), mor.user(8)] }]);
  });

  it('that is not there -> 404', async () => {
    expect(await get('/users/6')).toMatchObject([404, { code: 'NOT_FOUND', detail: 'no user has the id 6; there are: 0, 5, 8' }]);
    expect(() => mor.user(6)).toThrow('no user has the id 6');
  });
});

describe('a DID', () => {
  it('shows its status as the administrator sees it, and as MOR keeps it', async () => {
    expect(await get('/dids/2')).toMatchObject([200, { status: 'reserved', stored_status: 'free' }]);
    expect(await get('/dids/3')).toMatchObject([200, { status: 'reserved', stored_status: 'reserved' }]);
  });

  it('is found by its number', () => {
    expect(mor.didNumbered('3701')).toEqual(mor.did(1));
    expect(mor.didNumbered('37150')).toMatchObject({ did: '37150', status: 'free' });
    expect(() => mor.didNumbered('999')).toThrow('no DID has the number "999"');
    expect(() => mor.didNumbered(3701 as never)).toThrow('a DID is text, for leading zeros matter: write it in quotes');
  });

  it.each([
    ['user_id=8', [1, 3]],
    ['device_id=7', [1]],
    ['device_id=9', []],
    ['user_id=8&status=reserved', [3]],
    ['changed=true', []],
    ['changed=false&user_id=8', [1, 3]],
    ['did=3701&device_id=7', [1]],
    ['did=3701&device_id=9', []],
    ['did=3701&changed=true', []],
  ])('?%s leaves the ids %j', async (query, ids) => {
    const [, body] = await get(`/dids?${query}`);
    expect((body as { dids: { id: number }[] }).dids.map(({ id }) => id)).toEqual(ids);
  });

  it('is changed once a call updated it, also in the counts', async () => {
    await close(1);
    expect(mor.dids({ changed: true })).toMatchObject([{ id: 1, status: 'closed', changed: true }]);
    expect([mor.countDids({ changed: true }), mor.countDids({ changed: false }), mor.countDids()]).toEqual([1, 102, 103]);
    expect(mor.dids({ did: '3701', changed: false })).toEqual([]);
    mor.reset();
    expect(mor.countDids({ changed: true })).toBe(0);
  });
});

describe('putting a DID there', () => {
  const put = async (row: object): Promise<[status: number, body: unknown]> => {
    const { status, body } = await request(mor.handler).post('/__admin/dids').send(row);
    return [status, body];
  };

  it('takes every field', async () => {
    const row = {
      ...{ id: 500, did: '3705', provider_id: 1, reseller_id: 0, status: 'active', user_id: 8, device_id: 7 },
      ...{ custom_sip_header: 'X: 1', comment: 'a', reseller_comment: 'b', language: 'lt', call_limit: 3, tone_zone: 'lt' },
      ...{ grace_time: 5, active_from: 1, active_till: 2, has_calls: true, in_queue: true },
    };
    const view = { ...row, stored_status: 'active', created: false, changed: false, mark: 'added' };
    expect(await put(row)).toEqual([201, view]);
    expect(await get('/dids/500')).toEqual([200, view]);
    const closed = { did: '3706', provider_id: 1, status: 'closed', user_id: 8, closed_till: 4_102_444_800 };
    expect(await put(closed)).toMatchObject([201, closed]);
    expect(await put({ did: '3707', provider_id: 1, status: 'active', dial_plan_id: 4 })).toMatchObject([201, { dial_plan_id: 4 }]);
  });

  it('with a device and no user -> it gets the user of the device', async () => {
    const row = { did: '3705', provider_id: 1, status: 'active', device_id: 7 };
    expect(await put(row)).toMatchObject([201, { user_id: 8 }]);
  });

  it.each([
    ['a user that is not there', { status: 'reserved', user_id: 77 }, 'user_id'],
    ['a device that is not there', { status: 'active', device_id: 77 }, 'device_id'],
    ['a dial plan that is not there', { status: 'active', dial_plan_id: 77 }, 'dial_plan_id'],
    ['the device of another user', { status: 'active', user_id: 5, device_id: 7 }, 'user_id'],
    ['a device and a dial plan', { status: 'active', device_id: 7, dial_plan_id: 4 }, 'dial_plan_id'],
    ['a free one with a user', { user_id: 8 }, 'user_id'],
    ['a terminated one with a user', { status: 'terminated', user_id: 8 }, 'user_id'],
    ['a reserved one with a device', { status: 'reserved', device_id: 7 }, 'device_id'],
    ['a closed one in a dial plan', { status: 'closed', dial_plan_id: 4 }, 'dial_plan_id'],
  ])('%s -> refused, and nothing is there', async (_, fields, path) => {
    const [status, body] = await put({ did: '3705', provider_id: 1, ...fields });
    expect([status, body]).toMatchObject([422, { code: 'RECORD_INVALID', issues: [{ path }] }]);
    expect(mor.dids({ did: '3705' })).toEqual([]);
  });
});
