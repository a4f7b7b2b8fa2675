/** A real server as the target: a case runs where the profile meets its needs, and can do no harm unless writes are allowed. */
import { callTexts, requestOf, worldWith } from '../contract/case-request.ts';
import type { Answer, RawRequest } from '../contract/exchange.ts';
import { readAnswer } from '../contract/read-answer.ts';
import { stepsOf, type Case, type CaseTable, type Expected, type Given } from '../contract/table.ts';
import { checkFixtures } from '../fixtures/load.ts';
import { settingsSchema } from '../fixtures/schema.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { trimmed } from '../mor/params.ts';
import { Base } from '../world/base.ts';
import { Store } from '../world/store.ts';
import type { Client } from './client.ts';
import { foreseen, numbersIn, type Foreseen } from './foresee.ts';
import type { LoadedProfile } from './profile.ts';
import { serverWorld } from './server-world.ts';
import { StandIns, UnmetNeed, type Numbers } from './stand-ins.ts';
import type { ReadyStep, SkippedCase, Target } from './target.ts';

/** A number that a run has made on the server. */
export interface MadeNumber {
  readonly did: string;
  /** As the server answered it; `unknown` where no answer came, so that nobody knows whether it was made. */
  readonly id: string;
}

export interface ServerOptions {
  /** Whether cases may make numbers, under the profile's prefix. */
  readonly allowWrites: boolean;
  /** Told of every number that was made, also where none should have been. */
  readonly onMade: (made: MadeNumber) => void;
  /** Milliseconds since the epoch: numbers of one run differ from those of another. */
  readonly startedAt: number;
}

/** Settings by which only the form of answers differs: what the server has shows in its answers. */
const SETTINGS_OF_FORM = ['response_type', 'error_envelope', 'dialect'];

/** Errors that are met only by a number that nobody has. */
const ERRORS_OF_NEW_NUMBERS: readonly (string | undefined)[] = [MOR_ERRORS.didInvalid.text, MOR_ERRORS.creationFailed.text];

export class ServerTarget implements Target {
  readonly kind = 'server';
  readonly #client: Client;
  readonly #table: CaseTable;
  readonly #profile: LoadedProfile;
  readonly #options: ServerOptions;
  readonly #world: Base;
  readonly #numbers: Numbers;
  /** The id that the table's world gives first. */
  readonly #firstId: number;

