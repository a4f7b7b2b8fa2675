/** What a caller's permissions allow. Source: the vendor's pages of each call; the wiki on accountants and resellers. */
import { check } from '../check.ts';
import { mayUseApi, type CallerFacts } from './caller.ts';

/** The caller may create DIDs. Accountant: manage-DIDs is `edit`. Reseller: resellers may add their own DIDs. */
export const mayCreateDids = check<CallerFacts>({
  requires: ({ caller, settings }) => {
    switch (caller?.type) {
      case 'admin':
        return true;
      case 'accountant':
        return caller.permissions.manage_dids === 'edit';
      case 'reseller':
        return settings.resellers_can_add_their_own_dids;
      default:
        return false;
    }
  },
  orElse: 'didsNotManageable',
  statement: 'the caller may manage DIDs',
  actual: ({ caller, settings }, words) => {
    if (caller?.type === 'accountant') return `manage_dids of ${words.user(caller)} is ${caller.permissions.manage_dids}`;
    if (caller?.type === 'reseller') return `resellers_can_add_their_own_dids is ${words.onOff(settings.resellers_can_add_their_own_dids)}`;
    return words.caller();
  },
  fix: ({ caller }, words) =>
    caller?.type === 'accountant'
      ? `permissions: { manage_dids: edit } on ${words.user(caller)}`
      : 'resellers_can_add_their_own_dids: true in the settings',
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});
