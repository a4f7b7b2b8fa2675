/** The commands, as commander knows them. */
import { styleText } from 'node:util';
import { didYouMean } from '../near-miss.ts';
import { OPTIONS } from '../options.ts';
import { packageVersion } from '../package-version.ts';
import { invalidOption } from '../problems.ts';
import { CliCommand, declareOptions, parseArgs, quoteWord, type CommandSpec } from './parse-args.ts';

interface CommandEntry {
  /** What comes behind the options, in commander's notation. */
  readonly operands?: string;
  readonly summary: string;
  /** Loads what the command needs: a health check every two seconds must not load a server. */
  readonly load: () => Promise<CommandSpec>;
}

/** The commands in the order of the help. */
const COMMANDS = {
  serve: { summary: 'start the server (the default)', load: async () => (await import('./serve.ts')).SERVE },
  init: { operands: '[FOLDER]', summary: 'write fixtures to start from', load: async () => (await import('./init.ts')).INIT },
  validate: {
    operands: '<PATH>',
    summary: 'check fixtures and report every issue',
    load: async () => (await import('./validate.ts')).VALIDATE,
  },
  hash: { operands: '[CALL]', summary: 'show how the hash of a call is made', load: async () => (await import('./hash.ts')).HASH },
  explain: {
    operands: '[WORDS...]',
    summary: 'explain why MOR would reject a call',
    load: async () => (await import('./explain.ts')).EXPLAIN,
  },
  verify: {
    operands: '[URL]',
    summary: 'run the cases of the contract against a server',
    load: async () => (await import('./verify.ts')).VERIFY,
  },
  describe: { operands: '<WHAT>', summary: "print a description of MOR's API", load: async () => (await import('./describe.ts')).DESCRIBE },
  shadow: { summary: 'compare a real server with the mock, as its proxy', load: async () => (await import('./shadow.ts')).SHADOW },
  healthcheck: { summary: 'ask the running server whether it serves', load: async () => (await import('./healthcheck.ts')).HEALTHCHECK },
} as const satisfies Record<string, CommandEntry>;

const ROOT_HELP = `
Examples:
  $ mock-mor
      serves the shipped fixtures on http://127.0.0.1:8080
  $ mock-mor init ./fixtures
      writes fixtures to start from, and says what to do next
  $ mock-mor explain --request 7
      shows why the running server refused its request 7

A flag goes before its variable, and that before the default. mock-mor COMMAND --help lists the options of a command.
Exit status: 0 normal, 1 failure, 2 wrong usage or invalid fixtures, 70 a defect of mock-mor itself.`;

/**
 * Parses a command line, runs its command and returns the exit status.
 *
 * @throws MockMorError; commander's error after it has printed the help or the version
 */
export async function runProgram(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const given = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  const [first = '-', ...rest] = given;
  const { program, commands } = createProgram();
  if (first.startsWith('-')) {
    const args = parseArgs(program, given, OPTIONS);
    return (await COMMANDS.serve.load()).run(args, env);
  }
  const command = commands.get(first);
  if (command === undefined) {
    const names = [...commands.keys()];
    throw invalidOption(`unknown command ${quoteWord(first)}.${didYouMean(first, names)} See mock-mor --help.`);
  }
  const { options, ...spec } = await COMMANDS[first as keyof typeof COMMANDS].load();
  declareOptions(command.description(spec.description), options);
  command.addHelpText('after', formatExamples(spec.examples));
  return spec.run(parseArgs(command, rest, options), env);
}

/** The program with its commands by name, and the options of `serve`, which need not be named. */
function createProgram(): { readonly program: CliCommand; readonly commands: ReadonlyMap<string, CliCommand> } {
  const program = new CliCommand('mock-mor')
    .usage('[COMMAND] [options]')
    .description('A mock of the Kolmisoft MOR billing server.')
    .configureHelp({ styleTitle: (title) => styleText('bold', title) })
    // What comes behind the name of a command is for the command alone.
    .enablePositionalOptions()
    .exitOverride()
    .action(() => undefined)
    .addHelpText('after', ROOT_HELP);
  declareOptions(program, OPTIONS);
  const commands = Object.entries<CommandEntry>(COMMANDS).map(([name, { summary, operands }]) => {
    const command = program.command(operands === undefined ? name : `${name} ${operands}`).summary(summary);
    return [name, command] as const;
  });
  for (const command of [program, ...commands.map(([, command]) => command)])
    command.version(packageVersion(), '-v, --version', 'print the version');
  return { program, commands: new Map(commands) };
}

function formatExamples(examples: CommandSpec['examples']): string {
  return `\nExamples:\n${examples.map(([line, effect]) => `  $ ${line}\n      ${effect}`).join('\n')}`;
}
