import { findBearerTokenIssue, findHostNameIssue, findListenAddressIssue } from './option-values.ts';

/** One option: a flag, an environment variable and, unless it is only for the command line, a field of `createMockMor`'s options. */
export interface OptionDeclaration {
  /** The flag without its dashes; the variable is `MOCK_MOR_` and the flag in capitals. */
  readonly flag: string;
  readonly type: 'text' | 'count' | 'switch' | 'list' | readonly string[];
  /** The value where nothing is said; absent where there is none. */
  readonly default?: string | number | boolean;
  /** How the default is told where it is no plain value. */
  readonly defaultText?: string;
  /** The placeholder of its value in the help. */
  readonly value?: string;
  /** The lowest value of a count. Default: 0. */
  readonly min?: number;
  /** The highest value of a count. */
  readonly max?: number;
  /** The lowest value of a count for which 0 means something else, such as "for ever". */
  readonly minAboveZero?: number;
  /** Why a count must lie within its bounds. */
  readonly boundsReason?: string;
  /** Why a text, or an item of a list, can never work, as the end of a sentence about it; undefined if it can. */
  readonly findIssue?: (text: string) => string | undefined;
  /** Its value must not be shown. Default: false. */
  readonly isSecret?: true;
  /** What it does, in one line. */
  readonly about: string;
}

/** Longer than this no timer can wait. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** What the request line and the headers of an ordinary client need, in bytes. */
export const MIN_HEADER_BYTES = 256;

/** A time-out of a server, in milliseconds: a shorter one would end connections of clients that are only a network away. */
const TIMEOUT_BOUNDS = { minAboveZero: 10, max: LONGEST_TIMER_MS, boundsReason: 'it is in milliseconds, and 0 is for ever' } as const;

/** Every option of `mock-mor serve`. Feeds the flags, the variables, the help, `createMockMor` and the README's table. */
export const OPTIONS = {
  fixtures: {
    flag: 'fixtures',
    type: 'text',
    value: 'PATH',
    defaultText: 'the shipped ones',
    about: 'YAML file or folder to load the world from',
  },
  port: { flag: 'port', type: 'count', value: 'N', default: 8080, max: 65535, about: 'port to listen on; 0 takes any free one' },
  host: {
    flag: 'host',
    type: 'text',
    value: 'ADDRESS',
    default: '127.0.0.1',
    findIssue: findListenAddressIssue,
    about: 'address to listen on; the image sets 0.0.0.0',
  },
  watch: { flag: 'watch', type: 'switch', default: false, about: 'load the fixtures anew when a file changes; this also resets the world' },
  log: {
    flag: 'log',
    type: ['pretty', 'json', 'silent'],
    defaultText: 'pretty on a terminal, else json',
    about: 'how to log to standard error; silent leaves only the ready line',
  },
  admin: { flag: 'admin', type: 'switch', default: true, about: 'do without the admin API under /__admin (the variable: false)' },
  adminToken: {
    flag: 'admin-token',
    type: 'text',
    value: 'TOKEN',
    isSecret: true,
    findIssue: findBearerTokenIssue,
    about: 'ask for "Authorization: Bearer TOKEN" on the admin API',
  },
  allowedHosts: {
    flag: 'allowed-hosts',
    type: 'list',
    value: 'NAME,…',
    defaultText: 'loopback names and the address it listens on',
    findIssue: findHostNameIssue,
    about: 'further Host names the admin API may be called by; * allows any',
  },
  maxBodyBytes: {
    flag: 'max-body-bytes',
    type: 'count',
    value: 'N',
    default: 1_048_576,
    min: 1,
    // The longest text that V8 holds.
    max: 536_870_888,
    boundsReason: 'no body fits into 0, and Node.js holds no longer text',
    about: "largest body of a request to the vendor's paths, in bytes",
  },
  maxParameters: {
    flag: 'max-parameters',
    type: 'count',
    value: 'N',
    default: 1000,
    min: 2,
    boundsReason: 'a call has at least u and hash',
    about: 'largest number of parameters of a request, those of query and body together',
  },
  maxHeaderBytes: {
    flag: 'max-header-bytes',
    type: 'count',
    value: 'N',
    default: 65_536,
    min: MIN_HEADER_BYTES,
    max: 16_777_216,
    boundsReason: 'the request line and the headers of an ordinary client need as much',
    about: 'largest request line and headers together, in bytes',
  },
  headersTimeoutMs: {
    flag: 'headers-timeout-ms',
    type: 'count',
    value: 'N',
    default: 15_000,
    ...TIMEOUT_BOUNDS,
    about: 'how long the headers of a request may take to come, in milliseconds; 0 is for ever',
  },
  requestTimeoutMs: {
    flag: 'request-timeout-ms',
    type: 'count',
    value: 'N',
    default: 30_000,
    ...TIMEOUT_BOUNDS,
    about: 'how long a whole request may take to come, in milliseconds; 0 is for ever',
  },
  keepAliveTimeoutMs: {
    flag: 'keep-alive-timeout-ms',
    type: 'count',
    value: 'N',
    default: 65_000,
    ...TIMEOUT_BOUNDS,
    about: 'how long a connection may rest between two requests, or leave an answer unread, in milliseconds; 0 is for ever',
  },
  coverageReport: {
    flag: 'coverage-report',
    type: 'text',
    value: 'FILE',
    about: 'write which outcomes were met into this file, as JSON, on exit',
  },
  coverageRequire: {
    flag: 'coverage-require',
    type: ['page', 'all'],
    defaultText: 'nothing',
    about: "exit with 1 where not every outcome was met: those of the vendor's page, or all",
  },
  verified: {
    flag: 'verified',
    type: 'text',
    value: 'FILE',
    about: 'tell in health which behaviour is proven against what, by a run that `verify --save` kept',
  },
  requestIds: {
    flag: 'request-ids',
    type: 'switch',
    default: true,
    about: 'leave the header X-Mock-Mor-Request-Id out, which names the journal entry of an answer (the variable: false)',
  },
  journalEntries: { flag: 'journal-entries', type: 'count', value: 'N', default: 1000, about: 'requests the journal keeps; 0 keeps none' },
  sandboxes: {
    flag: 'sandboxes',
    type: ['explicit', 'auto'],
    default: 'explicit',
    about: 'how sandboxes come to be: made over the admin API, or also by the first use of a name',
  },
  maxSandboxes: {
    flag: 'max-sandboxes',
    type: 'count',
    value: 'N',
    default: 10_000,
    about: 'sandboxes there may be at once; 0 allows none',
  },
  sandboxIdleMs: {
    flag: 'sandbox-idle-ms',
    type: 'count',
    value: 'N',
    default: 3_600_000,
    minAboveZero: 1000,
    max: 3_153_600_000_000,
    boundsReason: 'it is in milliseconds, 0 is for ever, and a sandbox must live until its first request',
    about: 'how long a sandbox may stay unused until it expires, in milliseconds; 0 is for ever',
  },
  journalBytes: {
    flag: 'journal-bytes',
    type: 'count',
    value: 'N',
    default: 16_777_216,
    minAboveZero: 4096,
    boundsReason: 'one entry takes as much',
    about: 'bytes the journal keeps, by estimate; 0 keeps none',
  },
} as const satisfies Record<string, OptionDeclaration>;

/** Where a server is that was started with no option. */
export const DEFAULT_URL = `http://${OPTIONS.host.default}:${String(OPTIONS.port.default)}`;
