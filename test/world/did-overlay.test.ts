import type { Did } from '../../src/mor/model.ts';
import { DidOverlay } from '../../src/world/did-overlay.ts';
import { ATTRIBUTES, makeDid, makeFixtures, makeRange } from '../support/did-factory.ts';

const overlay = (): DidOverlay => new DidOverlay(makeFixtures([makeRange('100', '109', 1), makeDid('7', 20)]));

/** What is said of who made a DID and who changed it. */
const marks = (dids: DidOverlay, id: number): string =>
  [dids.isCreated(id) ? 'created' : '', dids.isChanged(id) ? 'changed' : ''].join(' ').trim() || 'neither';

describe('adding', () => {
  it('what a call adds is found, counted as created, and takes the next id', () => {
    const dids = overlay();
    dids.add(makeDid('55', dids.nextId), 'call');
    expect([dids.findByNumber('55'), dids.findById(21), dids.nextId, marks(dids, 21)]).toEqual([
      makeDid('55', 21),
      makeDid('55', 21),
      22,
      'created',
    ]);
    expect(dids.counts).toEqual({ dids: 12, created: 1, added: 1, removed: 0 });
  });

  it('what the tester adds is not created, and the next id comes behind it', () => {
    const dids = overlay();
    dids.add(makeDid('55', 90), 'tester');
    expect([dids.nextId, marks(dids, 90)]).toEqual([91, 'neither']);
    expect(dids.counts).toEqual({ dids: 12, created: 0, added: 1, removed: 0 });
  });

  it('below the next id leaves it as it is', () => {
    const dids = overlay();
    dids.add(makeDid('55', 15), 'tester');
    expect(dids.nextId).toBe(21);
  });
});

describe('updating', () => {
  it('a DID of the fixtures keeps its origin: it is changed, not created', () => {
    const dids = overlay();
    dids.update(20, { status: 'closed', comment: 'c' }, 'call');
    const updated = { ...makeDid('7', 20), status: 'closed', comment: 'c' };
    expect([dids.findById(20), dids.findByNumber('7'), marks(dids, 20)]).toEqual([updated, updated, 'changed']);
    expect(dids.counts).toEqual({ dids: 11, created: 0, added: 0, removed: 0 });
  });

  it('one number of a range leaves the others as they are', () => {
    const dids = overlay();
    dids.update(5, { status: 'closed' }, 'call');
    expect([dids.findByNumber('104')?.status, dids.findByNumber('103')?.status, dids.findById(6)?.status]).toEqual([
      'closed',
      'free',
      'free',
    ]);
    expect([marks(dids, 4), marks(dids, 5)]).toEqual(['neither', 'changed']);
  });

  it('takes away what it sets to nothing', () => {
    const dids = overlay();
    dids.update(20, { status: 'active', device_id: 3 }, 'call');
    dids.update(20, { device_id: undefined, comment: '' }, 'call');
    expect(dids.findById(20)).toStrictEqual({ ...makeDid('7', 20), status: 'active', comment: '' });
  });

  it('again leaves what was updated before', () => {
    const dids = overlay();
    dids.update(5, { status: 'closed' }, 'call');
    dids.update(5, { comment: 'c' }, 'call');
    expect(dids.findById(5)).toEqual({ ...makeDid('104', 5), status: 'closed', comment: 'c' });
  });

  it('what a call made stays created, and is not changed', () => {
    const dids = overlay();
    dids.add(makeDid('55', 21), 'call');
    dids.update(21, { status: 'active' }, 'call');
    expect([marks(dids, 21), dids.findByNumber('55')?.status, dids.counts.created]).toEqual(['created', 'active', 1]);
  });

  it('what the tester put there is changed by a call, not by the tester', () => {
    const dids = overlay();
    dids.add(makeDid('55', 21), 'tester');
    dids.update(21, { status: 'active' }, 'tester');
    expect(marks(dids, 21)).toBe('neither');
    dids.update(21, { status: 'closed' }, 'call');
    dids.update(21, { status: 'free' }, 'tester');
    expect(marks(dids, 21)).toBe('changed');
  });

  it('what is not there throws', () => {
    expect(() => overlay().update(15, {}, 'call')).toThrow('there is no DID with the id 15 to change');
  });
});

