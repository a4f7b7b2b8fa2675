/** What a tester may do to one world. The library object and the admin routes both stand on it, so neither can do more than the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Coverage } from './coverage-report.ts';
import type { DescriptionName } from './descriptions.ts';
import type { FixturesInput, DidInput, SettingsPatch } from '../fixtures/schema.ts';
import type { Did, DidStatus, Provider, Settings, User } from '../mor/model.ts';
import type { Method } from '../mor/call.ts';
import type { Params } from '../mor/params.ts';
import type { Trace } from '../mor/trace.ts';
import type { VerifiedView } from './verified.ts';
import type { SandboxInput } from '../world/sandboxes.ts';
import type { FaultInput, FaultRule } from '../world/fault-rule.ts';

/** What stands in front of every path to a sandbox, before its name. */
export const SANDBOX_PREFIX = '/__sandboxes/';

/** What a reset may put back. */
export const RESET_SCOPES = ['state', 'requests', 'faults', 'settings'] as const;

/** `state`: the DIDs and the id sequence. `requests`: the journal. `faults`: what shall go wrong. `settings`: what was patched. */
export type ResetScope = (typeof RESET_SCOPES)[number];

/** What a reset put back. */
export interface ResetReport {
  readonly reset: readonly ResetScope[];
  /** How many DIDs had been added, by calls or by the tester. */
  readonly added_dids_dropped: number;
  /** How many DIDs of the fixtures had been deleted. */
  readonly deleted_dids_restored: number;
  /** How many requests were in the journal. */
  readonly requests_dropped: number;
  /** How many rules of what shall go wrong there were. */
  readonly faults_dropped: number;
  /** The id the next DID gets. */
  readonly next_did_id: number;
}

/** A DID as the vendor's list shows it to the administrator: a reseller's free DID shows as `reserved`. */
export interface DidView extends Did {
  /** True for what a call made, false for fixtures and for what the tester put there. */
  readonly created: boolean;
}

/** Which DIDs are meant; every field that is given must fit. */
export interface DidFilter {
  /** The whole number, to the letter. */
  readonly did?: string | undefined;
  readonly provider_id?: number | undefined;
  readonly reseller_id?: number | undefined;
  /** As shown: a reseller's free DID is `reserved`. */
  readonly status?: DidStatus | undefined;
  /** True: only what calls made; false: only the rest. */
  readonly created?: boolean | undefined;
}

/** A part of a list. */
export interface Page {
  /** Default: no limit. */
  readonly limit?: number | undefined;
  /** How many to pass over. Default: 0. */
  readonly offset?: number | undefined;
}

export interface Counts {
  readonly users: number;
  readonly providers: number;
  readonly dids: number;
}

export interface Health {
  /** `stale`: the last load of the fixtures failed, and the world before it is still in force. `stopping`: no more calls are taken. */
  readonly status: 'ok' | 'stale' | 'stopping';
  readonly version: string;
  /** Seconds since the server was made. */
  readonly uptime_s: number;
  readonly fixtures: {
    /** Where the world in force came from: a path, `body` (admin API) or `object` (library). */
    readonly source: string;
    /** When it was loaded, ISO 8601. */
    readonly loaded_at: string;
    /** Why the last load failed, with every fault; absent where it did not. */
    readonly failure?: string;
  };
  readonly counts: Counts & { readonly created_dids: number };
  /** What a kept run of `mock-mor verify` has proven; absent where none was given. */
  readonly verified?: VerifiedView;
}

/** Settings as shown: the key masked, and the id the next DID gets. */
export type SettingsView = Settings & { readonly next_did_id: number };

