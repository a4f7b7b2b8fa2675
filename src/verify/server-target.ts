/** A real server as the target: a case runs where the profile meets its needs, and makes nothing there unless it is allowed to. */
import { randomInt } from 'node:crypto';
import { callTexts, buildRequest, worldWith } from '../contract/case-request.ts';
import { diff, type Difference } from '../contract/compare.ts';
import type { Answer, RawRequest } from '../contract/exchange.ts';
import { findText, parseAnswer } from '../contract/parse-answer.ts';
import { ANY_ID, caseSteps, type Case, type Expected, type RuledCase } from '../contract/table.ts';
import { fixturesFromObject } from '../loader/load.ts';
import type { FixturesInput } from '../loader/schema.ts';
import type { Call } from '../mor/define-call.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { trimmed } from '../mor/params.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';
import { NoAnswer, type Client } from './client.ts';
import { foreseen, isHarmless, numbersIn, numberThatCounts, type Foreseen } from './foresee.ts';
import { UNKNOWN_ID, type MadeList } from './made-list.ts';
import { refuseUnmetNeeds } from './needs.ts';
import type { LoadedProfile } from './profile.ts';
import { serverWorld } from './server-world.ts';
import { existingDids, StandIns, UnmetNeed, type Numbers } from './stand-ins.ts';
import { calledBy, RunIsOver, getTable, type ReadyStep, type SkippedCase, type Tables, type Target } from './target.ts';

export interface ServerOptions {
  /** Where numbers that are made are listed; undefined allows none to be made. */
  readonly madeList: MadeList | undefined;
  /** Called with a number that was made though none should have been. */
  readonly onHarm: (did: string, id: string) => void;
}

/** Errors that are met only by a number that nobody has. */
const ERRORS_OF_NEW_NUMBERS: readonly (string | undefined)[] = [MOR_ERRORS.didInvalid.text, MOR_ERRORS.creationFailed.text];

/** Errors that are met only if nothing on the server fits. */
const ERRORS_OF_WHOLE_WORLD: readonly (string | undefined)[] = [MOR_ERRORS.noDidsFound.text];

export class ServerTarget implements Target {
  readonly kind = 'server';
  readonly #client: Client;
  readonly #tables: Tables;
  readonly #profile: LoadedProfile;
  readonly #options: ServerOptions;
  readonly #world: FixtureState;
  readonly #numbers: Numbers;
  /** The worlds of cases by what is given: most cases have the table's own. */
  readonly #worlds = new Map<string, FixtureState>();
  /** The ids that the requests of the case have been given so far. */
  #ids: string[] = [];

  /** @throws MockMorError `RECORD_INVALID` where the profile does not fit together */
  constructor(client: Client, tables: Tables, profile: LoadedProfile, options: ServerOptions) {
    this.#client = client;
    this.#tables = tables;
    this.#profile = profile;
    this.#options = options;
    this.#world = serverWorld(profile);
    this.#numbers = { existing: () => existingNumber(this.#world), fresh: freshNumbers(profile.prefix, options.madeList !== undefined) };
  }

  async prepare(ruled: RuledCase): Promise<readonly ReadyStep[] | SkippedCase> {
    const { call, rule } = ruled;
    const { not_available } = this.#profile;
    const away = not_available[call.name] ?? not_available[rule] ?? not_available[rule.split('.')[0] ?? ''];
    if (away !== undefined) return { skipped: `not available: ${away}` };
    this.#ids = [];
    try {
      return await this.#ready(ruled);
    } catch (error) {
      if (error instanceof UnmetNeed) return { skipped: error.message };
      throw error;
    }
  }

