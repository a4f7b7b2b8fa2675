/** What is recorded: a table of cases that holds against a fresh mock, of which every case says what the real server answered. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixturesInput } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { sha1, signed, type ParamTexts } from '../../src/contract/signed.ts';
import type { Case } from '../../src/contract/table.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import { readAsked } from '../../src/shadow/asked.ts';
import { Judge } from '../../src/shadow/judge.ts';
import { parseRealAnswer } from '../../src/shadow/real-answer.ts';
import { Recorder } from '../../src/shadow/recorder.ts';
import { Secrets } from '../../src/shadow/secrets.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { failedIn, recordedTable } from './replay.ts';
import { answerXml, ownFolder, realMock, realServer, sendTo, shadowed } from './shadowed.ts';
import { errorXml } from '../../src/contract/expected-xml.ts';

const KEY = 'the-real-key';
const RESELLER_KEY = 'the-real-key-of-the-reseller';

const WORLD = {
  settings: { api_secret_key: KEY },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'accountant', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'reseller', type: 'reseller', own_providers: true, api_secret_key: RESELLER_KEY },
    { id: 6, username: 'old', type: 'admin', accept_hash_without_did: true },
  ],
  providers: [
    { id: 1, name: 'Main' },
    { id: 2, user_id: 5 },
  ],
  dids: [
    { id: 1, did: '37060000001', provider_id: 1 },
    { from: '37061000000', to: '37061999999', provider_id: 1 },
  ],
} as const satisfies FixturesInput;

const good = (changes: ParamTexts = {}, key = KEY): ParamTexts => signed({ u: 'admin', provider_id: '1', did: '370', ...changes }, key);

const form = (changes: ParamTexts = {}, key?: string): RawRequest => carried(good(changes, key), 'form');

/** Sends requests through a shadow that records, and gives the file. */
async function recorded(
  requests: readonly RawRequest[],
  real: FixturesInput = WORLD,
  mine: FixturesInput = WORLD,
): Promise<{ readonly path: string; readonly skipped: number; readonly cases: readonly Case[] }> {
  const path = join(ownFolder(), 'record.yaml');
  const { url, shadow } = await shadowed((await realMock(real)).url, mine, { record: path });
  for (const request of requests) await sendTo(url, request);
  await shadow.settled();
  return { path, skipped: shadow.counts.skipped, cases: recordedTable(path).cases['recorded'] ?? [] };
}

describe('a session is recorded and holds, each case by itself', () => {
  const SESSION: readonly RawRequest[] = [
    form(),
    form(),
    form({ u: 'accountant' }),
    form({ u: 'reseller', provider_id: '2', did: '371' }, RESELLER_KEY),
    form({ u: 'reseller', provider_id: '2', did: '371' }),
    form({ did: '37060000001' }),
    form({ did: '37061000005' }),
    form({ did: ' 372 ', comment: 'a: "b" {c}\n#d', custom_sip_header: 'X: y', test: '1' }),
    form({ did: '372', u: 'nobody' }),
    form({ did: 'telephone' }),
    form({ did: '' }),
    form({ provider_id: '9' }),
    form({ did: '373' }, 'wrong key'),
    carried({ ...good({ u: 'old', did: '374' }), hash: sha1(`1${KEY}`) }, 'query'),
    carried({ u: 'admin', provider_id: '1', did: '375' }, 'query'),
    carried({ ...good(), hash: '' }, 'multipart'),
    { method: 'GET', ...carried(good(), 'query') },
    { method: 'PUT', ...carried(good(), 'form') },
    { path: '//api/did_create/', ...carried(good({ did: '376' }), 'json') },
    { path: '/billing/api/did_rename', ...carried(good(), 'query') },
    ...TRANSPORTS.map((by, i) => carried(good({ did: `38${String(i)}` }), by)),
    { query: '' },
    { body: '{', type: 'application/json' },
    { body: 'x', type: 'text/xml' },
    { query: 'u=%zz' },
    { body: 'u=%zz' },
    { body: 'x', type: 'multipart/form-data' },
    { ...form({ did: '377' }), type: 'application/x-www-form-urlencoded; charset=ISO-8859-1' },
    { ...carried(good({ did: '378' }), 'json'), type: 'application/json; charset="utf-16"' },
    { ...carried(good({ did: '379' }), 'query'), body: 'u=nobody', type: 'text/plain' },
    { body: 'comment=%E9', type: 'application/x-www-form-urlencoded; charset=ISO-8859-1' },
    { query: new URLSearchParams(good({ did: '390' })).toString().replaceAll('&', '&amp;') },
    {
      body: `p=1& ${new URLSearchParams(good({ did: '391' })).toString().replaceAll('&', '& & ')}`,
      type: 'application/x-www-form-urlencoded',
    },
    { body: JSON.stringify(good()), type: 'application/x-www-form-urlencoded' },
  ];

  test.each<[what: string, real: Partial<FixturesInput['settings']>]>([
    ['as the fixtures have it', {}],
    ['of an older server', { dialect: 'legacy', error_envelope: 'bare', response_type: 'attachment_html', next_did_id: 2_000_000 }],
  ])('%s', async (_, settings) => {
    const { path, cases, skipped } = await recorded(SESSION, { ...WORLD, settings: { ...WORLD.settings, ...settings } });
    expect({ cases: cases.length, skipped }).toEqual({ cases: SESSION.length, skipped: 0 });
    expect(await failedIn(path)).toEqual([]);
  });
});

