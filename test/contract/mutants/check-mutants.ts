import { CALL, CALLER, PROVIDER, RIGHTS, type Mutant } from './mutant.ts';

/** The checks in their order, as the source names them: five that every call has, then those of did_create. */
const CALLER_ROWS = ['apiIsEnabled', 'methodIsAllowed', 'secretKeyIsSet', 'hashMatches'] as const;

const CALL_ROWS = ['providerExists', 'providerIsForCaller', 'mayCreateDids', 'didIsNew', 'didIsDigits', 'rowCanBeStored'] as const;

const CALLER_LIST = `[${CALLER_ROWS.join(', ')}]`;

const CALL_LIST = `[...CALLER_CHECKS, ${CALL_ROWS.join(', ')}]`;

const RULE_OF_ROW = [
  'check.api-disabled',
  'check.get-disabled',
  'check.secret-key-missing',
  'check.hash-incorrect',
  'check.access-denied',
  'check.provider-not-found',
  'check.provider-not-yours',
  'check.dids-not-manageable',
  'check.did-exists',
  'check.did-invalid',
  'check.creation-failed',
] as const;

/** The lists with two neighbours exchanged, by the number of the earlier one. */
const swap = (rows: readonly string[], i: number): readonly string[] => [
  ...rows.slice(0, i),
  rows[i + 1] ?? '',
  rows[i] ?? '',
  ...rows.slice(i + 2),
];

const inCaller = (rows: readonly string[]) => ({ file: CALLER, from: CALLER_LIST, to: `[${rows.join(', ')}]` });

const inCall = (rows: readonly string[]) => ({ file: CALL, from: CALL_LIST, to: `[${rows.join(', ')}]` });

const SWAPS = [
  ...CALLER_ROWS.slice(1).map((_, i) => inCaller(swap(CALLER_ROWS, i))),
  { file: CALLER, from: '[...REQUEST_CHECKS, callerMayUseApi]', to: '[...REQUEST_CHECKS.slice(0, 3), callerMayUseApi, hashMatches]' },
  inCall(['...CALLER_CHECKS.slice(0, 4)', 'providerExists', '...CALLER_CHECKS.slice(4)', ...CALL_ROWS.slice(1)]),
  ...CALL_ROWS.slice(1).map((_, i) => inCall(['...CALLER_CHECKS', ...swap(CALL_ROWS, i)])),
];

const SWAPPED: readonly Mutant[] = SWAPS.map((change, i) => ({
  rule: 'order',
  breaks: `checks ${String(i + 1)} and ${String(i + 2)} change places`,
  ...change,
}));

const OMISSIONS = [
  ...CALLER_ROWS.map((row) => inCaller(CALLER_ROWS.filter((other) => other !== row))),
  { file: CALLER, from: '[...REQUEST_CHECKS, callerMayUseApi]', to: '[...REQUEST_CHECKS]' },
  ...CALL_ROWS.map((row) => inCall(['...CALLER_CHECKS', ...CALL_ROWS.filter((other) => other !== row)])),
];

/** A check is left out: a request that fails only this check gets the next error that fits, or a DID. */
const LEFT_OUT: readonly Mutant[] = OMISSIONS.map((change, i) => ({
  rule: RULE_OF_ROW[i] ?? '',
  breaks: `check ${String(i + 1)} is left out`,
  ...change,
}));

