import type { FixturesInput } from '../../src/index.ts';
import { mayUseProvider } from '../../src/mor/checks/provider.ts';
import { explainDecision } from '../../src/explain/trace.ts';
import type { CallRequest, CallResult } from '../../src/mor/define-call.ts';
import { isAdministrator } from '../../src/mor/checks/caller.ts';
import { decide } from '../../src/mor/calls/index.ts';
import type { User } from '../../src/mor/model.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import type { MorState } from '../../src/mor/state.ts';
import { createState } from '../support/pure-call.ts';
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

function resultOf(name: string, params: Readonly<Record<string, ParamValue>>, world: MorState): CallResult {
  return decide(name, request(params), world).result;
}

function succeeded(result: CallResult): Extract<CallResult, { error?: undefined }> {
  if (result.error !== undefined) throw new Error(`refused: ${result.error}`);
  return result;
}

const GOOD = signed({ u: 'admin', provider_id: '1', did: ' 0370 ', comment: 'c' });

test('a good call -> the success, and one DID to add', () => {
  expect(resultOf('did_create', GOOD, createState(WORLD))).toEqual<CallResult>({
    reply: { root: 'page', content: { status: { success: 'DID created' }, did_details: { id: '3' } } },
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
  const { result } = decide('did_create', request(GOOD), createState(world));
  expect([result.error ?? 'success', result.error === undefined ? result.changes.length : 0]).toEqual([
    comesTo,
    comesTo === 'success' ? 1 : 0,
  ]);
});

test('deciding -> changes nothing by itself: the same question gets the same answer', () => {
  const world = createState(WORLD);
  expect(resultOf('did_create', GOOD, world)).toEqual(resultOf('did_create', GOOD, world));
  expect(world.nextDidId).toBe(3);
  expect(world.findDidByNumber('0370')).toBeUndefined();
});

test.each<readonly [string, Readonly<Record<string, ParamValue>>, string]>([
  ['u is not a string', { ...GOOD, u: NOT_TEXT }, 'accessDenied'],
  ['hash is not a string', { ...GOOD, hash: NOT_TEXT }, 'hashIncorrect'],
  ['provider_id is not a string', { ...GOOD, provider_id: NOT_TEXT }, 'hashIncorrect'],
  ['did is not a string', { ...GOOD, did: NOT_TEXT }, 'hashIncorrect'],
  ['nothing sent', {}, 'accessDenied'],
])('%s -> %s', (_, params, error) => {
  expect(resultOf('did_create', params, createState(WORLD))).toEqual({ error });
});

describe('whose DID it becomes, and by which provider', () => {
  const RESELLER = { id: 5, username: 'reseller', type: 'reseller', api_secret_key: 'own' } as const;
  const SETTINGS = { api_secret_key: 'secret', default_did_provider_id: 2 };
  const world = ({ settings, ...more }: FixturesInput): MorState =>
    createState({
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
      'an admin, a provider that is not a string',
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
      'a reseller, a provider that is not a string',
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
      'the key alone, of what is not a string',
      { ...GOOD, provider_id: NOT_TEXT, hash: sha1('secret') },
      'hashIncorrect',
      { settings: { accept_hash_without_did: true } },
    ],
  ])('%s', (_, params, comesTo, more = {}) => {
    const result = resultOf('did_create', params, world(more));
    const change = result.error === undefined ? result.changes[0] : undefined;
    const whose = change?.kind === 'did.add' ? [change.did.provider_id, change.did.reseller_id] : undefined;
    expect(result.error ?? whose).toEqual(comesTo);
  });

  test('texts beside the number are kept as sent, what is not a string as nothing; test=1 shows the number', () => {
    const texts: Readonly<Record<string, ParamValue>> = { custom_sip_header: ' a: b ', comment: NOT_TEXT, reseller_comment: 'r' };
    const { reply, changes } = succeeded(resultOf('did_create', { ...signed({ ...ofReseller, test: '1' }), ...texts }, world({})));
    expect(changes).toMatchObject([{ did: { custom_sip_header: ' a: b ', comment: '', reseller_comment: 'r', status: 'free' } }]);
    expect(reply).toMatchObject({ content: { did_details: { id: '1', did: '370' } } });
  });

  test.each(['0', '', '01', 'true'])('test=%s shows no number', (test) => {
    const { reply } = succeeded(resultOf('did_create', signed({ ...ofReseller, test }), world({})));
    expect(reply).toEqual({ root: 'page', content: { status: { success: 'DID created' }, did_details: { id: '1' } } });
  });
});

describe('the rules before the call', () => {
  const world = (settings: FixturesInput['settings'], reseller: object = {}): MorState =>
    createState({
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
    expect(resultOf('did_create', params, world(settings, more)).error ?? 'success').toBe(comesTo);
  });

  test.each([
    ['admin', false, 'getDisabled'],
    ['admin', true, 'success'],
    ['x', false, 'accessDenied'],
  ])('%s sends GET, allow_get_api: %s -> %s', (u, allow_get_api, comesTo) => {
    const { result } = decide('did_create', { ...request({ ...admin, u }), method: 'GET' }, world({ allow_get_api }));
    expect(result.error ?? 'success').toBe(comesTo);
  });

  test('the owner of a provider who is nobody -> not the administrator', () => {
    expect(isAdministrator(9, [])).toBe(false);
  });
});

test('a call that does not exist -> explained without a step', () => {
  const decision = decide('nonsense', request(GOOD), createState(WORLD));
  expect(explainDecision('nonsense', decision)).toEqual({ call: 'nonsense', outcome: 'There is no such API', steps: [] });
});

test.each(['', 'did_creat', 'DID_CREATE', '__proto__', 'constructor', 'did_create/'])('the call %j -> noSuchApi', (name) => {
  expect(resultOf(name, GOOD, createState(WORLD))).toEqual({ error: 'noSuchApi' });
});

test.each<[title: string, caller: User | undefined]>([
  ['no caller', undefined],
  ['a plain user', { id: 8, username: 'user', type: 'user', owner_id: 0, accept_hash_without_did: false }],
])('%s -> may use no provider', (_, caller) => {
  const { settings, users } = createState(WORLD);
  expect(mayUseProvider(caller, { id: 1, name: '', user_id: 0, hidden: false }, users, settings)).toBe(false);
});
