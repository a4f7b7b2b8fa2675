/** The sub-commands. What one needs is loaded when it runs: a health check every two seconds must not pay for a server. */
import { DESCRIPTIONS } from '../control/descriptions.ts';
import { METHODS } from '../mor/define-call.ts';
import { findServerUrlIssue } from '../option-values.ts';
import { DEFAULT_URL, LONGEST_TIMER_MS, OPTIONS } from '../options.ts';
import type { CommandOptions, Given, Syntax } from './arguments.ts';

/** A sub-command as the help tells it and as it runs. */
export interface Command extends Syntax {
  readonly about: string;
  /** Does it and gives the exit status. */
  run(given: Given, variables: NodeJS.ProcessEnv): Promise<number>;
}

/** The options of `mock-mor hash`. */
export const HASH_OPTIONS = {
  providerId: {
    flag: 'provider-id',
    type: 'text',
    value: 'ID',
    mayBeEmpty: true,
    about: 'provider_id as it will be sent; empty where a reseller leaves it out',
  },
  did: { flag: 'did', type: 'text', value: 'NUMBER', mayBeEmpty: true, about: 'DID number as it will be sent' },
  u: { flag: 'u', type: 'text', value: 'NAME', default: 'admin', about: 'username of the caller; his key is taken from the fixtures' },
  key: { flag: 'key', type: 'text', value: 'KEY', defaultText: "the caller's, from the fixtures", about: 'API secret key' },
  fixtures: OPTIONS.fixtures,
  url: { flag: 'url', type: 'text', value: 'URL', default: DEFAULT_URL, findIssue: findServerUrlIssue, about: 'server the curl line asks' },
} as const satisfies CommandOptions;

/** The options of `mock-mor explain`. */
export const EXPLAIN_OPTIONS = {
  fixtures: OPTIONS.fixtures,
  method: {
    flag: 'method',
    type: METHODS,
    defaultText: "the curl line's, else POST",
    about: 'as which method the call is judged',
  },
  json: { flag: 'json', type: 'switch', default: false, about: 'print the trace as JSON, as the admin API answers it' },
} as const satisfies CommandOptions;

/** The options of `mock-mor verify`. */
export const VERIFY_OPTIONS = {
  profile: {
    flag: 'profile',
    type: 'text',
    value: 'FILE',
    about: 'what a real server has, as YAML; without one the server must be a mock',
  },
  allowWrites: {
    flag: 'allow-writes',
    type: 'switch',
    default: false,
    about: "run also what makes numbers on a real server, under the profile's prefix",
  },
  made: {
    flag: 'made',
    type: 'text',
    value: 'FILE',
    default: 'mock-mor-made.csv',
    about: 'where the numbers that were made on a real server are listed, with their ids, as they are made',
  },
  only: {
    flag: 'only',
    type: 'text',
    value: 'WHAT',
    about: 'run only the cases of a rule or a family of rules, or with this in their title',
  },
  list: { flag: 'list', type: 'switch', default: false, about: 'list the cases, and run none' },
  format: { flag: 'format', type: ['pretty', 'json', 'junit', 'github'], default: 'pretty', about: 'the form of the report' },
  strict: {
    flag: 'strict',
    type: 'switch',
    defaultText: 'for a mock, not for a real server',
    about: 'let headers, white space, envelope and dialect count too',
  },
  rate: {
    flag: 'rate',
    type: 'count',
    value: 'N',
    defaultText: '10 for a real server, no limit for a mock',
    about: 'requests a second at most; 0 is no limit',
  },
  timeoutMs: {
    flag: 'timeout-ms',
    type: 'count',
    value: 'N',
    default: 10_000,
    max: LONGEST_TIMER_MS,
    boundsReason: 'no timer waits longer',
    about: 'how long one answer may take, in milliseconds; 0 is no limit',
  },
  save: {
    flag: 'save',
    type: 'text',
    value: 'FILE',
    about: 'keep what was found, for serve --verified and --against; no address and no key in it',
  },
  against: { flag: 'against', type: 'text', value: 'FILE', about: 'tell what has changed since a run that was kept' },
} as const satisfies CommandOptions;

