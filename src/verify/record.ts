/** A run kept as a file, and what has changed since one. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { VerifiedRecord } from '../control/verified.ts';
import { quote } from '../mor/quote.ts';
import { packageVersion } from '../package-version.ts';
import { invalidOption } from '../problems.ts';
import type { CaseResult } from './result.ts';
import type { Target } from './target.ts';

/** What is kept of a run beside its results. */
export interface RunFacts {
  readonly date: Date;
  readonly serverVersion?: string | undefined;
  readonly only?: string | undefined;
  readonly endedBy?: string | undefined;
}

/** What is kept of a run: nothing that names the server, its callers or their keys. */
export function createRunRecord(
  results: readonly CaseResult[],
  kind: Target['kind'],
  { date, serverVersion, only, endedBy }: RunFacts,
): VerifiedRecord {
  return {
    mock_mor: packageVersion(),
    date: date.toISOString(),
    target: kind,
    ...(serverVersion === undefined ? {} : { server_version: serverVersion }),
    ...(only === undefined ? {} : { only }),
    ...(endedBy === undefined ? {} : { ended_by: endedBy }),
    cases: results.map(({ call, rule, title, status, outcome, digest }) => ({
      call,
      rule,
      title,
      status,
      ...(outcome === undefined ? {} : { outcome }),
      ...(digest === undefined ? {} : { digest }),
    })),
  };
}

/** Looks whether a record can be written there, before anything runs. @throws MockMorError `OPTION_INVALID` */
export function checkPlace(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw invalidOption(`--save: ${(error as Error).message}`);
  }
}

/** @throws MockMorError `OPTION_INVALID` where it cannot be written */
export function saveRecord(file: string, record: VerifiedRecord): void {
  try {
    writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
  } catch (error) {
    throw invalidOption(`--save: ${(error as Error).message}`);
  }
}

/** What differs from a run that was kept, a line a case. What was not judged in one of the two is not compared. */
export function changesSince({ cases: before }: VerifiedRecord, { cases: now }: VerifiedRecord): readonly string[] {
  const key = ({ call, title }: VerifiedRecord['cases'][number]): string => `${call}\n${title}`;
  const old = new Map(before.map((one) => [key(one), one]));
  const isJudged = ({ status }: VerifiedRecord['cases'][number]): boolean => status === 'passed' || status === 'differs';
  return now.filter(isJudged).flatMap((one) => {
    const was = old.get(key(one));
    if (was === undefined || !isJudged(was)) return [];
    const parts = [
      ...(was.status === one.status ? [] : [`${was.status} then, ${one.status} now`]),
      ...(was.outcome === one.outcome ? [] : [`answered ${quote(was.outcome ?? '')} then, ${quote(one.outcome ?? '')} now`]),
      ...(was.digest === one.digest || was.outcome !== one.outcome
        ? []
        : ['the same said in another form (headers, envelope or other elements)']),
    ];
    return parts.length === 0 ? [] : [`${one.call} ${one.rule} › ${one.title}: ${parts.join('; ')}`];
  });
}