describe('a case', () => {
  const sentBy = async (...requests: readonly RawRequest[]): Promise<Case['send']> => (await recorded(requests)).cases.at(-1)?.send;

  test.each<[what: string, request: RawRequest, sent: Case['send']]>([
    ['the parameters by their transport', form({ did: '371', comment: 'x' }), { by: 'form', params: { did: '371', comment: 'x' } }],
    ['nothing, where it is the good request', carried({ ...good({ did: '37060000100' }) }, 'query'), undefined],
    [
      'the key of a reseller',
      form({ u: 'reseller' }, RESELLER_KEY),
      { by: 'form', params: { u: 'reseller', did: '370' }, key: 'secret-5' },
    ],
    [
      'the recipe of the vendor’s example',
      { query: `u=old&provider_id=1&did=5&hash=${sha1(`1${KEY}`)}` },
      { params: { u: 'old', did: '5', hash: '{sha1:1secret}' } },
    ],
    ['a hash that no key explains', form({ did: '371' }, 'x'), { by: 'form', params: { did: '371', hash: 'wrong' } }],
    ['what was left out', { query: 'u=nobody' }, { params: { u: 'nobody', provider_id: null, did: null, hash: null } }],
    [
      'nothing of what the call does not know',
      { query: 'u=nobody&p=pass&session=abc&Did=1' },
      { params: { u: 'nobody', provider_id: null, did: null, hash: null } },
    ],
    ['repeated names', { query: 'u=nobody&did=1&did=%7Bu%7D' }, { query: 'u=nobody&did=1&did=%7Bu%7D' }],
    [
      'names in two places',
      { query: `u=admin&hash=${sha1(`15${KEY}`)}`, body: 'provider_id=1&did=5', type: 'application/x-www-form-urlencoded' },
      { query: 'u=admin&hash={sha1:15secret}', body: 'provider_id=1&did=5', type: 'application/x-www-form-urlencoded' },
    ],
    [
      'lists',
      { body: 'u=nobody&did[a]=1&hash[]=abc', type: 'application/x-www-form-urlencoded' },
      { body: 'u=nobody&did%5B%5D=1&hash%5B%5D=', type: 'application/x-www-form-urlencoded' },
    ],
    [
      'numbers of JSON',
      {
        body: `{"u":"admin","provider_id":1,"did":37012345678901234567,"test":true,"hash":"${sha1(`137012345678901234567${KEY}`)}","comment":null,"x":[]}`,
        type: 'application/json',
      },
      {
        body: '{"u":"admin","provider_id":1,"did":37012345678901234567,"test":true,"hash":"{sha1:137012345678901234567secret}"}',
        type: 'application/json',
      },
    ],
    [
      'braces in JSON',
      { body: '{"u":"{did}","did":["x"]}', type: 'application/json' },
      { body: '{"u":"\\u007bdid}","did":[]}', type: 'application/json' },
    ],
    [
      'a charset that a server might look at',
      { body: 'u=nobody&did=1', type: 'application/x-www-form-urlencoded;charset="ISO-8859-1"' },
      { body: 'u=nobody&did=1', type: 'application/x-www-form-urlencoded; charset=ISO-8859-1' },
    ],
    [
      'no charset that says nothing',
      { body: 'u=nobody', type: 'application/x-www-form-urlencoded; charset=UTF-8' },
      { by: 'form', params: { u: 'nobody', provider_id: null, did: null, hash: null } },
    ],
    [
      'separators that servers read differently',
      { query: ';p=pass;u=nobody&amp;did=1;;', body: 'x=pass& provider_id=1&did=2', type: 'application/x-www-form-urlencoded' },
      { query: ';;u=nobody&;did=1', body: '& provider_id=1&did=2', type: 'application/x-www-form-urlencoded' },
    ],
    [
      'separators of the query next to JSON',
      { query: 'u=nobody;did=1', body: '{"provider_id":"1","did":2}', type: 'application/json' },
      { query: 'u=nobody;did=1', body: '{"provider_id":"1","did":2}', type: 'application/json' },
    ],
    [
      'a body that is not read, with nothing of it',
      { query: 'u=nobody&did=1', body: '{"p":"pass"}', type: 'text/plain; charset=ISO-8859-1' },
      { query: 'u=nobody&did=1', body: 'x', type: 'text/plain' },
    ],
  ])('has %s', async (_, request, sent) => {
    expect(await sentBy(request)).toEqual(sent);
  });

  test('a file in a multipart body stays one, without its bytes', async () => {
    const body =
      '--b\r\nContent-Disposition: form-data; name="u"\r\n\r\nadmin\r\n--b\r\nContent-Disposition: form-data; name="did"; filename="secret.txt"\r\n\r\nbytes\r\n--b--\r\n';
    const { path, cases } = await recorded([{ body, type: 'multipart/form-data; boundary=b' }]);
    expect(cases[0]?.send?.body).toMatch(/name="did"; filename="file"\r\n\r\n\r\n/);
    expect(await failedIn(path)).toEqual([]);
  });

  test('says what was there before, where that matters', async () => {
    const { cases } = await recorded([form(), form({ u: 'accountant' }), form({ did: '37060000001' })]);
    expect(cases.map(({ given, expect: { success, error } }) => ({ given, success, error }))).toEqual([
      { success: { id: 1_000_002 } },
      { given: { dids: [{ did: '370', provider_id: 1 }] }, error: 'DID already exists' },
      { error: 'DID already exists' },
    ]);
  });

  test('has the number itself, where the world has too many to be written down', async () => {
    const dids = [...WORLD.dids, ...Array.from({ length: 1000 }, (_, i) => ({ did: String(5_000_000 + i), provider_id: 1 }))];
    const big = { ...WORLD, dids };
    const { path, cases } = await recorded([form({ did: '5000007' }), form({ did: '37061000005' }), form(), form()], big, big);
    expect(recordedTable(path).world.dids).toEqual([]);
    expect(cases.map(({ given, expect: { success, error } }) => ({ given, success, error }))).toEqual([
      { given: { dids: [{ did: '5000007', provider_id: 1 }] }, error: 'DID already exists' },
      { given: { dids: [{ did: '37061000005', provider_id: 1 }] }, error: 'DID already exists' },
      { given: { settings: { next_did_id: 1_001_002 } }, success: { id: 1_001_002 } },
      { given: { dids: [{ did: '370', provider_id: 1 }] }, error: 'DID already exists' },
    ]);
    expect(await failedIn(path)).toEqual([]);
  });

  test('says that no id was left', async () => {
    const world = { ...WORLD, settings: { ...WORLD.settings, next_did_id: 2_147_483_647 } };
    const { path, cases } = await recorded([form(), form({ did: '371' }), form()], world, world);
    expect(cases.map(({ given, expect: { success, error } }) => ({ given, success, error }))).toEqual([
      { given: { settings: { next_did_id: 2_147_483_647 } }, success: { id: 2_147_483_647 } },
      { given: { settings: { next_did_id: 2_147_483_648 } }, error: 'DID creation failed' },
      { given: { settings: { next_did_id: 2_147_483_648 }, dids: [{ did: '370', provider_id: 1 }] }, error: 'DID already exists' },
    ]);
    expect(await failedIn(path)).toEqual([]);
  });

  test('has a title that says what happened, and a number', async () => {
    const { cases } = await recorded([form(), form({ u: 'no\u001bbody' })]);
    expect(cases.map(({ title }) => title)).toEqual([
      '1: POST did_create "370" by "admin" -> DID created',
      String.raw`2: POST did_create "370" by "no\u001bbody" (U+001B escape at character 3) -> Access Denied`,
    ]);
  });
});

