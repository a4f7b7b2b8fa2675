import type { FixturesInput } from '../../src/index.ts';
import type { CallRequest, Outcome } from '../../src/mor/call.ts';
import { DID_CREATE_CHECKS, type DidCreateFacts } from '../../src/mor/calls/did-create.ts';
import { isAdministrator } from '../../src/mor/caller.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import type { MorState } from '../../src/mor/state.ts';
import { worldOf } from '../support/pure-call.ts';
import { sha1, signed } from '../../src/contract/signed.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1 }],
  dids: [{ id: 2, did: '37060000002', provider_id: 1 }],
};

const request = (params: Readonly<Record<string, ParamValue>>): CallRequest => ({
  method: 'POST',
  params: new Map(Object.entries(params)),
});

/** The outcome, but for its explanation. */
function outcomeOf(name: string, params: Readonly<Record<string, ParamValue>>, world: MorState): Omit<Outcome, 'explain'> {
  const { explain: _, ...outcome } = decide(name, request(params), world);
  return outcome;
}

const GOOD = signed({ u: 'admin', provider_id: '1', did: ' 0370 ', comment: 'c' });

test('a good call -> the success, and one DID to add', () => {
  expect(outcomeOf('did_create', GOOD, worldOf(WORLD))).toEqual<Omit<Outcome, 'explain'>>({
    reply: { kind: 'success', text: 'DID created', details: { element: 'did_details', fields: [['id', '3']] } },
    changes: [
      {
        kind: 'did.add',
        did: {
          id: 3,
          did: '0370',
          provider_id: 1,
          reseller_id: 0,
          status: 'free',
          custom_sip_header: '',
          comment: 'c',
          reseller_comment: '',
        },
      },
    ],
  });
});

test.each([
  ['the highest id is the next -> it is given', { ...WORLD, settings: { ...WORLD.settings, next_did_id: 2147483647 } }, 'success'],
  ['no id is left -> creationFailed', { ...WORLD, settings: { ...WORLD.settings, next_did_id: 2147483648 } }, 'creationFailed'],
  ['a DID has the highest id -> creationFailed', { ...WORLD, dids: [{ id: 2147483647, did: '1', provider_id: 1 }] }, 'creationFailed'],
])('%s', (_, world, comesTo) => {
  const { reply, changes } = decide('did_create', request(GOOD), worldOf(world));
  expect([reply.kind === 'error' ? reply.error : reply.kind, changes.length]).toEqual([comesTo, comesTo === 'success' ? 1 : 0]);
});

test('deciding -> changes nothing by itself: the same question gets the same answer', () => {
  const world = worldOf(WORLD);
  expect(outcomeOf('did_create', GOOD, world)).toEqual(outcomeOf('did_create', GOOD, world));
  expect(world.nextDidId).toBe(3);
  expect(world.findDidByNumber('0370')).toBeUndefined();
});

test.each<readonly [string, Readonly<Record<string, ParamValue>>, string]>([
  ['u is no text', { ...GOOD, u: NOT_TEXT }, 'accessDenied'],
  ['hash is no text', { ...GOOD, hash: NOT_TEXT }, 'hashIncorrect'],
  ['provider_id is no text', { ...GOOD, provider_id: NOT_TEXT }, 'hashIncorrect'],
  ['did is no text', { ...GOOD, did: NOT_TEXT }, 'hashIncorrect'],
  ['nothing sent', {}, 'accessDenied'],
])('%s -> %s', (_, params, error) => {
  expect(outcomeOf('did_create', params, worldOf(WORLD))).toEqual<unknown>({ reply: { kind: 'error', error }, changes: [] });
});

