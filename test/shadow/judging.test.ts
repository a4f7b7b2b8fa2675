/** Two mocks behind one another: what differs between them is reported, and the world of the one follows the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FixturesInput } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed, type ParamTexts } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { answerXml, readBytes, realMock, realServer, sendTo, shadowed } from './shadowed.ts';

const WORLD = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'accountant', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'reseller', type: 'reseller', own_providers: true, api_secret_key: 'reseller-secret' },
  ],
  providers: [{ id: 1 }, { id: 2, user_id: 5 }],
  dids: [{ id: 1, did: '37060000001', provider_id: 1 }],
} as const satisfies FixturesInput;

type Settings = NonNullable<FixturesInput['settings']>;

const withSettings = (settings: Settings): FixturesInput => ({ ...WORLD, settings: { ...WORLD.settings, ...settings } });

const good = (changes: ParamTexts = {}, key = 'secret'): ParamTexts =>
  signed({ u: 'admin', provider_id: '1', did: '370', ...changes }, key);

const call = (changes: ParamTexts = {}, key?: string): RawRequest => carried(good(changes, key), 'form');

describe('an outcome that is another', () => {
  test.each<[what: string, real: FixturesInput, request: RawRequest, realSays: string, mockSays: string]>([
    ['another key', withSettings({ api_secret_key: 'changed' }), call(), 'Incorrect hash', 'DID created'],
    ['another key, the real one sent', withSettings({ api_secret_key: 'changed' }), call({}, 'changed'), 'DID created', 'Incorrect hash'],
    ['the API is off', withSettings({ allow_api: false }), call(), 'API Requests are disabled', 'DID created'],
    [
      'a permission',
      { ...WORLD, providers: [{ id: 1 }], users: [{ id: 2, username: 'accountant', type: 'accountant' }] },
      call({ u: 'accountant' }),
      'You are not authorized to manage DIDs',
      'DID created',
    ],
    ['a user', { ...WORLD, users: [], providers: [{ id: 1 }] }, call(), 'Access Denied', 'DID created'],
    [
      'a provider',
      {
        ...WORLD,
        providers: [
          { id: 1, hidden: true },
          { id: 2, user_id: 5 },
        ],
      },
      call(),
      'Provider was not found',
      'DID created',
    ],
    ['a number', { ...WORLD, dids: [] }, call({ did: '37060000001' }), 'DID created', 'DID already exists'],
    [
      'GET',
      withSettings({ allow_get_api: true }),
      { method: 'GET', ...carried(good(), 'query') },
      'DID created',
      'GET Requests are disabled',
    ],
  ])('%s -> reported, with the trace', async (_, world, request, outcome, mock) => {
    const { url, verdicts, shadow } = await shadowed((await realMock(world)).url, WORLD);
    await sendTo(url, request);
    const [told] = await verdicts();
    expect(told).toMatchObject({
      level: 'warn',
      verdict: 'different',
      request_id: '1',
      outcome,
      mock,
      status: 200,
      path: '/billing/api/did_create',
    });
    expect(told?.trace).toMatch(new RegExp(`^did_create: ${mock}\n\n[✓✗] `));
    expect(told?.details?.join('\n')).toContain('hash = "***"');
    expect(told?.message).toContain(`the server says "${outcome}", the mock "${mock}"`);
    expect(shadow.counts).toMatchObject({ requests: 1, same: 0, different: 1, notJudged: 0 });
    expect(shadow.summary).toEqual({
      different: [[`did_create: the server says ${outcome}, the mock ${mock}`, 1]],
      'not judged': [],
    });
  });

  test.each(TRANSPORTS)('is reported whatever the transport: %s', async (by) => {
    const { url, verdicts } = await shadowed((await realMock(withSettings({ allow_api: false }))).url, WORLD);
    await sendTo(url, carried(good(), by));
    const [told] = await verdicts();
    expect(told).toMatchObject({ verdict: 'different', u: 'admin', did: '370' });
    expect(told?.params).toEqual(
      ['u', 'provider_id', 'did', 'hash'].map((name) => ({ name, value: name === 'hash' ? '***' : good()[name], from: by })),
    );
  });

  test.each<[what: string, status: number, type: string, body: string, outcome: string]>([
    ['an error of the server', 500, 'text/html', '<html><h1>500</h1></html>', "no answer of MOR's: HTTP 500, text/html"],
    ['a text we do not know', 200, 'text/xml', errorXml('Fatal: all is lost'), 'Fatal: all is lost'],
    ['another success', 200, 'text/xml', successXml(3).replace('DID created', 'DID was created'), 'DID was created'],
    ['XML that is cut off', 200, 'text/xml', successXml(3).slice(0, -8), "no answer of MOR's: HTTP 200, text/xml"],
    ['a login page', 200, 'text/html', '<html/>', "no answer of MOR's: HTTP 200, text/html"],
    ['the number, though test=1 was not sent', 200, 'text/xml', successXml(3, '370'), 'DID created, with <did>370</did>'],
  ])('%s -> reported', async (_, status, type, body, outcome) => {
    const { url: target } = await realServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    expect(await sendTo(url, call())).toMatchObject({ status, body });
    expect(await verdicts()).toMatchObject([{ verdict: 'different', outcome }]);
  });

  test('nothing in a request or an answer steers the terminal of a reader', async () => {
    const nasty = 'a\u001b[2J\n\u202e\u2028b';
    const { url: target } = await realServer((_request, response) => answerXml(response, errorXml(`x\u202e\u0085${'y'.repeat(300)}`)));
    const { url, verdicts, entries } = await shadowed(target, WORLD);
    await sendTo(url, call({ u: nasty, did: nasty, comment: nasty, [nasty]: nasty }));
    expect(await verdicts()).toMatchObject([{ u: 'a\\x1b[2J\\x0a\\u202e\\u2028b', outcome: expect.stringMatching(/^x\\u202e\\x85y+…$/) }]);
    const texts = entries.flatMap(({ message, details = [], trace = '', params = [] }) => [
      message,
      ...details,
      ...trace.split('\n'),
      ...params.flatMap(({ name, value }) => [name, value ?? '']),
    ]);
    expect(texts.filter((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))).toEqual([]);
  });

  test.each<[what: string, request: RawRequest, mock: string]>([
    ['broken JSON', { body: '{', type: 'application/json' }, 'HTTP 400 of its own: The body cannot be read'],
    ['a broken query', { query: 'hash=deadbeefdeadbeefdeadbeefdeadbeefdeadbeef%zz' }, 'HTTP 400 of its own: The query is not valid'],
    ['another method', { method: 'PUT', query: 'u=a' }, 'HTTP 405 of its own: This path does not know the method'],
  ])('%s: a refusal on both sides is one, whatever the words; an answer of MOR is another', async (_, request, mock) => {
    let status = 422;
    const { url: target } = await realServer((_request, response) => {
      if (status === 422) response.writeHead(422).end('no');
      else answerXml(response, errorXml('Access Denied'));
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    await sendTo(url, request);
    status = 200;
    await sendTo(url, request);
    const [refused, answered] = await verdicts();
    expect(refused).toMatchObject({ verdict: 'same', outcome: "no answer of MOR's: HTTP 422" });
    expect(answered).toMatchObject({ verdict: 'different', outcome: 'Access Denied', mock });
    expect(JSON.stringify(answered)).not.toContain('deadbeef');
  });
});

describe('the same outcome', () => {
  test.each<[what: string, real: Settings, request: RawRequest, note: object]>([
    [
      'another envelope',
      { error_envelope: 'bare' },
      call({}, 'x'),
      { aspect: 'envelope', real: '<status>', mock: '<page>', setting: 'error_envelope: bare' },
    ],
    [
      'an old text',
      { dialect: 'legacy' },
      call({ u: 'nobody' }),
      { aspect: 'dialect', real: "Don't be so smart", mock: 'Access Denied', setting: 'dialect: legacy' },
    ],
    ['other headers', { response_type: 'attachment_html' }, call(), { aspect: 'headers', setting: 'response_type: attachment_html' }],
    ['another id', { next_did_id: 500 }, call(), { aspect: 'id', real: '500', mock: '2', setting: 'next_did_id: 500' }],
  ])('%s -> noted once, with the setting that does the same', async (_, settings, request, note) => {
    const { url, verdicts, shadow, entries } = await shadowed((await realMock(withSettings(settings))).url, WORLD);
    await sendTo(url, request);
    await sendTo(url, request);
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['same', 'same']);
    expect(entries.flatMap(({ notes = [] }) => notes)).toEqual([expect.objectContaining(note)]);
    expect(shadow.counts).toMatchObject({ same: 2, different: 0 });

    const [setting = '', value = ''] = (note as { readonly setting: string }).setting.split(': ');
    const mended = await shadowed(
      (await realMock(withSettings(settings))).url,
      withSettings({ [setting]: /^\d+$/.test(value) ? Number(value) : value }),
    );
    await sendTo(mended.url, request);
    expect(await mended.verdicts()).toMatchObject([{ verdict: 'same' }]);
    expect(mended.entries.flatMap(({ notes = [] }) => notes)).toEqual([]);
  });

  test('today’s texts of a mock that is set to the old ones -> noted too', async () => {
    const { url, verdicts, entries } = await shadowed(
      (await realMock(WORLD)).url,
      withSettings({ dialect: 'legacy', error_envelope: 'bare' }),
    );
    await sendTo(url, call({ u: 'nobody' }));
    await sendTo(url, call({}, 'x'));
    expect(await verdicts()).toMatchObject([{ verdict: 'same' }, { verdict: 'same' }]);
    expect(entries.flatMap(({ notes = [] }) => notes)).toMatchObject([
      { aspect: 'dialect', real: 'Access Denied', setting: 'dialect: current' },
      { aspect: 'envelope', real: '<page>', setting: 'error_envelope: page' },
    ]);
  });

  test.each<[what: string, status: number, type: string, body: string, notes: readonly object[]]>([
    ['to the last byte', 200, 'Text/XML;charset="UTF-8"', errorXml('Access Denied'), []],
    ['with another status', 401, 'text/xml; charset=utf-8', errorXml('Access Denied'), [{ aspect: 'status', real: '401', mock: '200' }]],
    [
      'with other white space',
      200,
      'text/xml; charset=utf-8',
      '<page><status><error>Access Denied</error></status></page>',
      [{ aspect: 'white space' }],
    ],
    ['under a type of no setting', 200, 'application/xml', errorXml('Access Denied'), [{ aspect: 'headers', real: 'application/xml' }]],
    [
      'with a further element',
      200,
      'text/xml; charset=utf-8',
      errorXml('Access Denied').replace('</page>', '<time>1</time></page>'),
      [{ aspect: 'elements', real: 'page/time' }],
    ],
    [
      'bare, where no setting makes it so',
      200,
      'text/xml; charset=utf-8',
      '<status><error>Access Denied</error></status>',
      [{ aspect: 'envelope', real: '<status>' }],
    ],
  ])('%s -> notes', async (_, status, type, body, notes) => {
    const { url: target } = await realServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    });
    const { url, verdicts, entries } = await shadowed(target, WORLD);
    await sendTo(url, { query: 'u=nobody' });
    expect(await verdicts()).toMatchObject([{ verdict: 'same' }]);
    const told = entries.flatMap((entry) => entry.notes ?? []);
    expect(told).toMatchObject(notes);
    expect(told.filter(({ setting }) => setting !== undefined)).toEqual([]);
  });
});

describe('calls that are not imitated', () => {
  test.each([
    ['with an answer of their own', errorXml('Access Denied'), 'not judged'],
    ['that the server has neither', errorXml('There is no such API'), 'same'],
  ])('%s', async (_, body, verdict) => {
    const { url: target } = await realServer((_request, response) => answerXml(response, body));
    const { url, verdicts } = await shadowed(target, WORLD);
    expect((await sendTo(url, { path: '/billing/api/did_rename', query: 'u=admin' })).body).toBe(body);
    expect(await verdicts()).toMatchObject([{ verdict, call: 'did_rename' }]);
  });
});

describe('the world follows the real server', () => {
  const verdictsOf = async (
    real: FixturesInput,
    mine: FixturesInput,
    requests: readonly RawRequest[],
  ): Promise<readonly (string | undefined)[]> => {
    const { url, verdicts } = await shadowed((await realMock(real)).url, mine);
    for (const request of requests) await sendTo(url, request);
    return (await verdicts()).map(({ verdict }) => verdict);
  };

  test('what both create exists for both', async () => {
    expect(await verdictsOf(WORLD, WORLD, [call(), call(), call({ did: '371' })])).toEqual(['same', 'same', 'same']);
  });

  test('what the real server creates and the mock refuses exists afterwards', async () => {
    const real = withSettings({ allow_get_api: true });
    expect(await verdictsOf(real, WORLD, [{ method: 'GET', ...carried(good(), 'query') }, call()])).toEqual(['different', 'same']);
  });

  test('what the real server refuses and the mock would create does not', async () => {
    const real = {
      ...WORLD,
      users: WORLD.users.map((user) => (user.id === 2 ? { id: 2, username: 'accountant', type: 'accountant' as const } : user)),
    };
    expect(await verdictsOf(real, WORLD, [call({ u: 'accountant' }), call()])).toEqual(['different', 'same']);
  });

  test('a number that only the real server has is reported once', async () => {
    const real = { ...WORLD, dids: [...WORLD.dids, { did: '370', provider_id: 1 }] };
    expect(await verdictsOf(real, WORLD, [call(), call(), call({ u: 'accountant' })])).toEqual(['different', 'same', 'same']);
  });

  test('a number is reported of, whatever requests for it there were before', async () => {
    const real = { ...WORLD, dids: [...WORLD.dids, { did: '370', provider_id: 1 }] };
    expect(await verdictsOf(real, WORLD, [call({}, 'x'), call({ u: 'nobody' }), call()])).toEqual(['same', 'same', 'different']);
  });

  test('a number that the real server no longer has is reported once', async () => {
    const request = call({ did: '37060000001' });
    expect(await verdictsOf({ ...WORLD, dids: [] }, WORLD, [request, request])).toEqual(['different', 'same']);
  });

  test('ids go on where the real server’s do', async () => {
    const { url, verdicts, entries } = await shadowed((await realMock(withSettings({ next_did_id: 900 }))).url, WORLD);
    for (const did of ['1', '2', '3']) await sendTo(url, call({ did }));
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
    expect(entries.flatMap(({ notes = [] }) => notes)).toHaveLength(1);
  });

  test.each([
    ['another DID has the id', successXml(1)],
    ['the id is none', successXml(3).replace('<id>3</id>', '<id>x</id>')],
    ['the id is beyond all', successXml(3).replace('<id>3</id>', '<id>99999999999999</id>')],
    ['there is no id', successXml(3).replace(/<did_details>[^]*<\/did_details>/, '')],
  ])('the number is there, though %s', async (_, xml) => {
    const answers = [xml, errorXml('DID already exists'), errorXml('DID already exists')];
    const { url: target } = await realServer((_request, response) => answerXml(response, answers.shift() ?? ''));
    const { url, verdicts } = await shadowed(target, WORLD);
    await sendTo(url, call());
    await sendTo(url, call());
    await sendTo(url, call({ did: '37060000001' }));
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
  });
});

describe('requests that come at once', () => {
  test('a hundred for twenty numbers: the mock agrees with each', async () => {
    const { url, verdicts, shadow } = await shadowed((await realMock(WORLD)).url, WORLD);
    const requests = Array.from({ length: 100 }, (_, i) =>
      sendTo(url, carried(good({ did: String(500 + (i % 20)) }), TRANSPORTS[i % 4] ?? 'query')),
    );
    await Promise.all(requests);
    expect((await verdicts()).filter(({ verdict }) => verdict !== 'same')).toEqual([]);
    expect(shadow.counts).toMatchObject({ requests: 100, same: 100 });
  });

  /** A target that holds each answer back until it is reported. */
  async function held(): Promise<{
    readonly url: string;
    arrived(count: number): Promise<void>;
    answer(place: number, xml: string): void;
  }> {
    const waiting: ServerResponse[] = [];
    const waiters: (() => void)[] = [];
    const { url } = await realServer((request: IncomingMessage, response) => {
      void readBytes(request).then(() => {
        waiting.push(response);
        for (const wake of waiters.splice(0)) wake();
      });
    });
    return {
      url,
      arrived: async (count) => {
        while (waiting.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
      },
      answer: (place, xml) => answerXml(waiting[place]!, xml),
    };
  }

  test('an answer that overtakes the one it speaks of waits for it', async () => {
    const target = await held();
    const { url, verdicts, entries } = await shadowed(target.url, WORLD);
    const first = sendTo(url, call());
    await target.arrived(1);
    const second = sendTo(url, call());
    await target.arrived(2);
    target.answer(1, errorXml('DID already exists'));
    await second;
    target.answer(0, successXml(2));
    await first;
    expect((await verdicts()).map(({ verdict, request_id }) => [request_id, verdict])).toEqual([
      ['1', 'same'],
      ['2', 'same'],
    ]);
    expect(entries.filter(({ notes }) => notes !== undefined)).toEqual([]);
  });

  test('it is reported all the same where none of those in flight explains it', async () => {
    const target = await held();
    const { url, verdicts } = await shadowed(target.url, WORLD);
    const requests = [sendTo(url, call())];
    await target.arrived(1);
    requests.push(sendTo(url, call()));
    await target.arrived(2);
    requests.push(sendTo(url, call({ did: '371' })));
    await target.arrived(3);
    target.answer(1, errorXml('DID already exists'));
    await requests[1];
    target.answer(2, successXml(2));
    await requests[2];
    target.answer(0, errorXml('Incorrect hash'));
    await requests[0];
    expect((await verdicts()).map(({ verdict, request_id }) => [request_id, verdict])).toEqual([
      ['3', 'same'],
      ['1', 'different'],
      ['2', 'different'],
    ]);
  });

  test('a request that is lost meanwhile explains it', async () => {
    const target = await held();
    const { url, verdicts } = await shadowed(target.url, WORLD, { targetTimeoutMs: 500 });
    const first = sendTo(url, call());
    await target.arrived(1);
    const second = sendTo(url, call());
    await target.arrived(2);
    target.answer(1, errorXml('DID already exists'));
    await second;
    expect((await first).status).toBe(504);
    expect((await verdicts()).map(({ verdict, request_id }) => [request_id, verdict])).toEqual([
      ['1', 'not judged'],
      ['2', 'same'],
    ]);
  });
});
