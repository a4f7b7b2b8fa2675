import type { Counter, Histogram, Registry } from 'prom-client';
import { callNamed } from '../mor/calls/index.ts';
import { faultKind } from '../world/fault-kind.ts';
import type { JournalEntry } from '../world/journal.ts';
import { outcomeWord } from '../world/outcomes.ts';

/** What is not counted here but read when it is asked for. */
export interface MetricSources {
  /** How many sandboxes there are, the root not among them. */
  readonly sandboxes: () => number;
  /** How many entries the journals of the worlds there are have dropped since they were last cleared. */
  readonly droppedEntries: () => number;
}

/** A request that has ended, as far as it is counted. */
interface Observation {
  readonly call: string;
  readonly outcome: string;
  readonly fault: string | undefined;
  readonly seconds: number;
}

interface Meters {
  readonly registry: Registry;
  readonly requests: Counter<'call' | 'outcome'>;
  readonly faults: Counter<'fault'>;
  readonly duration: Histogram<'call'>;
}

/** From half a millisecond, in which a call is answered, to the longest waits a fault is used for. */
const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** prom-client costs a test run more than all its calls: it is not loaded before it is asked for, or so many requests wait to be counted. */
const MOST_WAITING = 1000;

/** Numbers about one server and all its worlds, for Prometheus. Labels have few values: neither users nor numbers nor sandboxes are among them. */
export class Metrics {
  readonly #sources: MetricSources;
  readonly #waiting: Observation[] = [];
  #loading: Promise<Meters> | undefined;
  #meters: Meters | undefined;

  constructor(sources: MetricSources) {
    this.#sources = sources;
  }

  /** Counts a request that has ended. */
  record(entry: JournalEntry): void {
    const observation = {
      call: callNamed(entry.call) === undefined ? 'unknown' : entry.call,
      outcome: outcomeWord(entry),
      fault: faultKind(entry.fault),
      seconds: (entry.durationMs ?? 0) / 1000,
    };
    if (this.#meters !== undefined) {
      count(this.#meters, observation);
      return;
    }
    this.#waiting.push(observation);
    if (this.#waiting.length >= MOST_WAITING) void this.#load();
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  async text(): Promise<string> {
    return (await this.#load()).registry.metrics();
  }

  #load(): Promise<Meters> {
    this.#loading ??= metersOver(this.#sources).then((meters) => {
      for (const observation of this.#waiting.splice(0)) count(meters, observation);
      this.#meters = meters;
      return meters;
    });
    return this.#loading;
  }
}

async function metersOver({ sandboxes, droppedEntries }: MetricSources): Promise<Meters> {
  // eslint-disable-next-line no-restricted-syntax -- no module of ours, so the arrow has nothing to see
  const { Counter, Gauge, Histogram, Registry } = await import('prom-client');
  // One of its own: the library's global one would add two mocks of a process up.
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
    duration: new Histogram({
      name: 'mock_mor_request_duration_seconds',
      help: "From the arrival of a request to MOR's paths to the end of its answer.",
      labelNames: ['call'],
      buckets: BUCKETS_SECONDS,
      registers,
    }),
  };
}

function count({ requests, faults, duration }: Meters, { call, outcome, fault, seconds }: Observation): void {
  requests.inc({ call, outcome });
  if (fault !== undefined) faults.inc({ fault });
  duration.observe({ call }, seconds);
}