describe('whose DID it becomes, and by which provider', () => {
  const RESELLER = { id: 5, username: 'reseller', type: 'reseller', api_secret_key: 'own' } as const;
  const SETTINGS = { api_secret_key: 'secret', default_did_provider_id: 2 };
  const world = ({ settings, ...more }: FixturesInput): MorState =>
    worldOf({
      users: [
        { id: 0, username: 'admin', type: 'admin' },
        { id: 6, username: 'second', type: 'admin' },
        { id: 3, username: 'accountant', type: 'accountant', permissions: { manage_dids: 'edit' } },
        { ...RESELLER, own_providers: true },
      ],
      providers: [{ id: 1, user_id: 6 }, { id: 2 }, { id: 4, user_id: 5 }, { id: 7, hidden: true }],
      ...more,
      settings: { ...SETTINGS, ...settings },
    });
  const ofReseller = { u: 'reseller', did: '370' };
  const withoutPro = { users: [RESELLER], providers: [{ id: 2 }, { id: 4, user_id: 5 }] };
  const accepting = {
    users: [{ id: 0, username: 'admin', type: 'admin', accept_hash_without_did: true }],
    providers: [{ id: 1 }, { id: 2 }],
  } as const;

  test.each<[title: string, params: Readonly<Record<string, ParamValue>>, comesTo: unknown, more?: FixturesInput]>([
    ['an admin, the provider of another admin', signed({ ...GOOD, did: '370' }), [1, 0]],
    ['an accountant', signed({ ...GOOD, u: 'accountant' }), [1, 0]],
    ['an admin, the provider of a reseller', signed({ ...GOOD, provider_id: '4' }), 'providerNotYours'],
    ['an admin, no provider', signed({ u: 'admin', did: '370' }), 'providerNotFound'],
    ['an admin, a blank provider', signed({ ...GOOD, provider_id: ' ' }), 'providerNotFound'],
    ['an admin, a hidden provider', signed({ ...GOOD, provider_id: '7' }), 'providerNotFound'],
    [
      'an admin, a provider that is no text',
      { ...GOOD, provider_id: NOT_TEXT },
      'providerNotFound',
      { settings: { disable_hash_checking: true } },
    ],
    ['a reseller, no provider: the default one', signed(ofReseller), [2, 5]],
    ['a reseller, a blank provider: the default one', signed({ ...ofReseller, provider_id: ' ' }), [2, 5]],
    ['a reseller, the default one by its id', signed({ ...ofReseller, provider_id: '2' }), [2, 5]],
    [
      'a reseller, no provider and no default',
      signed(ofReseller),
      'providerNotFound',
      { settings: { default_did_provider_id: undefined } },
    ],
    ['a reseller, his own provider', signed({ ...ofReseller, provider_id: '4' }), [4, 5]],
    ['a reseller, his own provider without Reseller PRO', signed({ ...ofReseller, provider_id: '4' }), 'providerNotYours', withoutPro],
    ['a reseller, a provider of the administrator', signed({ ...ofReseller, provider_id: '1' }), 'providerNotYours'],
    [
      'a reseller, a provider that is no text',
      { ...ofReseller, provider_id: NOT_TEXT },
      'providerNotFound',
      { settings: { disable_hash_checking: true } },
    ],
    ['a reseller who may not', signed(ofReseller), 'didsNotManageable', { settings: { resellers_can_add_their_own_dids: false } }],
    ['a number as long as its column', signed({ ...GOOD, did: '370' }), [1, 0], { settings: { max_did_length: 3 } }],
    ['a longer number', signed({ ...GOOD, did: '3701' }), 'creationFailed', { settings: { max_did_length: 3 } }],
    ['digits and more', signed({ ...GOOD, did: '370x' }), 'didInvalid'],
    ['more and digits', signed({ ...GOOD, did: 'x370' }), 'didInvalid'],
    ['no number', signed({ u: 'admin', provider_id: '1' }), 'didInvalid'],
    ['the hash of the vendor’s example', { ...GOOD, did: '370', hash: sha1('1secret') }, 'hashIncorrect'],
    [
      'the same where it is accepted',
      { ...GOOD, did: '370', hash: sha1('1secret') },
      [1, 0],
      { settings: { accept_hash_without_did: true } },
    ],
    ['the right hash where that is accepted too', signed({ ...GOOD, did: '370' }), [1, 0], { settings: { accept_hash_without_did: true } }],
    ['the same where it is accepted of this caller', { ...GOOD, did: '370', hash: sha1('1secret') }, [1, 0], accepting],
    [
      'the key alone, of what is no text',
      { ...GOOD, provider_id: NOT_TEXT, hash: sha1('secret') },
      'hashIncorrect',
      { settings: { accept_hash_without_did: true } },
    ],
  ])('%s', (_, params, comesTo, more = {}) => {
    const { reply, changes } = outcomeOf('did_create', params, world(more));
    const [change] = changes;
    expect(reply.kind === 'error' ? reply.error : [change?.did.provider_id, change?.did.reseller_id]).toEqual(comesTo);
  });

  test('texts beside the number are kept as sent, what is no text as nothing; test=1 shows the number', () => {
    const texts: Readonly<Record<string, ParamValue>> = { custom_sip_header: ' a: b ', comment: NOT_TEXT, reseller_comment: 'r' };
    const { reply, changes } = outcomeOf('did_create', { ...signed({ ...ofReseller, test: '1' }), ...texts }, world({}));
    expect(changes).toMatchObject([{ did: { custom_sip_header: ' a: b ', comment: '', reseller_comment: 'r', status: 'free' } }]);
    expect(reply).toMatchObject({
      details: {
        fields: [
          ['id', '1'],
          ['did', '370'],
        ],
      },
    });
  });

  test.each(['0', '', '01', 'true'])('test=%s shows no number', (test) => {
    const { reply } = outcomeOf('did_create', signed({ ...ofReseller, test }), world({}));
    expect(reply).toMatchObject({ details: { fields: [['id', '1']] } });
  });
});

