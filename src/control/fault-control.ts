/** What a tester does to the faults of one world. */
import type { BodyValue } from '../loader/body-value.ts';
import { checkId, checkRecord } from './check-arguments.ts';
import { validateFaultRule } from '../loader/validate-fault-rule.ts';
import { notFound } from './not-found.ts';
import type { FaultInput, FaultRule } from '../world/fault-rule.ts';
import { hitsLeft, type ArmedFault, type Faults } from '../world/faults.ts';

/** The fault rules of a world, and what they hit. */
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

export function faultViews(faults: Faults): readonly FaultView[] {
  return Array.from(faults.armed, faultView);
}

/** @throws MockMorError `NOT_FOUND` */
export function faultWithId(faults: Faults, id: number): FaultView {
  checkId(id, 'mor.fault(1); mor.faults() lists them');
  const fault = faults.withId(id);
  if (fault === undefined) {
    throw notFound(
      `no fault has the id ${String(id)}`,
      Array.from(faults.armed, (armed) => armed.id),
    );
  }
  return faultView(fault);
}

/** @throws MockMorError `RECORD_INVALID`, and nothing changed */
export function addFault(faults: Faults, rule: string | FaultInput | BodyValue): FaultView {
  checkRecord(rule, 'a fault rule', "{ connection: 'reset', phase: 'after' }");
  return faultView(faults.add(validateFaultRule(rule)));
}

/** @throws MockMorError `NOT_FOUND` */
export function deleteFault(faults: Faults, id: number): FaultView {
  const view = faultWithId(faults, id);
  faults.delete(id);
  return view;
}

function faultView(fault: ArmedFault): FaultView {
  const { id, rule, passed, fired, hits } = fault;
  return { id, ...rule, passed, fired, hits: [...hits], left: rule.times === 'always' ? 'always' : hitsLeft(fault) };
}
