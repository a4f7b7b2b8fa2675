/** A whole run, to be looked at when its server is gone: the journal with its decisions, coverage and faults. Secrets are masked. */
import { performance } from 'node:perf_hooks';
import { formatOutcome } from '../explain/trace.ts';
import { createWords } from '../explain/words.ts';
import { packageVersion } from '../package-version.ts';
import type { JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import { summarizeCoverage, type Coverage } from './coverage-report.ts';
import { faultViews, type FaultView } from './fault-control.ts';
import { requestWithId } from './request-list.ts';
import { requestView, type RequestDetail } from './request-view.ts';

/** One request of a run. */
export interface RunRequest extends RequestDetail {
  /** Null for the root. */
  readonly sandbox: string | null;
}

/** What `--save-run` writes and `GET /__admin/run` answers. */
export interface RunFile {
  readonly format: 'mock-mor-run';
  /** Of mock-mor. */
  readonly version: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  readonly instance: string;
  /** Those of the root first, then those of each sandbox that is still there. */
  readonly requests: readonly RunRequest[];
  readonly coverage: Coverage;
  /** The fault rules of the world that was asked. */
  readonly faults: readonly FaultView[];
}

/** For how long hashes are diagnosed, in milliseconds: one takes up to a tenth of a second, and a run may have thousands. */
const MAX_DIAGNOSIS_MS = 1000;

/** A run of a world and of others beside it, with the coverage and the faults of the first. */
export function makeRun(instance: string, world: World, others: readonly World[] = []): RunFile {
  const until = performance.now() + MAX_DIAGNOSIS_MS;
  const requests = [world, ...others].flatMap((one) =>
    one.journal.entries.map((entry) => ({ ...detailWithin(until, entry, one), sandbox: one.name ?? null })),
  );
  return {
    format: 'mock-mor-run',
    version: packageVersion(),
    at: new Date().toISOString(),
    instance,
    requests,
    coverage: summarizeCoverage(world.outcomes),
    faults: faultViews(world.faults),
  };
}

/** A request with its decision; without the diagnosis of the hash when the time is over. */
function detailWithin(until: number, entry: JournalEntry, world: World): RequestDetail {
  const { call, decision } = entry;
  if (performance.now() < until || decision?.facts === undefined) return requestWithId(world, entry.number);
  const view = requestView(entry, world);
  const notes = view.notes === undefined ? {} : { notes: view.notes };
  return {
    ...view,
    trace: { call, outcome: formatOutcome(call, decision), ...notes, steps: decision.steps(createWords(decision.facts)) },
  };
}
