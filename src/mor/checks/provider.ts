/** Which provider a call names, and whether the caller may use it. Source: the vendor's page of did_create; observed. */
import { check, type Words } from '../check.ts';
import type { Provider, Settings, User, UserList } from '../model.ts';
import { idIn, NOT_TEXT, getString, textToHash, trimmed } from '../params.ts';
import type { MorState } from '../state.ts';
import { isAdministrator, mayUseApi, type CallerFacts } from './caller.ts';

/** What the provider checks read. */
export interface ProviderFacts extends CallerFacts {
  /** The provider that was named or, for a reseller who named none, the default one; undefined if there is none or it is hidden. */
  readonly provider: Provider | undefined;
}

/** Looks up the provider that `provider_id` means. */
export function findNamedProvider({ params, caller }: CallerFacts, state: MorState): Provider | undefined {
  const sent = params.get('provider_id') ?? '';
  if (sent === NOT_TEXT) return undefined;
  const isLeftOut = trimmed(sent) === '';
  const id = isLeftOut && caller?.type === 'reseller' ? state.settings.default_did_provider_id : idIn(sent);
  const provider = id === undefined ? undefined : state.findProviderById(id);
  return provider?.hidden === false ? provider : undefined;
}

/** Admin and accountant: a provider of the administrator. Reseller: an own one, with Reseller PRO, or the default one. */
export function mayUseProvider(caller: User | undefined, provider: Provider, users: UserList, settings: Settings): boolean {
  switch (caller?.type) {
    case 'admin':
    case 'accountant':
      return isAdministrator(provider.user_id, users);
    case 'reseller':
      return provider.id === settings.default_did_provider_id || (caller.own_providers && provider.user_id === caller.id);
    default:
      return false;
  }
}

/** The provider exists. */
export const providerExists = check<ProviderFacts>({
  requires: ({ provider }) => provider !== undefined,
  orElse: 'providerNotFound',
  statement: 'a provider has this id and is not hidden',
  actual: formatFoundProvider,
  fix: formatUsable,
  isUndetermined: ({ caller, params }) => !mayUseApi(caller) && isLeftOut(params),
});

/** The caller may use the provider. */
export const providerIsForCaller = check<ProviderFacts>({
  requires: ({ caller, provider, users, settings }) => provider !== undefined && mayUseProvider(caller, provider, users, settings),
  orElse: 'providerNotYours',
  statement: 'the provider is one that the caller may use',
  actual: ({ caller, provider, users, settings }, words) => {
    if (provider === undefined) return 'no provider was found';
    const owner = isAdministrator(provider.user_id, users) ? 'the administrator' : words.owner(provider.user_id);
    const isDefault = provider.id === settings.default_did_provider_id ? ' and is the default one of resellers' : '';
    const pro =
      caller?.type === 'reseller' && provider.user_id === caller.id ? `, whose own_providers is ${words.onOff(caller.own_providers)}` : '';
    return `provider ${String(provider.id)} belongs to ${owner}${isDefault}; ${words.caller()}${pro}`;
  },
  fix: (facts, words) => {
    const { caller, provider } = facts;
    const isOwn = caller?.type === 'reseller' && provider?.user_id === caller.id;
    const pro = isOwn ? `own_providers: true on ${words.user(caller)} (Reseller PRO), or ` : '';
    return `${pro}${formatUsable(facts, words)}`;
  },
  isUndetermined: ({ provider, caller }) => provider === undefined || !mayUseApi(caller),
});

function isLeftOut(params: CallerFacts['params']): boolean {
  const sent = textToHash(params, 'provider_id');
  return sent !== undefined && trimmed(sent) === '';
}

function formatFoundProvider({ params, caller, provider, providers, settings }: ProviderFacts, words: Words): string {
  const sent = getString(params, 'provider_id');
  const isDefaulted = isLeftOut(params) && caller?.type === 'reseller';
  const source = isDefaulted ? ', the default one of resellers, because none was named' : '';
  if (provider !== undefined) return `${words.provider(provider)}${source}`;
  const id = isDefaulted ? settings.default_did_provider_id : idIn(sent ?? '');
  const hidden = providers.find((candidate) => candidate.id === id);
  if (hidden !== undefined) return `${words.provider(hidden)} is hidden${source}`;
  const param = words.param('provider_id');
  if (isDefaulted) return `${param}, and default_did_provider_id is not set`;
  if (isLeftOut(params)) return `${param}; only a reseller may leave it out`;
  if (sent === undefined) return param;
  return `${param}${id === undefined ? ' is no id' : ': no provider has this id'}`;
}

/** The providers that the caller might have named. */
function formatUsable({ caller, providers, users, settings }: ProviderFacts, words: Words): string {
  const isUsable = (provider: Provider): boolean => !mayUseApi(caller) || mayUseProvider(caller, provider, users, settings);
  const ids = providers.filter((provider) => !provider.hidden && isUsable(provider)).map(({ id }) => id);
  if (ids.length === 0) return 'a provider in the fixtures that this caller may use';
  return `send as provider_id one of: ${words.list(ids)}${words.rehash()}`;
}
