import { fixturesFromObject } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/index.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import type { TraceStep } from '../../src/mor/check.ts';
import { explainDecision, type Trace } from '../../src/explain/trace.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { signed } from '../../src/contract/signed.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 6, username: 'joe', type: 'admin' },
    { id: 2, username: 'ann', type: 'accountant', permissions: { manage_dids: 'read' } },
    { id: 7, username: 'bob', type: 'reseller', own_providers: false, api_secret_key: 'bobs-secret' },
    { id: 8, username: 'plain', type: 'user', owner_id: 0 },
  ],
  providers: [
    { id: 1, name: 'Main' },
    { id: 3, name: 'Old', hidden: true },
    { id: 21, user_id: 7 },
  ],
  dids: [{ id: 2, did: '370', provider_id: 1 }],
};

type Values = Readonly<Record<string, ParamValue>>;

function trace(params: Values, settings: FixturesInput['settings'] = {}, method: 'GET' | 'POST' = 'POST', more: FixturesInput = {}): Trace {
  const world = new StateStore(new FixtureState(fixturesFromObject({ ...WORLD, ...more, settings: { ...WORLD.settings, ...settings } })));
  return explainDecision('did_create', decide('did_create', { method, params: new Map(Object.entries(params)) }, world));
}

function step(params: Values, error: string, settings?: FixturesInput['settings'], method?: 'GET' | 'POST'): TraceStep | undefined {
  return trace(params, settings, method).steps.find((candidate) => candidate.error === error);
}

/** Written by hand from the specification. */
const ORDER = [
  'API Requests are disabled',
  'GET Requests are disabled',
  'API must have Secret Key',
  'Incorrect hash',
  'Access Denied',
  'Provider was not found',
  'You are not authorized to use this Provider',
  'You are not authorized to manage DIDs',
  'DID already exists',
  'Invalid DID specified',
  'DID creation failed',
];

const ASKED = [
  'the API is on for the caller',
  'the method is POST, or GET is allowed',
  'there is a secret key to check the hash with',
  'the hash is the SHA-1 of provider_id, did and the secret key',
  'the caller is an admin, an accountant or a reseller',
  'a provider has this id and is not hidden',
  'the provider is one that the caller may use',
  'the caller may manage DIDs',
  'no DID has this number yet',
  'the number has digits and nothing else',
  'the number can be stored',
];

const GOOD = { u: 'joe', provider_id: '1', did: '371' };

test('a good call: every check in its order, all passed, nothing to fix', () => {
  const { steps, ...rest } = trace(signed(GOOD));
  expect(rest).toStrictEqual({ call: 'did_create', outcome: 'DID created' });
  expect(steps.map(({ error }) => error)).toEqual(ORDER);
  expect(steps.map(({ check }) => check)).toEqual(ASKED);
  expect(steps.every(({ state, fix }) => state === 'passed' && fix === undefined)).toBe(true);
});

test('every fault at once: the first failed, the others are reported in the same round', () => {
  const { outcome, steps } = trace({ u: 'ann', provider_id: '21', did: '37x' }, { allow_api: false, max_did_length: 2 }, 'GET');
  expect(outcome).toBe('API Requests are disabled');
  expect(steps.map(({ state, would_fail = false }) => [state, would_fail])).toEqual([
    ['failed', false],
    ['not reached', true],
    ['not reached', false],
    ['not reached', true],
    ['not reached', false],
    ['not reached', false],
    ['not reached', true],
    ['not reached', true],
    ['not reached', false],
    ['not reached', true],
    ['not reached', true],
  ]);
  expect(steps.every(({ fix, state, would_fail }) => (fix !== undefined) === (state === 'failed' || would_fail === true))).toBe(true);
});

