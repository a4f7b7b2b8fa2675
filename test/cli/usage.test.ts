import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import { variableName } from '../../src/cli/arguments.ts';
import { OPTIONS, type OptionDeclaration } from '../../src/options.ts';
import { run } from './program.ts';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

test.each<[args: string[], line: RegExp]>([
  [['--prot', '80'], /^mock-mor: unknown flag "--prot"\. Did you mean "--port"\? Allowed: --fixtures, --port, .*\n$/],
  [
    ['serv'],
    /^mock-mor: unknown command "serv"\. Did you mean "serve"\? Allowed: serve, validate, hash, explain, verify, describe, shadow, healthcheck\.\n$/,
  ],
  [['toString'], /^mock-mor: unknown command "toString"\. Allowed: .*\n$/],
  [['serve', './fixtures'], /^mock-mor: unexpected "\.\/fixtures": serve takes options only\.\n$/],
  [['--port'], /^mock-mor: --port needs a value: a whole number from 0 to 65535\.\n$/],
  [['--port', 'x'], /^mock-mor: --port "x" is not a whole number from 0 to 65535\.\n$/],
  [['validate'], /^mock-mor: validate needs PATH\.\n$/],
  [['validate', 'a', 'b'], /^mock-mor: unexpected "b": validate takes PATH\.\n$/],
  [['validate', '--port', '1', 'a'], /^mock-mor: unknown flag "--port"\. Allowed: --help, --version\.\n$/],
  [['describe'], /^mock-mor: describe needs WHAT\.\n$/],
  [['describe', 'opnapi'], /^mock-mor: unknown description "opnapi"\. Did you mean "openapi"\? Allowed: openapi, xsd\.\n$/],
  [['healthcheck', '--fixtures', 'a'], /^mock-mor: unknown flag "--fixtures"\. Allowed: --port, .*\n$/],
])('%j: one line, status 2', async (args, line) => {
  expect(await run(args)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(line) });
});

test.each(['serve', 'healthcheck'])('%s with an unknown variable: one line, status 2', async (command) => {
  expect(await run([command], { env: { MOCK_MOR_PROT: '80' } })).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^mock-mor: unknown variable "MOCK_MOR_PROT"\. Did you mean "MOCK_MOR_PORT"\? Allowed: .*\n$/),
  });
});

test.each([['--help'], ['-h'], ['--port', 'x', '--help']])('%j tells every command, option, variable and default', async (...args) => {
  const { status, stdout, stderr } = await run(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const { name, about } of COMMANDS) expect(stdout).toContain(`${name.padEnd(12)} ${about}`);
  for (const option of Object.values<OptionDeclaration>(OPTIONS)) {
    expect(stdout).toMatch(new RegExp(`^  --(no-)?${option.flag}( |$)`, 'm'));
    expect(stdout).toContain(`      ${option.about} (${variableName(option)}`);
    if (option.defaultText !== undefined) expect(stdout).toContain(`default: ${option.defaultText})`);
  }
  expect(stdout).toContain('MOCK_MOR_PORT; default: 8080)');
});

test.each(COMMANDS.map(({ name, options }) => [name, options] as const))('%s --help tells its options', async (name, options) => {
  const { status, stdout, stderr } = await run([name, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const { flag, about } of Object.values(options)) {
    expect(stdout).toMatch(new RegExp(`^  --(no-)?${flag}( |$)`, 'm'));
    expect(stdout).toContain(about);
  }
});

test('--version', async () => {
  expect(await run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
