/** Which rule fires, how often, and what is refused. */
import Ajv from 'ajv/dist/2020.js';
import request from 'supertest';
import { faultViews } from '../../src/control/fault-control.ts';
import { validateFaultRule } from '../../src/loader/validate-fault-rule.ts';
import { createMockMor, MockMorError, type FaultInput, type FaultView, type MockMor } from '../../src/index.ts';
import { Faults } from '../../src/world/faults.ts';
import { send } from '../support/send.ts';
import { signed } from '../../src/contract/signed.ts';
import { PARAM_NAMES } from '../support/call-names.ts';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

const admin = (): ReturnType<typeof request> => request(mor.handler);

/** What MOR says to requests for the numbers 1, 2, 3 …: `ok`, or the error's text. */
async function answers(count: number): Promise<readonly string[]> {
  const said: string[] = [];
  for (let did = 1; did <= count; did++) said.push(await answerTo({ u: 'admin', provider_id: '1', did: String(did) }));
  return said;
}

async function answerTo(params: Readonly<Record<string, string>>, path?: string): Promise<string> {
  const { body } = await send(mor, { path, query: new URLSearchParams(signed(params)).toString() });
  return /<error>(.*)<\/error>/.exec(body)?.[1] ?? (body.includes('<success>') ? 'ok' : body);
}

const A = 'DID creation failed';
const B = 'Incorrect hash';

describe('which rule fires', () => {
  it.each<[title: string, rules: readonly FaultInput[], said: readonly string[], left: readonly unknown[]]>([
    ['once by default', [{ error: A }], [A, 'ok', 'ok'], [0]],
    ['so many times', [{ error: A, times: 2 }], [A, A, 'ok'], [0]],
    ['more often than there are requests', [{ error: A, times: 9 }], [A, A, A], [6]],
    ['always', [{ error: A, times: 'always' }], [A, A, A], ['always']],
    ['after so many', [{ error: A, after: 2 }], ['ok', 'ok', A, 'ok'], [0]],
    ['after so many, so many times', [{ error: A, after: 1, times: 2 }], ['ok', A, A, 'ok'], [0]],
    ['the first added goes before', [{ error: A }, { error: B }], [A, B, 'ok'], [0, 0]],
    [
      'one that waits lets a later one fire',
      [
        { error: A, after: 1 },
        { error: B, times: 3 },
      ],
      [B, A, B, B, 'ok'],
      [0, 0],
    ],
    [
      'requests an earlier one hit count for a later one',
      [
        { error: A, times: 2 },
        { error: B, after: 2 },
      ],
      [A, A, B, 'ok'],
      [0, 0],
    ],
    ['only at what matches', [{ match: { did: '2' }, error: A }], ['ok', A, 'ok'], [0]],
    ['what does not match is not counted', [{ match: { did: '2' }, after: 1, error: A }], ['ok', 'ok', 'ok'], [1]],
  ])('%s', async (_title, rules, said, left) => {
    for (const rule of rules) mor.addFault(rule);
    expect(await answers(said.length)).toEqual(said);
    expect(mor.faults().map((fault) => fault.left)).toEqual(left);
  });
});

describe('match', () => {
  const sent = { u: 'admin', provider_id: '1', did: ' 37060000123 ' };

  it.each<[match: FaultInput['match'], isHit: boolean]>([
    [{}, true],
    [{ u: 'admin' }, true],
    [{ u: 'Admin' }, false],
    [{ did: '37060000123' }, true],
    [{ did: '3706000012' }, false],
    [{ did: '' }, false],
    [{ provider_id: '1' }, true],
    [{ provider_id: 1 }, true],
    [{ provider_id: '01' }, false],
    [{ call: 'did_create' }, true],
    [{ call: 'did_delete' }, false],
    [{ u: 'admin', did: '37060000123', provider_id: '1', call: 'did_create' }, true],
    [{ u: 'nobody', did: '37060000123' }, false],
  ])('%j: %s', async (match, isHit) => {
    mor.addFault({ match, error: A });
    expect(await answerTo(sent)).toBe(isHit ? A : 'ok');
  });

  it('a call that MOR does not have', async () => {
    mor.addFault({ match: { call: 'did_rename' }, error: A });
    expect(await answerTo(sent)).toBe('ok');
    expect(await answerTo(sent, '/billing/api/did_rename')).toBe(A);
    expect(await answerTo(sent, '/api/did_rename')).toBe('There is no such API');
  });

  it('a value that is not a string, and one that is not there, match nothing', async () => {
    mor.addFault({ match: { did: '' }, error: A });
    await send(mor, { query: 'did[]=1' });
    await send(mor, {});
    expect(mor.faults()).toMatchObject([{ fired: 0 }]);
    await send(mor, { query: 'did=%20' });
    expect(mor.faults()).toMatchObject([{ fired: 1 }]);
  });

  it('of a parameter sent twice the one that takes part counts', async () => {
    mor.addFault({ match: { u: 'b' }, error: A });
    expect((await send(mor, { query: 'u=b&u=a' })).body).not.toContain(A);
    expect((await send(mor, { query: 'u=a&u=b' })).body).toContain(A);
  });

  it('admin requests and requests that reach no call are never hit', async () => {
    mor.addFault({ connection: 'reset', times: 'always' });
    expect((await admin().get('/__admin/faults')).status).toBe(200);
    expect((await admin().get('/')).status).toBe(200);
    expect((await admin().put('/billing/api/did_create')).status).toBe(405);
    expect((await send(mor, { query: 'did=%ff' })).status).toBe(400);
    expect(mor.faults()).toMatchObject([{ fired: 0 }]);
  });
});

