/** What becomes of each request that has passed: it is judged, counted, logged and recorded, in the order of the real answers. */
import { countRecords, type Counts } from '../control/fixtures-control.ts';
import { findCall } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { idIn } from '../mor/params.ts';
import { FixtureState, type FixtureData } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';
import type { Asked } from './asked.ts';
import type { Note } from './compare.ts';
import { Judge, type Judgement } from './judge.ts';
import type { Passed } from './pass-on.ts';
import { parseRealAnswer, type RealAnswer } from './real-answer.ts';
import { MAX_DIDS } from './recorded-world.ts';
import { Recorder } from './recorder.ts';
import { Report, type Head, type ShadowEntry, type Verdict } from './report.ts';
import { Secrets } from './secrets.ts';

/** How a ledger is kept. */
export interface LedgerOptions {
  /** The world the mock decides in, to begin with. */
  readonly records: FixtureData;
  /** The largest request and the largest answer that are judged, in bytes. */
  readonly maxBodyBytes: number;
  /** The file to record cases in. Default: none is. */
  readonly record?: string | undefined;
  readonly log: (entry: ShadowEntry) => void;
}

/** What came of the requests. */
export interface ShadowCounts {
  readonly requests: number;
  readonly same: number;
  readonly different: number;
  readonly notJudged: number;
  /** How many became cases, and how many that were judged did not. */
  readonly recorded: number;
  readonly skipped: number;
}

/** How often something was found, the most frequent first. */
export type Tally = readonly (readonly [what: string, count: number])[];

/** How many kinds of differences are counted for the summary. */
const MAX_KINDS = 1000;

/** How many kinds of notes are logged. */
const MAX_NOTES = 100;

/** A request that has passed. */
export interface PassedRequest {
  readonly head: Head;
  /** What it asks: undefined where it is too large to be read. Awaited only where the request is whole. */
  readonly asked: Promise<Asked | undefined>;
  readonly passed: Passed;
  readonly durationMs: number;
}

export class Ledger {
  /** How much the world of the mock holds, to begin with. */
  readonly worldCounts: Counts;
  readonly #options: LedgerOptions;
  readonly #nextDidId: number;
  readonly #judge: Judge;
  readonly #report: Report;
  readonly #recorder: Recorder | undefined;
  readonly #counts: Record<Verdict, number> = { same: 0, different: 0, 'not judged': 0 };
  readonly #kinds = { different: new Map<string, number>(), 'not judged': new Map<string, number>() };
  readonly #notesTold = new Set<string>();
  #turn = Promise.resolve();