export interface Control {
  health(): Health;
  /** Back to the fixtures, whole or in part, synchronously and in constant time. Default: every scope. */
  reset(scopes?: readonly ResetScope[]): ResetReport;
  /** The DIDs in the order of their ids. */
  dids(filter?: DidFilter & Page): readonly DidView[];
  countDids(filter?: DidFilter): number;
  /** @throws MockMorError `NOT_FOUND` */
  did(id: number): DidView;
  /** Puts a DID there without the vendor's checks: an object, or text as in fixtures. @throws MockMorError `DID_EXISTS`, `RECORD_INVALID` */
  putDid(row: string | DidInput, syntax?: 'yaml' | 'json'): DidView;
  /** Takes a DID away; no created DID gets its id again until a reset. @throws MockMorError `NOT_FOUND` */
  deleteDid(id: number): DidView;
  /** Users with their keys masked. */
  users(): readonly User[];
  providers(): readonly Provider[];
  settings(): SettingsView;
  /** Changes settings until the next reset, by an object or text as in fixtures; null takes away one that has no default. @throws MockMorError `RECORD_INVALID` */
  patchSettings(patch: string | SettingsPatch, syntax?: 'yaml' | 'json'): SettingsView;
  /** The world in force as YAML, itself a valid fixture. Keys are not masked in it. @throws MockMorError `WORLD_TOO_LARGE` beyond 120000 single numbers and blocks */
  fixtures(): string;
  /** Replaces the base and resets: text (YAML, of which JSON is one form), or an object of the same shape. @throws MockMorError `FIXTURE_INVALID`, and nothing changed */
  replaceFixtures(fixtures: string | FixturesInput, syntax?: 'yaml' | 'json'): Counts;
  counts(): Counts;
  /** The requests to MOR's paths that the journal keeps, oldest first. */
  requests(filter?: RequestFilter): RequestPage;
  /** One request with the whole decision. @throws MockMorError `NOT_FOUND` */
  request(id: number): RequestDetail;
  /** What MOR would say to these parameters, and why. Changes nothing; the journal does not see it. @throws MockMorError `OPTION_INVALID` */
  explain(params: CallParams, options?: ExplainOptions): Trace;
  /** How the hash of a did_create is made, and a curl line that sends it. @throws MockMorError `OPTION_INVALID` */
  hash(input: HashInput, options?: HashOptions): HashView;
  /** Waits until this many requests fit, or the time is over, and gives what did come. Defaults: 1, 5000 ms. */
  waitForRequests(filter?: RequestFilter, options?: WaitOptions): Promise<WaitedPage>;
  /** @throws MockMorError `NOT_FOUND` */
  deleteRequest(id: number): void;
  /** Forgets every request. */
  clearRequests(): void;
  /** What shall go wrong, and what did, in the order the rules were added. */
  faults(): readonly FaultView[];
  /** @throws MockMorError `NOT_FOUND` */
  fault(id: number): FaultView;
  /** Lets something go wrong at the next requests that match. @throws MockMorError `RECORD_INVALID`, and nothing changed */
  addFault(rule: string | FaultInput, syntax?: 'yaml' | 'json'): FaultView;
  /** @throws MockMorError `NOT_FOUND` */
  deleteFault(id: number): FaultView;
  /** Lets nothing go wrong any more. What is under way already, such as an answer that hangs, stays so. */
  clearFaults(): void;
  /** Which outcomes were met so far; for the root in all sandboxes together, those that are gone too. A reset does not clear it. */
  coverage(): Coverage;
  /** Counts outcomes from nothing again. The root and each sandbox count for themselves. */
  clearCoverage(): void;
  /** Numbers about the whole server in Prometheus' text format. */
  metrics(): Promise<string>;
  /** MOR's API as other tools read it: OpenAPI 3.1 as YAML, an XML Schema, or a Postman collection as JSON. @throws MockMorError `OPTION_INVALID` */
  describe(what: DescriptionName): string;
  /** Reads the files again and resets. @throws MockMorError `FIXTURE_INVALID`, `NO_FIXTURE_FILES`, and nothing changed */
  reloadFixtures(): Counts;
  /** The snapshots of this world, the oldest first. They survive a reset, but not other fixtures. */
  snapshots(): readonly SnapshotView[];
  /** Keeps the DIDs, the id sequence and the settings under a name, in constant time. @throws MockMorError `RECORD_INVALID`, `SNAPSHOT_EXISTS` */
  takeSnapshot(name: string): SnapshotView;
  /** Puts them back as they were, in constant time; journal and faults stay. @throws MockMorError `NOT_FOUND` */
  restoreSnapshot(name: string): SnapshotView;
  /** @throws MockMorError `NOT_FOUND` */
  deleteSnapshot(name: string): SnapshotView;
  /** The sandboxes, the last used one last. @throws MockMorError `SANDBOX_NESTED` in a sandbox */
  sandboxes(): readonly SandboxView[];
  /** Makes a world of its own beside this one. @throws MockMorError `RECORD_INVALID`, `SANDBOX_EXISTS`, `SANDBOX_LIMIT`, `NOT_FOUND`, `SANDBOX_NESTED` */
  createSandbox(input?: SandboxInput): MockMorSandbox;
  /** One that was made, over whichever door. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_INVALID`, `SANDBOX_NESTED` */
  sandbox(name: string): MockMorSandbox;
  /** Drops it; requests to it that are under way land nowhere. @throws MockMorError `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_NESTED` */
  deleteSandbox(name: string): SandboxView;
}

/** A kept moment of a world. */
export interface SnapshotView {
  readonly name: string;
  /** ISO 8601. */
  readonly taken_at: string;
  /** How many DIDs it holds, those of the fixtures included. */
  readonly dids: number;
  readonly created_dids: number;
  readonly next_did_id: number;
}

/** A sandbox as the root sees it. */
export interface SandboxView {
  readonly name: string;
  /** What to put in front of every path; over HTTP with scheme and host. */
  readonly base_url: string;
  /** The snapshot it was made from; null for the fixtures. */
  readonly from: string | null;
  /** ISO 8601, like the next two. */
  readonly made_at: string;
  readonly used_at: string;
  /** When it expires if it is not used before; null for never. */
  readonly expires_at: string | null;
  readonly dids: number;
  readonly created_dids: number;
  /** How many requests its journal holds. */
  readonly requests: number;
}

