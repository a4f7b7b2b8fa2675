/** The provider states that come with the package. */
import { parse } from 'yaml';
import { readFixtures } from '../loader/load.ts';
import { serializeFixtures } from '../loader/serialize.ts';
import type { FixturesInput } from '../loader/schema.ts';
import { getDefaultFixtures } from '../loader/default-fixtures.ts';
import type { MockMorSandbox } from '../mock-mor.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { DID_STATUSES, MAX_ID } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { invalidOption } from '../problems.ts';

/** The values of a state: as a Pact of version 3 or later gives them, or as they stand in the name, then as text. */
export type PactParams = Readonly<Record<string, unknown>>;

/** A state that comes with the package. */
export interface ReadyState {
  /** Its name where its values come as parameters. */
  readonly name: string;
  /** Its name where its values stand in it: each in the place of `{its name}`. Absent where it has none. */
  readonly inWords?: string;
  readonly about: string;
  readonly setUp: (mor: MockMorSandbox, params: PactParams) => void;
}

/** Every state that comes with the package. What changes a world may be given several times, and after a whole world. */
export const READY_STATES: readonly ReadyState[] = [
  {
    name: 'MOR is as shipped',
    about: 'the world of the shipped fixtures, whatever the fixtures of the mock',
    setUp: (mor) => mor.replaceFixtures(worldOfFiles(getDefaultFixtures())),
  },
  {
    name: 'the number exists',
    inWords: 'the number {did} exists',
    about: 'a DID has this number; params: did, and any other field of a DID of the fixtures; provider_id is by default the first provider',
    setUp: (mor, params) => {
      const did = textOf(params, 'did');
      if (mor.dids({ did }).length > 0) return;
      const provider_id = mor.providers()[0]?.id ?? 0;
      mor.putDid({ provider_id, ...params, did });
    },
  },
  {
    name: 'the number does not exist',
    inWords: 'the number {did} does not exist',
    about: 'no DID has this number; params: did',
    setUp: (mor, params) => {
      for (const { id } of mor.dids({ did: textOf(params, 'did') })) mor.deleteDid(id);
    },
  },
  {
    name: 'the number has a status',
    inWords: 'the number {did} is {status}',
    about:
      'a DID has this number and status, in place of any that had the number; params: did, status (free, reserved, active, closed, terminated), and any other field of a DID of the fixtures',
    setUp: (mor, params) => {
      const did = textOf(params, 'did');
      const status = DID_STATUSES.find((known) => known === textOf(params, 'status'));
      if (status === undefined)
        throw invalidOption(`its parameter status must be one of ${DID_STATUSES.join(', ')}, not ${quote(textOf(params, 'status'))}`);
      // A DID that is there keeps its id, provider and owner.
      const old = mor.dids({ did })[0];
      if (old !== undefined) mor.deleteDid(old.id);
      const kept = old === undefined ? {} : { id: old.id, provider_id: old.provider_id, reseller_id: old.reseller_id };
      mor.putDid({ provider_id: mor.providers()[0]?.id ?? 0, ...kept, ...params, did, status });
    },
  },
  {
    name: 'the next id is given',
    inWords: 'the next id is {id}',
    about: 'the next DID gets this id; params: id',
    setUp: (mor, params) => mor.patchSettings({ next_did_id: idOf(params, 'id') }),
  },
  {
    name: 'no DID can be stored',
    about: `every call that would succeed gets "${MOR_ERRORS.creationFailed.text}"`,
    setUp: (mor) => mor.patchSettings({ next_did_id: MAX_ID + 1 }),
  },
  {
    name: 'the provider is hidden',
    inWords: 'provider {provider_id} is hidden',
    about: 'callers do not find it; params: provider_id',
    setUp: (mor, params) => changeProvider(mor, idOf(params, 'provider_id'), { hidden: true }),
  },
  {
    name: 'the provider belongs to a user',
    inWords: 'provider {provider_id} belongs to user {user_id}',
    about: 'a reseller owns it, or the administrator (0); params: provider_id, user_id',
    setUp: (mor, params) => changeProvider(mor, idOf(params, 'provider_id'), { user_id: idOf(params, 'user_id') }),
  },
  {
    name: 'the user may not manage DIDs',
    inWords: 'user {u} may not manage DIDs',
    about: 'an accountant without the permission, or a reseller while resellers may not; params: u',
    setUp: forbidDids,
  },
  { name: 'the API is off', about: 'allow_api is off', setUp: (mor) => mor.patchSettings({ allow_api: false }) },
  { name: 'GET requests are allowed', about: 'allow_get_api is on', setUp: (mor) => mor.patchSettings({ allow_get_api: true }) },
  { name: 'there is no API secret key', about: 'the administrator has none', setUp: (mor) => mor.patchSettings({ api_secret_key: null }) },
  {
    name: 'the API secret key is given',
    inWords: 'the API secret key is {api_secret_key}',
    about: "the administrator's; params: api_secret_key",
    setUp: (mor, params) => mor.patchSettings({ api_secret_key: textOf(params, 'api_secret_key') }),
  },
  {
    name: 'hashes are not checked',
    about: 'disable_hash_checking is on',
    setUp: (mor) => mor.patchSettings({ disable_hash_checking: true }),
  },
];

/** The world of a YAML file or folder, as text. @throws MockMorError `FIXTURE_INVALID` */
export function worldOfFiles(path: string): string {
  return serializeFixtures(readFixtures(path));
}

type Rows<Key extends 'users' | 'providers'> = NonNullable<FixturesInput[Key]>;

/** Users and providers change by fixtures only; what was changed before stands in them. */
function rewrite(mor: MockMorSandbox, change: (world: FixturesInput) => FixturesInput): void {
  mor.replaceFixtures(change(parse(mor.fixtures()) as FixturesInput));
}

function changeProvider(mor: MockMorSandbox, id: number, fields: Partial<Rows<'providers'>[number]>): void {
  const ids = mor.providers().map((provider) => provider.id);
  if (!ids.includes(id)) throw invalidOption(`no provider has the id ${String(id)}; there are: ${ids.join(', ')}`);
  rewrite(mor, ({ providers = [], ...rest }) => ({
    ...rest,
    providers: providers.map((provider) => (provider.id === id ? { ...provider, ...fields } : provider)),
  }));
}

function forbidDids(mor: MockMorSandbox, params: PactParams): void {
  const username = textOf(params, 'u');
  const type = mor.users().find((user) => user.username === username)?.type;
  if (type === 'reseller') {
    mor.patchSettings({ resellers_can_add_their_own_dids: false });
    return;
  }
  if (type !== 'accountant')
    throw invalidOption(`${quote(username)} is no accountant or reseller: only these may lack the right to manage DIDs`);
  rewrite(mor, ({ users = [], ...rest }) => ({
    ...rest,
    users: users.map(
      (user) => (user.username === username ? { ...user, permissions: { manage_dids: 'none' } } : user) as Rows<'users'>[number],
    ),
  }));
}

function textOf(params: PactParams, name: string): string {
  const value = params[name];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw invalidOption(`it needs the parameter ${name}, a text`);
}

function idOf(params: PactParams, name: string): number {
  const text = textOf(params, name);
  if (!/^[0-9]{1,10}$/.test(text)) throw invalidOption(`its parameter ${name} must be an id, not ${quote(text)}`);
  return Number(text);
}
