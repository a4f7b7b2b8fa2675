/** What a client and a tester may do, each to the mock and to the reference, and how the two are compared. */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc, { type AsyncCommand } from 'fast-check';
import { MockMorError, type MockMor, type MockMorSandbox, type ResetScope } from '../../src/index.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { signed } from '../../src/contract/signed.ts';
import type { PooledClient } from '../support/pooled.ts';
import { create, FORCED, reload, reset, createStart, worldAt, type Fixtures, type Moment, type Settings, type World } from './reference.ts';

/** The mock, and how it is reached. */
export interface Real {
  readonly mor: MockMor;
  readonly client: PooledClient;
  /** The fixtures that a reload reads. */
  readonly file: string;
}

/** The reference: the root, and the sandboxes by name. */
export interface Model {
  readonly root: World;
  readonly sandboxes: Map<string, World>;
}

const SETTINGS: Settings = { allow_api: true, api_secret_key: 'secret', max_did_length: 255, default_did_provider_id: 1 };
const traits = { provider_id: 1, reseller_id: 0, created: false, changed: false, mark: null } as const;

/** The two worlds a reload goes back and forth between. */
export const WORLDS: readonly Fixtures[] = [
  { settings: SETTINGS, providers: { 1: 0, 2: 5 }, dids: [{ id: 1, did: '1', ...traits }, { id: 4, did: '7', ...traits }] }, // prettier-ignore
  { settings: { ...SETTINGS, max_did_length: 2 }, providers: { 1: 0 }, dids: [{ id: 9, did: '20', ...traits }] },
];

/** The fixtures as a file. */
export function toFixtureFile({ settings, providers, dids }: Fixtures): string {
  return JSON.stringify({
    settings,
    users: [{ id: 0, username: 'admin', type: 'admin' }, { id: 5, username: 'reseller', type: 'reseller', own_providers: true }, { id: 8, username: 'plain', type: 'user' }],
    providers: Object.entries(providers).map(([id, user_id]) => ({ id: Number(id), user_id })),
    dids: dids.map(({ id, did, provider_id }) => ({ id, did, provider_id })),
  }); // prettier-ignore
}

type Control = MockMor | MockMorSandbox;

/** A step in one world; `undefined` is the root. It is left out where the reference has no such sandbox. */
abstract class InWorld implements AsyncCommand<Model, Real> {
  readonly #name: string | undefined;

  constructor(name: string | undefined) {
    this.#name = name;
  }

  abstract act(world: World, control: Control, model: Model, real: Real): Promise<void> | void;
  abstract said(): string;

  check(model: Readonly<Model>): boolean {
    return this.#name === undefined || model.sandboxes.has(this.#name);
  }

  async run(model: Model, real: Real): Promise<void> {
    const world = this.#name === undefined ? model.root : model.sandboxes.get(this.#name);
    if (world === undefined) throw new Error('a step in a world that is not there');
    await this.act(world, this.#name === undefined ? real.mor : real.mor.sandbox(this.#name), model, real);
    expectSame(model, real.mor);
  }

  toString(): string {
    return `${this.#name ?? 'root'}: ${this.said()}`;
  }
}

type Act = InWorld['act'];

const step = (name: string | undefined, said: string, act: Act): InWorld =>
  new (class extends InWorld {
    override act = act;
    said = (): string => said;
  })(name);

/** Everything that is seen of every world. */
export function expectSame({ root, sandboxes }: Model, mor: MockMor): void {
  const [shown, expected] = [mor.sandboxes().map(({ name }) => name), [...sandboxes.keys()]];
  expect(shown.toSorted()).toEqual(expected.toSorted());
  expectSameWorld(root, mor);
  for (const [name, world] of sandboxes) expectSameWorld(world, mor.sandbox(name));
}

function expectSameWorld(world: World, control: Control): void {
  const [shown, expected] = [seenOf(control), wantedOf(world)];
  // Jest's own comparison is for what differs: it takes longer than all the steps.
  if (!isDeepStrictEqual(shown, expected)) expect(shown).toEqual(expected);
}

function seenOf(control: Control): unknown {
  const { status, counts } = control.health();
  const { allow_api, api_secret_key, max_did_length, default_did_provider_id, next_did_id } = control.settings();
  return {
    dids: control.dids(),
    health: { status, counts },
    settings: { allow_api, api_secret_key, max_did_length, default_did_provider_id, next_did_id },
    snapshots: control.snapshots().map(({ name, dids, created_dids, next_did_id: next }) => [name, dids, created_dids, next]),
    faults: control.faults().map(({ id, passed, fired, left }) => [id, passed, fired, left]),
    requests: control.requests().requests.map(({ id, state }) => [id, state]),
  };
}

function wantedOf({ now, snapshots, faults, requests }: World): unknown {
  const createdIn = (moment: Moment): number => moment.dids.filter((row) => row.created).length;
  const texts = { custom_sip_header: '', comment: '', reseller_comment: '' };
  const counts = { users: 3, providers: Object.keys(now.fixtures.providers).length, dids: now.dids.length, created_dids: createdIn(now) };
  return {
    dids: now.dids
      .toSorted((a, b) => a.id - b.id)
      .map((row) => ({ ...row, ...texts, status: row.reseller_id === 0 ? 'free' : 'reserved', stored_status: 'free', changed: false })),
    health: { status: 'ok', counts },
    settings: { ...now.settings, api_secret_key: now.settings.api_secret_key === '' ? '' : '***', next_did_id: now.next },
    snapshots: Object.entries(snapshots).map(([name, moment]) => [name, moment.dids.length, createdIn(moment), moment.next]),
    faults: faults.map(({ id, passed, fired, times }) => [id, passed, fired, times - fired]),
    requests: Array.from({ length: requests }, (_, i) => [i + 1, 'completed']),
  };
}

/** Does it, and tells the code of our error where it is refused. */
function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof MockMorError) return error.code;
    throw error;
  }
}

