/** A file that is written piece by piece under a watch, while clients call: what is served is always a whole world, the old or the new one. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFixtures, type Watch } from '../../src/loader/watch.ts';
import { createMockMor, MockMorError, type MockMor } from '../../src/index.ts';

const intervalMs = 20;

/** Two worlds that have nothing in common. Flow style, so that no part of the text is a world by itself. */
const OLD =
  '{ settings: { max_did_length: 1 }, users: [{ id: 0, username: old, type: admin }], providers: [{ id: 1, name: old }], dids: [{ id: 1, did: 1, provider_id: 1 }] }\n';
const NEW = '{ settings: { max_did_length: 2 }, users: [{ id: 5, username: new, type: admin }], providers: [{ id: 2, name: new }], dids: [{ id: 7, did: 22, provider_id: 2 }] }\n'; // prettier-ignore

/** In block style many a part is a world by itself: then it may be served, but whole. */
const BLOCK =
  'providers:\n  - id: 2\n    name: "new"\nusers:\n  - { id: 5, username: new, type: admin }\nsettings:\n  max_did_length: 2\n';

let folder: string;
let mor: MockMor;
let watch: Watch;
let failures: number;

const path = (name: string): string => join(folder, name);

async function serve(fixtures: string): Promise<void> {
  mor = await createMockMor({ fixtures });
  failures = 0;
  watch = watchFixtures(
    fixtures,
    () => {
      try {
        mor.reloadFixtures();
      } catch (error) {
        if (!(error instanceof MockMorError)) throw error;
        failures += 1;
      }
    },
    { intervalMs },
  );
}

/** Looks twice: once to see a change, once to see that it rests. */
const look = (): void => {
  jest.advanceTimersByTime(2 * intervalMs);
};

/** Everything of a world that the files say. */
const seen = (): string => JSON.stringify([mor.users(), mor.providers(), mor.settings(), mor.dids(), mor.counts()]);

async function createState(text: string): Promise<string> {
  const other = await createMockMor({ fixtures: {} });
  other.replaceFixtures(text);
  return JSON.stringify([other.users(), other.providers(), other.settings(), other.dids(), other.counts()]);
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-prefixes-'));
});

afterEach(() => {
  watch.stop();
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

test('every prefix in turn, each at rest -> the old world until the text is whole, then the new one', async () => {
  writeFileSync(path('world.yaml'), OLD);
  await serve(path('world.yaml'));
  const [old, next] = [await createState(OLD), await createState(NEW)];
  expect(seen()).toBe(old);
  const whole = NEW.trimEnd().length;
  for (let length = 0; length <= NEW.length; length++) {
    writeFileSync(path('world.yaml'), NEW.slice(0, length));
    // In the middle of the change, and when it rests.
    jest.advanceTimersByTime(intervalMs);
    expect(seen()).toBe(length > whole ? next : old);
    jest.advanceTimersByTime(intervalMs);
    expect([length, seen()]).toEqual([length, length >= whole ? next : old]);
    expect(mor.health().status).toBe(length >= whole ? 'ok' : 'stale');
  }
  expect(failures).toBe(whole);
});

test('every prefix in block style -> the last that was a world, whole', async () => {
  writeFileSync(path('world.yaml'), OLD);
  await serve(path('world.yaml'));
  let served = await createState(OLD);
  let worlds = 0;
  for (let length = 0; length <= BLOCK.length; length++) {
    const text = BLOCK.slice(0, length);
    writeFileSync(path('world.yaml'), text);
    look();
    const isWorld = await createState(text).then((world) => ((served = world), (worlds += 1), true), () => false); // prettier-ignore
    expect([length, seen(), mor.health().status]).toEqual([length, served, isWorld ? 'ok' : 'stale']);
  }
  expect(served).toBe(await createState(BLOCK));
  expect(worlds).toBeGreaterThan(3);
});

/** Changes of a whole at once, each with the world that must be served after it. */
const AT_ONCE: readonly (readonly [title: string, change: () => void, expected: 'old' | 'new'])[] = [
  [
    'an atomic rename',
    () => {
      writeFileSync(path('aside'), NEW);
      renameSync(path('aside'), path('a/world.yaml'));
    },
    'new',
  ],
  ['a deletion', () => unlinkSync(path('a/world.yaml')), 'old'],
  ['a link that is swapped', () => swapTo('b'), 'new'],
  ['a link into nothing', () => swapTo('nowhere'), 'old'],
  ['links in a circle', () => swapTo('now'), 'old'],
  [
    'a folder in the place of the file',
    () => {
      unlinkSync(path('a/world.yaml'));
      mkdirSync(path('a/world.yaml'));
    },
    'old',
  ],
  ['a folder that is gone', () => renameSync(path('a'), path('gone')), 'old'],
  ['bytes that are no UTF-8', () => writeFileSync(path('a/world.yaml'), Buffer.from([0xff, 0xfe, 0])), 'old'],
];

/** Lets the link in front of the folders lead to another, in one step. */
function swapTo(target: string): void {
  symlinkSync(target, path('swap'));
  renameSync(path('swap'), path('now'));
}

test.each(AT_ONCE)('%s -> a whole world, and the way back', async (_, change, expected) => {
  for (const [name, text] of [['a', OLD], ['b', NEW]] as const) {
    mkdirSync(path(name));
    writeFileSync(path(`${name}/world.yaml`), text);
  } // prettier-ignore
  symlinkSync('a', path('now'));
  await serve(path('now'));
  const worlds = { old: await createState(OLD), new: await createState(NEW) };
  change();
  look();
  expect([seen(), mor.health().status]).toEqual([worlds[expected], expected === 'new' ? 'ok' : 'stale']);
  expect(failures).toBe(expected === 'new' ? 0 : 1);
  swapTo('b');
  writeFileSync(path('b/world.yaml'), NEW.replace('name: new }], dids', 'name: fixed }], dids'));
  look();
  expect([mor.providers()[0]?.name, mor.health().status, readlinkSync(path('now'))]).toEqual(['fixed', 'ok', 'b']);
});

test('a folder that may not be entered -> the old world, and the way back', async () => {
  mkdirSync(path('a'));
  writeFileSync(path('a/world.yaml'), OLD);
  await serve(path('a'));
  const old = await createState(OLD);
  chmodSync(path('a'), 0);
  asNobody(look);
  expect([seen(), mor.health().status]).toEqual([old, 'stale']);
  expect(mor.health().fixtures.failure).toContain('reading it is not permitted');
  chmodSync(path('a'), 0o755);
  look();
  expect([seen(), mor.health().status]).toEqual([old, 'ok']);
});

/** Gives up the rights of the superuser, who may read everything, for a moment. */
function asNobody(run: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
