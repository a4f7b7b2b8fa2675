import type { Method } from '../mor/call.ts';
import type { User } from '../mor/model.ts';
import type { ParamValue } from '../mor/params.ts';
import type { Trace } from '../mor/trace.ts';

/** Where parameters came from. */
export type Transport = 'query' | 'form' | 'multipart' | 'json';

/** One parameter as it was received, before anything was decided about it. */
export interface ReceivedParam {
  readonly name: string;
  readonly value: ParamValue;
  readonly from: Transport;
}

/** What is known of a request when it arrives. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: Method | (string & {});
  /** With the query left out: its parameters are told apart. */
  readonly path: string;
  /** The call it names, whether there is one or not. */
  readonly call: string;
}

/** What became of a request. Fields are filled in as it goes on. */
export interface JournalEntry extends Arrival {
  /** Counted from 1 in the order of arrival; never used twice in one world. */
  readonly number: number;
  state: 'pending' | 'completed' | 'aborted';
  received: readonly ReceivedParam[];
  caller: User | undefined;
  /** Why MOR decides as it does; also where a fault kept the call from MOR. Undefined where no call was reached. */
  explain: (() => Trace) | undefined;
  /** MOR's text, or for what is not MOR's our own; undefined while pending. */
  outcomeText: string | undefined;
  /** The fault that was fired at it; undefined where none was. */
  fault: string | undefined;
  status: number | undefined;
  body: string | undefined;
  durationMs: number | undefined;
  /** What it takes of the journal's room, as far as is known. */
  bytes: number;
}

/** How much a journal keeps. */
export interface JournalLimits {
  /** Entries; 0 keeps none. */
  readonly entries: number;
  /** Bytes, by an estimate of what an entry takes; 0 keeps none. */
  readonly bytes: number;
}

/** What an entry takes beyond its texts. */
const ENTRY_BYTES = 600;

/** What a parameter takes beyond its texts, as received and as the call took it. */
const PARAMETER_BYTES = 300;

/** Texts are kept as UTF-16. */
const BYTES_PER_CHARACTER = 2;

/** Every request to MOR's paths, the newest ones within two limits. */
export class Journal {
  readonly #limits: JournalLimits;
  readonly #entries = new Map<number, JournalEntry>();
  /** No entry below this number is kept. */
  #oldest = 1;
  readonly #waiting = new Set<() => void>();
  #lastNumber = 0;
  #bytes = 0;
  #dropped = 0;

  constructor(limits: JournalLimits) {
    this.#limits = limits;
  }

  /** How many entries were dropped to stay within the limits. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The entries that are kept, oldest first. */
  get entries(): Iterable<JournalEntry> {
    return this.#entries.values();
  }

  /** Writes a request down as it arrives. */
  open(arrival: Arrival): JournalEntry {
    const { at, method, path, call } = arrival;
    // Field by field: entries of one shape are quicker to fill in.
    const entry: JournalEntry = {
      at,
      method,
      path,
      call,
      number: ++this.#lastNumber,
      state: 'pending',
      received: [],
      caller: undefined,
      explain: undefined,
      outcomeText: undefined,
      fault: undefined,
      status: undefined,
      body: undefined,
      durationMs: undefined,
      bytes: ENTRY_BYTES + BYTES_PER_CHARACTER * (path.length + call.length),
    };
    this.#entries.set(entry.number, entry);
    this.#bytes += entry.bytes;
    this.#shrink();
    this.#wake();
    return entry;
  }

  /** Fills in what became known of an entry, and says so. */
  update(entry: JournalEntry, known: Partial<Omit<JournalEntry, keyof Arrival | 'number' | 'bytes'>>): void {
    Object.assign(entry, known);
    this.changed(entry);
  }

  /** Says that fields of an entry were filled in. One that was dropped or deleted meanwhile stays away. */
  changed(entry: JournalEntry): void {
    if (this.#entries.get(entry.number) !== entry) return;
    this.#bytes -= entry.bytes;
    entry.bytes = bytesOf(entry);
    this.#bytes += entry.bytes;
    this.#shrink();
    this.#wake();
  }

  entry(number: number): JournalEntry | undefined {
    return this.#entries.get(number);
  }

  delete(entry: JournalEntry): void {
    if (this.#entries.delete(entry.number)) this.#bytes -= entry.bytes;
  }

  /** Forgets every entry, and what was dropped. Numbers start anew. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
    this.#dropped = 0;
    this.#lastNumber = 0;
    this.#oldest = 1;
  }

  /** Calls back at every change until it is told to stop. */
  watch(onChange: () => void): () => void {
    this.#waiting.add(onChange);
    return () => this.#waiting.delete(onChange);
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #shrink(): void {
    while (this.#entries.size > this.#limits.entries || this.#bytes > this.#limits.bytes) {
      // Numbers follow each other, so the oldest is found by counting: a map that lost its first entries is slow to walk.
      const entry = this.#entries.get(this.#oldest++);
      if (entry === undefined) continue;
      this.delete(entry);
      this.#dropped += 1;
    }
  }
}

function bytesOf({ path, call, received, body = '', outcomeText = '' }: JournalEntry): number {
  const texts = received.reduce((sum, { name, value }) => sum + name.length + (typeof value === 'string' ? value.length : 0), 0);
  const parameters = PARAMETER_BYTES * received.length;
  // A body that was read is held twice: as received, and as the parameters the call took.
  return ENTRY_BYTES + parameters + BYTES_PER_CHARACTER * (path.length + call.length + 2 * texts + body.length + outcomeText.length);
}
