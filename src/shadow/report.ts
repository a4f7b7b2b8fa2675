/** Log entries for the requests that passed: one each, with short texts, without secrets and safe for a terminal. */
import { addNotes } from '../control/explain-call.ts';
import { getParamName, knownNames } from '../control/ignored-params.ts';
import { paramViews } from '../control/request-view.ts';
import { traceText } from '../control/trace-text.ts';
import { MAX_LOGGED, truncate, visible, type LogEntry } from '../log.ts';
import { tidyUrl } from '../http/tidy-url.ts';
import { explainDecision } from '../explain/trace.ts';
import type { Decision } from '../mor/define-call.ts';
import { getString } from '../mor/params.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { MASKED_KEY, redactCall } from '../mor/redact.ts';
import type { Asked } from './asked.ts';
import type { Note } from './compare.ts';
import type { Judgement } from './judge.ts';
import { sentBy, type Secrets } from './secrets.ts';

/** How a request was judged. */
export type Verdict = 'same' | 'different' | 'not judged';

/** A parameter as it is logged. */
interface LoggedParam {
  readonly name: string;
  /** Masked where it is a secret or the call does not know it; null for a list, a map or a file. */
  readonly value: string | null;
  readonly from: string;
  /** Why it took no part; absent where it did. */
  readonly ignored?: string;
}

/** A parameter as a field for programs, and as a line for people. */
interface ShownParam {
  readonly logged: LoggedParam;
  readonly line: string;
}

