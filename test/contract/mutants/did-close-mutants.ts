import { CALLER, DID, RIGHTS, type Mutant } from './mutant.ts';

const CHANGES = 'mor/changes.ts';

const FILE = 'mor/calls/did-close.ts';

const CHECKS = '[...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, didIsOpen, didIsInNoDialPlan, didHasDevice]';

/** Mocks that break one rule of did_close each. */
export const DID_CLOSE_MUTANTS: readonly Mutant[] = [
  { rule: 'request.paths', breaks: 'it is called did_end', file: FILE, from: "name: 'did_close',", to: "name: 'did_end'," },
  {
    rule: 'request.id',
    breaks: 'the id is the text as sent',
    file: DID,
    from: "idIn(getString(params, didParam) ?? '')",
    to: "[getString(params, didParam) ?? ''].filter((sent) => /^[1-9][0-9]*$/.test(sent)).map(Number)[0]",
  },
  {
    rule: 'request.id',
    breaks: 'whatever begins with digits is an id',
    file: DID,
    from: "idIn(getString(params, didParam) ?? '')",
    to: "[Number.parseInt(getString(params, didParam) ?? '', 10)].filter((id) => !Number.isNaN(id))[0]",
  },
  {
    rule: 'request.id',
    breaks: 'a number is an id',
    file: DID,
    from: 'state.findDidById(id)',
    to: '(state.findDidById(id) ?? state.findDidByNumber(String(id)))',
  },
  {
    rule: 'request.other-names',
    breaks: 'did_id will do',
    file: DID,
    from: "idIn(getString(params, didParam) ?? '')",
    to: "idIn(getString(params, didParam) ?? getString(params, 'did_id') ?? '')",
  },
  { rule: 'hash.recipe', breaks: 'the key alone is hashed', file: FILE, from: "hashed: ['dids_id'],", to: 'hashed: [],' },
  {
    rule: 'hash.recipe',
    breaks: 'the hash without the DID is accepted',
    file: FILE,
    from: "hashed: ['dids_id'],",
    to: "hashed: ['dids_id'], hashedWithoutDid: [],",
  },
  {
    rule: 'check.hash-incorrect',
    breaks: 'the hash is not checked',
    file: CALLER,
    from: '[apiIsEnabled, methodIsAllowed, secretKeyIsSet, hashMatches]',
    to: '[apiIsEnabled, methodIsAllowed, secretKeyIsSet]',
  },
  {
    rule: 'check.access-denied',
    breaks: 'anyone may call',
    file: FILE,
    from: CHECKS,
    to: '[...CALLER_CHECKS.slice(0, 4), didIsFound, didIsOpen, didIsInNoDialPlan, didHasDevice]',
  },
  {
    rule: 'check.access-denied.rights',
    breaks: 'rights are not asked',
    file: FILE,
    from: 'mayManageDidsOrDenied, didIsFound',
    to: 'didIsFound',
  },
  {
    rule: 'check.access-denied.rights',
    breaks: 'the setting for new DIDs counts',
    file: RIGHTS,
    from: "requires: ({ caller }) => getDidPermission(caller) === 'edit',",
    to: "requires: ({ caller, settings }) => getDidPermission(caller) === 'edit' && (caller?.type !== 'reseller' || settings.resellers_can_add_their_own_dids),",
  },
  {
    rule: 'check.did-not-found',
    breaks: "an admin does not find a reseller's DID",
    file: DID,
    from: "caller?.type !== 'reseller' || did.reseller_id === caller.id",
    to: "did.reseller_id === (caller?.type === 'reseller' ? caller.id : 0)",
  },
  {
    rule: 'check.did-not-found.reseller',
    breaks: 'a reseller finds every DID',
    file: DID,
    from: 'did !== undefined && isVisibleTo(caller, did) ? did',
    to: 'did !== undefined ? did',
  },
  {
    rule: 'check.did-already-closed',
    breaks: 'a closed DID is closed again',
    file: FILE,
    from: CHECKS,
    to: CHECKS.replace('didIsOpen, ', ''),
  },
  {
    rule: 'check.did-in-dial-plan',
    breaks: 'a dial plan is no obstacle',
    file: FILE,
    from: CHECKS,
    to: CHECKS.replace('didIsInNoDialPlan, ', ''),
  },
  { rule: 'check.did-without-device', breaks: 'no device is needed', file: FILE, from: CHECKS, to: CHECKS.replace(', didHasDevice', '') },
  {
    rule: 'check.hidden-device',
    breaks: 'a device that is not shown is none',
    file: DID,
    from: "device_id !== undefined || (status === 'active' && dial_plan_id === undefined)",
    to: "device_id !== undefined && (status === 'active' || dial_plan_id === undefined)",
  },
  {
    rule: 'order',
    breaks: 'the DID is looked for before the rights',
    file: FILE,
    from: 'mayManageDidsOrDenied, didIsFound',
    to: 'didIsFound, mayManageDidsOrDenied',
  },
  {
    rule: 'order',
    breaks: 'the status is looked at before the device',
    file: FILE,
    from: 'didIsOpen, didIsInNoDialPlan, didHasDevice',
    to: 'didHasDevice, didIsInNoDialPlan, didIsOpen',
  },
  {
    rule: 'success.closed',
    breaks: 'the device stays',
    file: CHANGES,
    from: "status: 'closed', device_id: undefined,",
    to: "status: 'closed',",
  },
  {
    rule: 'success.closed',
    breaks: 'the user goes',
    file: CHANGES,
    from: "status: 'closed', device_id: undefined,",
    to: "status: 'closed', device_id: undefined, user_id: undefined,",
  },
  { rule: 'success.closed-till', breaks: 'always 90 days', file: CHANGES, from: 'closed_did_days * SECONDS', to: '90 * SECONDS' },
  {
    rule: 'success.closed-till',
    breaks: 'in milliseconds',
    file: CHANGES,
    from: 'SECONDS_PER_DAY = 86_400',
    to: 'SECONDS_PER_DAY = 86_400_000',
  },
];
