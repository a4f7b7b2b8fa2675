/**
 * Who calls, and what MOR asks of him before any call is reached: rules that every call of the API shares.
 * An unknown caller passes all of them: there is no key to check his hash with, so he is denied by the call itself.
 */
import type { CallRequest } from './call.ts';
import { sha1Hex } from './hash.ts';
import { ADMINISTRATOR_ID, type Provider, type Settings, type User } from './model.ts';
import { textOf, type Params } from './params.ts';
import type { MorState } from './state.ts';

/**
 * What the shared rules read: who calls and what holds for him, looked up once. A call adds its own to it. A class, for to copy
 * these into an object with others costs more than to look them all up.
 */
export abstract class CallerFacts {
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
  abstract readonly textsToHash: readonly string[];
  /** What only explanations read: the parameters, and the world they were judged in. */
  readonly params: Params;
  readonly settings: Settings;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];

  constructor({ method, params }: CallRequest, world: MorState) {
    const { settings } = world;
    const username = textOf(params, 'u');
    const caller = username === undefined ? undefined : world.findUserByName(username);
    const reseller = caller?.type === 'reseller' ? caller : undefined;
    this.caller = caller;
    this.apiIsOnForCaller = settings.allow_api || reseller?.allow_api === true;
    this.sentAsGet = method === 'GET';
    this.getIsAllowed = settings.allow_get_api;
    this.hashIsChecked = !settings.disable_hash_checking && reseller?.disable_hash_checking !== true;
    this.secretKeys = secretKeysOf(caller, settings);
    this.sentHash = textOf(params, 'hash');
    this.params = params;
    this.settings = settings;
    this.users = world.users;
    this.providers = world.providers;
  }
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
  caller === undefined || !hashIsChecked || (sentHash !== undefined && isHashOf(sentHash, textsToHash, secretKeys));

/** Whether a hash is that of any of the texts with any of the keys behind it. */
function isHashOf(hash: string, texts: readonly string[], keys: readonly string[]): boolean {
  for (const text of texts) for (const key of keys) if (sha1Hex(text + key) === hash) return true;
  return false;
}

/** The caller is an admin, an accountant or a reseller: plain users and unknown ones may not use the API. */
export const callerMayUseApi = ({ caller }: CallerFacts): boolean => caller !== undefined && caller.type !== 'user';

/** Whether an owner's id means the administrator: 0, or the id of an admin. */
export function isAdministrator(id: number, world: Pick<MorState, 'findUserById'>): boolean {
  return id === ADMINISTRATOR_ID || world.findUserById(id)?.type === 'admin';
}
