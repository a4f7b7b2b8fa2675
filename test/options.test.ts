/** Each option of the server: values that work, and values that would start a server of no use, by flag, by variable and in a process. */
import { createMockMor, type MockMorOptions } from '../src/index.ts';
import { CliCommand, declareOptions, parseArgs } from '../src/cli/parse-args.ts';
import { resolveOptions, variableName } from '../src/cli/resolve-options.ts';
import { OPTIONS } from '../src/options.ts';

type Name = keyof typeof OPTIONS;

interface Row {
  readonly works: readonly string[];
  /** A text, and what is said about it behind the name of the flag or variable. */
  readonly refused: readonly (readonly [text: string, message: string])[];
}

const NO_TOKEN_BLANK = 'must not begin or end with a blank, which HTTP cuts off from a header.';
const noTokenCharacter = (at: number): string =>
  `must be printable ASCII, or no client can send it in a header: character ${String(at)} is something else.`;
const WILDCARD = 'is no host name: a wildcard cannot cover a part of a name. List each name, or give * alone for any.';
const NAME_ALONE = 'must be a host name alone, such as mor or mor.test: no scheme, path or username.';
const NO_HOST = 'is no host name; give names such as mor or mor.test, or *.';
const NO_ADDRESS = 'is not an address or a host name, such as 127.0.0.1, 0.0.0.0 or localhost.';
const NO_MULTICAST = 'is a multicast or broadcast address, which no client can connect to.';
const TIMEOUT = 'is not 0 or a whole number from 10 to 2147483647: it is in milliseconds, and 0 is no limit.';
const IDLE =
  'is not 0 or a whole number from 1000 to 3153600000000: it is in milliseconds, 0 is no limit, and a sandbox must live until its first request.';
const needs = (what: string): string => `needs a value: ${what}.`;

const timeout: Row = {
  works: ['0', '10', '2147483647'],
  refused: [
    ['1', `"1" ${TIMEOUT}`],
    ['9', `"9" ${TIMEOUT}`],
    ['2147483648', `"2147483648" ${TIMEOUT}`],
    ['-1', `"-1" ${TIMEOUT}`],
    ['1.5', `"1.5" ${TIMEOUT}`],
    ['30s', `"30s" ${TIMEOUT}`],
  ],
};

const boolean: Row = {
  works: ['true', 'false', '1', '0'],
  refused: [
    ['yes', '"yes" is not true or false.'],
    ['TRUE', '"TRUE" is not true or false.'],
  ],
};

const file: Row = { works: ['./file'], refused: [['', needs('FILE')]] };

