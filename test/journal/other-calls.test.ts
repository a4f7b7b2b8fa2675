/** The journal, the log and the metrics know no call by its name: here are two that MOR does not have. */
import type * as Calls from '../../src/mor/calls/index.ts';
import type * as CallerChecks from '../../src/mor/checks/caller.ts';
import type * as Definitions from '../../src/mor/define-call.ts';
import type * as Replies from '../../src/mor/reply.ts';
import { signParams } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';
import { createMockMor, type LogEntry, type MockMor, type RequestFilter } from '../../src/index.ts';
import { send } from '../support/send.ts';
import { PARAM_NAMES, SECRET_PARAMS } from '../support/call-names.ts';

jest.mock('../../src/mor/calls/index.ts', () => {
  const actual = jest.requireActual<typeof Calls>('../../src/mor/calls/index.ts');
  const { defineCall, HASH, U } = jest.requireActual<typeof Definitions>('../../src/mor/define-call.ts');
  const { CALLER_CHECKS } = jest.requireActual<typeof CallerChecks>('../../src/mor/checks/caller.ts');
  const { page, record, text } = jest.requireActual<typeof Replies>('../../src/mor/reply.ts');
  const define = (name: string, hashed: readonly string[]) =>
    defineCall({
      name,
      summary: 'does nothing',
      params: { u: U, ...Object.fromEntries([...hashed, 'state'].map((param) => [param, { description: 'a text' }])), hash: HASH },
      hashed,
      answer: record({ status: record({ success: text('Done') }) }),
      onPage: [],
      facts: () => ({}),
      checks: CALLER_CHECKS,
      result: () => ({ reply: page({ status: { success: 'Done' } }), changes: [] }),
    });
  const others = [define('line_close', ['reason', 'lines_id']), define('line_open', ['lines_id', 'pin'])];
  const findCall = (name: string) => others.find((call) => call.name === name) ?? actual.findCall(name);
  const decide: typeof actual.decide = (name, request, state) =>
    findCall(name)?.decide(request, state) ?? actual.decide(name, request, state);
  return { ...actual, CALLS: [...actual.CALLS, ...others], findCall, decide };
});

const entries: LogEntry[] = [];
let mor: MockMor;

beforeEach(async () => {
  entries.length = 0;
  mor = await createMockMor({ log: (entry) => entries.push(entry) });
});

const HASHED: Readonly<Record<string, readonly string[]>> = {
  did_create: ['provider_id', 'did'],
  line_close: ['reason', 'lines_id'],
  line_open: ['lines_id', 'pin'],
};

const call = (name: string, params: Readonly<Record<string, string>>) =>
  send(mor, { ...carried(signParams({ hashed: HASHED[name] ?? [] }, params), 'query'), path: `/billing/api/${name}` });

describe('a filter by parameters', () => {
  beforeEach(async () => {
    await call('line_close', { u: 'admin', reason: 'old', lines_id: '1', state: 'completed' });
    await call('line_close', { u: 'admin', reason: 'old', lines_id: '01' });
    await call('line_open', { u: 'nobody', lines_id: '1', pin: '1234' });
    await call('did_create', { u: 'admin', provider_id: '1', did: ' 5 ', comment: '' });
    await send(mor, { query: 'lines_id[]=1&u=admin&provider_id=1&provider_id=2' });
  });

  it.each<[query: string, filter: RequestFilter, ids: readonly number[]]>([
    ['param.lines_id=1', { params: { lines_id: 1 } }, [1, 3]],
    ['param.lines_id=01', { params: { lines_id: '01' } }, [2]],
    ['param.lines_id=1&call=line_close', { params: { lines_id: '1' }, call: 'line_close' }, [1]],
    ['param.lines_id=1&param.reason=old', { params: { lines_id: '1', reason: 'old' } }, [1]],
    ['param.lines_id=1&u=nobody', { params: { lines_id: '1' }, u: 'nobody' }, [3]],
    ['param.u=nobody', { params: { u: 'nobody', reason: undefined } }, [3]],
    ['param.state=completed', { params: { state: 'completed' } }, [1]],
    ['did=5', { did: '5' }, [4]],
    ['param.did=5', { params: { did: '5' } }, []],
    ['param.did=%205%20', { params: { did: ' 5 ' } }, [4]],
    ['param.provider_id=1', { params: { provider_id: 1 } }, [4]],
    ['param.provider_id=2', { params: { provider_id: 2 } }, [5]],
    ['param.comment=', { params: { comment: '' } }, [4]],
    ['state=completed', { params: {}, state: 'completed' }, [1, 2, 3, 4, 5]],
  ])('%s', async (query, filter, ids) => {
    expect(mor.requests(filter).requests.map(({ id }) => id)).toEqual(ids);
    const { status, body } = await send(mor, { method: 'GET', path: '/__admin/requests', query });
    expect([status, (JSON.parse(body) as { requests: { id: number }[] }).requests.map(({ id }) => id)]).toEqual([200, ids]);
    expect(await mor.waitForRequests(filter, { count: ids.length })).toMatchObject({ complete: true });
  });
});

