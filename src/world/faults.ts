import { getCurrentName } from '../mor/calls/index.ts';
import { getString, trimmed, type Params } from '../mor/params.ts';
import { REPORT_NOTHING, type ReportChange } from './signal.ts';
import type { FaultRule } from './fault-rule.ts';

/** How many hits of one rule are kept by their numbers: the newest ones. */
const MAX_HITS = 1000;

/** A rule in force, and what came of it. */
export interface ArmedFault {
  /** Counted from 1; never used twice until a reset. */
  readonly id: number;
  readonly rule: FaultRule;
  /** How many matching requests were let pass, as `after` asks. */
  passed: number;
  /** How many requests it fired at. */
  fired: number;
  /** The numbers of the newest of them in the journal. */
  readonly hits: number[];
}

/** The fault rules of one world. They fire by count, never by chance. */
export class Faults {
  readonly #armed = new Map<number, ArmedFault>();
  #lastId = 0;
  readonly #report: ReportChange;

  /** `report` is called when rules or their hits change. Default: nobody is. */
  constructor(report: ReportChange = REPORT_NOTHING) {
    this.#report = report;
  }

  /** The rules in the order they were added, also those that have no hits left. */
  get armed(): Iterable<ArmedFault> {
    return this.#armed.values();
  }

  get size(): number {
    return this.#armed.size;
  }

  add(rule: FaultRule): ArmedFault {
    const fault: ArmedFault = { id: ++this.#lastId, rule, passed: 0, fired: 0, hits: [] };
    this.#armed.set(fault.id, fault);
    this.#report('faults');
    return fault;
  }

  withId(id: number): ArmedFault | undefined {
    return this.#armed.get(id);
  }

  delete(id: number): void {
    this.#armed.delete(id);
    this.#report('faults');
  }

  /** Takes every rule away. */
  clear(): void {
    this.#armed.clear();
    this.#report('faults');
  }

  /** Takes every rule away, and counts ids from 1 again. */
  reset(): void {
    this.clear();
    this.#lastId = 0;
  }

  /**
   * The rule that fires at a request: the first added that matches, has let pass what it had to, and has hits left.
   * Every matching request counts for the `after` of each rule, also one at which an earlier rule fires.
   */
  fire(call: string, params: Params, requestNumber: number): ArmedFault | undefined {
    let fires: ArmedFault | undefined;
    for (const fault of this.#armed.values()) {
      if (hitsLeft(fault) === 0 || !matches(fault.rule.match, call, params)) continue;
      if (fault.passed < fault.rule.after) fault.passed += 1;
      else fires ??= fault;
    }
    if (fires === undefined) return undefined;
    fires.fired += 1;
    fires.hits.push(requestNumber);
    if (fires.hits.length > MAX_HITS) fires.hits.shift();
    this.#report('faults');
    return fires;
  }
}

/** How often a rule can still fire. */
export function hitsLeft({ rule, fired }: ArmedFault): number {
  return rule.times === 'always' ? Infinity : rule.times - fired;
}

function matches({ call, did, ...wanted }: FaultRule['match'], sentCall: string, params: Params): boolean {
  const sentDid = getString(params, 'did');
  return (
    (call === undefined || getCurrentName(call) === sentCall) &&
    (did === undefined || (sentDid !== undefined && trimmed(did) === trimmed(sentDid))) &&
    Object.entries(wanted).every(([name, value]) => value === undefined || String(value) === getString(params, name))
  );
}

/** A fault in words, as the journal shows it: `fault 3: connection reset after the call`. */
export function faultText({ id, rule }: ArmedFault): string {
  return `fault ${String(id)}: ${effectText(rule)}${rule.phase === 'after' ? ' after the call' : ''}`;
}

function effectText({ error, delay_ms, connection, http, content_type }: FaultRule): string {
  if (error !== undefined) return `error ${error}`;
  if (delay_ms !== undefined) return `delay of ${String(delay_ms)} ms`;
  if (connection !== undefined) return `connection ${connection}`;
  return http === undefined ? `content type ${content_type ?? ''}` : `HTTP ${String(http.status)}`;
}
