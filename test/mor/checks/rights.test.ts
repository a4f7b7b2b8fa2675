import { findFailedCheck, buildSteps, type Check } from '../../../src/mor/check.ts';
import { getCallerFacts, type CallerFacts } from '../../../src/mor/checks/caller.ts';
import { mayCreateDids, mayManageDidsOrDenied, mayReadDids } from '../../../src/mor/checks/rights.ts';
import { createWords } from '../../../src/explain/words.ts';
import type { FixturesInput } from '../../../src/index.ts';
import { createState } from '../../support/pure-call.ts';

const USERS: FixturesInput['users'] = [
  { id: 0, username: 'admin', type: 'admin' },
  ...(['none', 'read', 'edit'] as const).flatMap((manage_dids, i) => [
    { id: 10 + i, username: `accountant_${manage_dids}`, type: 'accountant' as const, permissions: { manage_dids } },
    { id: 20 + i, username: `reseller_${manage_dids}`, type: 'reseller' as const, permissions: { manage_dids } },
  ]),
  { id: 8, username: 'user', type: 'user' },
];

/** How a check goes for a caller: whether it passes, what it saw, and what would pass if it does not. */
function stepOf(
  row: Check<CallerFacts>,
  u: string,
  settings: FixturesInput['settings'] = {},
): readonly [passes: boolean, actual: string, fix?: string] {
  const facts = getCallerFacts({ method: 'POST', params: new Map([['u', u]]) }, createState({ settings, users: USERS }), {
    hashed: [],
    hashedWithoutDid: undefined,
  });
  const [step] = buildSteps([row], { facts, dialect: facts.settings.dialect, failedAt: findFailedCheck([row], facts) }, createWords(facts));
  return step?.fix === undefined ? [step?.state === 'passed', step?.actual ?? ''] : [step.state === 'passed', step.actual, step.fix];
}

const reading = (who: string, permission: string): string => `manage_dids of ${who} is ${permission}`;
const giving = (who: string, permission: string): string => `permissions: { manage_dids: ${permission} } on ${who}`;

const ACCOUNTANTS = ['none', 'read', 'edit'].map((permission, i) => `user ${String(10 + i)} (accountant accountant_${permission})`);
const RESELLERS = ['none', 'read', 'edit'].map((permission, i) => `user ${String(20 + i)} (reseller reseller_${permission})`);
const [ACCOUNTANT_NONE = '', ACCOUNTANT_READ = '', ACCOUNTANT_EDIT = ''] = ACCOUNTANTS;
const [RESELLER_NONE = '', RESELLER_READ = '', RESELLER_EDIT = ''] = RESELLERS;

test.each<[u: string, step: readonly unknown[]]>([
  ['admin', [true, 'the caller is user 0 (admin)']],
  ['accountant_none', [false, reading(ACCOUNTANT_NONE, 'none'), giving(ACCOUNTANT_NONE, 'edit')]],
  ['accountant_read', [false, reading(ACCOUNTANT_READ, 'read'), giving(ACCOUNTANT_READ, 'edit')]],
  ['accountant_edit', [true, reading(ACCOUNTANT_EDIT, 'edit')]],
  ['reseller_none', [false, reading(RESELLER_NONE, 'none'), giving(RESELLER_NONE, 'edit')]],
  ['reseller_read', [false, reading(RESELLER_READ, 'read'), giving(RESELLER_READ, 'edit')]],
  ['reseller_edit', [true, reading(RESELLER_EDIT, 'edit')]],
  ['user', [false, 'the caller is user 8 (user)', giving('user 8 (user)', 'edit')]],
  ['nobody', [false, 'no user is called "nobody"', giving('the caller', 'edit')]],
])('%s may manage DIDs: %j', (u, step) => {
  expect(stepOf(mayManageDidsOrDenied, u)).toEqual(step);
  expect(stepOf(mayManageDidsOrDenied, u, { resellers_can_add_their_own_dids: false })).toEqual(step);
  expect(mayManageDidsOrDenied.orElse).toBe('accessDenied');
});

test.each<[u: string, step: readonly unknown[]]>([
  ['admin', [true, 'the caller is user 0 (admin)']],
  ['accountant_none', [false, reading(ACCOUNTANT_NONE, 'none'), giving(ACCOUNTANT_NONE, 'read')]],
  ['accountant_read', [true, reading(ACCOUNTANT_READ, 'read')]],
  ['accountant_edit', [true, reading(ACCOUNTANT_EDIT, 'edit')]],
  ['reseller_none', [true, `the caller is ${RESELLER_NONE}`]],
])('%s may read DIDs: %j', (u, step) => {
  expect(stepOf(mayReadDids, u)).toEqual(step);
  expect(mayReadDids.orElse).toBe('didsNotManageable');
});

test.each<[u: string, canAdd: boolean, step: readonly unknown[]]>([
  ['admin', false, [true, 'the caller is user 0 (admin)']],
  ['accountant_read', false, [false, reading(ACCOUNTANT_READ, 'read'), giving(ACCOUNTANT_READ, 'edit')]],
  ['accountant_edit', false, [true, reading(ACCOUNTANT_EDIT, 'edit')]],
  ['reseller_edit', true, [true, 'resellers_can_add_their_own_dids is on']],
  ['reseller_edit', false, [false, 'resellers_can_add_their_own_dids is off', 'resellers_can_add_their_own_dids: true in the settings']],
  [
    'reseller_read',
    true,
    [false, `resellers_can_add_their_own_dids is on; ${reading(RESELLER_READ, 'read')}`, giving(RESELLER_READ, 'edit')],
  ],
  [
    'reseller_none',
    false,
    [
      false,
      `resellers_can_add_their_own_dids is off; ${reading(RESELLER_NONE, 'none')}`,
      `resellers_can_add_their_own_dids: true in the settings; and ${giving(RESELLER_NONE, 'edit')}`,
    ],
  ],
])('%s may create DIDs, resellers may add: %s -> %j', (u, resellers_can_add_their_own_dids, step) => {
  expect(stepOf(mayCreateDids, u, { resellers_can_add_their_own_dids })).toEqual(step);
});

test('for who may not use the API at all nothing is foretold', () => {
  for (const u of ['user', 'nobody']) {
    const facts = getCallerFacts({ method: 'POST', params: new Map([['u', u]]) }, createState({ users: USERS }), {
      hashed: [],
      hashedWithoutDid: undefined,
    });
    expect([mayCreateDids, mayManageDidsOrDenied].map((row) => row.isUndetermined?.(facts))).toEqual([true, true]);
  }
});
