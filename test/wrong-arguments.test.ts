/** Arguments of a wrong kind, and typos in filters: each is refused with a sentence that says what to do. */
import { callHash, createMockMor, type MockMor } from '../src/index.ts';
import { assertAnswered, assertDid, assertCreatedDid } from '../src/testing.ts';
import { CALL_NAMES, OUTCOMES } from '../src/world/known-words.ts';

let mor: MockMor;

beforeAll(async () => {
  mor = await createMockMor();
});

/** Takes what JavaScript lets pass. */
type Loose = Record<string, (...args: unknown[]) => unknown>;

/** What a mistake is answered with. */
async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    const { code, name, message } = error as Error & { code?: string };
    return `${code ?? name}: ${message}`;
  }
  return 'nothing';
}

const ANSWERS = `It answers: ${OUTCOMES.join(', ')}.`;
const FILTER = "the filters must be an object, such as { call: 'did_create' }; mor.request(1) is one request by its id";
const DID_FILTER = "the filters must be an object, such as { did: '37060000001' }; mor.did(1) is one DID by its id";
const DID_ID = "write mor.did(1), or mor.didNumbered('37060000001') for a number";
const DID_ROW = "RECORD_INVALID: a DID is an object, such as { did: '37060000001', provider_id: 1 }, or YAML text of this shape; it is";
const NO_CALL =
  'there is no call "did_clos". Did you mean "did_close"? Requests of calls that MOR does not have are those with the outcome "There is no such API".';

describe('typos in filters', () => {
  it.each<[filter: object, message: string]>([
    [{ outcome: 'Incorect hash' }, `MOR never answers "Incorect hash". Did you mean "Incorrect hash"? ${ANSWERS}`],
    [{ outcome: 'something else' }, `MOR never answers "something else". ${ANSWERS}`],
    [{ outcome: "Don't be so smart" }, `"Don't be so smart" is a text of older servers. The journal has the current one: "Access Denied".`],
    [{ call: 'did_clos' }, NO_CALL],
    [{ state: 'complete' }, 'the filter state must be one of pending, completed, aborted. Did you mean "completed"?'],
    [
      { fault: 'rest' },
      'the filter fault must be one of error, delay_ms, connection, http, content_type, reset, empty, truncated, hang, drip. Did you mean "reset"?',
    ],
    [{ outcom: 'x' }, 'unknown filter "outcom". Did you mean "outcome"? Allowed: u, did, params, outcome, call, state, fault, since.'],
  ])('%j', async (filter, message) => {
    expect(await messageOf(() => mor.requests(filter))).toBe(`OPTION_INVALID: ${message}`);
    expect(await messageOf(() => mor.waitForRequests(filter))).toBe(`OPTION_INVALID: ${message}`);
  });

  it('a status', async () => {
    const message = 'OPTION_INVALID: the filter status must be one of free, reserved, active, closed, terminated. Did you mean "active"?';
    expect(await messageOf(() => mor.dids({ status: 'actve' as never }))).toBe(message);
    expect(await messageOf(() => mor.countDids({ status: 'actve' as never }))).toBe(message);
  });

  it.each<[query: string, detail: string]>([
    ['requests?outcome=Incorect%20hash', `outcome: MOR never answers "Incorect hash". Did you mean "Incorrect hash"? ${ANSWERS}`],
    ['requests?call=did_clos', `call: ${NO_CALL}`],
    ['requests?state=complete', 'state: must be one of pending, completed, aborted. Did you mean "completed"?'],
    [
      'requests?fault=rest',
      'fault: must be one of error, delay_ms, connection, http, content_type, reset, empty, truncated, hang, drip. Did you mean "reset"?',
    ],
    ['dids?status=actve', 'status: must be one of free, reserved, active, closed, terminated. Did you mean "active"?'],
  ])('over HTTP: %s', async (query, detail) => {
    const response = await mor.fetch(`/__admin/${query}`);
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 'QUERY_INVALID', detail })]);
  });

  it.each(CALL_NAMES.map((name) => [name]))('no call of MOR is a typo: %s', (call) => {
    expect(mor.requests({ call }).requests).toEqual([]);
  });

  it('a call that is not imitated is none either, though it is not far from one, nor is what a fault did', () => {
    for (const call of ['user_details_get', 'did_update', 'did_rename']) expect(mor.requests({ call }).requests).toEqual([]);
    expect(mor.requests({ outcome: 'fault 1: connection hang' }).requests).toEqual([]);
  });

  it('in the rule of a fault, in the library and over HTTP', async () => {
    const rule = { connection: 'reset', match: { call: 'did_clos' } } as const;
    expect(await messageOf(() => mor.addFault(rule))).toBe(
      `RECORD_INVALID: The fault rule is not valid (1 issue):\n  match.call: ${NO_CALL}`,
    );
    const response = await mor.fetch('/__admin/faults', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rule),
    });
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({ issues: [expect.objectContaining({ path: 'match.call', message: NO_CALL })] }),
    ]);
    mor.addFault({ connection: 'reset', match: { call: 'user_details_get' } });
    mor.clearFaults();
  });

  it('in an expectation, even of what is not there', async () => {
    const fields = { devce_id: 1 } as never;
    const message = /^OPTION_INVALID: unknown field of a DID "devce_id"\. Did you mean "device_id"\? Allowed: id, did, provider_id, /;
    expect(await messageOf(() => assertDid(mor, '5', fields))).toMatch(message);
    expect(await messageOf(() => assertCreatedDid(mor, '5', fields))).toMatch(message);
    expect(await messageOf(() => assertAnswered(mor, 'fault 1: connection hang'))).toBe(
      'OPTION_INVALID: "fault 1: connection hang" is a fault, not an answer of MOR',
    );
  });
});

