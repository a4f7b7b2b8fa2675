/** Source: the vendor's page "MOR API providers get" and, behind `call_limit`, published clients; docs/behaviour.md says what is ours. */
import { check } from '../check.ts';
import { CALLER_CHECKS, isAdministrator, type CallerFacts } from '../checks/caller.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import type { Provider } from '../model.ts';
import { idIn, NOT_TEXT, trimmed, type Params } from '../params.ts';
import { field, list, page, record, type ReplyRecord } from '../reply.ts';

/** The id that was asked for; undefined if it was left out or is blank, null if it names nothing. */
function parseWantedId(params: Params): number | null | undefined {
  const sent = params.get('provider_id') ?? '';
  if (sent === NOT_TEXT) return null;
  return trimmed(sent) === '' ? undefined : (idIn(sent) ?? null);
}

/** Whether the caller's list has a provider. The default one of resellers is not a reseller's, and Reseller PRO does not matter. */
function isListed({ id, user_id, hidden }: Provider, { caller, users, params }: CallerFacts): boolean {
  const isOwn = caller?.type === 'reseller' ? user_id === caller.id : isAdministrator(user_id, users);
  const wanted = parseWantedId(params);
  return !hidden && isOwn && (wanted === undefined || wanted === id);
}

const someProviderFits = check<CallerFacts>({
  requires: (facts) => facts.providers.some((provider) => isListed(provider, facts)),
  orElse: 'providerNotFound',
  statement: ({ params }) => `the caller has a provider that is not hidden${parseWantedId(params) === undefined ? '' : ', with this id'}`,
  actual: (facts, words) => {
    const { providers, params } = facts;
    const ids = providers.filter((provider) => isListed(provider, { ...facts, params: new Map() })).map(({ id }) => id);
    const list = `the caller has ${ids.length === 0 ? 'none' : words.list(ids)}`;
    return params.has('provider_id') ? `${words.param('provider_id')}; ${list}` : list;
  },
  fix: () => 'the id of a provider of the caller, or none for all; or a provider of the caller in the fixtures',
});

/** The elements of a provider in their order. `undefined`: fixtures do not hold it, so it is empty. */
const FIELDS: Readonly<Record<string, ((provider: Provider) => string) | undefined>> = {
  id: ({ id }) => String(id),
  name: ({ name }) => name,
  ...asEmpty(['tech', 'channel', 'login', 'password', 'server_ip', 'port', 'priority', 'quality', 'tariff_id', 'cut_a']),
  ...asEmpty(['cut_b', 'add_a', 'add_b', 'device_id', 'ani', 'timeout', 'call_limit', 'interpret_noanswer_as_failed']),
  ...asEmpty(['interpret_busy_as_failed', 'register', 'reg_extension', 'terminator_id', 'reg_line']),
  hidden: () => '0',
  ...asEmpty(['use_p_asserted_identity']),
  user_id: ({ user_id }) => String(user_id),
  ...asEmpty(['common_use', 'balance', 'cps_call_limit', 'cps_period', 'alive', 'periodic_check', 'active']),
  ...asEmpty(['contact_info_id']),
};

function asEmpty(names: readonly string[]): Readonly<Record<string, undefined>> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  name: 'name of the provider',
  hidden: '0: hidden providers are not listed',
  user_id: 'the owner: 0 is the administrator',
};

function toRecord(provider: Provider): ReplyRecord {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, read]) => [name, read?.(provider) ?? '']));
}

const RECORD = record(
  Object.fromEntries(
    Object.keys(FIELDS).map((name) => [
      name,
      name === 'id' ? field('id', 'id of the provider') : field('string', DESCRIPTIONS[name] ?? 'empty here'),
    ]),
  ),
);

/** `providers_get`. */
export const providersGet = defineCall<object>({
  name: 'providers_get',
  summary: 'lists the providers of the caller',
  params: {
    u: U,
    provider_id: { description: 'id of the one provider to list; left out or blank: all', names: 'provider' },
    hash: HASH,
  },
  hashed: [],
  isReadOnly: true,
  errorFrame: 'page',
  answer: record({ status: record({ providers: list('provider', RECORD) }) }),
  onPage: ['hashIncorrect', 'accessDenied', 'providerNotFound'],
  facts: () => ({}),
  checks: [...CALLER_CHECKS, someProviderFits],
  result: (facts) => {
    const shown = facts.providers.filter((provider) => isListed(provider, facts)).toSorted((a, b) => a.id - b.id);
    return { reply: page({ status: { providers: ['provider', shown.map(toRecord)] } }), changes: [] };
  },
});
