import { unknownName } from '../near-miss.ts';
import { packageVersion } from '../package-version.ts';
import { invalidOption, MockMorError, type ProblemCode } from '../problems.ts';
import { sortWords } from './arguments.ts';
import { COMMANDS, SERVE } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';

/** Exit status for what we did not foresee: EX_SOFTWARE of sysexits.h. */
const BROKEN = 70;

/** What was asked cannot be done as it was asked: exit status 2. */
const WRONG_USAGE: readonly ProblemCode[] = ['OPTION_INVALID', 'FIXTURE_INVALID', 'RECORD_INVALID', 'TARGET_UNUSABLE'];

/** Runs a command line and gives its exit status. */
async function run(words: readonly string[]): Promise<number> {
  const [first = '-'] = words;
  const isNamed = !first.startsWith('-');
  const command = isNamed ? COMMANDS.find(({ name }) => name === first) : SERVE;
  if (command === undefined) {
    const names = COMMANDS.map(({ name }) => name);
    throw invalidOption(unknownName('command', [first], names) ?? first);
  }
  const rest = isNamed ? words.slice(1) : words;
  // What stands behind -- is no flag of ours.
  const ours = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  const asks = (...flags: string[]): boolean => ours.some((word) => flags.includes(word));
  if (asks('--help', '-h')) return print(isNamed ? commandHelp(command) : generalHelp());
  if (asks('--version')) return print(`${packageVersion()}\n`);
  return command.run(sortWords(rest, command), process.env);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Tells what went wrong on standard error, and gives the exit status for it. */
function tell(error: unknown): number {
  if (!(error instanceof MockMorError)) {
    process.stderr.write(`mock-mor: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return BROKEN;
  }
  process.stderr.write(`mock-mor: ${error.message}\n`);
  return WRONG_USAGE.includes(error.code) ? 2 : 1;
}

// Whoever reads our output may leave before we are done (`mock-mor --help | head -1`); that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = tell(error);
  },
);
