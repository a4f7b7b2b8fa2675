import type { OptionDeclaration } from '../options.ts';
import { hasVariable, variableName } from './arguments.ts';
import { COMMANDS, SERVE, type Command } from './commands.ts';

/** The help of the whole command. */
export function generalHelp(): string {
  return [
    'mock-mor - a mock of the Kolmisoft MOR billing server',
    '',
    'Usage:',
    ...COMMANDS.map((command) => `  ${usage(command)}`),
    '',
    'Commands:',
    ...COMMANDS.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`),
    '',
    'Options of serve (a flag beats its variable, and that the default):',
    ...optionLines(SERVE),
    '',
    'mock-mor COMMAND --help tells the options of a command; mock-mor --version its version.',
    'Exit status: 0 normal, 1 failure, 2 wrong usage or bad fixtures, 70 a defect of mock-mor itself.',
    '',
  ].join('\n');
}

/** The help of one sub-command. */
export function commandHelp(command: Command): string {
  const options = optionLines(command);
  return [`Usage: ${usage(command)}`, '', `${command.about}.`, ...(options.length === 0 ? [] : ['', 'Options:', ...options]), ''].join(
    '\n',
  );
}

function usage(command: Command): string {
  const name = command === SERVE ? `[${command.name}]` : command.name;
  return ['mock-mor', name, ...(Object.keys(command.options).length === 0 ? [] : ['[options]']), ...operandsOf(command)].join(' ');
}

function operandsOf({ operands, operandIsOptional = false }: Command): readonly string[] {
  return operands.map((operand, i) => (operandIsOptional && i === operands.length - 1 ? `[${operand}]` : operand));
}

function optionLines({ options }: Command): readonly string[] {
  return Object.values<OptionDeclaration>(options).flatMap((option) => {
    const variable = hasVariable(option) ? [variableName(option)] : [];
    const preset = option.defaultText ?? option.default?.toString();
    const notes = [...variable, ...(preset === undefined ? [] : [`default: ${preset}`])];
    return [
      `  --${isOnByDefault(option) ? 'no-' : ''}${option.flag}${valueName(option)}`,
      `      ${option.about}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
    ];
  });
}

/** Such a switch is only ever flipped off. */
function isOnByDefault({ type, default: preset }: OptionDeclaration): boolean {
  return type === 'switch' && preset === true;
}

function valueName({ type, value }: OptionDeclaration): string {
  if (type === 'switch') return '';
  return ` ${value ?? (typeof type === 'string' ? type.toUpperCase() : type.join('|'))}`;
}