describe('the admin API', () => {
  const rule = { match: { did: '5' }, after: 1, connection: 'reset' };
  const view = {
    id: 1,
    match: { did: '5' },
    times: 1,
    after: 1,
    phase: 'before',
    connection: 'reset',
    passed: 0,
    fired: 0,
    hits: [],
    left: 1,
  };

  it('adds, shows, deletes one and clears', async () => {
    const added = await admin().post('/__admin/faults').send(rule);
    expect([added.status, added.body]).toEqual([201, view]);
    await admin().post('/__admin/faults').send({ error: A });
    expect((await admin().get('/__admin/faults')).body).toMatchObject({ faults: [view, { id: 2, error: A }] });
    expect((await admin().get('/__admin/faults/1')).body).toEqual(view);
    expect((await admin().delete('/__admin/faults/1')).body).toEqual(view);
    expect((await admin().get('/__admin/faults/1')).status).toBe(404);
    expect((await admin().delete('/__admin/faults/1')).status).toBe(404);
    const cleared = await admin().delete('/__admin/faults');
    expect([cleared.status, cleared.body]).toEqual([200, { faults: [] }]);
    expect(mor.addFault({ error: A }).id).toBe(3);
  });

  it('tells which requests were hit', async () => {
    await answers(1);
    mor.addFault({ error: A, after: 1, times: 2 });
    await answers(5);
    expect(mor.faults()).toMatchObject([{ passed: 1, fired: 2, hits: [3, 4], left: 0 }]);
    expect(mor.requests().requests.map(({ fault }) => fault)).toEqual([
      null,
      null,
      `fault 1: error ${A}`,
      `fault 1: error ${A}`,
      null,
      null,
    ]);
  });

  it('a view does not change with the rule', async () => {
    mor.addFault({ error: A });
    const [before] = mor.faults();
    await answers(1);
    expect(before).toMatchObject({ fired: 0, hits: [] });
  });

  it('takes YAML too', async () => {
    const { status, body } = await admin().post('/__admin/faults').type('application/yaml').send('http: { status: 503 }\ntimes: always\n');
    expect([status, body]).toMatchObject([201, { http: { status: 503 }, times: 'always' }]);
  });

  it.each([
    [{ error: A }, true],
    [{ http: { status: 503, headers: { 'Retry-After': '2' } }, times: 'always', match: { provider_id: 1 } }, true],
    [{ connection: 'drip', drip_ms: 5, phase: 'after' }, true],
    [{}, false],
    [{ error: A, delay_ms: 5 }, false],
    [{ error: 'No such error' }, false],
    [{ error: A, chance: 0.5 }, false],
    [{ error: A, times: 0 }, false],
  ])('%j: OpenAPI says what is taken: %s', async (input, isValid) => {
    const { body } = await admin().get('/__admin/openapi.json');
    const schema = body.paths['/__admin/faults'].post.requestBody.content['application/json'].schema as object;
    expect(new Ajv({ strict: false }).validate(schema, input)).toBe(isValid);
    expect((await admin().post('/__admin/faults').send(input)).status).toBe(isValid ? 201 : 422);
  });

  it('keeps the numbers of the newest hits only', () => {
    const faults = new Faults();
    faults.add(validateFaultRule({ error: A, times: 'always' }));
    for (let number = 1; number <= 1003; number++) faults.fire('did_create', new Map(), number);
    const [{ fired, hits }] = faultViews(faults) as [FaultView];
    expect([fired, hits.length, hits[0], hits.at(-1)]).toEqual([1003, 1000, 4, 1003]);
  });
});

describe('reset', () => {
  it('takes the rules away, says how many, and counts ids again', () => {
    mor.addFault({ error: A });
    mor.addFault({ error: B });
    expect(mor.reset()).toMatchObject({ reset: ['state', 'requests', 'faults', 'settings'], faults_dropped: 2 });
    expect(mor.faults()).toEqual([]);
    expect(mor.addFault({ error: A }).id).toBe(1);
  });

  it('of another part leaves them', async () => {
    mor.addFault({ error: A, times: 2 });
    await answers(1);
    expect(mor.reset(['state', 'requests', 'settings'])).toMatchObject({ faults_dropped: 0 });
    expect(mor.faults()).toMatchObject([{ left: 1 }]);
    const { body } = await admin().post('/__admin/reset?scope=faults');
    expect(body).toMatchObject({ reset: ['faults'], faults_dropped: 1, added_dids_dropped: 0 });
  });
});

