import { Sandbox } from '../../src/world/sandbox.ts';
import { Sandboxes, type SandboxLimits } from '../../src/world/sandboxes.ts';
import { makeFixtures } from '../support/did-factory.ts';

const JOURNAL = { entries: 10, bytes: 100_000 };
const HOUR = 3_600_000;

/** Sandboxes whose clock stands until it is told to go on. */
function sandboxesWith(limits: Partial<SandboxLimits> = {}): { sandboxes: Sandboxes; root: Sandbox; clock: { now: number } } {
  const clock = { now: 0 };
  const root = new Sandbox(makeFixtures(), JOURNAL);
  const all: SandboxLimits = { most: 100, idleMs: HOUR, onFirstUse: false, journal: JOURNAL, ...limits };
  return { sandboxes: new Sandboxes(root, all, () => clock.now), root, clock };
}

const named = (sandboxes: Sandboxes): readonly (string | undefined)[] => sandboxes.list().map(({ sandbox }) => sandbox.name);
const code = (wanted: string): Error => {
  const matcher: unknown = expect.objectContaining({ code: wanted });
  return matcher as Error;
};

describe('names', () => {
  it('are s1, s2, … where none is given, behind the highest that was used', () => {
    const { sandboxes } = sandboxesWith();
    expect(sandboxes.create().sandbox.name).toBe('s1');
    sandboxes.create({ name: 's3' });
    sandboxes.create({ name: 's2x' });
    expect(sandboxes.create({}).sandbox.name).toBe('s4');
    sandboxes.delete('s4');
    expect(sandboxes.create().sandbox.name).toBe('s5');
  });

  it.each(['__proto__', 'constructor', 'a.b-C_9'])('%j is one', (name) => {
    const { sandboxes } = sandboxesWith();
    expect(() => sandboxes.reach(name)).toThrow(code('SANDBOX_UNKNOWN'));
    const { sandbox } = sandboxes.create({ name });
    expect(sandboxes.reach(name)).toBe(sandbox);
  });

  it.each([{ name: '' }, { name: '..' }, { name: 'a b' }, { name: 5 }, { name: null }, { from: '' }, { nmae: 'a' }, null, 'a', ['a']])(
    '%j makes none',
    (input) => {
      const { sandboxes } = sandboxesWith();
      expect(() => sandboxes.create(input as object)).toThrow(code('RECORD_INVALID'));
      expect(named(sandboxes)).toEqual([]);
    },
  );

  it('one that is in use is refused', () => {
    const { sandboxes } = sandboxesWith();
    const { sandbox } = sandboxes.create({ name: 'a' });
    expect(() => sandboxes.create({ name: 'a' })).toThrow(code('SANDBOX_EXISTS'));
    expect(sandboxes.reach('a')).toBe(sandbox);
  });
});

describe('an idle sandbox', () => {
  it('expires, says so, and can be made anew', () => {
    const { sandboxes, clock } = sandboxesWith();
    const { sandbox } = sandboxes.create({ name: 'a' });
    const { epoch } = sandbox.store;
    clock.now = HOUR - 1;
    expect(named(sandboxes)).toEqual(['a']);
    clock.now = HOUR;
    for (const use of [() => sandboxes.reach('a'), () => sandboxes.use(sandbox), () => sandboxes.delete('a'), () => sandboxes.find('a')]) {
      expect(use).toThrow(code('SANDBOX_EXPIRED'));
    }
    expect(sandbox.store.epoch).toBeGreaterThan(epoch);
    expect(sandboxes.create({ name: 'a' }).sandbox).not.toBe(sandbox);
    expect(() => sandboxes.use(sandbox)).toThrow(code('SANDBOX_UNKNOWN'));
    sandboxes.delete('a');
    expect(() => sandboxes.reach('a')).toThrow(code('SANDBOX_UNKNOWN'));
  });

  it('lives on by being used, not by being looked at', () => {
    const { sandboxes, clock } = sandboxesWith();
    for (const name of ['a', 'b', 'c']) sandboxes.create({ name });
    clock.now = HOUR - 1;
    sandboxes.reach('b');
    sandboxes.find('a');
    clock.now = HOUR;
    expect(named(sandboxes)).toEqual(['b']);
    clock.now = 2 * HOUR - 1;
    expect(named(sandboxes)).toEqual([]);
  });

  it('stays where idleMs is 0', () => {
    const { sandboxes, clock } = sandboxesWith({ idleMs: 0 });
    sandboxes.create({ name: 'a' });
    clock.now = 1e15;
    expect(named(sandboxes)).toEqual(['a']);
  });

  it('makes room', () => {
    const { sandboxes, clock } = sandboxesWith({ most: 1 });
    sandboxes.create({ name: 'a' });
    expect(() => sandboxes.create()).toThrow(code('SANDBOX_LIMIT'));
    clock.now = HOUR;
    expect(sandboxes.create().sandbox.name).toBe('s1');
  });

  it('is forgotten by name after ten thousand others', () => {
    const { sandboxes, clock } = sandboxesWith({ most: 20_000 });
    for (let i = 0; i <= 10_000; i++) sandboxes.create({ name: `n${String(i)}` });
    clock.now = HOUR;
    expect(() => sandboxes.reach('n0')).toThrow(code('SANDBOX_UNKNOWN'));
    expect(() => sandboxes.reach('n1')).toThrow(code('SANDBOX_EXPIRED'));
  });
});

describe('on first use', () => {
  it('a name makes its sandbox, within the limit', () => {
    const { sandboxes } = sandboxesWith({ onFirstUse: true, most: 1 });
    expect(sandboxes.reach('a').name).toBe('a');
    expect(sandboxes.reach('a')).toBe(sandboxes.find('a').sandbox);
    expect(() => sandboxes.reach('b')).toThrow(code('SANDBOX_LIMIT'));
    expect(() => sandboxes.reach('b c')).toThrow(code('SANDBOX_INVALID'));
  });

  it('an expired name is no first use: what was in it is gone, and that is told', () => {
    const { sandboxes, clock } = sandboxesWith({ onFirstUse: true });
    sandboxes.reach('a');
    clock.now = HOUR;
    expect(() => sandboxes.reach('a')).toThrow(code('SANDBOX_EXPIRED'));
  });
});

it('0 allows none', () => {
  const { sandboxes } = sandboxesWith({ most: 0 });
  expect(() => sandboxes.create()).toThrow(code('SANDBOX_LIMIT'));
});

it('a refused snapshot makes no sandbox and takes no name', () => {
  const { sandboxes, root } = sandboxesWith();
  expect(() => sandboxes.create({ from: 'seeded' })).toThrow(code('NOT_FOUND'));
  root.snapshots.take('seeded');
  expect(sandboxes.create({ from: 'seeded', name: 'a' }).from).toBe('seeded');
  expect(named(sandboxes)).toEqual(['a']);
});
