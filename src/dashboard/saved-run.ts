/** A saved run as the answers that a server would give: its requests, faults and coverage, to read only. */
import type { RequestDetail, RequestKind, RequestRow, SavedRun } from './answers.ts';

/** Reads the text of a file. @throws Error that names what is wrong */
export function parseRun(text: string): SavedRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON. A run is written by mock-mor --save-run FILE.');
  }
  const run = value as Partial<SavedRun> | null;
  if (run?.format !== 'mock-mor-run' || !Array.isArray(run.requests))
    throw new Error('The file is not a saved run. A run is written by mock-mor --save-run FILE.');
  return { ...(run as SavedRun), faults: run.faults ?? [], coverage: run.coverage ?? { calls: [] } };
}

/** What a GET of the admin API answers for the run; undefined for what a run does not have. */
export function readRun(run: SavedRun, path: string, query: Readonly<Record<string, unknown>>): unknown {
  if (path === '/requests') return listRequests(run, query);
  if (path === '/faults') return { faults: run.faults };
  if (path === '/coverage') return run.coverage;
  const id = /^\/requests\/(\d+)$/.exec(path)?.[1];
  return id === undefined ? undefined : run.requests.find((request) => request.id === Number(id));
}

function listRequests({ requests }: SavedRun, query: Readonly<Record<string, unknown>>): unknown {
  const wanted = typeof query['q'] === 'string' ? query['q'].toLowerCase() : '';
  const accepts = (name: string, value: string): boolean => ['', undefined, value].includes(query[name] as string | undefined);
  const fits = requests.filter(
    (request) =>
      accepts('call', request.call) &&
      accepts('kind', getKind(request)) &&
      (query['before'] === undefined || request.id < Number(query['before'])) &&
      (wanted === '' || JSON.stringify(request).toLowerCase().includes(wanted)),
  );
  const page = fits.slice(-Number(query['limit'] ?? fits.length));
  return { requests: page.map(toRow), dropped: 0, matched: fits.length, total: requests.length };
}

function getKind({ fault, outcome, trace, state }: RequestDetail): RequestKind {
  if (fault !== null) return 'fault';
  if (state !== 'completed' || outcome === null || trace === null || trace.steps.length === 0) return 'other';
  return trace.steps.some((step) => step.state === 'failed') ? 'refused' : 'ok';
}

function toRow(request: RequestDetail): RequestRow {
  const { id, request_id, at, state, method, call, caller, outcome, fault, duration_ms, params, trace, answer } = request;
  const subject = ['did', 'dids_id', 'did_id', 'user_id'].map((name) => params.find((param) => param.name === name)).find(Boolean);
  return {
    ...{ id, request_id, at, state, method, call, caller, outcome, fault, duration_ms },
    u: caller?.username ?? params.find(({ name }) => name === 'u')?.value ?? null,
    subject: subject === undefined ? null : `${subject.name}=${subject.value ?? ''}`,
    kind: getKind(request),
    reason: trace?.steps.find((step) => step.state === 'failed')?.actual ?? null,
    status: answer?.status ?? null,
    sandbox: null,
  };
}