  async send({ call, request }: ReadyStep, signal: AbortSignal): Promise<Answer> {
    if (call.isReadOnly) return this.#client.send(request, { signal });
    const { madeList, onHarm } = this.#options;
    const ours = (await numbersIn(request)).filter((number) => this.#isOurs(number));
    madeList?.sending(ours);
    let answer: Answer;
    try {
      answer = await this.#client.send(request, { signal });
    } catch (error) {
      if (!(error instanceof NoAnswer) || !error.wasSent) madeList?.refused(ours);
      throw error;
    }
    const xml = parseAnswer(answer.body);
    if (xml?.kind === 'success') {
      const id = findText(xml.content, 'id') ?? UNKNOWN_ID;
      this.#ids.push(id);
      const [did = ''] = ours;
      if (madeList !== undefined && did !== '') madeList.made(did, id);
      else {
        onHarm((await numbersIn(request))[0] ?? '', id);
        throw new RunIsOver(`the server has carried out a ${call.name} that it should have refused; nothing more is sent`);
      }
    } else if (xml?.kind === 'error' || (answer.status >= 400 && answer.status < 500)) madeList?.refused(ours);
    return answer;
  }

  /** A server shows what a call did only by its ids, and by later calls, which are cases of their own. */
  effect({ one }: RuledCase): Promise<readonly Difference[]> {
    const [first] = this.#ids;
    const wanted = caseSteps(one).filter(({ expect }) => expect.success !== undefined);
    const last = Number(first) + wanted.length - 1;
    return Promise.resolve(
      wanted.length < 2 || first === undefined
        ? []
        : diff('effect', `id ${String(last)} last`, `id ${this.#ids.at(-1) ?? UNKNOWN_ID} last`),
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #createState(call: Call, { given }: Pick<Case, 'given'>): FixtureState {
    const key = `${call.name} ${JSON.stringify(given ?? {})}`;
    const fixtures = (): FixturesInput => worldWith(getTable(this.#tables, call).world, given);
    const world = this.#worlds.get(key) ?? new FixtureState(fixturesFromObject(fixtures()));
    this.#worlds.set(key, world);
    return world;
  }

  async #ready({ call, rule, one }: RuledCase): Promise<readonly ReadyStep[]> {
    const { request } = getTable(this.#tables, call);
    const worlds = {
      ofCase: this.#createState(call, one),
      ofServer: this.#world,
      unusedProviderId: this.#profile.unused_provider_id,
      knownIds: new Set(this.#profile.dids.flatMap(({ id }) => id ?? [])),
    };
    const steps = caseSteps(one);
    if (steps.some(({ expect }) => ERRORS_OF_WHOLE_WORLD.includes(expect.error)))
      throw new UnmetNeed('needs to know every DID of the server');
    const makesDids = call.params.some(({ names }) => names === 'didNumber');
    const wantsNew = makesDids && steps.some(({ expect }) => expect.success !== undefined || ERRORS_OF_NEW_NUMBERS.includes(expect.error));
    if (wantsNew && this.#options.madeList === undefined) throw new UnmetNeed(NEEDS_WRITES);
    refuseUnmetNeeds(rule, one, worlds, makesDids ? this.#createState(call, {}).nextDidId : undefined);
    const standIns = new StandIns(worlds, this.#numbers, wantsNew);
    const store = new StateStore(this.#world);
    const ready: ReadyStep[] = [];
    for (const { send, expect } of steps) {
      const sent = calledBy(call, send);
      const texts = standIns.of(callTexts(sent, request, send), send);
      const step = { call: sent, request: buildRequest(texts, send), expected: expectedThere(expect, texts.params['did'] ?? '') };
      const outlook = await foreseen(step.request, store);
      if (outlook.text !== (expect.plain === true ? undefined : (expect.error ?? sent.success))) {
        throw new UnmetNeed(
          `set as the profile says, the server should answer this with: ${outlook.text ?? 'a refusal that is not of MOR'}`,
        );
      }
      if (!sent.isReadOnly) await this.#refuseHarm(step.request, outlook);
      for (const change of outlook.changes) store.apply(change);
      ready.push(step);
    }
    return ready;
  }

  /** No request leaves that could make something if the server broke one rule, unless all that it could make is under the prefix, and allowed. */
  async #refuseHarm(request: RawRequest, outlook: Foreseen): Promise<void> {
    const numbers = await numbersIn(request);
    if (numbers.every((number) => this.#world.findDidByNumber(number) !== undefined) && isHarmless(outlook, numbers)) return;
    if (outlook.changes.some(({ kind }) => !kind.startsWith('did.'))) throw new UnmetNeed('makes or changes users or devices');
    if (outlook.changes.some(({ kind }) => kind !== 'did.add')) throw new UnmetNeed('changes a DID that is there');
    if (this.#options.madeList === undefined) throw new UnmetNeed(NEEDS_WRITES);
    // Whichever of them a server takes, and the one that counts above all, must be under the prefix: no number is none there.
    const counting = await numberThatCounts(request);
    if (counting === undefined || ![counting, ...numbers].every((number) => this.#isOurs(number)))
      throw new UnmetNeed('would make something outside the prefix if the server did not refuse it');
  }

  #isOurs(number: string): boolean {
    const { prefix } = this.#profile;
    return prefix !== undefined && number.startsWith(prefix) && this.#world.findDidByNumber(number) === undefined;
  }
}

const NEEDS_WRITES = 'makes a number, or would if the server broke one rule; --allow-writes lets it';

/** A server's ids are its own, and its lists are not seen. */
function expectedThere({ success, effect: _, ...rest }: Expected, did: string): Expected {
  if (success === undefined) return rest;
  const showsDid = success !== true && 'did' in success;
  return { ...rest, success: showsDid ? { ...success, id: ANY_ID, did: trimmed(did) } : true };
}

function existingNumber(world: FixtureState): string {
  const existing = existingDids(world).find(({ did }) => /^[0-9]+$/.test(did));
  if (existing === undefined) throw new UnmetNeed('needs a number that is there: name one among the dids of the profile');
  return existing.did;
}

/** Numbers under a prefix: six digits by chance, so that a run does not meet what another has made, and a count. */
function freshNumbers(prefix: string | undefined, isAllowed: boolean): () => string {
  let count = 0;
  const run = String(randomInt(1_000_000)).padStart(6, '0');
  return () => {
    if (!isAllowed) throw new UnmetNeed(NEEDS_WRITES);
    if (prefix === undefined) throw new UnmetNeed('needs a number that nobody has: give a prefix for such in the profile');
    count += 1;
    return `${prefix}${run}${String(count).padStart(3, '0')}`;
  };
}