describe('where the mock says something else', () => {
  test('a case expects what the real server answered, and fails against the fixtures as they are', async () => {
    const real = { ...WORLD, settings: { ...WORLD.settings, allow_get_api: true } };
    const { path, cases } = await recorded([{ method: 'GET', ...carried(good(), 'query') }, form()], real);
    expect(cases.map(({ title }) => title)).toEqual([
      '1: GET did_create "370" by "admin" -> DID created (the mock: GET Requests are disabled)',
      '2: POST did_create "370" by "admin" -> DID already exists',
    ]);
    expect(await failedIn(path)).toEqual([cases[0]?.title]);
  });

  test.each<[what: string, real: FixturesInput, did: string, given: Case['given']]>([
    [
      'a number that only the real server has',
      { ...WORLD, dids: [{ did: '370', provider_id: 1 }] },
      '370',
      { dids: [{ did: '370', provider_id: 1 }] },
    ],
    [
      'a number that the real server no longer has',
      { ...WORLD, dids: [], settings: { ...WORLD.settings, next_did_id: 7 } },
      '37060000001',
      { settings: { next_did_id: 7 }, dids: null },
    ],
  ])('%s is reported by the case, so that it holds', async (_, real, did, given) => {
    const { path, cases } = await recorded([form({ did })], real);
    expect(cases[0]?.given).toEqual(given);
    expect(await failedIn(path)).toEqual([]);
  });

  test('an id that the fixtures give to another DID is any id', async () => {
    const { path, cases } = await recorded([form()], { ...WORLD, dids: [] });
    expect(cases[0]?.expect).toEqual({ success: true });
    expect(await failedIn(path)).toEqual([]);
  });

  test.each([
    ['a refusal of the real server’s own', 403, 'no', { plain: true }],
    ['a text we do not know', 200, errorXml('Fatal'), { error: 'Fatal' }],
  ])('%s is expected', async (_, status, body, expected) => {
    const { url: target } = await realServer((_request, response) => {
      response.writeHead(status);
      response.end(body);
    });
    const path = join(ownFolder(), 'record.yaml');
    const { url, shadow } = await shadowed(target, WORLD, { record: path });
    await sendTo(url, form());
    await shadow.settled();
    expect(recordedTable(path).cases['recorded']?.[0]?.expect).toEqual(expected);
  });
});

