/** Records what was judged as cases, in the order of the judgements, beside the requests and never in their way. */
import { findCall } from '../mor/calls/index.ts';
import { callTexts, buildRequest } from '../contract/case-request.ts';
import { DEFAULT_PATH } from '../contract/exchange.ts';
import type { Case } from '../contract/table.ts';
import { toRow, serializeValue } from '../loader/serialize.ts';
import { FixtureState, type FixtureData } from '../world/fixture-state.ts';
import { StateStore, type StateSnapshot } from '../world/store.ts';
import { readAsked } from './asked.ts';
import { CaseFile } from './case-file.ts';
import { compared } from './compare.ts';
import type { Judgement } from './judge.ts';
import { mockAnswerTo, mockInWords } from './mock-answer.ts';
import { recordedCase, type RecordedTable } from './recorded-case.ts';
import { goodRequest, recordedWorld } from './recorded-world.ts';
import { TABLE_CALL } from './recorded-send.ts';
import type { Secrets } from './secrets.ts';
import { parseMorTarget } from './vendor-place.ts';

/** How much waits to be written at most, in bytes by estimate; what comes then is dropped and counted. */
const MAX_WAITING_BYTES = 33_554_432;

/** What a judgement takes beyond its texts. */
const JUDGEMENT_BYTES = 2000;

/** How many cases are written at once. */
const MAX_AT_ONCE = 100;

export class Recorder {
  readonly #table: RecordedTable;
  readonly #file: CaseFile;
  readonly #mostBytes: number;
  readonly #onSkip: (judgement: Judgement, why: string) => void;
  readonly #onFailure: (why: string) => void;
  /** The recorded world, and the same without a DID: each case is tried in one of them. */
  readonly #trials: { readonly full: StateSnapshot; readonly bare: StateSnapshot };
  readonly #trial: StateStore;
  readonly #waiting: Judgement[] = [];
  #waitingBytes = 0;
  #work: Promise<void> | undefined;
  #failure: string | undefined;
  #recorded = 0;
  #skipped = 0;