/** One sandbox: everything a tester may do to a world, and how to reach it. Its methods throw `SANDBOX_UNKNOWN` or `SANDBOX_EXPIRED` once it is gone. */
export interface MockMorSandbox extends Control {
  readonly name: string;
  /** `/__sandboxes/NAME`: what to put in front of every path. */
  readonly path: string;
  /** The server's url with the path behind; undefined while it does not listen. */
  readonly url: string | undefined;
  /** Serves just this sandbox: give it to supertest or to `http.createServer`. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** As the root lists it. */
  view(): SandboxView;
  /** Deletes it. May be called twice, and after it expired. */
  close(): Promise<void>;
}

/** What shall go wrong, and what did. */
export interface FaultView extends FaultRule {
  /** Counted from 1; never used twice until a reset. */
  readonly id: number;
  /** How many requests that match were let pass, as `after` asks. */
  readonly passed: number;
  /** How many requests it fired at. */
  readonly fired: number;
  /** The ids of those requests in the journal: the newest 1000. */
  readonly hits: readonly number[];
  /** How many more requests it will fire at. */
  readonly left: number | 'always';
}

/** The parameters of a call by name, as a JSON body would have them. */
export type CallParams = Readonly<Record<string, string | number | boolean | null | undefined>> | Params;

/** How a call is explained. */
export interface ExplainOptions {
  /** Default: POST. */
  readonly method?: Method | undefined;
  /** The name of the call. Default: `did_create`. */
  readonly call?: string | undefined;
}

/** What a hash is made for. */
export interface HashInput {
  /** The caller; his key is looked up. Default: `admin`. */
  readonly u?: string | undefined;
  /** As it will be sent. Default: left out. */
  readonly provider_id?: string | number | undefined;
  /** The number as it will be sent. */
  readonly did: string | number;
  /** Default: the key MOR checks the caller's hash with. */
  readonly api_secret_key?: string | undefined;
}

/** How a hash is shown. */
export interface HashOptions {
  /** The server that the curl line asks. Default: `http://127.0.0.1:8080`. */
  readonly url?: string | undefined;
}

/** How a hash is made. */
export interface HashView {
  /** The text that is hashed, its key masked. */
  readonly text: string;
  readonly hash: string;
  /** A line for a POSIX shell that sends the call. */
  readonly curl: string;
}

/** One parameter of a request, as it was received. */
export interface RequestParamView {
  readonly name: string;
  /** Keys and the hash are masked; null for a file or another value that is no text. */
  readonly value: string | null;
  readonly from: 'query' | 'form' | 'multipart' | 'json';
  /** On a value that is a list, a map or a file: it is there and invalid. */
  readonly is_text?: false;
  /** Why it took no part; absent where it did. */
  readonly ignored?: string;
}

/** A request to MOR's paths, as the journal has it. */
export interface RequestView {
  /** Counted from 1 in the order of arrival. */
  readonly id: number;
  /** As in the answer's header `X-Mock-Mor-Request-Id`. */
  readonly request_id: string;
  /** When it arrived, ISO 8601. */
  readonly at: string;
  readonly state: 'pending' | 'completed' | 'aborted';
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly params: readonly RequestParamView[];
  /** Null where the caller is unknown. */
  readonly caller: Pick<User, 'id' | 'username' | 'type'> | null;
  /** MOR's text (the current one), or our own words where the request never reached a call; null while pending. */
  readonly outcome: string | null;
  /** The fault that was fired at it. */
  readonly fault: string | null;
  readonly answer: { readonly status: number; readonly body: string | null } | null;
  readonly duration_ms: number | null;
}

/** One request with the whole decision. */
export interface RequestDetail extends RequestView {
  /** Null where no call was reached. */
  readonly trace: Trace | null;
}

/** Which requests are meant; every field that is given must fit. */
export interface RequestFilter {
  /** The `u` of the caller, known or not. */
  readonly u?: string | undefined;
  /** The DID number as sent, trimmed. */
  readonly did?: string | undefined;
  /** MOR's text, to the letter. */
  readonly outcome?: string | undefined;
  readonly call?: string | undefined;
  /** Default: any; `waitForRequests` waits for completed ones. */
  readonly state?: RequestView['state'] | undefined;
  /** Only those with a higher id. */
  readonly since?: number | undefined;
}

/** How long to wait for requests. */
export interface WaitOptions {
  /** Default: 1. */
  readonly count?: number | undefined;
  /** Default: 5000. */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait as if the time were over. */
  readonly signal?: AbortSignal | undefined;
}

/** What the journal holds. */
export interface RequestPage {
  readonly requests: readonly RequestView[];
  /** How many entries were dropped to stay within the journal's limits. */
  readonly dropped: number;
}

/** What was waited for. */
export interface WaitedPage extends RequestPage {
  /** False where the time was over first. */
  readonly complete: boolean;
}
