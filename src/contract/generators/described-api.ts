/** What the descriptions for other tools are made of, and the words they share. */
import type { Call, CallParam } from '../../mor/define-call.ts';
import type { AnswerField } from '../../mor/reply.ts';
import { CALLS } from '../../mor/calls/index.ts';
import { packageVersion } from '../../package-version.ts';
import { signParams, type ParamTexts } from '../signed.ts';
import { loadCases, type CaseTable } from '../table.ts';

/** The calls, and the contract that goes with them. */
export interface DescribedApi {
  /** The package's. */
  readonly version: string;
  readonly calls: readonly Call[];
  /** By the name of the call. */
  readonly tables: ReadonlyMap<string, CaseTable>;
}

/** The API as this package has it. */
export function loadApi(): DescribedApi {
  return { version: packageVersion(), calls: CALLS, tables: new Map(CALLS.map(({ name }) => [name, loadCases(name)])) };
}

/** The comment at the top of every generated description. */
export const GENERATED_NOTICE = 'Generated from the declarations in src/mor and the contract by npm run docs. Do not edit.';

/** A good call with its hash, if there is a table of its cases. */
export function getValidCall({ tables }: DescribedApi, call: Call): ParamTexts {
  const table = tables.get(call.name);
  return table === undefined ? {} : signParams(call, table.request);
}

/** `the DID number to create; required`. */
export function describeParam({ description, required }: CallParam): string {
  if (required === 'never') return description;
  return `${description}; required${required === 'always' ? '' : ` unless ${required.unless}`}`;
}

/** `its number; only if test=1`. */
export function describeField({ description, onlyIf }: AnswerField): string {
  return onlyIf === undefined ? description : `${description}; only if ${onlyIf}`;
}