const ALLOWED = [...new Set(['u', ...PARAM_NAMES.filter((name) => !SECRET_PARAMS.includes(name)), 'reason', 'lines_id', 'state'])];

it.each(['hash', 'pin', 'line_id', 'LINES_ID'])('no filter is by %s, which is secret or a parameter of no call', async (name) => {
  const meant = name.endsWith('_id') ? ' Did you mean "lines_id"?' : '';
  expect(() => mor.requests({ params: { [name]: '1' } })).toThrow(
    `unknown filter parameter "${name}".${meant} Allowed: ${ALLOWED.join(', ')}.`,
  );
  await expect(mor.waitForRequests({ params: { [name]: '1' } })).rejects.toThrow('unknown filter parameter');
  const { status, body } = await send(mor, { method: 'GET', path: '/__admin/requests', query: `param.${name}=1` });
  expect([status, body]).toEqual([400, expect.stringContaining(`unknown query parameter \\"param.${name}\\".`)]);
});

it.each([
  [null, 'the filter params must be an object, such as { provider_id: 1 }'],
  [['did'], 'the filter params must be an object, such as { provider_id: 1 }'],
  ['did', 'the filter params must be an object, such as { provider_id: 1 }'],
  [{ did: null }, 'the filter params.did must be a string or a whole number'],
  [{ did: 1.5 }, 'the filter params.did must be a string or a whole number'],
  [{ did: true }, 'the filter params.did must be a string or a whole number'],
])('params: %j is refused', (params, message) => {
  expect(() => mor.requests({ params } as unknown as RequestFilter)).toThrow(message);
});

describe('the log', () => {
  it.each<[name: string, params: Readonly<Record<string, string>>, fields: object, line: string]>([
    ['line_close', { u: 'admin', reason: 'old', lines_id: '1' }, { subject: 'lines_id=1' }, 'line_close "lines_id=1" by "admin": Done'],
    ['line_close', { u: 'admin', reason: 'old' }, { subject: undefined }, 'line_close by "admin": Done'],
    [
      'line_close',
      { u: 'admin', did: '5', lines_id: '1' },
      { did: '5', subject: 'lines_id=1' },
      'line_close "lines_id=1" by "admin": Done',
    ],
    ['line_open', { u: 'admin', lines_id: '1', pin: '1234' }, { subject: undefined }, 'line_open by "admin": Done'],
    ['did_create', { u: 'admin', provider_id: '1', did: '5' }, { did: '5', subject: undefined }, 'did_create "5" by "admin": DID created'],
    ['no_such', { u: 'admin', did: '5' }, { did: '5', subject: undefined }, 'no_such "5" by "admin": There is no such API'],
  ])('%s with %j', async (name, params, fields, line) => {
    await call(name, params);
    expect(entries).toEqual([
      {
        did: undefined,
        u: 'admin',
        caller_id: 0,
        call: name,
        ...FIELDS,
        ...fields,
        message: expect.stringContaining(`1 ${line} (`) as string,
      },
    ]);
  });

  it('names a long subject within its limit', async () => {
    await call('line_close', { u: 'admin', lines_id: 'x'.repeat(500) });
    expect(entries).toMatchObject([{ subject: `lines_id=${'x'.repeat(200)}…` }]);
    expect(entries[0]?.message).toContain(` "lines_id=${'x'.repeat(200)}…" by "admin": `);
  });

  it.each([
    ['a key', 'secret', '***'],
    ['a hash', '0123456789abcdef0123456789abcdef01234567', '***'],
    ['a key in digits', '4711', '***'],
    ['a password that was sent next to it', 'hunter2', '***'],
  ])('masks %s in a subject', async (_, lines_id, shown) => {
    mor.patchSettings({ api_secret_key: lines_id === '4711' ? '4711' : 'secret' });
    await send(mor, { path: '/billing/api/line_close', query: `u=admin&p=hunter2&lines_id=${lines_id}` });
    expect(entries).toMatchObject([{ subject: `lines_id=${shown}` }]);
    expect(JSON.stringify(entries)).not.toContain(lines_id);
  });
});

const FIELDS = {
  level: 'info',
  request_id: '1',
  sandbox: undefined,
  method: 'POST',
  outcome: expect.any(String) as string,
  fault: undefined,
  status: 200,
  duration_ms: expect.any(Number) as number,
};

it('metrics count each call by its name', async () => {
  await call('line_open', { u: 'admin', lines_id: '1', pin: '1' });
  expect(await mor.metrics()).toContain('mock_mor_requests_total{call="line_open",outcome="Done"} 1\n');
});
