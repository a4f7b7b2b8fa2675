/** A whole run, to be looked at when its server is gone: the journal with its decisions, coverage and faults. Secrets are masked. */
import { performance } from 'node:perf_hooks';
import { packageVersion } from '../package-version.ts';
import type { World } from '../world/world.ts';
import { summarizeCoverage, type Coverage } from './coverage-report.ts';
import { faultViews, type FaultView } from './fault-control.ts';
import { buildTrace } from './explain-call.ts';
import { requestSecrets } from './request-secrets.ts';
import { requestView, type RequestDetail } from './request-view.ts';

/** One request of a run. */
export interface RunRequest extends RequestDetail {
  /** Null for the root. */
  readonly sandbox: string | null;
}

/** What `--save-run` writes and `GET /__admin/run` answers. */
export interface RunFile {
  /** Says what the file is. */
  readonly format: 'mock-mor-run';
  /** Of mock-mor. */
  readonly version: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** The server it is of: another one after each start. */
  readonly instance: string;
  /** Those of the root first, then those of each sandbox that is still there. */
  readonly requests: readonly RunRequest[];
  /** Which outcomes were met. */
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
    one.journal.entries.map((entry) => ({
      ...requestView(entry, one),
      trace: buildTrace(entry, requestSecrets(entry, one.store), performance.now() < until),
      sandbox: one.name ?? null,
    })),
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
