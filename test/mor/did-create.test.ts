import type { FixturesInput } from '../../src/index.ts';
import type { CallRequest, Outcome } from '../../src/mor/call.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import type { World } from '../../src/mor/world.ts';
import { worldOf } from '../support/pure-call.ts';
import { signed } from '../../src/contract/signed.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1 }],
  dids: [{ id: 2, did: '37060000002', provider_id: 1 }],
};

const request = (params: Readonly<Record<string, ParamValue>>): CallRequest => ({
  method: 'POST',
  params: new Map(Object.entries(params)),
});

/** The outcome, but for its explanation. */
function outcomeOf(name: string, params: Readonly<Record<string, ParamValue>>, world: World): Omit<Outcome, 'explain'> {
  const { explain: _, ...outcome } = decide(name, request(params), world);
  return outcome;
}

const GOOD = signed({ u: 'admin', provider_id: '1', did: ' 0370 ', comment: 'c' });

test('a good call -> the success, and one DID to add', () => {
  expect(outcomeOf('did_create', GOOD, worldOf(WORLD))).toEqual<Omit<Outcome, 'explain'>>({
    reply: { kind: 'success', text: 'DID created', details: { element: 'did_details', fields: [['id', '3']] } },
    changes: [
      {
        kind: 'addDid',
        did: {
          id: 3,
          did: '0370',
          provider_id: 1,
          reseller_id: 0,
          status: 'free',
          custom_sip_header: '',
          comment: 'c',
          reseller_comment: '',
        },
      },
    ],
  });
});

test.each([
  ['the highest id is the next -> it is given', { ...WORLD, settings: { ...WORLD.settings, next_did_id: 2147483647 } }, 'success'],
  ['no id is left -> creationFailed', { ...WORLD, settings: { ...WORLD.settings, next_did_id: 2147483648 } }, 'creationFailed'],
  ['a DID has the highest id -> creationFailed', { ...WORLD, dids: [{ id: 2147483647, did: '1', provider_id: 1 }] }, 'creationFailed'],
])('%s', (_, world, comesTo) => {
  const { reply, changes } = decide('did_create', request(GOOD), worldOf(world));
  expect([reply.kind === 'error' ? reply.error : reply.kind, changes.length]).toEqual([comesTo, comesTo === 'success' ? 1 : 0]);
});

test('deciding -> changes nothing by itself: the same question gets the same answer', () => {
  const world = worldOf(WORLD);
  expect(outcomeOf('did_create', GOOD, world)).toEqual(outcomeOf('did_create', GOOD, world));
  expect(world.nextDidId).toBe(3);
  expect(world.didNumbered('0370')).toBeUndefined();
});

test.each<readonly [string, Readonly<Record<string, ParamValue>>, string]>([
  ['u is no text', { ...GOOD, u: NOT_TEXT }, 'accessDenied'],
  ['hash is no text', { ...GOOD, hash: NOT_TEXT }, 'hashIncorrect'],
  ['provider_id is no text', { ...GOOD, provider_id: NOT_TEXT }, 'hashIncorrect'],
  ['did is no text', { ...GOOD, did: NOT_TEXT }, 'hashIncorrect'],
  ['nothing sent', {}, 'accessDenied'],
])('%s -> %s', (_, params, error) => {
  expect(outcomeOf('did_create', params, worldOf(WORLD))).toEqual<unknown>({ reply: { kind: 'error', error }, changes: [] });
});

test.each(['', 'did_creat', 'DID_CREATE', '__proto__', 'constructor', 'did_create/'])('the call %j -> noSuchApi', (name) => {
  expect(outcomeOf(name, GOOD, worldOf(WORLD))).toEqual({ reply: { kind: 'error', error: 'noSuchApi' }, changes: [] });
});
