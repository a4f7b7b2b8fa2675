import type { FixturesInput } from '../../../src/index.ts';
import { signParams } from '../../../src/contract/signed.ts';
import { explainDecision, type Trace } from '../../../src/explain/trace.ts';
import { didsGet } from '../../../src/mor/calls/dids-get.ts';
import type { Decision } from '../../../src/mor/define-call.ts';
import type { Did } from '../../../src/mor/model.ts';
import { NOT_TEXT, type ParamValue } from '../../../src/mor/params.ts';
import type { ReplyContent, ReplyList, ReplyRecord } from '../../../src/mor/reply.ts';
import type { MorState } from '../../../src/mor/state.ts';
import { makeDid } from '../../support/did-factory.ts';
import { createState } from '../../support/pure-call.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'ann', type: 'accountant', permissions: { manage_dids: 'none' } },
    { id: 5, username: 'bob', type: 'reseller', first_name: 'Bob' },
    { id: 9, username: 'user', type: 'user', owner_id: 5, last_name: 'Lee' },
  ],
  providers: [{ id: 1, name: 'Main' }],
  devices: [{ id: 105, user_id: 9, type: 'IAX2', username: 'phone' }],
  dids: [
    { id: 1, did: '371', provider_id: 1 },
    { id: 2, did: '372', provider_id: 1, reseller_id: 5, status: 'active', device_id: 105, call_limit: 2 },
  ],
};

const STATE = createState(WORLD);

type Values = Readonly<Record<string, ParamValue>>;

const decide = (params: Values, state: MorState = STATE): Decision =>
  didsGet.decide({ method: 'POST', params: new Map(Object.entries(params)) }, state);

const listBy = (u: string, filters: Readonly<Record<string, string>> = {}): Values => signParams(didsGet, { u, ...filters });

const trace = (params: Values, state?: MorState): Trace => explainDecision('dids_get', decide(params, state));

/** The records of a success, not read yet. */
function recordsIn({ result }: Decision): Iterable<ReplyContent> {
  if (result.error !== undefined) throw new Error(`refused: ${result.error}`);
  const { dids } = result.reply.content as ReplyRecord;
  const [element, items] = dids as ReplyList;
  expect([element, result.changes]).toEqual(['did', []]);
  return items;
}

test('a record has every element in its order; the owner alone is left out', () => {
  const records = [...recordsIn(decide(listBy('admin')))].map((record) => Object.entries(record as ReplyRecord));
  expect(records).toEqual([
    [
      ['did', '371'],
      ['provider', 'Main'],
      ['language', 'en'],
      ['status', 'Free'],
      ['reseller', ''],
      ['device', ''],
      ['dial_plan', ''],
      ['simultaneous_call_limit', 'Unlimited'],
      ['tone_zone', 'us'],
      ['id', '1'],
    ],
    [
      ['did', '372'],
      ['provider', 'Main'],
      ['language', 'en'],
      ['status', 'Active'],
      ['reseller', 'Bob'],
      ['owner', 'Lee'],
      ['device', 'IAX2/phone'],
      ['dial_plan', ''],
      ['simultaneous_call_limit', '2'],
      ['tone_zone', 'us'],
      ['id', '2'],
    ],
  ]);
});

