import type { FixturesInput } from '../../src/index.ts';
import { errorAnswer, successAnswer } from '../support/expected-answer.ts';
import { withMock } from '../support/mock.ts';
import type { Answer, RawRequest } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';
import { signed, type ParamTexts } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';

const WORLD: FixturesInput = {
  settings: { allow_get_api: true, api_secret_key: 'secret', default_did_provider_id: 1 },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
    { id: 9, username: 'Ona & Jonas + 鈴木', type: 'admin' },
  ],
  providers: [{ id: 1 }, { id: 2, user_id: 5 }],
  dids: [{ id: 2, did: '37060000002', provider_id: 1 }],
};

const CASES: readonly (readonly [title: string, params: ParamTexts, expected: Answer])[] = [
  ['a good call', signed({ u: 'admin', provider_id: '1', did: '370' }), successAnswer(3)],
  ['a good call of 30 digits', signed({ u: 'admin', provider_id: '1', did: '370123456789012345678901234567' }), successAnswer(3)],
  [
    'every parameter',
    signed({
      u: 'admin',
      provider_id: '01',
      did: ' 00370 ',
      custom_sip_header: 'a: b',
      comment: 'c&d=e+f%20',
      reseller_comment: '',
      test: '1',
      p: 'x',
    }),
    successAnswer(3, '00370'),
  ],
  ['white space of every kind', signed({ u: 'admin', provider_id: '\t1 ', did: '\t\v\f 370\r\n' }), successAnswer(3)],
  ['a name with signs and letters beyond ASCII', signed({ u: 'Ona & Jonas + 鈴木', provider_id: '1', did: '370' }), successAnswer(3)],
  ['no provider by a reseller', signed({ u: 'reseller', did: '370' }), successAnswer(3)],
  ['an empty provider by a reseller', signed({ u: 'reseller', provider_id: '', did: '370' }), successAnswer(3)],
  ['no hash', { u: 'admin', provider_id: '1', did: '370' }, errorAnswer('Incorrect hash')],
  ['a wrong hash', signed({ u: 'admin', provider_id: '1', did: '370' }, 'other'), errorAnswer('Incorrect hash')],
  ['nobody known', signed({ u: 'nobody', provider_id: '1', did: '370' }), errorAnswer('Access Denied')],
  ['no parameter but an unknown one', { x: 'y' }, errorAnswer('Access Denied')],
  ['a plain user', signed({ u: 'user', provider_id: '1', did: '370' }), errorAnswer('Access Denied')],
  ['no such provider', signed({ u: 'admin', provider_id: '9', did: '370' }), errorAnswer('Provider was not found')],
  [
    "somebody else's provider",
    signed({ u: 'admin', provider_id: '2', did: '370' }),
    errorAnswer('You are not authorized to use this Provider'),
  ],
  ['an existing number', signed({ u: 'admin', provider_id: '1', did: ' 37060000002' }), errorAnswer('DID already exists')],
  ['a plus before the number', signed({ u: 'admin', provider_id: '1', did: '+370' }), errorAnswer('Invalid DID specified')],
  [
    'signs, emoji, NUL and a second line',
    signed({ u: 'admin', provider_id: '1', did: '<&>"\'\0😀%00;=\n1' }),
    errorAnswer('Invalid DID specified'),
  ],
  ['an empty number', signed({ u: 'admin', provider_id: '1', did: '' }), errorAnswer('Invalid DID specified')],
  ['256 digits', signed({ u: 'admin', provider_id: '1', did: '1'.repeat(256) }), errorAnswer('DID creation failed')],
];

/** The same parameters in every way they can be sent. */
function requestsOf(params: ParamTexts): readonly (readonly [by: string, request: RawRequest])[] {
  const [first = ['', ''], ...rest] = Object.entries(params);
  return [
    ...TRANSPORTS.map((by) => [by, carried(params, by)] as const),
    ['GET', { method: 'GET', ...carried(params, 'query') }],
    [
      'one in the query, the rest in JSON',
      { ...carried(Object.fromEntries(rest), 'json'), ...carried(Object.fromEntries([first]), 'query') },
    ],
    ['/api', { path: '/api/did_create', ...carried(params, 'form') }],
  ];
}

describe.each(CASES)('%s -> the same answer by every transport', (_, params, expected) => {
  test.each(requestsOf(params))('%s', async (_by, request) => {
    await withMock(WORLD, async (mor) => {
      expect(await send(mor, request)).toEqual(expected);
    });
  });
});

describe('JSON numbers -> the same answer as their text', () => {
  test.each(['0', '5', '370', '37012345678901235', '370123456789012345678901234567', '-5', '5.0', '1e5', '1E+5'])('%s', async (number) => {
    const params = signed({ u: 'admin', provider_id: '1', did: number });
    const body = JSON.stringify(params).replace('"provider_id":"1"', '"provider_id":1').replace(`"did":"${number}"`, `"did":${number}`);
    const asNumber = await withMock(WORLD, (mor) => send(mor, { body, type: 'application/json' }));
    const asText = await withMock(WORLD, (mor) => send(mor, carried(params, 'query')));
    expect(asNumber).toEqual(asText);
  });
});
