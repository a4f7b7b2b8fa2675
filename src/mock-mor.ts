import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { checkElsewhere, checkOptions, checkOptionPairs } from './check-options.ts';
import type { Control, Health, ListenOptions, MockMorSandbox } from './control/control.ts';
import { fixturesFromObject, readFixtures } from './loader/load.ts';
import type { LoadProgress } from './loader/load-progress.ts';
import type { FixturesInput } from './loader/schema.ts';
import { getDefaultFixtures } from './loader/default-fixtures.ts';
import { allowedHost } from './http/admin/guard.ts';
import { createApp, createRequestHandler } from './http/app.ts';
import { bindToSandbox } from './http/choose-sandbox.ts';
import { Metrics } from './http/metrics.ts';
import { InProcessServer, type Fetch } from './http/in-process-fetch.ts';
import { ListeningPort } from './http/listening-port.ts';
import { startTimer, steadyClock, stopTimer } from './http/real-timers.ts';
import {
  createPlainServer,
  listen,
  getMessageClasses,
  type Listener,
  type MessageClasses,
  type ServerLimits,
  USUAL_LIMITS,
} from './http/server.ts';
import { checkTlsKeys, type TlsKeys } from './http/tls.ts';
import type { RequestEnd } from './http/vendor-router.ts';
import { SILENT, type Log, type LogEntry } from './log.ts';
import { OPTIONS } from './options.ts';
import { invalidOption } from './problems.ts';
import { MISSED_REQUESTS, MissedRequests, START } from './control/missed-requests.ts';
import { requestLogEntry, type ReasonLogging } from './control/request-log.ts';
import { worldSecrets } from './control/request-secrets.ts';
import { formatRequestId } from './control/request-view.ts';
import { RESET_SCOPES, type ResetReport, type ResetScope } from './control/reset.ts';
import { createSandboxKeeper, type SandboxKeeper, type SandboxServer } from './control/sandbox-control.ts';
import { checkEventOptions, EventHub, type EventOptions, type MockMorEvent } from './control/events.ts';
import { isYaml } from './control/check-arguments.ts';
import type { Origin } from './control/fixtures-control.ts';
import { makeRun, type RunFile } from './control/run-file.ts';
import { WorldControl } from './control/world-control.ts';
import { readVerified, verifiedView, type VerifiedView } from './control/verified.ts';
import { FixtureState } from './world/fixture-state.ts';
import { World } from './world/world.ts';
import { SandboxRegistry } from './world/sandbox-registry.ts';

export type { ListenOptions, MockMorSandbox } from './control/control.ts';
import { quote } from './mor/quote.ts';
import { redactPath, redactText } from './mor/redact.ts';