describe('what is not recorded', () => {
  test.each<[what: string, request: RawRequest, status: number, why: string]>([
    ['an answer that a case has no words for', form(), 500, 'a case has no words for what the server answered'],
    ['a method of another kind', { ...form(), method: 'OPTIONS' }, 400, 'the request cannot be written down'],
    ['a path with a hash in it', { path: `/billing/api/${'ab'.repeat(20)}`, query: '' }, 200, 'the request cannot be written down'],
    [
      'blanks without end',
      { body: `u=nobody&${' '.repeat(101)}did=1`, type: 'application/x-www-form-urlencoded' },
      200,
      'the request cannot be written down',
    ],
    [
      'a body that is not read, next to nothing the call knows',
      { query: 'x=1', body: 'x', type: 'text/plain' },
      200,
      'the request cannot be written down',
    ],
    [
      'a charset that no header has',
      { body: 'u=nobody', type: `application/x-www-form-urlencoded; charset="${'x'.repeat(41)}"` },
      200,
      'the request cannot be written down',
    ],
    ['a number that is a key', form({ did: '12345678' }, '12345678'), 200, 'without its secrets it would come to something else'],
  ])('%s is reported, and counted', async (_, request, status, why) => {
    const { url: target } = await realServer((_request, response) => {
      if (status === 200) answerXml(response, errorXml('There is no such API'));
      else response.writeHead(status).end();
    });
    const path = join(ownFolder(), 'record.yaml');
    const world = { ...WORLD, settings: { api_secret_key: '12345678' } };
    const { url, shadow, entries } = await shadowed(target, world, { record: path });
    await sendTo(url, request);
    await shadow.settled();
    expect(shadow.counts).toMatchObject({ requests: 1, recorded: 0, skipped: 1 });
    expect(entries.at(-1)?.message).toContain(`request 1 is not recorded: ${why}`);
    expect(existsSync(path)).toBe(false);
  });

  test('what was not judged', async () => {
    const { url: target } = await realServer((_request, response) => response.writeHead(503).end());
    const path = join(ownFolder(), 'record.yaml');
    const { url, shadow } = await shadowed(target, WORLD, { record: path });
    await sendTo(url, form());
    await shadow.settled();
    expect(shadow.counts).toMatchObject({ notJudged: 1, recorded: 0, skipped: 0 });
  });
});