const anyWorld = fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 3 });
const aNumber = fc.constantFrom('1', '7', '20', '21', '22', ' 21 ', '300', 'x', '');
const aName = fc.constantFrom('one', 'two');

const aCreate = fc
  .tuple(anyWorld, fc.constantFrom('admin', 'admin', 'reseller', 'plain', 'nobody'), fc.constantFrom('1', '1', '2', '3', ''), aNumber, fc.constantFrom(...TRANSPORTS), fc.integer({ min: 0, max: 9 }))
  .map(([name, u, provider_id, did, by, luck]) =>
    step(name, `create ${did} at ${provider_id} by ${u} over ${by}${luck === 0 ? ', wrong hash' : ''}`, async (world, _control, _model, { client }) => {
      const call = luck === 0 ? { u, provider_id, did, hash: 'x' } : signed({ u, provider_id, did });
      const path = `${name === undefined ? '' : `/__sandboxes/${name}`}/billing/api/did_create`;
      expect((await client.send({ ...carried(call, by), path })).body).toBe(create(world, call));
    }),
  ); // prettier-ignore

const SCOPES: readonly ResetScope[] = ['state', 'requests', 'faults', 'settings'];

const aReset = fc.tuple(anyWorld, fc.oneof(fc.constant(SCOPES), fc.subarray([...SCOPES]))).map(([name, scopes]) =>
  step(name, `reset ${scopes.join()}`, (world, control, { root }) => {
    const before = world.now.dids.filter(({ created }) => created).length;
    reset(world, scopes, root);
    expect(control.reset(scopes)).toMatchObject({ next_did_id: world.now.next, added_dids_dropped: scopes.includes('state') ? before : 0 });
  }),
);

const aReload = fc.constantFrom(0, 1).map((which) =>
  step(undefined, `reload world ${String(which)}`, (world, _control, _model, { mor, file }) => {
    const fixtures = { ...(WORLDS[which] as Fixtures) };
    writeFileSync(file, toFixtureFile(fixtures));
    mor.reloadFixtures();
    reload(world, fixtures);
  }),
);

const aPatch = fc.tuple(anyWorld, fc.constantFrom<Partial<Settings>>({ allow_api: false }, { allow_api: true }, { api_secret_key: '' }, { max_did_length: 1 }, { default_did_provider_id: undefined })).map(([name, patch]) =>
  step(name, `patch ${Object.keys(patch).join()}`, (world, control) => {
    control.patchSettings('default_did_provider_id' in patch ? { default_did_provider_id: null } : (patch));
    world.now = { ...world.now, settings: { ...world.now.settings, ...patch } };
  }),
); // prettier-ignore