test('what nobody can know yet is not foretold: an unknown caller, no provider, no number, no key', () => {
  const foretold = ({ steps }: Trace): readonly string[] => steps.filter(({ would_fail }) => would_fail).map(({ error }) => error);
  expect(foretold(trace({ did: '371' }))).toEqual([]);
  expect(foretold(trace(signed({ ...GOOD, provider_id: '77' })))).toEqual([]);
  expect(foretold(trace(signed({ u: 'joe', provider_id: '1' })))).toEqual([]);
  expect(foretold(trace(signed(GOOD), { api_secret_key: '' }))).toEqual([]);
  expect(foretold(trace(GOOD, { api_secret_key: '' }))).toEqual(['Incorrect hash']);
  const hash = 'a'.repeat(40);
  for (const odd of [`x${hash}`, `${hash}x`])
    expect(foretold(trace({ ...GOOD, hash: odd }, { api_secret_key: '' }))).toEqual(['Incorrect hash']);
  const asList: Values = { ...GOOD, did: NOT_TEXT, hash };
  expect(foretold(trace(asList, { api_secret_key: '' }))).toEqual(['Incorrect hash', 'Invalid DID specified']);
  expect(foretold(trace({ ...GOOD, hash }, {}, 'GET'))).toEqual(['Incorrect hash']);
  expect(foretold(trace({ u: 'nobody', provider_id: NOT_TEXT, did: '371' }))).toEqual(['Provider was not found']);
});

test.each<readonly [title: string, params: Values, error: string, actual: string, fix: string | undefined]>([
  [
    "another's provider",
    signed({ ...GOOD, provider_id: '21' }),
    'You are not authorized to use this Provider',
    'provider 21 belongs to user 7 (reseller bob); the caller is user 6 (admin joe)',
    'send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'his own provider, without Reseller PRO',
    signed({ u: 'bob', provider_id: '21', did: '371' }, 'bobs-secret'),
    'You are not authorized to use this Provider',
    'provider 21 belongs to user 7 (reseller bob); the caller is user 7 (reseller bob), whose own_providers is off',
    'own_providers: true on user 7 (reseller bob) (Reseller PRO), or a provider in the fixtures that this caller may use',
  ],
  [
    'no such provider',
    signed({ ...GOOD, provider_id: '77' }),
    'Provider was not found',
    'provider_id "77": no provider has this id',
    'send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'a hidden provider',
    signed({ ...GOOD, provider_id: '3' }),
    'Provider was not found',
    'provider 3 (Old) is hidden',
    'send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'no id',
    signed({ ...GOOD, provider_id: 'x' }),
    'Provider was not found',
    'provider_id "x" is no id',
    'send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'a reseller who leaves it out, and no default',
    signed({ u: 'bob', did: '371' }),
    'Provider was not found',
    'provider_id was not sent, and default_did_provider_id is not set',
    'a provider in the fixtures that this caller may use',
  ],
  [
    'the admin leaves it out',
    signed({ u: 'joe', did: '371' }),
    'Provider was not found',
    'provider_id was not sent; only a reseller may leave it out',
    'send as provider_id one of: 1; the hash changes with it',
  ],
  [
    'a taken number',
    signed({ ...GOOD, did: '370' }),
    'DID already exists',
    'DID 2 has the number "370": provider 1, free, owned by the administrator',
    'another number; the hash changes with it; or delete DID 2, or reset, first',
  ],
  [
    'no number',
    signed({ u: 'joe', provider_id: '1' }),
    'Invalid DID specified',
    'did was not sent',
    'send as did the digits 0-9 and nothing else; the hash changes with it',
  ],
  [
    'a blank number',
    signed({ ...GOOD, did: ' ' }),
    'Invalid DID specified',
    'did is blank',
    'send as did the digits 0-9 and nothing else; the hash changes with it',
  ],
  [
    'other than digits',
    signed({ ...GOOD, did: '+371' }),
    'Invalid DID specified',
    'did "+371": "+" is no digit',
    'send as did the digits 0-9 and nothing else; the hash changes with it',
  ],
  [
    'a zero-width space in the number',
    signed({ ...GOOD, did: '37\u200b1' }),
    'Invalid DID specified',
    String.raw`did "37\u200b1" (U+200B zero-width space at character 3): U+200B zero-width space is no digit`,
    'send as did the digits 0-9 and nothing else; the hash changes with it',
  ],
  [
    'a character of two code units in the number',
    signed({ ...GOOD, did: '37🙂' }),
    'Invalid DID specified',
    'did "37🙂": "🙂" is no digit',
    'send as did the digits 0-9 and nothing else; the hash changes with it',
  ],
  [
    'a wrong hash of a text with a no-break space',
    { ...GOOD, did: '371\u00a0', hash: 'x' },
    'Incorrect hash',
    String.raw`it is not the SHA-1 of "1371\u00a0***" (U+00A0 no-break space at character 5)`,
    String.raw`send in lower-case hex the SHA-1 of "1371\u00a0***" (U+00A0 no-break space at character 5), where *** is the administrator's key`,
  ],
  [
    'a list',
    { ...GOOD, did: NOT_TEXT, hash: 'x' },
    'Incorrect hash',
    'a parameter that is hashed is not a string',
    'send provider_id and did as text, and the SHA-1 of them and the key in lower-case hex',
  ],
  [
    'an accountant who may only read',
    signed({ ...GOOD, u: 'ann' }),
    'You are not authorized to manage DIDs',
    'manage_dids of user 2 (accountant ann) is read',
    'permissions: { manage_dids: edit } on user 2 (accountant ann)',
  ],
  [
    'a plain user',
    signed({ ...GOOD, u: 'plain' }),
    'Access Denied',
    'the caller is user 8 (user plain)',
    'send as u one of: joe, ann, bob',
  ],
  [
    'another case',
    signed({ ...GOOD, u: 'Joe' }),
    'Access Denied',
    'no user is called "Joe", and names are compared exactly: there is "joe"',
    "send as u one of: joe, ann, bob; the hash is then checked too: the one sent fits the administrator's key",
  ],
  [
    'nobody',
    { ...GOOD, hash: 'x' },
    'Incorrect hash',
    'it is not the SHA-1 of "1371***"',
    'send in lower-case hex the SHA-1 of "1371***", where *** is the administrator\'s key',
  ],
])('%s: %j', (_, params, error, actual, fix) => {
  expect(step(params, error)).toMatchObject({ state: 'failed', actual, fix });
});

