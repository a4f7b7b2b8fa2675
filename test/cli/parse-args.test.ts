import { CliCommand, declareOptions, parseArgs, type ParsedArgs } from '../../src/cli/parse-args.ts';
import { describeValues, resolveOptions, variableName } from '../../src/cli/resolve-options.ts';
import { OPTIONS, type OptionSpec } from '../../src/options.ts';

function parse(words: readonly string[], command = new CliCommand('serve')): ParsedArgs {
  declareOptions(command, OPTIONS);
  return parseArgs(command, words, OPTIONS);
}

const resolve = (words: readonly string[], variables: Record<string, string> = {}) =>
  resolveOptions(OPTIONS, parse(words).flags, variables);

/** For each option: a text, the value it means, and that it is not the default. */
const VALUES: Record<keyof typeof OPTIONS, readonly [text: string, value: unknown]> = {
  fixtures: ['./team', './team'],
  port: ['0', 0],
  host: ['::1', '::1'],
  watch: ['true', true],
  log: ['silent', 'silent'],
  explain: ['true', true],
  admin: ['false', false],
  dashboard: ['false', false],
  tls: ['self-signed', 'self-signed'],
  tlsCaOut: ['./ca.pem', './ca.pem'],
  tlsCert: ['./cert.pem', './cert.pem'],
  tlsKey: ['./key.pem', './key.pem'],
  adminToken: ['a=b', 'a=b'],
  allowedHosts: ['one, two', ['one', 'two']],
  maxBodyBytes: ['536870888', 536_870_888],
  maxParameters: ['2', 2],
  maxHeaderBytes: ['16777216', 16_777_216],
  headersTimeoutMs: ['0', 0],
  requestTimeoutMs: ['0', 0],
  keepAliveTimeoutMs: ['2147483647', 2_147_483_647],
  sandboxes: ['auto', 'auto'],
  maxSandboxes: ['5', 5],
  sandboxIdleMs: ['0', 0],
  requestIds: ['false', false],
  journalEntries: ['5', 5],
  journalBytes: ['0', 0],
  coverageReport: ['./coverage.json', './coverage.json'],
  coverageRequire: ['page', 'page'],
  saveRun: ['./run.json', './run.json'],
  verified: ['./verified.json', './verified.json'],
};

describe.each(Object.entries(VALUES))('%s', (key, [text, value]) => {
  const option: OptionSpec = OPTIONS[key as keyof typeof OPTIONS];
  const resolved = (words: readonly string[], variables?: Record<string, string>) => resolve(words, variables)[key as keyof typeof OPTIONS];

  test('by flag, with a blank or =', () => {
    expect(resolved([`--${option.flag}=${text}`])).toEqual(value);
    if (option.type !== 'boolean') expect(resolved([`--${option.flag}`, text])).toEqual(value);
  });

  test('by variable', () => {
    expect(resolved([], { [variableName(option)]: text })).toEqual(value);
  });

  test('the flag beats the variable', () => {
    const other = option.type === 'integer' ? '7' : option.type === 'boolean' ? String(option.default ?? false) : 'pretty';
    expect(resolved([`--${option.flag}=${text}`], { [variableName(option)]: other })).toEqual(value);
  });

  test('nothing said, or an empty variable: the default', () => {
    expect(resolved([])).toBe(option.default);
    expect(resolved([], { [variableName(option)]: '' })).toBe(option.default);
  });

  test('a flag without a value', () => {
    if (option.type === 'boolean') return;
    const message = `--${option.flag} needs a value: ${describeValues(option)}.`;
    expect(() => resolve([`--${option.flag}`])).toThrow(message);
    expect(() => resolve([`--${option.flag}`, '--watch'])).toThrow(message);
    expect(() => resolve([`--${option.flag}=`])).toThrow(message);
  });
});

test.each<[title: string, words: string[], key: keyof typeof OPTIONS, value: unknown]>([
  ['a switch alone', ['--watch'], 'watch', true],
  ['a switch denied', ['--no-admin'], 'admin', false],
  ['the last of a repeat', ['--port', '1', '--port', '2'], 'port', 2],
  ['all of a repeated list', ['--allowed-hosts', 'a,b', '--allowed-hosts', 'c'], 'allowedHosts', ['a', 'b', 'c']],
  ['a switch with a value', ['--watch=true'], 'watch', true],
  ['a switch that is on, switched off', ['--admin=0'], 'admin', false],
  ['the last of a switch', ['--watch', '--no-watch'], 'watch', false],
  ['a value with dashes, after =', ['--admin-token=--x=y'], 'adminToken', '--x=y'],
])('%s', (_title, words, key, value) => {
  expect(resolve(words)[key]).toEqual(value);
});

