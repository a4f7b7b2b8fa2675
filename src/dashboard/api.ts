/** The admin API, typed. */
import type * as answers from './answers.ts';
import { answerFromRun, openRun } from './run.ts';
import { getSandbox, getWorldPath, ROOT } from './place.ts';
import { createSignal } from './signal.ts';

/** An answer of the admin API that is not a success, or none at all (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly answers.Issue[];

  constructor(status: number, code: string, message: string, issues: readonly answers.Issue[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

/** Whether the server asks for a token that the page does not have. */
export const needsToken = createSignal(false);

/** The sandbox of the address if the server does not have it: what the server answered. */
export const missingSandbox = createSignal<string | null>(null);

const TOKEN_KEY = `mock-mor-token:${ROOT}`;

/** The token of this tab; null if none was given. */
export function getToken(): string | null {
  return sessionStorage.getItem(TOKEN_KEY);
}

/** Keeps the token until the tab is closed. */
export function setToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
  needsToken.set(false);
}

type Query = Readonly<Record<string, string | number | undefined>>;

interface Asked {
  readonly query?: Query;
  readonly json?: unknown;
  readonly yaml?: string;
  readonly form?: readonly (readonly [string, string])[];
  /** Asks the root, whatever the sandbox. */
  readonly isRoot?: boolean;
  /** Asks this sandbox. */
  readonly sandbox?: string;
}

/** The headers that authorize a request. */
export function getAuthorization(): Record<string, string> {
  const token = getToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** Asks the admin API and returns the text of its answer. @throws ApiError */
async function askText(method: string, path: string, { query = {}, json, yaml, form, isRoot, sandbox: named }: Asked): Promise<string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const url = `${isRoot === true ? ROOT : getWorldPath(named ?? getSandbox())}/__admin${path}${search === '' ? '' : `?${search}`}`;
  const headers: Record<string, string> = { accept: 'application/json', ...getAuthorization() };
  const request: RequestInit = { method, headers, cache: 'no-store' };
  if (json !== undefined) {
    headers['content-type'] = 'application/json';
    request.body = JSON.stringify(json);
  } else if (yaml !== undefined) {
    headers['content-type'] = 'application/yaml';
    request.body = yaml;
  } else if (form !== undefined) request.body = new URLSearchParams(form.map(([name, value]) => [name, value]));
  const sandbox = isRoot === true ? null : getSandbox();
  const answer = await fetch(url, request).catch((error: unknown) => {
    throw new ApiError(0, 'NO_ANSWER', `The server does not answer (${error instanceof Error ? error.message : String(error)}).`);
  });
  const text = await answer.text();
  if (answer.ok) return text;
  throw toError(answer.status, text, sandbox);
}

function toError(status: number, text: string, sandbox: string | null): ApiError {
  const { code = '', detail = `The server answered ${String(status)}.`, issues = [] } = parseProblem(text);
  if (status === 401) needsToken.set(true);
  const isGone = sandbox !== null && sandbox === getSandbox() && ['SANDBOX_UNKNOWN', 'SANDBOX_EXPIRED', 'SANDBOX_INVALID'].includes(code);
  if (isGone) missingSandbox.set(detail);
  return new ApiError(status, code, detail, issues);
}

function parseProblem(text: string): { code?: string; detail?: string; issues?: readonly answers.Issue[] } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string; issues?: readonly answers.Issue[] };
  } catch {
    return {};
  }
}

/** Asks the admin API, or the saved run that is open. @throws ApiError */
async function ask<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  const run = openRun.get();
  if (run !== null && path !== '/health' && path !== '/calls') {
    const answer = method === 'GET' ? answerFromRun(run, path, asked.query ?? {}) : undefined;
    if (answer === undefined) throw new ApiError(0, 'READ_ONLY', 'A saved run has its requests, faults and coverage only.');
    return answer as T;
  }
  const text = await askText(method, path, asked);
  return JSON.parse(text) as T;
}

const at = (path: string, key: string | number): string => `${path}/${encodeURIComponent(key)}`;

let calls: Promise<readonly answers.CallView[]> | undefined;

