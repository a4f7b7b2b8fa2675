import { RESET_SCOPES, type ResetReport, type ResetScope } from './reset.ts';
import { SANDBOX_PREFIX, type Control, type Health, type ListenOptions, type MockMorSandbox, type SandboxView } from './control.ts';
import { MISSED_REQUESTS } from './missed-requests.ts';
import { MockMorError } from '../problems.ts';
import { checkEventOptions, type EventHub, type EventOptions, type MockMorEvent } from './events.ts';
import type { Origin } from './fixtures-control.ts';
import { WorldControl } from './world-control.ts';
import type { World } from '../world/world.ts';
import type { SandboxEntry, SandboxRegistry } from '../world/sandbox-registry.ts';

/** Who holds the worlds beside a world. */
export type SandboxKeeper = Pick<Control, 'sandboxes' | 'createSandbox' | 'sandbox' | 'sandboxView' | 'deleteSandbox'>;

/** What the sandboxes have from the server they are served by. */
export interface SandboxServer {
  readonly url: string | undefined;
  health(): Health;
  metrics(): Promise<string>;
  readonly events: EventHub;
  /** A handler that serves just this sandbox. */
  createHandler(sandbox: World): MockMorSandbox['handler'];
  /** A `fetch` in this process, whose requests a handler answers. */
  createFetch(handler: MockMorSandbox['handler']): MockMorSandbox['fetch'];
  /** A port that a handler can listen on. */
  createPort(handler: MockMorSandbox['handler']): SandboxPort;
  /** Says which requests missed a sandbox, by its path, from now on: a sentence about each way. */
  missedSince(): (path: string) => readonly string[];
}

/** A port of one sandbox. */
interface SandboxPort {
  readonly url: string | undefined;
  listen(options?: ListenOptions): Promise<string>;
  close(): Promise<void>;
}

/** Controls over the sandboxes of a root. `server` is asked only once it is there. */
export function createSandboxKeeper(sandboxes: SandboxRegistry, origin: Origin, server: () => SandboxServer): SandboxKeeper {
  // A sandbox has one control for its whole life, and takes it along when it goes.
  const controls = new WeakMap<World, SandboxControl>();
  const createControl = (sandbox: World): SandboxControl => {
    const control = controls.get(sandbox) ?? new SandboxControl(sandbox, sandboxes, origin, server());
    controls.set(sandbox, control);
    return control;
  };
  const viewNamed = (name: string): SandboxView => sandboxView(sandboxes.find(name), sandboxes.idleMs);
  return {
    sandboxes: () => sandboxes.list().map((entry) => sandboxView(entry, sandboxes.idleMs)),
    createSandbox: (input) => createControl(sandboxes.create(input).world),
    sandbox: (name) => createControl(sandboxes.resolve(name)),
    sandboxView: viewNamed,
    deleteSandbox: (name) => {
      const entry = sandboxes.find(name);
      const view = sandboxView(entry, sandboxes.idleMs);
      sandboxes.delete(name);
      void controls.get(entry.world)?.close();
      return view;
    },
  };
}

/** The control over one sandbox. */
class SandboxControl extends WorldControl implements MockMorSandbox {
  readonly name: string;
  readonly path: string;
  readonly handler: MockMorSandbox['handler'];
  readonly fetch: MockMorSandbox['fetch'];
  readonly #sandbox: World;
  readonly #sandboxes: SandboxRegistry;
  readonly #server: SandboxServer;
  readonly #port: SandboxPort;
  readonly #missed: (path: string) => readonly string[];

  constructor(sandbox: World, sandboxes: SandboxRegistry, origin: Origin, server: SandboxServer) {
    super(() => sandboxes.touch(sandbox), origin, NO_NESTING);
    this.name = sandbox.name ?? '';
    this.path = pathOf(this.name);
    this.handler = server.createHandler(sandbox);
    this.fetch = server.createFetch(this.handler);
    this.#sandbox = sandbox;
    this.#sandboxes = sandboxes;
    this.#server = server;
    this.#port = server.createPort(this.handler);
    this.#missed = server.missedSince();
  }

  get instance(): string {
    return this.#server.events.instance;
  }

  get url(): string | undefined {
    if (this.#port.url !== undefined) return this.#port.url;
    const { url } = this.#server;
    return url === undefined ? undefined : `${url}${this.path}`;
  }

  override health(): Health {
    const { status, verified } = this.#server.health();
    return {
      ...super.health(),
      ...(status === 'stopping' ? { status } : {}),
      ...(verified === undefined ? {} : { verified }),
    };
  }

  metrics(): Promise<string> {
    return this.#server.metrics();
  }

  subscribe(listener: (event: MockMorEvent) => void, options: EventOptions = {}): () => void {
    checkEventOptions(listener, options);
    if (options.sandbox === '*') refuse();
    return this.#server.events.subscribe(this.#sandboxes.touch(this.#sandbox), listener, options);
  }

  override reset(scopes: readonly ResetScope[] = RESET_SCOPES): ResetReport {
    const report = super.reset(scopes);
    if (!scopes.includes('state') || !scopes.includes('settings')) return report;
    this.#sandboxes.syncFixtures(this.#sandbox);
    return { ...report, next_did_id: this.#sandbox.store.nextDidId };
  }

  override [MISSED_REQUESTS](): readonly string[] {
    return this.#missed(this.path);
  }

  listen(options: ListenOptions = {}): Promise<string> {
    this.#sandboxes.touch(this.#sandbox);
    return this.#port.listen(options);
  }

  view(): SandboxView {
    this.#sandboxes.touch(this.#sandbox);
    return sandboxView(this.#sandboxes.find(this.name), this.#sandboxes.idleMs);
  }

  async close(): Promise<void> {
    if (this.#sandboxes.has(this.#sandbox)) this.#sandboxes.delete(this.name);
    await this.#port.close();
  }

  [Symbol.dispose](): void {
    void this.close();
  }
}

/** A sandbox stands beside the root, never in another sandbox. */
const NO_NESTING: SandboxKeeper = { sandboxes: refuse, createSandbox: refuse, sandbox: refuse, sandboxView: refuse, deleteSandbox: refuse };

function refuse(): never {
  throw new MockMorError(
    'SANDBOX_NESTED',
    `a sandbox holds no sandboxes; ask the root, at /__admin/sandboxes without ${SANDBOX_PREFIX}NAME in front and without X-Mock-Mor-Sandbox`,
  );
}

function pathOf(name: string): string {
  return `${SANDBOX_PREFIX}${name}`;
}

function sandboxView({ world: { name = '', store, journal }, from, madeAt, usedAt }: SandboxEntry, idleMs: number): SandboxView {
  const time = (at: number): string => new Date(at).toISOString();
  const { dids, created } = store.counts;
  return {
    name,
    base_url: pathOf(name),
    from: from ?? null,
    made_at: time(madeAt),
    used_at: time(usedAt),
    expires_at: idleMs === 0 ? null : time(usedAt + idleMs),
    dids,
    created_dids: created,
    requests: journal.size,
  };
}
