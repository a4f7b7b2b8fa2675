/** The calls as the admin API and the library list them. */
import request from 'supertest';
import { createMockMor } from '../../src/index.ts';
import { CALLS } from '../../src/mor/calls/index.ts';

it('GET /calls has every call with its parameters and errors', async () => {
  const mor = await createMockMor();
  const { status, body } = await request(mor.handler).get('/__admin/calls');
  expect(status).toBe(200);
  expect(body).toEqual({ calls: mor.calls() });
  expect(mor.calls().map(({ name }) => name)).toEqual(CALLS.map(({ name }) => name));
});

it('old names are listed', async () => {
  const mor = await createMockMor();
  const oldNames = Object.fromEntries(mor.calls().map(({ name, old_names }) => [name, old_names]));
  expect(oldNames).toMatchObject({
    user_login: ['login'],
    devices_get: ['device_list'],
    did_device_assign: ['did_assign_device'],
    dids_get: [],
  });
});

it('a call has what is hashed, what is required, and what each check asks', async () => {
  const mor = await createMockMor();
  const didCreate = mor.calls().find(({ name }) => name === 'did_create');
  expect(didCreate).toMatchObject({
    old_names: [],
    about: 'creates a DID, a phone number, at a provider',
    is_read_only: false,
    has_hash_of: ['provider_id', 'did'],
    methods: ['GET', 'POST'],
  });
  expect(didCreate?.params.slice(0, 4)).toEqual([
    { name: 'u', kind: 'caller', is_required: true, is_hashed: false, about: 'username of the caller, matched exactly' },
    {
      ...{ name: 'provider_id', kind: 'id', names: 'provider', is_required: false, required_unless: 'the caller is a reseller' },
      ...{ is_hashed: true, about: 'id of the provider the DID is created for' },
    },
    { name: 'did', kind: 'number', names: 'didNumber', is_required: true, is_hashed: true, about: 'the DID number to create' },
    {
      ...{ name: 'hash', kind: 'hash', is_required: false, required_unless: 'hash checking is disabled', is_hashed: false },
      about: 'lower-case hex SHA-1 of provider_id, did and the API secret key, the texts as sent, nothing between them',
    },
  ]);
  expect(didCreate?.errors.find(({ name }) => name === 'didExists')).toEqual({
    name: 'didExists',
    text: 'DID already exists',
    on_page: true,
    check: 'no DID has this number yet',
  });
});
