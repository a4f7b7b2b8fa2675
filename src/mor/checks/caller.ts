/**
 * The checks that every call begins with: who calls, and what MOR asks before it looks at the call itself.
 * An unknown caller passes checks 1 to 4: there is no key to check the hash with, so the fifth refuses the call.
 * Source: the vendor's wiki (API configuration, resellers' API tab); observed.
 */
import { check, type NamedKey, type Words } from '../check.ts';
import { sha1Hex } from '../hash.ts';
import { ADMINISTRATOR_ID, type Provider, type Settings, type User, type UserList } from '../model.ts';
import { getString, textToHash, type Params } from '../params.ts';
import type { CallRequest } from '../define-call.ts';
import type { MorState } from '../state.ts';

/** What the shared checks read, looked up once per request. */
export interface CallerFacts {
  readonly params: Params;
  readonly settings: Settings;
  readonly users: UserList;
  readonly providers: readonly Provider[];
  /** Undefined for an unknown caller. */
  readonly caller: User | undefined;
  readonly apiIsEnabled: boolean;
  readonly sentAsGet: boolean;
  readonly hashIsChecked: boolean;
  /** The keys that the caller may use; empty if there is no key. */
  readonly secretKeys: readonly string[];
  /** The hash as sent; undefined if it is absent or not a string. */
  readonly sentHash: string | undefined;
  /** Names of the parameters that are hashed in front of the key. */
  readonly hashed: readonly string[];
  /** The lists of names that may be hashed, those whose texts are below. */
  readonly recipes: readonly (readonly string[])[];
  /** Parameters that the call reads and that nobody may see, but for the hash. */
  readonly secretParams: readonly string[];
  /** Whether the call needs no hash and has none, so that it is not checked. */
  readonly hashIsLeftOut: boolean;
  /** The texts that may be in front of the key: usually one; none if a hashed parameter is not a string. */
  readonly textsToHash: readonly string[];
}

/** What a call hashes, and who calls it. */
export interface Hashing {
  readonly hashed: readonly string[];
  readonly hashedWithoutDid: readonly string[] | undefined;
  /** Default: false. */
  readonly isHashOptional?: boolean;
  /** Default: none. */
  readonly secretParams?: readonly string[];
  /** Default: the user whom `u` names. */
  readonly findCaller?: (params: Params, state: MorState) => User | undefined;
}

/** The user whom the parameter `u` names. */
export function findUserNamedByU(params: Params, state: MorState): User | undefined {
  const username = getString(params, 'u');
  return username === undefined ? undefined : state.findUserByName(username);
}

/** Looks up who calls and what holds for the caller. */
export function getCallerFacts({ method, params }: CallRequest, state: MorState, hashing: Hashing): CallerFacts {
  const { settings } = state;
  const { hashed, isHashOptional = false, secretParams = [], findCaller = findUserNamedByU } = hashing;
  const caller = findCaller(params, state);
  const reseller = caller?.type === 'reseller' ? caller : undefined;
  const hashIsLeftOut = isHashOptional && !params.has('hash');
  const recipes = getRecipes(params, caller, settings, hashing);
  return {
    params,
    settings,
    users: state.users,
    providers: state.providers,
    caller,
    apiIsEnabled: settings.allow_api || (reseller?.allow_api === true && !settings.resellers_need_global_api),
    sentAsGet: method === 'GET',
    hashIsChecked: !hashIsLeftOut && !settings.disable_hash_checking && reseller?.disable_hash_checking !== true,
    secretKeys: getSecretKeys(caller, settings),
    sentHash: getString(params, 'hash'),
    hashed,
    recipes,
    secretParams,
    hashIsLeftOut,
    textsToHash: recipes.map((names) => joinTexts(params, names) ?? ''),
  };
}

/**
 * The keys that fit a caller's hash: a reseller's own while the reseller's switch is on, and the administrator's, which a
 * reseller may use while the global switch is on. An empty key is no key. Source: observed; the wiki on resellers' API tab.
 */
export function getSecretKeys(caller: User | undefined, settings: Settings): readonly string[] {
  const reseller = caller?.type === 'reseller' ? caller : undefined;
  const own = reseller?.allow_api === true ? reseller.api_secret_key : '';
  const administrators = reseller === undefined || settings.allow_api ? settings.api_secret_key : '';
  if (own === '') return administrators === '' ? [] : [administrators];
  return administrators === '' ? [own] : [own, administrators];
}