  /** @throws MockMorError `RECORD_INVALID` where the profile does not fit together */
  constructor(client: Client, table: CaseTable, profile: LoadedProfile, options: ServerOptions) {
    this.#client = client;
    this.#table = table;
    this.#profile = profile;
    this.#options = options;
    this.#world = serverWorld(profile);
    this.#firstId = new Base(checkFixtures(worldWith(table.world))).nextDidId;
    this.#numbers = {
      existing: profile.dids.find(({ did }) => /^[0-9]+$/.test(did))?.did,
      fresh: freshNumbers(profile.prefix, options.startedAt),
    };
  }

  async prepare(rule: string, one: Case): Promise<readonly ReadyStep[] | SkippedCase> {
    const { not_available } = this.#profile;
    const away = not_available[rule] ?? not_available[rule.split('.')[0] ?? ''];
    if (away !== undefined) return { skipped: `not available: ${away}` };
    try {
      if (!this.#options.allowWrites && stepsOf(one).some(({ expect }) => expect.success !== undefined))
        throw new UnmetNeed('creates a number; --allow-writes lets it');
      refuseUnmet(one.given, this.#profile);
      refuseKnownIds(one, this.#firstId);
      return await this.#ready(one);
    } catch (error) {
      if (error instanceof UnmetNeed) return { skipped: error.message };
      throw error;
    }
  }

  async send(request: RawRequest, signal: AbortSignal): Promise<Answer> {
    const [did = ''] = await numbersIn(request);
    const tell = (id: string): void => this.#options.onMade({ did: trimmed(did), id });
    try {
      const answer = await this.#client.send(request, { signal });
      const xml = readAnswer(answer.body);
      if (xml?.kind === 'success') tell(xml.details.get('id') ?? 'unknown');
      return answer;
    } catch (error) {
      if (this.#world.didNumbered(trimmed(did)) === undefined && trimmed(did) !== '') tell('unknown');
      throw error;
    }
  }

  /** A server shows nothing of what a call did but by other calls, and those are cases of their own. */
  effect(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #ready(one: Case): Promise<readonly ReadyStep[]> {
    const { world, request } = this.#table;
    const worlds = {
      ofCase: new Base(checkFixtures(worldWith(world, one.given))),
      ofServer: this.#world,
      unusedProviderId: this.#profile.unused_provider_id,
    };
    const steps = stepsOf(one);
    const wantsNew = steps.some(({ expect }) => expect.success !== undefined || ERRORS_OF_NEW_NUMBERS.includes(expect.error));
    const standIns = new StandIns(worlds, this.#numbers, wantsNew);
    const store = new Store(this.#world);
    const ready: ReadyStep[] = [];
    for (const { send, expect } of steps) {
      const texts = standIns.of(callTexts(request, send));
      const step = { request: requestOf(texts, send), expected: expectedThere(expect, texts.params['did'] ?? '') };
      const outlook = await foreseen(step.request, store);
      if (outlook.text !== (expect.plain === true ? undefined : (expect.error ?? 'DID created'))) {
        throw new UnmetNeed(
          `set as the profile says, the server should answer this with: ${outlook.text ?? 'a refusal that is not of MOR'}`,
        );
      }
      await this.#refuseHarm(step.request, outlook);
      store.apply(outlook.changes);
      ready.push(step);
    }
    return ready;
  }

  /** No request leaves that could make a number unless it is allowed, and none outside the prefix ever. */
  async #refuseHarm(request: RawRequest, { reasonsAgainst }: Foreseen): Promise<void> {
    const { allowWrites } = this.#options;
    const numbers = (await numbersIn(request)).map(trimmed).filter((number) => number !== '');
    const isThere = (number: string): boolean => this.#world.didNumbered(number) !== undefined;
    const { prefix } = this.#profile;
    const isOurs = (number: string): boolean => prefix !== undefined && number.replace(/^[^0-9]+/, '').startsWith(prefix);
    if (!numbers.every((number) => isThere(number) || isOurs(number))) throw new UnmetNeed('needs a number outside the prefix');
    if (allowWrites) return;
    const isHarmless = reasonsAgainst > 1 || (numbers.length > 0 && numbers.every(isThere));
    if (!isHarmless) throw new UnmetNeed('would create a number if the server did not refuse it; --allow-writes lets it');
  }
}

/** Settings that a case asks for must be the server's. */
function refuseUnmet({ settings = {}, dids }: Given = {}, profile: LoadedProfile): void {
  const { settings: actual = {}, key_from } = profile;
  for (const [name, wanted] of Object.entries(settings)) {
    if (SETTINGS_OF_FORM.includes(name))
      throw new UnmetNeed(`is about the setting ${name}; which one the server has shows in its other answers`);
    if (name === 'api_secret_key') {
      if ((wanted === null || wanted === '') !== (key_from === undefined)) throw new UnmetNeed('needs a server without a secret key');
      if (wanted !== null && wanted !== '') throw new UnmetNeed('needs a secret key of its own choice');
      continue;
    }
    const has = (actual as Readonly<Record<string, unknown>>)[name] ?? MOR_DEFAULTS[name];
    if (has !== (wanted ?? undefined)) throw new UnmetNeed(`needs ${name}: ${String(wanted ?? 'not set')}`);
  }
  if (dids === null) throw new UnmetNeed('needs a server without DIDs');
  if (dids?.some((row) => 'from' in row) === true) throw new UnmetNeed('needs a block of numbers');
}

/** A server's ids are its own: that they are new is all that can be asked of them. */
function refuseKnownIds(one: Case, firstId: number): void {
  const ids = stepsOf(one).flatMap(({ expect: { success } }) => (typeof success === 'number' ? [success] : []));
  if (ids.some((id, i) => id !== firstId + i)) throw new UnmetNeed('needs ids that are known beforehand');
}

/** What a setting is on a server whose profile does not tell. */
const MOR_DEFAULTS: Readonly<Record<string, unknown>> = { ...settingsSchema.parse({}) };

/** A server's ids are its own, and its lists are not seen. */
function expectedThere({ success, made: _, shows_did, ...rest }: Expected, did: string): Expected {
  return {
    ...rest,
    ...(success === undefined ? {} : { success: true }),
    ...(shows_did === undefined ? {} : { shows_did: trimmed(did) }),
  };
}

/** Numbers under a prefix: the seconds of the start, so that a run does not meet what another made, and a count. */
function freshNumbers(prefix: string | undefined, startedAt: number): () => string {
  let count = 0;
  const run = String(Math.floor(startedAt / 1000) % 1_000_000).padStart(6, '0');
  return () => {
    if (prefix === undefined) throw new UnmetNeed('needs a number that nobody has: give a prefix for such in the profile');
    count += 1;
    return `${prefix}${run}${String(count).padStart(3, '0')}`;
  };
}
