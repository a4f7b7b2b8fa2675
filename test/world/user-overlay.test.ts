import type { User } from '../../src/mor/model.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { StateStore } from '../../src/world/store.ts';
import { UserOverlay } from '../../src/world/user-overlay.ts';
import { SETTINGS } from '../support/did-factory.ts';

const makeUser = (id: number): User => ({ id, username: `user ${String(id)}`, type: 'user', owner_id: 0, accept_hash_without_did: false });

const ADMIN: User = { id: 0, username: 'admin', type: 'admin', accept_hash_without_did: false };

const NOTHING = { settings: SETTINGS, providers: [], devices: [], dial_plans: [], dids: [], ranges: [] };

const newStore = (next_user_id?: number): StateStore =>
  new StateStore(new FixtureState({ ...NOTHING, next_user_id, users: [ADMIN, makeUser(7)] }));

const ids = (store: Pick<StateStore, 'users'>): readonly number[] => store.users.map(({ id }) => id);

function add(store: StateStore): void {
  store.apply({ kind: 'user.add', user: makeUser(store.nextUserId) });
}

it('added users are found by id and name, behind those of the fixtures, and take the ids in order', () => {
  const store = newStore();
  expect(store.nextUserId).toBe(8);
  add(store);
  add(store);
  expect([ids(store), store.nextUserId, store.users.length]).toEqual([[0, 7, 8, 9], 10, 4]);
  expect([store.findUserById(9), store.findUserByName('user 9'), store.findUserByName('user 10')]).toEqual([
    makeUser(9),
    makeUser(9),
    undefined,
  ]);
  expect([7, 8].map((id) => store.isUserCreated(id))).toEqual([false, true]);
});

it('the first id may be set, by the fixtures or until a reset', () => {
  const store = newStore(90);
  add(store);
  store.setNextIds({ nextUserId: 200 });
  add(store);
  expect([ids(store), store.nextUserId]).toEqual([[0, 7, 90, 200], 201]);
  store.resetState();
  expect([ids(store), store.nextUserId, store.findUserByName('user 90')]).toEqual([[0, 7], 90, undefined]);
});

it('a list never changes, and answers as an array does', () => {
  const store = newStore();
  const before = store.users;
  add(store);
  const { users } = store;
  add(store);
  store.resetState();
  expect([before.length, [...users], users.length]).toEqual([2, [ADMIN, makeUser(7), makeUser(8)], 3]);
  const isEight = ({ id }: User): boolean => id === 8;
  expect([users.some(isEight), before.some(isEight), users.find(isEight), users.find(({ id }) => id === 9)]).toEqual([
    true,
    false,
    makeUser(8),
    undefined,
  ]);
  expect([users.filter(({ id }) => id > 0), users.find(({ id }) => id === 7)]).toEqual([[makeUser(7), makeUser(8)], makeUser(7)]);
});

it('snapshots and what goes on from them do not see each other', () => {
  const store = newStore();
  add(store);
  const snapshot = store.takeSnapshot();
  const fork = new StateStore(store.fixtures);
  fork.restore(snapshot);
  add(store);
  add(fork);
  fork.apply({ kind: 'user.add', user: { ...makeUser(fork.nextUserId), username: 'other' } });
  expect([ids(store), ids(fork)]).toEqual([
    [0, 7, 8, 9],
    [0, 7, 8, 9, 10],
  ]);
  expect([store.findUserByName('other'), fork.findUserByName('other')?.id]).toEqual([undefined, 10]);
  store.restore(snapshot);
  expect([ids(store), store.nextUserId]).toEqual([[0, 7, 8], 9]);
});

it('written as fixtures, the users and the next id load to the same', () => {
  const store = newStore();
  add(store);
  const again = new StateStore(new FixtureState(store.toFixtureData()));
  expect([ids(again), again.nextUserId, again.isUserCreated(8)]).toEqual([[0, 7, 8], 9, false]);
});

it('each addition takes the same time and memory, also if every list is kept', () => {
  const overlay = new UserOverlay(newStore().fixtures);
  const lists = Array.from({ length: 20_000 }, (_, i) => {
    overlay.add(makeUser(i + 8));
    return overlay.list;
  });
  expect([lists[0]?.length, lists[19_999]?.length, overlay.list.find(({ id }) => id === 20_007)?.id]).toEqual([3, 20_002, 20_007]);
});
