import { findNamedDid, getStatusFor, hasDevice, isVisibleTo } from '../../../src/mor/checks/did.ts';
import { getCallerFacts } from '../../../src/mor/checks/caller.ts';
import { DID_STATUSES, type Did, type DidStatus } from '../../../src/mor/model.ts';
import { NOT_TEXT, type ParamValue } from '../../../src/mor/params.ts';
import { makeDid } from '../../support/did-factory.ts';
import { createState } from '../../support/pure-call.ts';

const STATE = createState({
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 6, username: 'second', type: 'admin' },
    { id: 2, username: 'accountant', type: 'accountant' },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 7, username: 'other', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }],
  dids: [
    { id: 1, did: '370', provider_id: 1 },
    { id: 2, did: '371', provider_id: 1, reseller_id: 5 },
    { id: 10, from: '380', to: '389', provider_id: 1, reseller_id: 5 },
  ],
});

const callerNamed = (username: string) => STATE.findUserByName(username);

const ofReseller = (id: number, fields: Partial<Did> = {}): Did => ({ ...makeDid('370', 1), reseller_id: id, ...fields });

describe('isVisibleTo', () => {
  test.each([
    ['admin', 0, true],
    ['admin', 5, true],
    ['accountant', 5, true],
    ['reseller', 5, true],
    ['reseller', 0, false],
    ['reseller', 7, false],
    ['user', 5, true],
    ['nobody', 5, true],
  ])('%s, a DID of %i -> %s', (username, reseller_id, isVisible) => {
    expect(isVisibleTo(callerNamed(username), ofReseller(reseller_id))).toBe(isVisible);
  });
});

describe('getStatusFor', () => {
  test.each<[username: string, reseller_id: number, status: DidStatus]>([
    ['admin', 0, 'free'],
    ['admin', 6, 'free'],
    ['admin', 5, 'reserved'],
    ['accountant', 5, 'reserved'],
    ['nobody', 5, 'reserved'],
    ['reseller', 5, 'free'],
  ])('%s, a free DID of %i -> %s', (username, reseller_id, status) => {
    expect(getStatusFor(callerNamed(username), ofReseller(reseller_id), STATE.users)).toBe(status);
  });

  test.each(DID_STATUSES.filter((status) => status !== 'free'))('%s is %s to everyone', (status) => {
    for (const username of ['admin', 'reseller'])
      expect(getStatusFor(callerNamed(username), ofReseller(5, { status }), STATE.users)).toBe(status);
  });
});

describe('hasDevice', () => {
  test.each<[fields: Partial<Did>, has: boolean]>([
    [{ status: 'active', device_id: 5 }, true],
    [{ status: 'active' }, true],
    [{ status: 'active', dial_plan_id: 4 }, false],
    [{ status: 'free' }, false],
    [{ status: 'reserved', user_id: 8 }, false],
    [{ status: 'closed' }, false],
    [{ status: 'terminated' }, false],
    [{ status: 'active', device_id: undefined, dial_plan_id: undefined }, true],
  ])('%j -> %s', (fields, has) => {
    expect(hasDevice(ofReseller(0, fields))).toBe(has);
  });
});

describe('findNamedDid', () => {
  const find = (u: string, id: ParamValue | undefined) => {
    const params = new Map<string, ParamValue>([['u', u], ...(id === undefined ? [] : ([['dids_id', id]] as const))]);
    const facts = getCallerFacts({ method: 'POST', params }, STATE, { hashed: [], hashedWithoutDid: undefined });
    return findNamedDid('dids_id', facts, STATE);
  };

  test.each<[u: string, id: ParamValue | undefined, found: number | undefined]>([
    ['admin', '1', 1],
    ['admin', ' 0002\t', 2],
    ['admin', '12', 12],
    ['admin', '370', undefined],
    ['admin', '0', undefined],
    ['admin', '', undefined],
    ['admin', '1.0', undefined],
    ['admin', '+1', undefined],
    ['admin', '99999999999999999999', undefined],
    ['admin', NOT_TEXT, undefined],
    ['admin', undefined, undefined],
    ['reseller', '1', undefined],
    ['reseller', '2', 2],
    ['other', '2', undefined],
    ['nobody', '2', 2],
  ])('%s names %p -> %p', (u, id, found) => {
    const { didParam, did } = find(u, id);
    expect([didParam, did?.id]).toEqual(['dids_id', found]);
  });
});
