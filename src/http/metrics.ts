import type * as PromClient from 'prom-client';
import type { Histogram, Registry } from 'prom-client';
import { findCall } from '../mor/calls/index.ts';
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

/** How long the requests for one call took. */
interface Durations {
  /** How many fell into each bucket and no lower one; the last is for what is longer than all. */
  readonly counts: number[];
  sum: number;
}

/** From half a millisecond, in which a call is answered, to the longest waits a fault is used for. */
const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Numbers about one server and all its worlds, for Prometheus. Labels have few values: neither users nor numbers nor sandboxes
 * are among them. Requests are counted in plain numbers; prom-client, which costs a test run more than all its calls, is not
 * loaded before somebody asks, and told them then.
 */
export class Metrics {
  readonly #sources: MetricSources;
  /** By call, then by outcome. */
  readonly #requests = new Map<string, Map<string, number>>();
  readonly #faults = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  #registry: Registry | undefined;

  constructor(sources: MetricSources) {
    this.#sources = sources;
  }

  /** Counts a request that has ended. */
  record(entry: JournalEntry): void {
    const call = findCall(entry.call) === undefined ? 'unknown' : entry.call;
    addOne(
      emptyWhereNew(this.#requests, call, () => new Map<string, number>()),
      outcomeWord(entry),
    );
    const fault = faultKind(entry.fault);
    if (fault !== undefined) addOne(this.#faults, fault);
    const seconds = (entry.durationUs ?? 0) / 1_000_000;
    const durations = emptyWhereNew(this.#durations, call, () => ({
      counts: new Array<number>(BUCKETS_SECONDS.length + 1).fill(0),
      sum: 0,
    }));
    const bucket = BUCKETS_SECONDS.findIndex((bound) => seconds <= bound);
    const place = bucket < 0 ? BUCKETS_SECONDS.length : bucket;
    durations.counts[place] = (durations.counts[place] ?? 0) + 1;
    durations.sum += seconds;
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  async text(): Promise<string> {
    this.#registry ??= this.#register();
    return await this.#registry.metrics();
  }

  #register(): Registry {
    // Not by import(): that fails in a Jest test whose modules are CommonJS.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is first asked for
    const { Counter, Gauge, Registry } = require('prom-client') as typeof PromClient;
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
    const requests = this.#requests;
    const faults = this.#faults;
    gauge('mock_mor_sandboxes', 'Sandboxes there are, the root not among them.', this.#sources.sandboxes);
    gauge(
      'mock_mor_journal_dropped_entries',
      'Entries the journals have dropped to stay within their limits, since they were last cleared.',
      this.#sources.droppedEntries,
    );
    new Counter({
      name: 'mock_mor_requests_total',
      help: "Requests to MOR's paths that have ended, by call and outcome.",
      labelNames: ['call', 'outcome'],
      registers,
      collect() {
        this.reset();
        for (const [call, outcomes] of requests) for (const [outcome, count] of outcomes) this.inc({ call, outcome }, count);
      },
    });
    new Counter({
      name: 'mock_mor_faults_fired_total',
      help: 'Faults fired, by kind.',
      labelNames: ['fault'],
      registers,
      collect() {
        this.reset();
        for (const [fault, count] of faults) this.inc({ fault }, count);
      },
    });
    registry.registerMetric(durationMetric(this.#durations));
    return registry;
  }
}

const DURATION = 'mock_mor_request_duration_seconds';

/** A histogram by what a registry asks of one. prom-client's own can only be told value by value. */
function durationMetric(durations: ReadonlyMap<string, Durations>): Histogram {
  return {
    name: DURATION,
    get: () =>
      Promise.resolve({
        name: DURATION,
        help: "From the arrival of a request to MOR's paths to the end of its answer.",
        type: 'histogram',
        values: [...durations].flatMap(([call, { counts, sum }]) => samplesOf(call, counts, sum)),
        aggregator: 'sum',
      }),
  } as unknown as Histogram;
}

/** What a histogram says of one call: each bucket counts what fell into the lower ones too. */
function samplesOf(call: string, counts: readonly number[], sum: number): readonly object[] {
  let below = 0;
  const buckets = counts.map((count, i) => {
    below += count;
    return { metricName: `${DURATION}_bucket`, labels: { le: BUCKETS_SECONDS[i] ?? '+Inf', call }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${DURATION}_sum`, labels: { call }, value: sum },
    { metricName: `${DURATION}_count`, labels: { call }, value: below },
  ];
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function emptyWhereNew<Value>(map: Map<string, Value>, key: string, empty: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = empty()));
  return value;
}
