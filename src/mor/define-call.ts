/** How a call of MOR's API is declared. One call is one file in `calls/`; everything else reads its declaration. */
import { buildSteps, findFailedCheck, getCheckError, listCheckErrors, type Check, type TraceStep, type Words } from './check.ts';
import { getCallerFacts, type CallerFacts, type Hashing } from './checks/caller.ts';
import type { MorErrorName } from './errors.ts';
import type { User } from './model.ts';
import { getString, type NamedText, type Params } from './params.ts';
import { isSecretName } from './redact.ts';
import { findFixedText, holdsList, PAGE, type AnswerForm, type AnswerShape, type ErrorForms, type Reply } from './reply.ts';
import type { MorState, StateChange } from './state.ts';

/** The methods of MOR's API. */
export const METHODS = ['GET', 'POST'] as const;

export type Method = (typeof METHODS)[number];

/** What a caller sent, free of HTTP. */
export interface CallRequest {
  readonly method: Method;
  readonly params: Params;
}

/** What is known of one parameter. */
export interface ParamSpec {
  readonly description: string;
  /** Whether a call without it is refused. Default: `never`. */
  readonly required?: 'always' | 'never' | { readonly unless: string };
  /** What the value names, if it is the id of something or a number. Default: it is a text of its own. */
  readonly names?: NamedThing;
  /** Whether the value is shown nowhere, as that of a parameter whose name says so. Default: only if the name says so. */
  readonly isSecret?: true;
}

/** What a parameter can name: a thing by its id, or a DID by its number. */
export type NamedThing = 'user' | 'provider' | 'device' | 'dialPlan' | 'didId' | 'didNumber';

/** One parameter that a call reads. */
export interface CallParam extends Required<Omit<ParamSpec, 'names' | 'isSecret'>>, Pick<ParamSpec, 'names'> {
  /** Whether the value is a password, a hash or the like. */
  readonly isSecret: boolean;
  /** As MOR spells it. */
  readonly name: string;
}

/** The username parameter of every call. */
export const U: ParamSpec = { description: 'username of the caller, matched exactly', required: 'always' };

/** The hash parameter of every call; the declaration's `hashed` completes the description. */
export const HASH: ParamSpec = { description: '', required: { unless: 'hash checking is disabled' } };

/** What a call results in: an error, which changes nothing, or a reply and what changes. */
export type CallResult =
  { readonly error: MorErrorName } | { readonly error?: undefined; readonly reply: Reply; readonly changes: readonly StateChange[] };

/** Why a call came to its result: what may be kept of a decision. It holds on to no list of the answer. */
export interface DecisionReason {
  /** MOR's error; undefined for a success. */
  readonly error: MorErrorName | undefined;
  /** What the call looked up; undefined for a call that does not exist. */
  readonly facts: CallerFacts | undefined;
  /** Every check in its order; computed when it is asked for, from the facts of the decision. */
  readonly steps: (words: Words) => readonly TraceStep[];
  /** Texts that a client may have hashed in place of a parameter that it left out. */
  readonly hashGuesses: () => readonly NamedText[];
  /** What of the parameters had no effect, a sentence each. */
  readonly notes: (words: Words) => readonly string[];
}

/** A result, and the facts it was made from. */
export interface Decision extends DecisionReason {
  readonly result: CallResult;
}

/** A call as it is declared. `Own` are the facts that only this call looks up. */
export interface CallDefinition<Own> {
  /** As in the path `/billing/api/NAME`. */
  readonly name: string;
  /** Names it had before, which answer as it does. Default: none. */
  readonly oldNames?: readonly string[];
  /** What it does, in one sentence. */
  readonly summary: string;
  /** The parameters that it reads, in the order of the vendor's page. */
  readonly params: Readonly<Record<string, ParamSpec>>;
  /** The parameters that are hashed in front of the key, in this order. The only place that says so. */
  readonly hashed: readonly string[];
  /** Whether a call without a hash is served, if nothing else is wrong with it. Default: false. */
  readonly isHashOptional?: boolean;
  /** What the call is about in a line of the log: one of its parameters. Default: the last hashed one. */
  readonly subject?: string;
  /** Who calls. Default: the user whom `u` names. */
  readonly findCaller?: (params: Params, state: MorState) => User | undefined;
  /** What is hashed by the recipe of the page's example, which `accept_hash_without_did` also accepts. Default: no such recipe. */
  readonly hashedWithoutDid?: readonly string[];
  /** Where errors are. Default: `status`. */
  readonly errorFrame?: ErrorForms['errorFrame'];
  /** The outermost element and the XML declaration of its answers. Default: PAGE. */
  readonly form?: AnswerForm;
  /** Errors with a form of their own. Default: none. */
  readonly ownErrors?: ErrorForms['ownErrors'];
  /** The text of a success. Default: the first fixed text in `answer`, else `success`. */
  readonly success?: string;
  /** Whether the call never changes anything. Default: false. */
  readonly isReadOnly?: boolean;
  /** What a success holds inside of the outermost element. */
  readonly answer: AnswerShape;
  /** The same for older servers, with `dialect: legacy`. Default: the same. */
  readonly legacyAnswer?: AnswerShape;
  /** The errors that the vendor's page of the call lists. */
  readonly onPage: readonly MorErrorName[];
  /** Looks up what the checks read. */
  readonly facts: (caller: CallerFacts, state: MorState) => Own;
  /** What MOR checks, in its order: the first check that fails is the answer. */
  readonly checks: readonly Check<CallerFacts & Own>[];
  /** What a call that passes every check says and changes. */
  readonly result: (facts: CallerFacts & Own, state: MorState) => { readonly reply: Reply; readonly changes: readonly StateChange[] };
  /** Texts that a client may have hashed in place of a parameter that it left out. Default: none. */
  readonly hashGuesses?: (facts: CallerFacts & Own) => readonly NamedText[];
  /** What of the parameters has no effect, a sentence each. Default: nothing. */
  readonly notes?: (facts: CallerFacts & Own, words: Words) => readonly string[];
}

