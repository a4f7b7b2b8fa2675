import type { DecisionReason, Method } from '../mor/define-call.ts';
import type { User } from '../mor/model.ts';
import { NOT_TEXT, type Params, type ParamValue } from '../mor/params.ts';
import { Signal } from './signal.ts';
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
  /** Without the query: its parameters are kept on their own. */
  readonly path: string;
  /** The call it names, whether there is one or not; empty if its parameters do. */
  readonly call: string;
  /** The name as sent, if it is an old one of the call. */
  readonly oldCallName?: string | undefined;
  /** Names and values in turns, as Node has them. */
  readonly rawHeaders: readonly string[];
}

/** What became of a request. Fields are filled in as it goes on. */
export interface JournalEntry extends Omit<Arrival, 'rawHeaders' | 'call' | 'oldCallName'>, KeptHeaders {
  call: string;
  oldCallName: string | undefined;
  /** Whether a parameter names the call, and not the path. */
  isByAction: boolean;
  /** Counted from 1 in the order of arrival, again after each clearing of the journal. */
  readonly number: number;
  state: 'pending' | 'completed' | 'aborted';
  /** Undefined where nothing could be read. */
  sent: SentParams | undefined;
  /** What stands out about how they were sent, a sentence each. */
  notes: readonly string[];
  caller: User | undefined;
  /** By what MOR decided, or would have where a fault kept the call from it. Undefined where no call was reached. */
  decision: DecisionReason | undefined;
  /** Ids of the DIDs that it created, changed or removed. */
  changedDids: readonly number[];
  /** MOR's text, or for what is not MOR's our own; undefined while pending. */
  outcomeText: string | undefined;
  /** The fault that was fired at it; undefined where none was. */
  fault: string | undefined;
  status: number | undefined;
  /** The answer, or the beginning of a long one. */
  body: string | undefined;
  /** Whether the answer went on behind what is kept of it. */
  isBodyCut: boolean;
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
  /** By number, oldest first. */
  #entries = new Map<number, JournalEntry>();
  #lastNumber = 0;
  readonly #changes = new Signal<JournalEntry | undefined>();
  #bytes = 0;
  #dropped = 0;
  #generation = 0;

  constructor(limits: JournalLimits) {
    this.#limits = limits;
  }

  /** How many entries were dropped to stay within the limits. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Counts how often it was cleared. In another generation a number may be that of another entry. */
  get generation(): number {
    return this.#generation;
  }

  /** That of the newest entry; 0 if there was none since it was cleared. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** The number of the oldest entry that is kept; undefined if none is. */
  get first(): number | undefined {
    return this.#entries.keys().next().value;
  }

  /** The number of the newest entry that is kept; undefined if none is. */
  get last(): number | undefined {
    return [...this.#entries.keys()].at(-1);
  }

  /** Writes a request down as it arrives. */
  open(arrival: Arrival): JournalEntry {
    this.#lastNumber += 1;
    const entry = newEntry(arrival, this.#lastNumber);
    this.#entries.set(entry.number, entry);
    this.#bytes += entry.bytes;
    this.#shrink();
    this.#changes.report(entry);
    return entry;
  }

  /** Fills in what became known of an entry, and says so. */
  update(
    entry: JournalEntry,
    known: Partial<Omit<JournalEntry, Exclude<keyof Arrival, 'call' | 'oldCallName'> | keyof KeptHeaders | 'number' | 'bytes'>>,
  ): void {
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
    this.#changes.report(entry);
  }

  entry(number: number): JournalEntry | undefined {
    return this.#entries.get(number);
  }

  delete(entry: JournalEntry): void {
    if (this.#entries.get(entry.number) !== entry) return;
    this.#entries.delete(entry.number);
    this.#bytes -= entry.bytes;
  }

  /** Drops every entry, and the count of dropped ones. Numbers start at 1 again. */
  clear(): void {
    this.#entries = new Map();
    this.#lastNumber = 0;
    this.#bytes = 0;
    this.#dropped = 0;
    this.#generation += 1;
    this.#changes.report(undefined);
  }

  /** Calls back at every change with the entry, and with undefined when the journal was cleared. Returns a function that ends this. */
  subscribe(onChange: (entry: JournalEntry | undefined) => void): () => void {
    return this.#changes.subscribe(onChange);
  }

  #shrink(): void {
    for (const oldest of this.#entries.values()) {
      if (this.#entries.size <= this.#limits.entries && this.#bytes <= this.#limits.bytes) return;
      this.delete(oldest);
      this.#dropped += 1;
    }
  }
}

/** All fields are there from the start, which makes an entry quick to fill in. */
function newEntry({ at, method, path, call, oldCallName, rawHeaders }: Arrival, number: number): JournalEntry {
  const { headers, headerCharacters, droppedHeaders } = keepHeaders(rawHeaders);
  const entry: JournalEntry = {
    at,
    method,
    path,
    call,
    oldCallName,
    isByAction: false,
    headers,
    headerCharacters,
    droppedHeaders,
    number,
    state: 'pending',
    sent: undefined,
    notes: NO_NOTES,
    caller: undefined,
    decision: undefined,
    changedDids: NO_IDS,
    outcomeText: undefined,
    fault: undefined,
    status: undefined,
    body: undefined,
    isBodyCut: false,
    durationUs: undefined,
    bytes: 0,
  };
  entry.bytes = bytesOf(entry);
  return entry;
}

const NO_NOTES: readonly string[] = [];

const NO_IDS: readonly number[] = [];

const NOTHING = { count: 0, characters: 0 };

function bytesOf(entry: JournalEntry): number {
  const { path, call, headers, headerCharacters, body = '', outcomeText = '', sent, notes } = entry;
  const { count, characters } = sent ?? NOTHING;
  // A body that was read is held twice: as received, and as the parameters the call took.
  const texts = path.length + call.length + headerCharacters + 2 * characters + body.length + outcomeText.length + notes.join('').length;
  return ENTRY_BYTES + PARAMETER_BYTES * count + HEADER_TEXT_BYTES * headers.length + BYTES_PER_CHARACTER * texts;
}

/** The text of a parameter as sent: the query goes before the body, and the last of one place; undefined if that is not a string, or absent. */
export function sentText({ sent }: JournalEntry, name: string, params = sent?.params()): string | undefined {
  const value = params?.get(name);
  // A scalar beside a list of the same name takes no part, but was sent.
  const text = value === NOT_TEXT ? sent?.list().findLast((param) => param.name === name)?.value : value;
  return typeof text === 'string' ? text : undefined;
}

/** How many parameters there are, and how long their names and texts are together. */
export function measureParams(received: readonly ReceivedParam[]): Pick<SentParams, 'count' | 'characters'> {
  let characters = 0;
  for (const { name, value } of received) characters += name.length + (value === NOT_TEXT ? 0 : value.length);
  return { count: received.length, characters };
}
