import {
  RESET_SCOPES,
  SANDBOX_PREFIX,
  type CallParams,
  type Control,
  type Counts,
  type DidFilter,
  type DidView,
  type ExplainOptions,
  type FaultView,
  type HashInput,
  type HashOptions,
  type HashView,
  type Health,
  type MockMorSandbox,
  type Page,
  type RequestDetail,
  type RequestFilter,
  type RequestPage,
  type WaitedPage,
  type WaitOptions,
  type ResetReport,
  type ResetScope,
  type SandboxView,
  type SettingsView,
  type SnapshotView,
} from './control.ts';
import { countDids, didView, didViews } from './did-list.ts';
import { addFault, deleteFault, faultViews, faultWithId } from './fault-control.ts';
import { coverageOf, type Coverage } from './coverage-report.ts';
import { descriptionText, type DescriptionName } from './descriptions.ts';
import { explainCall, traceOf } from './explain-call.ts';
import { checkDidInput, checkSettingsPatch } from '../fixtures/check-input.ts';
import { checkFixtures, parseFixtures, readFixtures, type LoadListener } from '../fixtures/load.ts';
import { fixturesText } from '../fixtures/save.ts';
import type { DidInput, FixturesInput, SettingsPatch } from '../fixtures/schema.ts';
import { DEFAULT_URL, hashRecipe } from './hash-recipe.ts';
import type { Did, Provider, User } from '../mor/model.ts';
import { MASKED_KEY } from '../mor/in-words.ts';
import type { Trace } from '../mor/trace.ts';
import { unknownName } from '../near-miss.ts';
import { requestPage, waitForRequests } from './request-list.ts';
import { requestView } from './request-view.ts';
import { packageVersion } from '../package-version.ts';
import { MockMorError } from '../problems.ts';
import type { SandboxKeeper } from './sandbox-control.ts';
import { snapshotView } from './snapshot-view.ts';
import { Base, type WorldRecords } from '../world/base.ts';
import type { FaultInput } from '../world/fault-rule.ts';
import type { JournalEntry } from '../world/journal.ts';
import type { Sandbox } from '../world/sandbox.ts';
import type { SandboxInput } from '../world/sandboxes.ts';
import type { Store } from '../world/store.ts';

/** Where the world in force came from. */
export interface Origin {
  /** As health tells it: a path, `shipped`, `body` or `object`. */
  readonly source: string;
  /** The path a reload reads; undefined where the fixtures came from no file. */
  readonly path: string | undefined;
  /** Hears of each load. */
  readonly listener: LoadListener;
}

/** How many rows and blocks are written as YAML at the most: about what a fixture file may hold. */
const MOST_ENTRIES = 120_000;

/** The control over one store. */
export abstract class WorldControl implements Control {
  /** While true health says `stopping`. */
  protected isStopping = false;
  readonly #reach: () => Sandbox;
  readonly #keeper: SandboxKeeper;
  readonly #startedAt = performance.now();
  readonly #origin: Origin;

  /** `reach` gives the world, or says why it is gone; `keeper` holds the worlds beside it. */
  constructor(reach: () => Sandbox, origin: Origin, keeper: SandboxKeeper) {
    this.#reach = reach;
    this.#keeper = keeper;
    this.#origin = origin;
  }

