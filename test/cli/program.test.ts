import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPLAIN } from '../../src/cli/explain.ts';
import { HASH } from '../../src/cli/hash.ts';
import { HEALTHCHECK } from '../../src/cli/healthcheck.ts';
import type { CommandSpec } from '../../src/cli/parse-args.ts';
import { hasVariable, variableName } from '../../src/cli/resolve-options.ts';
import { SERVE } from '../../src/cli/serve.ts';
import { SHADOW } from '../../src/cli/shadow.ts';
import { VALIDATE } from '../../src/cli/validate.ts';
import { VERIFY } from '../../src/cli/verify.ts';
import { OPTIONS, type OptionSpec } from '../../src/options.ts';
import { CommanderError } from 'commander';
import { runProgram } from '../../src/cli/program.ts';
import { run } from './program.ts';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

/** Runs a command line in this process, up to what it prints or refuses. */
async function runHere(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ readonly stdout: string; readonly error: unknown }> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const error: unknown = await runProgram(args, env).catch((error: unknown) => error);
  const stdout = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  return { stdout, error };
}

async function printed(args: readonly string[]): Promise<string> {
  const { stdout, error } = await runHere(args);
  expect(error).toBeInstanceOf(CommanderError);
  expect((error as CommanderError).exitCode).toBe(0);
  return stdout;
}

test.each<[args: string[], line: string]>([
  [['--prot', '80'], 'unknown flag "--prot". Did you mean "--port"? See mock-mor --help.'],
  [['serve', '--prot', '80'], 'unknown flag "--prot". Did you mean "--port"? See mock-mor serve --help.'],
  [['--journal-bites=1'], 'unknown flag "--journal-bites". Did you mean "--journal-bytes"? See mock-mor --help.'],
  [['serv'], 'unknown command "serv". Did you mean "serve"? See mock-mor --help.'],
  [['help', 'serv'], 'unknown command "serv". Did you mean "serve"? See mock-mor --help.'],
  [['toString'], 'unknown command "toString". See mock-mor --help.'],
  [['--admin-tokn=s3cret-of-ours'], 'unknown flag "--admin-tokn". Did you mean "--admin-token"? See mock-mor --help.'],
  [['--no-wach'], 'unknown flag "--no-wach". Did you mean "--no-watch"? See mock-mor --help.'],
  [['-x'], 'unknown flag "-x". See mock-mor --help.'],
  [['x\u001b[2J'], 'unknown command "x\\u001b[2J" (U+001B escape at character 2). See mock-mor --help.'],
  [['api_key=s3cret'], 'unknown command "api_key=***". See mock-mor --help.'],
  [[''], 'unknown command "". See mock-mor --help.'],
  [['serve', './fixtures'], 'unexpected "./fixtures": serve takes options only. See mock-mor serve --help.'],
  [['--port'], '--port needs a value: a whole number from 0 to 65535.'],
  [['--port', 'x'], '--port "x" is not a whole number from 0 to 65535.'],
  [['validate'], 'validate needs PATH. See mock-mor validate --help.'],
  [['validate', 'a', 'b'], 'unexpected "b": validate takes PATH. See mock-mor validate --help.'],
  [['validate', '--port', '1', 'a'], 'unknown flag "--port". See mock-mor validate --help.'],
  [['verify', 'http://h', 'b'], 'unexpected "b": verify takes URL. See mock-mor verify --help.'],
  [
    ['verify', 'http://127.0.0.1:9', '--timeout-ms', '2147483648'],
    '--timeout-ms "2147483648" is not a whole number from 0 to 2147483647: no timer waits longer.',
  ],
  [['hash', '--provider-id=1', '--did=1', '--url', 'mor?x'], '--url "mor?x" must end with its path: MOR\'s paths are put behind it.'],
  [['describe'], 'describe needs WHAT. See mock-mor describe --help.'],
  [['healthcheck', '--fixtures', 'a'], 'unknown flag "--fixtures". See mock-mor healthcheck --help.'],
])('%j is refused', async (args, message) => {
  expect(await runHere(args)).toEqual({ stdout: '', error: expect.objectContaining({ code: 'OPTION_INVALID', message }) });
});

test('an unknown description is refused, and all are listed', async () => {
  const { error } = await runHere(['describe', 'opnapi']);
  expect(error).toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(/^unknown description "opnapi"\. Did you mean "openapi"\? Allowed: openapi, xsd/),
  });
});

test.each(['serve', 'healthcheck', 'shadow'])('%s with an unknown variable is refused', async (command) => {
  expect(await runHere([command], { MOCK_MOR_PROT: '80' })).toMatchObject({
    stdout: '',
    error: { code: 'OPTION_INVALID', message: 'unknown variable "MOCK_MOR_PROT". Did you mean "MOCK_MOR_PORT"? See mock-mor --help.' },
  });
});