/** An entry of a shadow's log. A request has its fields beside the message: `outcome` is what the real server said. */
export interface ShadowEntry extends LogEntry {
  readonly verdict?: Verdict | undefined;
  readonly path?: string | undefined;
  readonly params?: readonly LoggedParam[] | undefined;
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

/** How many parameters are logged one by one. */
const MAX_PARAMS = 20;

/** How many are looked at for that. */
const MAX_READ_PARAMS = 200;

export class Report {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  judged(judgement: Judgement): ShadowEntry {
    const { id, asked, real, mock, comparison, durationMs, explainedBy } = judgement;
    const named = this.#named({ ...asked, id }, asked);
    const label = this.#label(named, asked);
    // A server may repeat what it was sent.
    const others = sentBy(asked);
    const outcome = this.#format(comparison.real, others);
    const fields = { ...named, status: real.status, duration_ms: durationMs, outcome };
    const how = `(${String(real.status)}, ${durationMs.toFixed(1)} ms)`;
    if (comparison.isSame) {
      const carriedOut = explainedBy === undefined ? '' : `; request ${String(explainedBy)}, which got no answer, was carried out`;
      return {
        level: 'info',
        message: `${label}: ${this.#clear(comparison.real, others)} ${how}${carriedOut}`,
        ...fields,
        verdict: 'same',
      };
    }
    const params = this.#params(asked);
    const logged = {
      mock: this.#format(comparison.mock),
      params: params.map(({ logged }) => logged),
      notes: comparison.notes.map((note) => this.#formatNote(note)),
      trace: mock.kind === 'reply' ? this.#trace(asked, mock.decision) : undefined,
    };
    const [server, ours] = [this.#quote(comparison.real, others), this.#quote(comparison.mock)];
    const message = `${label}: different: the server says ${server}, the mock ${ours} ${how}`;
    return { level: 'warn', message, ...fields, verdict: 'different', ...logged, details: detailsOf(named, params, logged) };
  }

  /** A request that passed and was not judged. `asked` is undefined where it was not read, `status` where there was no answer. */
  notJudged(head: Head, asked: Asked | undefined, why: string, level: LogEntry['level'], durationMs: number, status?: number): ShadowEntry {
    const named = this.#named(head, asked);
    const outcome = this.#format(why);
    const how = [...(status === undefined ? [] : [String(status)]), `${durationMs.toFixed(1)} ms`].join(', ');
    const message = `${this.#label(named, asked)}: not judged: ${outcome} (${how})`;
    return { level, message, ...named, status, duration_ms: durationMs, outcome, verdict: 'not judged' };
  }

  /** A request that is not for the real server. `host` is the one that it named as to a proxy. */
  notPassedOn(method: string, url: string, host?: string): ShadowEntry {
    const path = lineOf(this.#secrets.maskedPath(tidyUrl(url)));
    const why =
      host === undefined
        ? "not passed on, for it is no path of MOR's API"
        : `not passed on to ${this.#format(host)}, for this is no proxy (421)`;
    return { level: 'info', message: `${visible(method)} ${path}: ${why}`, method, path };
  }

  /** A note by itself, at the first request that gave rise to it. */
  note(note: Note, id: number): ShadowEntry {
    const logged = this.#formatNote(note);
    return { level: 'info', message: `from request ${String(id)} on: ${noteLine(logged)}`, request_id: String(id), notes: [logged] };
  }

  /** A defect of the shadow; the request passed all the same. */
  broke(id: number, error: unknown): ShadowEntry {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      level: 'error',
      message: `request ${String(id)} broke while it was judged: ${this.#secrets.masked(what)}`,
      request_id: String(id),
    };
  }

  #named({ id, method, path, call }: Head, asked: Asked | undefined): Named {
    const others = sentBy(asked);
    const sent = (name: string): string | undefined => {
      const text = asked && getString(asked.params, name);
      return text === undefined ? undefined : this.#format(text, others);
    };
    return {
      request_id: String(id),
      method: visible(method),
      path: lineOf(this.#secrets.maskedPath(path)),
      call: lineOf(redactCall(call, this.#secrets.ofRequest(asked))),
      u: sent('u'),
      did: sent('did'),
    };
  }

  #params(asked: Asked): readonly ShownParam[] {
    const { received } = asked;
    const views = paramViews(received.slice(0, MAX_READ_PARAMS), asked, this.#secrets.ofRequest(asked));
    const known = knownNames(asked);
    return views.slice(0, MAX_PARAMS).map(({ name, value: sent, from, ignored }) => {
      // What the call does not know takes no part, and nobody knows what is in it.
      const value = sent === null || known.includes(getParamName(name)) ? sent : MASKED_KEY;
      const shown = value === null ? 'not a string' : quote(value, { maxLength: MAX_LOGGED });
      return {
        logged: {
          name: lineOf(name),
          value: value === null ? null : lineOf(value),
          from,
          ...(ignored === undefined ? {} : { ignored }),
        },
        line: `${clearly(name)} = ${shown} (${from}${ignored === undefined ? '' : `, ${ignored}`})`,
      };
    });
  }

  #trace(asked: Asked, decision: Decision): string {
    const secrets = this.#secrets.ofRequest(asked);
    const trace = addNotes(explainDecision(asked.call, decision, secrets), asked.notes, secrets);
    return this.#secrets.maskedKeys(traceText(trace)).split('\n').map(visible).join('\n');
  }

  #formatNote({ aspect, real, mock, setting }: Note): Note {
    return { aspect, real: this.#clear(real), mock: this.#clear(mock), ...(setting === undefined ? {} : { setting }) };
  }

  /** `7 did_create "37060000001" by "admin"`. */
  #label({ request_id, method, call }: Named, asked: Asked | undefined): string {
    const sent = (name: string): string | undefined => {
      const text = asked && getString(asked.params, name);
      return text === undefined ? undefined : this.#quote(text, sentBy(asked));
    };
    const did = sent('did');
    const what = [method === 'POST' ? '' : `${method} `, call === '' ? 'no call' : call, did === undefined ? '' : ` ${did}`];
    return `${request_id} ${what.join('')} by ${sent('u') ?? 'nobody'}`;
  }

  #format(text: string, others: readonly string[] = []): string {
    return lineOf(this.#secrets.masked(text, others));
  }

  #quote(text: string, others: readonly string[] = []): string {
    return quote(this.#secrets.masked(text, others), { maxLength: MAX_LOGGED });
  }

  #clear(text: string, others: readonly string[] = []): string {
    return clearly(this.#secrets.masked(text, others));
  }
}

function lineOf(text: string): string {
  return visible(truncate(text));
}

/** Without quotes, unless something in it is hidden. */
function clearly(text: string): string {
  return quoteIfHidden(truncate(text), { maxLength: MAX_LOGGED + 1 });
}

function detailsOf(
  { method, path }: Named,
  params: readonly ShownParam[],
  { notes = [], trace }: Pick<ShadowEntry, 'notes' | 'trace'>,
): readonly string[] {
  const lines = [
    `${method} ${path}`,
    ...params.map(({ line }) => line),
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