describe('the rules before the call', () => {
  const world = (settings: FixturesInput['settings'], reseller: object = {}): MorState =>
    worldOf({
      settings: { api_secret_key: 'secret', default_did_provider_id: 1, ...settings },
      users: [
        { id: 0, username: 'admin', type: 'admin' },
        { id: 5, username: 'reseller', type: 'reseller', ...reseller },
      ],
      providers: [{ id: 1 }],
    });
  const admin = signed({ u: 'admin', provider_id: '1', did: '370' });
  const reseller = signed({ u: 'reseller', did: '370' });
  const byOwnKey = signed({ u: 'reseller', did: '370' }, 'own');
  const OWN = { allow_api: true, api_secret_key: 'own' };
  const OFF = { allow_api: false };
  const NO_KEY = { api_secret_key: '' };

  test.each<
    [title: string, params: Readonly<Record<string, ParamValue>>, settings: FixturesInput['settings'], reseller: object, comesTo: string]
  >([
    ['the API is off: an admin', admin, OFF, OWN, 'apiDisabled'],
    ['the API is off: a reseller', reseller, OFF, OFF, 'apiDisabled'],
    ['the API is off, but on for the reseller', byOwnKey, OFF, OWN, 'success'],
    ['the API is off, but on for the reseller: the key of the administrator', reseller, OFF, OWN, 'hashIncorrect'],
    ['the API is off: an unknown caller', { ...admin, u: 'x' }, OFF, OWN, 'accessDenied'],
    ['no key: an admin', admin, NO_KEY, OWN, 'secretKeyMissing'],
    ['no key: a reseller', reseller, NO_KEY, { allow_api: true }, 'secretKeyMissing'],
    ['no key but the reseller’s own', byOwnKey, NO_KEY, OWN, 'success'],
    ['no key but the reseller’s own: an empty one', signed({ u: 'reseller', did: '370' }, ''), NO_KEY, OWN, 'hashIncorrect'],
    ['no key: an unknown caller', { ...admin, u: 'x' }, NO_KEY, OWN, 'accessDenied'],
    ['both keys: the own one', byOwnKey, {}, OWN, 'success'],
    ['both keys: the administrator’s', reseller, {}, OWN, 'success'],
    ['the own key while his API is off', byOwnKey, {}, { ...OWN, ...OFF }, 'hashIncorrect'],
    ['a reseller’s key sent by an admin', signed({ u: 'admin', provider_id: '1', did: '370' }, 'own'), {}, OWN, 'hashIncorrect'],
    ['hashes are not checked', { ...admin, hash: 'x' }, { disable_hash_checking: true }, OWN, 'success'],
    ['hashes are not checked, and there is no key', { ...admin, hash: 'x' }, { disable_hash_checking: true, ...NO_KEY }, OWN, 'success'],
    ['hashes of the reseller are not checked', { ...reseller, hash: 'x' }, {}, { disable_hash_checking: true }, 'success'],
    ['hashes of the reseller are not checked: an admin’s', { ...admin, hash: 'x' }, {}, { disable_hash_checking: true }, 'hashIncorrect'],
  ])('%s', (_, params, settings, more, comesTo) => {
    const { reply } = outcomeOf('did_create', params, world(settings, more));
    expect(reply.kind === 'error' ? reply.error : reply.kind).toBe(comesTo);
  });

  test.each([
    ['admin', false, 'getDisabled'],
    ['admin', true, 'success'],
    ['x', false, 'accessDenied'],
  ])('%s sends GET, allow_get_api: %s -> %s', (u, allow_get_api, comesTo) => {
    const { reply } = decide('did_create', { ...request({ ...admin, u }), method: 'GET' }, world({ allow_get_api }));
    expect(reply.kind === 'error' ? reply.error : reply.kind).toBe(comesTo);
  });

  test('the owner of a provider who is nobody -> not the administrator', () => {
    expect(isAdministrator(9, { findUserById: () => undefined })).toBe(false);
  });
});

