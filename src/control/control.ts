/** What a tester may do to one world. The library object and the admin routes both stand on it, so neither can do more than the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallView } from './call-list.ts';
import type { ClockView } from './clock-control.ts';
import type { Coverage } from './coverage-report.ts';
import type { DescriptionName } from './descriptions.ts';
import type { DidFilter, Page } from './did-list.ts';
import type { DidView } from './did-view.ts';
import type { CallParams, ExplainOptions } from './explain-call.ts';
import type { EventOptions, MockMorEvent } from './events.ts';
import type { FaultView } from './fault-control.ts';
import type { Counts } from './fixtures-control.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { FixturesInput, DidInput, SettingsPatch } from '../loader/schema.ts';
import type { HashArguments, HashView } from './hash-recipe.ts';
import type { DialPlan, Provider } from '../mor/model.ts';
import type { DeviceView, UserView } from './record-control.ts';
import type { Trace } from '../explain/trace.ts';
import type { RequestFilter, RequestLimit, RequestPage, RequestRowPage, WaitedPage, WaitOptions } from './request-list.ts';
import type { RequestDetail } from './request-view.ts';
import type { ResetReport, ResetScope } from './reset.ts';
import type { RunFile } from './run-file.ts';
import type { SettingsView } from './settings-control.ts';
import type { SnapshotView } from './snapshot-view.ts';
import type { VerifiedView } from './verified.ts';
import type { FaultInput } from '../world/fault-rule.ts';
import type { SandboxInput } from '../world/sandbox-registry.ts';

declare global {
  // As TypeScript's lib esnext.disposable has them: for projects whose lib and @types/node are older.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
}

/** What stands in front of every path to a sandbox, before its name. */
export const SANDBOX_PREFIX = '/__sandboxes/';

export interface Health {
  /** `stale`: the last load of the fixtures failed, and the world before it is still in force. `stopping`: no more calls are taken. */
  readonly status: 'ok' | 'stale' | 'stopping';
  /** The version of mock-mor. */
  readonly version: string;
  /** Random for each server that is made: another one has forgotten everything. */
  readonly instance: string;
  /** What answers: this mock, or a shadow in front of a real server. */
  readonly mode: 'mock' | 'shadow';
  /** Seconds since the server was made. */
  readonly uptime_s: number;
  /** The fixtures in force. */
  readonly fixtures: {
    /** Where the world in force came from: a path, `shipped`, `body` (a text that was put there) or `object` (of the library). */
    readonly source: string;
    /** When it was loaded, ISO 8601. */
    readonly loaded_at: string;
    /** Why the last load failed, with every issue; absent if it did not. */
    readonly failure?: string;
  };
  /** How much there is in the world. */
  readonly counts: Counts & {
    /** How many DIDs calls made. */
    readonly created_dids: number;
  };
  /** What a kept run of `mock-mor verify` has proven; absent where none was given. */
  readonly verified?: VerifiedView;
}

