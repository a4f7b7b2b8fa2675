/** Source: the vendor's page "MOR API did create"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { CALLER_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { findNamedProvider, providerExists, providerIsForCaller, type ProviderFacts } from '../checks/provider.ts';
import { mayCreateDids } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { ADMINISTRATOR_ID, MAX_ID, type Did } from '../model.ts';
import { getString, trimmed } from '../params.ts';
import { field, page, record, text } from '../reply.ts';
import type { MorState } from '../state.ts';

/** What only did_create looks up. */
interface DidCreateFacts extends ProviderFacts {
  /** The number without the white space around it; undefined if it was not sent or is not a string. */
  readonly did: string | undefined;
  readonly existingDid: Did | undefined;
  /** The id of the new DID; above `MAX_ID` if none is left. */
  readonly newId: number;
}

function lookUp(caller: CallerFacts, state: MorState): Omit<DidCreateFacts, keyof CallerFacts> {
  const sent = getString(caller.params, 'did');
  const did = sent === undefined ? undefined : trimmed(sent);
  return {
    provider: findNamedProvider(caller, state),
    did,
    existingDid: did === undefined ? undefined : state.findDidByNumber(did),
    newId: state.nextDidId,
  };
}

const didIsNew = check<DidCreateFacts>({
  requires: ({ existingDid }) => existingDid === undefined,
  orElse: 'didExists',
  statement: 'no DID has this number yet',
  actual: ({ did, existingDid }, words) => {
    if (did === undefined) return words.param('did');
    if (existingDid === undefined) return `no DID has the number ${words.quote(did)}`;
    const { id, provider_id, reseller_id, status } = existingDid;
    const found = `DID ${String(id)} has the number ${words.quote(did)}`;
    return `${found}: provider ${String(provider_id)}, ${status}, owned by ${words.owner(reseller_id)}`;
  },
  fix: ({ existingDid }, words) => `another number${words.rehash()}; or delete DID ${String(existingDid?.id)}, or reset, first`,
});

const didIsDigits = check<DidCreateFacts>({
  requires: ({ did }) => did !== undefined && /^[0-9]+$/.test(did),
  orElse: 'didInvalid',
  statement: 'the number has digits and nothing else',
  actual: ({ did = '', params }, words) => {
    if (did === '' && getString(params, 'did') !== '') return getString(params, 'did') === undefined ? words.param('did') : 'did is blank';
    const odd = /[^0-9]/u.exec(did);
    return `${words.param('did')}${odd === null ? '' : `: ${words.character(odd[0])} is no digit`}`;
  },
  fix: (_, words) => `send as did the digits 0-9 and nothing else${words.rehash()}`,
});

const rowCanBeStored = check<DidCreateFacts>({
  requires: ({ did, settings, newId }) => did !== undefined && did.length <= settings.max_did_length && newId <= MAX_ID,
  orElse: 'creationFailed',
  statement: 'the number can be stored',
  actual: ({ did = '', settings, newId }) => {
    const length = `${String(did.length)} characters; max_did_length is ${String(settings.max_did_length)}`;
    return newId <= MAX_ID ? length : `${length}; no id is left up to ${String(MAX_ID)}`;
  },
  fix: ({ did = '', settings, newId }, words) => {
    const max = settings.max_did_length;
    const shorter = `at most ${String(max)} characters${words.rehash()}; or a higher max_did_length in the settings`;
    return [...(did.length > max ? [shorter] : []), ...(newId <= MAX_ID ? [] : ['a lower next_did_id, or a reset'])].join('; and ');
  },
  isUndetermined: ({ did }) => did === undefined,
});

/** `did_create`. */
export const didCreate = defineCall<Omit<DidCreateFacts, keyof CallerFacts>>({
  name: 'did_create',
  summary: 'creates a DID, a phone number, at a provider',
  params: {
    u: U,
    provider_id: {
      description: 'id of the provider the DID is created for',
      required: { unless: 'the caller is a reseller' },
      names: 'provider',
    },
    did: { description: 'the DID number to create', required: 'always', names: 'didNumber' },
    hash: HASH,
    custom_sip_header: { description: 'adds a custom SIP header to the DID' },
    comment: { description: 'the main DID comment; an empty value clears it' },
    reseller_comment: { description: "the reseller's own comment on the DID; an empty value clears it" },
    // Known to every call of MOR (observed).
    test: { description: '1 makes the answer carry the number next to its id' },
  },
  hashed: ['provider_id', 'did'],
  hashedWithoutDid: ['provider_id'],
  answer: record({
    status: record({ success: text('DID created') }),
    did_details: record({ id: field('id', 'id of the new DID'), did: field('digits', 'its number', 'test=1') }),
  }),
  onPage: [
    'hashIncorrect',
    'accessDenied',
    'providerNotFound',
    'providerNotYours',
    'didsNotManageable',
    'didExists',
    'didInvalid',
    'creationFailed',
  ],
  facts: lookUp,
  checks: [...CALLER_CHECKS, providerExists, providerIsForCaller, mayCreateDids, didIsNew, didIsDigits, rowCanBeStored],
  result: ({ caller, provider, did, newId, params }) => {
    if (caller === undefined || provider === undefined || did === undefined)
      throw new Error('did_create got a result for a call that its checks refuse');
    const created: Did = {
      id: newId,
      did,
      provider_id: provider.id,
      reseller_id: caller.type === 'reseller' ? caller.id : ADMINISTRATOR_ID,
      status: 'free',
      // Absent, empty and not a string are the same: nothing is stored.
      custom_sip_header: getString(params, 'custom_sip_header') ?? '',
      comment: getString(params, 'comment') ?? '',
      reseller_comment: getString(params, 'reseller_comment') ?? '',
    };
    const isDebugging = getString(params, 'test') === '1';
    const details = { id: String(newId), ...(isDebugging ? { did } : {}) };
    return {
      reply: page({ status: { success: 'DID created' }, did_details: details }),
      changes: [{ kind: 'did.add', did: created }],
    };
  },
  hashGuesses: ({ params, settings }) => {
    const id = settings.default_did_provider_id;
    const isLeftOut = (getString(params, 'provider_id') ?? '') === '';
    return id === undefined || !isLeftOut ? [] : [{ name: 'provider_id', text: String(id) }];
  },
});
