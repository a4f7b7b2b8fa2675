/** What happens in the worlds of a server, for those who look on: the dashboard, `mock-mor tail`, a test. */
import { checkOptions } from '../check-options.ts';
import { packageVersion } from '../package-version.ts';
import { invalidOption } from '../problems.ts';
import type { SandboxRegistry } from '../world/sandbox-registry.ts';
import type { World } from '../world/world.ts';
import { WorldFeed, type WorldEvent } from './world-feed.ts';

/** The first event of a subscription. */
export interface HelloEvent {
  readonly event: 'hello';
  readonly data: {
    /** Random for each server that is made: another one has forgotten everything. */
    readonly instance: string;
    readonly version: string;
    /** The world that is looked at: null for the root, `*` for all. */
    readonly sandbox: string | null;
    /** Whether the events since the last one that was seen follow. */
    readonly reconnected: boolean;
  };
}

/** One event of a server. `id` is `INSTANCE.NUMBER`; a subscription can go on behind it. */
export type MockMorEvent = { readonly id: string } & (HelloEvent | WorldEvent);

/** What to look at. */
export interface EventOptions {
  /** `*` for all worlds; only the root may. Default: the world that is asked. */
  readonly sandbox?: '*' | undefined;
  /** The id of the last event that was seen: those behind it come first, or `missed` if they are not known any more. */
  readonly lastEventId?: string | undefined;
  /** Called when nothing more will come: the server closes, or the sandbox is gone. */
  readonly onEnd?: (() => void) | undefined;
}

/** @throws MockMorError `OPTION_INVALID` */
export function checkEventOptions(listener: unknown, options: EventOptions): void {
  if (typeof listener !== 'function') throw invalidOption('subscribe takes a function that is called with each event');
  checkOptions(options, { sandbox: { type: ['*'] }, lastEventId: { type: 'anyString' }, onEnd: { type: 'any' } });
}

/** The timers that the events run by. A test that fakes the clock must not stop them. */
export interface EventTimers {
  readonly startTimer: (run: () => void, ms: number) => NodeJS.Timeout;
  readonly stopTimer: (timer: NodeJS.Timeout) => void;
}

/** How long changes are gathered, in milliseconds. */
const BATCH_MS = 100;

/** How long a world is still watched when nobody looks on any more, in milliseconds, so that a client can come back. */
const LINGER_MS = 10_000;

/** How much is kept for clients that come back: events, and rows in them. */
const MAX_KEPT_EVENTS = 256;
const MAX_KEPT_ROWS = 2000;

interface Client {
  /** Undefined for all worlds. */
  readonly world: World | undefined;
  readonly listener: (event: MockMorEvent) => void;
  readonly onEnd: (() => void) | undefined;
}

interface KeptEvent {
  readonly number: number;
  readonly world: World;
  readonly event: MockMorEvent;
}

/** Gathers what happens in the worlds that somebody looks at, and in no others. */
export class EventHub {
  readonly instance: string;
  readonly #root: World;
  readonly #sandboxes: SandboxRegistry;
  readonly #timers: EventTimers;
  readonly #clients = new Set<Client>();
  readonly #feeds = new Map<World, WorldFeed>();
  #kept: readonly KeptEvent[] = [];
  #lastNumber = 0;
  /** Whether somebody looks at all worlds, or did a moment ago. */
  #watchesAll = false;
  #batchTimer: NodeJS.Timeout | undefined;
  #lingerTimer: NodeJS.Timeout | undefined;
  #stopWatching: (() => void) | undefined;

  /** `instance` is a random text without a dot. */
  constructor(root: World, sandboxes: SandboxRegistry, instance: string, timers: EventTimers) {
    this.#root = root;
    this.#sandboxes = sandboxes;
    this.instance = instance;
    this.#timers = timers;
  }