/** The options of `mock-mor shadow`. */
export const SHADOW_OPTIONS = {
  target: { flag: 'target', type: 'text', value: 'URL', about: 'the real server, http or https: scheme, host and port; needed' },
  fixtures: OPTIONS.fixtures,
  port: OPTIONS.port,
  host: OPTIONS.host,
  record: {
    flag: 'record',
    type: 'text',
    value: 'FILE',
    about: 'append what was judged to this file, as cases of the contract; no secret goes into it',
  },
  targetTimeoutMs: {
    flag: 'target-timeout-ms',
    type: 'count',
    value: 'N',
    default: 30_000,
    min: 1,
    max: LONGEST_TIMER_MS,
    boundsReason: 'nothing waits for ever here',
    about: 'how long the target may take for an answer, in milliseconds',
  },
  maxBodyBytes: OPTIONS.maxBodyBytes,
  log: OPTIONS.log,
} as const satisfies CommandOptions;

/** The options of `mock-mor healthcheck`: those of the server that say how to reach it. */
export const HEALTHCHECK_OPTIONS = {
  port: { ...OPTIONS.port, min: 1, boundsReason: 'a server that was started with 0 has a port of its own, which the ready line names' },
  host: OPTIONS.host,
  admin: OPTIONS.admin,
  adminToken: OPTIONS.adminToken,
} as const satisfies CommandOptions;

/** What runs where no sub-command is named. */
export const SERVE: Command = {
  name: 'serve',
  operands: [],
  options: OPTIONS,
  about: 'starts the server (also where no command is named)',
  run: async ({ flags }, variables) => (await import('./serve.ts')).serve(flags, variables),
};

/** Every sub-command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  SERVE,
  {
    name: 'validate',
    operands: ['PATH'],
    options: {},
    about: 'checks a fixture file or folder and reports every fault in it',
    run: async ({ operands: [path = ''] }) => (await import('./validate.ts')).validate(path),
  },
  {
    name: 'hash',
    operands: [],
    options: HASH_OPTIONS,
    about: 'shows how the hash of a did_create is made, and a curl line that sends it',
    run: async ({ flags }, variables) => (await import('./hash.ts')).hash(flags, variables),
  },
  {
    name: 'explain',
    operands: ['WORDS'],
    takesMoreWords: true,
    options: EXPLAIN_OPTIONS,
    about:
      'explains why MOR would reject a call. WORDS: a query string, a URL, or a command of curl, PowerShell or fetch as it was copied ' +
      '(quoted, or after --; - reads standard input). Exit status 1 if it would be rejected',
    run: async (given, variables) => (await import('./explain.ts')).explain(given, variables),
  },
  {
    name: 'verify',
    operands: ['URL'],
    operandIsOptional: true,
    options: VERIFY_OPTIONS,
    about:
      'runs the cases of the contract against a mock or, with a profile, a real server; status 1 where something differs, 2 where it could not run',
    run: async (given, variables) => (await import('./verify.ts')).verify(given, variables),
  },
  {
    name: 'describe',
    operands: ['WHAT'],
    options: {},
    about: `prints what other tools read. WHAT is one of ${Object.entries(DESCRIPTIONS)
      .map(([name, { about }]) => `${name} (${about})`)
      .join(', ')}`,
    run: async ({ operands: [what = ''] }) => (await import('./describe.ts')).describe(what),
  },
  {
    name: 'shadow',
    operands: [],
    options: SHADOW_OPTIONS,
    about: 'stands in front of a real server, passes requests on to it, and lists where the mock would have answered otherwise',
    run: async ({ flags }, variables) => (await import('./shadow.ts')).shadow(flags, variables),
  },
  {
    name: 'healthcheck',
    operands: [],
    options: HEALTHCHECK_OPTIONS,
    about: 'asks the running server whether it serves; in a container it finds the port itself',
    run: async ({ flags }, variables) => (await import('./healthcheck.ts')).healthcheck(flags, variables),
  },
];