const ROWS: Record<Name, Row> = {
  fixtures: { works: ['./team'], refused: [['', needs('PATH')]] },
  port: {
    works: ['0', '8080', '65535'],
    refused: ['65536', '-1', '80a', '1e3', ' 80', '0x50'].map((text) => [text, `"${text}" is not a whole number from 0 to 65535.`]),
  },
  host: {
    works: ['127.0.0.1', '0.0.0.0', '::', '::1', '::ffff:127.0.0.1', 'fe80::1%eth0', 'localhost', 'mor_1.test.', 'mör'],
    refused: [
      ['', needs('ADDRESS')],
      ['http://127.0.0.1', '"http://127.0.0.1" must be an address without a scheme and a path, such as 127.0.0.1.'],
      ['127.0.0.1:8080', '"127.0.0.1:8080" must be without a port, which is an option of its own.'],
      ['localhost:80', '"localhost:80" must be without a port, which is an option of its own.'],
      ['[::1]', '"[::1]" must be without brackets, such as ::1.'],
      ['fe80::1', '"fe80::1" must name its interface, such as fe80::1%eth0.'],
      ['224.0.0.1', `"224.0.0.1" ${NO_MULTICAST}`],
      ['255.255.255.255', `"255.255.255.255" ${NO_MULTICAST}`],
      ['ff02::1', '"ff02::1" is a multicast address, which no client can connect to.'],
      ['*', `"*" ${NO_ADDRESS}`],
      ['a\u001b[2J', `"a\\u001b[2J" (U+001B escape at character 2) ${NO_ADDRESS}`],
      [' 127.0.0.1', `" 127.0.0.1" ${NO_ADDRESS}`],
      ['256.1.1.1', `"256.1.1.1" ${NO_ADDRESS}`],
      ['a..b', `"a..b" ${NO_ADDRESS}`],
      ['a'.repeat(64), `"${'a'.repeat(60)}…" ${NO_ADDRESS}`],
      ['a.'.repeat(128), `"${'a.'.repeat(30)}…" ${NO_ADDRESS}`],
    ],
  },
  watch: boolean,
  tls: {
    works: ['self-signed'],
    refused: [
      ['', needs('self-signed')],
      ['on', '"on" is not one of self-signed.'],
    ],
  },
  tlsCaOut: file,
  tlsCert: file,
  tlsKey: file,
  explain: boolean,
  log: {
    works: ['pretty', 'json', 'silent'],
    refused: [
      ['jsn', '"jsn" is not one of pretty, json, silent. Did you mean "json"?'],
      ['loud', '"loud" is not one of pretty, json, silent.'],
    ],
  },
  admin: boolean,
  dashboard: boolean,
  adminToken: {
    works: ['a', 'a=b', 'AZ-az~0.9+/_==', 'two words', '--x'],
    refused: [
      ['', needs('TOKEN')],
      [' ', NO_TOKEN_BLANK],
      [' a', NO_TOKEN_BLANK],
      ['a ', NO_TOKEN_BLANK],
      ['a\n', NO_TOKEN_BLANK],
      ['a\nb', noTokenCharacter(2)],
      ['clé', noTokenCharacter(3)],
      ['a\u00a0b', noTokenCharacter(2)],
      ['a\u200bb', noTokenCharacter(2)],
      ['a\tb', noTokenCharacter(2)],
    ],
  },
  allowedHosts: {
    works: ['mor', 'MOR.test', 'mor.test.', 'mock_mor', 'mor:8080', 'mor:', '10.0.0.7', '[::1]', '[::1]:80', 'mör.test', '*', 'a, b'],
    refused: [
      ['', needs('NAME,…')],
      [',', needs('NAME,…')],
      [' , ,', needs('NAME,…')],
      ['*.mor.test', `"*.mor.test" ${WILDCARD}`],
      ['mor, mor-*', `"mor-*" ${WILDCARD}`],
      ['http://mor', `"http://mor" ${NAME_ALONE}`],
      ['mor/', `"mor/" ${NAME_ALONE}`],
      ['me@mor', `"me@mor" ${NAME_ALONE}`],
      ['::1', '"::1" must be in brackets, as in a URL: [::1].'],
      ['mor:70000', '"mor:70000" has a port above 65535.'],
      ['mor:a', `"mor:a" ${NO_HOST}`],
      ['a b', `"a b" ${NO_HOST}`],
      ['a..b', `"a..b" ${NO_HOST}`],
      ['a+b', `"a+b" ${NO_HOST}`],
      ['-a', `"-a" ${NO_HOST}`],
      ['.', `"." ${NO_HOST}`],
      ['[x]', `"[x]" ${NO_HOST}`],
    ],
  },
  maxBodyBytes: {
    works: ['1', '536870888'],
    refused: ['0', '536870889', '1mb', '-1'].map((text) => [
      text,
      `"${text}" is not a whole number from 1 to 536870888: no body fits into 0, and Node.js holds no longer text.`,
    ]),
  },
  maxParameters: {
    works: ['2', '9007199254740991'],
    refused: ['0', '1', '9007199254740992'].map((text) => [
      text,
      `"${text}" is not a whole number from 2 to 9007199254740991: a call has at least u and hash.`,
    ]),
  },
  maxHeaderBytes: {
    works: ['256', '16777216'],
    refused: ['0', '1', '255', '16777217'].map((text) => [
      text,
      `"${text}" is not a whole number from 256 to 16777216: the request line and the headers of an ordinary client need as much.`,
    ]),
  },
  headersTimeoutMs: timeout,
  requestTimeoutMs: timeout,
  keepAliveTimeoutMs: timeout,
  coverageReport: file,
  saveRun: file,
  coverageRequire: { works: ['page', 'all'], refused: [['al', '"al" is not one of page, all. Did you mean "all"?']] },
  verified: file,
  requestIds: boolean,
  journalEntries: {
    works: ['0', '1', '9007199254740991'],
    refused: [['-1', '"-1" is not a whole number from 0 to 9007199254740991.']],
  },
  sandboxes: { works: ['explicit', 'auto'], refused: [['Auto', '"Auto" is not one of explicit, auto. Did you mean "auto"?']] },
  maxSandboxes: { works: ['0', '5'], refused: [['none', '"none" is not a whole number from 0 to 9007199254740991.']] },
  sandboxIdleMs: {
    works: ['0', '1000', '3153600000000'],
    refused: ['1', '999', '3153600000001', '8640000000000000'].map((text) => [text, `"${text}" ${IDLE}`]),
  },
  journalBytes: {
    works: ['0', '4096'],
    refused: ['1', '4095'].map((text) => [
      text,
      `"${text}" is not 0 or a whole number from 4096 to 9007199254740991: one entry takes as much.`,
    ]),
  },
};

const cases = (pick: (row: Row) => readonly (readonly [text: string, message?: string])[]) =>
  Object.entries(ROWS).flatMap(([name, row]) => pick(row).map(([text, message = '']) => [name as Name, text, message] as const));