test.each<[words: string[], message: string]>([
  [['--prot', '80'], 'unknown flag "--prot". Did you mean "--port"? See serve --help.'],
  [['-p', '80'], 'unknown flag "-p". See serve --help.'],
  [['--toString'], 'unknown flag "--toString". See serve --help.'],
  [['--no-port'], 'unknown flag "--no-port". Did you mean "--port"? See serve --help.'],
  [['--ma-sandboxes', '1'], 'unknown flag "--ma-sandboxes". Did you mean "--max-sandboxes"? See serve --help.'],
  [['--journal', '1'], 'unknown flag "--journal". See serve --help.'],
  [['--x\u001b[2J'], 'unknown flag "--x\\u001b[2J" (U+001B escape at character 4). See serve --help.'],
  [['--no-admin=true'], '--no-admin takes no value.'],
  [['--port', '70000'], '--port "70000" is not a whole number from 0 to 65535.'],
  [['--port', '-1'], '--port "-1" is not a whole number from 0 to 65535.'],
  [['--port', '80a'], '--port "80a" is not a whole number from 0 to 65535.'],
  [['--port', '1e3'], '--port "1e3" is not a whole number from 0 to 65535.'],
  [['--max-parameters', '0'], '--max-parameters "0" is not a whole number from 2 to 9007199254740991: a call has at least u and hash.'],
  [
    ['--keep-alive-timeout-ms', '2147483648'],
    '--keep-alive-timeout-ms "2147483648" is not 0 or a whole number from 10 to 2147483647: it is in milliseconds, and 0 is no limit.',
  ],
  [['--log', 'jsn'], '--log "jsn" is not one of pretty, json, silent. Did you mean "json"?'],
  [['--watch=yes'], '--watch "yes" is not true or false.'],
  [['./fixtures'], 'unexpected "./fixtures": serve takes options only. See serve --help.'],
  [['--', '--port'], 'unexpected "--port": serve takes options only. See serve --help.'],
])('%j is refused', (words, message) => {
  expect(() => resolve(words)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }));
});

test.each<[variables: Record<string, string>, message: string]>([
  [{ MOCK_MOR_PROT: '80' }, 'unknown variable "MOCK_MOR_PROT". Did you mean "MOCK_MOR_PORT"? See mock-mor --help.'],
  [{ MOCK_MOR_PROT: '' }, 'unknown variable "MOCK_MOR_PROT".'],
  [{ MOCK_MOR_FROBNICATE: '1' }, 'unknown variable "MOCK_MOR_FROBNICATE". See mock-mor --help.'],
  [{ MOCK_MOR_PORT: 'eighty' }, 'MOCK_MOR_PORT "eighty" is not a whole number from 0 to 65535.'],
  [{ MOCK_MOR_WATCH: 'on' }, 'MOCK_MOR_WATCH "on" is not true or false.'],
  [{ MOCK_MOR_LOG: 'loud' }, 'MOCK_MOR_LOG "loud" is not one of pretty, json, silent.'],
])('%j is refused', (variables, message) => {
  expect(() => resolve([], variables)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
  );
});

test('what Kubernetes and Docker say about a service called mock-mor is no option', () => {
  const links = {
    MOCK_MOR_SERVICE_HOST: '10.0.0.7',
    MOCK_MOR_SERVICE_PORT: '8080',
    MOCK_MOR_SERVICE_PORT_HTTP: '8080',
    MOCK_MOR_PORT: 'tcp://10.0.0.7:8080',
    MOCK_MOR_PORT_8080_TCP: 'tcp://10.0.0.7:8080',
    MOCK_MOR_PORT_8080_TCP_ADDR: '10.0.0.7',
    MOCK_MOR_NAME: '/app/mock-mor',
  };
  expect(resolve([], links).port).toBe(8080);
});

test('operands of a command', () => {
  const validate = (words: readonly string[]) => parse(words, new CliCommand('validate').argument('<PATH>')).operands;
  expect(validate(['./a'])).toEqual(['./a']);
  expect(validate(['--', '--a'])).toEqual(['--a']);
  expect(validate(['--port', '1', './a'])).toEqual(['./a']);
  expect(() => validate([])).toThrow('validate needs PATH. See validate --help.');
  expect(() => validate(['./a', './b'])).toThrow('unexpected "./b": validate takes PATH. See validate --help.');
  const verify = (words: readonly string[]) => parse(words, new CliCommand('verify').argument('[URL]')).operands;
  expect([verify([]), verify(['http://h'])]).toEqual([[], ['http://h']]);
  const explain = (words: readonly string[]) => parse(words, new CliCommand('explain').argument('<WORDS...>')).operands;
  expect(explain(['--watch', 'a=1', '--', 'curl', '-h'])).toEqual(['a=1', 'curl', '-h']);
});
