/** What the admin API answers, as far as the page reads it. A test compares it with the types of the server. */

/** A caller as lists show them. */
export interface CallerView {
  readonly id: number;
  readonly username: string;
  readonly type: string;
}

/** How a request ended: success, MOR's error, an injected fault, or anything else. */
export type RequestKind = 'ok' | 'refused' | 'fault' | 'other';

/** Every kind, in the order of the filter. */
export const REQUEST_KINDS: readonly RequestKind[] = ['ok', 'refused', 'fault', 'other'];

/** A request in one line. */
export interface RequestRow {
  readonly id: number;
  readonly request_id: string;
  readonly at: string;
  readonly state: 'pending' | 'completed' | 'aborted';
  readonly method: string;
  readonly call: string;
  readonly caller: CallerView | null;
  readonly u: string | null;
  readonly subject: string | null;
  readonly outcome: string | null;
  readonly kind: RequestKind;
  readonly fault: string | null;
  readonly reason: string | null;
  readonly status: number | null;
  readonly duration_ms: number | null;
  readonly sandbox: string | null;
}

/** A part of the journal, oldest first. */
export interface RowPage {
  readonly requests: readonly RequestRow[];
  readonly dropped: number;
  readonly matched?: number;
  readonly total?: number;
}

/** One check of a decision. */
export interface TraceStep {
  readonly check: string;
  readonly error: string;
  readonly state: 'passed' | 'failed' | 'not reached';
  readonly actual: string;
  readonly fix?: string;
  readonly would_fail?: true;
}

/** A decision. */
export interface Trace {
  readonly call: string;
  readonly outcome: string;
  readonly notes?: readonly string[];
  readonly steps: readonly TraceStep[];
  readonly hash?: string;
}

/** One parameter as it was received. */
export interface RequestParam {
  readonly name: string;
  readonly value: string | null;
  readonly from: 'query' | 'form' | 'multipart' | 'json';
  readonly is_text?: false;
  readonly ignored?: string;
}

/** A whole request with its decision. */
export interface RequestDetail {
  readonly id: number;
  readonly request_id: string;
  readonly at: string;
  readonly state: 'pending' | 'completed' | 'aborted';
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly headers_dropped?: number;
  readonly params: readonly RequestParam[];
  readonly notes?: readonly string[];
  readonly caller: CallerView | null;
  readonly outcome: string | null;
  readonly fault: string | null;
  readonly answer: { readonly status: number; readonly body: string | null; readonly is_cut?: true } | null;
  readonly duration_ms: number | null;
  readonly trace: Trace | null;
}

/** One parameter that a call reads. */
export interface CallParam {
  readonly name: string;
  readonly kind: 'caller' | 'hash' | 'id' | 'number' | 'text';
  readonly names?: string;
  readonly is_required: boolean;
  readonly required_unless?: string;
  readonly is_hashed: boolean;
  readonly about: string;
}

/** One call of MOR. */
export interface CallView {
  readonly name: string;
  readonly about: string;
  readonly is_read_only: boolean;
  readonly has_hash_of: readonly string[];
  readonly params: readonly CallParam[];
  readonly errors: readonly { readonly name: string; readonly text: string; readonly on_page: boolean; readonly check: string }[];
}

/** How a hash is made. */
export interface HashView {
  readonly text: string;
  readonly hash: string;
  readonly curl: string;
  /** What is sent, if the server answers it: needed if it is signed wrong on purpose. */
  readonly request?: { readonly method: string; readonly path: string; readonly params: Readonly<Record<string, string>> };
}

/** A DID. */
export interface DidView {
  readonly id: number;
  readonly did: string;
  readonly provider_id: number;
  readonly reseller_id: number;
  readonly status: string;
  readonly stored_status: string;
  readonly user_id?: number;
  readonly device_id?: number;
  readonly dial_plan_id?: number;
  readonly comment: string;
  readonly reseller_comment: string;
  readonly mark?: 'created' | 'changed' | 'added' | null;
}

/** A page of DIDs. */
export interface DidPage {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly dids: readonly DidView[];
}

/** A user of any type. */
export interface UserView extends CallerView {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly owner_id?: number;
  readonly permissions?: { readonly manage_dids: string };
  readonly own_providers?: boolean;
  readonly allow_api?: boolean;
}

/** A provider. */
export interface ProviderView {
  readonly id: number;
  readonly name: string;
  readonly user_id: number;
  readonly hidden: boolean;
}

/** A device. */
export interface DeviceView {
  readonly id: number;
  readonly user_id: number;
  readonly type: string;
  readonly username: string;
  readonly hidden: boolean;
}

/** A dial plan. */
export interface DialPlanView {
  readonly id: number;
  readonly name: string;
  readonly type: string;
}

/** Settings by their names. */
export type SettingsView = Readonly<Record<string, string | number | boolean>>;

/** A fault rule and what it hit. */
export interface FaultView {
  readonly id: number;
  readonly match: Readonly<Record<string, string | number | undefined>>;
  readonly times: number | 'always';
  readonly after: number;
  readonly phase: 'before' | 'after';
  readonly error?: string | undefined;
  readonly delay_ms?: number | undefined;
  readonly connection?: string | undefined;
  readonly http?: { readonly status: number } | undefined;
  readonly content_type?: string | undefined;
  readonly fired: number;
  readonly hits: readonly number[];
  readonly left: number | 'always';
}

/** One outcome of a call. */
export interface OutcomeCoverage {
  readonly outcome: string;
  readonly on_page: boolean;
  readonly met: boolean;
  readonly count: number;
  readonly forced: number;
  readonly requests: readonly { readonly request_id: string; readonly at: string }[];
}

/** Which outcomes were met. */
export interface Coverage {
  readonly calls: readonly {
    readonly call: string;
    readonly outcomes: readonly OutcomeCoverage[];
    readonly all: { readonly met: number; readonly of: number };
    readonly page: { readonly met: number; readonly of: number };
  }[];
}

/** Whether the server is up. */
export interface Health {
  readonly status: string;
  readonly version: string;
  readonly instance?: string;
  readonly mode?: 'mock' | 'shadow';
  readonly fixtures: { readonly source: string; readonly loaded_at: string; readonly failure?: string };
  readonly counts: { readonly users: number; readonly providers: number; readonly dids: number; readonly created_dids: number };
}

/** A world next to the root. */
export interface SandboxView {
  readonly name: string;
  readonly expires_at: string | null;
  readonly dids: number;
  readonly created_dids: number;
  readonly requests: number;
}

/** A kept state. */
export interface SnapshotView {
  readonly name: string;
  readonly taken_at: string;
  readonly dids: number;
  readonly created_dids: number;
}

/** One thing that is wrong with an input. */
export interface Issue {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly path: string;
  readonly message: string;
}

/** A run that was saved to a file. */
export interface SavedRun {
  readonly format: 'mock-mor-run';
  readonly version: string;
  readonly at: string;
  readonly requests: readonly RequestDetail[];
  readonly coverage: Coverage;
  readonly faults: readonly FaultView[];
}
