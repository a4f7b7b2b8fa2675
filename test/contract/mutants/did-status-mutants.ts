import { CALLER, DID, RIGHTS, type Mutant } from './mutant.ts';

/** A call that names a DID by its id and changes its status. */
interface StatusCall {
  readonly name: string;
  readonly file: string;
  readonly param: 'did_id' | 'dids_id';
  /** Its own checks behind the shared ones, as the source names them. */
  readonly checks: string;
}

const FIND_ID = "idIn(getString(params, didParam) ?? '')";

/** What breaks a rule that all of these calls have. */
function makeShared({ name, file, param, checks }: StatusCall): readonly Mutant[] {
  const other = param === 'did_id' ? 'dids_id' : 'did_id';
  const all = `[...CALLER_CHECKS, mayManageDidsOrDenied, didIsFound, ${checks}]`;
  const rows: readonly Mutant[] = [
    { rule: 'request.paths', breaks: 'it is called otherwise', file, from: `name: '${name}',`, to: "name: 'did_other'," },
    {
      rule: 'request.id',
      breaks: 'whatever begins with digits is an id',
      file: DID,
      from: FIND_ID,
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
      breaks: 'another name will do',
      file: DID,
      from: FIND_ID,
      to: `idIn(getString(params, didParam) ?? getString(params, '${other}') ?? '')`,
    },
    { rule: 'hash.recipe', breaks: 'the key alone is hashed', file, from: `hashed: ['${param}'],`, to: 'hashed: [],' },
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
      file,
      from: all,
      to: `[...CALLER_CHECKS.slice(0, 4), didIsFound, ${checks}]`,
    },
    {
      rule: 'check.access-denied.rights',
      breaks: 'rights are not asked',
      file,
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
      rule: 'order',
      breaks: 'the DID is looked for before the rights',
      file,
      from: 'mayManageDidsOrDenied, didIsFound',
      to: 'didIsFound, mayManageDidsOrDenied',
    },
  ];
  return rows.map((row) => ({ ...row, call: name }));
}

const CHANGES = 'mor/changes.ts';

const STOP: StatusCall = {
  name: 'did_subscription_stop',
  file: 'mor/calls/did-subscription-stop.ts',
  param: 'did_id',
  checks: 'didHasDevice',
};

const FREE: StatusCall = { name: 'did_make_free', file: 'mor/calls/did-make-free.ts', param: 'dids_id', checks: 'didCanBeFreed' };

const TERMINATE: StatusCall = {
  name: 'did_terminate',
  file: 'mor/calls/did-terminate.ts',
  param: 'dids_id',
  checks: 'didIsNotResellersFree, didCanBeTerminated',
};

const DELETE: StatusCall = {
  name: 'did_delete',
  file: 'mor/calls/did-delete.ts',
  param: 'dids_id',
  checks: 'didIsTerminated, didHasNoCalls, didIsInNoQueue',
};

const inCall = ({ name }: StatusCall, mutants: readonly Mutant[]): readonly Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, call: name }));

