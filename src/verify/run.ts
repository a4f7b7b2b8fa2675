import { createHash } from 'node:crypto';
import { compared, LOOSE_ASPECTS, outcomeOf, type Difference } from '../contract/compare.ts';
import type { Answer } from '../contract/exchange.ts';
import { readAnswer } from '../contract/read-answer.ts';
import type { Case, CaseTable } from '../contract/table.ts';
import type { CaseResult } from './result.ts';
import type { ReadyStep, Target } from './target.ts';

/** A case of a table, and the rule it proves. */
export interface RuledCase {
  readonly rule: string;
  readonly one: Case;
}

export interface RunOptions {
  /** Whether headers, white space, envelope and dialect count too. */
  readonly isStrict: boolean;
  /** Ends the run; what was found so far is given. */
  readonly signal: AbortSignal;
  /** Makes a text fit to be shown: no secret in it. */
  readonly shown: (text: string) => string;
  /** Told of each result as it comes. */
  readonly onResult?: (result: CaseResult) => void;
}

/** The cases that a pattern means: those of a rule (`check.did-exists`), of a family of rules (`check`), or with a text in their title. Default: all. */
export function casesMeant({ cases }: CaseTable, pattern?: string): readonly RuledCase[] {
  const all = Object.entries(cases).flatMap(([rule, ofRule]) => ofRule.map((one) => ({ rule, one })));
  if (pattern === undefined) return all;
  const byRule = all.filter(({ rule }) => rule === pattern || rule.startsWith(`${pattern.replace(/\.$/, '')}.`));
  return byRule.length > 0 ? byRule : all.filter(({ one }) => one.title.toLowerCase().includes(pattern.toLowerCase()));
}

/** Runs cases one after the other. Never rejects for what a target does: a case that cannot be judged has failed. */
export async function runCases(target: Target, cases: readonly RuledCase[], options: RunOptions): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  const isOver = (): boolean => options.signal.aborted;
  for (const { rule, one } of cases) {
    if (isOver()) break;
    const startedAt = performance.now();
    const found = await judged(target, rule, one, options);
    // What the end of the run broke off says nothing.
    if (isOver()) break;
    const result = { rule, title: one.title, ...found, durationMs: Math.round(performance.now() - startedAt) };
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

type Found = Omit<CaseResult, 'rule' | 'title' | 'durationMs'>;

async function judged(target: Target, rule: string, one: Case, { isStrict, signal, shown }: RunOptions): Promise<Found> {
  const nothing = { differences: [], notes: [] };
  try {
    const ready = await target.prepare(rule, one);
    if ('skipped' in ready) return { ...nothing, status: 'skipped', reason: ready.skipped };
    const all: Difference[] = [];
    let last: Answer | undefined;
    for (const [i, step] of ready.entries()) {
      last = await target.send(step.request, signal);
      all.push(...differencesOf(step, last, ready.length > 1 ? `request ${String(i + 1)} of ${String(ready.length)}: ` : ''));
    }
    all.push(...(await target.effect(one)));
    const told = all.map(({ aspect, expected, got }) => ({ aspect, expected: shown(expected), got: shown(got) }));
    const counts = ({ aspect }: Difference): boolean => isStrict || !LOOSE_ASPECTS.includes(aspect);
    const differences = told.filter(counts);
    return {
      status: differences.length === 0 ? 'passed' : 'differs',
      differences,
      notes: told.filter((difference) => !counts(difference)),
      ...(last === undefined ? {} : { outcome: shown(outcomeOf(last)), digest: digestOf(last) }),
    };
  } catch (error) {
    return { ...nothing, status: 'failed', reason: shown(error instanceof Error ? error.message : String(error)) };
  }
}

/** What differs in an answer; what counts says of which request it is, where a case has several. */
function differencesOf({ expected }: ReadyStep, answer: Answer, label: string): readonly Difference[] {
  return compared(expected, answer).map((difference) =>
    LOOSE_ASPECTS.includes(difference.aspect) ? difference : { ...difference, got: `${label}${difference.got}` },
  );
}

/** Stands for what was answered, but for ids and numbers, which are new in each run. */
function digestOf({ status, type, disposition, encoding, location, body }: Answer): string {
  const xml = readAnswer(body);
  const said = xml === undefined ? undefined : [xml.root, xml.kind, xml.text, [...xml.details.keys()], xml.others];
  const text = JSON.stringify([status, type, disposition, encoding, location, said]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
