import { didYouMean, unknownName } from './near-miss.ts';
import { quote } from './mor/quote.ts';
import { MIN_HEADER_BYTES, OPTIONS, type OptionSpec } from './options.ts';
import { invalidOption } from './problems.ts';

/** What an option may be: `anyString` may be empty, `any` is checked by the caller. */
interface OptionRule extends Partial<Omit<OptionSpec, 'type'>> {
  readonly type: OptionSpec['type'] | 'any' | 'anyString';
}

/**
 * Holds an object of options, which may come from JavaScript, to its declarations: unknown names and wrong values are refused.
 * `kind` is what they are called, `example` what to write.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function checkOptions(options: unknown, rules: Readonly<Record<string, OptionRule>>, kind = 'option', example = ''): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw invalidOption(`the ${kind}s must be an object${example === '' ? '' : `, such as ${example}`}`);
  const unknown = unknownName(kind, Object.keys(options), Object.keys(rules));
  if (unknown !== undefined) throw invalidOption(unknown);
  for (const [name, value] of Object.entries(options)) {
    const rule = rules[name];
    if (value === undefined || rule === undefined) continue;
    const expected = describeExpected(value, rule);
    if (expected !== undefined) throw invalidOption(`the ${kind} ${name} must be ${expected}`);
    const issue = findValueIssue(value, rule);
    if (issue !== undefined) throw invalidOption(`the ${kind} ${name} ${issue}`);
  }
}

/**
 * Why a string or a list of the right type can never work, as the end of a sentence: the text, unless it is a secret, and what is
 * wrong with it. Undefined if nothing is.
 */
export function findValueIssue(value: unknown, { findIssue, isSecret }: Pick<OptionRule, 'findIssue' | 'isSecret'>): string | undefined {
  if (findIssue === undefined) return undefined;
  for (const text of [value].flat()) {
    const issue = typeof text === 'string' ? findIssue(text) : undefined;
    if (issue !== undefined) return isSecret === true ? issue : `${quote(String(text))} ${issue}`;
  }
  return undefined;
}

/** Options that are not of the library, and what to do in place of each. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  port: 'is for listen: await mor.listen({ port: 8080 }); useMockMor listens on any free port',
  host: "is for listen: await mor.listen({ host: '0.0.0.0' })",
  watch: 'is one of the command, mock-mor --watch; mor.reloadFixtures() reads the files again',
  coverageReport: 'is one of the command; mor.coverage() has the same',
  coverageRequire: 'is one of the command; mor.coverage() has the same',
};

/** Refuses the options of the command that `createMockMor` does not take. @throws MockMorError `OPTION_INVALID` */
export function checkElsewhere(options: object): void {
  const name = Object.keys(options).find((key) => Object.hasOwn(ELSEWHERE, key));
  if (name !== undefined) throw invalidOption(`the option ${name} ${ELSEWHERE[name] ?? ''}`);
}

/** Options of which two exclude each other. */
interface OptionPairs {
  readonly adminToken?: string | undefined;
  readonly maxHeaderBytes?: number | undefined;
  readonly sandboxes?: string | undefined;
  readonly maxSandboxes?: number | undefined;
}

/** Refuses options that are valid by themselves and exclude each other. @throws MockMorError `OPTION_INVALID` */
export function checkOptionPairs(options: OptionPairs): void {
  const { adminToken = '', maxHeaderBytes = OPTIONS.maxHeaderBytes.default, sandboxes, maxSandboxes } = options;
  if (adminToken.length + MIN_HEADER_BYTES > maxHeaderBytes)
    throw invalidOption(
      `the option adminToken is too long: with the other headers it does not fit into maxHeaderBytes, ${String(maxHeaderBytes)} bytes`,
    );
  if (sandboxes === 'auto' && maxSandboxes === 0)
    throw invalidOption('the options sandboxes and maxSandboxes exclude each other: "auto" makes sandboxes, and 0 allows none');
}

/** Whether a number is an integer within its bounds. */
export function isWithinBounds(value: number, { min = 0, max = Number.MAX_SAFE_INTEGER, minAboveZero = 0 }: OptionRule): boolean {
  return Number.isInteger(value) && value >= min && value <= max && (value === 0 || value >= minAboveZero);
}

/** The bounds of an integer in words. */
export function describeBounds({ min = 0, max = Number.MAX_SAFE_INTEGER, minAboveZero }: OptionRule): string {
  return minAboveZero === undefined
    ? `a whole number from ${String(min)} to ${String(max)}`
    : `0 or a whole number from ${String(minAboveZero)} to ${String(max)}`;
}

/** What a value should be and is not; undefined if it is. */
function describeExpected(value: unknown, rule: OptionRule): string | undefined {
  const { type, boundsReason } = rule;
  switch (type) {
    case 'any':
      return undefined;
    case 'anyString':
      return typeof value === 'string' ? undefined : 'a string';
    case 'string':
      return typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty';
    case 'integer':
      if (isWithinBounds(value as number, rule)) return undefined;
      return `${describeBounds(rule)}${boundsReason === undefined ? '' : `: ${boundsReason}`}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of strings';
    default:
      if (typeof value !== 'string') return `one of ${type.join(', ')}`;
      return type.includes(value) ? undefined : `one of ${type.join(', ')}.${didYouMean(value, type)}`.replace(/\.$/, '');
  }
}
