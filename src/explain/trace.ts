/** Why a call was answered as it was: every check in its order, what it read, and what would have passed. */
import { findCall } from '../mor/calls/index.ts';
import type { TraceStep } from '../mor/check.ts';
import { findFittingKey, joinTexts, type CallerFacts } from '../mor/checks/caller.ts';
import type { DecisionReason } from '../mor/define-call.ts';
import { MOR_ERRORS, type MorErrorName } from '../mor/errors.ts';
import { joined } from '../mor/in-words.ts';
import { NOT_TEXT, textToHash, type NamedText } from '../mor/params.ts';
import { knownSecrets, redactCall, type KnownSecrets } from '../mor/redact.ts';
import { diagnoseHash } from './diagnose-hash.ts';
import { createWords } from './words.ts';

/** The whole decision of one request. */
export interface Trace {
  /** Name of the call. */
  readonly call: string;
  /** MOR's text: the error, or the success. */
  readonly outcome: string;
  /** What stands out about the parameters: JSON under the type of a form, a value without effect; a sentence each. Absent if nothing does. */
  readonly notes?: readonly string[];
  /** Empty for a call that does not exist. */
  readonly steps: readonly TraceStep[];
  /** What the client hashed, if its hash does not fit: one sentence, keys masked. */
  readonly hash?: string;
}

/** The text of a result, whatever the dialect: the error's, or the call's success. */
export function formatOutcome(callName: string, { error }: { readonly error?: MorErrorName | undefined }): string {
  return error === undefined ? (findCall(callName)?.success ?? 'success') : MOR_ERRORS[error].text;
}

/**
 * The decision in words. The name of a call that does not exist may hold anything: what is secret in it is masked. Default: no key is known.
 * `diagnosesHash` false leaves out what the client hashed, which takes up to a tenth of a second.
 */
export function explainDecision(
  callName: string,
  decision: DecisionReason,
  secrets: KnownSecrets = knownSecrets([]),
  diagnosesHash = true,
): Trace {
  const { facts } = decision;
  const outcome = formatOutcome(callName, decision);
  if (facts === undefined) return { call: redactCall(callName, secrets), outcome, steps: [] };
  const hash = diagnosesHash ? explainHash(callName, decision, facts) : undefined;
  const words = createWords(facts);
  const notes = decision.notes(words);
  return {
    call: callName,
    outcome,
    ...(notes.length === 0 ? {} : { notes }),
    steps: decision.steps(words),
    ...(hash === undefined ? {} : { hash }),
  };
}

/** What the client hashed; undefined if the hash fits or nothing is known to compare it with. */
function explainHash(callName: string, { hashGuesses }: DecisionReason, facts: CallerFacts): string | undefined {
  const { hashed, params } = facts;
  const { keys: all, quote } = createWords(facts);
  const sent = params.get('hash');
  if (sent === undefined) return undefined;
  // Nobody knows which key an unknown caller is meant to have; the hash is checked once the caller is known.
  const keys = facts.caller === undefined ? all : all.filter(({ text }) => facts.secretKeys.includes(text));
  if (!facts.hashIsChecked || keys.length === 0 || findFittingKey(facts, keys) !== undefined) return undefined;
  const notText = hashed.filter((name) => params.get(name) === NOT_TEXT);
  if (notText.length > 0)
    return `no hash fits: ${joined(notText)} ${notText.length === 1 ? 'is not a string, but a list, a map or a file' : 'are not strings, but lists, maps or files'}`;
  if (sent === NOT_TEXT) return 'the hash is not a string, but a list, a map or a file';
  return diagnoseHash({
    sent,
    params: hashed.map((name) => ({ name, text: textToHash(params, name) ?? '' })),
    otherParams: Array.from(params, ([name, text]) => ({ name, text })).filter(
      (param): param is NamedText =>
        typeof param.text === 'string' && param.text !== '' && param.name !== 'hash' && !hashed.includes(param.name),
    ),
    defaults: hashGuesses(),
    keys,
    otherKeys: all.filter((key) => !keys.includes(key)),
    deprecatedRecipe: describeOldRecipe(callName, facts),
    show: quote,
  });
}

/** The recipe of the page's example, which this caller may not use. */
function describeOldRecipe(callName: string, { params }: CallerFacts): { text: string; sentence: string } | undefined {
  const names = findCall(callName)?.hashedWithoutDid;
  const text = names === undefined ? undefined : joinTexts(params, names);
  if (names === undefined || text === undefined) return undefined;
  const recipe = [...names, 'key'].join(' + ');
  return {
    text,
    sentence: `the hash is sha1(${recipe}): did is missing; it is the recipe of the vendor's example, which this caller may not use (accept_hash_without_did)`,
  };
}
