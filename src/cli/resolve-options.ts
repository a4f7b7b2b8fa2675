/** The values of options: from flags, variables and defaults, by the declarations of the options. */
import { describeBounds, findValueIssue, isWithinBounds } from '../check-options.ts';
import { quote } from '../mor/quote.ts';
import { quoteName } from '../mor/redact.ts';
import { didYouMean } from '../near-miss.ts';
import { OPTIONS, type OptionSpec } from '../options.ts';
import { invalidOption } from '../problems.ts';
import { isServiceLink } from './service-links.ts';

/** An option of a command; it is a variable too if the server has it. */
export interface CommandOption extends OptionSpec {
  /** Whether the empty string is a value of it. Default: false. */
  readonly mayBeEmpty?: boolean;
  /** Whether one text of a list holds several items, parted by commas. Default: true. */
  readonly isSplit?: boolean;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** What was written for each flag, by the flag without its dashes, in the order written. */
export type Flags = ReadonlyMap<string, readonly string[]>;

type ValueOf<Spec extends CommandOption> = Spec['type'] extends 'string'
  ? string
  : Spec['type'] extends 'integer'
    ? number
    : Spec['type'] extends 'boolean'
      ? boolean
      : Spec['type'] extends 'list'
        ? readonly string[]
        : Spec['type'] extends readonly (infer Choice)[]
          ? Choice
          : never;

/** The value of each option; undefined for one that was not given and has no default. */
export type OptionValues<Options extends CommandOptions> = {
  readonly [Key in keyof Options]: ValueOf<Options[Key]> | (Options[Key] extends { readonly default: unknown } ? never : undefined);
};

type Value = string | number | boolean | readonly string[];

/**
 * The value of each option: a flag goes before a variable, and that before the default. An empty variable counts as not set.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function resolveOptions<Options extends CommandOptions>(
  options: Options,
  flags: Flags,
  env: NodeJS.ProcessEnv,
): OptionValues<Options> {
  checkVariableNames(env);
  const resolved = Object.entries(options).map(([key, option]): [string, Value | undefined] => {
    const texts = flags.get(option.flag);
    if (texts !== undefined) return [key, checkedValue(option, texts, `--${option.flag}`)];
    const variable = variableName(option);
    const text = hasVariable(option) ? env[variable] : undefined;
    if (text !== undefined && text !== '' && !isServiceLink(variable, env)) return [key, checkedValue(option, [text], variable)];
    return [key, option.default];
  });
  return Object.fromEntries(resolved) as OptionValues<Options>;
}

/** Whether an option can be set by a variable: those of the server can. */
export function hasVariable({ flag }: OptionSpec): boolean {
  return Object.values<OptionSpec>(OPTIONS).some((option) => option.flag === flag);
}

/** The variable of an option: `MOCK_MOR_ADMIN_TOKEN`. */
export function variableName({ flag }: OptionSpec): string {
  return `MOCK_MOR_${flag.replaceAll('-', '_').toUpperCase()}`;
}

/** The values an option takes, in words. */
export function describeValues(option: OptionSpec): string {
  const { type, value = 'a string' } = option;
  if (type === 'integer') return describeBounds(option);
  if (type === 'boolean') return 'true or false';
  if (type === 'string' || type === 'list') return value;
  return type.join(', ');
}

function checkVariableNames(env: NodeJS.ProcessEnv): void {
  const known = Object.values<OptionSpec>(OPTIONS).map(variableName);
  const unknown = Object.keys(env).find((name) => name.startsWith('MOCK_MOR_') && !known.includes(name) && !isServiceLink(name, env));
  if (unknown === undefined) return;
  throw invalidOption(`unknown variable ${quoteName(unknown)}.${didYouMean(unknown, known)} See mock-mor --help.`);
}

function checkedValue(option: CommandOption, texts: readonly string[], source: string): Value {
  const value = parseValue(option, texts, source);
  const issue = findValueIssue(value, option);
  if (issue !== undefined) throw invalidOption(`${source} ${issue}.`);
  return value;
}

/** What was written for an option, as its type; of several texts the last counts, but a list takes all. `source` is the flag or the variable. */
export function parseValue(option: CommandOption, texts: readonly string[], source: string): Value {
  const { type, boundsReason, mayBeEmpty = false, isSplit = true } = option;
  const text = texts.at(-1) ?? '';
  const wrong = `${source} ${quote(text)} is not`;
  if (text === '' && !mayBeEmpty) throw missingValue(option, source);
  switch (type) {
    case 'string':
      return text;
    case 'list': {
      if (!isSplit) return texts;
      const items = texts.flatMap((list) => list.split(',')).map((item) => item.trim());
      if (items.every((item) => item === '')) throw missingValue(option, source);
      return items.filter((item) => item !== '');
    }
    case 'integer':
      if (/^\d{1,16}$/.test(text) && isWithinBounds(Number(text), option)) return Number(text);
      throw invalidOption(`${wrong} ${describeBounds(option)}${boundsReason === undefined ? '' : `: ${boundsReason}`}.`);
    case 'boolean':
      if (/^(true|false|1|0)$/.test(text)) return text === 'true' || text === '1';
      throw invalidOption(`${wrong} true or false.`);
    default:
      if (type.includes(text)) return text;
      throw invalidOption(`${wrong} one of ${type.join(', ')}.${didYouMean(text, type)}`);
  }
}

/** The error for a flag or variable without a value. */
export function missingValue(option: CommandOption, source: string): Error {
  return invalidOption(`${source} needs a value: ${describeValues(option)}.`);
}