export interface Control {
  /** Whether it is up, and with which fixtures. */
  health(): Health;
  /** Back to the fixtures, whole or in part, synchronously and in constant time. Default: every scope. */
  reset(scopes?: readonly ResetScope[]): ResetReport;
  /** The DIDs in the order of their ids. */
  dids(filter?: DidFilter & Page): readonly DidView[];
  /** How many DIDs a filter leaves. Default: all. */
  countDids(filter?: DidFilter): number;
  /** One DID by its id. @throws MockMorError `NOT_FOUND` */
  did(id: number): DidView;
  /** Puts a DID there without the vendor's checks: an object, or text as in fixtures. @throws MockMorError `DID_EXISTS`, `RECORD_INVALID` */
  putDid(row: string | DidInput | BodyValue): DidView;
  /** Takes a DID away; no created DID gets its id again until a reset. @throws MockMorError `NOT_FOUND` */
  deleteDid(id: number): DidView;
  /** The DID of exactly this number. @throws MockMorError `NOT_FOUND` */
  didNumbered(number: string): DidView;
  /** Users with their keys masked. */
  users(): readonly UserView[];
  /** One user, the keys masked. @throws MockMorError `NOT_FOUND` */
  user(id: number): UserView;
  /** Devices in the order of their ids, hidden ones too, with `secret` and `pin` masked. */
  devices(): readonly DeviceView[];
  /** One device, with `secret` and `pin` masked. @throws MockMorError `NOT_FOUND` */
  device(id: number): DeviceView;
  /** Dial plans in the order of their ids. */
  dialPlans(): readonly DialPlan[];
  /** Providers in the order of the fixtures. */
  providers(): readonly Provider[];
  /** The settings in force, the key masked. */
  settings(): SettingsView;
  /** Changes settings until the next reset, by an object or text as in fixtures; null takes away one that has no default. @throws MockMorError `RECORD_INVALID` */
  patchSettings(patch: string | SettingsPatch | BodyValue): SettingsView;
  /** What time it is in this world. Closed DIDs become free by it. */
  clock(): ClockView;
  /** Moves the clock forward until the next reset: a whole number and `ms`, `s`, `m`, `h` or `d`, such as `90d`. @throws MockMorError `RECORD_INVALID`, and it does not move */
  advanceClock(by: string): ClockView;
  /** Sets the clock until the next reset, from where it runs on: ISO 8601 with a zone. It may go back. @throws MockMorError `RECORD_INVALID`, and it does not move */
  setClock(to: string): ClockView;
  /** The world in force as YAML, itself a valid fixture. Keys are not masked in it. @throws MockMorError `WORLD_TOO_LARGE` beyond 120000 single numbers and blocks */
  fixtures(): string;
  /** Replaces the base and resets: YAML text, or an object of the same shape. @throws MockMorError `FIXTURE_INVALID`, and nothing changed */
  replaceFixtures(fixtures: string | FixturesInput | BodyValue): Counts;
  /** How many users, providers and DIDs there are. */
  counts(): Counts;
  /** The requests to MOR's paths that the journal keeps, oldest first. */
  requests(filter?: RequestFilter & RequestLimit): RequestPage;
  /** The same requests, a line each: who asked for what, the outcome, and what the failed check saw. */
  requestRows(filter?: RequestFilter & RequestLimit): RequestRowPage;
  /** One request with the whole decision. @throws MockMorError `NOT_FOUND` */
  request(id: number): RequestDetail;
  /** The calls of MOR that are imitated: their parameters, what is hashed, and their errors. */
  calls(): readonly CallView[];
  /** What MOR would say to these parameters, and why. Changes nothing; the journal does not see it. @throws MockMorError `OPTION_INVALID` */
  explain(params: CallParams, options?: ExplainOptions): Trace;
  /** How the hash of a call is made, and a curl line that sends it: `hash(input)` for did_create, `hash(call, input)` for any. @throws MockMorError `OPTION_INVALID` */
  hash(...args: HashArguments): HashView;
  /** Waits until this many requests fit, or the time is over, and gives what did come. Defaults: 1, 5000 ms. */
  waitForRequests(filter?: RequestFilter & RequestLimit, options?: WaitOptions): Promise<WaitedPage>;
  /** Forgets one request. @throws MockMorError `NOT_FOUND` */
  deleteRequest(id: number): void;
  /** Forgets every request. */
  clearRequests(): void;
  /** The fault rules and what they hit, in the order they were added. */
  faults(): readonly FaultView[];
  /** One fault rule, and what it hit. @throws MockMorError `NOT_FOUND` */
  fault(id: number): FaultView;
  /** Lets something go wrong at the next requests that match. @throws MockMorError `RECORD_INVALID`, and nothing changed */
  addFault(rule: string | FaultInput | BodyValue): FaultView;
  /** Removes one fault rule. @throws MockMorError `NOT_FOUND` */
  deleteFault(id: number): FaultView;
  /** Removes every fault rule. A fault that is in flight, such as an answer that hangs, goes on. */
  clearFaults(): void;
  /**
   * Calls back with what happens in this world, or by `sandbox: '*'` in all: requests that begin and end, gathered for a tenth of a second,
   * and what else changes. Returns a function that ends this. @throws MockMorError `OPTION_INVALID`, `SANDBOX_NESTED`
   */
  subscribe(listener: (event: MockMorEvent) => void, options?: EventOptions): () => void;
  /** Which outcomes were met so far; for the root in all sandboxes together, those that are gone too. A reset does not clear it. */
  coverage(): Coverage;
  /** The journal with its decisions, the coverage and the faults, to be looked at later; for the root with the requests of its sandboxes. */
  run(): RunFile;
  /** Counts outcomes from nothing again. The root and each sandbox count for themselves. */
  clearCoverage(): void;
  /** Numbers about the whole server in Prometheus' text format. */
  metrics(): Promise<string>;
  /** MOR's API as other tools read it: OpenAPI 3.1 as YAML or an XML Schema. @throws MockMorError `OPTION_INVALID` */
  describe(what: DescriptionName): string;
  /** Reads the files again and resets. @throws MockMorError `FIXTURE_INVALID`, `NO_FIXTURE_FILES`, and nothing changed but what health shows */
  reloadFixtures(): Counts;
  /** The snapshots of this world, the oldest first. They survive a reset, but not other fixtures. */
  snapshots(): readonly SnapshotView[];
  /** Keeps the DIDs, the id sequence and the settings under a name, in constant time. @throws MockMorError `RECORD_INVALID`, `SNAPSHOT_EXISTS` */
  takeSnapshot(name: string): SnapshotView;
  /** Puts them back as they were, in constant time; journal and faults stay. @throws MockMorError `NOT_FOUND` */
  restoreSnapshot(name: string): SnapshotView;
  /** Forgets a snapshot. @throws MockMorError `NOT_FOUND` */
  deleteSnapshot(name: string): SnapshotView;
  /** The sandboxes, the last used one last. @throws MockMorError `SANDBOX_NESTED` in a sandbox */
  sandboxes(): readonly SandboxView[];
  /** Makes a world of its own beside this one. @throws MockMorError `RECORD_INVALID`, `SANDBOX_EXISTS`, `SANDBOX_LIMIT`, `NOT_FOUND`, `SANDBOX_NESTED` */
  createSandbox(input?: SandboxInput): MockMorSandbox;
  /** One that was made, over whichever door. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_INVALID`, `SANDBOX_NESTED` */
  sandbox(name: string): MockMorSandbox;
  /** One sandbox as the root lists it; to look at it is no use of it. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_NESTED` */
  sandboxView(name: string): SandboxView;
  /** Drops it; requests to it that are in flight change nothing. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_NESTED` */
  deleteSandbox(name: string): SandboxView;
}

