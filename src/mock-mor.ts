import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { checkOptions } from './check-options.ts';
import type { Control } from './control.ts';
import { checkFixtures, readFixtures } from './fixtures/load.ts';
import type { FixturesInput } from './fixtures/schema.ts';
import { SHIPPED_FIXTURES } from './fixtures/shipped.ts';
import { allowedHost } from './http/admin/guard.ts';
import { createApp, handlerOf } from './http/app.ts';
import { listen, messageClassesOf, type Listener, type MessageClasses } from './http/server.ts';
import type { Log } from './log.ts';
import { OPTIONS } from './options.ts';
import { MockMorError } from './problems.ts';
import { WorldControl, type Origin } from './world-control.ts';
import { Base } from './world/base.ts';
import { Store } from './world/store.ts';

/** How a mock is made. Every field may be left out. */
export interface MockMorOptions {
  /** A YAML file or folder, or an object of the same shape. Default: the shipped fixtures. */
  readonly fixtures?: string | FixturesInput | undefined;
  /** Whether the admin API is served. Default: true. */
  readonly admin?: boolean | undefined;
  /** The bearer token the admin API asks for. Default: none. */
  readonly adminToken?: string | undefined;
  /** Host names the admin API may be called by, beyond loopback names and the bound address; `*` is any. Default: none. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Largest body of a request to the vendor's paths, in bytes. Default: 1048576. */
  readonly maxBodyBytes?: number | undefined;
  /** Takes what goes wrong inside. Default: standard error. */
  readonly log?: Log | undefined;
}

/** Where to listen. */
export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`. */
  readonly host?: string | undefined;
}

/** A MOR to test against: one world, its handler, and what a tester may do to it. */
export interface MockMor extends Control {
  /** The request handler: give it to supertest or to `http.createServer`, no port needed. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Where it listens, without a slash at the end; undefined while it does not. */
  readonly url: string | undefined;
  /** Starts listening and resolves to the url. @throws MockMorError `OPTION_INVALID` where it listens already; the system's error, such as `EADDRINUSE` */
  listen(options?: ListenOptions): Promise<string>;
  /** Ends every connection, those kept alive too. May be called twice, and before `listen`. */
  close(): Promise<void>;
}

const { admin, adminToken, maxBodyBytes, host, port } = OPTIONS;

const LIBRARY_OPTIONS = { admin, adminToken, allowedHosts: OPTIONS.allowedHosts, maxBodyBytes };

/** Makes a mock. Two of them share nothing. @throws MockMorError `FIXTURE_INVALID` with every fault, `OPTION_INVALID` */
// eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract: fixtures may one day be read without blocking
export async function createMockMor(options: MockMorOptions = {}): Promise<MockMor> {
  const { fixtures = SHIPPED_FIXTURES, log = logToStandardError, ...rest } = checked(options);
  const records = typeof fixtures === 'string' ? readFixtures(fixtures) : checkFixtures(fixtures);
  const allowedHosts = new Set(rest.allowedHosts?.map(allowedHost));
  const store = new Store(new Base(records));
  return new MockMorServer(store, originOf(fixtures), allowedHosts, (control) =>
    createApp({
      store,
      control,
      admin: (rest.admin ?? admin.default) ? { token: rest.adminToken, allowedHosts } : undefined,
      maxBodyBytes: rest.maxBodyBytes ?? maxBodyBytes.default,
      log,
    }),
  );
}

function checked(options: MockMorOptions): MockMorOptions {
  checkOptions(options, { ...LIBRARY_OPTIONS, fixtures: { type: 'any' }, log: { type: 'any' } });
  const { fixtures, log } = options;
  if (fixtures !== undefined && typeof fixtures !== 'string' && (typeof fixtures !== 'object' || (fixtures as unknown) === null)) {
    throw new MockMorError('OPTION_INVALID', 'the option fixtures must be a path or an object of the shape of a fixture file');
  }
  if (log !== undefined && typeof log !== 'function') throw new MockMorError('OPTION_INVALID', 'the option log must be a function');
  return options;
}

/** The control over its world, plus its server. */
class MockMorServer extends WorldControl implements MockMor {
  readonly handler: MockMor['handler'];
  readonly #classes: MessageClasses;
  readonly #allowedHosts: Set<string>;
  #listener: Promise<Listener> | undefined;
  #url: string | undefined;

  constructor(store: Store, origin: Origin, allowedHosts: Set<string>, makeApp: (control: Control) => Express) {
    super(store, origin);
    const app = makeApp(this);
    this.handler = handlerOf(app);
    this.#classes = messageClassesOf(app);
    this.#allowedHosts = allowedHosts;
  }

  get url(): string | undefined {
    return this.#url;
  }

  async listen(options: ListenOptions = {}): Promise<string> {
    checkOptions(options, { host, port });
    if (this.#listener !== undefined) throw new MockMorError('OPTION_INVALID', 'it listens already; close it first');
    const address = options.host ?? host.default;
    this.#listener = listen(this.handler, this.#classes, address, options.port ?? 0);
    try {
      const { url } = await this.#listener;
      this.#url = url;
      // What it was told to listen on is a name it may be called by.
      this.#allowedHosts.add(address.toLowerCase());
      return url;
    } catch (error) {
      this.#listener = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const listening = this.#listener;
    // One that never came to listen is closed; whoever called `listen` is told why.
    const listener = await listening?.catch(() => undefined);
    if (listener === undefined) return;
    this.isStopping = true;
    await listener.close();
    // Another close that waited for the same one comes here too.
    if (this.#listener === listening) {
      this.#listener = undefined;
      this.#url = undefined;
      this.isStopping = false;
    }
  }
}

function logToStandardError(entry: Parameters<Log>[0]): void {
  console.error(`mock-mor: ${entry.message}`);
}

function originOf(fixtures: string | FixturesInput): Origin {
  if (typeof fixtures !== 'string') return { source: 'object', path: undefined };
  return { source: fixtures === SHIPPED_FIXTURES ? 'shipped' : fixtures, path: fixtures };
}