/** Mocks that break one rule each of the calls that change a status. */
export const DID_STATUS_MUTANTS: readonly Mutant[] = [
  ...[STOP, FREE, TERMINATE, DELETE].flatMap(makeShared),
  ...inCall(STOP, [
    { rule: 'check.did-without-device', breaks: 'no device is needed', file: STOP.file, from: ', didHasDevice],', to: '],' },
    {
      rule: 'check.hidden-device',
      breaks: 'a device that is not shown is none',
      file: DID,
      from: "device_id !== undefined || (status === 'active' && dial_plan_id === undefined)",
      to: "device_id !== undefined && (status === 'active' || dial_plan_id === undefined)",
    },
    {
      rule: 'success.closed',
      breaks: 'the device stays',
      file: CHANGES,
      from: "status: 'closed', device_id: undefined,",
      to: "status: 'closed',",
    },
    { rule: 'success.closed-till', breaks: 'always 90 days', file: CHANGES, from: 'closed_did_days * SECONDS', to: '90 * SECONDS' },
  ]),
  ...inCall(FREE, [
    { rule: 'check.did-not-freed', breaks: 'any DID can be freed', file: FREE.file, from: ', didCanBeFreed],', to: '],' },
    { rule: 'check.did-not-freed', breaks: 'closed ones cannot', file: FREE.file, from: "'reserved', 'closed'];", to: "'reserved'];" },
    {
      rule: 'check.seen-as',
      breaks: 'the stored status counts',
      file: FREE.file,
      from: 'FREEABLE.includes(getStatusFor(caller, did, users))',
      to: 'FREEABLE.includes(did.status)',
    },
    {
      rule: 'success.free',
      breaks: 'the user stays',
      file: CHANGES,
      from: 'user_id: undefined, device_id: undefined, closed_till',
      to: 'closed_till',
    },
    {
      rule: 'success.owner',
      breaks: "an admin leaves it the reseller's",
      file: CHANGES,
      from: "caller?.type === 'reseller' ? {} : { reseller_id: ADMINISTRATOR_ID }",
      to: '{}',
    },
    {
      rule: 'success.owner',
      breaks: 'a reseller loses it',
      file: CHANGES,
      from: "caller?.type === 'reseller' ? {} : { reseller_id: ADMINISTRATOR_ID }",
      to: '{ reseller_id: ADMINISTRATOR_ID }',
    },
    {
      rule: 'success.rest',
      breaks: 'the comment goes',
      file: CHANGES,
      from: "status: 'free', ...NOBODY",
      to: "status: 'free', comment: '', ...NOBODY",
    },
  ]),
  ...inCall(TERMINATE, [
    {
      rule: 'check.did-not-terminated',
      breaks: "a reseller's free DID can be terminated",
      file: TERMINATE.file,
      from: 'didIsNotResellersFree, didCanBeTerminated]',
      to: 'didCanBeTerminated]',
    },
    {
      rule: 'check.only-free-or-closed',
      breaks: 'any status can be terminated',
      file: TERMINATE.file,
      from: 'didIsNotResellersFree, didCanBeTerminated]',
      to: 'didIsNotResellersFree]',
    },
    {
      rule: 'success.terminated',
      breaks: 'the user stays',
      file: CHANGES,
      from: 'user_id: undefined, device_id: undefined, closed_till',
      to: 'closed_till',
    },
  ]),
  ...inCall(DELETE, [
    {
      rule: 'check.did-must-be-terminated',
      breaks: 'any status can be deleted',
      file: DELETE.file,
      from: 'didIsTerminated, didHasNoCalls, didIsInNoQueue]',
      to: 'didHasNoCalls, didIsInNoQueue]',
    },
    {
      rule: 'check.did-has-calls',
      breaks: 'calls are no obstacle',
      file: DELETE.file,
      from: 'didIsTerminated, didHasNoCalls, didIsInNoQueue]',
      to: 'didIsTerminated, didIsInNoQueue]',
    },
    {
      rule: 'check.did-in-queue',
      breaks: 'queues are no obstacle',
      file: DELETE.file,
      from: 'didIsTerminated, didHasNoCalls, didIsInNoQueue]',
      to: 'didIsTerminated, didHasNoCalls]',
    },
    {
      rule: 'order',
      breaks: 'the queue is looked at before the calls',
      file: DELETE.file,
      from: 'didHasNoCalls, didIsInNoQueue]',
      to: 'didIsInNoQueue, didHasNoCalls]',
    },
    {
      rule: 'success.answer',
      breaks: 'the text is a success',
      file: DELETE.file,
      from: "page({ status: { status: 'DID successfully deleted' } })",
      to: "page({ status: { success: 'DID successfully deleted' } })",
    },
    {
      rule: 'success.gone',
      breaks: 'it is terminated once more',
      file: DELETE.file,
      from: "changes: [{ kind: 'did.remove', id: did.id }]",
      to: "changes: [{ kind: 'did.update', id: did.id, fields: { status: 'terminated' } }]",
    },
  ]),
];
