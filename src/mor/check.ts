/** One check of a call: what must hold, MOR's error if it does not, and the words of the trace. */
import { MOR_ERRORS, type MorErrorName } from './errors.ts';
import type { Provider, Settings, User } from './model.ts';

type Dialect = Settings['dialect'];

/** One row of a call's checks. Its words are asked for only when somebody reads a trace. */
export interface Check<Facts> {
  /** True for a good call. It may be asked about any facts, whatever failed before. */
  readonly requires: (facts: Facts) => boolean;
  readonly orElse: MorErrorName;
  /** What older servers say instead, with `dialect: legacy`: one of `errors`. Default: the same error. */
  readonly orElseInLegacy?: { readonly errors: readonly MorErrorName[]; readonly pick: (facts: Facts) => MorErrorName };
  /** What the check asks, as a statement that holds for a good call. */
  readonly statement: string | ((facts: Facts) => string);
  /** What the check saw. */
  readonly actual: (facts: Facts, words: Words) => string;
  /** What would pass, given that the check fails. */
  readonly fix: (facts: Facts, words: Words) => string;
  /** Whether the check fails only because of what an earlier one found, so its own result is not known yet. Default: never. */
  readonly isUndetermined?: (facts: Facts) => boolean;
}

/** Declares a check. A row without words does not compile. */
export function check<Facts>(row: Check<Facts>): Check<Facts> {
  return row;
}

/** A secret key of MOR, and whose it is. */
export interface NamedKey {
  readonly text: string;
  /** As in `the administrator's key`. */
  readonly owner: string;
}

/** Formats facts for a trace. Keys are masked in everything it quotes, long texts are cut. */
export interface Words {
  /** What is shown instead of a key. */
  readonly mask: string;
  /** Every key of the server, the administrator's first. */
  readonly keys: readonly NamedKey[];
  /** A text in quotes, with characters escaped that cannot be seen. */
  readonly quote: (value: string) => string;
  /** The same for a text that is hashed in front of a key: the mask is inside of the quotes. */
  readonly quoteWithMask: (value: string) => string;
  /** One character, with its code point if it cannot be seen. */
  readonly character: (character: string) => string;
  /** A parameter as sent: `did "370"`, `did was not sent`. */
  readonly param: (name: string) => string;
  /** Who calls: `the caller is user 6 (admin joe)`. */
  readonly caller: () => string;
  /** `user 7 (reseller bob)`. */
  readonly user: (user: User) => string;
  /** The owner with this id: `the administrator`, `user 7 (reseller bob)`. */
  readonly owner: (id: number) => string;
  /** `provider 1 (Main trunk)`. */
  readonly provider: (provider: Provider) => string;
  /** `on` or `off`. */
  readonly onOff: (isOn: boolean) => string;
  /** `1, 2, 3`; of many only the first, and how many more there are. */
  readonly list: (items: readonly (string | number)[]) => string;
  /** `a, b and c`. */
  readonly join: (items: readonly string[], word?: string) => string;
  /** A reminder for the fix of a hashed parameter; empty if hashes are not checked. */
  readonly rehash: () => string;
}

/** How one check went. */
export interface TraceStep {
  /** What the check asks, as a statement that holds for a good call. */
  readonly check: string;
  /** MOR's error if it does not hold (the current text). */
  readonly error: string;
  /** Whether it passed, was the one that failed, or came after that. */
  readonly state: 'passed' | 'failed' | 'not reached';
  /** The facts it read. Keys are masked. */
  readonly actual: string;
  /** What would have passed; on the check that failed, and on later ones that would fail too. */
  readonly fix?: string;
  /** True on a check that was not reached and would fail once the earlier ones pass. */
  readonly would_fail?: true;
}

/** The index of the first check that fails; -1 if all hold. Later checks are not run. */
export function findFailedCheck<Facts>(checks: readonly Check<Facts>[], facts: Facts): number {
  return checks.findIndex(({ requires }) => !requires(facts));
}

/** The error of a check that fails, in the words of a server. */
export function getCheckError<Facts>({ orElse, orElseInLegacy }: Check<Facts>, facts: Facts, dialect: Dialect): MorErrorName {
  return dialect === 'legacy' ? (orElseInLegacy?.pick(facts) ?? orElse) : orElse;
}

/** Every error that a check can end with. */
export function listCheckErrors<Facts>({ orElse, orElseInLegacy }: Check<Facts>): readonly MorErrorName[] {
  return [orElse, ...(orElseInLegacy?.errors ?? [])];
}

/** Every check in its order, in words. `failedAt` is the index of the check that failed; -1 if none did. */
export function buildSteps<Facts>(
  checks: readonly Check<Facts>[],
  { facts, dialect, failedAt }: { readonly facts: Facts; readonly dialect: Dialect; readonly failedAt: number },
  words: Words,
): readonly TraceStep[] {
  return checks.map((row, index) => {
    const state = failedAt < 0 || index < failedAt ? 'passed' : index === failedAt ? 'failed' : 'not reached';
    const wouldFail = state === 'not reached' && !row.requires(facts) && row.isUndetermined?.(facts) !== true;
    return {
      check: typeof row.statement === 'string' ? row.statement : row.statement(facts),
      error: MOR_ERRORS[getCheckError(row, facts, dialect)].text,
      state,
      actual: row.actual(facts, words),
      ...(state === 'failed' || wouldFail ? { fix: row.fix(facts, words) } : {}),
      ...(wouldFail ? { would_fail: true as const } : {}),
    };
  });
}
