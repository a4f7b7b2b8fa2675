import { findBearerTokenIssue, findHostNameIssue, findListenAddressIssue } from './option-values.ts';

/** One option: a flag, an environment variable and, unless only the command line has it, a field of `createMockMor`'s options. */
export interface OptionSpec {
  /** The flag without its dashes; the variable is `MOCK_MOR_` and the flag in capitals. */
  readonly flag: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'list' | readonly string[];
  /** The value if none is given; absent if there is none. */
  readonly default?: string | number | boolean;
  /** The default in words, if it is no plain value. */
  readonly defaultText?: string;
  /** The placeholder of its value in the help. */
  readonly value?: string;
  /** The lowest integer. Default: 0. */
  readonly min?: number;
  /** The highest integer. Default: the highest safe one. */
  readonly max?: number;
  /** The lowest integer above 0, if 0 means something else, such as "no limit". */
  readonly minAboveZero?: number;
  /** Why an integer must lie within its bounds. */
  readonly boundsReason?: string;
  /** Why a string, or an item of a list, can never work, as the end of a sentence about it; undefined if it can. */
  readonly findIssue?: (text: string) => string | undefined;
  /** Its value must not be shown. Default: false. */
  readonly isSecret?: true;
  /** What it does, in one line. */
  readonly summary: string;
}

/** The longest time that a timer of Node.js can wait, in milliseconds. */
export const MAX_TIMER_MS = 2_147_483_647;

/** What the request line and the headers of an ordinary client need, in bytes. */
export const MIN_HEADER_BYTES = 256;

/** A time-out of the server: a shorter one would end connections of clients that are only a network away. */
const TIMEOUT = {
  type: 'integer',
  value: 'N',
  minAboveZero: 10,
  max: MAX_TIMER_MS,
  boundsReason: 'it is in milliseconds, and 0 is no limit',
} as const;

