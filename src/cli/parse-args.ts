/** Command lines, parsed by commander after the declarations of the options. */
import { Command, Option } from 'commander';
import { quote, showHidden } from '../mor/quote.ts';
import { knownSecrets, redactText } from '../mor/redact.ts';
import { didYouMean } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import {
  hasVariable,
  missingValue,
  parseValue,
  variableName,
  type CommandOption,
  type CommandOptions,
  type Flags,
} from './resolve-options.ts';

/** A command: what it takes, its help, and what it does. */
export interface CommandSpec {
  /** What it does, for its help. */
  readonly description: string;
  readonly options: CommandOptions;
  /** Lines for a shell, each with what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  /** Does it and returns the exit status. */
  run(args: ParsedArgs, env: NodeJS.ProcessEnv): number | Promise<number>;
}

/** A command line whose values are not checked yet. */
export interface ParsedArgs {
  readonly flags: Flags;
  readonly operands: readonly string[];
}

/** A command of commander whose errors are ours: what is wrong, the nearest that is allowed, and where to look. */
export class CliCommand extends Command {
  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** @throws MockMorError `OPTION_INVALID` */
  override error(message: string, { code }: { readonly code?: string } = {}): never {
    const [, subject = ''] = /'(.*)'/s.exec(message) ?? [];
    const path = this.parent === null ? this.name() : `${this.parent.name()} ${this.name()}`;
    const hint = ` See ${path} --help.`;
    switch (code) {
      case 'commander.unknownOption': {
        // Its value is not shown: it may be a token whose flag is misspelt.
        const flag = subject.replace(/=.*$/s, '');
        const known = this.options.flatMap(({ long }) => long ?? []);
        const suggestion = didYouMean(flag, known) || didYouMean(flag.replace(/^--no-/, '--'), known);
        throw invalidOption(`unknown flag ${quoteWord(flag)}.${suggestion}${hint}`);
      }
      case 'commander.missingArgument':
        throw invalidOption(`${this.name()} needs ${subject}.${hint}`);
      case 'commander.excessArguments': {
        const operands = this.registeredArguments.map((operand) => operand.name());
        const takes = operands.length === 0 ? 'options only' : operands.join(' ');
        throw invalidOption(`unexpected ${quoteWord(this.args[operands.length] ?? '')}: ${this.name()} takes ${takes}.${hint}`);
      }
      default:
        throw invalidOption(`${showHidden(message.replace(/^error: /, ''))}.${hint}`);
    }
  }
}

/** A word of a command line for an error message, in quotes. What may be a secret in it is masked. */
export function quoteWord(word: string): string {
  return quote(redactText(word, knownSecrets([])));
}

/** Declares the options of a command, with their variables and defaults in the help, and `--no-color`, which every command has. */
export function declareOptions(command: Command, options: CommandOptions): void {
  for (const option of Object.values<CommandOption>(options)) {
    const { flag, type, default: preset } = option;
    const description = describeOption(option);
    if (type === 'boolean') {
      // Both forms are understood. The help shows the one that changes something.
      command.addOption(new Option(`--${flag}`, description).hideHelp(preset === true));
      command.addOption(new Option(`--no-${flag}`, description).hideHelp(preset !== true));
    } else {
      const collect = (text: string, previous: readonly string[] = []): readonly string[] => [...previous, text];
      const placeholder = option.value ?? (typeof type === 'string' ? type : type.join('|'));
      command.addOption(new Option(`--${flag} <${placeholder}>`, description).argParser(collect));
    }
  }
  command.option('--no-color', 'no colours, as with the variable NO_COLOR').on('option:no-color', () => {
    process.env['NO_COLOR'] = '1';
    delete process.env['FORCE_COLOR'];
  });
}

/**
 * Parses the words behind the name of a command whose options are declared: `--name value`, `--name=value`, and for booleans
 * `--name`, `--no-name` and `--name=true`.
 *
 * @throws MockMorError `OPTION_INVALID`; commander's error after it has printed the help or the version
 */
export function parseArgs(command: Command, words: readonly string[], options: CommandOptions): ParsedArgs {
  command.parse(normalizeWords(words, Object.values(options)), { from: 'user' });
  const given = command.opts<Record<string, boolean | readonly string[] | undefined>>();
  const flags = Object.values<CommandOption>(options).flatMap(({ flag }): (readonly [string, readonly string[]])[] => {
    const value = given[flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    return value === undefined ? [] : [[flag, typeof value === 'boolean' ? [String(value)] : value]];
  });
  return { flags: new Map(flags), operands: command.args };
}

function describeOption(option: CommandOption): string {
  const preset = option.defaultText ?? option.default?.toString();
  const notes = [...(hasVariable(option) ? [variableName(option)] : []), ...(preset === undefined ? [] : [`default: ${preset}`])];
  return `${option.summary}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

/** Refuses a flag without its value, for which commander would take the next flag, and writes booleans in the form it knows. */
function normalizeWords(words: readonly string[], options: readonly CommandOption[]): readonly string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const normalized: string[] = [];
  for (let i = 0; i < end; i++) {
    const word = words[i] ?? '';
    const [, negation = '', flag, value] = /^--(no-)?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const option = options.find((known) => known.flag === flag);
    normalized.push(word);
    if (option?.type === 'boolean' && value !== undefined) {
      if (negation !== '') throw invalidOption(`--no-${option.flag} takes no value.`);
      normalized.splice(-1, 1, parseValue(option, [value], `--${option.flag}`) === true ? `--${option.flag}` : `--no-${option.flag}`);
    } else if (option !== undefined && option.type !== 'boolean' && value === undefined && negation === '') {
      const next = words[i + 1];
      if (next === undefined || next.startsWith('--')) throw missingValue(option, `--${option.flag}`);
      normalized.push(next);
      i += 1;
    }
  }
  return [...normalized, ...words.slice(end)];
}