describe('the filter by fault', () => {
  const send = async (did: string): Promise<unknown> =>
    mor.fetch(`/billing/api/did_create?did=${did}`, { method: 'POST' }).then(
      (response) => response.text(),
      () => undefined,
    );

  it.each<[rule: object, kinds: readonly string[]]>([
    [{ error: 'Access Denied' }, ['error']],
    [{ delay_ms: 1 }, ['delay_ms']],
    [{ connection: 'reset' }, ['connection', 'reset']],
    [{ connection: 'drip', drip_ms: 1 }, ['connection', 'drip']],
    [{ http: { status: 503 } }, ['http']],
    [{ content_type: 'text/html' }, ['content_type']],
  ])('%j', async (rule, kinds) => {
    mor.reset();
    mor.addFault(rule);
    await send('1');
    await send('2');
    const all = ['error', 'delay_ms', 'connection', 'http', 'content_type', 'reset', 'empty', 'truncated', 'hang', 'drip'] as const;
    expect(all.filter((fault) => mor.requests({ fault }).requests.length === 1)).toEqual(all.filter((kind) => kinds.includes(kind)));
    const listed = (await (await mor.fetch(`/__admin/requests?fault=${kinds[0] ?? ''}`)).json()) as { requests: { id: number }[] };
    expect(listed.requests.map(({ id }) => id)).toEqual([1]);
  });
});