describe('a bad rule is refused with what is allowed, and nothing changes', () => {
  const ONE_EFFECT = 'must have exactly one of error, delay_ms, connection, http, content_type; it has ';

  it.each<[rule: unknown, faults: readonly string[]]>([
    [{}, [`${ONE_EFFECT}none.`]],
    [[], ['must be a map, not a list.']],
    [{ error: A, delay_ms: 5 }, [`${ONE_EFFECT}error and delay_ms.`]],
    [
      { eror: A },
      [
        'unknown key "eror". Allowed: match, times, after, phase, error, delay_ms, connection, drip_ms, http, content_type. Did you mean "error"?',
        `${ONE_EFFECT}none.`,
      ],
    ],
    [
      { error: A, match: { nickname: 'x' } },
      [`match: unknown key "nickname". Allowed: u, did, call, ${PARAM_NAMES.filter((name) => name !== 'did').join(', ')}.`],
    ],
    [{ error: A, match: { did: 5 } }, ['match.did: must be text, not the number 5. Write it in quotes, so that every digit stays.']],
    [
      { error: A, match: { provider_id: 1.5 } },
      ['match.provider_id: must be text, or a whole number of at least 0 in plain digits, not the number 1.5.'],
    ],
    [{ error: A, phase: 'later' }, ['phase: must be one of before, after, not the text "later".']],
    [
      { connection: 'resett' },
      ['connection: must be one of reset, empty, truncated, hang, drip, not the text "resett". Did you mean "reset"?'],
    ],
    [{ error: A, times: 0 }, ['times: must be at least 1, not the number 0.']],
    [{ error: A, times: 'ever' }, ['times: must be a whole number of at least 1 in plain digits, or "always", not the text "ever".']],
    [{ error: A, after: -1 }, ['after: must be at least 0, not the number -1.']],
    [{ delay_ms: 0 }, ['delay_ms: must be at least 1, not the number 0.']],
    [{ delay_ms: 600_001 }, ['delay_ms: must be at most 600000, not the number 600001.']],
    [{ connection: 'hang', drip_ms: 5 }, ['drip_ms: is only for connection: drip.']],
    [{ http: {} }, ['http.status: is missing; it must be a whole number of at least 200 in plain digits.']],
    [{ http: { status: 100 } }, ['http.status: must be at least 200, not the number 100.']],
    [{ http: { status: 204 } }, ['http.status: must be of an answer that has a body, not the number 204.']],
    [{ http: { status: 503, headers: { 'a b': 'x' } } }, ['http.headers: the key "a b" must be the name of a header.']],
    [
      { http: { status: 503, headers: { 'Content-Length': '5' } } },
      ['http.headers: the key "Content-Length" must not be a header that says where the answer ends.'],
    ],
    [
      { http: { status: 503, headers: { 'X-A': 'a\r\nb' } } },
      [
        'http.headers.X-A: must be text that a header can hold, not the text "a\\r\\nb" (U+000D carriage return at character 2; U+000A line feed at character 3).',
      ],
    ],
    [{ content_type: '' }, ['content_type: must not be empty.']],
  ])('%j', async (rule, faults) => {
    expect(faultsOf(() => mor.addFault(rule as FaultInput))).toEqual(faults);
    // A text is read digit for digit, so a number in it is as good as the text of its digits.
    if (!isNumberForText(rule)) {
      const { status, body } = (await admin()
        .post('/__admin/faults')
        .send(rule as object)) as { status: number; body: { code: string; issues: { path: string }[] } };
      expect([status, body.code, body.issues.length]).toEqual([422, 'RECORD_INVALID', faults.length]);
    }
    expect(mor.faults()).toEqual([]);
  });

  it('an error that MOR does not have: all that it has are listed', () => {
    expect(() => mor.addFault({ error: 'Incorect hash' as never })).toThrow(
      /error: must be one of API Requests are disabled, apiDisabled, .*There is no such API, noSuchApi, not the text "Incorect hash"\. Did you mean "Incorrect hash"\?/,
    );
  });

  it('a rule that was given cannot be changed from outside', async () => {
    const match = { did: '1' };
    mor.addFault({ match, error: A });
    match.did = '2';
    expect(await answers(2)).toEqual([A, 'ok']);
  });
});

function faultsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof MockMorError) return error.issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    throw error;
  }
  return [];
}

function isNumberForText(rule: unknown): boolean {
  const { match = {} } = rule as { match?: { did?: unknown; provider_id?: unknown } };
  return typeof (match.did ?? match.provider_id) === 'number';
}