test.each<readonly [title: string, params: Values, error: string, settings: FixturesInput['settings'], actual: string, fix: string]>([
  [
    'the API is off',
    signed(GOOD),
    'API Requests are disabled',
    { allow_api: false },
    'allow_api is off',
    'allow_api: true in the settings',
  ],
  [
    'no key',
    signed(GOOD),
    'API must have Secret Key',
    { api_secret_key: '' },
    'the settings have none',
    'an api_secret_key in the settings',
  ],
  [
    'resellers may not',
    signed({ u: 'bob', provider_id: '1', did: '371' }, 'bobs-secret'),
    'You are not authorized to manage DIDs',
    { resellers_can_add_their_own_dids: false, default_did_provider_id: 1 },
    'resellers_can_add_their_own_dids is off',
    'resellers_can_add_their_own_dids: true in the settings',
  ],
  [
    'too long',
    signed(GOOD),
    'DID creation failed',
    { max_did_length: 2 },
    '3 characters; max_did_length is 2',
    'at most 2 characters; the hash changes with it; or a higher max_did_length in the settings',
  ],
  [
    'no id is left',
    signed(GOOD),
    'DID creation failed',
    { next_did_id: 2_147_483_648 },
    '3 characters; max_did_length is 255; no id is left up to 2147483647',
    'a lower next_did_id, or a reset',
  ],
  [
    'as long as it may be, and no id is left',
    signed(GOOD),
    'DID creation failed',
    { max_did_length: 3, next_did_id: 2_147_483_648 },
    '3 characters; max_did_length is 3; no id is left up to 2147483647',
    'a lower next_did_id, or a reset',
  ],
  [
    'too long, and no id is left',
    signed(GOOD),
    'DID creation failed',
    { max_did_length: 2, next_did_id: 2_147_483_648 },
    '3 characters; max_did_length is 2; no id is left up to 2147483647',
    'at most 2 characters; the hash changes with it; or a higher max_did_length in the settings; and a lower next_did_id, or a reset',
  ],
])('%s', (_, params, error, settings, actual, fix) => {
  expect(step(params, error, settings)).toMatchObject({ state: 'failed', actual, fix });
});