  /** `records` are those of a world, every DID with its id. @throws MockMorError `OPTION_INVALID` where the file cannot be written to */
  constructor(
    path: string,
    records: FixtureData,
    secrets: Secrets,
    mostBytes: number,
    on: { readonly skip: (judgement: Judgement, why: string) => void; readonly failure: (why: string) => void },
  ) {
    const world = recordedWorld(records, secrets);
    const base = new FixtureState(world);
    this.#trial = new StateStore(base);
    this.#trials = {
      full: this.#trial.takeSnapshot(),
      bare: new StateStore(new FixtureState({ ...world, dids: [], ranges: [] })).takeSnapshot(),
    };
    this.#table = { base, good: goodRequest(this.#trial), secrets };
    this.#file = CaseFile.at(path, headOf(world, this.#table.good));
    this.#mostBytes = mostBytes;
    this.#onSkip = on.skip;
    this.#onFailure = on.failure;
  }

  /** How many judgements became cases, and how many did not. */
  get counts(): { readonly recorded: number; readonly skipped: number } {
    return { recorded: this.#recorded, skipped: this.#skipped };
  }

  /** Why nothing is recorded any more; undefined while all is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  record(judgement: Judgement): void {
    const bytes = bytesOf(judgement);
    if (this.#failure !== undefined) this.#skipped += 1;
    else if (this.#waitingBytes + bytes > MAX_WAITING_BYTES) this.#skip(judgement, 'too many wait to be written');
    else {
      this.#waiting.push(judgement);
      this.#waitingBytes += bytes;
    }
    this.#work ??= this.#writeAll().finally(() => (this.#work = undefined));
  }

  /** Settles when all that was judged so far is written. */
  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const judgements = this.#waiting.splice(0, MAX_AT_ONCE);
      try {
        if (this.#failure === undefined) await this.#write(judgements);
        else this.#skipped += judgements.length;
      } catch (error) {
        this.#failure = (error as Error).message;
        this.#skipped += judgements.length;
        this.#onFailure(this.#failure);
      }
      this.#waitingBytes -= judgements.reduce((sum, judgement) => sum + bytesOf(judgement), 0);
    }
  }

  async #write(judgements: readonly Judgement[]): Promise<void> {
    const lines: string[] = [];
    for (const judgement of judgements) {
      const one = recordedCase(judgement, this.#table);
      const wrong = typeof one === 'string' ? one : await this.#whyUntrue(one, judgement);
      if (typeof one === 'string' || wrong !== undefined) {
        this.#skip(judgement, wrong ?? '');
        continue;
      }
      const number = this.#file.lastNumber + lines.length + 1;
      lines.push(serializeValue({ ...one, title: `${String(number)}: ${one.title}` }));
    }
    if (lines.length === 0) return;
    if (!this.#file.hasRoomFor(lines)) throw new Error('the file is as large as a table of cases may be');
    await this.#file.append(lines);
    this.#recorded += lines.length;
  }

  #skip(judgement: Judgement, why: string): void {
    this.#skipped += 1;
    this.#onSkip(judgement, why);
  }

  /** A case must come to what was judged, or to what the server answered, also without the secrets and what came before. */
  async #whyUntrue({ given, send }: Case, judgement: Judgement): Promise<string | undefined> {
    const {
      method = 'POST',
      path = DEFAULT_PATH,
      query = '',
      body = '',
      type,
    } = buildRequest(callTexts(findCall(send?.call ?? '') ?? TABLE_CALL, this.#table.good, send), send);
    const call = parseMorTarget(path)?.call ?? '';
    const request = { method, path, query, call, body: Buffer.from(body), contentType: type };
    const asked = await readAsked({ ...request, contentEncoding: undefined, headerSecrets: [] }, this.#mostBytes);
    const store = this.#trial;
    store.restore(given?.dids === null ? this.#trials.bare : this.#trials.full);
    const { next_did_id, ...settings } = (given?.settings ?? {}) as Partial<FixtureData['settings']> & { readonly next_did_id?: number };
    store.patchSettings(settings, next_did_id);
    for (const { did = '', provider_id = 0 } of (given?.dids ?? []) as readonly { readonly did?: string; readonly provider_id?: number }[])
      store.apply({ kind: 'did.add', did: { ...PLAIN_DID, id: store.nextDidId, did, provider_id } }, 'tester');
    const mock = mockAnswerTo(asked, store);
    if (mockInWords(mock) === mockInWords(judgement.mock) || compared(judgement.real, mock).isSame) return undefined;
    return 'without its secrets it would come to something else';
  }
}

/** Texts are kept as UTF-16. */
function bytesOf({ asked, real }: Judgement): number {
  const sent = asked.received.reduce((sum, { name, value }) => sum + name.length + (typeof value === 'string' ? value.length : 0), 0);
  return JUDGEMENT_BYTES + 2 * (sent + real.body.length);
}

const PLAIN_DID = { reseller_id: 0, status: 'free', custom_sip_header: '', comment: '', reseller_comment: '' } as const;

/** All that stands before the cases. */
function headOf({ settings, users, providers, devices, dial_plans, dids, ranges }: FixtureData, good: RecordedTable['good']): string {
  const list = (name: string, rows: readonly object[]): string =>
    rows.length === 0 ? `  ${name}: []\n` : `  ${name}:\n${rows.map((row) => `    - ${serializeValue(row)}\n`).join('')}`;
  return [
    '# Recorded by mock-mor shadow: requests that came, and what the real server answered. Keys and hashes are not those that were sent.\n',
    `world:\n  settings: ${serializeValue(settings)}\n`,
    list('users', users),
    list('providers', providers),
    list('devices', devices),
    list('dial_plans', dial_plans),
    list('dids', [...dids, ...ranges].map(toRow)),
    `request: ${serializeValue(good)}\n`,
    'cases:\n  recorded:\n',
  ].join('');
}