describe('removing', () => {
  it('takes numbers out of a range', () => {
    const dids = overlay();
    for (const id of [10, 5, 6, 1]) dids.remove(id);
    expect([dids.findByNumber('104'), dids.findById(5), dids.findByNumber('103')?.id]).toEqual([undefined, undefined, 4]);
    expect(dids.counts).toEqual({ dids: 7, created: 0, added: 0, removed: 4 });
  });

  it('an updated DID of the fixtures is gone, with its mark', () => {
    const dids = overlay();
    dids.update(20, { comment: 'c' }, 'call');
    dids.remove(20);
    expect([dids.findById(20), dids.findByNumber('7'), marks(dids, 20)]).toEqual([undefined, undefined, 'neither']);
    expect(dids.counts).toEqual({ dids: 10, created: 0, added: 0, removed: 1 });
  });

  it('an added DID is as if it had never been, but that its id is not given again', () => {
    const dids = overlay();
    dids.add(makeDid('55', 21), 'call');
    dids.add(makeDid('56', 22), 'tester');
    dids.remove(21);
    dids.remove(22);
    expect([dids.counts, dids.nextId, marks(dids, 21)]).toEqual([overlay().counts, 23, 'neither']);
  });

  it('a removed number can be created again, under a new id, and removed again', () => {
    const dids = overlay();
    dids.remove(20);
    dids.add(makeDid('7', dids.nextId), 'call');
    expect([dids.findByNumber('7')?.id, dids.findById(20)]).toEqual([21, undefined]);
    dids.remove(21);
    expect([dids.findByNumber('7'), dids.counts]).toEqual([undefined, { dids: 10, created: 0, added: 0, removed: 1 }]);
  });

  it('under the id of a removed number the tester may put another', () => {
    const dids = overlay();
    dids.remove(3);
    dids.add(makeDid('55', 3), 'tester');
    expect([dids.findById(3)?.did, dids.findByNumber('102'), dids.counts.dids]).toEqual(['55', undefined, 11]);
    dids.remove(3);
    expect([dids.findById(3), dids.findByNumber('102'), dids.counts]).toEqual([
      undefined,
      undefined,
      { dids: 10, created: 0, added: 0, removed: 1 },
    ]);
  });

  it('what is not there throws', () => {
    expect(() => overlay().remove(15)).toThrow('there is no DID with the id 15 to change');
  });
});

test('a copy and its original do not change each other', () => {
  const dids = overlay();
  dids.add(makeDid('55', 21), 'call');
  dids.remove(20);
  const copy = dids.copy();
  expect([copy.counts, copy.nextId, copy.changedIds(), copy.isCreated(21)]).toEqual([dids.counts, 22, [20, 21], true]);
  copy.add(makeDid('56', 22), 'call');
  dids.remove(21);
  dids.update(1, { comment: 'c' }, 'call');
  expect([dids.findByNumber('56'), copy.findByNumber('55')?.id, copy.findById(1)?.comment]).toEqual([undefined, 21, '']);
  expect([dids.nextId, copy.nextId, dids.counts, copy.counts]).toEqual([
    22,
    23,
    { dids: 10, created: 0, added: 0, removed: 1 },
    { dids: 12, created: 2, added: 2, removed: 1 },
  ]);
});

test.each<[field: string, changed: Partial<Did>]>([
  ['provider', { provider_id: 2 }],
  ['reseller', { reseller_id: 5 }],
  ['status', { status: 'reserved' }],
  ['SIP header', { custom_sip_header: 'X: 1' }],
  ['comment', { comment: 'a' }],
  ['comment of the reseller', { reseller_comment: 'a' }],
])('DIDs that differ in nothing but the %s keep what is theirs', (_, changed) => {
  const dids = new DidOverlay(makeFixtures());
  const all = [makeDid('10', 1), { ...makeDid('20', 2), ...changed }, makeDid('30', 3), { ...makeDid('40', 4), ...changed }];
  for (const one of all) dids.add(one, 'call');
  expect(all.map(({ did }) => dids.findByNumber(did))).toEqual(all);
  expect(all.map(({ id }) => dids.findById(id))).toEqual(all);
});

test('texts are kept character for character', () => {
  const dids = new DidOverlay(makeFixtures());
  const texts = ['123456789012345', 'größer als der Rest', 'наш номер, вот он', `lone \ud800 half of a pair`];
  const all = texts.map((comment, i) => ({ ...ATTRIBUTES, id: i + 1, did: `37060000000000${String(i)}`, comment }));
  for (const did of all) dids.add(did, 'call');
  dids.update(1, { reseller_comment: 'größer als der Rest' }, 'call');
  expect(all.map(({ id }) => dids.findById(id))).toEqual([{ ...all[0], reseller_comment: 'größer als der Rest' }, ...all.slice(1)]);
});