describe('wrong kinds of arguments', () => {
  it.each<[options: unknown, message: string]>([
    ['./fixtures', "the options must be an object, such as createMockMor({ fixtures: './fixtures' })"],
    [8080, "the options must be an object, such as createMockMor({ fixtures: './fixtures' })"],
    [{ port: 8080 }, 'the option port is for listen: await mor.listen({ port: 8080 }); useMockMor listens on any free port'],
    [{ host: 'mor' }, "the option host is for listen: await mor.listen({ host: '0.0.0.0' })"],
    [{ watch: true }, 'the option watch is one of the command, mock-mor --watch; mor.reloadFixtures() reads the files again'],
    [{ coverageReport: 'x' }, 'the option coverageReport is one of the command; mor.coverage() has the same'],
    [
      { log: 'json' },
      'the option log must be a function, such as (entry) => console.error(entry.message); pretty, json and silent are for the command',
    ],
    ...['users:\n  - { id: 0 }\n', '{ users: [] }', 'users: []'].map((fixtures): [unknown, string] => [
      { fixtures },
      'the option fixtures is a path or an object, and this is YAML text: write it to a file, or call mor.replaceFixtures(text) on createMockMor({ fixtures: {} })',
    ]),
    [{ fixtures: ['./a.yaml'] }, 'the option fixtures is one path, not a list: of a folder all YAML files are read'],
  ])('createMockMor(%j)', async (options, message) => {
    expect(await messageOf(() => createMockMor(options as never))).toBe(`OPTION_INVALID: ${message}`);
  });

  it.each<[method: string, args: readonly unknown[], message: string]>([
    ['listen', [8080], 'OPTION_INVALID: the options must be an object, such as mor.listen({ port: 8080 })'],
    ['requests', [5], `OPTION_INVALID: ${FILTER}`],
    ['requests', ['did_create'], `OPTION_INVALID: ${FILTER}`],
    ['requests', [null], `OPTION_INVALID: ${FILTER}`],
    ['waitForRequests', [3], `OPTION_INVALID: ${FILTER}`],
    ['waitForRequests', [{}, 3], 'OPTION_INVALID: the options must be an object, such as { count: 2, timeoutMs: 1000 }'],
    ['dids', [5], `OPTION_INVALID: ${DID_FILTER}`],
    ['countDids', ['370'], `OPTION_INVALID: ${DID_FILTER}`],
    ['did', ['370'], `OPTION_INVALID: an id is a number, not the text "370": ${DID_ID}`],
    ['deleteDid', ['1'], `OPTION_INVALID: an id is a number, not the text "1": ${DID_ID}`],
    ['didNumbered', [370], 'OPTION_INVALID: a DID is text, for leading zeros matter: write it in quotes'],
    [
      'user',
      ['admin'],
      'OPTION_INVALID: an id is a number, not the text "admin": write mor.user(0); mor.users() lists them with their usernames',
    ],
    ['device', [], 'OPTION_INVALID: an id is a number, not undefined: write mor.device(1); mor.devices() lists them'],
    ['request', ['1'], 'OPTION_INVALID: an id is a number, not the text "1": write mor.request(1); mor.requests() lists them'],
    ['deleteRequest', ['1'], 'OPTION_INVALID: an id is a number, not the text "1": write mor.request(1); mor.requests() lists them'],
    ['fault', [{ id: 1 }], 'OPTION_INVALID: an id is a number, not an object: write mor.fault(1); mor.faults() lists them'],
    ['deleteFault', ['1'], 'OPTION_INVALID: an id is a number, not the text "1": write mor.fault(1); mor.faults() lists them'],
    ['createSandbox', ['a'], "RECORD_INVALID: a sandbox is created from an object with any of: name, from, such as { name: 'a' }"],
    ['putDid', ['37060000001'], `${DID_ROW} the text "37060000001"`],
    ['putDid', [37_060_000_001], `${DID_ROW} the number 37060000001`],
    ['putDid', [[]], 'RECORD_INVALID: The DID is not valid (1 issue):\n  must be a map, not a list.'],
    [
      'addFault',
      ['reset'],
      "RECORD_INVALID: a fault rule is an object, such as { connection: 'reset', phase: 'after' }, or YAML text of this shape; it is the text \"reset\"",
    ],
    [
      'patchSettings',
      [true],
      'RECORD_INVALID: a change of settings is an object, such as { allow_get_api: true }, or YAML text of this shape; it is the boolean true',
    ],
    ...['./fixtures', 'fixtures/users.yaml', 'C:\\mor\\fixtures'].map((path): [string, unknown[], string] => [
      'replaceFixtures',
      [path],
      `FIXTURE_INVALID: ${JSON.stringify(path)} is a path, and YAML text is expected: send what the file holds (curl --data-binary @FILE), or make the mock by createMockMor({ fixtures: PATH })`,
    ]),
    ['explain', ['u=admin'], 'OPTION_INVALID: the parameters of the call must be an object, such as { u, provider_id, did, hash }'],
    ['explain', [{}, 'did_close'], "OPTION_INVALID: the options must be an object, such as { call: 'did_close' }"],
    ['hash', [], "OPTION_INVALID: hash takes parameters as an object, such as mor.hash('did_close', { dids_id: 1 })"],
    ['hash', ['did_close'], "OPTION_INVALID: hash takes parameters as an object, such as mor.hash('did_close', { dids_id: 1 })"],
    [
      'hash',
      ['did_close', { dids_id: 1 }, 'http://mor'],
      "OPTION_INVALID: the options must be an object, such as { url: 'http://127.0.0.1:8080' }",
    ],
  ])('mor.%s(%j)', async (method, args, message) => {
    expect(await messageOf(() => (mor as unknown as Loose)[method]?.(...args))).toBe(message);
  });

  it('callHash', async () => {
    expect(await messageOf(() => callHash('did_close', { did_id: 1 }, 'k'))).toBe(
      'TypeError: unknown parameter "did_id". Did you mean "dids_id"? Allowed: u, dids_id, hash.',
    );
    expect(await messageOf(() => callHash('did_close', 1 as never, 'k'))).toBe(
      "TypeError: the parameters must be an object, such as callHash('did_close', { dids_id: 1 }, 'secret')",
    );
    expect(await messageOf(() => callHash('did_clos', {}, 'k'))).toMatch(
      /^TypeError: there is no call "did_clos"\. Did you mean "did_close"\?/,
    );
  });
});
