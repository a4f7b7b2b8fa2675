import type { Did, User } from '../../src/mor/model.ts';
import { Base } from '../../src/world/base.ts';
import { DidColumns } from '../../src/world/did-columns.ts';
import type { DidBlock, DidRow } from '../../src/world/did-records.ts';
import { ANY } from '../../src/world/did-walk.ts';
import { Store } from '../../src/world/store.ts';
import { didRecord as did, SETTINGS, TRAITS } from '../support/records.ts';

const row = (did: string, id?: number): DidRow => ({ ...TRAITS, did, id });
const block = (from: string, to: string, id?: number): DidBlock => ({ ...TRAITS, from, to, id });

function storeOf(dids: readonly (DidRow | DidBlock)[], next_did_id?: number): Store {
  return new Store(new Base({ settings: SETTINGS, users: [], providers: [], dids, next_did_id }));
}

/** Every DID as `id:number`, in the order in which they are listed; a stretch as `id:first+count`. */
function listed(store: Store): readonly string[] {
  return Array.from(store.stretches(), ({ run }) => `${String(run.firstId)}:${run.from}${run.count === 1 ? '' : `+${String(run.count)}`}`);
}

describe('ids of the base', () => {
  it.each<[title: string, dids: (DidRow | DidBlock)[], expected: string[], next: number]>([
    ['nothing', [], [], 1],
    ['left out: counted from 1', [row('10'), row('20')], ['1:10', '2:20'], 3],
    ['left out: after the highest written, whatever the order', [row('10'), row('20', 7), row('30')], ['7:20', '8:10', '9:30'], 10],
    ['a block takes one id a number', [block('100', '199'), row('5')], ['1:100+100', '101:5'], 102],
    ['a block with a written id', [row('5'), block('100', '109', 50)], ['50:100+10', '60:5'], 61],
    ['a block of one number is a number', [block('007', '007')], ['1:007'], 2],
  ])('%s', (_, dids, expected, next) => {
    const store = storeOf(dids);
    expect(listed(store)).toEqual(expected);
    expect(store.nextDidId).toBe(next);
  });

  it('next_did_id goes before the highest id + 1', () => {
    expect(storeOf([row('10')], 500).nextDidId).toBe(500);
  });
});