/** How a mock is made. Every field may be left out. */
export interface MockMorOptions {
  /** A YAML file or folder, or an object of the same shape. Default: the shipped fixtures. */
  readonly fixtures?: string | FixturesInput | undefined;
  /** Whether the admin API is served. Default: true. */
  readonly admin?: boolean | undefined;
  /** Whether the admin API has a page for browsers. Default: true. */
  readonly dashboard?: boolean | undefined;
  /** The bearer token the admin API asks for. Default: none. */
  readonly adminToken?: string | undefined;
  /** Host names the admin API may be called by, beyond loopback names and the bound address; `*` is any. Default: none. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Largest body of a request to the vendor's paths, in bytes. Default: 1048576. */
  readonly maxBodyBytes?: number | undefined;
  /** A file that `mock-mor verify --save` made: health then shows which behaviour is proven against what. Default: none. */
  readonly verified?: string | undefined;
  /** Largest number of parameters of a request, those of query and body together. Default: 1000. */
  readonly maxParameters?: number | undefined;
  /** Largest request line and headers together, in bytes. Holds where this listens, not for a server of yours over its handler. Default: 65536. */
  readonly maxHeaderBytes?: number | undefined;
  /** How long the headers of a request may take to come, in milliseconds; 0 is for ever. Holds where this listens. Default: 15000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a whole request may take to come, in milliseconds; 0 is for ever. Holds where this listens. Default: 30000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a connection may rest between two requests, or leave an answer unread, in milliseconds; 0 is for ever. Holds where this listens. Default: 65000. */
  readonly keepAliveTimeoutMs?: number | undefined;
  /** Whether answers carry `X-Mock-Mor-Request-Id`. Default: true. */
  readonly requestIds?: boolean | undefined;
  /** Requests the journal keeps; 0 keeps none. Default: 1000. */
  readonly journalEntries?: number | undefined;
  /** Bytes the journal keeps, by estimate; 0 keeps none. Default: 16777216. */
  readonly journalBytes?: number | undefined;
  /** How sandboxes come to be: by `createSandbox` and the admin API, or also by the first use of a name. Default: `explicit`. */
  readonly sandboxes?: 'explicit' | 'auto' | undefined;
  /** Sandboxes there may be at once; 0 allows none. Default: 10000. */
  readonly maxSandboxes?: number | undefined;
  /** How long a sandbox may stay unused until it expires, in milliseconds; 0 is for ever. Default: 3600000, an hour. */
  readonly sandboxIdleMs?: number | undefined;
  /** Hears of each load from files: how far it is, and which list files are read. Default: nobody. */
  readonly loadListener?: Omit<LoadProgress, 'onWarning'> | undefined;
  /** Serves HTTPS with this certificate and key, as PEM, where this listens. Default: plain HTTP. */
  readonly tls?: TlsKeys | undefined;
  /** Whether the log entry of a refused call says why (`reason`), and where the whole decision is (`details_url`). Default: false. */
  readonly explain?: boolean | undefined;
  /** Takes what goes wrong inside, what could be written better, and a line for each request to MOR's paths. Default: what goes wrong to standard error, no requests. */
  readonly log?: Log | undefined;
}