/** One call of MOR's API: a pure function of a request and a state, and its description. */
export interface Call
  extends
    Pick<CallDefinition<never>, 'name' | 'summary' | 'hashed' | 'hashedWithoutDid' | 'answer' | 'legacyAnswer' | 'onPage'>,
    ErrorForms {
  readonly oldNames: readonly string[];
  readonly params: readonly CallParam[];
  readonly isReadOnly: boolean;
  /** The parameter that a line of the log names; undefined if nothing is hashed. */
  readonly subject: string | undefined;
  /** The text of a success, such as `DID created`; `success` for an answer without a fixed text. */
  readonly success: string;
  /** Whether a success holds a list, which may be of any length. */
  readonly hasList: boolean;
  /** The errors of its checks, in their order, each once. */
  readonly errors: readonly MorErrorName[];
  /** What the first check of each error asks; those whose statement depends on the request are left out. */
  readonly statements: ReadonlyMap<MorErrorName, string>;
  /** Errors that mean the same on servers of another age, in groups: the first is today's. */
  readonly errorsByAge: readonly (readonly MorErrorName[])[];
  readonly decide: (request: CallRequest, state: MorState) => Decision;
}

/** Makes a call of its declaration. */
export function defineCall<Own extends object>(definition: CallDefinition<Own>): Call {
  const {
    name,
    summary,
    hashed,
    hashedWithoutDid,
    answer,
    legacyAnswer,
    onPage,
    isReadOnly = false,
    errorFrame = 'status',
    form = PAGE,
    ownErrors = {},
    checks,
  } = definition;
  const params = Object.entries(definition.params).map(([param, { description, required = 'never', names, isSecret }]) => ({
    name: param,
    description: param === 'hash' ? describeHash(hashed) : description,
    required,
    isSecret: isSecret ?? isSecretName(param),
    ...(names === undefined ? {} : { names }),
  }));
  const hashing: Hashing = {
    hashed,
    hashedWithoutDid,
    isHashOptional: definition.isHashOptional ?? false,
    secretParams: params.filter(({ name: param, isSecret }) => isSecret && param !== 'hash').map(({ name: param }) => param),
    ...(definition.findCaller === undefined ? {} : { findCaller: definition.findCaller }),
  };
  return {
    name,
    oldNames: definition.oldNames ?? [],
    summary,
    params,
    hashed,
    ...(hashedWithoutDid === undefined ? {} : { hashedWithoutDid }),
    isReadOnly,
    errorFrame,
    form,
    ownErrors,
    subject: definition.subject ?? hashed.at(-1),
    answer,
    ...(legacyAnswer === undefined ? {} : { legacyAnswer }),
    hasList: holdsList(answer),
    success: definition.success ?? findFixedText(answer) ?? 'success',
    statements: new Map(
      // The first check of an error comes last, so that its statement is the one that stays.
      checks
        .toReversed()
        .flatMap((check) =>
          listCheckErrors(check).flatMap((error) => (typeof check.statement === 'string' ? [[error, check.statement]] : [])),
        ),
    ),
    errors: [...new Set(checks.flatMap(listCheckErrors))],
    errorsByAge: checks.map(listCheckErrors).filter(({ length }) => length > 1),
    onPage,
    decide: (request, state) => {
      const caller = getCallerFacts(request, state, hashing);
      // Not a spread of both, which makes an object ten times as slow.
      const facts = Object.assign(caller, definition.facts(caller, state));
      const failedAt = findFailedCheck(checks, facts);
      const failed = checks[failedAt];
      const { dialect } = facts.settings;
      const error = failed === undefined ? undefined : getCheckError(failed, facts, dialect);
      return {
        result: error === undefined ? definition.result(facts, state) : { error },
        error,
        facts,
        steps: (words) => buildSteps(checks, { facts, dialect, failedAt }, words),
        hashGuesses: () => definition.hashGuesses?.(facts) ?? [],
        notes: (words) => [...noteTest(definition, facts), ...(definition.notes?.(facts, words) ?? [])],
      };
    },
  };
}

/** `test=1` is a parameter of did_create alone: who sends it elsewhere may hope that nothing happens. */
function noteTest({ params, isReadOnly }: Pick<CallDefinition<never>, 'params' | 'isReadOnly'>, facts: CallerFacts): readonly string[] {
  const isMeant = isReadOnly !== true && !('test' in params) && getString(facts.params, 'test') === '1';
  return isMeant ? ['test=1 has no effect in this call: what it does is done.'] : [];
}

function describeHash(hashed: readonly string[]): string {
  const what =
    hashed.length === 0 ? 'the API secret key' : `${hashed.join(', ')} and the API secret key, the texts as sent, nothing between them`;
  return `lower-case hex SHA-1 of ${what}`;
}
