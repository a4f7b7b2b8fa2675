import { CALL, CALLER, type Mutant } from './mutant.ts';

/** The rows of the ordered list, as they stand in the source. */
const ROWS = [
  "{ requires: apiIsOn, orElse: 'apiDisabled' },",
  "{ requires: methodIsAllowed, orElse: 'getDisabled' },",
  "{ requires: secretKeyIsSet, orElse: 'secretKeyMissing' },",
  "{ requires: hashMatches, orElse: 'hashIncorrect' },",
  "{ requires: callerMayUseApi, orElse: 'accessDenied' },",
  "{ requires: providerExists, orElse: 'providerNotFound' },",
  "{ requires: providerIsForCaller, orElse: 'providerNotYours' },",
  "{ requires: callerMayManageDids, orElse: 'didsNotManageable' },",
  "{ requires: didIsNew, orElse: 'didExists' },",
  "{ requires: didIsDigits, orElse: 'didInvalid' },",
  "{ requires: rowCanBeStored, orElse: 'creationFailed' },",
] as const;

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

const INDENT = '\n  ';

const SWAPPED: readonly Mutant[] = ROWS.slice(1).map((row, i) => {
  const before = ROWS[i] ?? '';
  const breaks = `checks ${String(i + 1)} and ${String(i + 2)} change places`;
  return { rule: 'order', breaks, file: CALL, from: `${before}${INDENT}${row}`, to: `${row}${INDENT}${before}` };
});

/** The row of a check is taken out of the list: whoever fails only that check comes to the next that refuses him, or to a DID. */
const LEFT_OUT: readonly Mutant[] = ROWS.map((row, i) => ({
  rule: RULE_OF_ROW[i] ?? '',
  breaks: `check ${String(i + 1)} is left out`,
  file: CALL,
  from: row,
  to: '',
}));

/** Mocks that check otherwise, or in another order. */
export const CHECK_MUTANTS: readonly Mutant[] = [
  ...SWAPPED,
  ...LEFT_OUT,
  {
    rule: 'check.api-disabled',
    breaks: 'a reseller needs both switches',
    file: CALLER,
    from: 'settings.allow_api || reseller?.allow_api === true;',
    to: 'settings.allow_api && reseller?.allow_api !== false;',
  },
  {
    rule: 'check.api-disabled',
    breaks: 'an unknown caller is told too',
    file: CALLER,
    from: 'caller === undefined || apiIsOnForCaller',
    to: 'apiIsOnForCaller',
  },
  {
    rule: 'check.get-disabled',
    breaks: 'an unknown caller is told too',
    file: CALLER,
    from: 'caller === undefined || !sentAsGet || getIsAllowed',
    to: '!sentAsGet || getIsAllowed',
  },
  {
    rule: 'check.secret-key-missing',
    breaks: 'an unknown caller is told too',
    file: CALLER,
    from: 'caller === undefined || !hashIsChecked || secretKeys',
    to: '(caller !== undefined && !hashIsChecked) || secretKeys',
  },
  {
    rule: 'check.provider-not-found',
    breaks: 'a hidden provider is there',
    file: CALL,
    from: 'provider?.hidden === false ? provider : undefined',
    to: 'provider',
  },
  {
    rule: 'check.provider-not-yours',
    breaks: "a default provider that is not the administrator's is refused to a reseller",
    file: CALL,
    from: 'facts.isDefaultProvider ||',
    to: '(facts.isDefaultProvider && facts.isAdministratorsProvider) ||',
  },
  {
    rule: 'check.provider-not-yours',
    breaks: 'the default provider is refused to accountants',
    file: CALL,
    from: 'return facts.isAdministratorsProvider;',
    to: "return facts.isAdministratorsProvider && !(caller.type === 'accountant' && facts.isDefaultProvider);",
  },
  {
    rule: 'check.provider-not-yours',
    breaks: 'a reseller needs no Reseller PRO',
    file: CALL,
    from: 'caller.own_providers && ',
    to: '',
  },
  {
    rule: 'check.dids-not-manageable',
    breaks: 'an accountant who reads may create',
    file: CALL,
    from: "=== 'edit'",
    to: "!== 'none'",
  },
  {
    rule: 'check.did-exists',
    breaks: 'only free numbers exist',
    file: CALL,
    from: 'return existingDid === undefined;',
    to: "return existingDid === undefined || existingDid.status !== 'free';",
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
    from: 'did.length <= maxDidLength',
    to: 'did.length < maxDidLength',
  },
  {
    rule: 'check.ids-end',
    breaks: 'ids have no end',
    file: CALL,
    from: 'maxDidLength && idIsLeft',
    to: 'maxDidLength',
  },
];