/** A sandbox as the root sees it. */
export interface SandboxView {
  /** The name of the sandbox. */
  readonly name: string;
  /** What to put in front of every path; over HTTP with scheme and host. */
  readonly base_url: string;
  /** The snapshot it was made from; null for the fixtures. */
  readonly from: string | null;
  /** ISO 8601, like the next two. */
  readonly made_at: string;
  /** When it was last used, ISO 8601. */
  readonly used_at: string;
  /** When it expires if it is not used before; null for never. */
  readonly expires_at: string | null;
  /** How many DIDs it has. */
  readonly dids: number;
  /** DIDs that calls made. */
  readonly created_dids: number;
  /** How many requests its journal holds. */
  readonly requests: number;
}

/** Where to listen. */
export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`. */
  readonly host?: string | undefined;
}

/** One sandbox: everything a tester may do to a world, and how to reach it. Its methods throw `SANDBOX_UNKNOWN` or `SANDBOX_EXPIRED` once it is gone. */
export interface MockMorSandbox extends Control {
  /** The name of the sandbox. */
  readonly name: string;
  /** `/__sandboxes/NAME`: what to put in front of every path. */
  readonly path: string;
  /** That of its own port if it listens, else the server's url with the path behind; undefined while neither listens. */
  readonly url: string | undefined;
  /** Serves just this sandbox: give it to supertest or to `http.createServer`. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** As that of the mock, for just this sandbox. Neither a path prefix nor a header is needed. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /**
   * Listens on a port of its own, for clients that drop a path prefix, and resolves to its url. The port closes with the sandbox.
   *
   * @throws MockMorError `OPTION_INVALID` if it listens already; the system's error, such as `EADDRINUSE`
   */
  listen(options?: ListenOptions): Promise<string>;
  /** As the root lists it. */
  view(): SandboxView;
  /** Deletes it. May be called twice, and after it expired. */
  close(): Promise<void>;
  /** Deletes it at the end of its block: `using sandbox = mor.createSandbox()`. */
  [Symbol.dispose](): void;
}