describe('what each check saw, and what would have passed', () => {
  const JOE = signed(GOOD);
  const BOB = { u: 'bob', did: '371', hash: 'x' };
  const NOBODY = { ...JOE, u: 'nobody' };
  const API = 'API Requests are disabled';
  const KEY = 'API must have Secret Key';
  const HASH = 'Incorrect hash';
  const DENIED = 'Access Denied';
  const PROVIDER = 'Provider was not found';

  interface Row {
    readonly error: string;
    readonly params: Values;
    readonly settings?: FixturesInput['settings'];
    readonly method?: 'GET';
    /** What bob is beside a reseller. */
    readonly bob?: { readonly allow_api?: boolean; readonly api_secret_key?: string };
    readonly dids?: FixturesInput['dids'];
    readonly providers?: FixturesInput['providers'];
    readonly actual: string;
    readonly fix?: string;
  }

  const ALLOW_BOB = 'allow_api: true, in the settings or on user 7 (reseller bob)';
  const KEY_OF_BOB = 'an api_secret_key in the settings while allow_api is on, or on user 7 (reseller bob) with allow_api: true';
  const NO_HASH = 'send as u one of: joe, ann, bob; a hash is then required too';
  const AS_ANYBODY = 'send as u one of: joe, ann, bob; the hash is then checked too: the one sent';

  test.each<Row>([
    { error: API, params: JOE, actual: 'allow_api is on' },
    { error: API, params: NOBODY, actual: 'not checked for an unknown caller: no user is called "nobody"' },
    { error: API, params: BOB, bob: { allow_api: false }, actual: 'allow_api is on; that of user 7 (reseller bob) is off' },
    {
      error: API,
      params: BOB,
      settings: { allow_api: false },
      bob: { allow_api: false },
      actual: 'allow_api is off; that of user 7 (reseller bob) is off',
      fix: ALLOW_BOB,
    },
    {
      error: API,
      params: BOB,
      settings: { allow_api: false, resellers_need_global_api: true },
      actual: 'allow_api is off; that of user 7 (reseller bob) is on, without effect: resellers_need_global_api is on',
      fix: 'allow_api: true in the settings',
    },
    { error: 'GET Requests are disabled', params: JOE, actual: 'sent as POST; allow_get_api is off' },
    { error: 'GET Requests are disabled', params: NOBODY, actual: 'not checked for an unknown caller: no user is called "nobody"' },
    {
      error: 'GET Requests are disabled',
      params: JOE,
      method: 'GET',
      actual: 'sent as GET; allow_get_api is off',
      fix: 'send it as POST, or allow_get_api: true in the settings',
    },
    { error: KEY, params: JOE, actual: "there is the administrator's key" },
    { error: KEY, params: NOBODY, actual: 'not checked for an unknown caller: no user is called "nobody"' },
    { error: KEY, params: JOE, settings: { disable_hash_checking: true }, actual: 'disable_hash_checking is on: no key is needed' },
    { error: KEY, params: BOB, actual: "there is the key of user 7 (reseller bob) or the administrator's key" },
    {
      error: KEY,
      params: BOB,
      settings: { api_secret_key: '' },
      bob: { api_secret_key: '' },
      actual: 'the settings have none; the caller has none',
      fix: KEY_OF_BOB,
    },
    {
      error: KEY,
      params: BOB,
      settings: { api_secret_key: '' },
      bob: { allow_api: false, api_secret_key: 'bobs-secret' },
      actual: "the settings have none; the caller's own does not count while the caller's allow_api is off",
      fix: KEY_OF_BOB,
    },
    {
      error: KEY,
      params: BOB,
      settings: { allow_api: false },
      bob: { allow_api: true, api_secret_key: '' },
      actual: 'the key of the settings does not count while allow_api is off; the caller has none',
      fix: KEY_OF_BOB,
    },
    { error: HASH, params: JOE, actual: "it fits, with the administrator's key" },
    { error: HASH, params: NOBODY, actual: 'not checked for an unknown caller: no user is called "nobody"' },
    { error: HASH, params: signed({ u: 'bob', did: '371' }, 'bobs-secret'), actual: 'it fits, with the key of user 7 (reseller bob)' },
    { error: HASH, params: JOE, settings: { disable_hash_checking: true }, actual: 'not checked: disable_hash_checking is on' },
    { error: HASH, params: JOE, settings: { api_secret_key: '' }, actual: 'there is no key to check it with' },
    {
      error: HASH,
      params: GOOD,
      settings: { api_secret_key: '' },
      actual: 'hash was not sent',
      fix: 'send in lower-case hex the SHA-1 of "1371***", where *** is a key that is set',
    },
    {
      error: HASH,
      params: { ...GOOD, hash: '' },
      actual: 'hash is empty',
      fix: 'send in lower-case hex the SHA-1 of "1371***", where *** is the administrator\'s key',
    },
    {
      error: HASH,
      params: { ...GOOD, hash: 'x' },
      settings: { accept_hash_without_did: true },
      actual: 'it is not the SHA-1 of "1371***" or "1***"',
      fix: 'send in lower-case hex the SHA-1 of "1371***" or "1***", where *** is the administrator\'s key',
    },
    {
      error: HASH,
      params: BOB,
      actual: 'it is not the SHA-1 of "371***"',
      fix: 'send in lower-case hex the SHA-1 of "371***", where *** is the key of user 7 (reseller bob) or the administrator\'s key',
    },
    {
      error: HASH,
      params: { ...GOOD, provider_id: NOT_TEXT, hash: 'x' },
      settings: { accept_hash_without_did: true },
      actual: 'a parameter that is hashed is not a string',
      fix: 'send provider_id and did as text, and the SHA-1 of them and the key in lower-case hex',
    },
    {
      error: HASH,
      params: signed(GOOD, 'bobs-secret'),
      actual: 'it is not the SHA-1 of "1371***"',
      fix: 'send in lower-case hex the SHA-1 of "1371***", where *** is the administrator\'s key',
    },
    { error: DENIED, params: JOE, actual: 'the caller is user 6 (admin joe)' },
    { error: DENIED, params: { did: '1' }, actual: 'u was not sent', fix: NO_HASH },
    { error: DENIED, params: { u: '', hash: 'x' }, actual: 'u is empty', fix: `${AS_ANYBODY} does not fit any key` },
    { error: DENIED, params: { u: NOT_TEXT }, actual: 'u is not a string: a list, a map or a file', fix: NO_HASH },
    {
      error: DENIED,
      params: { ...JOE, u: ' Joe\n' },
      actual: 'no user is called " Joe\\n" (U+000A line feed at character 5), and names are compared exactly: there is "joe"',
      fix: `${AS_ANYBODY} fits the administrator's key`,
    },
    {
      error: DENIED,
      params: NOBODY,
      settings: { disable_hash_checking: true },
      actual: 'no user is called "nobody"',
      fix: 'send as u one of: joe, ann, bob',
    },
    { error: PROVIDER, params: JOE, actual: 'provider 1 (Main)' },
    { error: PROVIDER, params: { ...JOE, provider_id: '21' }, actual: 'provider 21' },
    {
      error: PROVIDER,
      params: { ...GOOD, provider_id: NOT_TEXT, hash: 'x' },
      actual: 'provider_id is not a string: a list, a map or a file',
      fix: 'send as provider_id one of: 1; the hash changes with it',
    },
    {
      error: PROVIDER,
      params: { ...JOE, provider_id: '77' },
      providers: [
        { id: 1, user_id: 6 },
        { id: 21, user_id: 7 },
      ],
      actual: 'provider_id "77": no provider has this id',
      fix: 'send as provider_id one of: 1; the hash changes with it',
    },
    {
      error: PROVIDER,
      params: { ...BOB, provider_id: '77' },
      settings: { default_did_provider_id: 1 },
      actual: 'provider_id "77": no provider has this id',
      fix: 'send as provider_id one of: 1; the hash changes with it',
    },
    {
      error: PROVIDER,
      params: { ...NOBODY, provider_id: '77' },
      actual: 'provider_id "77": no provider has this id',
      fix: 'send as provider_id one of: 1, 21; the hash changes with it',
    },
    { error: PROVIDER, params: { ...BOB, provider_id: '1' }, actual: 'provider 1 (Main)' },
    {
      error: PROVIDER,
      params: BOB,
      settings: { default_did_provider_id: 1 },
      actual: 'provider 1 (Main), the default one of resellers, because none was named',
    },
    {
      error: PROVIDER,
      params: BOB,
      settings: { default_did_provider_id: 3 },
      actual: 'provider 3 (Old) is hidden, the default one of resellers, because none was named',
      fix: 'a provider in the fixtures that this caller may use',
    },
    { error: 'You are not authorized to use this Provider', params: { u: 'joe' }, actual: 'no provider was found' },
    {
      error: 'You are not authorized to use this Provider',
      params: { ...BOB, provider_id: '1' },
      settings: { default_did_provider_id: 1 },
      actual: 'provider 1 belongs to the administrator and is the default one of resellers; the caller is user 7 (reseller bob)',
    },
    {
      error: 'You are not authorized to use this Provider',
      params: JOE,
      providers: [{ id: 1, user_id: 6 }],
      actual: 'provider 1 belongs to the administrator; the caller is user 6 (admin joe)',
    },
    {
      error: 'You are not authorized to use this Provider',
      params: { ...BOB, provider_id: '1' },
      actual: 'provider 1 belongs to the administrator; the caller is user 7 (reseller bob)',
      fix: 'a provider in the fixtures that this caller may use',
    },
    { error: 'You are not authorized to manage DIDs', params: JOE, actual: 'the caller is user 6 (admin joe)' },
    { error: 'You are not authorized to manage DIDs', params: BOB, actual: 'resellers_can_add_their_own_dids is on' },
    { error: 'DID already exists', params: JOE, actual: 'no DID has the number "371"' },
    { error: 'DID already exists', params: { u: 'joe', did: NOT_TEXT }, actual: 'did is not a string: a list, a map or a file' },
    {
      error: 'DID already exists',
      params: GOOD,
      settings: { disable_hash_checking: true },
      dids: [{ id: 4, did: '371', provider_id: 21, reseller_id: 7, status: 'active' }],
      actual: 'DID 4 has the number "371": provider 21, active, owned by user 7 (reseller bob)',
      fix: 'another number; or delete DID 4, or reset, first',
    },
    { error: 'Invalid DID specified', params: JOE, actual: 'did "371"' },
    {
      error: 'Invalid DID specified',
      params: { ...JOE, did: '' },
      actual: 'did is empty',
      fix: 'send as did the digits 0-9 and nothing else; the hash changes with it',
    },
    { error: 'DID creation failed', params: { u: 'joe' }, actual: '0 characters; max_did_length is 255' },
  ])('$error: $actual', ({ error, params, settings, method, bob, dids, providers, actual, fix }) => {
    const users = WORLD.users?.map((user) => (user.username === 'bob' && user.type === 'reseller' ? { ...user, ...bob } : user));
    const { steps } = trace(params, settings, method, { ...(users && { users }), ...(dids && { dids }), ...(providers && { providers }) });
    const told = steps.find((candidate) => candidate.error === error);
    expect([told?.actual, told?.fix]).toEqual([actual, fix]);
  });
});

