/** What happens in one world, gathered so that a burst of requests is a few events. */
import type { JournalEntry } from '../world/journal.ts';
import type { ChangeTopic } from '../world/signal.ts';
import type { World } from '../world/world.ts';
import { requestRow, type RequestRow } from './request-row.ts';

/** What every event is about. */
interface EventData {
  /** The name of the world; null for the root. */
  readonly sandbox: string | null;
}

/** Requests that began or ended. */
interface RequestsData extends EventData {
  /** A line for each; one that ended has the same id again. */
  readonly rows: readonly RequestRow[];
  /** How many entries the journal has dropped. */
  readonly dropped: number;
}

/** Something else that changed. */
interface StateData extends EventData {
  /** What changed. */
  readonly topics: readonly ChangeTopic[];
}

interface EventAbout<Name extends string, Data extends EventData> {
  /** `requests`: some began or ended. `state`: something else changed. `reset`: the journal was cleared. `missed`: load everything again. */
  readonly event: Name;
  /** What happened, and in which world. */
  readonly data: Data;
}

/** An event about a world, without its id. */
export type WorldEvent =
  | EventAbout<'requests', RequestsData>
  | EventAbout<'state', StateData>
  /** The journal was cleared: ids start at 1 again. */
  | EventAbout<'reset', EventData>
  /** Events were lost: load everything again. */
  | EventAbout<'missed', EventData>;

/** How many rows one event has at most. */
const MAX_ROWS = 200;

/** How many requests wait to be reported at most; with more, events are lost. */
const MAX_WAITING = 5000;

/** Gathers what happens in a world until it is taken. */
export class WorldFeed {
  readonly world: World;
  /** The number of the last event before this feed began: what happened up to then is not known. */
  readonly knownSince: number;
  readonly #waiting = new Map<number, JournalEntry>();
  readonly #topics = new Set<ChangeTopic>();
  #wasCleared = false;
  #hasLost = false;
  readonly #unsubscribe: readonly (() => void)[];

  /** `onChange` is called at each change. */
  constructor(world: World, knownSince: number, onChange: () => void) {
    this.world = world;
    this.knownSince = knownSince;
    this.#unsubscribe = [
      world.journal.subscribe((entry) => {
        this.#take(entry);
        onChange();
      }),
      world.changes.subscribe((topic) => {
        this.#topics.add(topic);
        onChange();
      }),
    ];
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#topics.size === 0 && !this.#wasCleared && !this.#hasLost;
  }

  /** The events of what happened since the last time, at most one of each kind; more requests wait for the next time. */
  take(): readonly WorldEvent[] {
    const sandbox = this.world.name ?? null;
    const rows = this.#takeRows();
    const events: WorldEvent[] = [
      ...(this.#wasCleared ? [{ event: 'reset', data: { sandbox } } as const] : []),
      ...(this.#hasLost ? [{ event: 'missed', data: { sandbox } } as const] : []),
      ...(rows.length === 0 ? [] : [{ event: 'requests', data: { sandbox, rows, dropped: this.world.journal.dropped } } as const]),
      ...(this.#topics.size === 0 ? [] : [{ event: 'state', data: { sandbox, topics: [...this.#topics] } } as const]),
    ];
    this.#topics.clear();
    this.#wasCleared = this.#hasLost = false;
    return events;
  }

  /** Ends the subscriptions. */
  end(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #take(entry: JournalEntry | undefined): void {
    if (entry === undefined) {
      this.#waiting.clear();
      this.#wasCleared = true;
      return;
    }
    this.#waiting.set(entry.number, entry);
    if (this.#waiting.size <= MAX_WAITING) return;
    this.#waiting.clear();
    this.#hasLost = true;
  }

  #takeRows(): readonly RequestRow[] {
    const rows: RequestRow[] = [];
    for (const [number, entry] of this.#waiting) {
      if (rows.length >= MAX_ROWS) break;
      this.#waiting.delete(number);
      // What the journal has dropped meanwhile is in no list any more.
      if (this.world.journal.entry(number) === entry) rows.push(requestRow(entry, this.world));
    }
    return rows;
  }
}
