/** What a shadow tells of the requests that passed: one entry each, its texts short, without secrets and harmless to a terminal. */
import { plainPath, shortened } from '../control/request-log.ts';
import { knownNames, nameOf, paramViews } from '../control/request-view.ts';
import { traceText } from '../control/trace-text.ts';
import { visible, type LogEntry } from '../log.ts';
import type { Outcome } from '../mor/call.ts';
import { keysOf, MASKED_KEY } from '../mor/in-words.ts';
import { textOf } from '../mor/params.ts';
import type { MorState } from '../mor/state.ts';
import type { Asked } from './asked.ts';
import type { Note } from './compare.ts';
import type { Judgement } from './judge.ts';
import { secretValues, type Secrets } from './secrets.ts';

/** How a request was judged. */
export type Verdict = 'same' | 'different' | 'not judged';

/** A parameter as it is told. */
interface ToldParam {
  readonly name: string;
  /** Masked where it is a secret or the call does not know it; null for a list, a map or a file. */
  readonly value: string | null;
  readonly from: string;
  /** Why it took no part; absent where it did. */
  readonly ignored?: string;
}

/** An entry of a shadow's log. A request has its fields beside the message: `outcome` is what the real server said. */
export interface ShadowEntry extends LogEntry {
  readonly verdict?: Verdict | undefined;
  readonly path?: string | undefined;
  readonly params?: readonly ToldParam[] | undefined;
  /** What the mock says, where that is another outcome. */
  readonly mock?: string | undefined;
  readonly notes?: readonly Note[] | undefined;
  /** Why the mock decides as it does, where that is another outcome. */
  readonly trace?: string | undefined;
  /** Further lines for people; for programs they are in the fields. */
  readonly details?: readonly string[] | undefined;
}

/** What is known of a request before it is read. */
export interface Head {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly call: string;
}

/** The fields that name a request. */
interface Named {
  readonly request_id: string;
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly u: string | undefined;
  readonly did: string | undefined;
}

/** How many parameters are told one by one. */
const MOST_PARAMS = 20;

/** How many are looked at for that. */
const MOST_READ_PARAMS = 200;

export class Report {
  readonly #secrets: Secrets;
  readonly #world: MorState;

  constructor(secrets: Secrets, world: MorState) {
    this.#secrets = secrets;
    this.#world = world;
  }

  judged(judgement: Judgement): ShadowEntry {
    const { id, asked, real, mock, comparison, durationMs, explainedBy } = judgement;
    const named = this.#named({ ...asked, id }, asked);
    const outcome = this.#told(comparison.real);
    const fields = { ...named, status: real.status, duration_ms: durationMs, outcome };
    const how = `(${String(real.status)}, ${durationMs.toFixed(1)} ms)`;
    if (comparison.isSame) {
      const carriedOut = explainedBy === undefined ? '' : `; request ${String(explainedBy)}, which got no answer, was carried out`;
      return { level: 'info', message: `${inWords(named)}: ${outcome} ${how}${carriedOut}`, ...fields, verdict: 'same' };
    }
    const mockSays = this.#told(comparison.mock);
    const told = {
      mock: mockSays,
      params: this.#params(asked),
      notes: comparison.notes.map((note) => this.#toldNote(note)),
      trace: mock.kind === 'reply' ? this.#trace(mock.outcome) : undefined,
    };
    const message = `${inWords(named)}: different: the server says "${outcome}", the mock "${mockSays}" ${how}`;
    return { level: 'warn', message, ...fields, verdict: 'different', ...told, details: detailsOf(named, told) };
  }

  /** A request that passed and was not judged. `asked` is undefined where it was not read, `status` where there was no answer. */
  notJudged(head: Head, asked: Asked | undefined, why: string, level: LogEntry['level'], durationMs: number, status?: number): ShadowEntry {
    const named = this.#named(head, asked);
    const outcome = this.#told(why);
    const how = [...(status === undefined ? [] : [String(status)]), `${durationMs.toFixed(1)} ms`].join(', ');
    const message = `${inWords(named)}: not judged: ${outcome} (${how})`;
    return { level, message, ...named, status, duration_ms: durationMs, outcome, verdict: 'not judged' };
  }

  /** A request that is not for the real server. */
  notPassedOn(method: string, url: string): ShadowEntry {
    const path = this.#told(plainPath(url));
    return { level: 'info', message: `${visible(method)} ${path}: not passed on, for it is no path of MOR's API`, method, path };
  }

  /** A note by itself, at the first request that gave rise to it. */
  note(note: Note, id: number): ShadowEntry {
    const told = this.#toldNote(note);
    return { level: 'info', message: `from request ${String(id)} on: ${noteLine(told)}`, request_id: String(id), notes: [told] };
  }

  /** A defect of ours; the request passed all the same. */
  broke(id: number, error: unknown): ShadowEntry {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      level: 'error',
      message: `request ${String(id)} broke while it was judged: ${this.#secrets.masked(what)}`,
      request_id: String(id),
    };
  }