const aNextId = fc.tuple(anyWorld, fc.integer({ min: 1, max: 30 })).map(([name, next]) =>
  step(name, `next id ${String(next)}`, (world, control) => {
    const isRefused = next < world.now.next;
    expect(codeOf(() => control.patchSettings({ next_did_id: next }))).toBe(isRefused ? 'RECORD_INVALID' : undefined);
    if (!isRefused) world.now = { ...world.now, next };
  }),
);

const aSnapshot = fc.tuple(anyWorld, aName).map(([name, snapshot]) =>
  step(name, `snapshot ${snapshot}`, (world, control) => {
    const isThere = snapshot in world.snapshots;
    expect(codeOf(() => control.takeSnapshot(snapshot))).toBe(isThere ? 'SNAPSHOT_EXISTS' : undefined);
    if (!isThere) world.snapshots = { ...world.snapshots, [snapshot]: world.now };
  }),
);

const aRestore = fc.tuple(anyWorld, aName).map(([name, snapshot]) =>
  step(name, `restore ${snapshot}`, (world, control) => {
    const moment = world.snapshots[snapshot];
    expect(codeOf(() => control.restoreSnapshot(snapshot))).toBe(moment === undefined ? 'NOT_FOUND' : undefined);
    if (moment !== undefined) world.now = moment;
  }),
);

const aForget = fc.tuple(anyWorld, aName).map(([name, snapshot]) =>
  step(name, `forget ${snapshot}`, (world, control) => {
    expect(codeOf(() => control.deleteSnapshot(snapshot))).toBe(snapshot in world.snapshots ? undefined : 'NOT_FOUND');
    world.snapshots = Object.fromEntries(Object.entries(world.snapshots).filter(([other]) => other !== snapshot));
  }),
);

/** A sandbox over the fixtures, or forked from a snapshot of the root. */
const aSandbox = fc.tuple(fc.constantFrom('a', 'b'), fc.option(aName, { nil: undefined })).map(([name, from]) =>
  step(undefined, `sandbox ${name} from ${from ?? 'the fixtures'}`, ({ now, snapshots }, _control, { sandboxes }, { mor }) => {
    const moment = from === undefined ? createStart(now.fixtures) : snapshots[from];
    const expected = moment === undefined ? 'NOT_FOUND' : sandboxes.has(name) ? 'SANDBOX_EXISTS' : undefined;
    expect(codeOf(() => mor.createSandbox({ name, ...(from === undefined ? {} : { from }) }))).toBe(expected);
    if (expected !== undefined || moment === undefined) return;
    sandboxes.set(name, { ...worldAt(moment), snapshots: from === undefined ? {} : { [from]: moment } });
  }),
);

const anEnd = fc.constantFrom('a', 'b').map((name) =>
  step(undefined, `delete sandbox ${name}`, (_world, _control, { sandboxes }, { mor }) => {
    expect(codeOf(() => mor.deleteSandbox(name))).toBe(sandboxes.delete(name) ? undefined : 'SANDBOX_UNKNOWN');
  }),
);

const aFault = fc
  .record({ did: fc.option(fc.constantFrom('21', '22'), { nil: undefined }), times: fc.constantFrom(1, 2), after: fc.constantFrom(0, 1), phase: fc.constantFrom('before', 'after') })
  .chain((rule) => anyWorld.map((name) => step(name, `fault ${JSON.stringify(rule)}`, (world, control) => {
    const { did, ...rest } = rule;
    control.addFault({ ...rest, error: FORCED, ...(did === undefined ? {} : { match: { did } }) });
    world.lastFault += 1;
    world.faults = [...world.faults, { ...rule, id: world.lastFault, passed: 0, fired: 0 }];
  }))); // prettier-ignore

const aDelete = fc.tuple(anyWorld, fc.integer({ min: 1, max: 12 })).map(([name, id]) =>
  step(name, `delete DID ${String(id)}`, (world, control) => {
    const { dids } = world.now;
    expect(codeOf(() => control.deleteDid(id))).toBe(dids.some((row) => row.id === id) ? undefined : 'NOT_FOUND');
    world.now = { ...world.now, dids: dids.filter((row) => row.id !== id) };
  }),
);

/** Every kind of step; what is done most in life comes most often. */
export const COMMANDS = [
  aCreate,
  aCreate,
  aCreate,
  aReset,
  aReload,
  aPatch,
  aNextId,
  aSnapshot,
  aRestore,
  aForget,
  aSandbox,
  aSandbox,
  anEnd,
  aFault,
  aDelete,
];
