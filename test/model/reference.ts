/** What the mock has to do, said once more and in the plainest way: from the contract and the README, without a line of the mock. */
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { sha1, type ParamTexts } from '../../src/contract/signed.ts';

/** A DID as lists show it, without the texts that no command here sets. */
export interface Row {
  readonly id: number;
  readonly did: string;
  readonly provider_id: number;
  readonly reseller_id: number;
  readonly created: boolean;
  readonly changed: boolean;
  readonly mark: 'created' | 'changed' | 'added' | null;
}

/** What of the settings the commands here change. */
export interface Settings {
  readonly allow_api: boolean;
  readonly api_secret_key: string;
  readonly max_did_length: number;
  readonly default_did_provider_id: number | undefined;
}

export interface Fixtures {
  readonly settings: Settings;
  /** `user_id` of each provider by its id. */
  readonly providers: Readonly<Record<number, number>>;
  readonly dids: readonly Row[];
}

export interface Fault {
  readonly id: number;
  readonly did: string | undefined;
  readonly times: number;
  readonly after: number;
  readonly phase: 'before' | 'after';
  readonly passed: number;
  readonly fired: number;
}

export const FORCED = 'Incorrect hash';

/** What a snapshot keeps: the fixtures it stands on, the DIDs, the id sequence, the settings. Never changed, only replaced. */
export interface Moment {
  readonly fixtures: Fixtures;
  readonly dids: readonly Row[];
  readonly next: number;
  readonly settings: Settings;
}

/** One world: the root or a sandbox. */
export interface World {
  now: Moment;
  snapshots: Readonly<Record<string, Moment>>;
  faults: readonly Fault[];
  lastFault: number;
  requests: number;
}

export const createStart = (fixtures: Fixtures): Moment => {
  return { fixtures, dids: fixtures.dids, next: Math.max(0, ...fixtures.dids.map(({ id }) => id)) + 1, settings: fixtures.settings };
};

export const worldAt = (now: Moment): World => ({ now, snapshots: {}, faults: [], lastFault: 0, requests: 0 });

/** The first check that fails, in the order of the contract; `undefined` where the DID is created. */
function errorOf({ fixtures, dids, settings }: Moment, { u = '', provider_id = '', did = '', hash }: ParamTexts): string | undefined {
  const type = new Map([['admin', 'admin'], ['reseller', 'reseller'], ['plain', 'user']]).get(u); // prettier-ignore
  const providerId = provider_id === '' && type === 'reseller' ? settings.default_did_provider_id : Number(provider_id);
  const owner = providerId === undefined ? undefined : fixtures.providers[providerId];
  const isDefault = providerId === settings.default_did_provider_id;
  if (type !== undefined && !settings.allow_api) return 'API Requests are disabled';
  if (type !== undefined && settings.api_secret_key === '') return 'API must have Secret Key';
  if (type !== undefined && hash !== sha1(provider_id + did + settings.api_secret_key)) return 'Incorrect hash';
  if (type === undefined || type === 'user') return 'Access Denied';
  if (owner === undefined) return 'Provider was not found';
  if (type === 'admin' ? owner !== 0 : !isDefault && owner !== 5) return 'You are not authorized to use this Provider';
  if (dids.some((row) => row.did === did.trim())) return 'DID already exists';
  if (!/^\d+$/.test(did.trim())) return 'Invalid DID specified';
  return did.trim().length > settings.max_did_length ? 'DID creation failed' : undefined;
}

/** Sends a call and gives the whole body of the answer. */
export function create(world: World, call: ParamTexts): string {
  world.requests += 1;
  const sent = call['did']?.trim();
  const rules = world.faults.map((fault) => ({
    ...fault,
    matches: (fault.did ?? sent) === sent && fault.fired < fault.times,
  }));
  const fires = rules.find(({ matches, passed, after }) => matches && passed >= after);
  world.faults = rules.map(({ matches, ...fault }) => ({
    ...fault,
    passed: fault.passed + (matches && fault.passed < fault.after ? 1 : 0),
    fired: fault.fired + (fault.id === fires?.id ? 1 : 0),
  }));
  if (fires?.phase === 'before') return errorXml(FORCED);
  const error = errorOf(world.now, call);
  const { next, dids, fixtures, settings } = world.now;
  if (error === undefined) {
    const { u, provider_id = '', did = '' } = call;
    const providerId = provider_id === '' ? (settings.default_did_provider_id ?? NaN) : Number(provider_id);
    const row: Row = {
      id: next,
      did: did.trim(),
      provider_id: providerId,
      reseller_id: u === 'reseller' ? 5 : 0,
      created: true,
      changed: false,
      mark: 'created',
    };
    world.now = { fixtures, settings, dids: [...dids, row], next: next + 1 };
  }
  if (fires !== undefined) return errorXml(FORCED);
  return error === undefined ? successXml(next) : errorXml(error);
}

/** Back to the fixtures in some scopes. A sandbox that is put back whole takes up the fixtures its root has by now. */
export function reset(world: World, scopes: readonly string[], root: World): void {
  const isWhole = scopes.includes('state') && scopes.includes('settings');
  if (isWhole && world.now.fixtures !== root.now.fixtures) rebase(world, root.now.fixtures);
  const start = createStart(world.now.fixtures);
  if (scopes.includes('state')) world.now = { ...world.now, dids: start.dids, next: start.next };
  if (scopes.includes('settings')) world.now = { ...world.now, settings: start.settings };
  if (scopes.includes('requests')) world.requests = 0;
  if (scopes.includes('faults')) Object.assign(world, { faults: [], lastFault: 0 });
}

/** Other fixtures: the DIDs and the settings start again, snapshots are of a world that is no more. */
function rebase(world: World, fixtures: Fixtures): void {
  Object.assign(world, { now: createStart(fixtures), snapshots: {} });
}

/** Reads the files again, which is a whole reset. */
export const reload = (world: World, fixtures: Fixtures): void => void Object.assign(world, worldAt(createStart(fixtures)));