/** A MOR to test against: one world, its handler, and what a tester may do to it. */
export interface MockMor extends Control {
  /** The request handler: give it to supertest or to `http.createServer`, no port needed. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /**
   * Answers a request in this process, without a port, as `fetch` does: for `fetch` wrappers, msw and undici's `MockAgent`. The host of
   * the URL does not matter, and a path alone is fine. Redirects are not followed. Rejects with a `TypeError` if a fault loses the answer.
   */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Where it listens, without a slash at the end; undefined while it does not. */
  readonly url: string | undefined;
  /** Starts listening and resolves to the url. @throws MockMorError `OPTION_INVALID` where it listens already; the system's error, such as `EADDRINUSE` */
  listen(options?: ListenOptions): Promise<string>;
  /** Ends every connection, those kept alive too. May be called twice, and before `listen`. */
  close(): Promise<void>;
  /** Closes it at the end of its block: `await using mor = await createMockMor()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The options of the command that make sense in a process, by the same names; a row without a field in `MockMorOptions` is for JavaScript alone. */
const {
  host: _host,
  port: _port,
  fixtures: _fixtures,
  log: _log,
  watch: _watch,
  coverageReport: _report,
  coverageRequire: _require,
  saveRun: _run,
  tls: _tls,
  tlsCert: _tlsCert,
  tlsKey: _tlsKey,
  tlsCaOut: _tlsCaOut,
  ...LIBRARY_OPTIONS
} = OPTIONS;

/** Makes a mock. Two of them share nothing. @throws MockMorError `FIXTURE_INVALID` with every issue, `OPTION_INVALID`, `RECORD_INVALID` for a bad `verified`, `PACKAGE_NOT_FOUND` in a bundle that finds no shipped fixtures */
// eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract: fixtures may one day be read without blocking
export async function createMockMor(options: MockMorOptions = {}): Promise<MockMor> {
  const { fixtures = getDefaultFixtures(), log: givenLog, ...rest } = checked(options);
  const log = givenLog === undefined ? logToStandardError : unfailing(givenLog);
  // The log that is there anyway hears only of what goes wrong.
  const requestLog = givenLog === undefined || givenLog === SILENT ? SILENT : log;
  const journal = {
    entries: rest.journalEntries ?? OPTIONS.journalEntries.default,
    bytes: rest.journalBytes ?? OPTIONS.journalBytes.default,
  };
  const onWarning = (message: string): void => log({ level: 'warn', message });
  const origin = originOf(fixtures, options.fixtures === undefined, { ...rest.loadListener, onWarning });
  const records = typeof fixtures === 'string' ? readFixtures(fixtures, origin.listener) : fixturesFromObject(fixtures, origin.listener);
  const allowedHosts = new Set(rest.allowedHosts?.map(allowedHost));
  const root = new World(new FixtureState(records), journal, { source: origin.source, loadedAt: new Date() });
  const sandboxLimits = {
    max: rest.maxSandboxes ?? OPTIONS.maxSandboxes.default,
    idleMs: rest.sandboxIdleMs ?? OPTIONS.sandboxIdleMs.default,
    autoCreate: (rest.sandboxes ?? OPTIONS.sandboxes.default) === 'auto',
    journal,
  };
  // A test that sets its date to next year must not find its sandbox expired.
  const sandboxes = new SandboxRegistry(root, sandboxLimits, steadyClock());
  const metrics = new Metrics({
    sandboxes: () => sandboxes.list().length,
    droppedEntries: () => sandboxes.list().reduce((sum, { world }) => sum + world.journal.dropped, root.journal.dropped),
  });
  const missed = new MissedRequests(root);
  const keeper = createSandboxKeeper(sandboxes, origin, () => mor);
  const events = new EventHub(root, sandboxes, randomBytes(6).toString('hex'), { startTimer, stopTimer });
  const verified = rest.verified === undefined ? undefined : verifiedView(readVerified(rest.verified));
  const limits: ServerLimits = {
    maxHeaderBytes: rest.maxHeaderBytes ?? USUAL_LIMITS.maxHeaderBytes,
    headersTimeoutMs: rest.headersTimeoutMs ?? USUAL_LIMITS.headersTimeoutMs,
    requestTimeoutMs: rest.requestTimeoutMs ?? USUAL_LIMITS.requestTimeoutMs,
    keepAliveTimeoutMs: rest.keepAliveTimeoutMs ?? USUAL_LIMITS.keepAliveTimeoutMs,
  };
  const hasAdmin = rest.admin ?? OPTIONS.admin.default;
  const reasons = rest.explain === true ? { getUrl: () => mor.url ?? '', hasDetails: hasAdmin } : undefined;
  const mor: MockMorServer = new MockMorServer(
    root,
    origin,
    keeper,
    { metrics, tls: rest.tls, events, allowedHosts, verified, limits, missed, log, requestLog },
    (control) =>
      createApp({
        root,
        sandboxes,
        control,
        admin: hasAdmin ? { token: rest.adminToken, allowedHosts } : undefined,
        dashboard: rest.dashboard ?? OPTIONS.dashboard.default,
        maxBodyBytes: rest.maxBodyBytes ?? OPTIONS.maxBodyBytes.default,
        maxParameters: rest.maxParameters ?? OPTIONS.maxParameters.default,
        requestIds: rest.requestIds ?? OPTIONS.requestIds.default,
        onEnd: endOf(root, metrics, log, requestLog, reasons),
        onMissed: (method, path, status) => missed.record(method, path, status),
        log,
        requestLog,
      }),
  );
  return mor;
}

/** Reports a request that has ended. Requests are logged only if a log was given. */
function endOf(root: World, metrics: Metrics, log: Log, requestLog: Log, reasons: ReasonLogging | undefined): RequestEnd {
  const tell: RequestEnd = (entry, sandbox, params) => {
    const requestId = formatRequestId(sandbox.name, entry.number);
    root.outcomes.record(entry, requestId);
    if (sandbox !== root) sandbox.outcomes.record(entry, requestId);
    metrics.record(entry);
    if (requestLog !== SILENT) requestLog(requestLogEntry(entry, sandbox, params, reasons));
  };
  return (entry, sandbox, params) => {
    try {
      tell(entry, sandbox, params);
    } catch (error) {
      // The answer is out, and no running test should end because of this.
      const secrets = worldSecrets(sandbox.store);
      const path = redactPath(entry.path, secrets);
      log({ level: 'error', message: `reporting the end of ${entry.method} ${path} failed: ${redactText(stackOf(error), secrets)}` });
    }
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function checked(options: MockMorOptions): MockMorOptions {
  const rules = {
    ...LIBRARY_OPTIONS,
    fixtures: { type: 'any' },
    log: { type: 'any' },
    loadListener: { type: 'any' },
    tls: { type: 'any' },
  } as const;
  const example = "createMockMor({ fixtures: './fixtures' })";
  if (typeof (options as unknown) === 'object' && (options as unknown) !== null) checkElsewhere(options);
  checkOptions(options, rules, 'option', example);
  checkOptionPairs(options);
  const { fixtures, log, loadListener, tls } = options;
  if (tls !== undefined) checkTls(tls);
  if (typeof fixtures === 'string' && isYaml(fixtures)) {
    throw invalidOption(
      'the option fixtures is a path or an object, and this is YAML text: write it to a file, or call mor.replaceFixtures(text) on createMockMor({ fixtures: {} })',
    );
  }
  if (Array.isArray(fixtures)) throw invalidOption('the option fixtures is one path, not a list: of a folder all YAML files are read');
  if (fixtures !== undefined && typeof fixtures !== 'string' && (typeof fixtures !== 'object' || (fixtures as unknown) === null)) {
    throw invalidOption('the option fixtures must be a path or an object of the shape of a fixture file');
  }
  if (log !== undefined && typeof log !== 'function') {
    throw invalidOption(
      'the option log must be a function, such as (entry) => console.error(entry.message); pretty, json and silent are for the command',
    );
  }
  if (loadListener !== undefined && (typeof loadListener !== 'object' || (loadListener as unknown) === null))
    throw invalidOption('the option loadListener must be an object of functions');
  return options;
}

function checkTls(tls: unknown): void {
  const { cert, key } = (tls ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof cert !== 'string' || typeof key !== 'string')
    throw invalidOption('the option tls must be an object { cert, key } of two strings, the texts of PEM files');
  checkTlsKeys({ cert, key });
}

/** What belongs to the server, and not to one of its worlds. */
interface ServerParts {
  readonly metrics: Metrics;
  readonly events: EventHub;
  /** Grows by the address it listens on. */
  readonly allowedHosts: Set<string>;
  readonly verified: VerifiedView | undefined;
  readonly limits: ServerLimits;
  readonly tls: TlsKeys | undefined;
  readonly missed: MissedRequests;
  readonly log: Log;
  readonly requestLog: Log;
}

/** The control over its world, plus its server. */
class MockMorServer extends WorldControl implements MockMor, SandboxServer {
  readonly handler: MockMor['handler'];
  readonly #root: World;
  readonly #app: Express;
  readonly #server: ServerParts;
  readonly #classes: MessageClasses;
  readonly #inProcess: InProcessServer;
  readonly #fetch: Fetch;
  #missedSince = START;
  readonly #port: ListeningPort;
  readonly #sandboxPorts = new Set<ListeningPort>();

  constructor(root: World, origin: Origin, keeper: SandboxKeeper, server: ServerParts, makeApp: (control: Control) => Express) {
    super(() => root, origin, keeper);
    this.#root = root;
    this.#app = makeApp(this);
    this.#server = server;
    this.handler = createRequestHandler(this.#app, server);
    this.#classes = getMessageClasses(this.#app);
    this.#inProcess = new InProcessServer((handler) => createPlainServer(handler, this.#classes, server.limits, server).server);
    this.#fetch = this.createFetch(this.handler);
    this.#port = new ListeningPort((host, port) => this.#start(this.handler, host, port));
  }

  override health(): Health {
    const { verified } = this.#server;
    return { ...super.health(), ...(verified === undefined ? {} : { verified }) };
  }

  override run(): RunFile {
    return makeRun(this.instance, this.#root, this.events.listWorlds().slice(1));
  }

  metrics(): Promise<string> {
    return this.#server.metrics.text();
  }

  get instance(): string {
    return this.events.instance;
  }

  get events(): EventHub {
    return this.#server.events;
  }

  subscribe(listener: (event: MockMorEvent) => void, options: EventOptions = {}): () => void {
    checkEventOptions(listener, options);
    return this.events.subscribe(options.sandbox === '*' ? undefined : this.#root, listener, options);
  }

  get url(): string | undefined {
    return this.#port.url;
  }

  override reset(scopes: readonly ResetScope[] = RESET_SCOPES): ResetReport {
    const report = super.reset(scopes);
    if (report.reset.includes('requests')) this.#missedSince = this.#server.missed.now();
    return report;
  }

  override [MISSED_REQUESTS](): readonly string[] {
    return this.#server.missed.describe(this.#missedSince);
  }

  missedSince(): (path: string) => readonly string[] {
    const { missed } = this.#server;
    const since = missed.now();
    return (path) => missed.describe(since, path);
  }

  createHandler(sandbox: World): MockMorSandbox['handler'] {
    return (request, response) => {
      bindToSandbox(request, sandbox);
      this.handler(request, response);
    };
  }

  createFetch(handler: MockMorSandbox['handler']): Fetch {
    return this.#inProcess.createFetch(handler);
  }

  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response> {
    return this.#fetch(input, init);
  }

  createPort(handler: MockMorSandbox['handler']): ListeningPort {
    const port: ListeningPort = new ListeningPort(async (host, number) => {
      // A test that is over waits for nobody.
      const { url, close } = await this.#start(handler, host, number, 0);
      this.#sandboxPorts.add(port);
      return {
        url,
        close: () => {
          this.#sandboxPorts.delete(port);
          return close();
        },
      };
    });
    return port;
  }

  listen(options: ListenOptions = {}): Promise<string> {
    return this.#port.listen(options);
  }

  async close(): Promise<void> {
    // Streams of events would hold up the end of the server.
    this.events.close();
    this.#inProcess.close();
    const closing = this.#port.close((isStopping) => (this.isStopping = isStopping));
    await Promise.all([closing, ...[...this.#sandboxPorts].map((port) => port.close())]);
  }

  async #start(handler: MockMorSandbox['handler'], host: string, port: number, graceMs?: number): Promise<Listener> {
    const { limits, log, requestLog, allowedHosts, tls } = this.#server;
    const listener = await listen(handler, this.#classes, host, port, limits, { graceMs, tls, log, requestLog });
    // The host to listen on is a name that it may be called by.
    allowedHosts.add(host.toLowerCase());
    return listener;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A log that fails, at once or by a promise, must fail no request and end no process: standard error gets its error and the entry. */
function unfailing(log: (entry: LogEntry) => unknown): Log {
  return (entry) => {
    const report = (error: unknown): void => {
      logToStandardError({
        level: 'error',
        message: `the log that was given failed at ${quote(entry.message, { maxLength: 500, isMultiline: true })}: ${stackOf(error)}`,
      });
    };
    try {
      const result = log(entry);
      if (result !== undefined) Promise.resolve(result).catch(report);
    } catch (error) {
      report(error);
    }
  };
}

function logToStandardError(entry: Parameters<Log>[0]): void {
  console.error(`mock-mor: ${entry.message}`);
}

function originOf(fixtures: string | FixturesInput, isShipped: boolean, listener: LoadProgress): Origin {
  if (typeof fixtures !== 'string') return { source: 'object', path: undefined, listener };
  return { source: isShipped ? 'shipped' : fixtures, path: fixtures, listener };
}
