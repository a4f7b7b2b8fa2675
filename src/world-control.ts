import { checkOptions } from './check-options.ts';
import {
  RESET_SCOPES,
  type Control,
  type Counts,
  type DidFilter,
  type DidView,
  type Health,
  type Page,
  type ResetReport,
  type ResetScope,
  type SettingsView,
} from './control.ts';
import { checkDidInput, checkSettingsPatch } from './fixtures/check-input.ts';
import { checkFixtures, parseFixtures, readFixtures } from './fixtures/load.ts';
import { fixturesText } from './fixtures/save.ts';
import type { DidInput, FixturesInput, SettingsPatch } from './fixtures/schema.ts';
import { DID_STATUSES, type Did, type Provider, type User } from './mor/model.ts';
import { unknownName } from './near-miss.ts';
import { packageVersion } from './package-version.ts';
import { MockMorError } from './problems.ts';
import { Base, didOfRun, type DidRun, type WorldRecords } from './world/base.ts';
import type { DidStretch, Store } from './world/store.ts';

/** Where the world in force came from. */
export interface Origin {
  /** As health tells it: a path, `shipped`, `body` or `object`. */
  readonly source: string;
  /** The path a reload reads; undefined where the fixtures came from no file. */
  readonly path: string | undefined;
}

/** What stands for a key in everything that is shown. */
const MASK = '***';

const DID_FILTERS = {
  did: { type: 'any' },
  provider_id: { type: 'count' },
  reseller_id: { type: 'count' },
  status: { type: DID_STATUSES },
  created: { type: 'switch' },
} as const;

const PAGE = { limit: { type: 'count' }, offset: { type: 'count' } } as const;

/** The control over one store. */
export class WorldControl implements Control {
  /** While true health says `stopping`. */
  protected isStopping = false;
  readonly #store: Store;
  readonly #startedAt = performance.now();
  readonly #origin: Origin;
  #source: string;
  #loadedAt = new Date();
  #failure: string | undefined;

  constructor(store: Store, origin: Origin) {
    this.#store = store;
    this.#source = origin.source;
    this.#origin = origin;
  }

