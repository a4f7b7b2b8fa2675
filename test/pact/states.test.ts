import { createMockMor, type FixturesInput, type MockMor } from '../../src/index.ts';
import { pactStates, READY_STATES, type PactStates, type PactWorlds } from '../../src/pact.ts';
import { signed, type ParamTexts } from '../../src/contract/signed.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret', default_did_provider_id: 1 },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'accountant', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'reseller', type: 'reseller' },
  ],
  providers: [{ id: 1 }, { id: 2 }],
  dids: [{ id: 7, did: '111', provider_id: 2 }],
};

let mor: MockMor;
let url: string;
beforeEach(async () => {
  mor = await createMockMor({ fixtures: WORLD });
  url = await mor.listen();
});
afterEach(() => mor.close());

type Given = string | readonly [name: string, params: unknown];

async function setUp(states: PactStates, given: readonly Given[]): Promise<void> {
  for (const state of given) {
    const [name, params] = typeof state === 'string' ? [state, undefined] : state;
    await states.stateHandlers[name]?.(params);
  }
}

interface Sent {
  readonly params?: ParamTexts;
  readonly key?: string;
  readonly method?: string;
}

/** What the filter lets through, answered: MOR's text, and the id of a success. */
async function answer(states: PactStates, { params = {}, key, method = 'POST' }: Sent = {}): Promise<string> {
  const headers: Record<string, string> = {};
  let refusal = '';
  states.requestFilter(
    { url: '/billing/api/did_create', headers },
    { statusCode: 0, setHeader: () => undefined, end: (text) => (refusal = text) },
    () => undefined,
  );
  if (refusal !== '') return refusal.trim();
  const query = new URLSearchParams(signed({ u: 'admin', provider_id: '1', did: '222', ...params }, key));
  const xml = await (await fetch(`${url}/billing/api/did_create?${query.toString()}`, { method, headers })).text();
  return [/<(?:error|success)>(.*)</.exec(xml)?.[1], /<id>(.*)</.exec(xml)?.[1]].filter((text) => text !== undefined).join(' ');
}

/** Each ready state, given by parameters and in words, and what a call then comes to. */
const READY: readonly (readonly [state: string, given: readonly Given[], sent: Sent, comesTo: string])[] = [
  ['MOR is as shipped', ['MOR is as shipped'], { params: { u: 'username' } }, 'DID created 3'],
  ['the number exists', [['the number exists', { did: '222' }], 'the number 222 exists'], {}, 'DID already exists'],
  ['the number exists', [['the number exists', { did: 222, provider_id: 2, status: 'active' }]], {}, 'DID already exists'],
  ['the number does not exist', [['the number does not exist', { did: '111' }]], { params: { did: '111' } }, 'DID created 8'],
  [
    'the number does not exist',
    ['the number 111 does not exist', 'the number 111 does not exist'],
    { params: { did: '111' } },
    'DID created 8',
  ],
  ['the number has a status', [['the number has a status', { did: '222', status: 'closed' }]], {}, 'DID already exists'],
  ['the number has a status', ['the number 222 is terminated', 'the number 222 is free'], {}, 'DID already exists'],
  ['the next id is given', [['the next id is given', { id: 42 }]], {}, 'DID created 42'],
  ['the next id is given', ['the next id is 42'], {}, 'DID created 42'],
  ['no DID can be stored', ['no DID can be stored'], {}, 'DID creation failed'],
  ['the provider is hidden', [['the provider is hidden', { provider_id: 1 }]], {}, 'Provider was not found'],
  ['the provider is hidden', ['provider 1 is hidden'], {}, 'Provider was not found'],
  [
    'the provider belongs to a user',
    [['the provider belongs to a user', { provider_id: '1', user_id: 5 }]],
    {},
    'You are not authorized to use this Provider',
  ],
  ['the provider belongs to a user', ['provider 1 belongs to user 5'], {}, 'You are not authorized to use this Provider'],
  [
    'the user may not manage DIDs',
    [['the user may not manage DIDs', { u: 'accountant' }]],
    { params: { u: 'accountant' } },
    'You are not authorized to manage DIDs',
  ],
  [
    'the user may not manage DIDs',
    ['user reseller may not manage DIDs'],
    { params: { u: 'reseller' } },
    'You are not authorized to manage DIDs',
  ],
  ['the API is off', ['the API is off'], {}, 'API Requests are disabled'],
  ['GET requests are allowed', ['GET requests are allowed'], { method: 'GET' }, 'DID created 8'],
  ['there is no API secret key', ['there is no API secret key'], {}, 'API must have Secret Key'],
  ['the API secret key is given', [['the API secret key is given', { api_secret_key: 'other' }]], { key: 'other' }, 'DID created 8'],
  ['the API secret key is given', ['the API secret key is other'], {}, 'Incorrect hash'],
  ['hashes are not checked', ['hashes are not checked'], { key: 'wrong' }, 'DID created 8'],
];