test('a call that does not exist -> explained without a step', () => {
  const { explain } = decide('nonsense', request(GOOD), worldOf(WORLD));
  expect(explain()).toEqual({ call: 'nonsense', outcome: 'There is no such API', steps: [] });
});

test.each(['', 'did_creat', 'DID_CREATE', '__proto__', 'constructor', 'did_create/'])('the call %j -> noSuchApi', (name) => {
  expect(outcomeOf(name, GOOD, worldOf(WORLD))).toEqual({ reply: { kind: 'error', error: 'noSuchApi' }, changes: [] });
});

describe('a check asked of facts that an earlier one refuses -> it does not hold, and does not break', () => {
  const ADMIN = { id: 0, username: 'admin', type: 'admin' };
  const RESELLER = { id: 5, username: 'reseller', type: 'reseller', own_providers: true };
  const PLAIN = { id: 8, username: 'user', type: 'user', owner_id: 0 };
  const PROVIDER = { id: 1, name: '', user_id: 0, hidden: false };

  test.each([
    ['providerNotYours', 'no provider, an admin', { caller: ADMIN, isAdministratorsProvider: true }],
    ['providerNotYours', 'no provider, a reseller', { caller: RESELLER, isDefaultProvider: false }],
    ['providerNotYours', 'no caller', { provider: PROVIDER, isAdministratorsProvider: true, isDefaultProvider: true }],
    ['providerNotYours', 'a plain user', { caller: PLAIN, provider: PROVIDER, isAdministratorsProvider: true, isDefaultProvider: true }],
    ['didsNotManageable', 'no caller', { resellersMayAddDids: true }],
    ['didsNotManageable', 'a plain user', { caller: PLAIN, resellersMayAddDids: true }],
    ['didInvalid', 'no number', {}],
    ['creationFailed', 'no number', { maxDidLength: 255, idIsLeft: true }],
  ])('%s: %s', (error, _, facts) => {
    const check = DID_CREATE_CHECKS.find(({ orElse }) => orElse === error);
    expect(check?.requires(facts as Partial<DidCreateFacts> as DidCreateFacts)).toBe(false);
  });
});
