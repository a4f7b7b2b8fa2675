import { unknownName } from './near-miss.ts';
import type { OptionDeclaration } from './options.ts';
import { invalidOption } from './problems.ts';

/** What an option may be: `anyText` may be empty, `any` leaves it to whoever asks. */
interface Wanted {
  readonly type: OptionDeclaration['type'] | 'any' | 'anyText';
  readonly min?: number;
  readonly max?: number;
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
  }
}

/** What a value should be and is not. */
function missing(value: unknown, { type, min = 0, max = Number.MAX_SAFE_INTEGER }: Wanted): string | undefined {
  switch (type) {
    case 'any':
      return undefined;
    case 'anyText':
      return typeof value === 'string' ? undefined : 'a text';
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty';
    case 'count':
      return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
        ? undefined
        : `a whole number from ${String(min)} to ${String(max)}`;
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
    default:
      return typeof value === 'string' && type.includes(value) ? undefined : `one of ${type.join(', ')}`;
  }
}
