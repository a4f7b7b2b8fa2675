import { findCallIssue } from '../world/known-words.ts';
import { FAULT_EFFECTS, faultRuleSchema, type FaultRule } from '../world/fault-rule.ts';
import { parseRecord } from './validate-input.ts';

/**
 * Checks a rule of what goes wrong, a value or YAML text, and fills in its defaults.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue
 */
export function validateFaultRule(input: unknown): FaultRule {
  return parseRecord(faultRuleSchema, input, 'The fault rule', {
    check: (record, names, addIssue) => {
      const { connection, drip_ms, match } = record as Partial<FaultRule>;
      const effects = FAULT_EFFECTS.filter((effect) => names.includes(effect));
      if (effects.length !== 1) {
        const found = effects.length === 0 ? 'none' : effects.join(' and ');
        addIssue([], `must have exactly one of ${FAULT_EFFECTS.join(', ')}; it has ${found}.`);
      }
      const call: unknown = match?.call;
      const issue = typeof call === 'string' ? findCallIssue(call) : undefined;
      if (issue !== undefined) addIssue(['match', 'call'], issue);
      if (drip_ms !== undefined && connection !== 'drip') addIssue(['drip_ms'], 'is only for connection: drip.');
    },
  });
}