test.each(READY)('%s, by %j', async (_, given, sent, comesTo) => {
  const states = pactStates(mor);
  await setUp(states, given);
  expect(await answer(states, sent)).toBe(comesTo);
  // The next interaction has no states, and sees nothing of these.
  expect(await answer(states)).toBe('DID created 8');
});

test('every ready state is proved, by each of its names', () => {
  const proved = new Set(READY.map(([state]) => state));
  expect(READY_STATES.filter(({ name }) => !proved.has(name))).toEqual([]);
  const names = READY.flatMap(([, given]) => given.map((state) => (typeof state === 'string' ? state : state[0])));
  for (const { inWords } of READY_STATES) {
    if (inWords === undefined) continue;
    const pattern = new RegExp(`^${inWords.replace(/\{\w+\}/g, '.+')}$`);
    expect(names.filter((name) => pattern.test(name))).not.toEqual([]);
  }
});

test('a number that is there gets the status, and keeps its id, provider and owner', async () => {
  const states = pactStates(mor);
  await setUp(states, ['MOR is as shipped', 'the number 37060000002 is closed', ['the number 37060000001 is reserved', { user_id: 8 }]]);
  // The sandbox of the interaction is the newest.
  const sandbox = mor.sandbox(mor.sandboxes().at(-1)?.name ?? '');
  expect(sandbox.dids()).toMatchObject([
    { id: 1, did: '37060000001', provider_id: 1, status: 'reserved', user_id: 8 },
    { id: 2, did: '37060000002', provider_id: 2, reseller_id: 5, status: 'closed' },
  ]);
});

test('states of one interaction add up, whole worlds first', async () => {
  const states = pactStates(mor);
  await setUp(states, [
    'MOR is as shipped',
    'the next id is 9',
    'provider 2 belongs to user 0',
    'the number 222 exists',
    'the number 222 does not exist',
  ]);
  expect(await answer(states, { params: { provider_id: '2' } })).toBe('DID created 10');
});

test.each<[given: Given, message: string]>([
  [['the number exists', {}], 'it needs the parameter did, a text'],
  [['the number exists', { did: '5', provder_id: 1 }], 'provder_id'],
  ['the number 5 is gone', 'its parameter status must be one of free, reserved, active, closed, terminated, not "gone"'],
  [['the number has a status', { did: '5' }], 'it needs the parameter status, a text'],
  [['the number exists', undefined], 'it needs the parameter did, a text'],
  [['the next id is given', { id: 'x' }], 'its parameter id must be an id, not "x"'],
  ['the next id is 7', 'next_did_id'],
  [['the next id is 9', { id: 8 }], 'its name says id 9, its parameter 8'],
  ['provider 9 is hidden', 'no provider has the id 9; there are: 1, 2'],
  ['provider 1 belongs to user 77', 'user_id'],
  ['user admin may not manage DIDs', '"admin" is no accountant or reseller'],
  ['the numbr exists', 'there is no such state. Did you mean "the number exists"? There are: "MOR is as shipped", "the number exists", '],
  ['toString', 'there is no such state.'],
])('%j cannot be: it rejects, the request is answered with why, and the next interaction is whole', async (given, message) => {
  const states = pactStates(mor);
  await expect(setUp(states, [given])).rejects.toThrow(message);
  expect(await answer(states)).toContain(message);
  expect(await answer(states)).toBe('DID created 8');
});

