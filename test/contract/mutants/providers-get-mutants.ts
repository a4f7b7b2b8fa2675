import type { Mutant } from './mutant.ts';

const FILE = 'mor/calls/providers-get.ts';

/** Mocks that break one rule of providers_get each. */
export const PROVIDERS_GET_MUTANTS: readonly Mutant[] = [
  { rule: 'request.paths', breaks: 'it is called providers', file: FILE, from: "name: 'providers_get',", to: "name: 'providers'," },
  {
    rule: 'request.id',
    breaks: 'what is no id is absent',
    file: FILE,
    from: '(idIn(sent) ?? null)',
    to: 'idIn(sent)',
  },
  {
    rule: 'request.id',
    breaks: 'a blank id finds nothing',
    file: FILE,
    from: "trimmed(sent) === '' ? undefined",
    to: "sent === '' ? undefined",
  },
  {
    rule: 'request.id',
    breaks: 'a list is absent',
    file: FILE,
    from: 'if (sent === NOT_TEXT) return null;',
    to: 'if (sent === NOT_TEXT) return undefined;',
  },
  { rule: 'hash.recipe', breaks: 'the id is hashed', file: FILE, from: 'hashed: [],', to: "hashed: ['provider_id']," },
  { rule: 'hash.recipe', breaks: 'the username is hashed', file: FILE, from: 'hashed: [],', to: "hashed: ['u']," },
  { rule: 'check.frame', breaks: 'errors are in status', file: FILE, from: "errorFrame: 'page',", to: "errorFrame: 'status'," },
  {
    rule: 'check.access-denied',
    breaks: 'anyone may call',
    file: FILE,
    from: '[...CALLER_CHECKS, ',
    to: '[...CALLER_CHECKS.slice(0, 4), ',
  },
  {
    rule: 'check.provider-not-found',
    breaks: 'an empty list is a success',
    file: FILE,
    from: 'CALLER_CHECKS, someProviderFits]',
    to: 'CALLER_CHECKS]',
  },
  {
    rule: 'list.administrator',
    breaks: 'all providers are listed',
    file: FILE,
    from: ': isAdministrator(user_id, users);',
    to: ': true;',
  },
  {
    rule: 'list.administrator',
    breaks: "another admin's providers are not listed",
    file: FILE,
    from: ': isAdministrator(user_id, users);',
    to: ': user_id === 0;',
  },
  {
    rule: 'list.reseller',
    breaks: "the administrator's are listed",
    file: FILE,
    from: "caller?.type === 'reseller' ? user_id === caller.id",
    to: "caller?.type === 'reseller' ? user_id === caller.id || user_id === 0",
  },
  {
    rule: 'list.reseller',
    breaks: 'Reseller PRO is needed',
    file: FILE,
    from: "caller?.type === 'reseller' ? user_id === caller.id",
    to: "caller?.type === 'reseller' ? caller.own_providers && user_id === caller.id",
  },
  { rule: 'list.hidden', breaks: 'hidden ones are listed', file: FILE, from: 'return !hidden && isOwn', to: 'return isOwn' },
  { rule: 'answer.record', breaks: 'hidden is left empty', file: FILE, from: "hidden: () => '0',", to: 'hidden: undefined,' },
  {
    rule: 'answer.record',
    breaks: 'the name comes first',
    file: FILE,
    from: '  id: ({ id }) => String(id),\n  name: ({ name }) => name,',
    to: '  name: ({ name }) => name,\n  id: ({ id }) => String(id),',
  },
  { rule: 'answer.order', breaks: 'the highest id comes first', file: FILE, from: 'a.id - b.id', to: 'b.id - a.id' },
];
