/** did_create in words: what each check asks, what it saw, and what would have passed. Worked out only when a trace is read. */
import type { Call } from '../call.ts';
import { callerMayUseApi, isAdministrator } from '../caller.ts';
import { andAnew, callerExplained, callerInWords, hashSentence, type HashRule } from '../caller-explained.ts';
import { MOR_ERRORS, type MorErrorName } from '../errors.ts';
import { keysOf, listed, onOrOff, ownerInWords, paramInWords, providerNamed, shown, userInWords } from '../in-words.ts';
import { MAX_ID, type Provider } from '../model.ts';
import { idIn, textOf, textToHash, trimmed } from '../params.ts';
import { stepsOf, type Explanations, type Trace } from '../trace.ts';
import type { DID_CREATE_CHECKS, DidCreateFacts } from './did-create.ts';

type Checks = typeof DID_CREATE_CHECKS;
type DidCreateError = Checks[number]['orElse'];

/** The facts, and what only words need. */
interface Facts extends DidCreateFacts {
  /** The providers that the caller might have named. */
  readonly usable: readonly Provider[];
}

const HASH_RULE: HashRule<Facts> = {
  names: ['provider_id', 'did'],
  fallbacks: ({ params, settings }) => {
    const id = settings.default_did_provider_id;
    return id === undefined || (textOf(params, 'provider_id') ?? '') !== '' ? [] : [{ name: 'provider_id', text: String(id) }];
  },
  known: ({ params }) => ({
    text: textOf(params, 'provider_id') ?? '',
    sentence:
      "the hash is sha1(provider_id + key): did is missing; it is the recipe of the vendor's example, which this caller may not use (accept_hash_without_did)",
  }),
};

/** One row a check of `DID_CREATE_CHECKS`. */
const DID_CREATE_EXPLAINED: Explanations<Facts, DidCreateError> = {
  ...callerExplained(HASH_RULE),
  providerNotFound: {
    check: 'a provider has this id and is not hidden',
    saw: providerInWords,
    mend: (facts) => providerMend(facts),
    isOpen: (facts) => !callerMayUseApi(facts) && trimmed(textToHash(facts.params, 'provider_id') ?? 'no text') === '',
  },
  providerNotYours: {
    check: 'the provider is one that the caller may use',
    saw: (facts) => {
      const { provider, users, settings } = facts;
      if (provider === undefined) return 'there is no provider to speak of';
      const owner = isAdministrator(provider.user_id, byId(facts)) ? 'the administrator' : ownerInWords(provider.user_id, users);
      const isDefault = provider.id === settings.default_did_provider_id ? ' and is the default one of resellers' : '';
      return `provider ${String(provider.id)} belongs to ${owner}${isDefault}; ${callerInWords(facts)}${proInWords(facts)}`;
    },
    mend: (facts) => {
      const { caller, provider } = facts;
      const isOwn = caller?.type === 'reseller' && provider?.user_id === caller.id;
      return `${isOwn ? `own_providers: true on ${userInWords(caller)} (Reseller PRO), or ` : ''}${providerMend(facts)}`;
    },
    isOpen: (facts) => facts.provider === undefined || !callerMayUseApi(facts),
  },
  didsNotManageable: {
    check: 'the caller may manage DIDs',
    saw: (facts) => {
      const { caller, settings } = facts;
      if (caller?.type === 'accountant') return `manage_dids of ${userInWords(caller)} is ${caller.permissions.manage_dids}`;
      if (caller?.type === 'reseller') return `resellers_can_add_their_own_dids is ${onOrOff(settings.resellers_can_add_their_own_dids)}`;
      return callerInWords(facts);
    },
    mend: ({ caller }) =>
      caller?.type === 'accountant'
        ? `permissions: { manage_dids: edit } on ${userInWords(caller)}`
        : 'resellers_can_add_their_own_dids: true in the settings',
    isOpen: (facts) => !callerMayUseApi(facts),
  },
  didExists: {
    check: 'no DID has this number yet',
    saw: (facts) => {
      const { did, existingDid, users } = facts;
      if (did === undefined) return paramInWords(facts, 'did');
      if (existingDid === undefined) return `no DID has the number ${shown(did, keysOf(facts))}`;
      const { id, provider_id, reseller_id, status } = existingDid;
      return `DID ${String(id)} has the number ${shown(did, keysOf(facts))}: provider ${String(provider_id)}, ${status}, of ${ownerInWords(reseller_id, users)}`;
    },
    mend: (facts) => `another number${andAnew(facts)}; or take DID ${String(facts.existingDid?.id)} away, or reset, first`,
  },
  didInvalid: {
    check: 'the number has digits and nothing else',
    saw: (facts) => {
      const odd = /[^0-9]/.exec(facts.did ?? '');
      if (facts.did === '' && textOf(facts.params, 'did') !== '') return 'did is blank';
      const place = odd === null ? '' : `: ${shown(odd[0], [])} is no digit`;
      return `${paramInWords(facts, 'did')}${place}`;
    },
    mend: (facts) => `send as did the digits 0-9 and nothing else${andAnew(facts)}`,
  },
  creationFailed: {
    check: 'the number can be stored',
    saw: ({ did = '', maxDidLength, idIsLeft }) =>
      `${String(did.length)} characters; max_did_length is ${String(maxDidLength)}${idIsLeft ? '' : `; no id is left up to ${String(MAX_ID)}`}`,
    mend: (facts) => {
      const { did = '', maxDidLength, idIsLeft } = facts;
      const shorter = `at most ${String(maxDidLength)} characters${andAnew(facts)}; or a higher max_did_length in the settings`;
      return [...(did.length > maxDidLength ? [shorter] : []), ...(idIsLeft ? [] : ['a lower next_did_id, or a reset'])].join('; and ');
    },
    isOpen: ({ did }) => did === undefined,
  },
};