const WORKING = cases(({ works }) => works.map((text) => [text]));
const REFUSED = cases(({ refused }) => refused);

const resolve = (args: readonly string[], variables: Record<string, string> = {}) => {
  const command = new CliCommand('serve');
  declareOptions(command, OPTIONS);
  return resolveOptions(OPTIONS, parseArgs(command, args, OPTIONS).flags, variables);
};

test.each(WORKING)('%s: %j works', (name, text) => {
  const { flag } = OPTIONS[name];
  const byFlag = resolve([`--${flag}=${text}`])[name];
  expect(byFlag).not.toBeUndefined();
  expect(resolve([], { [variableName(OPTIONS[name])]: text })[name]).toEqual(byFlag);
});

test.each(REFUSED)('--%s: %j is refused', (name, text, message) => {
  const flag = `--${OPTIONS[name].flag}`;
  expect(() => resolve([`${flag}=${text}`])).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: `${flag} ${message}` }));
});

// An empty variable counts as not set.
test.each(REFUSED.filter(([, text]) => text !== ''))('the variable of %s: %j is refused', (name, text, message) => {
  const variable = variableName(OPTIONS[name]);
  expect(() => resolve([], { [variable]: text })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: `${variable} ${message}` }),
  );
});

/** What JavaScript has that a command line has not. */
const TOKEN = { title: 'a token', adminToken: 'x'.repeat(1000) };

test.each<[title: string, options: object, message: string]>([
  ['a token with a line feed', { adminToken: 'a\nb' }, `the option adminToken ${noTokenCharacter(2).slice(0, -1)}`],
  ['hosts that no header names', { allowedHosts: ['mor', '*.mor'] }, `the option allowedHosts "*.mor" ${WILDCARD.slice(0, -1)}`],
  ['an empty host', { allowedHosts: [''] }, `the option allowedHosts "" ${NO_HOST.slice(0, -1)}`],
  [
    'a time that no sandbox lives',
    { sandboxIdleMs: 5 },
    'the option sandboxIdleMs must be 0 or a whole number from 1000 to 3153600000000: it is in milliseconds, 0 is no limit, and a sandbox must live until its first request',
  ],
  [
    'a limit that is no whole number',
    { maxBodyBytes: 1.5 },
    'the option maxBodyBytes must be a whole number from 1 to 536870888: no body fits into 0, and Node.js holds no longer text',
  ],
  [
    'a token that does not fit into the headers',
    { adminToken: TOKEN.adminToken, maxHeaderBytes: 1255 },
    'the option adminToken is too long: with the other headers it does not fit into maxHeaderBytes, 1255 bytes',
  ],
  [
    'sandboxes at their first use, and none allowed',
    { sandboxes: 'auto', maxSandboxes: 0 },
    'the options sandboxes and maxSandboxes exclude each other: "auto" makes sandboxes, and 0 allows none',
  ],
])('createMockMor refuses %s', async (_title, options, message) => {
  await expect(createMockMor(options as MockMorOptions)).rejects.toMatchObject({ code: 'OPTION_INVALID', message });
});

test.each<[title: string, options: MockMorOptions]>([
  ['no further host', { allowedHosts: [] }],
  ['a token that just fits', { adminToken: TOKEN.adminToken, maxHeaderBytes: 1256 }],
  ['sandboxes by hand, and none allowed', { maxSandboxes: 0 }],
])('createMockMor takes %s', async (_title, options) => {
  await expect(createMockMor(options)).resolves.toBeDefined();
});

test('listen refuses an address that clients cannot reach', async () => {
  const mor = await createMockMor();
  await expect(mor.listen({ host: '224.0.0.1' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `the option host "224.0.0.1" ${NO_MULTICAST.slice(0, -1)}`,
  });
  expect(mor.url).toBeUndefined();
});

test('a token at the limits opens the admin API', async () => {
  const token = '!two "words" ~';
  const mor = await createMockMor({ adminToken: token });
  try {
    const url = await mor.listen();
    expect((await fetch(`${url}/__admin/health`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  } finally {
    await mor.close();
  }
});

test('the shortest header limit lets an ordinary client through', async () => {
  const mor = await createMockMor({ maxHeaderBytes: 256 });
  try {
    const url = await mor.listen();
    expect((await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: new URLSearchParams({ u: 'admin' }) })).status).toBe(200);
  } finally {
    await mor.close();
  }
});

test('the longest life of a sandbox is a date that can be shown', async () => {
  const mor = await createMockMor({ sandboxIdleMs: 3_153_600_000_000 });
  mor.createSandbox();
  expect(mor.sandboxes()).toEqual([expect.objectContaining({ expires_at: expect.stringMatching(/^21\d\d-.*Z$/) })]);
});
