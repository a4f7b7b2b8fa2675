import { unknownName } from './near-miss.ts';
import { quote } from './mor/quote.ts';
import { MIN_HEADER_BYTES, OPTIONS, type OptionDeclaration } from './options.ts';
import { invalidOption } from './problems.ts';

/** What an option may be: `anyText` may be empty, `any` leaves it to whoever asks. */
interface Wanted {
  readonly type: OptionDeclaration['type'] | 'any' | 'anyText';
  readonly min?: number;
  readonly max?: number;
  readonly minAboveZero?: number;
  readonly boundsReason?: string;
  readonly findIssue?: (text: string) => string | undefined;
  readonly isSecret?: true;
}

/**
 * Holds an object of options, which may come from JavaScript, to its declarations: unknown names and wrong values are refused.
 * `kind` is what they are called.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function checkOptions(options: unknown, declarations: Readonly<Record<string, Wanted>>, kind = 'option'): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw invalidOption(`the ${kind}s must be an object`);
  const unknown = unknownName(kind, Object.keys(options), Object.keys(declarations));
  if (unknown !== undefined) throw invalidOption(unknown);
  for (const [name, value] of Object.entries(options)) {
    const declaration = declarations[name];
    if (value === undefined || declaration === undefined) continue;
    const wanted = missing(value, declaration);
    if (wanted !== undefined) throw invalidOption(`the ${kind} ${name} must be ${wanted}`);
    const issue = findValueIssue(value, declaration);
    if (issue !== undefined) throw invalidOption(`the ${kind} ${name} ${issue}`);
  }
}

/** Why a text or a list of the right type can never work, as the end of a sentence: the text, unless it is a secret, and what is wrong with it. */
export function findValueIssue(value: unknown, { findIssue, isSecret }: Pick<Wanted, 'findIssue' | 'isSecret'>): string | undefined {
  if (findIssue === undefined) return undefined;
  for (const text of [value].flat()) {
    const issue = typeof text === 'string' ? findIssue(text) : undefined;
    if (issue !== undefined) return isSecret === true ? issue : `${quote(String(text))} ${issue}`;
  }
  return undefined;
}

/** What two of the options must keep to. */
interface Pairs {
  readonly adminToken?: string | undefined;
  readonly maxHeaderBytes?: number | undefined;
  readonly sandboxes?: string | undefined;
  readonly maxSandboxes?: number | undefined;
}

/** Refuses options that are valid by themselves and exclude each other. @throws MockMorError `OPTION_INVALID` */
export function checkPairs({ adminToken = '', maxHeaderBytes = OPTIONS.maxHeaderBytes.default, sandboxes, maxSandboxes }: Pairs): void {
  if (adminToken.length + MIN_HEADER_BYTES > maxHeaderBytes)
    throw invalidOption(
      `the option adminToken is too long: with the other headers it does not fit into maxHeaderBytes, ${String(maxHeaderBytes)} bytes`,
    );
  if (sandboxes === 'auto' && maxSandboxes === 0)
    throw invalidOption('the options sandboxes and maxSandboxes exclude each other: "auto" makes sandboxes, and 0 allows none');
}

/** Whether a count lies within its bounds. */
export function isWithinBounds(count: number, { min = 0, max = Number.MAX_SAFE_INTEGER, minAboveZero = 0 }: Wanted): boolean {
  return Number.isInteger(count) && count >= min && count <= max && (count === 0 || count >= minAboveZero);
}

/** The bounds of a count in words. */
export function describeBounds({ min = 0, max = Number.MAX_SAFE_INTEGER, minAboveZero }: Wanted): string {
  return minAboveZero === undefined
    ? `a whole number from ${String(min)} to ${String(max)}`
    : `0 or a whole number from ${String(minAboveZero)} to ${String(max)}`;
}

/** What a value should be and is not. */
function missing(value: unknown, wanted: Wanted): string | undefined {
  const { type, boundsReason } = wanted;
  switch (type) {
    case 'any':
      return undefined;
    case 'anyText':
      return typeof value === 'string' ? undefined : 'a text';
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty';
    case 'count':
      return isWithinBounds(value as number, wanted)
        ? undefined
        : `${describeBounds(wanted)}${boundsReason === undefined ? '' : `: ${boundsReason}`}`;
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
    default:
      return typeof value === 'string' && type.includes(value) ? undefined : `one of ${type.join(', ')}`;
  }
}