/** Mocks that check otherwise, or in another order. */
export const CHECK_MUTANTS: readonly Mutant[] = [
  ...SWAPPED,
  ...LEFT_OUT,
  {
    rule: 'check.api-disabled',
    breaks: 'a reseller needs both switches',
    file: CALLER,
    from: 'settings.allow_api || (reseller?.allow_api === true && !settings.resellers_need_global_api),',
    to: 'settings.allow_api && reseller?.allow_api !== false,',
  },
  {
    rule: 'check.api-disabled.global',
    breaks: 'the setting is not read',
    file: CALLER,
    from: ' && !settings.resellers_need_global_api),',
    to: '),',
  },
  {
    rule: 'check.api-disabled.global',
    breaks: "the reseller's own switch must be on, too",
    file: CALLER,
    from: 'settings.allow_api || (',
    to: '(settings.allow_api && !(settings.resellers_need_global_api && reseller?.allow_api === false)) || (',
  },
  {
    rule: 'check.api-disabled',
    breaks: 'an unknown caller is refused too',
    file: CALLER,
    from: 'facts.caller === undefined || facts.apiIsEnabled',
    to: 'facts.apiIsEnabled',
  },
  {
    rule: 'check.get-disabled',
    breaks: 'an unknown caller is refused too',
    file: CALLER,
    from: 'caller === undefined || !sentAsGet || settings',
    to: '!sentAsGet || settings',
  },
  {
    rule: 'check.secret-key-missing',
    breaks: 'an unknown caller is refused too',
    file: CALLER,
    from: 'caller === undefined || !hashIsChecked || secretKeys',
    to: '(caller !== undefined && !hashIsChecked) || secretKeys',
  },
  {
    rule: 'check.provider-not-found',
    breaks: 'a hidden provider is there',
    file: PROVIDER,
    from: 'provider?.hidden === false ? provider : undefined',
    to: 'provider',
  },
  {
    rule: 'check.provider-not-yours',
    breaks: "a default provider that is not the administrator's is refused to a reseller",
    file: PROVIDER,
    from: 'provider.id === settings.default_did_provider_id ||',
    to: '(provider.id === settings.default_did_provider_id && isAdministrator(provider.user_id, users)) ||',
  },
  {
    rule: 'check.provider-not-yours',
    breaks: 'the default provider is refused to accountants',
    file: PROVIDER,
    from: 'return isAdministrator(provider.user_id, users);',
    to: "return isAdministrator(provider.user_id, users) && !(caller.type === 'accountant' && provider.id === settings.default_did_provider_id);",
  },
  {
    rule: 'check.provider-not-yours',
    breaks: 'a reseller needs no Reseller PRO',
    file: PROVIDER,
    from: 'caller.own_providers && ',
    to: '',
  },
  {
    rule: 'check.dids-not-manageable',
    breaks: 'an accountant who reads may create',
    file: RIGHTS,
    from: "getDidPermission(caller) === 'edit' && (",
    to: "(getDidPermission(caller) === 'edit' || (caller?.type === 'accountant' && caller.permissions.manage_dids === 'read')) && (",
  },
  {
    rule: 'check.dids-not-manageable.reseller-permission',
    breaks: 'a reseller needs no permission',
    file: RIGHTS,
    from: "getDidPermission(caller) === 'edit' && (",
    to: "(getDidPermission(caller) === 'edit' || caller?.type === 'reseller') && (",
  },
  {
    rule: 'check.did-exists',
    breaks: 'only free numbers exist',
    file: CALL,
    from: '({ existingDid }) => existingDid === undefined',
    to: "({ existingDid }) => existingDid === undefined || existingDid.status !== 'free'",
  },
  {
    rule: 'check.did-invalid',
    breaks: 'any digits do',
    file: CALL,
    from: '/^[0-9]+$/.test(did)',
    to: String.raw`/^\p{Nd}+$/u.test(did)`,
  },
  {
    rule: 'check.did-invalid',
    breaks: 'one line of digits is enough',
    file: CALL,
    from: '/^[0-9]+$/.test(did)',
    to: '/^[0-9]+$/m.test(did)',
  },
  {
    rule: 'check.did-blanks',
    breaks: 'a no-break space is trimmed',
    file: 'mor/params.ts',
    from: 'return code === 32 ||',
    to: 'return code === 32 || code === 160 ||',
  },
  {
    rule: 'check.did-blanks',
    breaks: 'a NUL is trimmed',
    file: 'mor/params.ts',
    from: 'return code === 32 ||',
    to: 'return code === 32 || code === 0 ||',
  },
  {
    rule: 'check.did-blanks',
    breaks: 'a vertical tab is not trimmed',
    file: 'mor/params.ts',
    from: 'code <= 13)',
    to: 'code <= 13 && code !== 11)',
  },
  {
    rule: 'check.creation-failed',
    breaks: 'a number as long as the column does not fit',
    file: CALL,
    from: 'did.length <= settings.max_did_length',
    to: 'did.length < settings.max_did_length',
  },
  {
    rule: 'check.ids-end',
    breaks: 'ids have no end',
    file: CALL,
    from: 'settings.max_did_length && newId <= MAX_ID',
    to: 'settings.max_did_length',
  },
];
