import { createHash } from 'node:crypto';
import { compareAnswer, LENIENT_ASPECTS, describeOutcome, type Difference } from '../contract/compare.ts';
import type { Answer } from '../contract/exchange.ts';
import { parseAnswer, type AnswerElement } from '../contract/parse-answer.ts';
import type { RuledCase } from '../contract/table.ts';
import { CALLS } from '../mor/calls/index.ts';
import { MOR_ERRORS, type MorError } from '../mor/errors.ts';
import { MockMorError } from '../problems.ts';
import type { CaseResult } from './result.ts';
import { RunIsOver, type ReadyStep, type Target } from './target.ts';

export interface RunOptions {
  /** Whether headers, white space, envelope and dialect count too. */
  readonly isStrict: boolean;
  /** Ends the run; what was found so far is given. */
  readonly signal: AbortSignal;
  /** Makes a text that came from outside fit to be shown: no secret in it. */
  readonly shown: (text: string) => string;
  /** Called with each result as it comes. */
  readonly onResult?: (result: CaseResult) => void;
}

/** What a run came to. */
export interface RunOutcome {
  readonly results: readonly CaseResult[];
  /** Why it ended before its time; undefined where it did not. */
  readonly endedBy?: string | undefined;
}

/** A server that fails so often in a row is not there, and the rest would only take time. */
const MAX_FAILURES_IN_A_ROW = 3;

/**
 * The cases that a pattern means: those of a call (`did_create`), of a rule (`check.did-exists`, of one call `did_create check.did-exists`),
 * of a family of rules (`check`), or with a text in their title. Default: all.
 */
export function selectCases(all: readonly RuledCase[], pattern?: string): readonly RuledCase[] {
  if (pattern === undefined) return all;
  const isMeant = (name: string): boolean => name === pattern || name.startsWith(`${pattern.replace(/\.$/, '')}.`);
  const byRule = all.filter(({ call, rule }) => call.name === pattern || isMeant(rule) || isMeant(`${call.name} ${rule}`));
  return byRule.length > 0 ? byRule : all.filter(({ one }) => one.title.toLowerCase().includes(pattern.toLowerCase()));
}

/** Runs cases one after the other. Never rejects for what a target does: a case that cannot be judged has failed. */
export async function runCases(target: Target, cases: readonly RuledCase[], options: RunOptions): Promise<RunOutcome> {
  const results: CaseResult[] = [];
  let failures = 0;
  for (const ruled of cases) {
    const { call, rule, one } = ruled;
    const startedAt = performance.now();
    const found = await judged(target, ruled, options);
    if (found === undefined) return { results, endedBy: 'it was interrupted' };
    const { endsRun, ...judgement } = found;
    const result = { call: call.name, rule, title: one.title, ...judgement, durationMs: Math.round(performance.now() - startedAt) };
    results.push(result);
    options.onResult?.(result);
    if (endsRun === true) return { results, endedBy: result.reason };
    failures = result.status === 'failed' ? failures + 1 : result.status === 'skipped' ? failures : 0;
    if (failures >= MAX_FAILURES_IN_A_ROW)
      return { results, endedBy: `${String(failures)} cases in a row could not be judged: ${result.reason ?? ''}` };
  }
  return { results };
}

type Found = Omit<CaseResult, 'call' | 'rule' | 'title' | 'durationMs'> & { readonly endsRun?: boolean };

/** How a case ended; undefined where the signal came before one of its requests. */
async function judged(target: Target, ruled: RuledCase, { isStrict, signal, shown }: RunOptions): Promise<Found | undefined> {
  const nothing = { differences: [], notes: [] };
  try {
    const ready = await target.prepare(ruled);
    if ('skipped' in ready) return { ...nothing, status: 'skipped', reason: ready.skipped };
    const all: Difference[] = [];
    let last: Answer | undefined;
    for (const [i, step] of ready.entries()) {
      last = safeToShow(await target.send(step, signal), shown);
      all.push(...differencesOf(step, last, ready.length > 1 ? `request ${String(i + 1)} of ${String(ready.length)}: ` : ''));
    }
    all.push(...(await target.effect(ruled)));
    const counts = ({ aspect }: Difference): boolean => isStrict || !LENIENT_ASPECTS.includes(aspect);
    const differences = all.filter(counts);
    return {
      status: differences.length === 0 ? 'passed' : 'differs',
      differences,
      notes: all.filter((difference) => !counts(difference)),
      ...(last === undefined ? {} : { outcome: describeOutcome(last), digest: digestOf(last) }),
    };
  } catch (error) {
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return undefined;
    const endsRun = error instanceof RunIsOver || error instanceof MockMorError;
    return { ...nothing, status: 'failed', reason: shown(error instanceof Error ? error.message : String(error)), endsRun };
  }
}

/** An answer in which nothing is a secret: what MOR is known to say is left as it is, for a short key may be a part of its words. */
function safeToShow(answer: Answer, shown: (text: string) => string): Answer {
  const xml = parseAnswer(answer.body);
  const isKnown = xml !== undefined && KNOWN_TEXTS.has(xml.text) && xml.unexpected.length === 0;
  const header = (text: string | undefined): string | undefined => (text === undefined || KNOWN_HEADERS.test(text) ? text : shown(text));
  return {
    ...answer,
    type: header(answer.type),
    disposition: header(answer.disposition),
    location: header(answer.location),
    body: isKnown ? answer.body : shown(answer.body),
  };
}

const KNOWN_TEXTS: ReadonlySet<string> = new Set([
  ...Object.values<MorError>(MOR_ERRORS).flatMap(({ text, legacyText }) => [text, ...(legacyText === undefined ? [] : [legacyText])]),
  ...CALLS.map(({ success }) => success),
]);

const KNOWN_HEADERS = /^(?:text\/(?:xml|html|plain)(?:; ?charset=utf-8)?|attachment; filename="mor_api_response\.(?:xml|html)")$/i;

/** What differs in an answer; what counts says of which request it is, where a case has several. */
function differencesOf({ call, expected }: ReadyStep, answer: Answer, label: string): readonly Difference[] {
  return compareAnswer(call, expected, answer).map((difference) =>
    LENIENT_ASPECTS.includes(difference.aspect) ? difference : { ...difference, got: `${label}${difference.got}` },
  );
}

/** Stands for what was answered, but for ids and numbers, which are new in each run. */
function digestOf({ status, type, disposition, encoding, location, body }: Answer): string {
  const xml = parseAnswer(body);
  const said = xml === undefined ? undefined : [xml.root, xml.kind, xml.text, listNames(xml.content), xml.unexpected];
  const text = JSON.stringify([status, type, disposition, encoding, location, said]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The names of the elements, with those in them. */
function listNames(content: readonly AnswerElement[]): readonly unknown[] {
  return content.map(([name, node]) => (typeof node === 'string' ? name : [name, listNames(node)]));
}