describe('a list of a million', () => {
  const COUNT = 1_000_000;

  /** A state whose list counts what is read of it. */
  function countingState(): { readonly state: MorState; readonly reading: { dids: number } } {
    const reading = { dids: 0 };
    const listDids = (filter: (did: Did) => boolean = () => true): Iterable<Did> => ({
      *[Symbol.iterator]() {
        for (let id = 1; id <= COUNT; id++) {
          reading.dids += 1;
          const did = makeDid(String(id), id);
          if (filter(did)) yield did;
        }
      },
    });
    const state = new Proxy(STATE, {
      get: (target, name) => {
        const value: unknown = name === 'listDids' ? listDids : Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    return { state, reading };
  }

  test('deciding reads one DID, and each record one more', () => {
    const { state, reading } = countingState();
    const decision = decide(listBy('admin'), state);
    expect(reading.dids).toBe(1);
    const records = recordsIn(decision)[Symbol.iterator]();
    for (let i = 1; i <= 3; i++) {
      expect(records.next().value).toMatchObject({ id: String(i) });
      expect(reading.dids).toBe(1 + i);
    }
    records.return?.();
    expect(reading.dids).toBe(4);
  });

  test('a window ends behind its last record', () => {
    const { state, reading } = countingState();
    const decision = decide(listBy('admin', { from: '11', max_results: '5' }), state);
    expect(reading.dids).toBe(11);
    expect([...recordsIn(decision)]).toHaveLength(5);
    expect(reading.dids).toBe(11 + 16);
  });

  test('what is kept of a decision reads nothing more', () => {
    const { state, reading } = countingState();
    const { error, facts, steps, hashGuesses, notes } = decide(listBy('admin', { search_did_number: '7' }), state);
    const before = reading.dids;
    explainDecision('dids_get', { error, facts, steps, hashGuesses, notes });
    expect(reading.dids).toBe(before);
    expect(Object.values(facts ?? {}).filter((value) => typeof value === 'function')).toEqual([]);
  });
});

test.each<[params: Values, error: string]>([
  [listBy('admin', { search_did_number: '9' }), 'noDidsFound'],
  [listBy('admin', { from: '3' }), 'noDidsFound'],
  [listBy('ann'), 'didsNotManageable'],
  [listBy('user'), 'accessDenied'],
  [{ ...listBy('admin'), search_user: NOT_TEXT }, 'noDidsFound'],
  [{ u: 'admin' }, 'hashIncorrect'],
])('%p -> %s', (params, error) => {
  expect(decide(params).result).toEqual({ error });
});

test('a good call: every check in its order, all passed, nothing to fix', () => {
  const { steps, ...rest } = trace(listBy('admin', { search_status: 'active', max_results: '5' }));
  expect(rest).toStrictEqual({ call: 'dids_get', outcome: 'success' });
  expect(steps.slice(3).map(({ check, error, actual }) => [check, error, actual])).toEqual([
    ['the hash is the SHA-1 of the secret key', 'Incorrect hash', "it fits, with the administrator's key"],
    ['the caller is an admin, an accountant or a reseller', 'Access Denied', 'the caller is user 0 (admin)'],
    ['an accountant may see DIDs', 'You are not authorized to manage DIDs', 'the caller is user 0 (admin)'],
    [
      'some DID of the caller fits the filters, from the position asked for',
      'No DIDs found',
      'at least one fits search_status "active", max_results "5"',
    ],
  ]);
  expect(steps.every(({ state, fix }) => state === 'passed' && fix === undefined)).toBe(true);
});

describe('what a check says', () => {
  test.each<[params: Values, actual: string, fix: string | undefined]>([
    [listBy('admin'), 'at least one fits (no filter was sent)', undefined],
    [
      listBy('admin', { search_status: 'deleted' }),
      'none fits search_status "deleted"',
      'fewer or other filters, or a DID in the fixtures that fits them',
    ],
    [listBy('nobody', { search_status: 'deleted' }), 'none fits search_status "deleted"', undefined],
  ])('%p', (params, actual, fix) => {
    const step = trace(params).steps.at(-1);
    expect([step?.error, step?.actual, step?.fix]).toEqual(['No DIDs found', actual, fix]);
  });
});

describe('would_fail', () => {
  const foretold = (params: Values): readonly string[] =>
    trace(params).steps.flatMap(({ would_fail, error }) => (would_fail === true ? [error] : []));

  test.each<[title: string, params: Values, errors: readonly string[]]>([
    [
      'a wrong hash, no right, nothing to find',
      { ...listBy('ann', { from: '9' }), hash: 'x' },
      ['You are not authorized to manage DIDs', 'No DIDs found'],
    ],
    ['a wrong hash, something to find', { ...listBy('admin'), hash: 'x' }, []],
    ['an unknown caller: nobody knows what they see', listBy('nobody', { from: '9' }), []],
    ['a plain user: the same', listBy('user', { from: '9' }), []],
  ])('%s -> %j', (_, params, errors) => {
    expect(foretold(params)).toEqual(errors);
  });
});
