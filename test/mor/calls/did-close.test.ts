import type { FixturesInput } from '../../../src/index.ts';
import { signParams } from '../../../src/contract/signed.ts';
import { explainDecision, type Trace } from '../../../src/explain/trace.ts';
import { didClose } from '../../../src/mor/calls/did-close.ts';
import type { CallResult, Decision } from '../../../src/mor/define-call.ts';
import { NOT_TEXT, type ParamValue } from '../../../src/mor/params.ts';
import type { MorState } from '../../../src/mor/state.ts';
import { createState } from '../../support/pure-call.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'ann', type: 'accountant', permissions: { manage_dids: 'read' } },
    { id: 5, username: 'bob', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }],
  devices: [{ id: 101, user_id: 8 }],
  dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
  dids: [
    { id: 1, did: '371', provider_id: 1, status: 'active', device_id: 101 },
    { id: 2, did: '372', provider_id: 1, status: 'active', dial_plan_id: 4 },
    { id: 3, did: '373', provider_id: 1, status: 'closed', user_id: 8 },
    { id: 4, did: '374', provider_id: 1 },
    { id: 5, did: '375', provider_id: 1, status: 'active', reseller_id: 5 },
  ],
};

type Values = Readonly<Record<string, ParamValue>>;

/** A state at a time of its own. */
function atTime(state: MorState, now: number): MorState {
  return new Proxy(state, {
    get: (target, name) => {
      const value: unknown = name === 'now' ? now : Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const STATE = createState(WORLD);

const decide = (params: Values, state: MorState = STATE): Decision =>
  didClose.decide({ method: 'POST', params: new Map(Object.entries(params)) }, state);

const close = (dids_id: string, u = 'admin'): Values => signParams(didClose, { u, dids_id });

const trace = (params: Values): Trace => explainDecision('did_close', decide(params));

test.each([
  [undefined, 90],
  [7, 7],
  [0, 0],
])('closed_did_days %p -> closed for so many days from now, no device, and nothing else changes', (closed_did_days, days) => {
  const settings = { api_secret_key: 'secret', ...(closed_did_days === undefined ? {} : { closed_did_days }) };
  const now = 1_800_000_000;
  expect(decide(close('1'), atTime(createState({ ...WORLD, settings }), now)).result).toEqual<CallResult>({
    reply: { root: 'page', content: { status: { success: 'DID successfully closed' } } },
    changes: [{ kind: 'did.update', id: 1, fields: { status: 'closed', device_id: undefined, closed_till: now + days * 86_400 } }],
  });
});

test('deciding changes nothing by itself', () => {
  expect(decide(close('1')).result.error).toBeUndefined();
  expect(decide(close('1')).result.error).toBeUndefined();
  expect(STATE.findDidById(1)).toMatchObject({ status: 'active', device_id: 101 });
});

test.each<[params: Values, error: string]>([
  [close('9'), 'didNotFound'],
  [close('1', 'bob'), 'didNotFound'],
  [close('3'), 'didAlreadyClosed'],
  [close('2'), 'didInDialPlan'],
  [close('4'), 'didWithoutDevice'],
  [close('1', 'ann'), 'accessDenied'],
  [close('1', 'user'), 'accessDenied'],
  [{ ...close('1'), dids_id: NOT_TEXT }, 'hashIncorrect'],
  [{ u: 'admin', dids_id: '1' }, 'hashIncorrect'],
])('%p -> %s', (params, error) => {
  expect(decide(params).result).toEqual({ error });
});

test('a good call: every check in its order, all passed, nothing to fix', () => {
  const { steps, ...rest } = trace(close('1'));
  expect(rest).toStrictEqual({ call: 'did_close', outcome: 'DID successfully closed' });
  expect(steps.slice(4).map(({ check, error, actual }) => [check, error, actual])).toEqual([
    ['the caller is an admin, an accountant or a reseller', 'Access Denied', 'the caller is user 0 (admin)'],
    ['the caller may manage DIDs', 'Access Denied', 'the caller is user 0 (admin)'],
    ['dids_id is the id of a DID', 'DID was not found', 'DID 1 ("371"), active'],
    ['the DID is not closed yet', 'DID is already closed', 'the DID is active'],
    ['the DID is in no dial plan', 'DID is assigned to Dial Plan', 'it is in none'],
    ['a device answers the DID', 'DID is not assigned to Device', 'device 101 answers it'],
  ]);
  expect(steps.every(({ state, fix }) => state === 'passed' && fix === undefined)).toBe(true);
});

describe('what a check says', () => {
  test.each<[title: string, params: Values, error: string, actual: string, fix: string | undefined]>([
    ['no such DID', close('9'), 'DID was not found', 'dids_id "9"', 'send as dids_id the id of a DID; the hash changes with it'],
    [
      "another's DID",
      close('1', 'bob'),
      'DID was not found',
      'dids_id "1"',
      'send as dids_id the id of a DID that belongs to the caller; the hash changes with it',
    ],
    ['closed', close('3'), 'DID is already closed', 'the DID is closed', 'another DID; a closed one needs no closing'],
    ['in a dial plan', close('2'), 'DID is assigned to Dial Plan', 'it is in dial plan 4', 'a DID that a device answers'],
    ['free', close('4'), 'DID is not assigned to Device', 'it has no device and is free', 'assign a device to it first'],
    [
      'active without a device in the fixtures',
      close('5'),
      'DID is not assigned to Device',
      'a device answers it that the fixtures do not show: it is active',
      undefined,
    ],
    ['no DID: closed?', close('9'), 'DID is already closed', 'no DID was found', undefined],
    ['no DID: in a dial plan?', close('9'), 'DID is assigned to Dial Plan', 'no DID was found', undefined],
    ['no DID: a device?', close('9'), 'DID is not assigned to Device', 'no DID was found', undefined],
  ])('%s', (_, params, error, actual, fix) => {
    const step = trace(params).steps.find((candidate) => candidate.error === error);
    expect([step?.actual, step?.fix]).toEqual([actual, fix]);
  });
});

describe('would_fail', () => {
  const foretold = (params: Values): readonly string[] =>
    trace(params).steps.flatMap(({ would_fail, error }) => (would_fail === true ? [error] : []));

  test.each<[title: string, params: Values, errors: readonly string[]]>([
    ['closed, and so without a device', close('3'), ['DID is not assigned to Device']],
    ['in a dial plan, and so without a device', close('2'), ['DID is not assigned to Device']],
    ['a wrong hash, a closed DID', { ...close('3'), hash: 'x' }, ['DID is already closed', 'DID is not assigned to Device']],
    ['a wrong hash, no right, no such DID', { ...close('9', 'ann'), hash: 'x' }, ['Access Denied', 'DID was not found']],
    ['no such DID: nobody knows what it would be', close('9'), []],
    ['an unknown caller: nobody knows whose DIDs they see', close('9', 'nobody'), []],
    ['an unknown caller, a closed DID', close('3', 'nobody'), ['DID is already closed', 'DID is not assigned to Device']],
  ])('%s -> %j', (_, params, errors) => {
    expect(foretold(params)).toEqual(errors);
  });
});