  /** @throws MockMorError `OPTION_INVALID` where the record cannot be written */
  constructor(options: LedgerOptions) {
    const { records, maxBodyBytes, record, log } = options;
    this.#options = options;
    const store = new StateStore(new FixtureState(records));
    this.#nextDidId = store.nextDidId;
    this.worldCounts = countRecords(store);
    const secrets = new Secrets(store);
    this.#judge = new Judge(store);
    this.#report = new Report(secrets);
    if (record !== undefined)
      this.#recorder = new Recorder(record, recordsOf(store), secrets, maxBodyBytes, {
        skip: ({ id }, why) => log({ level: 'info', message: `request ${String(id)} is not recorded: ${why}` }),
        failure: (why) => log({ level: 'error', message: `nothing is recorded any more: ${why}` }),
      });
  }

  get counts(): ShadowCounts {
    const { same, different, 'not judged': notJudged } = this.#counts;
    const requests = same + different + notJudged;
    return { requests, same, different, notJudged, ...(this.#recorder?.counts ?? { recorded: 0, skipped: 0 }) };
  }

  /** What differed, and why requests were not judged: by call, in the words of the log, without secrets. */
  get summary(): Readonly<Record<'different' | 'not judged', Tally>> {
    const sorted = (kinds: ReadonlyMap<string, number>): Tally => [...kinds].toSorted(([, a], [, b]) => b - a);
    return { different: sorted(this.#kinds.different), 'not judged': sorted(this.#kinds['not judged']) };
  }

  /** Why nothing is recorded any more; undefined while all is well. */
  get recordFailure(): string | undefined {
    return this.#recorder?.failure;
  }

  /** Says what a request asks for, before its answer is there. */
  begin(id: number, asked: Asked): void {
    this.#judge.begin(id, asked);
  }

  /** Logs a request that is not for the real server. `host` is the one that it named as to a proxy. */
  notPassedOn(method: string, url: string, host?: string): void {
    this.#options.log(this.#report.notPassedOn(method, url, host));
  }

  /** Takes a request that has passed; settles once it has had its turn. Never rejects: whatever breaks here, the next ones are judged. */
  settle(request: PassedRequest): Promise<void> {
    this.#turn = this.#turn.then(() => this.#settle(request)).catch((error: unknown) => this.broke(request.head.id, error));
    return this.#turn;
  }

  /** Logs a defect of the shadow. */
  broke(id: number, error: unknown): void {
    this.#counts['not judged'] += 1;
    this.#options.log(this.#report.broke(id, error));
  }

  /** Settles when what is recorded so far is written. */
  async written(): Promise<void> {
    await this.#recorder?.settled();
  }

  async close(): Promise<void> {
    await this.#recorder?.close();
  }

  async #settle({ head, asked: reading, passed, durationMs }: PassedRequest): Promise<void> {
    const asked = passed.requestIsWhole ? await reading : undefined;
    const { maxBodyBytes } = this.#options;
    const real = passed.kind === 'answered' ? parseRealAnswer(passed.answer, maxBodyBytes) : passed.why;
    const why = whyNotJudged(asked, passed, real, maxBodyBytes);
    if (why === undefined && asked !== undefined && typeof real !== 'string') {
      this.#conclude(this.#judge.answer({ id: head.id, asked, real, durationMs }));
      return;
    }
    this.#counts['not judged'] += 1;
    const [level, status] = passed.kind === 'answered' ? (['info', passed.answer.status] as const) : (['warn', undefined] as const);
    const entry = this.#report.notJudged(head, asked, why ?? '', level, durationMs, status);
    this.#options.log(entry);
    this.#tally('not judged', `${entry.call ?? ''}: ${entry.outcome ?? ''}`);
    if (asked !== undefined) this.#conclude(this.#judge.lose(head.id, asked));
  }

  #conclude(judgements: readonly Judgement[]): void {
    for (const judgement of judgements) {
      this.#counts[judgement.comparison.isSame ? 'same' : 'different'] += 1;
      const entry = this.#report.judged(judgement);
      this.#options.log(entry);
      if (!judgement.comparison.isSame)
        this.#tally('different', `${entry.call ?? ''}: the server says ${entry.outcome ?? ''}, the mock ${entry.mock ?? ''}`);
      if (judgement.comparison.isSame) for (const note of judgement.comparison.notes) this.#tellOnce(note, judgement.id);
      this.#recorder?.record(judgement);
    }
  }

  #tally(verdict: 'different' | 'not judged', what: string): void {
    const kinds = this.#kinds[verdict];
    if (kinds.has(what) || kinds.size < MAX_KINDS) kinds.set(what, (kinds.get(what) ?? 0) + 1);
  }

  /** Ids differ from one DID to the next; everything else is logged once for each value. */
  #tellOnce(note: Note, id: number): void {
    const key = note.aspect === 'id' ? note.aspect : `${note.aspect}\n${note.real}\n${note.mock}`;
    if (this.#notesTold.has(key) || this.#notesTold.size >= MAX_NOTES) return;
    this.#notesTold.add(key);
    const realId = note.aspect === 'id' ? idIn(note.real) : undefined;
    const isSettable = realId !== undefined && realId >= this.#nextDidId;
    this.#options.log(this.#report.note(isSettable ? { ...note, setting: `next_did_id: ${String(realId)}` } : note, id));
  }
}

/** Statuses by which what stands in front of MOR says that it did not get an answer. */
const GATEWAY_STATUSES = [502, 503, 504];

/** Why a request cannot be judged; undefined where it can. */
function whyNotJudged(asked: Asked | undefined, passed: Passed, real: RealAnswer | string, maxBodyBytes: number): string | undefined {
  if (passed.kind === 'lost') return passed.why;
  if (!passed.requestIsWhole) return 'the answer came before the request was whole';
  if (asked === undefined) return `the request has more than ${String(maxBodyBytes)} bytes`;
  if (asked.method === 'HEAD') return 'a HEAD has no body to judge by';
  if (typeof real === 'string') return real;
  if (real.xml === undefined && GATEWAY_STATUSES.includes(real.status)) return 'MOR was not reached by what stands in front of it';
  if (findCall(asked.call) === undefined && real.xml?.text !== MOR_ERRORS.noSuchApi.text) return 'the mock does not imitate this call';
  return undefined;
}

/** The world as records; without its DIDs where there are more than are written down. */
function recordsOf(store: StateStore): FixtureData {
  const { settings, providers, devices } = store;
  const { dialPlans: dial_plans } = store.fixtures;
  return store.toFixtureData(MAX_DIDS) ?? { settings, users: [...store.users], providers, devices, dial_plans, dids: [], ranges: [] };
}