  #named({ id, method, path, call }: Head, asked: Asked | undefined): Named {
    const sent = (name: string): string | undefined => {
      const text = asked && textOf(asked.params, name);
      return text === undefined ? undefined : this.#told(text);
    };
    return {
      request_id: String(id),
      method: visible(method),
      path: this.#told(plainPath(path)),
      call: this.#told(plainPath(call)),
      u: sent('u'),
      did: sent('did'),
    };
  }

  #params({ received, call }: Asked): readonly ToldParam[] {
    const secrets = secretValues(received);
    const views = paramViews(received.slice(0, MOST_READ_PARAMS), call, keysOf(this.#world));
    const known = knownNames(call);
    return views.slice(0, MOST_PARAMS).map(({ name, value, from, ignored }) => ({
      name: this.#told(name, secrets),
      // What the call does not know takes no part, and nobody knows what is in it.
      value: value === null ? null : known.includes(nameOf(name)) ? this.#told(value, secrets) : MASKED_KEY,
      from,
      ...(ignored === undefined ? {} : { ignored }),
    }));
  }

  #trace(outcome: Outcome): string {
    return this.#secrets.masked(traceText(outcome.explain())).split('\n').map(visible).join('\n');
  }

  #toldNote({ aspect, real, mock, setting }: Note): Note {
    return { aspect, real: this.#told(real), mock: this.#told(mock), ...(setting === undefined ? {} : { setting }) };
  }

  #told(text: string, others: readonly string[] = []): string {
    return visible(shortened(this.#secrets.masked(text, others)));
  }
}

/** `7 did_create "37060000001" by "admin"`. */
function inWords({ request_id, method, call, u, did }: Named): string {
  const what = [method === 'POST' ? '' : `${method} `, call === '' ? 'no call' : call, did === undefined ? '' : ` "${did}"`];
  return `${request_id} ${what.join('')} by ${u === undefined ? 'nobody' : `"${u}"`}`;
}

function detailsOf({ method, path }: Named, { params = [], notes = [], trace }: Partial<ShadowEntry>): readonly string[] {
  const lines = [
    `${method} ${path}`,
    ...params.map(({ name, value, from, ignored }) => {
      const shown = value === null ? 'no text' : `"${value}"`;
      return `${name} = ${shown} (${from}${ignored === undefined ? '' : `, ${ignored}`})`;
    }),
    ...notes.map(noteLine),
    ...(trace === undefined ? [] : trace.split('\n')),
  ];
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

const NOTE_WORDS = {
  status: 'the HTTP status',
  headers: 'the headers',
  'white space': 'the white space',
  envelope: 'the envelope',
  dialect: 'the text',
  id: 'the id',
  elements: 'further elements',
} as const satisfies Record<Note['aspect'], string>;

function noteLine({ aspect, real, mock, setting }: Note): string {
  const same = setting === undefined ? '' : `; with ${setting} the mock does the same`;
  return `${NOTE_WORDS[aspect]}: the server has ${real}, the mock ${mock}${same}`;
}