describe('states of your own', () => {
  const worlds: PactWorlds = {
    'an empty MOR': {},
    'the API is off': (sandbox) => void sandbox.patchSettings({ max_did_length: 2 }),
    'numbers of {length} digits': async (sandbox, { length }) => {
      await Promise.resolve();
      sandbox.patchSettings({ max_did_length: Number(length) });
    },
    'a broken world': { users: 1 } as unknown as FixturesInput,
    'files that are not there': './no/such/folder',
  };

  test.each<[given: Given, comesTo: string]>([
    ['an empty MOR', 'Access Denied'],
    ['the API is off', 'DID creation failed'],
    ['numbers of 2 digits', 'DID creation failed'],
    ['numbers of 3 digits', 'DID created 8'],
    [['numbers of {length} digits', { length: 2 }], 'DID creation failed'],
  ])('%j -> %s', async (given, comesTo) => {
    const states = pactStates(mor, worlds);
    await setUp(states, [given]);
    expect(await answer(states)).toBe(comesTo);
  });

  test.each([
    ['a broken world', 'users'],
    ['files that are not there', 'no/such/folder'],
  ])('%s is reported', async (name, message) => {
    const states = pactStates(mor, worlds);
    await expect(setUp(states, [name])).rejects.toThrow(message);
    expect(await answer(states)).toMatch(/^mock-mor: the state /);
  });
});

describe('the filter', () => {
  const through = (states: PactStates, request: Parameters<PactStates['requestFilter']>[0]): string => {
    let refusal = '';
    states.requestFilter(request, { statusCode: 0, setHeader: () => undefined, end: (text) => (refusal = text) }, () => undefined);
    return refusal.trim();
  };
  const form = (body: unknown): Parameters<PactStates['requestFilter']>[0] => ({
    url: '/api/did_create',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' },
    body,
  });

  test('lets what the verifier tells about states pass', () => {
    const request = { url: '/_pactSetup', headers: {}, body: { action: 'setup', state: 'x' } };
    expect(through(pactStates(mor), request)).toBe('');
    expect(request).toEqual({ url: '/_pactSetup', headers: {}, body: { action: 'setup', state: 'x' } });
    expect(mor.sandboxes()).toEqual([]);
  });

  test.each<[what: string, body: unknown, sent: string]>([
    ['a form', { did: ' +5', u: 'Ona & Jonas' }, 'did=+%2B5&u=Ona+%26+Jonas'],
    ['bytes', Buffer.from('a'), 'a'],
  ])('makes %s what it was', (_, body, sent) => {
    const request = form(body);
    expect(through(pactStates(mor), request)).toBe('');
    expect(String(request.body)).toBe(sent);
    expect(request.headers).toEqual({
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(sent.length),
      'x-mock-mor-sandbox': mor.sandboxes()[0]?.name,
    });
  });

  test.each([[{ did: ['1', '2'] }], [{ did: { a: '1' } }]])('refuses a form that it cannot make again: %j', (body) => {
    const states = pactStates(mor);
    expect(through(states, form(body))).toBe(
      'mock-mor: the form has did several times or in brackets, which the verifier does not send on as it came',
    );
    expect(through(states, form({ did: '1' }))).toBe('');
  });
});

test('the handlers can be printed and awaited', async () => {
  const { stateHandlers } = pactStates(mor);
  expect(JSON.stringify({ stateHandlers })).toBe('{"stateHandlers":{}}');
  expect(await Promise.resolve(stateHandlers)).toBe(stateHandlers);
});
