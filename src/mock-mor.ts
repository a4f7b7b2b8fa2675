import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { Control } from './control.ts';
import { checkFixtures, readFixtures } from './fixtures/load.ts';
import type { FixturesInput } from './fixtures/schema.ts';
import { SHIPPED_FIXTURES } from './fixtures/shipped.ts';
import { createApp } from './http/app.ts';
import { listen, type Listener } from './http/server.ts';
import type { Log } from './log.ts';
import { unknownName } from './near-miss.ts';
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

const OPTION_NAMES = [
  'fixtures',
  'admin',
  'adminToken',
  'allowedHosts',
  'maxBodyBytes',
  'log',
] as const satisfies readonly (keyof MockMorOptions)[];

/** Makes a mock. Two of them share nothing. @throws MockMorError `FIXTURE_INVALID` with every fault, `OPTION_INVALID` */
// eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract: fixtures may one day be read without blocking
export async function createMockMor(options: MockMorOptions = {}): Promise<MockMor> {
  const unknown = unknownName('option', Object.keys(options), OPTION_NAMES);
  if (unknown !== undefined) throw new MockMorError('OPTION_INVALID', unknown);
  const { fixtures = SHIPPED_FIXTURES, admin = OPTIONS.admin.default, adminToken, allowedHosts = [], log = logToStandardError } = options;
  const records = typeof fixtures === 'string' ? readFixtures(fixtures) : checkFixtures(fixtures);
  const store = new Store(new Base(records));
  return new MockMorServer(store, originOf(fixtures), (control) =>
    createApp({
      store,
      control,
      admin: admin ? { token: adminToken, allowedHosts } : undefined,
      maxBodyBytes: options.maxBodyBytes ?? OPTIONS.maxBodyBytes.default,
      log,
    }),
  );
}

/** The control over its world, plus its server. */
class MockMorServer extends WorldControl implements MockMor {
  readonly handler: MockMor['handler'];
  readonly #app: Express;
  #listener: Promise<Listener> | undefined;
  #url: string | undefined;

  constructor(store: Store, origin: Origin, makeApp: (control: Control) => Express) {
    super(store, origin);
    const app = makeApp(this);
    this.#app = app;
    this.handler = (request, response) => {
      app(request, response);
    };
  }

  get url(): string | undefined {
    return this.#url;
  }

  async listen({ host = OPTIONS.host.default, port = 0 }: ListenOptions = {}): Promise<string> {
    if (this.#listener !== undefined) throw new MockMorError('OPTION_INVALID', 'it listens already; close it first');
    this.#listener = listen(this.#app, host, port);
    try {
      const { url } = await this.#listener;
      this.#url = url;
      this.isStopping = false;
      return url;
    } catch (error) {
      this.#listener = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const listener = this.#listener;
    if (listener === undefined) return;
    this.isStopping = true;
    await (await listener).close();
    // Another close that waited for the same one comes here too.
    if (this.#listener === listener) {
      this.#listener = undefined;
      this.#url = undefined;
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