/** Every option of `mock-mor serve`. Feeds the flags, the variables, the help, `createMockMor` and the table in docs/options.md. */
export const OPTIONS = {
  fixtures: {
    flag: 'fixtures',
    type: 'string',
    value: 'PATH',
    defaultText: 'the shipped ones',
    summary: 'YAML file or folder to load the fixtures from',
  },
  port: {
    flag: 'port',
    type: 'integer',
    value: 'N',
    default: 8080,
    max: 65_535,
    summary: 'port to listen on; 0 takes any free one',
  },
  host: {
    flag: 'host',
    type: 'string',
    value: 'ADDRESS',
    default: '127.0.0.1',
    findIssue: findListenAddressIssue,
    summary: 'address to listen on; the image sets 0.0.0.0',
  },
  watch: {
    flag: 'watch',
    type: 'boolean',
    default: false,
    summary: 'load the fixtures again when a file changes; this also resets the world',
  },
  log: {
    flag: 'log',
    type: ['pretty', 'json', 'silent'],
    defaultText: 'pretty on a terminal, else json',
    summary: 'how to log to standard error; silent leaves only the ready line',
  },
  explain: {
    flag: 'explain',
    type: 'boolean',
    defaultText: 'on a terminal',
    summary: 'log below each refused call why, and where the whole decision is',
  },
  admin: {
    flag: 'admin',
    type: 'boolean',
    default: true,
    summary: 'do not serve the admin API under /__admin (variable: false)',
  },
  dashboard: {
    flag: 'dashboard',
    type: 'boolean',
    default: true,
    summary: 'do not serve the dashboard, the page for browsers, at /__admin/ (variable: false)',
  },
  tls: {
    flag: 'tls',
    type: ['self-signed'],
    defaultText: 'plain HTTP',
    summary: 'serve HTTPS by a certificate made at the start, for localhost, 127.0.0.1, ::1, --host and --allowed-hosts',
  },
  tlsCaOut: {
    flag: 'tls-ca-out',
    type: 'string',
    value: 'FILE',
    summary: 'write the certificate of --tls self-signed to this file, for clients to trust',
  },
  tlsCert: { flag: 'tls-cert', type: 'string', value: 'FILE', summary: 'serve HTTPS by this certificate, as PEM' },
  tlsKey: { flag: 'tls-key', type: 'string', value: 'FILE', summary: 'the private key of --tls-cert, as PEM without a passphrase' },
  adminToken: {
    flag: 'admin-token',
    type: 'string',
    value: 'TOKEN',
    isSecret: true,
    findIssue: findBearerTokenIssue,
    summary: 'require "Authorization: Bearer TOKEN" on the admin API',
  },
  allowedHosts: {
    flag: 'allowed-hosts',
    type: 'list',
    value: 'NAME,…',
    defaultText: 'loopback names and the address it listens on',
    findIssue: findHostNameIssue,
    summary: 'more names in the Host header that the admin API accepts; * accepts any',
  },
  maxBodyBytes: {
    flag: 'max-body-bytes',
    type: 'integer',
    value: 'N',
    default: 1_048_576,
    min: 1,
    // The longest string that V8 holds.
    max: 536_870_888,
    boundsReason: 'no body fits into 0, and Node.js holds no longer text',
    summary: "largest body of a request to MOR's paths, in bytes",
  },
  maxParameters: {
    flag: 'max-parameters',
    type: 'integer',
    value: 'N',
    default: 1000,
    min: 2,
    boundsReason: 'a call has at least u and hash',
    summary: 'largest number of parameters of a request, in query and body together',
  },
  maxHeaderBytes: {
    flag: 'max-header-bytes',
    type: 'integer',
    value: 'N',
    default: 65_536,
    min: MIN_HEADER_BYTES,
    max: 16_777_216,
    boundsReason: 'the request line and the headers of an ordinary client need as much',
    summary: 'largest request line and headers together, in bytes',
  },
  headersTimeoutMs: {
    ...TIMEOUT,
    flag: 'headers-timeout-ms',
    default: 15_000,
    summary: 'time in which the headers of a request must arrive, in milliseconds; 0 is no limit',
  },
  requestTimeoutMs: {
    ...TIMEOUT,
    flag: 'request-timeout-ms',
    default: 30_000,
    summary: 'time in which a complete request must arrive, in milliseconds; 0 is no limit',
  },
  keepAliveTimeoutMs: {
    ...TIMEOUT,
    flag: 'keep-alive-timeout-ms',
    default: 65_000,
    summary: 'time for which a connection may be idle, or its response unread, in milliseconds; 0 is no limit',
  },
  coverageReport: {
    flag: 'coverage-report',
    type: 'string',
    value: 'FILE',
    summary: 'on exit, write to this file, as JSON, which outcomes were met',
  },
  coverageRequire: {
    flag: 'coverage-require',
    type: ['page', 'all'],
    defaultText: 'nothing',
    summary: "exit with 1 unless every outcome was met: those of the vendor's page, or all",
  },
  saveRun: {
    flag: 'save-run',
    type: 'string',
    value: 'FILE',
    summary: 'on exit, write to this file, as JSON, the journal with its decisions, the coverage and the faults; the dashboard opens it',
  },
  verified: {
    flag: 'verified',
    type: 'string',
    value: 'FILE',
    summary: 'show in health which behaviour is proven against what, by a run saved with `verify --save`',
  },
  requestIds: {
    flag: 'request-ids',
    type: 'boolean',
    default: true,
    summary: 'do not send X-Mock-Mor-Request-Id, the id of the journal entry (variable: false)',
  },
  journalEntries: {
    flag: 'journal-entries',
    type: 'integer',
    value: 'N',
    default: 1000,
    summary: 'number of requests the journal keeps; 0 keeps none',
  },
  sandboxes: {
    flag: 'sandboxes',
    type: ['explicit', 'auto'],
    default: 'explicit',
    summary: 'how sandboxes are made: over the admin API, or also by the first use of a name',
  },
  maxSandboxes: {
    flag: 'max-sandboxes',
    type: 'integer',
    value: 'N',
    default: 10_000,
    summary: 'number of sandboxes that may exist at once; 0 allows none',
  },
  sandboxIdleMs: {
    flag: 'sandbox-idle-ms',
    type: 'integer',
    value: 'N',
    default: 3_600_000,
    minAboveZero: 1000,
    // A hundred years: every such date can be shown.
    max: 3_153_600_000_000,
    boundsReason: 'it is in milliseconds, 0 is no limit, and a sandbox must live until its first request',
    summary: 'time without a request after which a sandbox expires, in milliseconds; 0 is never',
  },
  journalBytes: {
    flag: 'journal-bytes',
    type: 'integer',
    value: 'N',
    default: 16_777_216,
    minAboveZero: 4096,
    boundsReason: 'one entry takes as much',
    summary: 'size of the journal in bytes, by estimate; 0 keeps nothing',
  },
} as const satisfies Record<string, OptionSpec>;

/** The address of a server that was started without options. */
export const DEFAULT_URL = `http://${OPTIONS.host.default}:${String(OPTIONS.port.default)}`;