/** The decision in words. `error` is what the call was refused with. */
export function explained(
  { name, success }: Pick<Call, 'name' | 'success'>,
  checks: Checks,
  facts: DidCreateFacts,
  error: MorErrorName | undefined,
): Trace {
  const full: Facts = Object.assign({ usable: usableProviders(checks, facts) }, facts);
  const hash = hashSentence(full, HASH_RULE);
  return {
    call: name,
    outcome: error === undefined ? success : MOR_ERRORS[error].text,
    steps: stepsOf(checks, DID_CREATE_EXPLAINED, full, error),
    ...(hash === undefined ? {} : { hash }),
  };
}

function usableProviders(checks: Checks, facts: DidCreateFacts): readonly Provider[] {
  const there = facts.providers.filter(({ hidden }) => !hidden);
  const isForCaller = checks.find(({ orElse }) => orElse === 'providerNotYours')?.requires;
  if (isForCaller === undefined || !callerMayUseApi(facts)) return there;
  const admins = byId(facts);
  return there.filter((provider) =>
    isForCaller(
      Object.assign({}, facts, {
        provider,
        isAdministratorsProvider: isAdministrator(provider.user_id, admins),
        isDefaultProvider: provider.id === facts.settings.default_did_provider_id,
      }),
    ),
  );
}

function byId({ users }: DidCreateFacts): Parameters<typeof isAdministrator>[1] {
  const byId = new Map(users.map((user) => [user.id, user]));
  return { findUserById: (id) => byId.get(id) };
}

function providerInWords(facts: Facts): string {
  const { provider, providers, params, caller, settings } = facts;
  const sent = textOf(params, 'provider_id');
  const isLeftOut = trimmed(textToHash(params, 'provider_id') ?? 'no text') === '';
  const isReseller = caller?.type === 'reseller';
  const source = isLeftOut && isReseller ? ', the default one of resellers, for none was named' : '';
  if (provider !== undefined) return `${providerNamed(provider)}${source}`;
  const id = isLeftOut ? (isReseller ? settings.default_did_provider_id : undefined) : idIn(sent ?? '');
  const hidden = providers.find((candidate) => candidate.id === id);
  if (hidden !== undefined) return `${providerNamed(hidden)} is hidden${source}`;
  if (isLeftOut && isReseller) return `${paramInWords(facts, 'provider_id')}, and default_did_provider_id is not set`;
  if (isLeftOut) return `${paramInWords(facts, 'provider_id')}; only a reseller may leave it out`;
  return `${paramInWords(facts, 'provider_id')}${sent === undefined ? '' : id === undefined ? ' is no id' : ': no provider has this id'}`;
}

function providerMend(facts: Facts): string {
  const ids = facts.usable.map(({ id }) => id);
  if (ids.length === 0) return 'a provider in the fixtures that this caller may use';
  return `send as provider_id one of: ${listed(ids)}${andAnew(facts)}`;
}

/** Why a reseller's own provider is not his to use. */
function proInWords({ caller, provider }: Facts): string {
  return caller?.type === 'reseller' && provider?.user_id === caller.id ? `, whose own_providers is ${onOrOff(caller.own_providers)}` : '';
}