test('what waits to be written is bounded: the rest is dropped, reported and counted', async () => {
  const path = join(ownFolder(), 'record.yaml');
  const world = fixturesFromObject(WORLD);
  const store = new StateStore(new FixtureState(world));
  const skipped: string[] = [];
  const recorder = new Recorder(path, store.toFixtureData(), new Secrets(store), 1_000_000, {
    skip: (_, why) => skipped.push(why),
    failure: (why) => skipped.push(why),
  });
  const asked = await readAsked(
    {
      method: 'POST',
      path: '/billing/api/did_create',
      call: 'did_create',
      query: 'u=nobody',
      body: Buffer.alloc(0),
      contentType: undefined,
      contentEncoding: undefined,
      headerSecrets: [],
    },
    1_000_000,
  );
  const body = errorXml('Access Denied').replace('\n', '\n'.repeat(4_000_000));
  const real = parseRealAnswer(
    { status: 200, type: 'text/xml', disposition: undefined, encoding: undefined, body: Buffer.from(body) },
    5_000_000,
  );
  if (typeof real === 'string') throw new Error(real);
  const judge = new Judge(store);
  for (let id = 1; id <= 20; id++) for (const judgement of judge.answer({ id, asked, real, durationMs: 1 })) recorder.record(judgement);
  await recorder.close();
  const { recorded } = recorder.counts;
  expect(recorded).toBeGreaterThanOrEqual(2);
  expect(recorded).toBeLessThanOrEqual(5);
  expect(skipped).toEqual(Array.from({ length: 20 - recorded }, () => 'too many wait to be written'));
  expect(recorder.counts.skipped).toBe(20 - recorded);
  expect(recordedTable(path).cases['recorded']).toHaveLength(recorded);
});

describe('a file that is there', () => {
  const requests = (did: string): readonly RawRequest[] => [form({ did })];

  async function into(path: string, fixtures: FixturesInput = WORLD, did = '370'): Promise<void> {
    const { url, shadow } = await shadowed((await realMock(fixtures)).url, fixtures, { record: path });
    for (const request of requests(did)) await sendTo(url, request);
    await shadow.close();
  }

  test('is added to, whatever a crash left at its end', async () => {
    const path = join(ownFolder(), 'record.yaml');
    await into(path);
    for (const rest of ['    # { title: "half a ca', '    #', '  ', '']) {
      writeFileSync(path, readFileSync(path, 'utf8') + rest);
      await into(path, WORLD, `39${String(rest.length)}`);
    }
    expect(recordedTable(path).cases['recorded']?.map(({ title }) => title.split(':')[0])).toEqual(['1', '2', '3', '4', '5']);
    expect(await failedIn(path)).toEqual([]);
  });

  test('goes on with the numbers, though a case was taken out by hand', async () => {
    const path = join(ownFolder(), 'record.yaml');
    for (const did of ['371', '372', '373']) await into(path, WORLD, did);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^ {4}- .*"2: .*\n/m, ''));
    await into(path, WORLD, '373');
    expect(recordedTable(path).cases['recorded']?.map(({ title }) => title.split(':')[0])).toEqual(['1', '3', '4']);
  });

  test('may be read by its owner alone', async () => {
    const path = join(ownFolder(), 'record.yaml');
    await into(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each<[what: string, write: (path: string) => Promise<void>]>([
    ['of other fixtures', (path) => into(path, { ...WORLD, settings: { api_secret_key: KEY, allow_get_api: true } })],
    [
      'of something else',
      (path) => {
        writeFileSync(path, 'users: []\n');
        return Promise.resolve();
      },
    ],
    [
      'that somebody wrote into',
      async (path) => {
        await into(path);
        writeFileSync(path, `${readFileSync(path, 'utf8')}other: {}\n`);
      },
    ],
  ])('%s is refused, and stays as it is', async (_, write) => {
    const path = join(ownFolder(), 'record.yaml');
    await write(path);
    const before = readFileSync(path, 'utf8');
    await expect(shadowed('http://127.0.0.1:9', WORLD, { record: path })).rejects.toThrow(
      /^--record: .* was not recorded from these fixtures/,
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test.each([
    ['a folder that is not there', 'nowhere/record.yaml'],
    ['a folder', '.'],
  ])('%s is refused', async (_, name) => {
    await expect(shadowed('http://127.0.0.1:9', WORLD, { record: join(ownFolder(), name) })).rejects.toThrow(/^--record: /);
  });
});
