import type * as PromClient from 'prom-client';
import type { Counter, Histogram, Registry } from 'prom-client';
import { findCall } from '../mor/calls/index.ts';
import { faultKind } from '../world/fault-kind.ts';
import type { JournalEntry } from '../world/journal.ts';
import { outcomeWord } from '../world/outcomes.ts';

/** What is not counted here but read when the metrics are asked for. */
export interface MetricSources {
  /** How many sandboxes there are, without the root. */
  readonly sandboxes: () => number;
  /** How many entries the journals of all worlds have dropped since they were last cleared. */
  readonly droppedEntries: () => number;
}

/** What is counted of a request that has ended. */
interface EndedRequest {
  readonly call: string;
  readonly outcome: string;
  readonly fault: string | undefined;
  readonly seconds: number;
}

/** From half a millisecond, in which a call is answered, to the longest waits a fault is used for. */
const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** How many requests wait to be counted until prom-client is loaded: more than a test run sends that never asks for metrics. */
const MAX_WAITING = 1000;

/** The metrics of one server and all its worlds, for Prometheus. Labels have few values: no users, no numbers, no sandboxes. */
export class Metrics {
  readonly #sources: MetricSources;
  #waiting: EndedRequest[] = [];
  #instruments: Instruments | undefined;

  constructor(sources: MetricSources) {
    this.#sources = sources;
  }

  /** Counts a request that has ended. */
  record(entry: JournalEntry): void {
    this.#waiting.push({
      call: findCall(entry.call) === undefined ? 'unknown' : entry.call,
      outcome: outcomeWord(entry),
      fault: faultKind(entry.fault),
      seconds: (entry.durationUs ?? 0) / 1_000_000,
    });
    if (this.#instruments !== undefined || this.#waiting.length >= MAX_WAITING) this.#count();
  }

  /** All metrics in Prometheus' text format, version 0.0.4. */
  async text(): Promise<string> {
    return await this.#count().registry.metrics();
  }

  #count(): Instruments {
    this.#instruments ??= createInstruments(this.#sources);
    const { requests, faults, durations } = this.#instruments;
    for (const { call, outcome, fault, seconds } of this.#waiting) {
      requests.inc({ call, outcome });
      if (fault !== undefined) faults.inc({ fault });
      durations.observe({ call }, seconds);
    }
    this.#waiting = [];
    return this.#instruments;
  }
}

interface Instruments {
  readonly registry: Registry;
  readonly requests: Counter<'call' | 'outcome'>;
  readonly faults: Counter<'fault'>;
  readonly durations: Histogram<'call'>;
}

function createInstruments({ sandboxes, droppedEntries }: MetricSources): Instruments {
  // Loading prom-client takes as long as some thousand calls. Not by import(): that fails in a Jest test whose modules are CommonJS.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is first needed
  const { Counter, Gauge, Histogram, Registry } = require('prom-client') as typeof PromClient;
  // One registry a server: the library's global one would add up two mocks of one process.
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('mock_mor_sandboxes', 'Sandboxes there are, the root not among them.', sandboxes);
  gauge(
    'mock_mor_journal_dropped_entries',
    'Entries the journals have dropped to stay within their limits, since they were last cleared.',
    droppedEntries,
  );
  return {
    registry,
    requests: new Counter({
      name: 'mock_mor_requests_total',
      help: "Requests to MOR's paths that have ended, by call and outcome.",
      labelNames: ['call', 'outcome'],
      registers,
    }),
    faults: new Counter({ name: 'mock_mor_faults_fired_total', help: 'Faults fired, by kind.', labelNames: ['fault'], registers }),
    durations: new Histogram({
      name: 'mock_mor_request_duration_seconds',
      help: "From the arrival of a request to MOR's paths to the end of its answer.",
      labelNames: ['call'],
      buckets: BUCKETS_SECONDS,
      registers,
    }),
  };
}
