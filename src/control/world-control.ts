import { performance } from 'node:perf_hooks';
import { SANDBOX_PREFIX, type Control, type Health, type MockMorSandbox, type SandboxView } from './control.ts';
import { listCalls, type CallView } from './call-list.ts';
import { summarizeCoverage, type Coverage } from './coverage-report.ts';
import { descriptionText, type DescriptionName } from './descriptions.ts';
import { deleteDid, didWithId, didWithNumber, putDid } from './did-control.ts';
import { countDids, didViews, type DidFilter, type Page } from './did-list.ts';
import type { DidView } from './did-view.ts';
import type { EventOptions, MockMorEvent } from './events.ts';
import { advanceClock, clockView, setClock, type ClockView } from './clock-control.ts';
import { explainCall, type CallParams, type ExplainOptions } from './explain-call.ts';
import { addFault, deleteFault, faultViews, faultWithId, type FaultView } from './fault-control.ts';
import { countRecords, reloadFixtures, replaceFixtures, writtenFixtures, type Counts, type Origin } from './fixtures-control.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { DidInput, FixturesInput, SettingsPatch } from '../loader/schema.ts';
import { previewHash, readHashArguments, type HashArguments, type HashView } from './hash-recipe.ts';
import type { DialPlan, Provider } from '../mor/model.ts';
import type { Trace } from '../explain/trace.ts';
import { DEFAULT_URL } from '../options.ts';
import {
  deleteRequest,
  requestPage,
  requestRows,
  requestWithId,
  waitForRequests,
  type RequestFilter,
  type RequestLimit,
  type RequestPage,
  type RequestRowPage,
  type WaitedPage,
  type WaitOptions,
} from './request-list.ts';
import type { RequestDetail } from './request-view.ts';
import { packageVersion } from '../package-version.ts';
import { MISSED_REQUESTS } from './missed-requests.ts';
import { RESET_SCOPES, resetWorld, type ResetReport, type ResetScope } from './reset.ts';
import { makeRun, type RunFile } from './run-file.ts';
import type { SandboxKeeper } from './sandbox-control.ts';
import { deviceViews, deviceWithId, dialPlanViews, userViews, userWithId, type DeviceView, type UserView } from './record-control.ts';
import { patchSettings, settingsView, type SettingsView } from './settings-control.ts';
import { snapshotView, type SnapshotView } from './snapshot-view.ts';
import type { FaultInput } from '../world/fault-rule.ts';
import { copyData } from '../world/copy-data.ts';
import type { World } from '../world/world.ts';
import type { SandboxInput } from '../world/sandbox-registry.ts';
import type { StateStore } from '../world/store.ts';

/** The control over one world. Each thing that takes more than a line is done in a file of its own. */
export abstract class WorldControl implements Control {
  /** Random for each server that is made. */
  abstract readonly instance: string;
  /** While true health says `stopping`. */
  protected isStopping = false;
  readonly #reach: () => World;
  readonly #keeper: SandboxKeeper;
  readonly #startedAt = performance.now();
  readonly #origin: Origin;

  /** `reach` gives the world, or says why it is gone; `keeper` holds the worlds beside it. */
  constructor(reach: () => World, origin: Origin, keeper: SandboxKeeper) {
    this.#reach = reach;
    this.#keeper = keeper;
    this.#origin = origin;
  }