  health(): Health {
    return {
      status: this.isStopping ? 'stopping' : this.#failure === undefined ? 'ok' : 'stale',
      version: packageVersion(),
      uptime_s: Math.round(performance.now() - this.#startedAt) / 1000,
      fixtures: {
        source: this.#source,
        loaded_at: this.#loadedAt.toISOString(),
        ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      },
      counts: { ...this.counts(), created_dids: this.#store.tally.created },
    };
  }

  counts(): Counts {
    return { users: this.#store.users.length, providers: this.#store.providers.length, dids: this.#store.tally.dids };
  }

  reset(scopes: readonly ResetScope[] = RESET_SCOPES): ResetReport {
    checkScopes(scopes);
    const before = this.#store.tally;
    if (scopes.includes('state')) this.#store.resetState();
    if (scopes.includes('settings')) this.#store.resetSettings();
    const after = this.#store.tally;
    return {
      reset: RESET_SCOPES.filter((scope) => scopes.includes(scope)),
      added_dids_dropped: before.added - after.added,
      deleted_dids_restored: before.deleted - after.deleted,
      next_did_id: this.#store.nextDidId,
    };
  }

  dids(query: DidFilter & Page = {}): readonly DidView[] {
    checkOptions(query, { ...DID_FILTERS, ...PAGE }, 'filter');
    const { limit = Infinity, offset = 0, ...filter } = query;
    const views: DidView[] = [];
    let toSkip = offset;
    for (const { run, maker } of this.#matching(filter)) {
      if (views.length >= limit) break;
      const skipped = Math.min(toSkip, run.count);
      toSkip -= skipped;
      const end = Math.min(run.count, skipped + limit - views.length);
      for (let place = skipped; place < end; place++) views.push(viewOf(didOfRun(run, place), maker === 'call'));
    }
    return views;
  }

  countDids(filter: DidFilter = {}): number {
    checkOptions(filter, DID_FILTERS, 'filter');
    let count = 0;
    for (const { run } of this.#matching(filter)) count += run.count;
    return count;
  }

  did(id: number): DidView {
    return viewOf(this.#didThatExists(id), this.#store.wasCreated(id));
  }

  putDid(row: string | DidInput, syntax?: 'yaml' | 'json'): DidView {
    const { id = this.#store.nextDidId, ...rest } = checkDidInput(row, this.#store, syntax);
    const twin = this.#store.didNumbered(rest.did) ?? this.#store.didWithId(id);
    if (twin !== undefined) {
      throw new MockMorError('DID_EXISTS', `the DID "${twin.did}" with the id ${String(twin.id)} exists; delete it first or put another`);
    }
    const did: Did = { id, ...rest };
    this.#store.put(did);
    return viewOf(did, false);
  }

  deleteDid(id: number): DidView {
    const view = this.did(id);
    this.#store.delete(view);
    return view;
  }

  users(): readonly User[] {
    return structuredClone(this.#store.users).map((user) =>
      user.type === 'reseller' ? { ...user, api_secret_key: masked(user.api_secret_key) } : user,
    );
  }

  providers(): readonly Provider[] {
    return structuredClone(this.#store.providers);
  }

  settings(): SettingsView {
    const { settings, nextDidId } = this.#store;
    return { ...settings, api_secret_key: masked(settings.api_secret_key), next_did_id: nextDidId };
  }

  patchSettings(patch: string | SettingsPatch, syntax?: 'yaml' | 'json'): SettingsView {
    const { next_did_id, ...settings } = checkSettingsPatch(patch, this.#store, syntax);
    this.#store.patch(settings, next_did_id);
    return this.settings();
  }

  fixtures(): string {
    return fixturesText(this.#store.records());
  }

  replaceFixtures(fixtures: string | FixturesInput, syntax: 'yaml' | 'json' = 'yaml'): Counts {
    const isText = typeof fixtures === 'string';
    return this.#rebase(isText ? parseFixtures(fixtures, 'body', syntax) : checkFixtures(fixtures), isText ? 'body' : 'object');
  }

  reloadFixtures(): Counts {
    const { path, source } = this.#origin;
    if (path === undefined) {
      throw new MockMorError(
        'NO_FIXTURE_FILES',
        'the fixtures were given as an object, so there is no file to read again; replace them instead',
      );
    }
    try {
      return this.#rebase(readFixtures(path), source);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  #rebase(records: WorldRecords, source: string): Counts {
    this.#store.rebase(new Base(records));
    this.#source = source;
    this.#loadedAt = new Date();
    this.#failure = undefined;
    return this.counts();
  }

  #didThatExists(id: number): Did {
    const did = Number.isSafeInteger(id) ? this.#store.didWithId(id) : undefined;
    if (did === undefined) throw new MockMorError('NOT_FOUND', `no DID has the id ${String(id)}`);
    return did;
  }

  /** The stretches that a filter leaves. A whole stretch fits or does not, but for the number, which names a single DID. */
  *#matching(filter: DidFilter): Generator<DidStretch> {
    const stretches = filter.did === undefined ? this.#store.stretches() : this.#stretchOf(filter.did);
    for (const stretch of stretches) {
      const { traits } = stretch.run;
      if (
        fits(filter.provider_id, traits.provider_id) &&
        fits(filter.reseller_id, traits.reseller_id) &&
        fits(filter.status, shownStatus(traits)) &&
        fits(filter.created, stretch.maker === 'call')
      ) {
        yield stretch;
      }
    }
  }

  #stretchOf(number: string): readonly DidStretch[] {
    const found = this.#store.didNumbered(number);
    if (found === undefined) return [];
    const { id, did, ...traits } = found;
    const run: DidRun = { firstId: id, count: 1, from: did, traits };
    return [{ run, maker: this.#store.wasCreated(id) ? 'call' : undefined }];
  }
}

function fits<T>(wanted: T | undefined, actual: T): boolean {
  return wanted === undefined || wanted === actual;
}

function checkScopes(scopes: unknown): void {
  if (!Array.isArray(scopes))
    throw new MockMorError('OPTION_INVALID', `the reset scopes must be a list of some of ${RESET_SCOPES.join(', ')}`);
  const unknown = unknownName('reset scope', scopes.map(String), RESET_SCOPES);
  if (unknown !== undefined) throw new MockMorError('OPTION_INVALID', unknown);
}

function masked(key: string): string {
  return key === '' ? '' : MASK;
}

/** A reseller's free DID shows as `reserved` to the administrator. Observed. */
function shownStatus({ reseller_id, status }: Pick<Did, 'reseller_id' | 'status'>): Did['status'] {
  return reseller_id !== 0 && status === 'free' ? 'reserved' : status;
}

function viewOf(did: Did, created: boolean): DidView {
  return { ...did, status: shownStatus(did), created };
}
