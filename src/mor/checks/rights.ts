/** What a caller's permissions allow. Source: the vendor's pages of each call; the wiki on accountants and resellers. */
import { check, type Words } from '../check.ts';
import type { Permission, User } from '../model.ts';
import { mayUseApi, type CallerFacts } from './caller.ts';

/** What the caller may do with DIDs. */
function getDidPermission(caller: User | undefined): Permission {
  if (caller?.type === 'admin') return 'edit';
  return caller?.type === 'accountant' || caller?.type === 'reseller' ? caller.permissions.manage_dids : 'none';
}

function formatPermission(caller: User | undefined, words: Words): string {
  if (caller?.type !== 'accountant' && caller?.type !== 'reseller') return words.caller();
  return `manage_dids of ${words.user(caller)} is ${caller.permissions.manage_dids}`;
}

function fixPermission(caller: User | undefined, words: Words, wanted: Permission = 'edit'): string {
  const who = caller === undefined ? 'the caller' : words.user(caller);
  return `permissions: { manage_dids: ${wanted} } on ${who}`;
}

/** The caller may create DIDs: they may manage DIDs, and resellers may add their own ones. */
export const mayCreateDids = check<CallerFacts>({
  requires: ({ caller, settings }) =>
    getDidPermission(caller) === 'edit' && (caller?.type !== 'reseller' || settings.resellers_can_add_their_own_dids),
  orElse: 'didsNotManageable',
  statement: 'the caller may manage DIDs',
  actual: ({ caller, settings }, words) => {
    if (caller?.type !== 'reseller') return formatPermission(caller, words);
    const switched = `resellers_can_add_their_own_dids is ${words.onOff(settings.resellers_can_add_their_own_dids)}`;
    return caller.permissions.manage_dids === 'edit' ? switched : `${switched}; ${formatPermission(caller, words)}`;
  },
  fix: ({ caller, settings }, words) => {
    const isSwitchedOff = caller?.type === 'reseller' && !settings.resellers_can_add_their_own_dids;
    const permission = getDidPermission(caller) === 'edit' ? [] : [fixPermission(caller, words)];
    return [...(isSwitchedOff ? ['resellers_can_add_their_own_dids: true in the settings'] : []), ...permission].join('; and ');
  },
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

/** The caller may change DIDs. The pages of the calls that change one list no other text for it. */
export const mayManageDidsOrDenied = check<CallerFacts>({
  requires: ({ caller }) => getDidPermission(caller) === 'edit',
  orElse: 'accessDenied',
  statement: 'the caller may manage DIDs',
  actual: ({ caller }, words) => formatPermission(caller, words),
  fix: ({ caller }, words) => fixPermission(caller, words),
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

/** The caller may see DIDs: an accountant needs the right to read them, a reseller needs none. */
export const mayReadDids = check<CallerFacts>({
  requires: ({ caller }) => caller?.type !== 'accountant' || caller.permissions.manage_dids !== 'none',
  orElse: 'didsNotManageable',
  statement: 'an accountant may see DIDs',
  actual: ({ caller }, words) => (caller?.type === 'accountant' ? formatPermission(caller, words) : words.caller()),
  fix: ({ caller }, words) => fixPermission(caller, words, 'read'),
});

/** The caller may change DIDs, in the words of the pages of the device calls. */
export const mayManageDids = check<CallerFacts>({ ...mayManageDidsOrDenied, orElse: 'didsNotManageable' });
