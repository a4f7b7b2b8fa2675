/** What a newcomer reaches by hand with the shipped fixtures. */
import { createMockMor, type MockMor, type SettingsPatch } from '../../src/index.ts';
import { errorAnswer, successAnswer } from '../support/expected-answer.ts';
import { ERRORS_IN_ORDER, type ErrorText } from '../support/faulty-call.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';
import { sha1, signed, type ParamTexts } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

const made: MockMor[] = [];

async function shipped(patch: SettingsPatch = {}): Promise<MockMor> {
  const mor = await createMockMor();
  made.push(mor);
  mor.patchSettings(patch);
  return mor;
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((mor) => mor.close()));
});

const byQuery = (params: ParamTexts): RawRequest => carried(params, 'query');

test("the page's own request, byte for byte -> <id>3</id> as on the page", async () => {
  const query = 'u=username&did=123456789&provider_id=1&hash=bc2f114099d16656d37e45fd9e8744cb9386d462';
  expect(await send(await shipped(), { query })).toEqual(successAnswer(3));
});

test("the page's request by the page's rule -> DID created", async () => {
  const query = 'u=username&did=123456789&provider_id=1&hash=cb9dff0d59f7ffaf036d55b57c817bf528edb54a';
  expect(await send(await shipped(), { query })).toEqual(successAnswer(3));
});

test('every other shipped user -> strict: Incorrect hash for the recipe of the example', async () => {
  const mor = await shipped();
  const others = mor.users().filter(({ username }) => username !== 'username');
  expect(others.length).toBeGreaterThan(0);
  for (const { username } of others) {
    for (const key of ['secret', 'reseller-secret']) {
      const answer = await send(mor, byQuery({ u: username, provider_id: '1', did: '123456789', hash: sha1(`1${key}`) }));
      expect(answer).toEqual(errorAnswer('Incorrect hash'));
    }
  }
});

const GOOD = { u: 'admin', provider_id: '1', did: '37060000100' };

/** How each error is reached; some ask for another setting. */
const REACHED: readonly { readonly error: ErrorText; readonly request: RawRequest; readonly patch?: SettingsPatch }[] = [
  { error: 'API Requests are disabled', request: byQuery(signed(GOOD)), patch: { allow_api: false } },
  { error: 'GET Requests are disabled', request: { method: 'GET', ...byQuery(signed(GOOD)) } },
  { error: 'API must have Secret Key', request: byQuery(signed(GOOD)), patch: { api_secret_key: null } },
  { error: 'Incorrect hash', request: byQuery({ ...GOOD, hash: 'wrong' }) },
  { error: 'Access Denied', request: byQuery(signed({ ...GOOD, u: 'user' })) },
  { error: 'Provider was not found', request: byQuery(signed({ ...GOOD, provider_id: '3' })) },
  { error: 'You are not authorized to use this Provider', request: byQuery(signed({ ...GOOD, provider_id: '2' })) },
  { error: 'You are not authorized to manage DIDs', request: byQuery(signed({ ...GOOD, u: 'accountant' })) },
  { error: 'DID already exists', request: byQuery(signed({ ...GOOD, did: '37060000001' })) },
  { error: 'Invalid DID specified', request: byQuery(signed({ ...GOOD, did: '+37060000100' })) },
  { error: 'DID creation failed', request: byQuery(signed({ ...GOOD, did: '1'.repeat(256) })) },
];

test('every error is reached', () => {
  expect(REACHED.map(({ error }) => error)).toEqual(ERRORS_IN_ORDER);
});

test.each(REACHED)('$error is reached', async ({ error, request, patch }) => {
  expect(await send(await shipped(patch), request)).toEqual(errorAnswer(error));
});

test('the success is reached', async () => {
  expect(await send(await shipped(), byQuery(signed(GOOD)))).toEqual(successAnswer(3));
});