/** The recipe of the rule and, if it is accepted, that of the page's example, which leaves the DID out; none if a text is missing for it. */
function getRecipes(
  params: Params,
  caller: User | undefined,
  settings: Settings,
  { hashed, hashedWithoutDid }: Hashing,
): CallerFacts['recipes'] {
  const acceptsOld = settings.accept_hash_without_did || caller?.accept_hash_without_did === true;
  const recipes = hashedWithoutDid !== undefined && acceptsOld ? [hashed, hashedWithoutDid] : [hashed];
  return recipes.filter((names) => joinTexts(params, names) !== undefined);
}

/** The texts of these parameters as sent, nothing between them; undefined if one is not a string. */
export function joinTexts(params: Params, names: readonly string[]): string | undefined {
  let joined = '';
  for (const name of names) {
    const text = textToHash(params, name);
    if (text === undefined) return undefined;
    joined += text;
  }
  return joined;
}

/** Whether an owner's id means the administrator: 0, or the id of an admin. */
export function isAdministrator(id: number, users: UserList): boolean {
  return id === ADMINISTRATOR_ID || users.some((user) => user.id === id && user.type === 'admin');
}

/** Whether a user of this type may use the API at all. */
export function mayUseApi(user: User | undefined): boolean {
  return user !== undefined && user.type !== 'user';
}

/** Check 1. */
export const apiIsEnabled = check<CallerFacts>({
  requires: (facts) => facts.caller === undefined || facts.apiIsEnabled,
  orElse: 'apiDisabled',
  statement: 'the API is on for the caller',
  actual: (facts, words) => {
    const { caller, settings } = facts;
    if (caller === undefined) return skipped(words);
    const global = `allow_api is ${words.onOff(settings.allow_api)}`;
    if (caller.type !== 'reseller') return global;
    const own = `that of ${words.user(caller)} is ${words.onOff(caller.allow_api)}`;
    return settings.resellers_need_global_api ? `${global}; ${own}, without effect: resellers_need_global_api is on` : `${global}; ${own}`;
  },
  fix: ({ caller, settings }, words) =>
    caller?.type === 'reseller' && !settings.resellers_need_global_api
      ? `allow_api: true, in the settings or on ${words.user(caller)}`
      : 'allow_api: true in the settings',
});

/** Check 2. */
export const methodIsAllowed = check<CallerFacts>({
  requires: ({ caller, sentAsGet, settings }) => caller === undefined || !sentAsGet || settings.allow_get_api,
  orElse: 'getDisabled',
  statement: 'the method is POST, or GET is allowed',
  actual: ({ caller, sentAsGet, settings }, words) =>
    caller === undefined
      ? skipped(words)
      : `sent as ${sentAsGet ? 'GET' : 'POST'}; allow_get_api is ${words.onOff(settings.allow_get_api)}`,
  fix: () => 'send it as POST, or allow_get_api: true in the settings',
});

/** Check 3. */
export const secretKeyIsSet = check<CallerFacts>({
  requires: ({ caller, hashIsChecked, secretKeys }) => caller === undefined || !hashIsChecked || secretKeys.length > 0,
  orElse: 'secretKeyMissing',
  statement: 'there is a secret key to check the hash with',
  actual: (facts, words) => {
    const { caller, hashIsChecked, secretKeys, settings } = facts;
    if (caller === undefined) return skipped(words);
    if (facts.hashIsLeftOut) return 'no hash was sent: no key is needed';
    if (!hashIsChecked) return 'disable_hash_checking is on: no key is needed';
    if (secretKeys.length > 0) return `there is ${words.join(getKeyOwners(facts, words), 'or')}`;
    const administrators =
      settings.api_secret_key === '' ? 'the settings have none' : 'the key of the settings does not count while allow_api is off';
    if (caller.type !== 'reseller') return administrators;
    const own =
      caller.api_secret_key === '' ? 'the caller has none' : "the caller's own does not count while the caller's allow_api is off";
    return `${administrators}; ${own}`;
  },
  fix: ({ caller }, words) =>
    caller?.type === 'reseller'
      ? `an api_secret_key in the settings while allow_api is on, or on ${words.user(caller)} with allow_api: true`
      : 'an api_secret_key in the settings',
});

