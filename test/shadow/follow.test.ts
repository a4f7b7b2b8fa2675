import { MAX_ID } from '../../src/mor/model.ts';
import type { Asked } from '../../src/shadow/asked.ts';
import { follow, getNewNumber, addKnownDid } from '../../src/shadow/follow.ts';
import { mockAnswerTo } from '../../src/shadow/mock-answer.ts';
import { parseRealAnswer, type RealAnswer } from '../../src/shadow/real-answer.ts';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed, type ParamTexts } from '../../src/contract/signed.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';

const world = (): StateStore =>
  new StateStore(
    new FixtureState(
      fixturesFromObject({
        settings: { api_secret_key: 'secret', default_did_provider_id: 2 },
        users: [
          { id: 0, username: 'admin', type: 'admin' },
          { id: 5, username: 'reseller', type: 'reseller' },
        ],
        providers: [{ id: 1 }, { id: 2 }],
        dids: [{ id: 4, did: '370', provider_id: 1, comment: 'old' }],
      }),
    ),
  );

const asking = (params: ParamTexts): Asked => ({
  method: 'POST',
  path: '/billing/api/did_create',
  call: 'did_create',
  contentType: undefined,
  headerSecrets: [],
  received: [],
  params: new Map(Object.entries(params)),
  isByAction: false,
  unquoted: new Set(),
  notes: [],
  ignoresBody: false,
  separators: undefined,
  refusal: undefined,
});

function real(body: string): RealAnswer {
  const answer = parseRealAnswer(
    { status: 200, type: undefined, disposition: undefined, encoding: undefined, body: Buffer.from(body) },
    10_000,
  );
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

function followed(params: ParamTexts, body: string): StateStore {
  const store = world();
  const asked = asking(params);
  follow(asked, real(body), mockAnswerTo(asked, store), store);
  return store;
}

test('what both create has the real id, and all that was sent', () => {
  const store = followed({ ...signed({ u: 'admin', provider_id: '1', did: ' 371 ' }), comment: 'x' }, successXml(9));
  expect(store.findDidByNumber('371')).toMatchObject({ id: 9, provider_id: 1, comment: 'x' });
  expect(store.nextDidId).toBe(10);
});

test('what only the real server creates is of the caller and the provider it was asked for', () => {
  expect(followed({ u: 'reseller', did: '371' }, successXml(9)).findDidByNumber('371')).toMatchObject({
    id: 9,
    provider_id: 2,
    reseller_id: 5,
  });
  expect(followed({ u: 'nobody', provider_id: '1', did: '371' }, successXml(9)).findDidByNumber('371')).toMatchObject({
    provider_id: 1,
    reseller_id: 0,
  });
});

test('a number that is created again is there once', () => {
  const store = followed(signed({ u: 'admin', provider_id: '1', did: '370' }), successXml(9));
  expect(store.findDidByNumber('370')).toMatchObject({ id: 9, comment: '' });
  expect([store.counts.dids, store.findDidById(4)]).toEqual([1, undefined]);
});

test.each([
  ['of another DID', successXml(4)],
  ['none', successXml(0)],
  ['beyond the highest there can be', successXml(MAX_ID + 1)],
])('an id that is %s is the next in turn', (_, body) => {
  const store = followed(signed({ u: 'admin', provider_id: '1', did: '371' }), body);
  expect(store.findDidByNumber('371')?.id).toBe(5);
});

test.each([
  ['a refusal', signed({ u: 'admin', provider_id: '1', did: '371' }), errorXml('Incorrect hash')],
  ['no answer of MOR’s', signed({ u: 'admin', provider_id: '1', did: '371' }), '<html/>'],
  ['a success without a number', signed({ u: 'admin', provider_id: '1' }), successXml(9)],
  ['a blank number', signed({ u: 'admin', provider_id: '1', did: ' ' }), successXml(9)],
])('%s changes nothing', (_, params, body) => {
  const { counts, nextDidId } = followed(params, body);
  expect({ counts, nextDidId }).toEqual({ counts: world().counts, nextDidId: 5 });
});

test('a number that is heard of takes no id of the sequence', () => {
  const store = world();
  for (const did of ['371', '372', '371']) addKnownDid(did, asking({ did }), store);
  expect([store.findDidByNumber('371')?.id, store.findDidByNumber('372')?.id, store.nextDidId, store.counts.dids]).toEqual([
    MAX_ID,
    MAX_ID - 1,
    5,
    3,
  ]);
  expect(followed(signed({ u: 'admin', provider_id: '1', did: '371' }), errorXml('DID already exists')).nextDidId).toBe(5);
});

test.each([
  [{ did: ' 37\t' }, 'did_create', '37'],
  [{ did: '' }, 'did_create', undefined],
  [{}, 'did_create', undefined],
  [{ did: '37' }, 'did_rename', undefined],
])('the number of %j to %s', (params, call, number) => {
  expect(getNewNumber({ ...asking(params as ParamTexts), call })).toBe(number);
});
