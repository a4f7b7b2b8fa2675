/** What each call that changes a DID does to a DID of each status and owner: every cell of the table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FixturesInput } from '../../src/index.ts';
import { carried } from '../../src/contract/transports.ts';
import { signParams, type ParamTexts } from '../../src/contract/signed.ts';
import { CALLS, findCall } from '../../src/mor/calls/index.ts';
import { withMock } from '../support/mock.ts';
import { send } from '../support/send.ts';

interface Matrix {
  /** MOR's text by the word in a cell. */
  readonly errors: Readonly<Record<string, string>>;
  readonly statuses: readonly string[];
  /** By call and, behind it, what is asked; then by caller and owner. */
  readonly calls: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const MATRIX = parse(readFileSync(join(__dirname, 'status-matrix.yaml'), 'utf8')) as Matrix;

const OWNERS: Readonly<Record<string, number>> = { "the administrator's": 0, "the reseller's": 5, "another reseller's": 6 };

/** The user of each owner. */
const USERS: Readonly<Record<number, number>> = { 0: 8, 5: 9, 6: 12 };

type DidState = Omit<NonNullable<FixturesInput['dids']>[number], 'id' | 'did' | 'provider_id' | 'reseller_id'>;

function stateOf(status: string, owner: number): DidState {
  const user_id = USERS[owner]!;
  switch (status) {
    case 'reserved':
    case 'closed':
      return { status, user_id };
    case 'reserved for nobody':
      return { status: 'reserved' };
    case 'active':
      return { status, user_id, device_id: 100 + user_id };
    case 'active without a device':
      return { status: 'active' };
    case 'in a dial plan':
      return { status: 'active', dial_plan_id: 4 };
    case 'free':
    case 'terminated':
      return { status };
    default:
      throw new Error(`no DID is made for ${status}`);
  }
}

const world = (status: string, owner: number): FixturesInput => ({
  settings: { api_secret_key: 'secret' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 2, username: 'accountant', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 6, username: 'another', type: 'reseller' },
    { id: 8, username: 'user', type: 'user' },
    { id: 9, username: 'resellers_user', type: 'user', owner_id: 5 },
    { id: 12, username: 'anothers_user', type: 'user', owner_id: 6 },
  ],
  providers: [{ id: 1 }],
  // Of each user a device that the DID may have, one that is asked for, and a trunk.
  devices: Object.values(USERS).flatMap((user_id) => [
    { id: 100 + user_id, user_id },
    { id: 200 + user_id, user_id },
    { id: 300 + user_id, user_id, trunk: 1 as const },
  ]),
  dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
  dids: [{ id: 7, did: '370', provider_id: 1, reseller_id: owner, ...stateOf(status, owner) }],
});

/** The parameters of a call on DID 7; a device and a user are the caller's. */
function paramsOf(call: string, what: string, caller: string): ParamTexts {
  const user = caller === 'reseller' ? 9 : 8;
  const names: readonly string[] = findCall(call)!.params.map(({ name }) => name);
  const receiver: Readonly<Record<string, string>> = { 'to a user': String(user), 'to the reseller': '5', 'to nobody': '-1' };
  const device = call === 'did_trunk_device_assign' ? 300 + user : 200 + user;
  const values = { u: caller, did: '370', did_id: '7', dids_id: '7', device_id: String(device), did_user_id: receiver[what] };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => names.includes(entry[0]) && entry[1] !== undefined),
  );
}

const CELLS = Object.entries(MATRIX.calls).flatMap(([title, rows]) =>
  Object.entries(rows).flatMap(([who, cells]) => cells.map((cell, i) => ({ title, who, status: MATRIX.statuses[i] ?? '', cell }))),
);

test('the table has every call that changes a DID, and a cell for each status', () => {
  const called = new Set(Object.keys(MATRIX.calls).map((title) => title.split(' ')[0]));
  const takesDid = CALLS.filter(
    ({ isReadOnly, params }) => !isReadOnly && params.some(({ names }) => names === 'didId' || names === 'didNumber'),
  );
  expect([...called].toSorted()).toEqual(
    takesDid
      .map(({ name }) => name)
      .filter((name) => name !== 'did_create')
      .toSorted(),
  );
  for (const rows of Object.values(MATRIX.calls)) {
    expect(Object.keys(rows)).toHaveLength(7);
    for (const cells of Object.values(rows)) expect(cells).toHaveLength(MATRIX.statuses.length);
  }
});

test.each(CELLS)('$title by $who, $status -> $cell', async ({ title, who, status, cell }) => {
  const [call = '', ...what] = title.split(' ');
  const [caller = '', owned = ''] = who.split(', ');
  const owner = OWNERS[owned]!;
  await withMock(world(status, owner), async (mor) => {
    const before = mor.did(7);
    const params = signParams(findCall(call)!, paramsOf(call, what.join(' '), caller));
    const { body } = await send(mor, { path: `/billing/api/${call}`, ...carried(params, 'query') });
    if (!cell.startsWith('=')) {
      expect(body).toContain(`<error>${MATRIX.errors[cell] ?? 'no such error'}</error>`);
      expect(mor.did(7)).toEqual(before);
      return;
    }
    expect(body).not.toContain('<error>');
    const [becomes, newOwner = owner] = cell.slice(1).split('@');
    const [after] = mor.dids({ did: '370' });
    expect([after?.stored_status ?? 'gone', after?.reseller_id]).toEqual([becomes, becomes === 'gone' ? undefined : Number(newOwner)]);
  });
});