test('what is refused is one line on standard error, with status 2', async () => {
  expect(await run(['--prot', '80'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'mock-mor: unknown flag "--prot". Did you mean "--port"? See mock-mor --help.\n',
  });
});

/** A help without its line ends. */
const unwrap = (text: string): string => text.replace(/\s+/g, ' ');

/** What the help has about an option. */
function described(option: OptionSpec): string {
  const preset = option.defaultText ?? option.default?.toString();
  const notes = [...(hasVariable(option) ? [variableName(option)] : []), ...(preset === undefined ? [] : [`default: ${preset}`])];
  return `${option.summary}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

function flagLine({ flag, type, default: preset }: OptionSpec): RegExp {
  return new RegExp(`^  --${type === 'boolean' && preset === true ? 'no-' : ''}${flag}( |$)`, 'm');
}

const SUMMARIES = {
  'serve [options]': 'start the server (the default)',
  'validate [options] <PATH>': 'check fixtures and report every issue',
  'hash [options] [CALL]': 'show how the hash of a call is made',
  'init [options] [FOLDER]': 'write fixtures to start from',
  'explain [options] [WORDS...]': 'explain why MOR would reject a call',
  'verify [options] [URL]': 'run the cases of the contract against a server',
  'describe [options] <WHAT>': "print a description of MOR's API",
  'shadow [options]': 'compare a real server with the mock, as its proxy',
  'healthcheck [options]': 'ask the running server whether it serves',
};

test.each([['--help'], ['-h'], ['help'], ['--port', 'x', '--help']])(
  '%j lists every command, and every option of the server with its variable and default',
  async (...args) => {
    const stdout = await printed(args);
    for (const [usage, summary] of Object.entries(SUMMARIES)) expect(unwrap(stdout)).toContain(` ${usage} ${summary} `);
    for (const option of Object.values<OptionSpec>(OPTIONS)) {
      expect(stdout).toMatch(flagLine(option));
      expect(unwrap(stdout)).toContain(described(option));
    }
    expect(unwrap(stdout)).toContain('MOCK_MOR_PORT; default: 8080)');
    expect(stdout).toContain('Exit status: 0 normal, 1 failure, 2 wrong usage or invalid fixtures, 70 a defect of mock-mor itself.\n');
  },
);

const SPECS: Readonly<Record<string, CommandSpec>> = {
  serve: SERVE,
  validate: VALIDATE,
  hash: HASH,
  explain: EXPLAIN,
  verify: VERIFY,
  shadow: SHADOW,
  healthcheck: HEALTHCHECK,
};

describe.each(Object.entries(SPECS))('%s', (name, { options, examples, description }) => {
  test.each([
    [name, '--help'],
    [name, '-h'],
    ['help', name],
  ])('%s %s: its options and examples', async (...args) => {
    const stdout = await printed(args);
    expect(stdout).toMatch(new RegExp(`^Usage: mock-mor ${name} `));
    expect(unwrap(stdout)).toContain(unwrap(description));
    for (const option of Object.values<OptionSpec>(options)) {
      expect(stdout).toMatch(flagLine(option));
      expect(unwrap(stdout)).toContain(described(option));
    }
    expect(examples.length).toBeGreaterThan(0);
    for (const [line, effect] of examples) expect(stdout).toContain(`  $ ${line}\n      ${effect}\n`);
  });
});

test('describe --help lists what it prints, with an example', async () => {
  const stdout = await printed(['describe', '--help']);
  expect(unwrap(stdout)).toMatch(/WHAT is one of openapi \(.*\), xsd \(.*\)/);
  expect(stdout).toContain('  $ mock-mor describe openapi > mor.yaml\n');
});

test.each([['--version'], ['-v'], ['serve', '--version'], ['validate', '-v']])('%j', async (...args) => {
  expect(await printed(args)).toBe(`${version}\n`);
});

test('as a process: the help is complete, without colours where it is no terminal, with status 0', async () => {
  const { status, stdout, stderr } = await run(['--help'], { env: { TERM: 'xterm-256color' } });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: mock-mor \[COMMAND\] \[options\]\n[\s\S]*a defect of mock-mor itself\.\n$/);
  expect(stdout).not.toContain('\u001b');
});

test.each<[title: string, args: string[], env: Record<string, string>, hasColors: boolean]>([
  ['FORCE_COLOR', ['--help'], { FORCE_COLOR: '1' }, true],
  ['NO_COLOR', ['--help'], { NO_COLOR: '1' }, false],
  ['--no-color', ['--no-color', '--help'], { FORCE_COLOR: '1' }, false],
  ['--no-color of a command', ['verify', '--help', '--no-color'], { FORCE_COLOR: '1' }, false],
])('as a process: colours in the help with %s: %j', async (_, args, env, hasColors) => {
  const { status, stdout } = await run(args, { env });
  expect([status, stdout.includes('\u001b[1m')]).toEqual([0, hasColors]);
});

test.each<[args: string[]]>([[['validate', '--no-color', join(__dirname, '../../fixtures')]], [['explain', '--no-color', 'u=admin']]])(
  '%j: a command takes --no-color',
  async (args) => {
    expect((await run(args)).stderr).toBe('');
  },
);

test('as a process: the version', async () => {
  expect(await run(['-v'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
