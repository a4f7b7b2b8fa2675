/** What the hub of events costs and keeps, by timers of the test. */
import { EventHub, type MockMorEvent } from '../../src/control/events.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import { SandboxRegistry } from '../../src/world/sandbox-registry.ts';
import { World } from '../../src/world/world.ts';

const LIMITS = { entries: 1000, bytes: 16_777_216 };

const ARRIVAL = { at: 0, method: 'POST', path: '/billing/api/did_create', call: 'did_create', rawHeaders: [] };

const FIXTURES = { providers: [{ id: 1, name: 'Main trunk' }] };

let root: World;
let sandboxes: SandboxRegistry;
let hub: EventHub;
let pending: Map<number, { run: () => void; ms: number }>;

beforeEach(() => {
  root = new World(new FixtureState(fixturesFromObject(FIXTURES)), LIMITS, { source: 'object', loadedAt: new Date(0) });
  sandboxes = new SandboxRegistry(root, { max: 10, idleMs: 0, autoCreate: false, journal: LIMITS });
  pending = new Map();
  let last = 0;
  const startTimer = (run: () => void, ms: number): NodeJS.Timeout => {
    const id = ++last;
    pending.set(id, { run, ms });
    return { id, unref: () => undefined } as unknown as NodeJS.Timeout;
  };
  const stopTimer = (timer: NodeJS.Timeout): void => void pending.delete((timer as unknown as { id: number }).id);
  hub = new EventHub(root, sandboxes, 'me', { startTimer, stopTimer });
});

/** Lets the timers of one length run that are there now. */
function pass(ms: number): void {
  for (const [id, timer] of [...pending]) {
    if (timer.ms !== ms || !pending.delete(id)) continue;
    timer.run();
  }
}

function look(world: World | undefined = root, lastEventId?: string): { events: MockMorEvent[]; end: () => void } {
  const events: MockMorEvent[] = [];
  const end = hub.subscribe(world, (event) => events.push(event), lastEventId === undefined ? {} : { lastEventId });
  return { events, end };
}

const names = (events: readonly MockMorEvent[]): readonly string[] => events.map(({ event }) => event);

it('watches no world before somebody looks on, and none 10 s after the last one', () => {
  const subscribe = jest.spyOn(root.journal, 'subscribe');
  root.journal.open(ARRIVAL);
  expect([hub.watchedWorlds, subscribe.mock.calls.length, pending.size]).toEqual([0, 0, 0]);
  const { end } = look();
  expect(hub.watchedWorlds).toBe(1);
  end();
  root.journal.open(ARRIVAL);
  expect(hub.watchedWorlds).toBe(1);
  pass(10_000);
  expect([hub.watchedWorlds, pending.size]).toEqual([0, 0]);
  root.journal.open(ARRIVAL);
  expect(pending.size).toBe(0);
});

it('makes one row of what happens to a request within a batch', () => {
  const { events } = look();
  const entry = root.journal.open(ARRIVAL);
  root.journal.update(entry, { outcomeText: 'x' });
  root.journal.update(entry, { state: 'completed' });
  expect(names(events)).toEqual(['hello']);
  pass(100);
  expect(events.slice(1)).toMatchObject([{ id: 'me.2', event: 'requests', data: { rows: [{ id: 1, state: 'completed' }] } }]);
});

it('sends at most 200 rows at once, the rest with the next batches', () => {
  const { events } = look();
  for (let i = 0; i < 450; i++) root.journal.open(ARRIVAL);
  for (let i = 0; i < 4; i++) pass(100);
  expect(events.slice(1).map(({ data }) => ('rows' in data ? data.rows.length : data))).toEqual([200, 200, 50]);
});

it('leaves out what the journal has dropped before, and says how many that are', () => {
  const { events } = look();
  for (let i = 0; i < 1100; i++) root.journal.open(ARRIVAL);
  for (let i = 0; i < 6; i++) pass(100);
  const rows = events.slice(1).flatMap(({ data }) => ('rows' in data ? data.rows : []));
  expect([rows[0]?.id, rows.at(-1)?.id, rows.length]).toEqual([101, 1100, 1000]);
  expect(events.at(-1)).toMatchObject({ data: { dropped: 100 } });
});

it('gives up beyond 5000 requests in one batch', () => {
  const { events } = look();
  for (let i = 0; i < 5001; i++) root.journal.open(ARRIVAL);
  pass(100);
  expect(names(events)).toEqual(['hello', 'missed']);
});

it('a reset goes before what happened after it', () => {
  const { events } = look();
  root.journal.open(ARRIVAL);
  root.journal.clear();
  root.journal.open(ARRIVAL);
  root.store.patchSettings({ allow_api: false });
  pass(100);
  expect(names(events)).toEqual(['hello', 'reset', 'requests', 'state']);
  expect(events[2]).toMatchObject({ data: { rows: [{ id: 1 }] } });
});

describe('who comes back', () => {
  it('gets what was missed, if the world was watched all the time', () => {
    const first = look();
    first.end();
    root.store.patchSettings({});
    pass(100);
    const again = look(root, first.events[0]?.id);
    expect(names(again.events)).toEqual(['hello', 'state']);
    expect(again.events[0]).toMatchObject({ id: first.events[0]?.id, data: { reconnected: true } });
  });

  it('must load everything if it was not, even if somebody else looked on', () => {
    const { world } = sandboxes.create({ name: 's' });
    const first = look();
    look(world);
    first.end();
    pass(10_000);
    expect(names(look(root, first.events[0]?.id).events)).toEqual(['hello', 'missed']);
    root.store.patchSettings({});
    expect(names(look(root, first.events[0]?.id).events)).toEqual(['hello', 'missed']);
  });

  it('must do so if too much has happened', () => {
    const first = look();
    for (let i = 0; i < 300; i++) {
      root.store.patchSettings({});
      pass(100);
    }
    expect(names(look(root, first.events[0]?.id).events)).toEqual(['hello', 'missed']);
    const kept = look(root, first.events.at(-256)?.id);
    expect(names(kept.events)).toEqual(['hello', ...Array.from({ length: 255 }, () => 'state')]);
  });

  it('over all worlds gets what happened in a new sandbox, and in one that is gone', () => {
    const first = hubOfAll();
    first.end();
    const { world } = sandboxes.create({ name: 's' });
    world.journal.open(ARRIVAL);
    pass(100);
    sandboxes.delete('s');
    pass(100);
    const again = hubOfAll(first.events[0]?.id);
    expect(again.events.map(({ event, data }) => [event, 'sandbox' in data ? data.sandbox : undefined])).toEqual([
      ['hello', '*'],
      ['state', null],
      ['requests', 's'],
      ['reset', 's'],
      ['state', 's'],
      ['state', null],
    ]);
  });

  function hubOfAll(lastEventId?: string): { events: MockMorEvent[]; end: () => void } {
    const events: MockMorEvent[] = [];
    return { events, end: hub.subscribe(undefined, (event) => events.push(event), lastEventId === undefined ? {} : { lastEventId }) };
  }
});

it('ends everybody when it closes, and forgets all', () => {
  const onEnd = jest.fn();
  hub.subscribe(root, () => undefined, { onEnd });
  root.journal.open(ARRIVAL);
  hub.close();
  expect([onEnd.mock.calls.length, hub.watchedWorlds, pending.size]).toEqual([1, 0, 0]);
});
