import type { Decision, Method } from '../mor/define-call.ts';
import type { User } from '../mor/model.ts';
import { NOT_TEXT, type Params, type ParamValue } from '../mor/params.ts';
import { NumberedQueue } from './numbered-queue.ts';
import { keepHeaders, type KeptHeaders } from './sent-headers.ts';

/** Where parameters came from. */
export type Transport = 'query' | 'form' | 'multipart' | 'json';

/** One parameter as it was received, before anything was decided about it. */
export interface ReceivedParam {
  readonly name: string;
  readonly value: ParamValue;
  readonly from: Transport;
  /** On a piece of a query or a form without a `=`, so that nobody knows whether it is a name. */
  readonly isBare?: true;
}

/** The parameters of a request as they came, to be read again when somebody looks: most entries are dropped unseen. */
export interface SentParams {
  readonly count: number;
  /** Of their names and texts together, or of the whole text that is kept of them. */
  readonly characters: number;
  /** Every one, in the order of sending, the body's before the query's. */
  list(): readonly ReceivedParam[];
  /** Those that take part. */
  params(): Params;
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
  /** Names and values in turns, as Node has them. */
  readonly rawHeaders: readonly string[];
}

/** What became of a request. Fields are filled in as it goes on. */
export interface JournalEntry extends Omit<Arrival, 'rawHeaders'>, KeptHeaders {
  /** Counted from 1 in the order of arrival, anew whenever the journal is cleared. */
  readonly number: number;
  state: 'pending' | 'completed' | 'aborted';
  /** Undefined where nothing could be read. */
  sent: SentParams | undefined;
  /** What stands out about how they were sent, a sentence each. */
  notes: readonly string[];
  caller: User | undefined;
  /** By what MOR decided, or would have where a fault kept the call from it. Undefined where no call was reached. */
  decision: Decision | undefined;
  /** MOR's text, or for what is not MOR's our own; undefined while pending. */
  outcomeText: string | undefined;
  /** The fault that was fired at it; undefined where none was. */
  fault: string | undefined;
  status: number | undefined;
  body: string | undefined;
  /** In whole microseconds. */
  durationUs: number | undefined;
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

/** What the name or the value of a header takes beyond its text. */
const HEADER_TEXT_BYTES = 32;

/** Texts are kept as UTF-16. */
const BYTES_PER_CHARACTER = 2;

/** Every request to MOR's paths, the newest ones within two limits. */
export class Journal {
  readonly #limits: JournalLimits;
  readonly #entries = new NumberedQueue<JournalEntry>();
  /** The newest path and call: as good as every request has the same, and one text does for all. */
  #path = '';
  #call = '';
  readonly #waiting = new Set<() => void>();
  #bytes = 0;
  #dropped = 0;
  #clearings = 0;

  constructor(limits: JournalLimits) {
    this.#limits = limits;
  }

  /** How many entries were dropped to stay within the limits. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Counts how often it was cleared: a number of before may be another entry's now. */
  get clearings(): number {
    return this.#clearings;
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
    return this.#entries;
  }

  /** Writes a request down as it arrives. */
  open({ at, method, path, call, rawHeaders }: Arrival): JournalEntry {
    if (path !== this.#path) this.#path = path;
    if (call !== this.#call) this.#call = call;
    const entry = new Entry({ at, method, path: this.#path, call: this.#call, rawHeaders }, this.#entries.next);
    this.#entries.add(entry);
    this.#bytes += entry.bytes;
    this.#shrink();
    this.#wake();
    return entry;
  }

  /** Fills in what became known of an entry, and says so. */
  update(entry: JournalEntry, known: Partial<Omit<JournalEntry, keyof Arrival | keyof KeptHeaders | 'number' | 'bytes'>>): void {
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
    this.#clearings += 1;
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
      const oldest = this.#entries.takeOldest();
      if (oldest === undefined) throw new Error('a journal without entries has bytes');
      this.#bytes -= oldest.bytes;
      this.#dropped += 1;
    }
  }
}

/** From here on the times of arrival are counted: small numbers need no room of their own in memory, nor the collector's care. */
const EPOCH = Date.now();

/** An entry. Its fields are all there from the start, which makes them quick to fill in. */
class Entry implements JournalEntry {
  readonly #sinceEpoch: number;
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly headers: readonly string[];
  readonly headerCharacters: number;
  readonly droppedHeaders: number;
  readonly number: number;
  state: JournalEntry['state'] = 'pending';
  sent: SentParams | undefined = undefined;
  notes: readonly string[] = NO_NOTES;
  caller: User | undefined = undefined;
  decision: Decision | undefined = undefined;
  outcomeText: string | undefined = undefined;
  fault: string | undefined = undefined;
  status: number | undefined = undefined;
  body: string | undefined = undefined;
  durationUs: number | undefined = undefined;
  bytes: number;

  constructor({ at, method, path, call, rawHeaders }: Arrival, number: number) {
    const { headers, headerCharacters, droppedHeaders } = keepHeaders(rawHeaders);
    this.#sinceEpoch = at - EPOCH;
    this.method = method;
    this.path = path;
    this.call = call;
    this.headers = headers;
    this.headerCharacters = headerCharacters;
    this.droppedHeaders = droppedHeaders;
    this.number = number;
    this.bytes = bytesOf(this);
  }

  get at(): number {
    return EPOCH + this.#sinceEpoch;
  }
}

const NO_NOTES: readonly string[] = [];

const NOTHING = { count: 0, characters: 0 };

function bytesOf(entry: JournalEntry): number {
  const { path, call, headers, headerCharacters, body = '', outcomeText = '', sent, notes } = entry;
  const { count, characters } = sent ?? NOTHING;
  // A body that was read is held twice: as received, and as the parameters the call took.
  const texts = path.length + call.length + headerCharacters + 2 * characters + body.length + outcomeText.length + notes.join('').length;
  return ENTRY_BYTES + PARAMETER_BYTES * count + HEADER_TEXT_BYTES * headers.length + BYTES_PER_CHARACTER * texts;
}

/** The text of a parameter as sent: the query goes before the body, and the last of one place; undefined where that is no text, or absent. */
export function sentText({ sent }: JournalEntry, name: string, params = sent?.params()): string | undefined {
  const value = params?.get(name);
  // A scalar beside a list of the same name takes no part, but was sent.
  const text = value === NOT_TEXT ? sent?.list().findLast((param) => param.name === name)?.value : value;
  return typeof text === 'string' ? text : undefined;
}

/** How many parameters there are, and how long their names and texts are together. */
export function sizeOf(received: readonly ReceivedParam[]): Pick<SentParams, 'count' | 'characters'> {
  let characters = 0;
  for (const { name, value } of received) characters += name.length + (value === NOT_TEXT ? 0 : value.length);
  return { count: received.length, characters };
}
