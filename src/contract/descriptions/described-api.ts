/** What the descriptions for other tools are made of, and the words they share. */
import type { AnswerField, Call, CallParam } from '../../mor/call.ts';
import { CALLS } from '../../mor/calls/index.ts';
import { packageVersion } from '../../package-version.ts';
import { signed, type ParamTexts } from '../signed.ts';
import { shippedCases, shippedRules, type CaseTable, type Rules } from '../table.ts';

/** The calls, and the contract that goes with them. */
export interface DescribedApi {
  /** The package's. */
  readonly version: string;
  readonly calls: readonly Call[];
  readonly rules: Rules;
  readonly table: CaseTable;
}

/** The API as this package has it. */
export function describedApi(): DescribedApi {
  return { version: packageVersion(), calls: CALLS, rules: shippedRules(), table: shippedCases() };
}

/** Stands in front of every description, as a comment. */
export const MADE_BY = 'Made of the declarations in src/mor and the contract; npm run docs writes it anew.';

/** A good call of this name with its hash, where the table of cases has one. */
export function goodCall({ rules, table }: DescribedApi, call: Call): ParamTexts {
  return rules.call === call.name ? signed(table.request) : {};
}

/** `the DID number to create; required`. */
export function paramInWords({ means, required }: CallParam): string {
  if (required === 'never') return means;
  return `${means}; required${required === 'always' ? '' : ` unless ${required.unless}`}`;
}

/** `its number; only if test=1`. */
export function fieldInWords({ means, onlyIf }: AnswerField): string {
  return onlyIf === undefined ? means : `${means}; only if ${onlyIf}`;
}
