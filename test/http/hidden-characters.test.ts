/** Every way in which a text with a hidden character comes back in a message: it is named by its code point and position there. */
import request from 'supertest';
import { sha1, signed } from '../../src/contract/signed.ts';
import { createMockMor, type FixturesInput, type LogEntry, type MockMor, type MockMorOptions } from '../../src/index.ts';
import { pactStates } from '../../src/pact.ts';
import { toHaveAnswered, toHaveCreatedDid } from '../../src/testing/matchers.ts';

/** The fourth character of each is a zero-width space. The first is also the name of a user and of a provider. */
const TEXT = '370\u200b61';
const STRANGER = 'abc\u200bd';

const FIXTURES: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: TEXT, type: 'user', owner_id: 0 },
  ],
  providers: [{ id: 1, name: TEXT, hidden: true }],
};

const entries: LogEntry[] = [];
let mor: MockMor;

beforeEach(async () => {
  entries.length = 0;
  mor = await createMockMor({ fixtures: FIXTURES, log: (entry) => entries.push(entry) });
});

const call = (params: Readonly<Record<string, string>>): request.Test =>
  request(mor.handler).post('/billing/api/did_create').type('form').send(params);

/** What each step of the decision saw and would fix, in one text. */
async function trace(params: Readonly<Record<string, string>>): Promise<string> {
  await call(params);
  const { steps = [], hash = '' } = mor.request(1).trace ?? {};
  return [...steps.flatMap(({ actual, fix = '' }) => [actual, fix]), hash].join('\n');
}

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
}

const detail = async (sent: request.Test): Promise<string> =>
  JSON.stringify(((await sent) as { body: unknown }).body).replace(/\\(["\\])/g, '$1');

const GOOD = signed({ u: 'admin', provider_id: '1', did: '371' });
const created = signed({ u: 'admin', provider_id: '2', did: '371' });

test.each<readonly [where: string, message: () => Promise<string>]>([
  ['trace: the number', () => trace({ ...GOOD, did: TEXT })],
  ['trace: the caller', () => trace({ ...GOOD, u: TEXT })],
  ['trace: an unknown caller', () => trace({ ...GOOD, u: STRANGER })],
  ['trace: a caller in capitals', () => trace({ ...GOOD, u: STRANGER.toUpperCase() })],
  ['trace: the provider', () => trace({ ...GOOD, provider_id: TEXT })],
  ['trace: the name of a provider', () => trace(GOOD)],
  ['trace: what was hashed', () => trace({ ...GOOD, did: TEXT, hash: sha1('137061secret') })],
  ['fixtures: a key', () => messageOf(() => createMockMor({ fixtures: { [TEXT]: [] } as FixturesInput }))],
  ['fixtures: a value', () => messageOf(() => createMockMor({ fixtures: { settings: { response_type: TEXT } } as never }))],
  ['fixtures: a file', () => messageOf(() => createMockMor({ fixtures: TEXT }))],
  ['fixtures over HTTP', () => detail(request(mor.handler).put('/__admin/fixtures').type('yaml').send(`${TEXT}: 1`))],
  ['an option', () => messageOf(() => createMockMor({ [TEXT]: 1 } as MockMorOptions))],
  ['an allowed host', () => messageOf(() => createMockMor({ allowedHosts: [`${TEXT}/`] }))],
  ['settings over HTTP', () => detail(request(mor.handler).patch('/__admin/settings').send({ response_type: TEXT }))],
  [
    'a query of the admin API',
    () =>
      detail(
        request(mor.handler)
          .get('/__admin/dids')
          .query({ [TEXT]: '1' }),
      ),
  ],
  ['an id in a path', () => detail(request(mor.handler).get(`/__admin/dids/${encodeURIComponent(TEXT)}`))],
  ['a fault', () => messageOf(() => mor.addFault({ error: TEXT as never }))],
  ['a sandbox', () => messageOf(() => mor.createSandbox({ name: TEXT }))],
  ['a snapshot', () => messageOf(() => mor.takeSnapshot(TEXT))],
  ['a hash for a caller who is not there', () => messageOf(() => mor.hash({ u: STRANGER, did: '1' }))],
  ['a field of a hash', () => messageOf(() => mor.hash({ did: '1', [TEXT]: '1' }))],
  ['the log', async () => (await call({ ...GOOD, did: TEXT }), entries.map(({ message }) => message).join())],
  ['the log: a caller', async () => (await call({ ...GOOD, u: TEXT }), entries.map(({ message }) => message).join())],
  ['a matcher: an outcome', () => messageOf(() => toHaveAnswered(mor, TEXT as never))],
  ['a matcher: a number', async () => (await call(created), toHaveCreatedDid(mor, TEXT).message())],
  ['a matcher: what came', async () => (await call({ ...GOOD, did: TEXT }), toHaveCreatedDid(mor, '372').message())],
  ['a Pact state', () => messageOf(() => pactStates(mor).stateHandlers[`user ${TEXT} may not manage DIDs`]?.({}))],
])('%s', async (_, message) => {
  const text = await message();
  expect(text).toMatch(/U\+(?:200B zero-width|00A0 no-break) space at character 4/);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{M}]|[^\P{Zs} ]/u);
});
