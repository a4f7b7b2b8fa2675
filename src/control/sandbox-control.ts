import { RESET_SCOPES, type ResetReport, type ResetScope } from './reset.ts';
import { SANDBOX_PREFIX, type Control, type Health, type MockMorSandbox, type SandboxView } from './control.ts';
import { MockMorError } from '../problems.ts';
import { checkEventOptions, type EventHub, type EventOptions, type MockMorEvent } from './events.ts';
import type { Origin } from './fixtures-control.ts';
import { WorldControl } from './world-control.ts';
import type { World } from '../world/world.ts';
import type { SandboxEntry, SandboxRegistry } from '../world/sandbox-registry.ts';

/** Who holds the worlds beside a world. */
export type SandboxKeeper = Pick<Control, 'sandboxes' | 'createSandbox' | 'sandbox' | 'deleteSandbox'>;

/** What the sandboxes have from the server they are served by. */
export interface SandboxServer {
  readonly url: string | undefined;
  health(): Health;
  metrics(): Promise<string>;
  readonly events: EventHub;
  /** A handler that serves just this sandbox. */
  createHandler(sandbox: World): MockMorSandbox['handler'];
}

/** Controls over the sandboxes of a root. `server` is asked only once it is there. */
export function createSandboxKeeper(sandboxes: SandboxRegistry, origin: Origin, server: () => SandboxServer): SandboxKeeper {
  // A sandbox has one control for its whole life, and takes it along when it goes.
  const controls = new WeakMap<World, MockMorSandbox>();
  const createControl = (sandbox: World): MockMorSandbox => {
    const control = controls.get(sandbox) ?? new SandboxControl(sandbox, sandboxes, origin, server());
    controls.set(sandbox, control);
    return control;
  };
  return {
    sandboxes: () => sandboxes.list().map((entry) => sandboxView(entry, sandboxes.idleMs)),
    createSandbox: (input) => createControl(sandboxes.create(input).world),
    sandbox: (name) => createControl(sandboxes.resolve(name)),
    deleteSandbox: (name) => {
      const view = sandboxView(sandboxes.find(name), sandboxes.idleMs);
      sandboxes.delete(name);
      return view;
    },
  };
}

/** The control over one sandbox. */
class SandboxControl extends WorldControl implements MockMorSandbox {
  readonly name: string;
  readonly path: string;
  readonly handler: MockMorSandbox['handler'];
  readonly #sandbox: World;
  readonly #sandboxes: SandboxRegistry;
  readonly #server: SandboxServer;

  constructor(sandbox: World, sandboxes: SandboxRegistry, origin: Origin, server: SandboxServer) {
    super(() => sandboxes.touch(sandbox), origin, NO_NESTING);
    this.name = sandbox.name ?? '';
    this.path = pathOf(this.name);
    this.handler = server.createHandler(sandbox);
    this.#sandbox = sandbox;
    this.#sandboxes = sandboxes;
    this.#server = server;
  }

  get instance(): string {
    return this.#server.events.instance;
  }

  get url(): string | undefined {
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

  view(): SandboxView {
    this.#sandboxes.touch(this.#sandbox);
    return sandboxView(this.#sandboxes.find(this.name), this.#sandboxes.idleMs);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract, as the server's own close is
  async close(): Promise<void> {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#sandboxes.has(this.#sandbox)) this.#sandboxes.delete(this.name);
  }
}

/** A sandbox stands beside the root, never in another sandbox. */
const NO_NESTING: SandboxKeeper = { sandboxes: refuse, createSandbox: refuse, sandbox: refuse, deleteSandbox: refuse };

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
