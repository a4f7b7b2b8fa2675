import { findMeantCall, findMeantParam } from '../../src/explain/meant-name.ts';
import { CALLS, findCall } from '../../src/mor/calls/index.ts';

const paramsOf = (call: string): readonly string[] => findCall(call)!.params.map(({ name }) => name);

it.each<[call: string, sent: string, meant: string | undefined]>([
  ['did_create', 'username', 'u'],
  ['did_create', 'user_name', 'u'],
  ['did_create', 'UserName', 'u'],
  ['did_create', 'login', 'u'],
  ['did_create', 'U', 'u'],
  ['did_create', 'DID', 'did'],
  ['did_create', 'number', 'did'],
  ['did_create', 'phoneNumber', 'did'],
  ['did_create', 'did_number', undefined],
  ['did_create', 'providerId', 'provider_id'],
  ['did_create', 'provider-id', 'provider_id'],
  ['did_create', 'provdier_id', 'provider_id'],
  ['did_create', 'provider', 'provider_id'],
  ['did_create', 'trunk_id', 'provider_id'],
  ['did_create', 'hsah', 'hash'],
  ['did_create', 'signature', 'hash'],
  ['did_create', 'uniquehash', 'hash'],
  ['did_create', 'dids_id', undefined],
  ['did_close', 'did_id', 'dids_id'],
  ['did_close', 'id', 'dids_id'],
  ['did_close', 'didId', 'dids_id'],
  ['did_subscription_stop', 'dids_id', 'did_id'],
  ['did_subscription_stop', 'id', 'did_id'],
  ['dids_get', 'number', 'search_did_number'],
  ['did_create', 'x', undefined],
  ['did_create', '', undefined],
  ['did_create', '[]', undefined],
  ['did_create', 'x'.repeat(100_000), undefined],
])('%s with %s: %s', (call, sent, meant) => {
  expect(findMeantParam(sent, paramsOf(call))).toBe(meant);
});

it.each<[sent: string, meant: string | undefined]>([
  ['create_did', 'did_create'],
  ['createDid', 'did_create'],
  ['did-create', 'did_create'],
  ['DID_CREATE', 'did_create'],
  ['did_craete', 'did_create'],
  ['did_get', 'dids_get'],
  ['get_did', 'dids_get'],
  ['getDids', 'dids_get'],
  ['close_dids', 'did_close'],
  ['invoices_get', undefined],
  ['did_rename', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('the call %s: %s', (sent, meant) => {
  expect(
    findMeantCall(
      sent,
      CALLS.map(({ name }) => name),
    ),
  ).toBe(meant);
});