  get #sandbox(): Sandbox {
    return this.#reach();
  }

  get #store(): Store {
    return this.#reach().store;
  }

  health(): Health {
    const { source, loadedAt, failure } = this.#sandbox.provenance;
    return {
      status: this.isStopping ? 'stopping' : failure === undefined ? 'ok' : 'stale',
      version: packageVersion(),
      uptime_s: Math.round(performance.now() - this.#startedAt) / 1000,
      fixtures: {
        source,
        loaded_at: loadedAt.toISOString(),
        ...(failure === undefined ? {} : { failure }),
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
    const requests = this.#sandbox.journal.size;
    if (scopes.includes('requests')) this.#sandbox.journal.clear();
    const faults = this.#sandbox.faults.size;
    if (scopes.includes('faults')) this.#sandbox.faults.reset();
    const after = this.#store.tally;
    return {
      reset: RESET_SCOPES.filter((scope) => scopes.includes(scope)),
      added_dids_dropped: before.added - after.added,
      deleted_dids_restored: before.deleted - after.deleted,
      requests_dropped: requests - this.#sandbox.journal.size,
      faults_dropped: faults - this.#sandbox.faults.size,
      next_did_id: this.#store.nextDidId,
    };
  }

  dids(query: DidFilter & Page = {}): readonly DidView[] {
    return didViews(this.#store, query);
  }

  countDids(filter: DidFilter = {}): number {
    return countDids(this.#store, filter);
  }

  did(id: number): DidView {
    return didView(this.#didThatExists(id), this.#store.wasCreated(id));
  }

  putDid(row: string | DidInput, syntax?: 'yaml' | 'json'): DidView {
    const { id = this.#store.nextDidId, ...rest } = checkDidInput(row, this.#store, syntax);
    const twin = this.#store.didNumbered(rest.did) ?? this.#store.didWithId(id);
    if (twin !== undefined) {
      throw new MockMorError('DID_EXISTS', `the DID "${twin.did}" with the id ${String(twin.id)} exists; delete it first or put another`);
    }
    const did: Did = { id, ...rest };
    this.#store.put(did);
    return didView(did, false);
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
    const records = this.#store.records(MOST_ENTRIES);
    if (records !== undefined) return fixturesText(records);
    throw new MockMorError(
      'WORLD_TOO_LARGE',
      `the world has more than ${String(MOST_ENTRIES)} single numbers and blocks, and written as YAML it could not be read again; its list files and what GET /__admin/dids (mor.dids) lists, page by page, say the same`,
    );
  }

  replaceFixtures(fixtures: string | FixturesInput, syntax: 'yaml' | 'json' = 'yaml'): Counts {
    if (typeof fixtures !== 'string') return this.#rebase(checkFixtures(fixtures), 'object');
    const { onAdvice } = this.#origin.listener;
    return this.#rebase(parseFixtures(fixtures, 'body', syntax, { onAdvice }), 'body');
  }

  reloadFixtures(): Counts {
    const { path, source, listener } = this.#origin;
    if (path === undefined) {
      throw new MockMorError(
        'NO_FIXTURE_FILES',
        'the fixtures were given as an object, so there is no file to read again; replace them instead',
      );
    }
    try {
      return this.#rebase(readFixtures(path, listener), source);
    } catch (error) {
      const sandbox = this.#sandbox;
      sandbox.provenance = { ...sandbox.provenance, failure: error instanceof Error ? error.message : String(error) };
      throw error;
    }
  }

  requests(filter: RequestFilter = {}): RequestPage {
    return requestPage(this.#sandbox, filter);
  }

  request(id: number): RequestDetail {
    const entry = this.#requestThatExists(id);
    return { ...requestView(entry, this.#sandbox), trace: traceOf(entry) };
  }

  async waitForRequests(filter: RequestFilter = {}, options: WaitOptions = {}): Promise<WaitedPage> {
    return waitForRequests(this.#sandbox, filter, options);
  }

  explain(params: CallParams, options: ExplainOptions = {}): Trace {
    return explainCall(params, options, this.#store);
  }

  hash(input: HashInput, { url = DEFAULT_URL }: HashOptions = {}): HashView {
    const { name } = this.#sandbox;
    return hashRecipe(input, this.#store, name === undefined ? url : `${url}${SANDBOX_PREFIX}${name}`);
  }

  deleteRequest(id: number): void {
    this.#sandbox.journal.delete(this.#requestThatExists(id));
  }

  clearRequests(): void {
    this.#sandbox.journal.clear();
  }

  coverage(): Coverage {
    return coverageOf(this.#sandbox.outcomes);
  }

  clearCoverage(): void {
    this.#sandbox.outcomes.clear();
  }

  abstract metrics(): Promise<string>;

  describe(what: DescriptionName): string {
    return descriptionText(what);
  }

  faults(): readonly FaultView[] {
    return faultViews(this.#sandbox.faults);
  }

  fault(id: number): FaultView {
    return faultWithId(this.#sandbox.faults, id);
  }

  addFault(rule: string | FaultInput, syntax?: 'yaml' | 'json'): FaultView {
    return addFault(this.#sandbox.faults, rule, syntax);
  }

  deleteFault(id: number): FaultView {
    return deleteFault(this.#sandbox.faults, id);
  }

  clearFaults(): void {
    this.#sandbox.faults.clear();
  }

  snapshots(): readonly SnapshotView[] {
    return this.#sandbox.snapshots.list().map(snapshotView);
  }

  takeSnapshot(name: string): SnapshotView {
    return snapshotView(this.#sandbox.snapshots.take(name));
  }

  restoreSnapshot(name: string): SnapshotView {
    return snapshotView(this.#sandbox.snapshots.restore(name));
  }

  deleteSnapshot(name: string): SnapshotView {
    return snapshotView(this.#sandbox.snapshots.delete(name));
  }

  sandboxes(): readonly SandboxView[] {
    return this.#keeper.sandboxes();
  }

  createSandbox(input?: SandboxInput): MockMorSandbox {
    return this.#keeper.createSandbox(input);
  }

  sandbox(name: string): MockMorSandbox {
    return this.#keeper.sandbox(name);
  }

  deleteSandbox(name: string): SandboxView {
    return this.#keeper.deleteSandbox(name);
  }

  #requestThatExists(id: number): JournalEntry {
    const entry = this.#sandbox.journal.entry(id);
    if (entry === undefined)
      throw new MockMorError('NOT_FOUND', `the journal has no request ${String(id)}; it may have been dropped or reset`);
    return entry;
  }

  #rebase(records: WorldRecords, source: string): Counts {
    this.#sandbox.rebase(new Base(records), { source, loadedAt: new Date() });
    return this.counts();
  }

  #didThatExists(id: number): Did {
    const did = Number.isSafeInteger(id) ? this.#store.didWithId(id) : undefined;
    if (did === undefined) throw new MockMorError('NOT_FOUND', `no DID has the id ${String(id)}`);
    return did;
  }
}

function checkScopes(scopes: unknown): void {
  if (!Array.isArray(scopes))
    throw new MockMorError('OPTION_INVALID', `the reset scopes must be a list of some of ${RESET_SCOPES.join(', ')}`);
  const unknown = unknownName('reset scope', scopes.map(String), RESET_SCOPES);
  if (unknown !== undefined) throw new MockMorError('OPTION_INVALID', unknown);
}

function masked(key: string): string {
  return key === '' ? '' : MASKED_KEY;
}
