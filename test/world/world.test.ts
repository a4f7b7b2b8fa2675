import { World } from '../../src/world/world.ts';
import { makeDid, makeFixtures } from '../support/did-factory.ts';

const SOURCE = { source: 'object', loadedAt: new Date(0) };
const OTHER_SOURCE = { source: 'body', loadedAt: new Date(1) };

const newWorld = (): World => new World(makeFixtures([makeDid('7', 1)]), { entries: 10, bytes: 100_000 }, SOURCE);

const ARRIVAL = { at: 0, method: 'POST', path: '/billing/api/did_create', call: 'did_create', rawHeaders: [] };

test('other fixtures drop the state and the snapshots, and come from another source', () => {
  const world = newWorld();
  const fixtures = makeFixtures();
  world.snapshots.take('a');
  world.store.apply({ kind: 'did.remove', id: 1 });
  world.replaceFixtures(fixtures, OTHER_SOURCE);
  expect([world.store.fixtures, world.snapshots.list(), world.fixtureSource]).toEqual([fixtures, [], OTHER_SOURCE]);
});

describe('the fixtures of another world', () => {
  it('are adopted with their source, but not with its failure', () => {
    const [root, world] = [newWorld(), newWorld()];
    root.replaceFixtures(makeFixtures(), OTHER_SOURCE);
    root.fixtureSource = { ...OTHER_SOURCE, failure: 'the file is broken' };
    world.adoptFixtures(root);
    expect([world.store.fixtures === root.store.fixtures, world.fixtureSource]).toEqual([true, OTHER_SOURCE]);
  });

  it('are adopted again after each change', () => {
    const [root, world] = [newWorld(), newWorld()];
    for (let i = 0; i < 2; i++) {
      root.replaceFixtures(makeFixtures(), OTHER_SOURCE);
      world.adoptFixtures(root);
      expect(world.store.fixtures).toBe(root.store.fixtures);
    }
  });

  it('do nothing if they are the same: state and snapshots stay', () => {
    const root = newWorld();
    const world = new World(root.store.fixtures, { entries: 10, bytes: 100_000 }, SOURCE, 'a');
    world.snapshots.take('kept');
    world.store.apply({ kind: 'did.remove', id: 1 });
    world.adoptFixtures(root);
    expect([world.store.counts.dids, world.snapshots.list().map(({ name }) => name)]).toEqual([0, ['kept']]);
  });

  it('are not adopted by a world that was given its own', () => {
    const [root, world] = [newWorld(), newWorld()];
    const own = makeFixtures();
    world.replaceFixtures(own, OTHER_SOURCE);
    world.adoptFixtures(root);
    expect(world.store.fixtures).toBe(own);
  });
});

test('a disposed world has nothing left, and its requests in flight find another epoch', () => {
  const world = newWorld();
  const { epoch } = world.store;
  world.snapshots.take('a');
  world.journal.open(ARRIVAL);
  world.store.apply({ kind: 'did.remove', id: 1 });
  world.dispose();
  expect([world.journal.size, world.snapshots.list(), world.store.counts.removed]).toEqual([0, [], 0]);
  expect(world.store.epoch).toBeGreaterThan(epoch);
});
