/** Flags and variables, read after the declarations of `OPTIONS`. */
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { describeBounds, findValueIssue, isWithinBounds } from '../check-options.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { OPTIONS, type OptionDeclaration } from '../options.ts';
import { invalidOption, type MockMorError } from '../problems.ts';
import { isServiceLink } from './service-links.ts';

/** An option of a sub-command; it is a variable too where it is one of `OPTIONS`. */
export interface CommandOption extends OptionDeclaration {
  /** The empty text is a value of it. Default: false. */
  readonly mayBeEmpty?: boolean;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** What a sub-command takes. */
export interface Syntax<Options extends CommandOptions = CommandOptions> {
  readonly name: string;
  /** Names of the words it wants after the options. */
  readonly operands: readonly string[];
  /** Whether the last of them may be left out. Default: false. */
  readonly operandIsOptional?: boolean;
  /** Whether the last of them may be several words. Default: false. */
  readonly takesMoreWords?: boolean;
  readonly options: Options;
}

type ValueOf<Declaration extends CommandOption> = Declaration['type'] extends 'text'
  ? string
  : Declaration['type'] extends 'count'
    ? number
    : Declaration['type'] extends 'switch'
      ? boolean
      : Declaration['type'] extends 'list'
        ? readonly string[]
        : Declaration['type'] extends readonly (infer Choice)[]
          ? Choice
          : never;

/** The value of each option; undefined for one that was not given and has no default. */
export type Values<Options extends CommandOptions> = {
  readonly [Key in keyof Options]: ValueOf<Options[Key]> | (Options[Key] extends { readonly default: unknown } ? never : undefined);
};

/** The words of a command line, sorted. */
export interface Given {
  /** What was written for each flag, by the flag without its dashes. A list has one text per time it was given. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

type Value = string | number | boolean | readonly string[];

/**
 * Sorts words into flags and operands: `--name value`, `--name=value`, and for switches `--name` and `--no-name`.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function sortWords(words: readonly string[], syntax: Syntax): Given {
  const { name: command, operands: wanted, operandIsOptional = false, takesMoreWords = false, options } = syntax;
  const declarations = Object.values(options);
  const flags = new Map<string, string[]>();
  const operands: string[] = [];
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      operands.push(...waiting.splice(0));
    } else if (!word.startsWith('-') || word === '-') {
      operands.push(word);
    } else {
      const [name, inline] = splitOnce(word, '=');
      const plain = declarations.find(({ flag }) => name === `--${flag}`);
      const negated = declarations.find(({ type, flag }) => type === 'switch' && name === `--no-${flag}`);
      if (plain === undefined && negated === undefined) throw invalidOption(unknownName('flag', [name], flagNames(declarations)) ?? name);
      if (plain === undefined && inline !== undefined) throw invalidOption(`${quoteIfHidden(name)} takes no value.`);
      const { flag, type } = (plain ?? negated) as CommandOption;
      const isSwitch = type === 'switch';
      const value =
        inline ?? (isSwitch ? String(plain !== undefined) : waiting[0]?.startsWith('--') === true ? undefined : waiting.shift());
      if (value === undefined) throw invalidOption(`--${flag} needs a value: ${allowedValues((plain ?? negated) as CommandOption)}.`);
      flags.set(flag, [...(flags.get(flag) ?? []), value]);
    }
  }
  const extra = takesMoreWords ? undefined : operands[wanted.length];
  if (extra !== undefined)
    throw invalidOption(`unexpected ${quote(extra)}: ${command} takes ${wanted.length === 0 ? 'options only' : wanted.join(' ')}.`);
  const missing = operandIsOptional ? wanted.slice(0, -1)[operands.length] : wanted[operands.length];
  if (missing !== undefined) throw invalidOption(`${command} needs ${missing}.`);
  return { flags, operands };
}

/**
 * The value of each option: a flag beats a variable, and that the default. An empty variable counts as not set.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function settleOptions<Options extends CommandOptions>(
  options: Options,
  flags: Given['flags'],
  variables: NodeJS.ProcessEnv,
): Values<Options> {
  checkVariableNames(variables);
  const settled = Object.entries(options).map(([key, option]): [string, Value | undefined] => {
    const texts = flags.get(option.flag);
    if (texts !== undefined) return [key, valueOf(option, texts, `--${option.flag}`)];
    const variable = variableName(option);
    const text = hasVariable(option) ? variables[variable] : undefined;
    if (text !== undefined && text !== '' && !isServiceLink(variable, variables)) return [key, valueOf(option, [text], variable)];
    return [key, option.default];
  });
  return Object.fromEntries(settled) as Values<Options>;
}

/** Whether an option can be set by a variable: those of the server can. */
export function hasVariable({ flag }: OptionDeclaration): boolean {
  return Object.values<OptionDeclaration>(OPTIONS).some((option) => option.flag === flag);
}

/** The variable of an option: `MOCK_MOR_ADMIN_TOKEN`. */
export function variableName({ flag }: OptionDeclaration): string {
  return `MOCK_MOR_${flag.replaceAll('-', '_').toUpperCase()}`;
}

/** The values an option takes, in words. */
export function allowedValues(option: OptionDeclaration): string {
  const { type, value = 'a text' } = option;
  if (type === 'count') return describeBounds(option);
  if (type === 'switch') return 'true or false';
  if (type === 'text' || type === 'list') return value;
  return type.join(', ');
}

function checkVariableNames(variables: NodeJS.ProcessEnv): void {
  const names = Object.keys(variables).filter((name) => name.startsWith('MOCK_MOR_') && !isServiceLink(name, variables));
  const unknown = unknownName('variable', names, Object.values<OptionDeclaration>(OPTIONS).map(variableName));
  if (unknown !== undefined) throw invalidOption(unknown);
}

/** Reads what was written for an option; of several the last counts, but for a list, which takes all. `source` is the flag or the variable. */
function valueOf(option: CommandOption, texts: readonly string[], source: string): Value {
  const value = parseValue(option, texts, source);
  const issue = findValueIssue(value, option);
  if (issue !== undefined) throw invalidOption(`${source} ${issue}.`);
  return value;
}

function parseValue(option: CommandOption, texts: readonly string[], source: string): Value {
  const { type, boundsReason, mayBeEmpty = false } = option;
  const text = texts.at(-1) ?? '';
  const wrong = (hint = ''): MockMorError =>
    invalidOption(
      `${source} ${quote(text)} is not ${type === 'count' || type === 'switch' ? '' : 'one of '}${allowedValues(option)}${hint}`,
    );
  const missing = (): MockMorError => invalidOption(`${source} needs a value: ${allowedValues(option)}.`);
  if (text === '' && !mayBeEmpty) throw missing();
  switch (type) {
    case 'text':
      return text;
    case 'list': {
      const items = texts.flatMap((list) => list.split(',')).map((item) => item.trim());
      if (items.every((item) => item === '')) throw missing();
      return items.filter((item) => item !== '');
    }
    case 'count':
      if (!/^\d{1,16}$/.test(text) || !isWithinBounds(Number(text), option))
        throw wrong(boundsReason === undefined ? '.' : `: ${boundsReason}.`);
      return Number(text);
    case 'switch':
      if (!/^(true|false|1|0)$/.test(text)) throw wrong('.');
      return text === 'true' || text === '1';
    default:
      if (!type.includes(text)) throw wrong(`.${didYouMean(text, type)}`);
      return text;
  }
}

function flagNames(declarations: readonly CommandOption[]): readonly string[] {
  const names = declarations.flatMap(({ flag, type, default: preset }) => [
    `--${flag}`,
    ...(type === 'switch' && preset === true ? [`--no-${flag}`] : []),
  ]);
  return [...names, '--help', '--version'];
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