/** Check 4. */
export const hashMatches = check<CallerFacts>({
  requires: ({ caller, hashIsChecked, sentHash, textsToHash, secretKeys }) =>
    caller === undefined || !hashIsChecked || (sentHash !== undefined && isHashOfAny(sentHash, textsToHash, secretKeys)),
  orElse: 'hashIncorrect',
  statement: ({ hashed }) => `the hash is the SHA-1 of ${hashed.length === 0 ? '' : `${hashed.join(', ')} and `}the secret key`,
  actual: (facts, words) => {
    const { caller, hashIsChecked, sentHash, secretKeys, textsToHash } = facts;
    if (caller === undefined) return skipped(words);
    if (facts.hashIsLeftOut) return 'not checked: no hash was sent';
    if (!hashIsChecked) return 'not checked: disable_hash_checking is on';
    const key = findFittingKey(
      facts,
      words.keys.filter(({ text }) => secretKeys.includes(text)),
    );
    if (key !== undefined) return `it fits, with ${key.owner}`;
    if (sentHash === undefined || sentHash === '') return words.param('hash');
    if (secretKeys.length === 0) return 'there is no key to check it with';
    return textsToHash.length === 0
      ? 'a parameter that is hashed is not a string'
      : `it is not the SHA-1 of ${formatAccepted(facts, words)}`;
  },
  fix: (facts, words) => {
    const { hashed, textsToHash, secretKeys } = facts;
    if (textsToHash.length === 0) return `send ${words.join(hashed)} as text, and the SHA-1 of them and the key in lower-case hex`;
    const key = secretKeys.length === 0 ? 'a key that is set' : words.join(getKeyOwners(facts, words), 'or');
    return `send in lower-case hex the SHA-1 of ${formatAccepted(facts, words)}, where ${words.mask} is ${key}`;
  },
  isUndetermined: ({ secretKeys, textsToHash, sentHash }) =>
    secretKeys.length === 0 && textsToHash.length > 0 && /^[0-9a-f]{40}$/.test(sentHash ?? ''),
});

/** The usual fifth check: plain users and unknown ones may not use the API. */
export const callerMayUseApi = check<CallerFacts>({
  requires: ({ caller }) => mayUseApi(caller),
  orElse: 'accessDenied',
  statement: 'the caller is an admin, an accountant or a reseller',
  actual: (_, words) => words.caller(),
  fix: (facts, words) => {
    const { users, caller, hashIsChecked } = facts;
    const allowed = users.filter(mayUseApi).map(({ username }) => username);
    const who = allowed.length === 0 ? 'a user of one of these types in the fixtures' : `as u one of: ${words.list(allowed)}`;
    if (caller !== undefined || !hashIsChecked) return `send ${who}`;
    if (facts.params.get('hash') === undefined) return `send ${who}; a hash is then required too`;
    const key = findFittingKey(facts, words.keys);
    const hash = key === undefined ? 'does not fit any key' : `fits ${key.owner}`;
    return `send ${who}; the hash is then checked too: the one sent ${hash}`;
  },
});

/** Checks 1 to 4, of every call. */
export const REQUEST_CHECKS = [apiIsEnabled, methodIsAllowed, secretKeyIsSet, hashMatches] as const;

/** Checks 1 to 5, which most calls begin with. */
export const CALLER_CHECKS = [...REQUEST_CHECKS, callerMayUseApi] as const;

/** The first of these keys that the sent hash fits. */
export function findFittingKey({ sentHash, textsToHash }: CallerFacts, keys: readonly NamedKey[]): NamedKey | undefined {
  return sentHash === undefined ? undefined : keys.find(({ text }) => isHashOfAny(sentHash, textsToHash, [text]));
}

/** Whether a hash is that of any of the texts with any of the keys behind it. */
function isHashOfAny(hash: string, texts: readonly string[], keys: readonly string[]): boolean {
  for (const text of texts) for (const key of keys) if (sha1Hex(text + key) === hash) return true;
  return false;
}

function skipped(words: Words): string {
  return `not checked for an unknown caller: ${words.caller()}`;
}

function getKeyOwners({ secretKeys }: CallerFacts, { keys }: Words): readonly string[] {
  return secretKeys.map((text) => keys.find((key) => key.text === text)?.owner ?? 'a key');
}

/** The texts that may be hashed, each with the key and other secrets masked. */
function formatAccepted({ params, recipes, secretParams }: CallerFacts, words: Words): string {
  const show = (name: string): string => (secretParams.includes(name) && params.has(name) ? words.mask : (textToHash(params, name) ?? ''));
  return words.join(
    recipes.map((names) => words.quoteWithMask(names.map(show).join(''))),
    'or',
  );
}