/** Each route of the admin API that the page uses. */
export const api = {
  health: () => ask<answers.Health>('GET', '/health'),
  rows: (query: Query) => ask<answers.RowPage>('GET', '/requests', { query: { view: 'row', ...query } }),
  request: (id: string | number) => ask<answers.RequestDetail>('GET', at('/requests', id)),
  clearRequests: () => ask('DELETE', '/requests'),
  calls: (): Promise<readonly answers.CallView[]> =>
    (calls ??= ask<{ calls: readonly answers.CallView[] }>('GET', '/calls').then(
      (answer) => answer.calls,
      (error: unknown) => {
        calls = undefined;
        throw error;
      },
    )),
  hash: (call: string, form: readonly (readonly [string, string])[], wrong = '') =>
    ask<answers.HashView>('POST', at('/hash', call), { form, query: { __wrong: wrong } }),
  explain: (call: string, form: readonly (readonly [string, string])[], method: string) =>
    ask<answers.Trace>('POST', at('/explain', call), { form, query: { __method: method } }),
  dids: (query: Query) => ask<answers.DidPage>('GET', '/dids', { query }),
  did: (id: string | number) => ask<answers.DidView>('GET', at('/dids', id)),
  addDid: (did: object) => ask<answers.DidView>('POST', '/dids', { json: did }),
  deleteDid: (id: number) => ask<answers.DidView>('DELETE', at('/dids', id)),
  users: () => ask<{ users: readonly answers.UserView[] }>('GET', '/users').then(({ users }) => users),
  providers: () => ask<{ providers: readonly answers.ProviderView[] }>('GET', '/providers').then(({ providers }) => providers),
  devices: () => ask<{ devices: readonly answers.DeviceView[] }>('GET', '/devices').then(({ devices }) => devices),
  dialPlans: () => ask<{ dial_plans: readonly answers.DialPlanView[] }>('GET', '/dial_plans').then((answer) => answer.dial_plans),
  settings: () => ask<answers.SettingsView>('GET', '/settings'),
  patchSettings: (changes: object) => ask<answers.SettingsView>('PATCH', '/settings', { json: changes }),
  faults: () => ask<{ faults: readonly answers.FaultView[] }>('GET', '/faults').then(({ faults }) => faults),
  addFault: (rule: object) => ask<answers.FaultView>('POST', '/faults', { json: rule }),
  deleteFault: (id: number) => ask('DELETE', at('/faults', id)),
  clearFaults: () => ask('DELETE', '/faults'),
  coverage: () => ask<answers.Coverage>('GET', '/coverage'),
  clearCoverage: () => ask('DELETE', '/coverage'),
  fixtures: () => askText('GET', '/fixtures', {}),
  replaceFixtures: (yaml: string) => ask('PUT', '/fixtures', { yaml }),
  /** Checks fixtures in a sandbox that is made for it: nothing else has a check alone. */
  checkFixtures: async (name: string, yaml: string): Promise<void> => {
    await ask('POST', '/sandboxes', { json: { name }, isRoot: true });
    try {
      await ask('PUT', '/fixtures', { yaml, sandbox: name });
    } finally {
      await ask('DELETE', at('/sandboxes', name), { isRoot: true });
    }
  },
  reloadFixtures: () => ask('POST', '/fixtures/reload'),
  snapshots: () => ask<{ snapshots: readonly answers.SnapshotView[] }>('GET', '/snapshots').then(({ snapshots }) => snapshots),
  takeSnapshot: (name: string) => ask<answers.SnapshotView>('POST', '/snapshots', { json: { name } }),
  restoreSnapshot: (name: string) => ask('POST', `${at('/snapshots', name)}/restore`),
  deleteSnapshot: (name: string) => ask('DELETE', at('/snapshots', name)),
  sandboxes: () =>
    ask<{ sandboxes: readonly answers.SandboxView[] }>('GET', '/sandboxes', { isRoot: true }).then(({ sandboxes }) => sandboxes),
  createSandbox: (sandbox: object) => ask<answers.SandboxView>('POST', '/sandboxes', { json: sandbox, isRoot: true }),
  deleteSandbox: (name: string) => ask('DELETE', at('/sandboxes', name), { isRoot: true }),
  reset: (scope: string) => ask('POST', '/reset', { query: { scope } }),
  clock: () => ask<Readonly<Record<string, unknown>>>('GET', '/clock'),
  moveClock: (change: object) => ask('POST', '/clock', { json: change }),
};