it('nobody changes users and providers of the base, down to the last field, nor the base by what it was made of', () => {
  const user: User = { id: 3, username: 'a', type: 'accountant', accept_hash_without_did: false, permissions: { manage_dids: 'edit' } };
  const base = new Base({ settings: SETTINGS, users: [user], providers: [{ id: 1, name: '', user_id: 0, hidden: false }], dids: [] });
  const [kept] = base.users as [Extract<User, { type: 'accountant' }>];
  expect([kept, kept.permissions, base.users, base.providers[0], base.settings].map(Object.isFrozen)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(Object.isFrozen(user)).toBe(false);
});

describe('look-ups in blocks', () => {
  const store = storeOf([
    block('0100', '0199'),
    block('100', '199'),
    block('00000000000000000000', '00000000000000000009'),
    row('0200'),
    row('toString'),
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
    ['0099', undefined],
    ['200', undefined],
    ['00199', undefined],
    ['0000000000000000000', undefined],
    ['__proto__', undefined],
    ['1e2', undefined],
    ['0000000000000000000x', undefined],
    ['', undefined],
  ])('number %j has the id %j', (number, id) => {
    expect(store.findDidByNumber(number)?.id).toBe(id);
    if (id !== undefined) expect(store.findDidById(id)?.did).toBe(number);
  });

  it.each([0, 213, 1e9])('no DID has the id %d', (id) => {
    expect(store.findDidById(id)).toBeUndefined();
  });

  it('a block of a billion numbers costs no more than a row', () => {
    const big = storeOf([block('3706000000000', '3706999999999')]);
    expect(big.tally.dids).toBe(1_000_000_000);
    expect(big.findDidByNumber('3706123456789')).toMatchObject({ id: 123_456_790, did: '3706123456789' });
  });
});

describe('blocks of numbers that are too long for a key', () => {
  const long = (digits: string): string => digits.padStart(20, '9');
  const store = storeOf([
    block(long('500'), long('509')),
    block(long('100'), long('109')),
    block(long('300'), long('309')),
    block('1'.repeat(18), `${'1'.repeat(17)}5`),
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
    expect(store.findDidByNumber(number)?.id).toBe(id);
  });
});

it('a list stands behind the rows, however many it has, and shares what it says with them', () => {
  const list = new DidColumns();
  for (let i = 0; i < 300; i++) list.add({ ...row(i % 2 === 0 ? `a${String(i)}` : String(1000 + i)), provider_id: i < 290 ? 1 : 2 });
  list.add(block('5000', '5009', 900));
  const columns = DidColumns.of([row('1'), row('x', 7)], list);
  const store = new Store(new Base({ settings: SETTINGS, users: [], providers: [], dids: [], columns }));
  expect([columns.size, columns.traits.length, columns.heapItems, store.tally.dids]).toEqual([303, 2, 153, 312]);
  expect(['x', '1', 'a0', '1001', 'a298', '1299', '5003'].map((number) => store.findDidByNumber(number)?.id)).toEqual([
    7, 910, 911, 912, 1209, 1210, 903,
  ]);
  expect([store.findDidById(1200)?.provider_id, store.findDidById(1201)?.provider_id]).toEqual([1, 2]);
});

describe('what changes', () => {
  it('a created DID is found, counted and listed, and takes the next id', () => {
    const store = storeOf([row('10')]);
    store.apply([{ kind: 'did.add', did: did('20', store.nextDidId) }]);
    expect(store.findDidByNumber('20')).toEqual(did('20', 2));
    expect(store.wasCreated(2)).toBe(true);
    expect(store.tally).toEqual({ dids: 2, created: 1, added: 1, deleted: 0 });
    expect(store.nextDidId).toBe(3);
    expect(listed(store)).toEqual(['1:10', '2:20']);
  });

  it('what the tester puts there is not counted as created, and lifts the sequence past its id', () => {
    const store = storeOf([row('10')]);
    store.put(did('20', 9));
    expect(store.tally).toEqual({ dids: 2, created: 0, added: 1, deleted: 0 });
    expect(store.nextDidId).toBe(10);
  });

  it('a put below the highest id stands in its place in the list, inside and between blocks', () => {
    const store = storeOf([block('100', '104', 1), block('200', '204', 11)]);
    store.put(did('7', 8));
    store.put(did('9', 30));
    expect(listed(store)).toEqual(['1:100+5', '8:7', '11:200+5', '30:9']);
  });

  it('a put under the id of a deleted number of a block stands in its place', () => {
    const store = storeOf([block('100', '104')]);
    store.delete(store.findDidByNumber('102') as Did);
    store.put(did('7', 3));
    expect(listed(store)).toEqual(['1:100+2', '3:7', '4:103+2']);
    store.delete(did('7', 3));
    expect(listed(store)).toEqual(['1:100+2', '4:103+2']);
  });

  it('deleting numbers of a block splits it', () => {
    const store = storeOf([block('100', '109')]);
    for (const number of ['109', '104', '105', '100']) store.delete(store.findDidByNumber(number) as Did);
    expect(listed(store)).toEqual(['2:101+3', '7:106+3']);
    expect(store.findDidByNumber('104')).toBeUndefined();
    expect(store.findDidById(5)).toBeUndefined();
    expect(store.tally).toEqual({ dids: 6, created: 0, added: 0, deleted: 4 });
  });

  it('a deleted number can be made anew under a new id, and deleted again', () => {
    const store = storeOf([row('10')]);
    store.delete(did('10', 1));
    store.apply([{ kind: 'did.add', did: did('10', store.nextDidId) }]);
    expect(store.findDidByNumber('10')?.id).toBe(2);
    store.delete(did('10', 2));
    expect(store.findDidByNumber('10')).toBeUndefined();
    expect(store.tally).toEqual({ dids: 0, created: 0, added: 0, deleted: 1 });
    expect(store.nextDidId).toBe(3);
  });

  it('a reset of the state leaves the settings, and the other way round', () => {
    const store = storeOf([row('10')]);
    store.put(did('20', 2));
    store.delete(did('10', 1));
    store.patch({ allow_api: false });
    store.resetState();
    expect(listed(store)).toEqual(['1:10']);
    expect(store.settings.allow_api).toBe(false);
    store.resetSettings();
    expect(store.settings).toEqual(SETTINGS);
  });

  it('the records of a changed world make a world that is the same', () => {
    const store = storeOf([block('100', '109'), row('5', 40)]);
    store.delete(store.findDidByNumber('105') as Did);
    store.put(did('77', 20));
    store.patch({ dialect: 'legacy' }, 90);
    const twin = new Store(new Base(store.records()));
    expect(listed(twin)).toEqual(listed(store));
    expect(twin.nextDidId).toBe(90);
    expect(twin.settings).toEqual(store.settings);
  });

  it('another base drops all that changed, and begins another epoch', () => {
    const store = storeOf([row('10')]);
    store.put(did('20', 2));
    store.patch({ allow_api: false });
    const base = new Base({ settings: SETTINGS, users: [], providers: [], dids: [row('30')] });
    store.rebase(base);
    expect([store.base, listed(store), store.settings, store.epoch]).toEqual([base, ['1:30'], SETTINGS, 1]);
  });

  it('who made a DID is told in the list, and forgotten with it', () => {
    const store = storeOf([row('10')]);
    store.put(did('20', 2));
    store.apply([{ kind: 'did.add', did: did('30', 3) }]);
    expect(Array.from(store.stretches(), ({ maker }) => maker)).toEqual([undefined, 'tester', 'call']);
    store.delete(did('20', 2));
    expect(store.tally.created).toBe(1);
    store.delete(did('30', 3));
    expect([store.tally.created, store.wasCreated(3)]).toEqual([0, false]);
  });

  it.each<[trait: string, changed: Partial<Did>]>([
    ['provider', { provider_id: 2 }],
    ['reseller', { reseller_id: 5 }],
    ['status', { status: 'reserved' }],
    ['SIP header', { custom_sip_header: 'X: 1' }],
    ['comment', { comment: 'a' }],
    ['comment of the reseller', { reseller_comment: 'a' }],
  ])('DIDs that differ in nothing but the %s keep what is theirs', (_, changed) => {
    const store = storeOf([]);
    const all = [did('10', 1), { ...did('20', 2), ...changed }, did('30', 3), { ...did('40', 4), ...changed }];
    for (const one of all) store.put(one);
    expect(all.map(({ did }) => store.findDidByNumber(did))).toEqual(all);
    expect(all.map(({ id }) => store.findDidById(id))).toEqual(all);
  });

  it('the records of a world are rows and blocks as they were written', () => {
    const dids = [block('100', '109', 1), row('5', 40)];
    const store = storeOf(dids);
    store.put(did('77', 41));
    expect(store.records().dids).toEqual([...dids, { ...TRAITS, id: 41, did: '77' }]);
    expect([store.records(3)?.dids.length, store.records(2)]).toEqual([3, undefined]);
  });

  it('what was added is passed over as what was there before', () => {
    const store = storeOf([row('10'), row('20')]);
    for (let id = 3; id <= 12; id++) store.put(did(String(id), id));
    for (const skip of [0, 1, 2, 3, 5, 11, 12, 13]) {
      const ids = Array.from(store.stretches(ANY, skip), ({ run }) => run.firstId);
      expect(ids).toEqual(Array.from({ length: Math.max(0, 12 - skip) }, (_, i) => skip + 1 + i));
    }
  });

  it('records are given up where they are more than is wanted', () => {
    const store = storeOf([row('10'), block('100', '109')]);
    expect([store.records(1), store.records(2)?.dids.length]).toEqual([undefined, 2]);
  });

  it('nobody can change the base', () => {
    const base = new Base({ settings: SETTINGS, users: [], providers: [], dids: [] });
    expect(() => Object.assign(base.settings, { allow_api: false })).toThrow(TypeError);
    expect(() => Object.assign(base, { nextDidId: 9 })).toThrow(TypeError);
  });
});

it('of a long number and its comments nothing is kept but themselves', () => {
  const store = storeOf([]);
  const texts = ['123456789012345', 'größer als der Rest', 'наш номер, вот он', `lone \ud800 half of a pair`];
  for (const [i, comment] of texts.entries()) store.put({ ...did(`37060000000000${String(i)}`, i + 1), comment });
  expect(texts.map((_, i) => store.findDidById(i + 1))).toEqual(
    texts.map((comment, i) => ({ ...did(`37060000000000${String(i)}`, i + 1), comment })),
  );
});
