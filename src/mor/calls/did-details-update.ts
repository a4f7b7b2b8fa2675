/** Source: the vendor's page "MOR API did details update"; docs/behaviour.md says how we decide what the page leaves open. */
import { reserveDid, returnDid } from '../changes.ts';
import { check } from '../check.ts';
import { CALLER_CHECKS, mayUseApi, type CallerFacts } from '../checks/caller.ts';
import { didIsFound, findNamedDid, getStatusFor, type DidFacts } from '../checks/did.ts';
import { readDidFields, type FieldChange } from '../checks/did-fields.ts';
import { mayUseProvider } from '../checks/provider.ts';
import { isUserOfCaller } from '../checks/user.ts';
import { mayManageDidsOrDenied } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { MAX_ID, type Provider, type User, type UserList } from '../model.ts';
import { getString, idIn, trimmed } from '../params.ts';
import { page, record, text } from '../reply.ts';
import type { MorState } from '../state.ts';

const SUCCESS = 'DID details successfully updated';

/** What did_details_update looks up. */
interface DidDetailsFacts extends DidFacts {
  /** Whom the DID goes to: a user, nobody (`-1`), or somebody who is not there; undefined if it stays where it is. */
  readonly receiver: User | 'nobody' | 'unknown' | undefined;
  /** The provider it goes to; `unknown` if the caller may not use it; undefined if it stays where it is. */
  readonly newProvider: Provider | 'unknown' | undefined;
  readonly fields: FieldChange;
}

function lookUp(caller: CallerFacts, state: MorState): Omit<DidDetailsFacts, keyof CallerFacts> {
  return {
    ...findNamedDid('did_id', caller, state),
    receiver: findReceiver(caller, state),
    newProvider: findNewProvider(caller, state),
    fields: readDidFields(caller.params),
  };
}

function findReceiver({ params, caller, users }: CallerFacts, state: MorState): DidDetailsFacts['receiver'] {
  const sent = getString(params, 'did_user_id');
  if (sent === undefined) return undefined;
  if (trimmed(sent) === '-1') return 'nobody';
  const id = idIn(sent);
  const user = id === undefined ? undefined : state.findUserById(id);
  return user !== undefined && mayReceive(caller, user, users) ? user : 'unknown';
}

/** A DID goes to a plain user or a reseller: one of the caller's, or the reseller who calls. */
function mayReceive(caller: User | undefined, user: User, users: UserList): boolean {
  return (user.type === 'user' || user.type === 'reseller') && isUserOfCaller(caller, user, users);
}

function findNewProvider({ params, caller, users, settings }: CallerFacts, state: MorState): DidDetailsFacts['newProvider'] {
  const sent = getString(params, 'did_provider_id');
  if (sent === undefined) return undefined;
  const id = idIn(sent);
  const provider = id === undefined ? undefined : state.findProviderById(id);
  const isUsable = provider?.hidden === false && mayUseProvider(caller, provider, users, settings);
  return isUsable ? provider : 'unknown';
}

const callLimitIsDigits = check<DidDetailsFacts>({
  requires: ({ params }) => {
    if (!params.has('call_limit')) return true;
    const limit = getString(params, 'call_limit') ?? '';
    return /^[0-9]+$/.test(limit) && Number(limit) <= MAX_ID;
  },
  orElse: 'callLimitInvalid',
  statement: `the call limit, if it is sent, has digits and nothing else, and is at most ${String(MAX_ID)}`,
  actual: (_, words) => words.param('call_limit'),
  fix: () => 'send as call_limit the digits 0-9 and nothing else, or leave it out; 0 is no limit',
});

