import { parseDidFilter } from '../../../src/mor/checks/did-filter.ts';
import { NOT_TEXT, type ParamValue } from '../../../src/mor/params.ts';
import { makeDid } from '../../support/did-factory.ts';
import { createState } from '../../support/pure-call.ts';

const STATE = createState({
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
    { id: 8, username: 'user', type: 'user', first_name: 'ŽANA', last_name: 'İ. Straße' },
    { id: 9, username: 'plain', type: 'user', owner_id: 5 },
  ],
  providers: [{ id: 1 }, { id: 0 }],
  devices: [{ id: 105, user_id: 9 }],
  dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
  dids: [
    { id: 1, did: '370', provider_id: 1 },
    { id: 2, did: '37A', provider_id: 1, reseller_id: 5, status: 'active', device_id: 105, language: 'lt' },
    { id: 3, did: '3_%', provider_id: 0, status: 'active', dial_plan_id: 4 },
    { id: 4, did: '444', provider_id: 1, status: 'terminated' },
    { id: 5, did: '555', provider_id: 1, status: 'closed', user_id: 8 },
    { id: 6, did: '666', provider_id: 1, reseller_id: 5 },
  ],
});

function found(params: Readonly<Record<string, ParamValue>>, u = 'admin'): readonly number[] {
  const filter = parseDidFilter(new Map(Object.entries(params)), STATE.findUserByName(u), STATE);
  return [...STATE.listDids(filter)].map(({ id }) => id);
}

const ALL = [1, 2, 3, 4, 5, 6];

const NAMES = [
  ...['search_did_number', 'search_status', 'search_did_owner', 'search_dialplan', 'search_user', 'search_device'],
  ...['search_provider', 'search_language'],
];

test.each(NAMES)('%s: absent, empty and blank are no filter; a list or a map finds nothing', (name) => {
  for (const params of [{}, { [name]: '' }, { [name]: ' \t\r\n' }]) expect(found(params)).toEqual(ALL);
  expect(found({ [name]: NOT_TEXT })).toEqual([]);
});

test('search_hide_terminated_dids: nothing but 1 hides, and a list or a map is not 1', () => {
  expect(found({ search_hide_terminated_dids: '1' })).toEqual([1, 2, 3, 5, 6]);
  const others: readonly ParamValue[] = ['', '0', ' 1', '01', 'true', NOT_TEXT];
  for (const sent of others) expect(found({ search_hide_terminated_dids: sent })).toEqual(ALL);
});

test.each<[params: Readonly<Record<string, ParamValue>>, ids: readonly number[]]>([
  [{ search_provider: '0' }, [3]],
  [{ search_provider: ' 001\n' }, [1, 2, 4, 5, 6]],
  [{ search_provider: '1x' }, []],
  [{ search_provider: '-1' }, []],
  [{ search_user: '9' }, [2]],
  [{ search_user: '0' }, []],
  [{ search_device: '105' }, [2]],
  [{ search_dialplan: '4' }, [3]],
  [{ search_language: 'en' }, [1, 3, 4, 5, 6]],
  [{ search_language: ' lt ' }, [2]],
  [{ search_language: 'LT' }, []],
  [{ search_language: 'all' }, ALL],
  [{ search_language: ' all ' }, ALL],
  [{ search_status: 'free' }, [1]],
  [{ search_status: 'reserved' }, [6]],
  [{ search_status: 'toString' }, []],
  [{ search_did_owner: 'žana' }, [5]],
  [{ search_did_owner: ' i̇. STRA ' }, [5]],
  [{ search_did_owner: 'PLAIN' }, [2]],
  [{ search_did_owner: 'user' }, []],
  [{ search_did_owner: '.*' }, []],
  [{ search_did_owner: '%' }, []],
  [{ search_status: 'active', search_provider: '1' }, [2]],
  [{ search_did_number: '37', search_hide_terminated_dids: '1', search_language: 'lt' }, [2]],
])('%p -> %p', (params, ids) => {
  expect(found(params)).toEqual(ids);
});

test('a reseller: only the own ones, by the own status', () => {
  expect(found({}, 'reseller')).toEqual([2, 6]);
  expect(found({ search_status: 'free' }, 'reseller')).toEqual([6]);
  expect(found({ search_status: 'reserved' }, 'reseller')).toEqual([]);
});

describe('search_did_number', () => {
  test.each<[pattern: string, ids: readonly number[]]>([
    ['37', [1, 2]],
    ['7a', [2]],
    ['%', ALL],
    ['%%%', ALL],
    ['3%0', [1]],
    ['0%3', []],
    ['%370%', [1]],
    ['_', ALL],
    ['___', ALL],
    ['____', []],
    ['3_0', [1]],
    ['3__', [1, 2, 3]],
    ['_7_', [1, 2]],
    ['_%_%_', ALL],
    ['_%_%_%_', []],
    ['%_6', [6]],
    ['44%4', [4]],
    ['44%44', []],
    ['\\%', []],
    ['.', []],
    ['[0-9]', []],
    ['37 ', []],
    [' 37', []],
  ])('%j -> %p', (pattern, ids) => {
    expect(found({ search_did_number: pattern })).toEqual(ids);
  });

  test.each([
    ['%a'.repeat(50_000)],
    ['%'.repeat(100_000)],
    ['%_'.repeat(50_000)],
    [`${'_'.repeat(100_000)}%`],
    [`${'%4'.repeat(50_000)}%x`],
  ])('a long pattern ends at once (%#)', (pattern) => {
    const filter = parseDidFilter(new Map([['search_did_number', pattern]]), STATE.findUserByName('admin'), STATE);
    const number = makeDid('4'.repeat(255), 1);
    const started = performance.now();
    for (let i = 0; i < 1000; i++) filter(number);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
