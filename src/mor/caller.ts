/**
 * Who calls, and what MOR asks of him before any call is reached: rules that every call of the API shares.
 * An unknown caller passes all of them: there is no key to check his hash with, so he is denied by the call itself.
 */
import type { CallRequest } from './call.ts';
import { sha1Hex } from './hash.ts';
import { ADMINISTRATOR_ID, type Provider, type Settings, type User } from './model.ts';
import { textOf, type Params } from './params.ts';
import type { World } from './world.ts';

/** What the shared rules read. */
export interface CallerFacts {
  /** Undefined for an unknown caller. */
  readonly caller: User | undefined;
  readonly apiIsOnForCaller: boolean;
  readonly sentAsGet: boolean;
  readonly getIsAllowed: boolean;
  readonly hashIsChecked: boolean;
  /** The keys that fit this caller's hash; none where there is no key. */
  readonly secretKeys: readonly string[];
  /** The hash as sent; undefined where it is absent or no text. */
  readonly sentHash: string | undefined;
  /** The texts that may be hashed in front of a key; the call's own rule. */
  readonly textsToHash: readonly string[];
  /** What only explanations read: the parameters, and the world they were judged in. */
  readonly params: Params;
  readonly settings: Settings;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
}

/** Looks up who calls and what holds for him. `textsToHash` gives the call's hash recipes for that caller. */
export function gatherCallerFacts(
  request: CallRequest,
  world: World,
  textsToHash: (caller: User | undefined) => readonly string[],
): CallerFacts {
  const { settings } = world;
  const username = textOf(request.params, 'u');
  const caller = username === undefined ? undefined : world.userNamed(username);
  const reseller = caller?.type === 'reseller' ? caller : undefined;
  return {
    caller,
    apiIsOnForCaller: settings.allow_api || reseller?.allow_api === true,
    sentAsGet: request.method === 'GET',
    getIsAllowed: settings.allow_get_api,
    hashIsChecked: !settings.disable_hash_checking && reseller?.disable_hash_checking !== true,
    secretKeys: secretKeysOf(caller, settings),
    sentHash: textOf(request.params, 'hash'),
    textsToHash: textsToHash(caller),
    params: request.params,
    settings,
    users: world.users,
    providers: world.providers,
  };
}

/**
 * The keys that fit a caller's hash: a reseller's own while his own switch is on, and the administrator's, which a reseller may
 * use while the global switch is on. An empty key is no key. Source: observed; the vendor's wiki on resellers' API tab.
 */
export function secretKeysOf(caller: User | undefined, settings: Settings): readonly string[] {
  const reseller = caller?.type === 'reseller' ? caller : undefined;
  const own = reseller?.allow_api === true ? reseller.api_secret_key : '';
  const administrators = reseller === undefined || settings.allow_api ? settings.api_secret_key : '';
  if (own === '') return administrators === '' ? [] : [administrators];
  return administrators === '' ? [own] : [own, administrators];
}

/** The API is on for a known caller: globally, or by a reseller's own switch. */
export const apiIsOn = ({ caller, apiIsOnForCaller }: CallerFacts): boolean => caller === undefined || apiIsOnForCaller;

/** A known caller sent POST, or GET where GET is allowed. */
export const methodIsAllowed = ({ caller, sentAsGet, getIsAllowed }: CallerFacts): boolean =>
  caller === undefined || !sentAsGet || getIsAllowed;

/** There is a key to check a known caller's hash with, or nothing to check. */
export const secretKeyIsSet = ({ caller, hashIsChecked, secretKeys }: CallerFacts): boolean =>
  caller === undefined || !hashIsChecked || secretKeys.length > 0;

/** A known caller's hash is, as lower-case hex text, that of one of his keys, or hashes are not checked. */
export const hashMatches = ({ caller, hashIsChecked, secretKeys, sentHash, textsToHash }: CallerFacts): boolean =>
  caller === undefined ||
  !hashIsChecked ||
  (sentHash !== undefined && textsToHash.some((text) => secretKeys.some((key) => sha1Hex(text + key) === sentHash)));

/** The caller is an admin, an accountant or a reseller: plain users and unknown ones may not use the API. */
export const callerMayUseApi = ({ caller }: CallerFacts): boolean => caller !== undefined && caller.type !== 'user';

/** Whether an owner's id means the administrator: 0, or the id of an admin. */
export function isAdministrator(id: number, world: Pick<World, 'userWithId'>): boolean {
  return id === ADMINISTRATOR_ID || world.userWithId(id)?.type === 'admin';
}
