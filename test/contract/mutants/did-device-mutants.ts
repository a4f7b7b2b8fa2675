import { CALLER, type Mutant } from './mutant.ts';

const NUMBER = 'mor/checks/did-number.ts';

const DEVICE = 'mor/checks/device.ts';

const CHANGES = 'mor/changes.ts';

/** What breaks a rule that all calls of devices have. `next` is between two checks. */
function makeShared(call: string, file: string, next = '\n    '): readonly Mutant[] {
  const rows: readonly Mutant[] = [
    { rule: 'request.paths', breaks: 'it is called otherwise', file, from: `name: '${call}',`, to: "name: 'did_other'," },
    {
      rule: 'request.did',
      breaks: 'the number is not trimmed',
      file: NUMBER,
      from: "trimmed(getString(params, 'did') ?? '')",
      to: "trimmed('') + (getString(params, 'did') ?? '')",
    },
    {
      rule: 'request.other-names',
      breaks: 'did_id is read too',
      file: NUMBER,
      from: "number === '' ? undefined : state.findDidByNumber(number)",
      to: "number === '' ? state.findDidById(Number(getString(params, 'did_id'))) : state.findDidByNumber(number)",
    },
    { rule: 'hash.without-did', breaks: 'the example is refused', file, from: 'hashedWithoutDid: [', to: "hashedWithoutDid: ['hash', " },
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
      from: '...CALLER_CHECKS,',
      to: '...CALLER_CHECKS.slice(0, 4),',
    },
    { rule: 'check.manage-dids', breaks: 'rights are not asked', file, from: `mayManageDids,${next}`, to: '' },
    { rule: 'check.did-not-yours', breaks: 'every DID will do', file, from: `,${next}didIsForCaller,`, to: ',' },
    {
      rule: 'check.terminated',
      breaks: 'terminated DIDs will do',
      file,
      from: `,${next}didIsNotTerminated,${next}didIs`,
      to: `,${next}didIs`,
    },
    { rule: 'check.did-not-found', breaks: 'another text', file: NUMBER, from: "orElse: 'didNotFound'", to: "orElse: 'didNotYours'" },
    {
      rule: 'order',
      breaks: 'the right is asked behind the DID',
      file,
      from: `mayManageDids,${next}didIsForCaller,`,
      to: 'didIsForCaller, mayManageDids,',
    },
  ];
  return rows.map((row) => ({ ...row, call }));
}

function makeAssign(call: string, file: string, kind: string): readonly Mutant[] {
  const rows: readonly Mutant[] = [
    {
      rule: 'request.device-id',
      breaks: 'the id is a number of any form',
      file: DEVICE,
      from: "idIn(getString(caller.params, 'device_id') ?? '')",
      to: "[Number.parseInt(getString(caller.params, 'device_id') ?? '', 10)].filter((id) => !Number.isNaN(id))[0]",
    },
    {
      rule: 'hash.recipe',
      breaks: 'the number comes first',
      file,
      from: "hashed: ['device_id', 'did'],",
      to: "hashed: ['did', 'device_id'],",
    },
    {
      rule: 'check.device-not-found',
      breaks: 'another text',
      file: DEVICE,
      from: "orElse: 'deviceNotFound'",
      to: "orElse: 'deviceNotYours'",
    },
    { rule: 'check.device-not-yours', breaks: 'every device will do', file, from: '    deviceIsForCaller,\n', to: '' },
    { rule: 'check.not-free', breaks: 'any DID will do', file, from: '    didIsFreeForDevice,\n', to: '' },
    {
      rule: 'check.needs-reservation',
      breaks: 'free DIDs will do',
      file: DEVICE,
      from: "did.status === 'free' && settings.assign_needs_reservation",
      to: "did.status === 'active' && settings.assign_needs_reservation",
    },
    { rule: 'check.kind', breaks: 'any device will do', file, from: `    ${kind},\n`, to: '' },
    {
      rule: 'success.assigned',
      breaks: 'the user is forgotten',
      file: CHANGES,
      from: 'device_id: device.id, user_id: device.user_id',
      to: 'device_id: device.id',
    },
    {
      rule: 'success.same-device',
      breaks: 'a change is made all the same',
      file: CHANGES,
      from: '  if (device_id === device.id) return [];',
      to: "  if (device_id === device.id) return [{ kind: 'did.update', id, fields: { comment: 'again' } }];",
    },
  ];
  return rows.map((row) => ({ ...row, call }));
}