const receiverIsFound = check<DidDetailsFacts>({
  requires: ({ receiver }) => receiver !== 'unknown',
  orElse: 'userWasNotFound',
  statement: 'did_user_id, if it is sent, is -1 or a user to whom the caller may give a DID',
  actual: (_, words) => words.param('did_user_id'),
  fix: ({ caller, users }, words) => {
    const ids = users.filter((user) => !mayUseApi(caller) || mayReceive(caller, user, users)).map(({ id }) => id);
    return `send as did_user_id one of: ${words.list([-1, ...ids])}`;
  },
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

const didIsFreeForReceiver = check<DidDetailsFacts>({
  requires: ({ did, receiver, caller, users }) => {
    if (receiver === undefined || receiver === 'unknown') return true;
    if (did === undefined) return false;
    const status = getStatusFor(caller, did, users);
    const isGivenBack = receiver === 'nobody' || receiver.id === did.reseller_id;
    return status === 'free' || (status === 'reserved' && isGivenBack);
  },
  orElse: 'didNotFree',
  statement: 'a DID that goes to somebody is free as the caller sees it; one that goes back to its reseller or to nobody may be reserved',
  actual: ({ did, receiver, caller, users }) => {
    if (did === undefined) return 'no DID was found';
    if (receiver === undefined) return 'did_user_id was not sent';
    return `the caller sees it as ${getStatusFor(caller, did, users)}`;
  },
  fix: ({ did }) =>
    did?.status === 'reserved' || did?.status === 'free' ? 'send did_user_id=-1 first, which takes it back' : 'did_make_free first',
  isUndetermined: ({ did }) => did === undefined,
});

const newProviderIsFound = check<DidDetailsFacts>({
  requires: ({ newProvider }) => newProvider !== 'unknown',
  orElse: 'providerNotFound',
  statement: 'did_provider_id, if it is sent, is a provider that the caller may use',
  actual: ({ newProvider }, words) =>
    newProvider === undefined || newProvider === 'unknown' ? words.param('did_provider_id') : words.provider(newProvider),
  fix: ({ caller, providers, users, settings }, words) => {
    const usable = providers.filter((one) => !one.hidden && mayUseProvider(caller, one, users, settings)).map(({ id }) => id);
    return usable.length === 0 ? 'leave it out: the caller may use no provider' : `send as did_provider_id one of: ${words.list(usable)}`;
  },
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

/** `did_details_update`. */
export const didDetailsUpdate = defineCall<Omit<DidDetailsFacts, keyof CallerFacts>>({
  name: 'did_details_update',
  summary: 'changes the details of a DID, gives it to a user or a reseller, or takes it back',
  params: {
    u: U,
    did_id: { description: 'id of the DID', required: 'always', names: 'didId' },
    call_limit: { description: 'calls at one time; 0 is any number' },
    did_user_id: { description: 'id of the user or reseller it goes to; -1 takes it back', names: 'user' },
    active_from: { description: 'Unix seconds; empty clears it' },
    active_till: { description: 'Unix seconds; empty clears it' },
    grace_time: { description: 'seconds' },
    language: { description: 'two letters' },
    did_provider_id: { description: 'id of the provider it goes to', names: 'provider' },
    custom_sip_header: { description: 'a SIP header; empty clears it' },
    comment: { description: 'the comment; empty clears it' },
    reseller_comment: { description: "the reseller's comment; empty clears it" },
    hash: HASH,
  },
  hashed: ['did_id'],
  answer: record({ status: record({ success: text(SUCCESS) }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'callLimitInvalid', 'didNotFound'],
  facts: lookUp,
  checks: [
    ...CALLER_CHECKS,
    mayManageDidsOrDenied,
    callLimitIsDigits,
    didIsFound,
    receiverIsFound,
    didIsFreeForReceiver,
    newProviderIsFound,
  ],
  result: ({ did, caller, receiver, newProvider, fields }) => {
    if (did === undefined) throw new Error('did_details_update got a result for a call that its checks refuse');
    const provider = typeof newProvider === 'object' ? { provider_id: newProvider.id } : {};
    const owner = typeof receiver === 'object' ? reserveDid(receiver) : receiver === 'nobody' ? returnDid(caller) : {};
    const changed = { ...fields.changed, ...provider, ...owner };
    const changes = Object.keys(changed).length === 0 ? [] : [{ kind: 'did.update', id: did.id, fields: changed } as const];
    return { reply: page({ status: { success: SUCCESS } }), changes };
  },
  notes: ({ fields }, words) => fields.leftOut.map((name) => `${words.param(name)}: it stays as it is, for this is no value of it`),
});