test('nobody there who may call: one has to be made', () => {
  const users = [{ id: 8, username: 'plain', type: 'user' as const }];
  const { steps } = trace({ u: 'plain' }, { disable_hash_checking: true }, 'POST', { users, providers: [], dids: [] });
  expect(steps.find(({ state }) => state === 'failed')?.fix).toBe('send a user of one of these types in the fixtures');
});

test.each([
  ['no key to check it with', { ...GOOD, hash: 'x' }, { api_secret_key: '' }],
  ['hashes are not checked', { ...GOOD, hash: 'x' }, { disable_hash_checking: true }],
  ['an unknown caller, and a hash that fits the key of a reseller', { ...signed(GOOD, 'bobs-secret'), u: 'nobody' }, {}],
])('%s: the doctor is not asked', (_, params, settings) => {
  expect(trace(params, settings).hash).toBeUndefined();
});

test('two values that are not a string: the doctor names both', () => {
  const params = { ...GOOD, provider_id: NOT_TEXT, did: NOT_TEXT, hash: 'x' } as const;
  expect(trace(params).hash).toBe('no hash fits: provider_id and did are not strings, but lists, maps or files');
});

test('an unknown caller with a wrong hash: the doctor is asked already', () => {
  expect(trace({ ...signed(GOOD, 'bobs-secret'), u: 'nobody', did: '999' }).hash).toMatch(/^none of \d+ recipes fits/);
});

test('a trace keeps to the moment of its call, whatever happens after', () => {
  const store = new StateStore(new FixtureState(fixturesFromObject(WORLD)));
  const params = new Map(Object.entries(signed({ ...GOOD, provider_id: '21' })));
  const decision = decide('did_create', { method: 'POST', params }, store);
  const before = explainDecision('did_create', decision);
  store.patchSettings({ allow_api: false, api_secret_key: 'other' });
  store.apply({
    kind: 'did.add',
    did: {
      id: 9,
      did: '371',
      provider_id: 1,
      reseller_id: 0,
      status: 'free',
      custom_sip_header: '',
      comment: '',
      reseller_comment: '',
    },
  });
  expect(explainDecision('did_create', decision)).toEqual(before);
});

test('no key is ever in a trace', () => {
  const texts = ['secret', 'bobs-secret'].map((key) => trace({ u: key, provider_id: key, did: `1${key}`, comment: key, hash: key }));
  // The word for a key is no key: each is looked for as what was sent.
  for (const text of texts.map((one) => JSON.stringify(one))) expect(text).not.toMatch(/bobs-secret|\\"1?secret/);
});
