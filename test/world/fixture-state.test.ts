import type { User } from '../../src/mor/model.ts';
import type { DidEntry } from '../../src/world/did-range.ts';
import { makeDid, makeFixtures, makeRange, SETTINGS } from '../support/did-factory.ts';

const ACCOUNTANT: Extract<User, { type: 'accountant' }> = {
  id: 3,
  username: 'Ann',
  type: 'accountant',
  accept_hash_without_did: false,
  permissions: { manage_dids: 'edit' },
};
const PROVIDER = { id: 1, name: '', user_id: 0, hidden: false };

test('users, providers and settings cannot be changed, down to the last field, nor through what the state was made of', () => {
  const user = structuredClone(ACCOUNTANT);
  const fixtures = makeFixtures([], { users: [user], providers: [PROVIDER] });
  const [kept] = fixtures.users as [typeof user];
  expect(
    [fixtures, fixtures.settings, fixtures.users, kept, kept.permissions, fixtures.providers, fixtures.providers[0]].map(Object.isFrozen),
  ).toEqual(Array(7).fill(true));
  expect(Object.isFrozen(user)).toBe(false);
  expect(() => Object.assign(fixtures.settings, { allow_api: false })).toThrow(TypeError);
});

test('users are found by exact name and by id, providers by id', () => {
  const fixtures = makeFixtures([], { users: [ACCOUNTANT], providers: [PROVIDER] });
  expect([fixtures.findUserByName('Ann'), fixtures.findUserById(3), fixtures.findProviderById(1)]).toEqual([
    ACCOUNTANT,
    ACCOUNTANT,
    PROVIDER,
  ]);
  expect([fixtures.findUserByName('ann'), fixtures.findUserById(1), fixtures.findProviderById(3)]).toEqual(Array(3).fill(undefined));
});

describe('the next id', () => {
  it.each<[title: string, entries: readonly DidEntry[], next: number]>([
    ['of nothing', [], 1],
    ['after single DIDs, whatever their order', [makeDid('10', 9), makeDid('20', 7)], 10],
    ['after the last number of a range', [makeDid('10', 9), makeRange('100', '199', 50)], 150],
    ['after a DID behind a range', [makeDid('10', 900), makeRange('100', '199', 50)], 901],
  ])('%s', (_, entries, next) => {
    expect(makeFixtures(entries).nextDidId).toBe(next);
  });

  it('is that of the fixtures if they name one', () => {
    expect(makeFixtures([makeDid('10', 9)], { next_did_id: 500 }).nextDidId).toBe(500);
  });
});

describe('look-ups among single DIDs and ranges', () => {
  const fixtures = makeFixtures([
    makeRange('0100', '0199', 1),
    makeRange('100', '199', 101),
    makeRange('00000000000000000000', '00000000000000000009', 201),
    makeDid('0200', 211),
    makeDid('toString', 212),
    makeDid('0099', 300),
  ]);

  it.each<[number: string, id: number | undefined]>([
    ['0100', 1],
    ['0150', 51],
    ['0199', 100],
    ['100', 101],
    ['199', 200],
    ['00000000000000000007', 208],
    ['0200', 211],
    ['toString', 212],
    ['0099', 300],
    ['0098', undefined],
    ['200', undefined],
    ['00199', undefined],
    ['0000000000000000000', undefined],
    ['__proto__', undefined],
    ['1e2', undefined],
    ['0000000000000000000x', undefined],
    ['', undefined],
  ])('number %j has the id %j', (number, id) => {
    expect(fixtures.findDidByNumber(number)).toEqual(id === undefined ? undefined : makeDid(number, id));
    if (id !== undefined) expect(fixtures.findDidById(id)).toEqual(makeDid(number, id));
  });

  it.each([-1, 0, 213, 299, 301, 1e9, 1.5, NaN])('no DID has the id %d', (id) => {
    expect(fixtures.findDidById(id)).toBeUndefined();
  });

  it('counts every number of a range', () => {
    expect(fixtures.didCount).toBe(213);
  });

  it('keeps entries in the order of ids', () => {
    const shuffled = makeFixtures([makeDid('1', 9), makeRange('10', '12', 4), makeDid('2', 1)]);
    expect(shuffled.didEntries).toEqual([makeDid('2', 1), makeRange('10', '12', 4), makeDid('1', 9)]);
  });
});

describe('ranges of one length, written in no order', () => {
  const long = (digits: string): string => digits.padStart(20, '9');
  const fixtures = makeFixtures([
    makeRange(long('500'), long('509'), 1),
    makeRange(long('100'), long('109'), 11),
    makeRange(long('300'), long('309'), 21),
    makeRange('1'.repeat(18), `${'1'.repeat(17)}5`, 31),
  ]);

  it.each([
    [long('100'), 11],
    [long('305'), 26],
    [long('509'), 10],
    [long('510'), undefined],
    [long('200'), undefined],
    [`${'1'.repeat(17)}3`, 33],
    [`${'1'.repeat(17)}6`, undefined],
    [`x${long('105').slice(1)}`, undefined],
    [`${long('105').slice(1)}x`, undefined],
  ])('%s has the id %j', (number, id) => {
    expect(fixtures.findDidByNumber(number)?.id).toBe(id);
  });
});

test('a range of a billion numbers costs no more than a single DID', () => {
  const fixtures = makeFixtures([makeRange('3706000000000', '3706999999999', 1)], { settings: SETTINGS });
  expect(fixtures.didCount).toBe(1_000_000_000);
  expect(fixtures.findDidByNumber('3706123456789')).toEqual(makeDid('3706123456789', 123_456_790));
  expect(fixtures.findDidById(1_000_000_000)?.did).toBe('3706999999999');
});