  /** The root and every sandbox; to list them is not to use them. */
  listWorlds(): readonly World[] {
    return [this.#root, ...this.#sandboxes.list().map(({ world }) => world)];
  }

  /** How many worlds are watched; 0 if nobody looks on. */
  get watchedWorlds(): number {
    return this.#feeds.size;
  }

  /** Calls back with each event, `hello` first. Returns a function that ends this. `world` undefined is all worlds. */
  subscribe(world: World | undefined, listener: Client['listener'], { lastEventId, onEnd }: EventOptions = {}): () => void {
    const client: Client = { world, listener, onEnd };
    const seen = this.#findSeen(lastEventId, client);
    this.#stopWatching ??= this.#sandboxes.changes.subscribe(({ kind, world: sandbox }) => {
      if (kind === 'created') this.#welcome(sandbox);
      else this.#dismiss(sandbox);
    });
    this.#clients.add(client);
    this.#watchesAll ||= world === undefined;
    for (const wanted of this.#worldsFor(client)) this.#watch(wanted);
    this.#greet(client, lastEventId, seen);
    return () => {
      if (this.#clients.delete(client)) this.#linger();
    };
  }

  /** Ends every subscription. */
  close(): void {
    for (const client of this.#clients) this.#end(client);
    this.#forget(() => true);
  }

  #greet(client: Client, lastEventId: string | undefined, seen: number | undefined): void {
    const sandbox = client.world === undefined ? '*' : (client.world.name ?? null);
    const data = { instance: this.instance, version: packageVersion(), sandbox, reconnected: seen !== undefined };
    // A client that is gone in the middle of what it missed must ask for the rest of it.
    client.listener({ id: this.#idFor(seen ?? this.#lastNumber), event: 'hello', data });
    if (seen === undefined) {
      if (lastEventId !== undefined) client.listener({ id: this.#idFor(this.#lastNumber), event: 'missed', data: { sandbox } });
      return;
    }
    for (const { number, world, event } of this.#kept) if (number > seen && isFor(client, world)) client.listener(event);
  }

  /** The number of the last event that a client has seen; undefined if it is not known what came behind it. */
  #findSeen(lastEventId: string | undefined, client: Client): number | undefined {
    const [, instance, digits] = /^([^.]+)\.([0-9]{1,15})$/.exec(lastEventId ?? '') ?? [];
    if (instance !== this.instance || digits === undefined) return undefined;
    const seen = Number(digits);
    const isKept = seen <= this.#lastNumber && seen >= (this.#kept[0]?.number ?? 0) - 1;
    const isWatched = this.#worldsFor(client).every((world) => (this.#feeds.get(world)?.knownSince ?? Infinity) <= seen);
    return isKept && isWatched ? seen : undefined;
  }

  #worldsFor({ world }: Client): readonly World[] {
    return world === undefined ? this.listWorlds() : [world];
  }

  #watch(world: World): void {
    // A number of its own: who has seen an earlier one does not know what happened before this.
    if (!this.#feeds.has(world)) this.#feeds.set(world, new WorldFeed(world, ++this.#lastNumber, this.#schedule));
  }

  /** Of a new sandbox everything is known. */
  #welcome(sandbox: World): void {
    if (this.#watchesAll) this.#feeds.set(sandbox, new WorldFeed(sandbox, 0, this.#schedule));
  }

  #dismiss(sandbox: World): void {
    this.#flush(this.#feeds.get(sandbox));
    this.#forget((world) => world === sandbox);
    for (const client of this.#clients) if (client.world === sandbox) this.#end(client);
  }

  #end(client: Client): void {
    this.#clients.delete(client);
    client.onEnd?.();
  }

  readonly #schedule = (): void => {
    this.#batchTimer ??= this.#timers.startTimer(() => {
      this.#batchTimer = undefined;
      for (const feed of this.#feeds.values()) this.#flush(feed);
      if ([...this.#feeds.values()].some((feed) => !feed.isEmpty)) this.#schedule();
    }, BATCH_MS);
    this.#batchTimer.unref();
  };

  #flush(feed: WorldFeed | undefined): void {
    for (const event of feed?.take() ?? []) {
      const number = ++this.#lastNumber;
      const known: MockMorEvent = { id: this.#idFor(number), ...event };
      this.#kept = keepNewest([...this.#kept, { number, world: feed?.world ?? this.#root, event: known }]);
      for (const client of this.#clients) if (isFor(client, feed?.world ?? this.#root)) client.listener(known);
    }
  }

  #linger(): void {
    this.#lingerTimer ??= this.#timers.startTimer(() => {
      this.#lingerTimer = undefined;
      const wanted = new Set([...this.#clients].flatMap((client) => this.#worldsFor(client)));
      this.#watchesAll = [...this.#clients].some(({ world }) => world === undefined);
      this.#forget((world) => !wanted.has(world));
    }, LINGER_MS);
    this.#lingerTimer.unref();
  }

  /** Ends the watch over some worlds. Without a client nothing is kept. */
  #forget(isUnwanted: (world: World) => boolean): void {
    for (const [world, feed] of this.#feeds) {
      if (!isUnwanted(world)) continue;
      feed.end();
      this.#feeds.delete(world);
    }
    if (this.#clients.size > 0 || this.#feeds.size > 0) return;
    this.#kept = [];
    this.#watchesAll = false;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    if (this.#batchTimer !== undefined) this.#timers.stopTimer(this.#batchTimer);
    if (this.#lingerTimer !== undefined) this.#timers.stopTimer(this.#lingerTimer);
    this.#batchTimer = this.#lingerTimer = undefined;
  }

  #idFor(number: number): string {
    return `${this.instance}.${String(number)}`;
  }
}

function isFor(client: Client, world: World): boolean {
  return client.world === undefined || client.world === world;
}

function keepNewest(kept: readonly KeptEvent[]): readonly KeptEvent[] {
  const newest = kept.slice(-MAX_KEPT_EVENTS);
  let rows = 0;
  const tooMuchAt = newest.findLastIndex(({ event }) => {
    rows += event.event === 'requests' ? event.data.rows.length : 0;
    return rows > MAX_KEPT_ROWS;
  });
  return newest.slice(tooMuchAt + 1);
}
