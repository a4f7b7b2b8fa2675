import { World } from '../../src/world/world.ts';
import { SandboxRegistry, type SandboxLimits } from '../../src/world/sandbox-registry.ts';
import { makeFixtures } from '../support/did-factory.ts';

const JOURNAL = { entries: 10, bytes: 100_000 };
const HOUR = 3_600_000;

/** A registry whose clock moves only if the test moves it. */
function registryWith(limits: Partial<SandboxLimits> = {}): { sandboxes: SandboxRegistry; root: World; clock: { now: number } } {
  const clock = { now: 0 };
  const root = new World(makeFixtures(), JOURNAL, { source: 'object', loadedAt: new Date(0) });
  const all: SandboxLimits = { max: 100, idleMs: HOUR, autoCreate: false, journal: JOURNAL, ...limits };
  return { sandboxes: new SandboxRegistry(root, all, () => clock.now), root, clock };
}

const named = (sandboxes: SandboxRegistry): readonly (string | undefined)[] => sandboxes.list().map(({ world }) => world.name);
const code = (wanted: string): Error => {
  const matcher: unknown = expect.objectContaining({ code: wanted });
  return matcher as Error;
};

describe('names', () => {
  it('are s1, s2, … where none is given, behind the highest that was used', () => {
    const { sandboxes } = registryWith();
    expect(sandboxes.create().world.name).toBe('s1');
    sandboxes.create({ name: 's3' });
    sandboxes.create({ name: 's2x' });
    expect(sandboxes.create({}).world.name).toBe('s4');
    sandboxes.delete('s4');
    expect(sandboxes.create().world.name).toBe('s5');
  });

  it.each(['__proto__', 'constructor', 'a.b-C_9'])('%j is one', (name) => {
    const { sandboxes } = registryWith();
    expect(() => sandboxes.resolve(name)).toThrow(code('SANDBOX_UNKNOWN'));
    const { world } = sandboxes.create({ name });
    expect(sandboxes.resolve(name)).toBe(world);
  });

  it.each([{ name: '' }, { name: '..' }, { name: 'a b' }, { name: 5 }, { name: null }, { from: '' }, { nmae: 'a' }, null, 'a', ['a']])(
    '%j makes none',
    (input) => {
      const { sandboxes } = registryWith();
      expect(() => sandboxes.create(input as object)).toThrow(code('RECORD_INVALID'));
      expect(named(sandboxes)).toEqual([]);
    },
  );

  it('one that is in use is refused', () => {
    const { sandboxes } = registryWith();
    const { world } = sandboxes.create({ name: 'a' });
    expect(() => sandboxes.create({ name: 'a' })).toThrow(code('SANDBOX_EXISTS'));
    expect(sandboxes.resolve('a')).toBe(world);
  });
});

describe('an idle sandbox', () => {
  it('expires, says so, and can be created again', () => {
    const { sandboxes, clock } = registryWith();
    const { world } = sandboxes.create({ name: 'a' });
    const { epoch } = world.store;
    clock.now = HOUR - 1;
    expect(named(sandboxes)).toEqual(['a']);
    clock.now = HOUR;
    for (const use of [
      () => sandboxes.resolve('a'),
      () => sandboxes.touch(world),
      () => sandboxes.delete('a'),
      () => sandboxes.find('a'),
    ]) {
      expect(use).toThrow(code('SANDBOX_EXPIRED'));
    }
    expect(world.store.epoch).toBeGreaterThan(epoch);
    expect(sandboxes.create({ name: 'a' }).world).not.toBe(world);
    expect(() => sandboxes.touch(world)).toThrow(code('SANDBOX_UNKNOWN'));
    sandboxes.delete('a');
    expect(() => sandboxes.resolve('a')).toThrow(code('SANDBOX_UNKNOWN'));
  });

  it('lives on by being used, not by being looked at', () => {
    const { sandboxes, clock } = registryWith();
    for (const name of ['a', 'b', 'c']) sandboxes.create({ name });
    clock.now = HOUR - 1;
    sandboxes.resolve('b');
    sandboxes.find('a');
    clock.now = HOUR;
    expect(named(sandboxes)).toEqual(['b']);
    clock.now = 2 * HOUR - 1;
    expect(named(sandboxes)).toEqual([]);
  });

  it('stays where idleMs is 0', () => {
    const { sandboxes, clock } = registryWith({ idleMs: 0 });
    sandboxes.create({ name: 'a' });
    clock.now = 1e15;
    expect(named(sandboxes)).toEqual(['a']);
  });

  it('makes room', () => {
    const { sandboxes, clock } = registryWith({ max: 1 });
    sandboxes.create({ name: 'a' });
    expect(() => sandboxes.create()).toThrow(code('SANDBOX_LIMIT'));
    clock.now = HOUR;
    expect(sandboxes.create().world.name).toBe('s1');
  });

  it('is forgotten by name after ten thousand others', () => {
    const { sandboxes, clock } = registryWith({ max: 20_000 });
    for (let i = 0; i <= 10_000; i++) sandboxes.create({ name: `n${String(i)}` });
    clock.now = HOUR;
    expect(() => sandboxes.resolve('n0')).toThrow(code('SANDBOX_UNKNOWN'));
    expect(() => sandboxes.resolve('n1')).toThrow(code('SANDBOX_EXPIRED'));
  });
});

describe('on first use', () => {
  it('a name makes its sandbox, within the limit', () => {
    const { sandboxes } = registryWith({ autoCreate: true, max: 1 });
    expect(sandboxes.resolve('a').name).toBe('a');
    expect(sandboxes.resolve('a')).toBe(sandboxes.find('a').world);
    expect(() => sandboxes.resolve('b')).toThrow(code('SANDBOX_LIMIT'));
    expect(() => sandboxes.resolve('b c')).toThrow(code('SANDBOX_INVALID'));
  });

  it('an expired name is not a first use: what was in it is gone, and the error says so', () => {
    const { sandboxes, clock } = registryWith({ autoCreate: true });
    sandboxes.resolve('a');
    clock.now = HOUR;
    expect(() => sandboxes.resolve('a')).toThrow(code('SANDBOX_EXPIRED'));
  });
});

it('0 allows none', () => {
  const { sandboxes } = registryWith({ max: 0 });
  expect(() => sandboxes.create()).toThrow(code('SANDBOX_LIMIT'));
});

it('a refused snapshot makes no sandbox and takes no name', () => {
  const { sandboxes, root } = registryWith();
  expect(() => sandboxes.create({ from: 'seeded' })).toThrow(code('NOT_FOUND'));
  root.snapshots.take('seeded');
  expect(sandboxes.create({ from: 'seeded', name: 'a' }).from).toBe('seeded');
  expect(named(sandboxes)).toEqual(['a']);
});