const ASSIGN = 'mor/calls/did-device-assign.ts';

const TRUNK = 'mor/calls/did-trunk-device-assign.ts';

const UNASSIGN = 'mor/calls/did-device-unassign.ts';

const onlyAssign: readonly Mutant[] = [
  { rule: 'request.old-name', breaks: "only today's name answers", file: ASSIGN, from: "oldNames: ['did_assign_device'],", to: '' },
  {
    rule: 'dialect.legacy',
    breaks: 'one text for every number',
    file: NUMBER,
    from: "/^[0-9]+$/.test(number) ? 'didDoesNotExist' : 'didInvalid'",
    to: "'didDoesNotExist'",
  },
  {
    rule: 'dialect.legacy',
    breaks: "today's form of the success",
    file: ASSIGN,
    from: "settings.dialect === 'legacy' ? page({ status: SUCCESS }) : page",
    to: 'settings.dialect === undefined ? page({ status: SUCCESS }) : page',
  },
  {
    rule: 'success.reseller',
    breaks: 'the owner stays',
    file: CHANGES,
    from: "user?.type === 'reseller' ? { reseller_id: user.id } : {}",
    to: "user?.type === 'admin' ? { reseller_id: user.id } : {}",
  },
];

const onlyTrunk: readonly Mutant[] = [
  { rule: 'dialect.legacy', breaks: 'older texts', file: NUMBER, from: "orElse: 'didNotFound'", to: "orElse: 'didInvalid'" },
];

const onlyUnassign: readonly Mutant[] = [
  { rule: 'request.old-name', breaks: "only today's name answers", file: UNASSIGN, from: "oldNames: ['did_unassign_device'],", to: '' },
  { rule: 'hash.recipe', breaks: 'the key alone is hashed', file: UNASSIGN, from: "hashed: ['did'],", to: 'hashed: [],' },
  { rule: 'check.already-free', breaks: 'nothing to take is no obstacle', file: UNASSIGN, from: ' didIsTaken,', to: '' },
  { rule: 'check.dialplan', breaks: 'a dial plan is no obstacle', file: UNASSIGN, from: ' didIsInNoDialplan]', to: ']' },
  {
    rule: 'check.hidden-device',
    breaks: 'a device that is not shown is none',
    file: UNASSIGN,
    from: 'hasDevice(did) || did',
    to: 'did.device_id !== undefined || did',
  },
  {
    rule: 'dialect.legacy',
    breaks: 'the text of today',
    file: NUMBER,
    from: "pick: () => 'didInvalid'",
    to: "pick: () => 'didNotFound'",
  },
  {
    rule: 'success.unassigned',
    breaks: 'the device stays',
    file: CHANGES,
    from: 'fields: { status, device_id: undefined, ...user }',
    to: 'fields: { status, ...user }',
  },
  { rule: 'success.free', breaks: 'the user stays', file: CHANGES, from: "status === 'free' ? { user_id: undefined } : {}", to: '{}' },
];

const inCall = (call: string, mutants: readonly Mutant[]): readonly Mutant[] => mutants.map((mutant) => ({ ...mutant, call }));

/** Mocks that break one rule of a device call each. */
export const DID_DEVICE_MUTANTS: readonly Mutant[] = [
  ...makeShared('did_device_assign', ASSIGN),
  ...makeAssign('did_device_assign', ASSIGN, 'deviceIsPlain'),
  ...inCall('did_device_assign', onlyAssign),
  ...makeShared('did_trunk_device_assign', TRUNK),
  ...makeAssign('did_trunk_device_assign', TRUNK, 'deviceIsTrunk'),
  ...inCall('did_trunk_device_assign', onlyTrunk),
  ...makeShared('did_device_unassign', UNASSIGN, ' '),
  ...inCall('did_device_unassign', onlyUnassign),
];