  /** The world, to be looked at. */
  get #sandbox(): World {
    const world = this.#reach();
    world.store.settle();
    return world;
  }

  get #store(): StateStore {
    return this.#sandbox.store;
  }

  health(): Health {
    const { source, loadedAt, failure } = this.#sandbox.fixtureSource;
    return {
      status: this.isStopping ? 'stopping' : failure === undefined ? 'ok' : 'stale',
      version: packageVersion(),
      instance: this.instance,
      mode: 'mock',
      uptime_s: Math.round(performance.now() - this.#startedAt) / 1000,
      fixtures: {
        source,
        loaded_at: loadedAt.toISOString(),
        ...(failure === undefined ? {} : { failure }),
      },
      counts: { ...this.counts(), created_dids: this.#store.counts.created },
    };
  }

  counts(): Counts {
    return countRecords(this.#store);
  }

  reset(scopes: readonly ResetScope[] = RESET_SCOPES): ResetReport {
    return resetWorld(this.#sandbox, scopes);
  }

  dids(query: DidFilter & Page = {}): readonly DidView[] {
    return didViews(this.#store, query);
  }

  countDids(filter: DidFilter = {}): number {
    return countDids(this.#store, filter);
  }

  did(id: number): DidView {
    return didWithId(this.#store, id);
  }

  putDid(row: string | DidInput | BodyValue): DidView {
    return putDid(this.#store, row);
  }

  deleteDid(id: number): DidView {
    return deleteDid(this.#store, id);
  }

  didNumbered(number: string): DidView {
    return didWithNumber(this.#store, number);
  }

  users(): readonly UserView[] {
    return userViews(this.#store);
  }

  user(id: number): UserView {
    return userWithId(this.#store, id);
  }

  devices(): readonly DeviceView[] {
    return deviceViews(this.#store);
  }

  device(id: number): DeviceView {
    return deviceWithId(this.#store, id);
  }

  dialPlans(): readonly DialPlan[] {
    return dialPlanViews(this.#store);
  }

  providers(): readonly Provider[] {
    return copyData(this.#store.providers);
  }

  settings(): SettingsView {
    return settingsView(this.#store);
  }

  patchSettings(patch: string | SettingsPatch | BodyValue): SettingsView {
    return patchSettings(this.#store, patch);
  }

  clock(): ClockView {
    return clockView(this.#sandbox);
  }

  advanceClock(by: string): ClockView {
    return advanceClock(this.#reach(), by);
  }

  setClock(to: string): ClockView {
    return setClock(this.#reach(), to);
  }

  fixtures(): string {
    return writtenFixtures(this.#store);
  }

  replaceFixtures(fixtures: string | FixturesInput | BodyValue): Counts {
    return replaceFixtures(this.#sandbox, this.#origin, fixtures);
  }

  reloadFixtures(): Counts {
    return reloadFixtures(this.#sandbox, this.#origin);
  }

  requests(filter: RequestFilter & RequestLimit = {}): RequestPage {
    return requestPage(this.#sandbox, filter);
  }

  requestRows(filter: RequestFilter & RequestLimit = {}): RequestRowPage {
    return requestRows(this.#sandbox, filter);
  }

  request(id: number): RequestDetail {
    return requestWithId(this.#sandbox, id);
  }

  async waitForRequests(filter: RequestFilter & RequestLimit = {}, options: WaitOptions = {}): Promise<WaitedPage> {
    return waitForRequests(this.#sandbox, filter, options);
  }

  calls(): readonly CallView[] {
    return listCalls();
  }

  explain(params: CallParams, options: ExplainOptions = {}): Trace {
    return explainCall(params, options, this.#store);
  }

  hash(...args: HashArguments): HashView {
    const { name } = this.#sandbox;
    const { call, input, url = DEFAULT_URL, wrong } = readHashArguments(args);
    return previewHash(call, input, this.#store, name === undefined ? url : `${url}${SANDBOX_PREFIX}${name}`, wrong);
  }

  deleteRequest(id: number): void {
    deleteRequest(this.#sandbox, id);
  }

  clearRequests(): void {
    this.#sandbox.journal.clear();
  }

  coverage(): Coverage {
    return summarizeCoverage(this.#sandbox.outcomes);
  }

  run(): RunFile {
    return makeRun(this.instance, this.#sandbox);
  }

  clearCoverage(): void {
    this.#sandbox.outcomes.clear();
  }

  abstract metrics(): Promise<string>;

  abstract subscribe(listener: (event: MockMorEvent) => void, options?: EventOptions): () => void;
  /** A sentence about each way in which requests missed this world. */
  abstract [MISSED_REQUESTS](): readonly string[];

  describe(what: DescriptionName): string {
    return descriptionText(what);
  }

  faults(): readonly FaultView[] {
    return faultViews(this.#sandbox.faults);
  }

  fault(id: number): FaultView {
    return faultWithId(this.#sandbox.faults, id);
  }

  addFault(rule: string | FaultInput | BodyValue): FaultView {
    return addFault(this.#sandbox.faults, rule);
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

  sandboxView(name: string): SandboxView {
    return this.#keeper.sandboxView(name);
  }

  deleteSandbox(name: string): SandboxView {
    return this.#keeper.deleteSandbox(name);
  }
}
